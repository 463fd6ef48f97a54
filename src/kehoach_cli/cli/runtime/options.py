"""Options the commands share, their Vietnamese help, and how their texts become values."""

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from kehoach_cli.cli.runtime.context import Context
from kehoach_cli.core.model.period import EXAMPLES, Period
from kehoach_cli.core.model.period import parse_period as period_named
from kehoach_cli.errors import UsageError
from kehoach_cli.viet.dates import DateError, parse_date, parse_iso
from kehoach_cli.viet.text import first_control, loose_key

if TYPE_CHECKING:
    from kehoach_cli.core.model.catalogue import Catalogue
    from kehoach_cli.core.model.period import Period


class Format(StrEnum):
    """How a listing is written."""

    TABLE = "table"
    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MD = "md"
    XLSX = "xlsx"
    DOCX = "docx"
    JUNIT = "junit"
    PARQUET = "parquet"


LISTING_FORMATS = (Format.TABLE, Format.JSON, Format.CSV, Format.MD, Format.XLSX)


def parse_day(text: str) -> date:
    """Return the day of `2025-12-31` or `31/12/2025`."""
    try:
        if "/" in text:
            day = parse_date(text)
        else:
            partial = parse_iso(text)
            day = partial.first
            if partial.day is None:
                raise UsageError(f'ngày "{text}" thiếu ngày hoặc tháng; viết ví dụ "2025-12-31" hoặc "31/12/2025"')
    except DateError as error:
        raise UsageError(f'ngày "{text}" không hợp lệ: {error}') from None
    if period_named(str(day.year)) is None:
        raise UsageError(f'ngày "{text}" không hợp lệ: năm phải từ 1900 đến 2199')
    return day


def parse_text(text: str) -> str:
    """Return a text that will be printed or kept; what nobody sees in it is refused."""
    if found := first_control(text):
        raise UsageError(f'"{text}" có ký tự điều khiển hoặc ký tự ẩn {found[1]}; gõ lại, bỏ ký tự này')
    return text


def parse_year(text: str) -> int:
    """Return a year of four digits that a period may be of."""
    found = period_named(text) if text.isascii() and text.isdigit() else None
    if found is None:
        raise UsageError(f'năm "{text}" không hợp lệ; viết bằng bốn chữ số, từ 1900 đến 2199, ví dụ 2025')
    return found.year


def parse_period(text: str) -> Period:
    """Return the period named."""
    found = period_named(text)
    if found is None:
        raise UsageError(f'kỳ "{text}" không hợp lệ; viết {EXAMPLES}')
    return found


def asked_period(period: Period | None, year: int | None) -> Period | None:
    """Return the period asked for by `--period` or `--year`; None if neither is.

    Raises:
        UsageError: both are.
    """
    if period is not None and year is not None:
        raise UsageError("chỉ dùng một trong hai: --year NĂM (cả năm) hoặc --period KỲ")
    return Period(year) if year is not None else period


def required_period(period: Period | None, year: int | None) -> Period:
    """Return the period asked for by `--period` or `--year`.

    Raises:
        UsageError: both are given, or neither.
    """
    if (found := asked_period(period, year)) is None:
        raise UsageError("thiếu kỳ báo cáo: thêm --year NĂM (cả năm) hoặc --period KỲ, ví dụ --period 2026-Q3")
    return found


def parse_role(text: str) -> str:
    """Return the role named."""
    words = {"lead": "lead", "support": "support", "chủ trì": "lead", "phối hợp": "support"}
    if text.lower() not in words:
        raise UsageError(f'--role "{text}" không có; chọn lead (chủ trì) hoặc support (phối hợp)')
    return words[text.lower()]


class Candidate(str):
    """A completion that need not begin with the letters that were typed (`so y` completes to `Sở Y tế`).

    Typer drops the candidates that fail `startswith`; these are chosen already.
    """

    __slots__ = ()

    def startswith(self, *_: object) -> bool:
        """Return True, to pass the filter of typer."""
        return True


Candidates: TypeAlias = list[tuple[str, str]]


def complete_plan(ctx: Context, incomplete: str) -> Candidates:
    """Return the plan ids that begin with what was typed, in upper or lower case."""
    plans = _catalogue(ctx).plans
    return [(Candidate(plan.id), plan.document.title) for plan in plans if plan.id.startswith(incomplete.casefold())]


def complete_row(ctx: Context, incomplete: str) -> Candidates:
    """Return the references of tasks and indicators that begin with what was typed, with or without the plan."""
    typed = incomplete.casefold()
    found: dict[str, str] = {}
    for ref, item in _catalogue(ctx).items.items():
        words = item.words
        for candidate in (ref,) if "/" in typed or not typed else (item.row.id, ref):
            if candidate.casefold().startswith(typed):
                found.setdefault(candidate, words[:60])
                break
    return [(Candidate(candidate), words) for candidate, words in found.items()]


