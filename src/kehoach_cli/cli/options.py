"""Options the commands share, their Vietnamese help, and how their texts become values."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kehoach_cli.core.catalogue import Catalogue
from kehoach_cli.errors import UsageError
from kehoach_cli.viet.dates import DateError, parse_date, parse_iso
from kehoach_cli.viet.text import loose_key, without_controls


class Format(StrEnum):
    """How a listing is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


def parse_format(text: str) -> Format:
    """Return the format named."""
    try:
        return Format(text.lower())
    except ValueError:
        raise UsageError(f'--format "{text}" không có; chọn một trong: {", ".join(Format)}') from None


def parse_day(text: str) -> date:
    """Return the day of `2025-12-31` or `31/12/2025`."""
    try:
        if "/" in text:
            return parse_date(text)
        partial = parse_iso(text)
    except DateError as error:
        raise UsageError(f'ngày "{without_controls(text)}" không hợp lệ: {error}') from None
    if partial.day is None:
        raise UsageError(f'ngày "{text}" thiếu ngày hoặc tháng; viết ví dụ "2025-12-31" hoặc "31/12/2025"')
    return partial.first


def parse_year(text: str) -> int:
    """Return a year of four digits."""
    if not (text.isascii() and text.isdigit() and len(text) == len("2025")):
        raise UsageError(f'năm "{text}" không hợp lệ; viết bằng bốn chữ số, ví dụ 2025')
    return int(text)


def complete_plan(incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the plan ids that begin with what was typed."""
    for plan in _catalogue().plans:
        if plan.id.startswith(incomplete):
            yield plan.id, plan.document.title


def complete_row(incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the references of tasks and indicators that begin with what was typed, with or without the plan."""
    for ref, item in _catalogue().items.items():
        text = getattr(item.row, "text", "") or getattr(item.row, "name", "")
        for candidate in (ref, item.row.id):
            if incomplete and candidate.lower().startswith(incomplete.lower()):
                yield candidate, text[:60]
                break
        else:
            if not incomplete:
                yield ref, text[:60]


def complete_agency(incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the agency names and ids that begin with what was typed, with or without accents."""
    typed = loose_key(incomplete)
    seen: set[str] = set()
    for registry in _catalogue().directory.registries.values():
        for agency in registry.agencies.values():
            for name in (agency.name, agency.id):
                if loose_key(name).startswith(typed) and name not in seen:
                    seen.add(name)
                    yield name, registry.name if name == agency.name else agency.name


def complete_province(incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the provinces that begin with what was typed."""
    for registry in _catalogue().directory.registries.values():
        if registry.province.startswith(incomplete):
            yield registry.province, registry.name


def _catalogue() -> Catalogue:
    from kehoach_cli.store.workspace import find_root, load

    return load(find_root(None, Path.cwd())).catalogue


FormatOption = Annotated[
    Format, typer.Option("--format", "-f", parser=parse_format, metavar="table|json|csv|md", help="Dạng kết quả in ra.")
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="TỆP", help="Ghi kết quả vào tệp thay vì in ra màn hình.")
]
ForceOption = Annotated[bool, typer.Option("--force", help="Cho phép ghi đè tệp đã có.")]
AgencyOption = Annotated[
    str | None,
    typer.Option(
        "--agency",
        "-a",
        metavar="TÊN",
        autocompletion=complete_agency,
        help="Cơ quan: tên, tên cũ, viết tắt hoặc mã; có dấu hay không đều được.",
    ),
]
PlanOption = Annotated[
    list[str] | None,
    typer.Option(
        "--plan", "-p", metavar="MÃ", autocompletion=complete_plan, help="Chỉ trong kế hoạch này (dùng được nhiều lần)."
    ),
]
ProvinceOption = Annotated[
    str | None,
    typer.Option(
        "--province", metavar="MÃ", autocompletion=complete_province, help="Chỉ trong tỉnh này, ví dụ thanh-hoa."
    ),
]
YearOption = Annotated[
    int | None, typer.Option("--year", "-y", parser=parse_year, metavar="NĂM", help="Chỉ những mục thuộc năm này.")
]
AsOfOption = Annotated[
    date | None,
    typer.Option("--as-of", parser=parse_day, metavar="NGÀY", help="Tình trạng tính đến ngày này (mặc định: hôm nay)."),
]
ProgressOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--progress", metavar="TỆP", help="Tệp hoặc thư mục báo cáo tiến độ (mặc định: progress/; dùng được nhiều lần)."
    ),
]
