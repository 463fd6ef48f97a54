"""Compares the texts of a plan file that do not stand alone with the cells, lines and words of its document."""

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec.structs import replace

from kehoach_cli.core.draft.roles import Role, divided, label_of
from kehoach_cli.core.draft.signature import AUTHORITY
from kehoach_cli.core.model.plan import is_within
from kehoach_cli.core.verify.claims import Claim, How
from kehoach_cli.core.verify.locate import Locator, printed_number
from kehoach_cli.core.verify.nearest import LIKE, differences, window
from kehoach_cli.core.verify.passages import Pages, Record, Span
from kehoach_cli.core.verify.result import ClaimStatus, PlanComparison, TextDifference
from kehoach_cli.viet.dates import PartialDate

_MARKS = " .;,:"
_LINE_ENDS = re.compile(r"[.;,]*(?: [-–+•|] | ?$)|[.;,]+[-–+•]")
# What may stand between a scope and its value.
_SAYS_HOW_MUCH = r"(?:đạt|là|còn|từ|trên|dưới|ít nhất|tối thiểu|tối đa|khoảng|không)\b"
_WITHIN_DATE = 60
# A line before dashes gives work for no more lines than so.
_FAR = 40
_LONGER = 60
_PROMISING = 6


_NAMES = {
    Role.NUMBER: "số thứ tự",
    Role.TEXT: "nội dung",
    Role.LEAD: "cơ quan chủ trì",
    Role.SUPPORT: "cơ quan phối hợp",
    Role.LEAD_AND_SUPPORT: "cơ quan chủ trì, phối hợp",
    Role.SCHEDULE: "thời gian",
    Role.OUTPUTS: "sản phẩm",
    Role.COST: "kinh phí",
    Role.UNIT: "đơn vị tính",
    Role.TARGET: "mục tiêu",
    Role.BASELINE: "hiện trạng",
    Role.REMARK: "ghi chú",
}


