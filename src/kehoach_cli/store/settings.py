"""`kehoach.toml`: a workspace's optional settings."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kehoach_cli.core.finding import Finding, Severity

FILE_NAME = "kehoach.toml"
_OFF = "off"
_CODE = re.compile(r"K\d{1,3}")


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings with their defaults.

    `strict_before` reads "trước ngày D" as ending the day before D; `select` and `ignore` are prefixes of lint codes,
    `severities` what a code weighs here (None: off).
    """

    strict_before: bool = True
    province: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity | None] = field(default_factory=dict)


def read_settings(root: Path, shown: str) -> tuple[Settings, list[Finding]]:
    """Return the settings of the workspace at `root` and what is wrong with them; wrong values keep their default."""
    try:
        table = tomllib.loads((root / FILE_NAME).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Settings(), [_finding(shown, "không đọc được tệp cài đặt: cú pháp TOML sai hoặc tệp không mở được")]
    messages: list[str] = []
    strict, province = table.get("strict_before", True), table.get("province")
    if not isinstance(strict, bool):
        messages.append("strict_before phải là true hoặc false")
    if not isinstance(province, str | None):
        messages.append('province phải là mã tỉnh, ví dụ "thanh-hoa"')
    lint = table.get("lint", {})
    if not isinstance(lint, dict):
        messages.append("[lint] phải là một bảng")
        lint = {}
    settings = Settings(
        strict_before=strict if isinstance(strict, bool) else True,
        province=province if isinstance(province, str) else None,
        select=_codes(lint, "select", messages),
        ignore=_codes(lint, "ignore", messages),
        severities=_severities(lint.get("severity", {}), messages),
    )
    return settings, [_finding(shown, message) for message in messages]


def _codes(lint: dict[str, Any], key: str, messages: list[str]) -> tuple[str, ...]:
    listed = lint.get(key, [])
    if isinstance(listed, list) and all(isinstance(code, str) and _CODE.fullmatch(code) for code in listed):
        return tuple(listed)
    messages.append(f'lint.{key} phải là danh sách mã, ví dụ ["K2", "K301"]')
    return ()


def _severities(table: Any, messages: list[str]) -> dict[str, Severity | None]:
    allowed = [*Severity, _OFF]
    found: dict[str, Severity | None] = {}
    for code, word in table.items() if isinstance(table, dict) else [("", table)]:
        if not _CODE.fullmatch(code) or word not in allowed:
            messages.append(
                f'lint.severity: "{code} = {word}" phải có dạng K209 = "warning"; mức: {", ".join(allowed)}'
            )
        else:
            found[code] = None if word == _OFF else Severity(word)
    return found


def _finding(shown: str, message: str) -> Finding:
    return Finding("K007", Severity.ERROR, shown, message, 1, 1)
