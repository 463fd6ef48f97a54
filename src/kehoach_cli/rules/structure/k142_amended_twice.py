"""K142: two amendments of one place on one day."""

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.rules.base import FoundBy, Rule

RULE = Rule(
    code="K142",
    slug="amended-twice",
    severity=Severity.ERROR,
    found_by=FoundBy.LOADER,
    title="Một chỗ được sửa hai lần trong một ngày",
    why="""
        Hai thay đổi của cùng một chỗ có hiệu lực cùng một ngày thì không biết thay đổi nào đứng sau; chỉ thay đổi đầu được
        áp dụng. Một văn bản sửa đổi nhập vào hai tệp thì tệp sau chưa được áp dụng.

        Gộp thành một thay đổi; xóa tệp thừa.
    """,
    bad="",
    good="",
    kind="amendment",
)
