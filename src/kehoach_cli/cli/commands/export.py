"""`kehoach export`: plans, duties and results as six tables, in CSV or Parquet."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kehoach_cli.cli.runtime import options
from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.cli.runtime.session import open_workspace, say
from kehoach_cli.cli.runtime.tables import table_source, write_tables
from kehoach_cli.core.tables.rows import TableSource, rows_of_table
from kehoach_cli.core.tables.tables import TABLES
from kehoach_cli.errors import ExitCode, UsageError
from kehoach_cli.render.machine.data_package import DESCRIPTION, csv_file, description
from kehoach_cli.viet.dates import format_date


class TableFormat(StrEnum):
    """The formats of exported tables."""

    CSV = "csv"
    PARQUET = "parquet"


def parse_table_format(text: str) -> TableFormat:
    """Return the format named."""
    if text.lower() not in list(TableFormat):
        raise UsageError(f'--format "{text}" không có; chọn csv hoặc parquet')
    return TableFormat(text.lower())


def export(
    context: Context,
    folder: Annotated[
        Path, typer.Option("--output", "-o", metavar="THƯ MỤC", readable=False, help="Thư mục để ghi các bảng.")
    ],
    format_: Annotated[
        TableFormat,
        typer.Option(
            "--format",
            "-f",
            parser=parse_table_format,
            autocompletion=options.complete_from(*TableFormat),
            metavar="csv|parquet",
            help="Dạng tệp; parquet cần gói thêm data.",
        ),
    ] = TableFormat.CSV,
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


def _files(source: TableSource, format_: TableFormat) -> dict[str, bytes]:
    """Return the content of every file by its path below the folder; the description comes last."""
    if format_ is TableFormat.CSV:
        files = {f"{table.name}.csv": csv_file(table, rows_of_table(table, source)) for table in TABLES}
    else:
        from kehoach_cli.data.parquet import parquet_files

        files = parquet_files(TABLES, source)
    return {**files, DESCRIPTION: description(TABLES, files, source.as_of, format_)}
