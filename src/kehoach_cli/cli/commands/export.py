"""`kehoach export`: plans, duties and results as six tables, in CSV or Parquet."""

from pathlib import Path
from typing import Annotated

import typer

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import open_workspace, say
from kehoach_cli.cli.runtime.tables import table_source, write_tables
from kehoach_cli.core.tables.rows import TableSource, rows_of_table
from kehoach_cli.core.tables.tables import TABLES
from kehoach_cli.errors import ExitCode
from kehoach_cli.render.machine.data_package import DESCRIPTION, csv_file, description
from kehoach_cli.viet.dates import format_date

_FORMATS = (options.Format.CSV, options.Format.PARQUET)


def export(
    context: Context,
    folder: Annotated[
        Path, typer.Option("--output", "-o", metavar="THƯ MỤC", readable=False, help="Thư mục để ghi các bảng.")
    ],
    format_: Annotated[
        options.Format,
        options.format_option(_FORMATS, "Dạng tệp; parquet cần gói thêm data."),
    ] = options.Format.CSV,
    plan: options.PlanOption = None,
    province: options.ProvinceOption = None,
    as_of: options.AsOfOption = None,
    progress: options.ProgressOption = None,
    force: options.ForceOption = False,
) -> ExitCode:
    """Xuất kế hoạch, phân công, mục tiêu, kết quả thành sáu bảng kèm mô tả, cho Excel, SQL và thống kê.

    Ví dụ: kehoach export -o bang --format csv
    """
    workspace = open_workspace(context.program, progress, closed=True, day=as_of)
    source = table_source(workspace, plan, province, as_of)
    files = _files(source, format_)
    write_tables(folder, files, overwrite=force)
    say(f'Đã ghi {len(files)} tệp vào "{folder}", tình trạng tính đến ngày {format_date(source.as_of)}.')
    return ExitCode.FINDINGS if workspace.errors else ExitCode.OK


def _files(source: TableSource, format_: options.Format) -> dict[str, bytes]:
    """Return the content of every file by its path below the folder; the description comes last."""
    if format_ is options.Format.CSV:
        files = {f"{table.name}.csv": csv_file(table, rows_of_table(table, source)) for table in TABLES}
    else:
        from kehoach_cli.data.parquet import parquet_files

        files = parquet_files(TABLES, source)
    return {**files, DESCRIPTION: description(TABLES, files, source.as_of, format_)}
