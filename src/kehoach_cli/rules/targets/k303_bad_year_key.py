"""K303: a key of a target that is no year."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K303",
    slug="bad-year-key",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Khóa của mục tiêu không phải là năm",
    why="""
        Mỗi mục tiêu đứng sau năm phải đạt (2025) hoặc sau giai đoạn tính bình quân hằng năm ("2023-2030"). Thiếu năm thì không
        biết đánh giá vào lúc nào.

        Lỗi hay gặp: số thập phân không đặt trong dấu nháy, khi đó dấu phẩy cắt giá trị làm đôi và nửa sau thành một khóa; giai
        đoạn viết ngược; năm viết kèm chữ.
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
