"""K302: a target that can be read in two ways."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K302",
    slug="target-ambiguous",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Mục tiêu có thể hiểu theo hai cách",
    why="""
        Theo cách viết tiếng Việt, dấu phẩy ngăn phần thập phân, dấu chấm chỉ ngăn từng nhóm ba chữ số (10.000). "1.5" có thể là
        1,5 hoặc 15; "1,250" có thể là 1,25 hoặc 1.250; "giảm 2 lần" không rõ còn bao nhiêu. Đoán sai thì kết quả đạt thành không
        đạt, nên cả hai cách hiểu được nêu ra để người sửa chọn.

        Đối chiếu với văn bản rồi viết lại bằng dấu phẩy ("1,5") hoặc bỏ dấu chấm ("15"). Nếu chính văn bản in "1.5" thì vẫn viết
        "1,5" ở đây và giữ chuỗi đã in trong as_issued.
    """,
    bad="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2025: "85", 2030: "98.5"}
        #                               ^
    """,
    good="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2025: "85", 2030: "98,5"}
    """,
)