def complete_plan_or_row(ctx: Context, incomplete: str) -> Candidates:
    """Return the plans, then the tasks and indicators, that begin with what was typed."""
    return [*complete_plan(ctx, incomplete), *complete_row(ctx, incomplete)]


def complete_agency(ctx: Context, incomplete: str) -> Candidates:
    """Return the agencies with a name or an id that begins with what was typed, with or without accents."""
    typed = loose_key(incomplete)
    found: dict[str, str] = {}
    for registry in _catalogue(ctx).directory.registries.values():
        for agency in registry.agencies.values():
            if "-" in incomplete and agency.id.startswith(typed):
                found.setdefault(agency.id, agency.name)
            elif any(loose_key(name).startswith(typed) for name in agency.names):
                found.setdefault(agency.name, registry.name)
    return [(Candidate(candidate), words) for candidate, words in found.items()]


def complete_province(ctx: Context, incomplete: str) -> Candidates:
    """Return the provinces whose id or name begins with what was typed."""
    typed = loose_key(incomplete)
    return [
        (Candidate(found.province), found.name)
        for found in _catalogue(ctx).directory.registries.values()
        if found.province.startswith(typed) or loose_key(found.name).startswith(typed)
    ]


def complete_from(*words: str) -> Callable[[str], list[str]]:
    """Return a completer for a closed list of words."""

    def complete(incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    return complete


def format_option(formats: Iterable[StrEnum], explained: str, *, show_default: bool = True) -> Any:
    """Return the option `--format` of a command that writes these formats; its value is one of them."""
    known = tuple(formats)

    def parse(text: str) -> StrEnum:
        found = next((one for one in known if one == text.lower()), None)
        if found is None:
            raise UsageError(f'--format "{text}" không có; chọn một trong: {", ".join(known)}')
        return found

    return typer.Option(
        "--format",
        "-f",
        parser=parse,
        autocompletion=complete_from(*known),
        metavar="|".join(known),
        show_default=show_default,
        help=explained,
    )


def _catalogue(ctx: Context) -> "Catalogue":
    from kehoach_cli.store.workspace.load import load
    from kehoach_cli.store.workspace.paths import find_root

    program = ctx.program
    return load(find_root(program.root, Path.cwd()), cached=program.cache).catalogue


FormatOption = Annotated[Format, format_option(LISTING_FORMATS, "Dạng kết quả in ra; xlsx cần -o TỆP.")]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="TỆP", readable=False, help="Ghi kết quả vào tệp thay vì in ra màn hình."),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Cho phép ghi đè tệp đã có.")]
_AGENCY = typer.Option(
    "--agency",
    "-a",
    metavar="TÊN",
    autocompletion=complete_agency,
    help="Cơ quan: tên, tên cũ, viết tắt hoặc mã, có dấu hay không đều được; của một tỉnh thì viết thai-nguyen/so-y-te.",
)
AgencyOption = Annotated[str | None, _AGENCY]
OneAgencyOption = Annotated[str, _AGENCY]
RoleOption = Annotated[
    str | None,
    typer.Option(
        "--role",
        parser=parse_role,
        autocompletion=complete_from("lead", "support"),
        metavar="lead|support",
        help="Chỉ vai trò chủ trì (lead) hoặc phối hợp (support).",
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
ReportYearOption = Annotated[
    int | None, typer.Option("--year", "-y", parser=parse_year, metavar="NĂM", help="Năm báo cáo.")
]
PeriodOption = Annotated[
    Period | None,
    typer.Option(
        "--period",
        parser=parse_period,
        metavar="KỲ",
        help="Kỳ báo cáo: 2026-Q3 (quý III), 2026-H1 (6 tháng đầu năm), 2026-9M, 2026-09 (tháng); 2026 là cả năm.",
    ),
]
OnePeriodOption = Annotated[
    Period,
    typer.Option("--period", parser=parse_period, metavar="KỲ", help=f"Kỳ: {EXAMPLES}."),
]
AsOfOption = Annotated[
    date | None,
    typer.Option("--as-of", parser=parse_day, metavar="NGÀY", help="Tình trạng tính đến ngày này (mặc định: hôm nay)."),
]
ProgressOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--progress",
        metavar="TỆP",
        readable=False,
        help="Tệp hoặc thư mục báo cáo tiến độ (mặc định: progress/; dùng được nhiều lần).",
    ),
]
