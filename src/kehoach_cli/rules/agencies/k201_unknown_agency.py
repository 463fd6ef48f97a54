"""K201: an agency id that no registry has."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K201",
    slug="unknown-agency",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Mã cơ quan không có trong danh bạ",
    why="""
        Mỗi cơ quan được gọi bằng một mã của danh bạ (plans/agencies). Mã không có trong danh bạ tỉnh hay danh bạ trung ương
        thì nhiệm vụ không hiện ra khi tra cứu theo cơ quan, và không ai biết cơ quan nào phải báo cáo.

        Sửa mã cho đúng; nếu cơ quan chưa có trong danh bạ thì thêm vào danh bạ trước. Cơ quan mà danh bạ nền của kehoach có
        thì lệnh kehoach lint --fix thêm giúp.
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-aa]
        #          ^
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra việc xử lý nước thải.
            lead: [so-a]
    """,
)
