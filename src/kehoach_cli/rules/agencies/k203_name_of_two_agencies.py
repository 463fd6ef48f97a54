"""K203: two agencies with the same name."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K203",
    slug="name-of-two-agencies",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    kind="registry",
    title="Một tên chỉ hai cơ quan",
    why="""
        Ô cơ quan trong văn bản được đọc theo tên, nên mỗi tên (tên chính thức, tên tắt, cách viết khác) chỉ được chỉ một cơ
        quan trong tỉnh. Khác nhau ở chữ hoa, dấu gạch nối, cách đặt dấu thanh hay "&" thay cho "và" vẫn là cùng một tên.

        Giữ tên ở cơ quan thật sự mang tên đó, xóa ở cơ quan kia. Với cơ quan cũ đã sáp nhập, dùng successors, không chép tên
        cũ sang cơ quan mới.
    """,
    bad="""
        groups:
          - {id: nhom-so, name: "Các sở, ban, ngành", members: [so-a, so-b]}
          - {id: nhom-don-vi, name: Các đơn vị cấp tỉnh, also: ["các Sở, ban, ngành"], members: [so-a]}
        #                                                       ^
    """,
    good="""
        groups:
          - {id: nhom-so, name: "Các sở, ban, ngành", members: [so-a, so-b]}
          - {id: nhom-don-vi, name: Các đơn vị cấp tỉnh, also: ["các Sở, đơn vị"], members: [so-a]}
    """,
)
