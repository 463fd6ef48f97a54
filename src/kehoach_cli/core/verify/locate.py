"""Where the headings and rows of a plan stand in its document."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from kehoach_cli.core.draft.lines import roman_text
from kehoach_cli.core.model.plan import enclosing_section, is_within
from kehoach_cli.core.verify.claims import Anchor
from kehoach_cli.core.verify.nearest import LIKE, Nearest, Text, differences, likeness
from kehoach_cli.core.verify.passages import Pages, Record, plain
from kehoach_cli.core.verify.result import ClaimStatus, TextDifference

_LAST_PART = re.compile(r"[.-](\d+)$")
_COUNTED = re.compile(r"[IVXL]+(?:\.\d+)*|\d+(?:\.\d+)*")
_LONGEST_JOIN = 12
_SAME_NUMBER, _SAME_SECTION, _TAKEN = 0.2, 0.1, 0.4


class Located(Struct, frozen=True):
    """Where a text stands, and in which words the passages there differ from it."""

    status: ClaimStatus
    passages: tuple[int, ...] = ()
    differences: tuple[TextDifference, ...] = ()


class Locator:
    """Finds the texts of a plan that stand alone. `places` are the places that the import recorded, by key path."""

    def __init__(self, pages: Pages, anchors: Iterable[Anchor], places: Mapping[str, str]) -> None:
        """Find every heading, then every row."""
        self.pages = pages
        self.sections: dict[str, Located] = {}
        self.rows: dict[str, Located] = {}
        # Which of the rows that its cell covers a row of the plan is.
        self.part: dict[str, int] = {}
        self._places = places
        self._taken: dict[int, str] = {}
        self._lost: list[Anchor] = []
        every = list(anchors)
        self._titled = {anchor.id for anchor in every if anchor.section}
        self._headings([anchor for anchor in every if anchor.section])
        self._context = self._contexts()
        for anchor in every:
            if not anchor.section:
                self._row(anchor)
        self._search_lost()
        self._check_sections([anchor for anchor in every if not anchor.section])
        self._check_owners()
        self._check_order()

    def record_of(self, item: str) -> Record | None:
        """Return the row of a table in which a row of the plan stands."""
        located = self.rows.get(item)
        if located is None or not located.passages:
            return None
        parts = self.pages.parts_of(located.passages[0]) if item in self.part else []
        return parts[self.part[item]] if parts else self.pages.record_of.get(located.passages[0])

    def __getitem__(self, anchor: Anchor) -> Located:
        """Return where a text stands."""
        return (self.sections if anchor.section else self.rows)[anchor.id]

    # --- headings: in the order of the document ---

    def _headings(self, anchors: list[Anchor]) -> None:
        at = 0
        for anchor in anchors:
            texts = (anchor.claim.text, *anchor.spellings)
            found = sorted(
                one for text in texts for one in self.pages.whole(text) if not self._contradicts(anchor, one)
            )
            following = [one for one in found if one[0] >= at] or found
            numbered = [one for one in following if self._agrees(anchor, one)] or following
            if not numbered:
                self._lost.append(anchor)
                continue
            at = numbered[0][-1] + 1
            self._take(anchor, Located(ClaimStatus.FOUND, numbered[0]))

    def _contexts(self) -> list[str]:
        """Return for each passage the section it stands in."""
        begins = sorted((located.passages[0], section) for section, located in self.sections.items())
        found, current, pending = [], "", list(reversed(begins))
        for index in range(len(self.pages.passages)):
            while pending and pending[-1][0] <= index:
                current = pending.pop()[1]
            found.append(current)
        return found

    # --- rows ---

    def _row(self, anchor: Anchor) -> None:
        found = [one for text in (anchor.claim.text, *anchor.spellings) for one in self.pages.whole(text)]
        fitting = [one for one in found if not self._contradicts(anchor, one)]
        if fitting:
            self._take(anchor, Located(ClaimStatus.FOUND, max(fitting, key=lambda one: self._fit(anchor, one))))
        else:
            self._lost.append(anchor)

    def _fit(self, anchor: Anchor, passages: tuple[int, ...]) -> tuple[bool, bool, bool, bool, bool]:
        """Return what speaks for one of several places, the strongest first."""
        return (
            self._imported_from(anchor, passages),
            passages[0] not in self._taken,
            self._in_section(anchor, passages, exactly=True),
            self._in_section(anchor, passages),
            self._agrees(anchor, passages),
        )

    def _in_section(self, anchor: Anchor, passages: tuple[int, ...], *, exactly: bool = False) -> bool:
        section = anchor.parent or anchor.id
        context = self._context[passages[0]] if self._context else ""
        if exactly:
            return context == section
        return bool(context) and (is_within(section, context) or is_within(context, section))

    def _agrees(self, anchor: Anchor, passages: tuple[int, ...]) -> bool:
        number = self.pages.passages[passages[0]].number
        wanted = anchor.printed or anchor.id
        if not _COUNTED.fullmatch(number):
            return False
        return (
            wanted == number
            or wanted.endswith(f".{number}")
            or (number.isdigit() and wanted == roman_text(int(number)))
        )

    def _contradicts(self, anchor: Anchor, passages: tuple[int, ...]) -> bool:
        """Whether the document prints another number there than the id has."""
        if "@" in anchor.id or "-" in anchor.id or self._imported_from(anchor, passages):
            return False
        if _COUNTED.fullmatch(self.pages.passages[passages[0]].number):
            return not self._agrees(anchor, passages)
        return not anchor.section and anchor.id not in self._titled and self._begins_before(anchor, passages[0])

    def _imported_from(self, anchor: Anchor, passages: tuple[int, ...]) -> bool:
        """Whether the import read the text there: where numbers begin anew, it counted on."""
        return self._places.get(anchor.claim.path) == self.pages.passages[passages[0]].place

    def _begins_before(self, anchor: Anchor, index: int) -> bool:
        """Whether the number of the row stands before a passage without one: the row begins there."""
        before = index - 1
        while before >= 0 and not _COUNTED.fullmatch(self.pages.passages[before].number):
            before -= 1
        return before >= 0 and before not in self._taken and self._agrees(anchor, (before,))

    def _take(self, anchor: Anchor, located: Located) -> None:
        (self.sections if anchor.section else self.rows)[anchor.id] = located
        for index in located.passages:
            self._taken.setdefault(index, anchor.claim.path)

    # --- texts that are not there word for word ---

    def _search_lost(self) -> None:
        if not self._lost:
            return
        nearest = Nearest(self._texts())
        for anchor in self._lost:
            self._take(anchor, self._near(anchor, nearest))

    def _texts(self) -> Iterable[Text]:
        for index, passage in enumerate(self.pages.passages):
            if not passage.head:
                yield Text(passage.text, (index,))
        for columns in self.pages.cut_columns():
            yield Text(self.pages.joined(columns), columns)

    def _near(self, anchor: Anchor, nearest: Nearest) -> Located:
        text = anchor.claim.text
        elsewhere = [one for one in self.pages.whole(text) if self._contradicts(anchor, one)]
        scored = [(self._likeness(anchor, near), near) for near in nearest.like(text)]
        score, best = max(scored, key=lambda one: one[0], default=(0.0, Text("", ())))
        if score < LIKE and not elsewhere:
            return Located(ClaimStatus.MISSING)
        if elsewhere:
            number = self.pages.passages[elsewhere[0][0]].number
            return Located(ClaimStatus.DIFFERS, elsewhere[0], (TextDifference(anchor.id, number),))
        best = self._lengthened(text, best)
        return Located(ClaimStatus.DIFFERS, best.passages, differences(text, best.words))

    def _likeness(self, anchor: Anchor, near: Text) -> float:
        score = likeness(anchor.claim.text, near.words)
        if not score:
            return score
        score += _SAME_NUMBER * self._agrees(anchor, near.passages)
        score += _SAME_SECTION * self._in_section(anchor, near.passages, exactly=True)
        taken = any(index in self._taken for index in near.passages)
        return score - _TAKEN * taken

    def _lengthened(self, text: str, near: Text) -> Text:
        """Return a text with the passages behind it, as long as it becomes more like ours."""
        best, score = near, likeness(text, near.words)
        last = near.passages[-1]
        for end in range(last + 1, min(last + _LONGEST_JOIN, len(self.pages.passages))):
            if end in self._taken:
                break
            passages = (*near.passages, *range(last + 1, end + 1))
            longer = Text(self.pages.joined(passages), passages)
            if (more := likeness(text, longer.words)) > score:
                best, score = longer, more
        return best

    # --- the right words in the wrong place ---

    def _check_sections(self, anchors: Iterable[Anchor]) -> None:
        """Tell rows whose words stand in another section than theirs, where the document has the heading of theirs."""
        for anchor in anchors:
            located = self.rows[anchor.id]
            own = enclosing_section(anchor.parent or anchor.id, self.sections)
            if located.status is not ClaimStatus.FOUND or own is None or self._in_section(anchor, located.passages):
                continue
            context = self._context[located.passages[0]]
            if _follows(anchor.id, context):
                continue
            if context and self.sections[own].status is ClaimStatus.FOUND:
                self.rows[anchor.id] = _elsewhere(located, f"mục {own}", f"mục {context}")

    def _check_owners(self) -> None:
        """Tell rows whose words are those of an earlier row: the document has them once."""
        owners: dict[tuple[int, ...], list[str]] = defaultdict(list)
        for row_id, located in self.rows.items():
            if located.status is not ClaimStatus.FOUND:
                continue
            own = owners[located.passages]
            if own and len(own) >= len(self.pages.parts_of(located.passages[0])):
                self.rows[row_id] = _elsewhere(located, row_id, f"chỉ có một lần, đã là {own[0]}")
                continue
            own.append(row_id)
        self.part = {row_id: at for own in owners.values() if len(own) > 1 for at, row_id in enumerate(own)}

    # --- rows without numbers: their order tells them apart ---

    def _check_order(self) -> None:
        siblings: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for row_id in self.rows:
            base, dash, number = row_id.rpartition("-")
            if dash and number.isdigit():
                siblings[base].append((int(number), row_id))
        for rows in siblings.values():
            before, known = -1, ""
            for _, row_id in sorted(rows):
                located = self.rows[row_id]
                if located.status is not ClaimStatus.FOUND:
                    continue
                if located.passages[0] < before:
                    self.rows[row_id] = _elsewhere(located, f"sau {known}", f"trước {known}")
                before, known = max((before, known), (located.passages[0], row_id))


def _follows(row: str, heading: str) -> bool:
    """Whether a row, or what it stands below, is the next behind a heading: "II.2-4" behind "II.2-3" and all below that."""
    return any(_is_next(one, other) for one in _with_above(row) for other in _with_above(heading))


def _is_next(item: str, other: str) -> bool:
    last, number = _LAST_PART.search(item), _LAST_PART.search(other)
    if last is None or number is None or _LAST_PART.sub("", item) != _LAST_PART.sub("", other):
        return False
    return int(last[1]) == int(number[1]) + 1


def _with_above(item: str) -> Iterator[str]:
    """Yield an id, and those of all it stands below."""
    while item:
        yield item
        item = _LAST_PART.sub("", item) if _LAST_PART.search(item) else ""


def _elsewhere(located: Located, plan: str, document: str) -> Located:
    """Return a place whose words are right, with where the plan and the document have them."""
    return Located(ClaimStatus.DIFFERS, located.passages, (TextDifference(plan, document),))


def printed_number(text: str) -> str:
    """Return a text as numbers of documents are compared: in any case, without blanks around strokes and hyphens."""
    return re.sub(r"\s*/\s*|(?<=\w)\s*-\s*(?=\w)", lambda found: found[0].strip(), plain(text)).casefold()
