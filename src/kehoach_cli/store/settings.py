"""`kehoach.toml`: a workspace's optional settings."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from kehoach_cli.core.finding import Finding, Severity

FILE_NAME = "kehoach.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings with their defaults: `strict_before` reads "trước ngày D" as ending the day before D."""

    strict_before: bool = True
    province: str | None = None


def read_settings(root: Path, shown: str) -> tuple[Settings, list[Finding]]:
    """Return the settings of the workspace at `root` and what is wrong with them; wrong values keep their default."""
    try:
        table = tomllib.loads((root / FILE_NAME).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Settings(), []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Settings(), [_finding(shown, "không đọc được tệp cài đặt: cú pháp TOML sai hoặc tệp không mở được")]
    findings = []
    strict, province = table.get("strict_before", True), table.get("province")
    if not isinstance(strict, bool):
        findings.append(_finding(shown, "strict_before phải là true hoặc false"))
        strict = True
    if province is not None and not isinstance(province, str):
        findings.append(_finding(shown, 'province phải là mã tỉnh, ví dụ "thanh-hoa"'))
        province = None
    return Settings(strict, province), findings


def _finding(shown: str, message: str) -> Finding:
    return Finding("K007", Severity.ERROR, shown, message, 1, 1)
