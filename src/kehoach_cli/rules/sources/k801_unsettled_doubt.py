"""K801: a doubt of an imported plan that nobody has settled."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation

_SHOWN = 90


def check(file: SourceFile) -> Iterator[Violation]:
    """Yield every doubt in a source record."""
    record = file.record
    for index, doubt in enumerate(record.doubts if record else ()):
        where = ", ".join(part for part in (doubt.at, doubt.place) if part)
        text = doubt.text if len(doubt.text) <= _SHOWN else f"{doubt.text[: _SHOWN - 1]}…"
        quoted = f': "{text}"' if text and text not in doubt.why else ""
        mend = f"{doubt.mend}; xong thì xóa mục này" if doubt.mend else "kiểm tra xong thì xóa mục này"
        yield Violation(
            f"{where}: {doubt.why}{quoted}" if where else f"{doubt.why}{quoted}", ("doubts", index), hint=mend
        )


RULE = Rule(
    code="K801",
    slug="unsettled-doubt",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Điểm chưa chắc chắn khi nhập văn bản",
    why="""
        Lệnh import không đoán: chỗ nào văn bản không nói rõ, hoặc kehoach không đọc được chắc chắn, thì bỏ trống hoặc ghi tạm
        và nêu ở mục doubts của sổ nguồn (plans/sources/), kèm chỗ trong văn bản và cách sửa. Kế hoạch nhập chưa xong khi còn
        điểm chưa kiểm tra.

        Xem lại văn bản, sửa tệp kế hoạch nếu cần, rồi xóa mục đó trong doubts. Nhập lại văn bản thì điểm đã xóa không nêu
        lại, trừ khi văn bản đã đổi ở chỗ đó.
    """,
    bad="""
        doubts:
          - {at: tasks/I.1/lead, place: đoạn 13, kind: agency, why: danh bạ chưa có cơ quan này}
        #   ^
    """,
    good="""
        raised: [3b64db95cb]
    """,
    kind="source",
    check=check,
)
