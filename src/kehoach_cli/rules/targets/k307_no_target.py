"""K307: an indicator without any target."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K307",
    slug="no-target",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Chỉ tiêu không có mục tiêu nào",
    why="""
        Chỉ tiêu không có mục tiêu thì không có gì để so sánh với kết quả báo cáo và không bao giờ được đánh giá.

        Chép mục tiêu từ văn bản. Nếu văn bản chỉ nêu nội dung phải làm mà không nêu con số hay mốc nào, ghi dòng đó là nhiệm vụ,
        không phải chỉ tiêu.
    """,
    bad="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {}
        #            ^
    """,
    good="""
        indicators:
          - id: I.1-ct1
            name: Tỷ lệ hộ dân được dùng nước sạch
            unit: "%"
            direction: increase
            targets: {2030: "98"}
    """,
)