class Comparer:
    """Compares texts one by one, and remembers what of the document they claim."""

    def __init__(self, pages: Pages, located: Locator, parents: dict[str, str | None]) -> None:
        """`parents` gives the section of each row."""
        self._pages = pages
        self._located = located
        self._parents = parents
        self._printed = printed_number(pages.flow)
        self._begins = sorted(
            {one.passages[0] for one in (*located.rows.values(), *located.sections.values()) if one.passages}
        )
        self.claimed: list[Span] = []

    def check(self, ref: str, claim: Claim) -> PlanComparison:
        """Return how a text compares."""
        ways = {
            How.CELL: self._cell,
            How.HEAD: self._head,
            How.SCOPED: self._scoped,
            How.NUMBER: self._number,
            How.DATE: self._date,
        }
        if claim.item and not self._is_known(claim.item):
            return self._missing(ref, claim)
        return ways.get(claim.how, self._part)(ref, claim)

    def _is_known(self, item: str) -> bool:
        located = self._located.rows.get(item) or self._located.sections.get(item)
        return located is not None and bool(located.passages)

    # --- results ---

    def _missing(self, ref: str, claim: Claim) -> PlanComparison:
        return PlanComparison(ref, claim.path, claim.text, ClaimStatus.MISSING)

    def _found(self, ref: str, claim: Claim, *spans: Span) -> PlanComparison:
        self.claimed += spans
        place = self._pages.passages[self._pages.at(spans[0][0])].place if spans else ""
        return PlanComparison(ref, claim.path, claim.text, ClaimStatus.FOUND, place)

    def _differs(self, ref: str, claim: Claim, words: str, place: str) -> PlanComparison:
        return PlanComparison(
            ref, claim.path, claim.text, ClaimStatus.DIFFERS, place, differences(claim.text, words), words
        )

    # --- cells and lines with labels ---

    def _cell(self, ref: str, claim: Claim) -> PlanComparison:
        cells = list(self._cells(claim))
        if not cells:
            return self._part(ref, claim)
        for words, spans, _ in cells:
            if words.strip(_MARKS) == claim.text.strip(_MARKS):
                return self._found(ref, claim, *spans)
        words, spans, place = cells[0]
        self.claimed += spans
        return replace(self._differs(ref, claim, words, place), note=self._other_cell(claim))

    def _cells(self, claim: Claim) -> Iterator[tuple[str, list[Span], str]]:
        """Yield the words, spans and place of the cells, or of the labelled lines, that hold what the claim says."""
        own = self._located.rows.get(claim.item)
        record = self._located.record_of(claim.item)
        columns = _columns_of(record, claim) if record else []
        if record and columns:
            for column in columns:
                indices = tuple(record.columns.get(column, ()))
                cell = self._joined(indices) if indices else ("", [], self._pages.place(own.passages) if own else "")
                if claim.role and (part := divided(self._pages.lines(indices)).get(claim.role)):
                    yield self._pages.fold(part), *cell[1:]
                yield cell
                yield from map(self._joined, record.also.get(column, ()))
            return
        for index in self._block(claim.item):
            passage = self._pages.passages[index]
            found = label_of(passage.text)
            if found and claim.role and (part := divided(found.text).get(claim.role)):
                yield self._pages.fold(part), [(passage.begin, passage.end)], passage.place
            if found and found.role is claim.role:
                yield found.text, [(passage.begin, passage.end)], passage.place
                yield from self._going_on(found.text, index)

    def _going_on(self, text: str, index: int) -> Iterator[tuple[str, list[Span], str]]:
        """Yield a labelled text with the passage behind it, where that may be its end: a page may cut a line."""
        for first, after in pairwise(self._pages.passages[index : index + 2]):
            if after.text[:1].islower() and not after.number:
                yield f"{text} {after.text}", [(first.begin, first.end), (after.begin, after.end)], first.place

    def _joined(self, indices: tuple[int, ...]) -> tuple[str, list[Span], str]:
        passages = [self._pages.passages[index] for index in indices]
        return self._pages.printed(indices), [(one.begin, one.end) for one in passages], self._pages.place(indices)

    def _other_cell(self, claim: Claim) -> str:
        """Return in which column of its row the words stand, where it is another one."""
        record = self._located.record_of(claim.item)
        for column, indices in record.columns.items() if record else ():
            if indices and self._joined(tuple(indices))[0].strip(_MARKS) == claim.text.strip(_MARKS):
                role = record.head[column].role if record and column in record.head else Role.TEXT
                return f"lời của kế hoạch nằm ở cột {_NAMES.get(role, '')}"
        return ""

    def _head(self, ref: str, claim: Claim) -> PlanComparison:
        own = self._located.rows.get(claim.item)
        record = self._located.record_of(claim.item)
        heads = {column.words: column.role for column in record.head.values()} if record else {}
        if claim.text in heads:
            return self._found(ref, claim)
        labels = [label_of(self._pages.passages[index].text) for index in self._block(claim.item)]
        if any(label and label.words == claim.text for label in labels):
            return self._found(ref, claim)
        known = [words for words, role in heads.items() if role is claim.role]
        known += [label.words for label in labels if label and label.role is claim.role]
        if known:
            return self._differs(ref, claim, known[0], self._pages.place(own.passages) if own else "")
        return self._part(ref, claim)

    # --- words among others ---

    def _scoped(self, ref: str, claim: Claim) -> PlanComparison:
        """Compare a target with the part of its cell that speaks of its scope: "80 đối với đô thị; 60 đối với nông thôn"."""
        for start, end in self._scopes(claim):
            pieces = [
                piece for piece in self._pieces(start, end) if _names(claim.near, self._pages.flow[slice(*piece)])
            ]
            if pieces:
                span = max(pieces, key=lambda piece: _names_only(claim.near, self._pages.flow[slice(*piece)]))
                if any(self._pages.parts(claim.text, span)):
                    return self._found(ref, claim, span)
                place = self._pages.passages[self._pages.at(span[0])].place
                return self._differs(ref, claim, self._pages.flow[slice(*span)].strip(), place)
        return self._part(ref, claim)

    def _pieces(self, start: int, end: int) -> Iterator[Span]:
        """Yield the parts of a cell, which semicolons divide."""
        at = start
        for piece in self._pages.flow[start:end].split(";"):
            yield at, at + len(piece)
            at += len(piece) + 1

    def _part(self, ref: str, claim: Claim) -> PlanComparison:
        scopes = list(self._scopes(claim))
        for scope in scopes:
            for span in self._pages.parts(claim.text, scope):
                if self._fits(claim.how, span):
                    return self._found(ref, claim, span)
        for indices in self._cut_cells(claim.item):
            if re.search(rf"(?<!\w){re.escape(claim.text)}(?!\w)", self._pages.printed(indices)):
                return self._found(ref, claim, *self._joined(indices)[1])
        return self._nearest_part(ref, claim, scopes)

    def _cut_cells(self, item: str) -> list[tuple[int, ...]]:
        """Return the cells of a row that a page cuts, those of a column together."""
        record = self._located.record_of(item)
        return [tuple(indices) for indices in record.columns.values() if len(indices) > 1] if record else []

    def _fits(self, how: How, span: Span) -> bool:
        passage = self._pages.passages[self._pages.at(span[0])]
        before, after = self._pages.flow[passage.begin : span[0]], self._pages.flow[span[1] : passage.end]
        begins = span[0] in {passage.begin, passage.start}
        if how is How.LINE:
            # In a page read line by line the other column of it may follow: "- Như Điều 3; KT. CHỦ TỊCH".
            beside = after[:2] in {"; ", ". "} and AUTHORITY.match(after[2:])
            return (begins or before.endswith(("- ", "– "))) and bool(_LINE_ENDS.match(after) or beside)
        if how is How.BEGINNING:
            return begins and (not after or after[0] in _MARKS)
        return True

    def _scopes(self, claim: Claim) -> Iterator[Span]:
        """Yield the parts of the flow in which the words may stand, the nearest first."""
        if not claim.item:
            yield 0, len(self._pages.flow)
            return
        cells = list(self._cells(claim)) if claim.role else []
        for _, spans, _ in cells:
            yield from spans
        if cells and claim.role is not Role.UNIT:
            return
        if claim.item in self._located.sections and claim.item not in self._located.rows:
            yield self._section_span(claim.item)
            return
        own = self._block(claim.item)
        yield from ((self._pages.passages[index].begin, self._pages.passages[index].end) for index in own)
        if own:
            yield self._pages.passages[own[0]].begin, self._pages.passages[own[-1]].end
        yield from self._heading_spans(claim.item)
        if own and claim.role in {Role.LEAD, Role.SUPPORT}:
            yield from self._line_before(own[0])

    def _line_before(self, index: int) -> Iterator[Span]:
        """Yield the last line before a row, and before its siblings, that gives work to somebody: "Sở Y tế chủ trì …:"."""
        headings = {one.passages[0] for one in self._located.sections.values() if one.passages}
        for before in range(index - 1, max(-1, index - _FAR), -1):
            if before in headings:
                return
            passage = self._pages.passages[before]
            if passage.text.endswith(":"):
                yield passage.begin, passage.end
                return

    def _heading_spans(self, item: str) -> Iterator[Span]:
        section = self._parents.get(item) or item
        for heading, located in self._located.sections.items():
            if is_within(section, heading) and located.passages:
                first, last = (self._pages.passages[located.passages[end]] for end in (0, -1))
                yield first.begin, last.end

    def _section_span(self, section: str) -> Span:
        first = self._located.sections[section].passages[0]
        later = (
            located.passages[0]
            for other, located in self._located.sections.items()
            if located.passages and located.passages[0] > first and not is_within(other, section)
        )
        last = min(later, default=len(self._pages.passages)) - 1
        return self._pages.passages[first].begin, self._pages.passages[last].end

    def _block(self, item: str) -> list[int]:
        """Return the passages of a row: its record in a table, else all up to the next row or heading."""
        located = self._located.rows.get(item) or self._located.sections.get(item)
        if located is None or not located.passages:
            return []
        record = self._located.record_of(item)
        if record and record.head:
            return [index for indices in record.columns.values() for index in indices]
        last = located.passages[-1]
        end = next((begin for begin in self._begins if begin > last), len(self._pages.passages))
        return list(range(located.passages[0], end))

    def _nearest_part(self, ref: str, claim: Claim, scopes: list[Span]) -> PlanComparison:
        best = ("", 0.0, 0)
        for index, (low, high) in self._promising(claim.text, scopes):
            words, score = window(claim.text, self._pages.flow[low:high])
            best = max(best, (words, score, index), key=lambda one: one[1])
        if best[1] < LIKE:
            place = self._pages.passages[self._pages.at(scopes[0][0])].place if claim.item and scopes else ""
            return PlanComparison(ref, claim.path, claim.text, ClaimStatus.MISSING, place)
        return self._differs(ref, claim, best[0], self._pages.passages[best[2]].place)

    def _promising(self, text: str, scopes: list[Span]) -> list[tuple[int, Span]]:
        """Return the passages of the scopes that share the most words with a text, and where to look in each."""
        words = set(text.split())
        found: dict[int, tuple[int, Span]] = {}
        for start, end in scopes:
            for index in range(self._pages.at(start), self._pages.at(end - 1) + 1):
                passage = self._pages.passages[index]
                high = min(end, max(passage.end, passage.begin + len(text) + _LONGER))
                shared = len(words.intersection(self._pages.flow[passage.begin : high].split()))
                found.setdefault(index, (shared, (passage.begin, high)))
        best = sorted(found.items(), key=lambda one: -one[1][0])[:_PROMISING]
        return [(index, span) for index, (_, span) in best]

    # --- numbers and dates ---

    def _number(self, ref: str, claim: Claim) -> PlanComparison:
        wanted = printed_number(claim.text)
        if re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", self._printed):
            return self._found(ref, claim)
        _, stroke, kind = wanted.partition("/")
        near = (
            re.search(rf"(?<![\w/])[\w-]+/{re.escape(kind)}(?!\w)", self._printed)
            if stroke and " " not in wanted
            else None
        )
        if near:
            return PlanComparison(
                ref, claim.path, claim.text, ClaimStatus.DIFFERS, "", (TextDifference(claim.text, near[0]),), near[0]
            )
        return self._missing(ref, claim)

    def _date(self, ref: str, claim: Claim) -> PlanComparison:
        day = claim.day
        if day is None:
            return self._found(ref, claim)
        shown = Claim(claim.path, str(day), claim.how)
        for near in re.finditer(re.escape(printed_number(claim.near)), self._printed) if claim.near else [None]:
            start = near.end() if near else 0
            end = start + _WITHIN_DATE if near else len(self._printed)
            if re.search(_printed_day(day), self._printed[start:end]):
                return self._found(ref, shown)
        return self._missing(ref, shown)


