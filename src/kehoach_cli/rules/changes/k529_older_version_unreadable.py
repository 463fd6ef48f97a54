"""K529: a file whose older version cannot be read, so that nothing is compared."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K529",
    slug="older-version-unreadable",
    severity=Severity.INFO,
    found_by=FoundBy.LOADER,
    compares=True,
    title="Không đọc được bản cũ của tệp",
    why="""
        Quy tắc này chỉ chạy khi có --changed-since. Bản cũ của tệp có lỗi, không có trong kho git này hoặc quá lớn thì không có
        gì để so: các thay đổi trong tệp không được liệt kê, và lưu ý này nói rõ điều đó một lần.

        Xem thay đổi bằng git diff, hoặc nêu một bản git khác sau --changed-since. Lỗi nằm ở bản cũ nên không có ví dụ.
    """,
    bad="",
    good="",
)
