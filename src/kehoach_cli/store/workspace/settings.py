"""`kehoach.toml`: a workspace's optional settings."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.period import PeriodKind
from kehoach_cli.store.files.conflicts import CONFLICT_HINT, conflict
from kehoach_cli.store.files.reading import plain_bytes
from kehoach_cli.store.workspace.asked_periods import AskedPeriods
from kehoach_cli.store.workspace.paths import SETTINGS_FILE, Root, shown_path
from kehoach_cli.viet.dates import DateError, parse_date, parse_iso
from kehoach_cli.viet.text import first_control

if TYPE_CHECKING:
    from kehoach_cli.core.report.letterhead import Given

_OFF = "off"
_MOST_BYTES = 2**20
_MOST_UNSEEN = 20
_CODE = re.compile(r"K\d{1,3}")
_KEYS = ("strict_before", "province", "keep_received", "lint", "report")
_LINT_KEYS = ("select", "ignore", "severity")
_REPORT_TEXTS = ("place", "number", "signer", "title")
_REPORT_LISTS = ("issuer", "parent", "authority", "recipients")
_REPORT_KEYS = (*_REPORT_TEXTS, *_REPORT_LISTS, "date")
_ASKED_KEYS = ("periods", "periods_by")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


class Settings(Struct, frozen=True):
    """Settings with their defaults.

    `strict_before` reads "trước ngày D" as ending the day before D; `keep_received` lets git keep received forms;
    `select` and `ignore` are prefixes of lint codes,
    `severities` maps prefixes to severities (None: off). `reports` holds by plan id what the office states for its report,
    `asked` the periods for which another document than the plan asks reports.
    """

    strict_before: bool = True
    province: str | None = None
    keep_received: bool = False
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity | None] = field(default_factory=dict)
    reports: Mapping[str, "Given"] = field(default_factory=dict)
    asked: Mapping[str, AskedPeriods] = field(default_factory=dict)


def settings_of(root: Root) -> tuple[Settings, list[Finding]]:
    """Return the settings of a workspace and what is wrong with them; wrong values keep their default."""
    shown = shown_path(root.folder / SETTINGS_FILE)
    try:
        text = _text(root.folder)
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError):
        message = "không đọc được tệp cài đặt: tệp không mở được hoặc không phải văn bản UTF-8"
        return Settings(), [Finding("K007", Severity.ERROR, shown, message, 1, 1)]
    if marked := conflict(text):
        line, message = marked
        return Settings(), [Finding("K007", Severity.ERROR, shown, message, line, 1, hint=CONFLICT_HINT)]
    import tomllib

    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # tomllib also raises Python's own errors: for a number of thousands of digits and for endless nesting.
        at = _AT.search(str(error))
        # The error of a file that ends too early has no place: take its last line.
        line, column = (int(at[1]), int(at[2])) if at else (text.count("\n") + 1, 1)
        message = 'cú pháp TOML sai; mỗi dòng có dạng khóa = giá trị, chữ đặt trong dấu nháy kép, ví dụ province = "thanh-hoa"'
        return Settings(), [Finding("K007", Severity.ERROR, shown, message, line, column)]
    settings, messages = _understood(table)
    found = [Finding("K007", Severity.ERROR, shown, message, _line_of(text, key), 1) for key, message in messages]
    unseen = list(islice(_controls(text, shown), _MOST_UNSEEN))
    # A value with such a character is said once, at its place.
    lines = {finding.line for finding in unseen}
    return settings, [*unseen, *(finding for finding in found if finding.line not in lines)]


def _controls(text: str, shown: str) -> Iterator[Finding]:
    """Yield a finding for each line with a control or invisible character: what is read there is not what is seen."""
    for number, line in enumerate(text.split("\n"), 1):
        if found := first_control(line):
            offset, name = found
            message = f"có ký tự điều khiển hoặc ký tự ẩn {name}"
            yield Finding("K007", Severity.ERROR, shown, message, number, offset + 1, hint="xóa ký tự này")


def _refuse_controls(text: str) -> str:
    """Return a text of the settings; a ValueError says in Vietnamese which invisible character it holds."""
    if found := first_control(text):
        raise ValueError(f"có ký tự điều khiển hoặc ký tự ẩn {found[1]}; xóa ký tự này")
    return text


def _understood(table: dict[str, Any]) -> tuple[Settings, list[tuple[str, str]]]:
    """Return the settings in a table, and (key, message) for each problem."""
    messages = _unknown_keys(table, _KEYS, "")
    strict, province = table.get("strict_before", True), table.get("province")
    if not isinstance(strict, bool):
        messages.append(("strict_before", "strict_before phải là true hoặc false"))
    if not isinstance(province, str | None) or first_control(province or ""):
        province = None
        messages.append(("province", 'province phải là mã tỉnh, ví dụ "thanh-hoa"'))
    kept = table.get("keep_received", False)
    if not isinstance(kept, bool):
        messages.append(("keep_received", "keep_received phải là true hoặc false"))
    lint = table.get("lint", {})
    if not isinstance(lint, dict):
        messages.append(("lint", "[lint] phải là một bảng"))
        lint = {}
    messages += _unknown_keys(lint, _LINT_KEYS, "lint.")
    settings = Settings(
        strict_before=strict if isinstance(strict, bool) else True,
        province=province if isinstance(province, str) else None,
        keep_received=kept is True,
        select=_codes(lint, "select", messages),
        ignore=_codes(lint, "ignore", messages),
        severities=_severities(lint.get("severity", {}), messages),
        reports=_reports(table.get("report", {}), messages),
        asked=dict(_asked(table.get("report", {}), messages)),
    )
    return settings, messages


def unheeded_periods(root: Root, plan_id: str) -> Finding:
    """Return the finding on periods asked of a plan that has no rule on the reports of units."""
    message = f"report.{plan_id}.periods không có tác dụng: kế hoạch này không quy định đơn vị nào báo cáo"
    line = line_of_setting(root.folder, f"{plan_id}/periods")
    hint = "thêm mục level: unit vào khóa reporting của tệp kế hoạch"
    return Finding("K007", Severity.ERROR, shown_path(root.folder / SETTINGS_FILE), message, line, 1, hint=hint)


def line_of_setting(root: Path, word: str) -> int:
    """Return the line (1-based) of a key or a code in the settings file, 1 if it is not found."""
    try:
        return _line_of(_text(root), word)
    except (OSError, UnicodeDecodeError):
        return 1


def _text(root: Path) -> str:
    return plain_bytes(root / SETTINGS_FILE, _MOST_BYTES)[:_MOST_BYTES].decode("utf-8-sig")


def _line_of(text: str, word: str) -> int:
    """Return the line of a key; `kh-176/place` is searched below the head of its table."""
    head, slash, key = word.rpartition("/")
    table = (
        re.search(rf"^\s*\[\s*report\s*\.\s*[\"']?{re.escape(head)}[\"']?\s*\]", text, re.MULTILINE) if slash else None
    )
    if table:
        found = re.search(rf"^\s*{re.escape(key)}\s*=", text[table.end() :], re.MULTILINE)
        return text.count("\n", 0, table.end() + (found.end() if found else 0)) + 1
    word = key or head
    found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _unknown_keys(table: dict[str, Any], known: tuple[str, ...], where: str) -> list[tuple[str, str]]:
    """Return (key, message) for unknown keys: a misspelt one would silently have no effect."""
    from difflib import get_close_matches

    messages = []
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1, cutoff=0.5)
            mend = f'ý bạn là "{near[0]}"?' if near else f"các khóa dùng được: {', '.join(known)}"
            messages.append((key, f'không có khóa "{where}{key}" ({mend})'))
    return messages


def _codes(lint: dict[str, Any], key: str, messages: list[tuple[str, str]]) -> tuple[str, ...]:
    listed = lint.get(key, [])
    if isinstance(listed, list) and all(isinstance(code, str) and _CODE.fullmatch(code) for code in listed):
        return tuple(listed)
    messages.append((key, f'lint.{key} phải là danh sách mã, ví dụ ["K2", "K301"]'))
    return ()


def _severities(table: Any, messages: list[tuple[str, str]]) -> dict[str, Severity | None]:
    allowed = [*Severity, _OFF]
    found: dict[str, Severity | None] = {}
    for code, word in table.items() if isinstance(table, dict) else [("", table)]:
        if not _CODE.fullmatch(code) or word not in allowed:
            message = f'lint.severity: "{code} = {word}" phải có dạng K209 = "warning"; mức: {", ".join(allowed)}'
            messages.append((code or "severity", message))
        else:
            found[code] = None if word == _OFF else Severity(word)
    return found


def _reports(table: Any, messages: list[tuple[str, str]]) -> dict[str, "Given"]:
    """Return what `[report.<plan>]` says of each plan's report."""
    if not isinstance(table, dict) or any(not isinstance(entry, dict) for entry in table.values()):
        messages.append(("report", "[report] phải gồm các bảng theo mã kế hoạch, ví dụ [report.kh-176]"))
        return {}
    if not table:
        return {}
    from kehoach_cli.core.report.letterhead import Given

    found = {}
    for plan_id, entry in table.items():
        where = f"report.{plan_id}"
        messages += [
            (f"{plan_id}/{key}", message)
            for key, message in _unknown_keys(entry, (*_REPORT_KEYS, *_ASKED_KEYS), f"{where}.")
        ]
        said: dict[str, Any] = {}
        for key in _REPORT_KEYS:
            if key in entry:
                try:
                    said["dated" if key == "date" else key] = _report_value(key, entry[key])
                except ValueError as error:
                    messages.append((f"{plan_id}/{key}", f"{where}.{key} {error}"))
        found[plan_id.casefold()] = Given(**said)
    return found


