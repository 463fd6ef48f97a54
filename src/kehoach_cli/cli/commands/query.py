"""`kehoach query`: one SELECT over the six tables, typed or saved."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Context, Globals
from kehoach_cli.cli.runtime.session import Destination, Result, find_folder, finish, open_workspace
from kehoach_cli.errors import ExitCode, UsageError
from kehoach_cli.store.workspace.paths import find_root
from kehoach_cli.store.workspace.queries import SavedQuery, saved_queries

if TYPE_CHECKING:
    from kehoach_cli.core.tables.rows import TableSource


def complete_query(ctx: Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the saved queries that begin with what was typed."""
    known = saved_queries(find_root(ctx.program.root, Path.cwd())).values()
    return [(one.name, one.title) for one in known if one.name.startswith(incomplete.casefold())]


def query(
    context: Context,
    sql: Annotated[
        str | None,
        typer.Argument(
            metavar="[SQL|TÊN]",
            autocompletion=complete_query,
            help="Một câu SELECT trên các bảng plans, agencies, tasks, assignments, targets, results; hoặc tên câu lưu sẵn.",
        ),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="In các câu hỏi lưu sẵn trong queries/ rồi thoát.")] = False,
    plan: options.PlanOption = None,
    province: options.ProvinceOption = None,
    as_of: options.AsOfOption = None,
    progress: options.ProgressOption = None,
    format_: options.FormatOption = options.Format.TABLE,
    output: options.OutputOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Hỏi bằng một câu SELECT trên sáu bảng của kehoach export, gõ thẳng hoặc lưu sẵn trong queries/; cần gói thêm data.

    Ví dụ: kehoach query "SELECT plan, count(*) FROM tasks WHERE overdue GROUP BY plan"
    """
    if listed is (sql is not None):
        raise UsageError('cần một câu SELECT hoặc tên câu lưu sẵn; xem tên bằng "kehoach query --list"')
    target = Destination(format_, output, force)
    if sql is None:
        return _list(context.program, target)
    from kehoach_cli.cli.runtime.tables import table_source

    workspace = open_workspace(context.program, progress, closed=True, day=as_of)
    asked = _text_of(saved_queries(workspace.root), sql)
    result = _answered(table_source(workspace, plan, province, as_of), asked)
    return finish(context.program, workspace, result, target)


def _list(program: Globals, target: Destination) -> ExitCode:
    """Print the saved queries; no plan is read for that."""
    from kehoach_cli.core.model.agency import Directory
    from kehoach_cli.core.model.catalogue import Catalogue
    from kehoach_cli.store.workspace.load import Workspace
    from kehoach_cli.store.workspace.settings import Settings

    root = find_folder(program)
    nothing = Workspace(root, Settings(), Catalogue((), Directory({})), ())
    return finish(program, nothing, _listed(saved_queries(root)), target)


def _text_of(known: dict[str, SavedQuery], asked: str) -> str:
    """Return the SQL asked for: what was typed, or the text of a saved query.

    Raises:
        UsageError: a single word is no name of a saved query.
    """
    word = asked.strip().casefold()
    if word in known:
        return known[word].sql
    if len(asked.split()) <= 1:
        names = ", ".join(known) or "chưa có câu nào"
        raise UsageError(f'không có câu hỏi lưu sẵn "{asked}"; các câu có: {names}')
    return asked


def _answered(source: "TableSource", sql: str) -> Result:
    from kehoach_cli.core.tables.tables import TABLES
    from kehoach_cli.data.query import ask
    from kehoach_cli.render import query as view

    found = ask(TABLES, source, sql)
    columns = [(column.name, column.kind) for column in found.columns]
    return Result(
        name="query",
        records=lambda: view.query_records(columns, found.rows),
        listing=lambda: view.query_listing(columns, found.rows),
        sheet=lambda: view.query_sheet(columns, found.rows),
        summary={"count": len(found.rows), "as_of": source.as_of, "columns": [name for name, _ in columns]},
    )


def _listed(known: dict[str, SavedQuery]) -> Result:
    from kehoach_cli.render.listing import Block, Column, Listing, Sheet

    rows = tuple((one.name, one.title, one.file) for one in known.values())
    headers = ("Tên", "Trả lời", "Tệp")
    columns = (Column(headers[0], fixed=True), *(Column(header) for header in headers[1:]))
    return Result(
        name="query",
        records=lambda: ({"name": one.name, "title": one.title, "file": one.file} for one in known.values()),
        listing=lambda: Listing((Block(columns=columns, rows=rows),)),
        sheet=lambda: Sheet(headers, rows),
        summary={"count": len(known)},
    )
