"""K005: data nested too deep, a file too large, or one with too many faults."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K005",
    slug="too-deep",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Dữ liệu lồng nhau quá sâu, tệp quá lớn hoặc quá nhiều lỗi",
    why="""
        Tệp kế hoạch, danh bạ và báo cáo chỉ lồng nhau vài cấp và nhỏ hơn 16 MB rất nhiều. Quá 32 cấp, quá 16 MB, quá
        20.000 mục trong một danh sách hoặc hàng nghìn lỗi trong một tệp chắc chắn là lỗi khi tạo tệp, hoặc là tệp cố ý
        làm treo máy, nên không được đọc tiếp.

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
