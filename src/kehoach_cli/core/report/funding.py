"""The part of a report on money: amounts from the submissions in one unit, and their sums."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from msgspec import Struct

from kehoach_cli.core.check.wording import shown_share
from kehoach_cli.core.duties.coverage import voice
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.progress import Submission
from kehoach_cli.core.report.bodies import body_at, in_order
from kehoach_cli.core.report.model import (
    FundingLine,
    FundingPart,
    FundingTotal,
    Source,
)
from kehoach_cli.core.report.sources import Evidence, entry_source
from kehoach_cli.viet.number import NumberError, parse_number, rounded

_NO_UNIT = "không ghi đơn vị"
_DONG = {"đồng": 1, "nghìn đồng": 10**3, "triệu đồng": 10**6, "tỷ đồng": 10**9}
_SPELLINGS = {
    "vnđ": "đồng", "đ": "đồng", "1.000 đồng": "nghìn đồng", "1000 đồng": "nghìn đồng", "ngàn đồng": "nghìn đồng",
    "triệu": "triệu đồng", "tr.đồng": "triệu đồng", "tr.đ": "triệu đồng", "trđ": "triệu đồng", "tr đồng": "triệu đồng",
    "triệu đ": "triệu đồng", "tỷ": "tỷ đồng", "tỉ": "tỷ đồng", "tỉ đồng": "tỷ đồng", "tỷ đ": "tỷ đồng",
}  # fmt: skip
# Spending beyond ten times the plan is no share anybody would print.
_LARGEST_SHARE = 10
_KEYS = ("planned", "spent")


class _Entry(Struct, frozen=True):
    """One line of money in a submission, its amounts in the unit of the table; None is no amount."""

    submission: Submission
    index: int
    unit: str
    planned: Fraction | None
    spent: Fraction | None

    @property
    def typed(self) -> dict[str, str]:
        return self.submission.funding[self.index]

    @property
    def source(self) -> Source:
        return entry_source(self.submission, "funding", self.index)

    @property
    def excessive(self) -> bool:
        """Whether more was spent than any plan could explain."""
        return bool(self.planned and self.spent is not None and self.spent > self.planned * _LARGEST_SHARE)

    def faulty(self, key: str) -> bool:
        """Whether something was typed that is no amount of money."""
        return bool(self.typed.get(key)) and getattr(self, key) is None

    @property
    def doubtful(self) -> bool:
        return self.excessive or any(map(self.faulty, _KEYS))


def funding_part(
    evidence: Evidence, submissions: tuple[Submission, ...], directory: Directory, period: Period
) -> FundingPart:
    """Return what was planned and spent, with one sum for each currency; an amount that no agency gave is not added."""
    latest = {voice(directory, evidence.plan.province, one.agency): one for one in submissions if one.funding}
    entries = list(_entries(in_order(directory, evidence.plan.province, latest)))
    lines = tuple(_line(number, one, directory, evidence.plan.province) for number, one in enumerate(entries, 1))
    for line, entry in zip(lines, entries, strict=True):
        for key in (*_KEYS, "share"):
            label = f"Kinh phí {line.source}"
            evidence.note(f"funding.lines[{line.number}].{key}", label, getattr(line, key), [entry.source])
    totals = tuple(_total(unit, entries, evidence) for unit in dict.fromkeys(one.unit for one in entries))
    sources = tuple(passage.text for passage in evidence.plan.funding)
    return FundingPart(sources, lines, totals, _title(period), doubts=tuple(_doubts(lines, entries)))


def _title(period: Period) -> str:
    """Return the title of the table; the form of a part of a year asks what was spent from 1 January on."""
    return f"Kinh phí thực hiện {'lũy kế đến hết ' if period.part else ''}{period.full_text}"


def _entries(submissions: tuple[Submission, ...]) -> Iterator[_Entry]:
    """Yield the lines of money with their amounts brought to the unit that most lines are in."""
    units = Counter(_unit(entry) for one in submissions for entry in one.funding)
    common = max((unit for unit in units if unit in _DONG), key=lambda unit: units[unit], default="")
    for submission in submissions:
        for index, entry in enumerate(submission.funding):
            unit = _unit(entry)
            scale = Fraction(_DONG[unit], _DONG[common]) if unit in _DONG else Fraction(1)
            planned, spent = (_amount(entry.get(key), scale) for key in _KEYS)
            yield _Entry(submission, index, common if unit in _DONG else unit, planned, spent)


def _unit(entry: dict[str, str]) -> str:
    unit = " ".join(entry.get("unit", _NO_UNIT).split())
    return _SPELLINGS.get(unit.casefold(), unit.casefold() if unit.casefold() in _DONG else unit)


def _amount(text: str | None, scale: Fraction) -> Fraction | None:
    """Return an amount of money; None if there is none, or it is no amount."""
    try:
        amount = parse_number(text) if text else Decimal(-1)
    except NumberError:
        return None
    return Fraction(amount) * scale if amount >= 0 else None


def _line(number: int, entry: _Entry, directory: Directory, province: str) -> FundingLine:
    planned, spent = entry.planned, entry.spent
    share = "-" if not planned or spent is None or entry.excessive else f"{_share(spent, planned)}%"
    return FundingLine(
        number=number,
        agency=body_at(directory, province, entry.submission.agency, entry.submission.cutoff).name,
        source=entry.typed.get("source", "-"),
        planned=_shown(entry, "planned"),
        spent=_shown(entry, "spent"),
        unit=entry.unit,
        share=share,
        doubtful=entry.doubtful,
    )


def _share(spent: Fraction, planned: Fraction) -> str:
    """Return a share with one decimal; one that would look like nothing or everything keeps more."""
    text = shown_share(spent, planned)
    whole = {"0": 0, "100": 100}.get(text)
    return text if whole is None else rounded(spent * 100 / planned, whole)


def _shown(entry: _Entry, key: str) -> str:
    amount = getattr(entry, key)
    return entry.typed.get(key, "-") if amount is None else rounded(amount)


def _total(unit: str, entries: list[_Entry], evidence: Evidence) -> FundingTotal:
    shown = {}
    for key in _KEYS:
        amounts = [(getattr(one, key), one.source) for one in entries if one.unit == unit]
        known = [(amount, source) for amount, source in amounts if amount is not None]
        if known:
            shown[key] = rounded(sum((amount for amount, _ in known), Fraction()))
            sources = [source for _, source in known]
            evidence.note(f"funding.totals[{unit}].{key}", f"Tổng kinh phí ({unit})", shown[key], sources)
    return FundingTotal(unit, shown.get("planned"), shown.get("spent"), _whole_share(unit, entries, evidence))


def _whole_share(unit: str, entries: list[_Entry], evidence: Evidence) -> str | None:
    """Return what part of the plan was spent in all; None where a line lacks an amount, so that the sums are not comparable."""
    own = [one for one in entries if one.unit == unit]
    planned, spent = (sum((getattr(one, key) or Fraction() for one in own), Fraction()) for key in _KEYS)
    if not planned or any(one.planned is None or one.spent is None or one.excessive for one in own):
        return None
    share = f"{_share(spent, planned)}%"
    evidence.note(
        f"funding.totals[{unit}].share", f"Tỷ lệ thực hiện kinh phí ({unit})", share, [one.source for one in own]
    )
    return share


def _doubts(lines: tuple[FundingLine, ...], entries: list[_Entry]) -> Iterator[str]:
    for line, entry in zip(lines, entries, strict=True):
        where = f"Kinh phí dòng {line.number} ({line.agency}, {line.source})"
        for key, word in zip(_KEYS, ("kế hoạch", "thực hiện"), strict=True):
            if entry.faulty(key):
                yield f'{where}: "{entry.typed[key]}" không phải là số tiền {word}, không cộng vào tổng số.'
        if entry.excessive:
            yield f"{where}: số thực hiện gấp hơn {_LARGEST_SHARE} lần kế hoạch; không tính tỷ lệ."
        if entry.unit == _NO_UNIT:
            yield f"{where}: không ghi đơn vị tính."