def _names(scope: str, piece: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(scope)}(?!\w)", piece))


def _names_only(scope: str, piece: str) -> bool:
    """Whether a part of a cell speaks of this scope, not of a narrower one that begins so: "đô thị", not "đô thị loại I"."""
    return bool(re.search(rf"(?<!\w){re.escape(scope)}(?!\w)\s*(?:$|[^\w\s]|\d|{_SAYS_HOW_MUCH})", piece))


def _columns_of(record: Record, claim: Claim) -> list[int]:
    """Return the columns that hold what a claim says: its own, else those that say both who leads and who supports."""
    own = [
        at for at, one in record.head.items() if one.role is claim.role and (not claim.key or claim.key in one.words)
    ]
    both = {Role.LEAD_AND_SUPPORT, Role.LEAD} if claim.role in {Role.LEAD, Role.SUPPORT} else set()
    return own or [at for at, one in record.head.items() if one.role in both]


def _printed_day(day: PartialDate) -> str:
    """Return a pattern for the ways in which a document prints a day or month."""
    if day.month is None:
        return rf"năm {day.year}(?!\d)"
    if day.day is None:
        return rf"tháng ?0?{day.month} ?năm ?{day.year}(?!\d)|(?<!\d)0?{day.month}/{day.year}(?!\d)"
    figures = rf"(?<!\d)0?{day.day}/0?{day.month}/{day.year}"
    return rf"(?:{figures}|ngày ?0?{day.day} ?tháng ?0?{day.month} ?năm ?{day.year})(?!\d)"
