"""K008: an unquoted value that YAML readers take for different things."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import Hit, Rule


def check(document: SourceFile) -> Iterator[Hit]:
    """Yield the values that must stand in quotes."""
    for trap in document.traps:
        yield Hit(
            f"{trap.text} không đặt trong dấu nháy kép, chương trình khác có thể đọc thành giá trị khác",
            spot=(trap.line, trap.column),
            hint=f'đặt trong dấu nháy kép: "{trap.text}"',
        )


RULE = Rule(
    code="K008",
    slug="yaml-trap",
    severity=Severity.WARNING,
    title="Giá trị phải đặt trong dấu nháy kép",
    why="""
        Không có dấu nháy kép, YAML có nơi hiểu 1.10 là số 1,1, 012 là số 10, 12:30 là số 750, yes và no là đúng và sai; 54,2
        viết trong { } hay [ ] thì bị cắt đôi tại dấu phẩy. kehoach giữ nguyên chữ đã viết, nhưng bảng tính, trình soạn thảo
        và công cụ khác mở cùng tệp có thể làm sai số liệu.

        Đặt giá trị trong dấu nháy kép; lệnh lint --fix làm việc này mà không đổi chữ nào.
    """,
    bad="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ che phủ rừng
            unit: "%"
            lead: [so-a]
            direction: increase
            targets:
              2025: 54,2
        #           ^
    """,
    good="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ che phủ rừng
            unit: "%"
            lead: [so-a]
            direction: increase
            targets:
              2025: "54,2"
    """,
    check=check,
    fixable=True,
)
