"""`kehoach.toml`: a workspace's optional settings."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kehoach_cli.core.finding import Finding, Severity

FILE_NAME = "kehoach.toml"
_OFF = "off"
_CODE = re.compile(r"K\d{1,3}")
_KEYS = ("strict_before", "province", "lint", "report")
_LINT_KEYS = ("select", "ignore", "severity")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings with their defaults.

    `strict_before` reads "trước ngày D" as ending the day before D; `select` and `ignore` are prefixes of lint codes,
    `severities` what the codes with a prefix weigh here (None: off).
    """

    strict_before: bool = True
    province: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity | None] = field(default_factory=dict)


def read_settings(root: Path, shown: str) -> tuple[Settings, list[Finding]]:
    """Return the settings of the workspace at `root` and what is wrong with them; wrong values keep their default."""
    try:
        text = (root / FILE_NAME).read_text(encoding="utf-8-sig")
        table = tomllib.loads(text)
    except FileNotFoundError:
        return Settings(), []
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        # A file that ends too early has no place; its last line is the nearest.
        line, column = (int(at[1]), int(at[2])) if at else (text.count("\n") + 1, 1)
        message = 'cú pháp TOML sai; mỗi dòng có dạng khóa = giá trị, chữ đặt trong dấu nháy kép, ví dụ province = "thanh-hoa"'
        return Settings(), [Finding("K007", Severity.ERROR, shown, message, line, column)]
    except (OSError, UnicodeDecodeError):
        message = "không đọc được tệp cài đặt: tệp không mở được hoặc không phải văn bản UTF-8"
        return Settings(), [Finding("K007", Severity.ERROR, shown, message, 1, 1)]
    messages = _unknown_keys(table, _KEYS, "")
    strict, province = table.get("strict_before", True), table.get("province")
    if not isinstance(strict, bool):
        messages.append(("strict_before", "strict_before phải là true hoặc false"))
    if not isinstance(province, str | None):
        messages.append(("province", 'province phải là mã tỉnh, ví dụ "thanh-hoa"'))
    lint = table.get("lint", {})
    if not isinstance(lint, dict):
        messages.append(("lint", "[lint] phải là một bảng"))
        lint = {}
    messages += _unknown_keys(lint, _LINT_KEYS, "lint.")
    settings = Settings(
        strict_before=strict if isinstance(strict, bool) else True,
        province=province if isinstance(province, str) else None,
        select=_codes(lint, "select", messages),
        ignore=_codes(lint, "ignore", messages),
        severities=_severities(lint.get("severity", {}), messages),
    )
    return settings, [
        Finding("K007", Severity.ERROR, shown, message, _line_of(text, key), 1) for key, message in messages
    ]


def line_of_setting(root: Path, word: str) -> int:
    """Return the line (1-based) of the settings file that a key or a code stands on; 1 where it cannot be told."""
    try:
        return _line_of((root / FILE_NAME).read_text(encoding="utf-8-sig"), word)
    except (OSError, UnicodeDecodeError):
        return 1


def _line_of(text: str, word: str) -> int:
    found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _unknown_keys(table: dict[str, Any], known: tuple[str, ...], where: str) -> list[tuple[str, str]]:
    """Return (key, message) for the keys nobody reads: a slip there would change nothing, silently."""
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
