"""K005: data nested absurdly deep, or an absurdly large file. Found when the file is loaded."""

from kehoach_cli.core.finding import Severity
from kehoach_cli.rules.base import Rule

RULE = Rule(
    code="K005",
    slug="too-deep",
    severity=Severity.ERROR,
    title="Dữ liệu lồng nhau quá sâu hoặc tệp quá lớn",
    why="""
        Tệp kế hoạch, danh bạ và báo cáo chỉ lồng nhau vài cấp và nhỏ hơn 64 MB rất nhiều. Quá 32 cấp hoặc quá 64 MB
        chắc chắn là lỗi khi tạo tệp, hoặc là tệp cố ý làm treo máy, nên không được đọc tiếp.

        Kiểm tra các dấu ngoặc thừa ở chỗ được chỉ, hoặc lấy lại tệp từ nguồn.
    """,
    bad="""
        sections: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
        #                                        ^
    """,
    good="""
        sections: [{id: I, title: NHIỆM VỤ}]
    """,
)
