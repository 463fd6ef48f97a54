"""K212: a plan whose agencies, or whose title, belong to another province than it names."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K212",
    slug="province-of-other-agencies",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Mã tỉnh không phải của kế hoạch này",
    why="""
        Khóa province chọn danh bạ để đọc mọi cơ quan của kế hoạch. Phần lớn mã cơ quan không có trong danh bạ đó mà có
        trong danh bạ của tỉnh khác, hoặc tên văn bản nêu tỉnh khác, thì chính khóa này ghi sai; từng mã cơ quan không được
        báo riêng.

        Sửa province cho đúng tỉnh. Kế hoạch của tỉnh đã sáp nhập giữ mã tỉnh cũ, danh bạ của tỉnh cũ ghi tỉnh tiếp nhận.
    """,
    bad="""
        province: mau
        #         ^
        document:
          type: KH
          number: 12/KH-UBND
          date: 2022-03-15
          issuer: ubnd-tinh
          title: Bảo vệ môi trường trên địa bàn tỉnh Nghệ An
          cite: Kế hoạch số 12/KH-UBND ngày 15/3/2022
    """,
    good="""
        province: mau
        document:
          type: KH
          number: 12/KH-UBND
          date: 2022-03-15
          issuer: ubnd-tinh
          title: Bảo vệ môi trường trên địa bàn tỉnh Mẫu
          cite: Kế hoạch số 12/KH-UBND ngày 15/3/2022
    """,
)
