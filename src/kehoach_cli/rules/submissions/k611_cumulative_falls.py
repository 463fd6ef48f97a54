"""K611: a cumulative figure below an earlier one, or below the year's own."""

from collections.abc import Iterator
from decimal import Decimal

from kehoach_cli.core.model.finding import Severity
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.submissions.submitted import reported, same_voice
from kehoach_cli.viet.number import NumberError, parse_number


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield the cumulative figures that contradict earlier ones of the same agency or its heir."""
    for path, plan, submission, indicator, report in reported(document):
        now = _number(report.to_date)
        if now is None:
            continue
        earlier = [
            (peer, before)
            for peer in document.peers
            if peer.period.last_day < submission.period.last_day
            and indicator.id in peer.indicators
            and same_voice(document, plan, submission, peer)
            and (before := _number(peer.indicators[indicator.id].to_date)) is not None
        ]
        peer, most = max(earlier, key=lambda found: found[1], default=(None, Decimal()))
        value = _number(report.value)
        if peer and now < most:
            message = (
                f"lũy kế {report.to_date} nhỏ hơn số của {peer.period.text} ({peer.indicators[indicator.id].to_date})"
            )
            yield Violation(f"{indicator.id}: {message}", (*path, "to_date"), hint=f"xem {peer.file}")
        elif value is not None and now < value:
            word = "năm" if submission.part is None else "kỳ"
            message = f"lũy kế {report.to_date} nhỏ hơn số trong {word} ({report.value})"
            yield Violation(
                f"{indicator.id}: {message}", (*path, "to_date"), hint=f"lũy kế gồm cả số của {word} báo cáo"
            )


def _number(text: str | None) -> Decimal | None:
    try:
        return parse_number(text) if text is not None else None
    except NumberError:
        return None


RULE = Rule(
    code="K611",
    slug="cumulative-falls",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Số lũy kế giảm",
    why="""
        Số lũy kế (to_date) cộng dồn từ đầu kỳ kế hoạch nên không thể nhỏ hơn số lũy kế của năm trước, cũng không nhỏ
        hơn số của riêng năm báo cáo. Số giảm thường do ghi nhầm số trong năm vào ô lũy kế.

        Hỏi lại cơ quan báo cáo rồi sửa; nếu năm trước đã báo cáo sai thì sửa báo cáo năm trước.
    """,
    bad="""
        indicators:
          I-ct9: {value: "95", to_date: "90"}
        #                               ^
    """,
    good="""
        indicators:
          I-ct9: {value: "95", to_date: "95"}
    """,
    check=check,
    kind="progress",
)
