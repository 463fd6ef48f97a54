"""K301: a target that cannot be read."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K301",
    slug="target-not-understood",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Mục tiêu không hiểu được",
    why="""
        Mục tiêu là căn cứ để đánh giá đạt hay không đạt. Chuỗi không đọc được theo cách viết số và từ chỉ giới hạn của văn
        bản hành chính thì không thể so sánh với kết quả, nên không được đoán.

        Viết đúng như văn bản: "95", "≥80", "1,5 - 2", "trên 90%", "10.000 ha", "giảm tối thiểu 10% so với năm 2024"; các cách
        viết khác hiểu được ở trang cach-ghi.md. Nếu văn bản viết cách khác thì viết lại ở đây và giữ chuỗi đã in ở
        as_issued.targets.
    """,
    bad="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2025: "tối thểu 80"}
        #                   ^
    """,
    good="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2025: "tối thiểu 80"}
    """,
)
