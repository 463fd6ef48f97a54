"""The content of the Word document that shows a summary, without layout."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.duties.bodies import bearer_at
from kehoach_cli.core.model.agency import Agency, Directory
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.report.bodies import body_at
from kehoach_cli.core.report.letterhead import Given, identity_of, is_party, with_given
from kehoach_cli.core.report.model import Identity, ReportKind, Routing
from kehoach_cli.core.report.summary import DUE, Counts, Summary, SummaryLine, SummaryRow
from kehoach_cli.core.report.summary_words import (
    CLASSES,
    HEADINGS,
    line_name,
    notes,
    number_text,
    pertinent,
    proof,
    rate_text,
    row_deadline,
    row_state,
)
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import capitalized

_IN_BRACKETS = re.compile(r" \([^()]*\)")
_NO_IDENTITY = Identity(issuer=None, parent=None, recipients=("Như trên",))


class CountLine(Struct, frozen=True):
    """A line of the table: texts ready to print. `by_class` are the counts in the order of the columns."""

    number: str
    name: str
    assigned: str
    falling_due: str
    by_class: tuple[str, ...]
    on_time: str
    completed: str


class ProofLine(Struct, frozen=True):
    """A task behind the counts."""

    number: int
    id: str
    text: str
    lead: str
    deadline: str
    word: str
    proof: str


class ProofGroup(Struct, frozen=True):
    """The tasks behind one line."""

    title: str
    lines: tuple[ProofLine, ...]


class SummaryData(Struct, frozen=True):
    """The document. `plan` holds the ids of its plans."""

    plan: str
    party: bool
    identity: Identity
    title: str
    summary: str
    opening: tuple[str, ...]
    heading: str
    lines: tuple[CountLine, ...]
    total: CountLine
    remarks: tuple[str, ...]
    proofs: tuple[ProofGroup, ...]
    closing: str

    @property
    def kind(self) -> ReportKind:
        """Always the summary."""
        return ReportKind.SUMMARY

    @property
    def expected(self) -> tuple[str, ...]:
        """The ids that the finished document must contain."""
        return tuple(dict.fromkeys(line.id for group in self.proofs for line in group.lines))


def summary_document(summary: Summary, directory: Directory, settings: Mapping[str, Given]) -> SummaryData:
    """Return the document of the coordinator; `settings` say, by plan, how it signs."""
    query = summary.query
    sender, identity = _sender(summary, directory, settings)
    party = bool(sender and is_party(sender))
    subject = f"tình hình thực hiện nhiệm vụ đến hạn trong {query.period.full_text}"
    cited = "; ".join(plan.document.cite for plan in query.plans)
    body = body_at(directory, sender.province, sender.id, query.as_of) if sender else None
    return SummaryData(
        plan=", ".join(plan.id for plan in query.plans),
        party=party,
        identity=identity,
        title="BÁO CÁO",
        summary=subject if party else capitalized(subject),
        opening=(
            f"Thực hiện {cited}, {subject} (số liệu tính đến ngày {format_date(query.as_of)}) như sau:",
            *_sentences(summary.total.counts),
        ),
        heading=HEADINGS[query.by],
        lines=tuple(_line(str(number), line) for number, line in enumerate(pertinent(summary), 1)),
        total=_line("", summary.total),
        remarks=tuple(notes(summary)),
        proofs=tuple(_groups(summary)),
        closing=f"Trên đây là {subject}" + (f", {body.name} trân trọng báo cáo" if body else ""),
    )


def _sender(summary: Summary, directory: Directory, settings: Mapping[str, Given]) -> tuple[Agency | None, Identity]:
    """Return the coordinator of all the plans, and its head and foot; blanks where they have several."""
    query = summary.query
    first = query.plans[0]
    bodies = {plan.id: _coordinator(directory, plan, query.as_of) for plan in query.plans}
    sender = bodies[first.id]
    if sender is None or set(bodies.values()) != {sender}:
        provinces = {plan.province for plan in query.plans}
        registry = directory.registries.get(first.province)
        return None, replace(_NO_IDENTITY, place=registry.name if registry and len(provinces) == 1 else None)
    routing = Routing(body_at(directory, first.province, first.coordinator, query.as_of), ())
    # Number, day and recipients in the settings are those of the yearly report.
    given = replace(settings.get(first.id, Given()), number=None, dated=None, recipients=None)
    return sender, with_given(identity_of(sender, directory, first, routing), given)


def _coordinator(directory: Directory, plan: Plan, day: date) -> Agency | None:
    bearer = bearer_at(directory, plan.province, plan.coordinator, day)
    return bearer.agency if bearer else None


def _sentences(counts: Counts) -> Iterator[str]:
    """Yield the counts in words, without those that are zero."""
    said = "; ".join(
        f"{number} nhiệm vụ {CLASSES[one][:1].lower()}{CLASSES[one][1:]}" for one in DUE if (number := counts.of(one))
    )
    if not counts.due:
        yield "Trong kỳ không có nhiệm vụ đến hạn."
    else:
        rate = f" Tỷ lệ đúng hạn {rate_text(counts.done_on_time, counts)}%." if counts.judged else ""
        yield f"Trong kỳ có {counts.due} nhiệm vụ đến hạn, gồm: {said}.{rate}"
    if counts.carried_in:
        yield f"Ngoài ra có {counts.carried_in} nhiệm vụ có thời hạn trước kỳ, khi vào kỳ chưa hoàn thành."


def _line(number: str, line: SummaryLine) -> CountLine:
    counts = line.counts
    return CountLine(
        number,
        line_name(line),
        number_text(counts.assigned),
        number_text(counts.due),
        tuple(number_text(counts.of(one)) for one in CLASSES),
        rate_text(counts.done_on_time, counts),
        rate_text(counts.done, counts),
    )


def _groups(summary: Summary) -> Iterator[ProofGroup]:
    for line in pertinent(summary):
        rows = line.evidence
        several = len(summary.query.plans) > 1
        yield ProofGroup(line.name, tuple(_proof(number, row, several) for number, row in enumerate(rows, 1)))


def _proof(number: int, row: SummaryRow, several: bool) -> ProofLine:  # noqa: FBT001 - internal
    """Return a task as the table shows it; of several plans the document that holds it is named, never our id of the plan."""
    text, document = capitalized(row.task.text), row.plan.document
    if several:
        text = f"{text}\n{_IN_BRACKETS.sub('', document.cite)}"
    return ProofLine(number, row.task.id, text, row.lead, row_deadline(row), row_state(row), proof(row))
