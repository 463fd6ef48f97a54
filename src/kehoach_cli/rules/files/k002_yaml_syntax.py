"""K002: broken YAML syntax."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K002",
    slug="yaml-syntax",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Sai cú pháp YAML",
    why="""
        Chỗ sai làm cho phần còn lại của tệp không đọc được, nên cả tệp chưa được dùng. Nguyên nhân thường gặp: văn
        bản có ": " mà không đặt trong dấu nháy kép, thụt dòng lệch, dấu nháy hoặc ngoặc chưa đóng, có phím tab, tệp
        trống.

        Sửa đúng chỗ được chỉ; đoạn chữ có dấu ":", "#" hay mở đầu bằng ">", "*", "&", "@", "%" thì đặt trong dấu nháy
        kép, hoặc viết xuống dòng sau dấu ">-".
    """,
    bad="""
        tasks:
          - id: I.1
            kind: task
            text: Kiểm tra các nội dung: nước thải, khí thải.
        #                              ^
            lead: [so-a]
    """,
    good="""
        tasks:
          - id: I.1
            kind: task
            text: "Kiểm tra các nội dung: nước thải, khí thải."
            lead: [so-a]
    """,
)
