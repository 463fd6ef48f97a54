"""K303: a key of a target that is no year, part of a year or period."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K303",
    slug="bad-year-key",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Khóa của mục tiêu không phải là năm hay kỳ",
    why="""
        Mỗi mục tiêu đứng sau thời điểm phải đạt: năm (2025), quý ("2026-Q3"), nửa năm ("2026-H1"), chín tháng ("2026-9M"), tháng
        ("2026-06"), ngày ("2026-06-30"), hoặc giai đoạn ("2023-2030"). Thiếu thời điểm thì không biết đánh giá vào lúc nào.

        Lỗi hay gặp: số thập phân không đặt trong dấu nháy, khi đó dấu phẩy cắt giá trị làm đôi và nửa sau thành một khóa; giai
        đoạn viết ngược; năm gõ sai ("0230"); năm, quý viết kèm chữ.
    """,
    bad="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2025: "85", năm 2030: "98"}
        #                         ^
    """,
    good="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2025: "85", 2030: "98"}
    """,
)