def _asked(table: Any, messages: list[tuple[str, str]]) -> Iterator[tuple[str, AskedPeriods]]:
    """Yield for each plan the periods for which a document asks reports; the document must be named."""
    entries = table.items() if isinstance(table, dict) else ()
    for plan_id, entry in entries:
        given = [entry.get(key) for key in _ASKED_KEYS] if isinstance(entry, dict) else []
        if not any(given):
            continue
        kinds, document = given
        if not isinstance(kinds, list) or not set(map(str, kinds)) <= set(PeriodKind):
            words = ", ".join(PeriodKind)
            messages.append((f"{plan_id}/periods", f"report.{plan_id}.periods phải là danh sách các kỳ: {words}"))
        elif not isinstance(document, str) or not document.strip() or first_control(document):
            message = 'phải nêu văn bản yêu cầu báo cáo các kỳ đó, ví dụ "Công văn số 12/SNNMT-BVMT ngày 05/01/2026"'
            messages.append((f"{plan_id}/periods_by", f"report.{plan_id}.periods_by {message}"))
        else:
            yield plan_id.casefold(), AskedPeriods(tuple(map(PeriodKind, kinds)), document.strip())


def _report_value(key: str, value: Any) -> str | tuple[str, ...] | date:
    """Return one value of a report's table; a ValueError says in Vietnamese what is wrong with it."""
    if key == "date":
        return _report_day(value)
    if key == "number" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if key in _REPORT_LISTS:
        lines = [value] if isinstance(value, str) else value
        if not isinstance(lines, list) or not all(isinstance(line, str) and line.strip() for line in lines):
            raise ValueError('phải là một dòng chữ hoặc danh sách dòng chữ, ví dụ ["Như trên", "Lưu: VT, BVMT"]')
        return tuple(_refuse_controls(line.strip()) for line in lines)
    if not isinstance(value, str) or not value.strip():
        raise ValueError("phải là chữ trong dấu nháy kép, không để trống; chưa biết thì bỏ khóa này")
    return _refuse_controls(value.strip())


def _report_day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = value if isinstance(value, str) else ""
    try:
        if "/" in text:
            return parse_date(text)
        partial = parse_iso(text)
    except DateError as error:
        raise ValueError(str(error)) from None
    if partial.day is None:
        raise ValueError('phải là một ngày, ví dụ 2025-12-20 hoặc "20/12/2025"')
    return partial.first
