"""The parts of a report that agencies write, with computed sentences on strengths and limits."""

import re
from collections.abc import Iterable

from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.duties.assess import CountColumn
from kehoach_cli.core.duties.bodies import TO_CHECK
from kehoach_cli.core.duties.coverage import voice
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.report.bodies import body_at, in_order
from kehoach_cli.core.report.model import (
    AgencyText,
    IndicatorLine,
    IndicatorPart,
    NarrativePart,
    NarrativeText,
    TaskPart,
)
from kehoach_cli.core.report.sources import Evidence, entry_source

_BARE_FIGURE = re.compile(r"\d(?=;|$| \(ước\))")
_NOBODY = "Chưa có báo cáo của các cơ quan, đơn vị về nội dung này."
_NOT_SAID = "Các báo cáo đã nhận không nêu nội dung này."
_OWN_MISSING = "Chưa có nội dung."


class AgencyTexts:
    """The texts of the agencies for the period; of one agency the latest text of each part counts."""

    def __init__(self, evidence: Evidence, directory: Directory, period: Period, *, own: bool = False) -> None:
        """Keep the period's submissions, oldest first, without blank forms; `own` is for the report of one agency."""
        self._own = own
        self._province = evidence.plan.province
        self._directory = directory
        self.submissions = tuple(one for one in evidence.submissions if one.period == period and not one.silent)

    def words(self, *path: str, facts: tuple[str, ...] = ()) -> NarrativeText:
        """Return one part of the outline by its keys in a submission."""
        last: dict[str, AgencyText] = {}
        for submission in self.submissions:
            if text := _text_at(submission.narrative, path):
                name = body_at(self._directory, self._province, submission.agency, submission.cutoff).name
                who = voice(self._directory, self._province, submission.agency)
                last[who] = AgencyText(name, text, entry_source(submission, "narrative", *path))
        texts = in_order(self._directory, self._province, last)
        if self._own:
            return NarrativeText(texts, _OWN_MISSING, facts)
        return NarrativeText(texts, _NOT_SAID if self.submissions else _NOBODY, facts)


def narrative(texts: AgencyTexts, indicators: IndicatorPart, tasks: TaskPart, *, review: bool) -> NarrativePart:
    """Return the parts that agencies write, with computed sentences on strengths and limits."""
    lessons = texts.words("lessons")
    return NarrativePart(
        directing=texts.words("directing"),
        strengths=texts.words("strengths", facts=_strengths(indicators, tasks)),
        limits=texts.words("limits", facts=_limits(indicators, tasks)),
        causes_objective=texts.words("causes", "objective"),
        causes_subjective=texts.words("causes", "subjective"),
        # Lessons belong to a review; if agencies wrote some in another year, they are printed too.
        lessons=lessons if review or lessons.voices else None,
        funding=texts.words("funding"),
        next_year=texts.words("next_year"),
        proposals_central=texts.words("proposals", "central"),
        proposals_province=texts.words("proposals", "province"),
        proposals_others=texts.words("proposals", "others"),
    )


def _text_at(tree: object, path: tuple[str, ...]) -> str:
    for key in path:
        tree = tree.get(key) if isinstance(tree, dict) else None
    return tree.strip() if isinstance(tree, str) else ""


def _strengths(indicators: IndicatorPart, tasks: TaskPart) -> tuple[str, ...]:
    good = [line for line in indicators.lines if line.official and line.verdict in {Verdict.EXCEEDED, Verdict.MET}]
    facts = [f"Chỉ tiêu đạt hoặc vượt mục tiêu: {_named(_fact(one) for one in good)}."] if good else []
    if tasks.counts.done:
        facts.append(f"Đã hoàn thành {tasks.counts.done} nhiệm vụ.")
    return tuple(facts)


def _limits(indicators: IndicatorPart, tasks: TaskPart) -> tuple[str, ...]:
    bad = [line for line in indicators.lines if line.official and line.verdict in {Verdict.MISSED, Verdict.PARTLY}]
    facts = []
    if bad:
        names = _named(_fact(one) for one in bad)
        facts.append(f"Chỉ tiêu chưa đạt hoặc chỉ đạt một phần: {names}.")
    counts = indicators.counts
    open_ones = (
        (counts.no_data + counts.unknown if counts else 0, "chỉ tiêu chưa có số liệu"),
        (tasks.counts[CountColumn.OVERDUE], "nhiệm vụ chưa hoàn thành, quá hạn"),
        (tasks.counts.due_unreported, "nhiệm vụ đã quá thời hạn theo Kế hoạch, chưa có báo cáo"),
    )
    if said := "; ".join(f"{number} {words}" for number, words in open_ones if number):
        facts.append(f"Còn {said}.")
    return tuple(facts)


def _fact(line: IndicatorLine) -> str:
    doubt = f", {TO_CHECK}" if line.doubtful else ""
    return f"{line.name} ({_with_unit(line).replace(' (ước)', ', ước')}{doubt})"


def _with_unit(line: IndicatorLine) -> str:
    """Return the result with its unit behind each bare figure: "82%", "88.823,44 ha", "đô thị loại II trở lên: 28%"."""
    unit = {"-": "", "%": "%"}.get(line.unit, f" {line.unit}")
    return _BARE_FIGURE.sub(lambda found: found[0] + unit, line.result)


def _named(names: Iterable[str]) -> str:
    return "; ".join(names)
