"""The text of an amended plan in force on a day, in the order of the document, with a note wherever an amendment changed it."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.amend.apply import number_of
from kehoach_cli.core.amend.cells import Cells, Row, key_of
from kehoach_cli.core.amend.words import cell_note, phrase_note, row_note
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.amendment import AmendmentOp, AppliedChange
from kehoach_cli.core.model.plan import (
    Clause,
    Indicator,
    Passage,
    Plan,
    Section,
    Task,
    TaskKind,
    dashes,
    enclosing_section,
)
from kehoach_cli.core.notation.keys import time_text
from kehoach_cli.core.report.places import heading_number
from kehoach_cli.viet.dates import format_date

REPEALED = "(được bãi bỏ)"
_APPENDIX = "PL"
_ITEM_OF_TEXT = "-ct"
_CELLS = ("lead", "support", "schedule", "outputs")
# The mark of an appendix in a number is ours.
_OF_APPENDIX = re.compile(r"PL\d*\.")


class Noted(Struct, frozen=True):
    """A text with the numbers of its notes, each behind so many letters."""

    text: str = ""
    notes: tuple[tuple[int, int], ...] = ()

    def marked(self, before: str = "[", behind: str = "]") -> str:
        """Return the text with the number of each note in its place."""
        found, done = "", 0
        for at, number in self.notes:
            found += f"{self.text[done:at]}{before}{number}{behind}"
            done = at
        return found + self.text[done:]

    @property
    def lines(self) -> "tuple[Noted, ...]":
        """The first line and the dash items of the text."""
        return tuple(_pieces(self)) if self.text else (self,)


def _pieces(whole: Noted) -> Iterator[Noted]:
    """Yield the pieces of a text; a note behind a piece belongs to it."""
    pieces, at, left = dashes(whole.text), 0, whole.notes
    for number, piece in enumerate(pieces, 1):
        begins = whole.text.index(piece, at)
        at = begins + len(piece)
        mine = left if number == len(pieces) else tuple(one for one in left if one[0] <= at)
        left = left[len(mine) :]
        yield Noted(piece, tuple((min(place - begins, len(piece)), note) for place, note in mine))


class Paragraph(Struct, frozen=True):
    """A heading of a level (1 to 3), or with level 0 a paragraph; `ref` is the id of what it says."""

    ref: str
    level: int
    number: str
    text: Noted

    @property
    def said(self) -> Noted:
        """The text behind its number."""
        start = f"{self.number} " if self.number else ""
        return Noted(start + self.text.text, tuple((at + len(start), note) for at, note in self.text.notes))


class ConsolidatedTask(Struct, frozen=True):
    """A task, as the document prints its cells; of a repealed one only the number."""

    ref: str
    number: Noted
    text: Noted
    lead: Noted = Noted()
    support: Noted = Noted()
    schedule: Noted = Noted()
    outputs: Noted = Noted()


class ConsolidatedIndicator(Struct, frozen=True):
    """An indicator, as the document prints its cells; of a repealed one only the number."""

    ref: str
    number: Noted
    name: Noted
    unit: Noted = Noted()
    lead: Noted = Noted()
    targets: tuple[Noted, ...] = ()


class RowGroup(Struct, frozen=True):
    """Tasks or indicators below a heading (empty: below that of the whole table), and the words that lead to them."""

    heading: Noted
    texts: tuple[Noted, ...] = ()
    tasks: tuple[ConsolidatedTask, ...] = ()
    indicators: tuple[ConsolidatedIndicator, ...] = ()


class TextBlock(Struct, frozen=True):
    """Headings and paragraphs, then the rows below them: tasks or indicators."""

    paragraphs: tuple[Paragraph, ...] = ()
    tasks: tuple[RowGroup, ...] = ()
    indicators: tuple[RowGroup, ...] = ()


class Chapter(Struct, frozen=True):
    """What stands under one of the first headings of a plan; `appendix` is the name of an appendix (`Phụ lục 1`), else empty."""

    heading: Noted
    appendix: str
    blocks: tuple[TextBlock, ...]


class ConsolidatedText(Struct, frozen=True):
    """The whole text, with its notes in the order of their numbers, from 1."""

    plan: Plan
    chapters: tuple[Chapter, ...]
    notes: tuple[str, ...]


def consolidated_text(
    plan: Plan, changes: Iterable[AppliedChange], directory: Directory, day: date, extra: Iterable[str] = ()
) -> ConsolidatedText:
    """Return the text of a plan that is in force on a day; `extra` are notes that stand before all others."""
    writer = _Writer(plan, tuple(one for one in changes if one.plan == plan.id), directory, day, list(extra))
    chapters = tuple(writer.chapters())
    return ConsolidatedText(plan, chapters, tuple(writer.notes))


class _Writer:
    """Writes the chapters in order, so that the notes are numbered as people meet them."""

    def __init__(
        self, plan: Plan, changes: tuple[AppliedChange, ...], directory: Directory, day: date, notes: list[str]
    ) -> None:
        self._plan, self._day, self.notes = plan, day, notes
        self._changes: dict[str, list[AppliedChange]] = {}
        for one in changes:
            self._changes.setdefault(one.row, []).append(one)
        self._cells = Cells(plan, directory, day, strict=True)
        self._sections = {one.id: one for one in plan.sections}
        tasks = {one.id for one in plan.tasks}
        # A general clause that is a duty too is printed once; an indicator within the text of a task, with that text.
        self._clauses = [one for one in plan.clauses if one.id not in tasks]
        self._indicators = [
            one for one in plan.indicators if one.id.partition(_ITEM_OF_TEXT)[0] not in tasks or one.id in self._changes
        ]
        duty = TaskKind.ORGANISATION
        self._tabular = {
            self._top(one.section)
            for one in plan.tasks
            if one.kind is not duty and any(map(partial(self._own, one), _CELLS))
        }

    # -- the order of the document ---------------------------------------------------------------------------------------

    def chapters(self) -> Iterator[Chapter]:
        """Yield what stands under each of the first headings, in the order of the document."""
        if loose := self._loose_block():
            yield Chapter(Noted(), "", (loose,))
        for top in (one for one in self._plan.sections if not self._above(one.id)):
            name = top.id.removeprefix(_APPENDIX)
            appendix = f"Phụ lục {name}".strip() if top.id.startswith(_APPENDIX) else ""
            heading = self._heading(top, "" if appendix else f"{number_of(top)}.")
            yield Chapter(heading.said, appendix, tuple(self._blocks(top)))

    def _above(self, section: str) -> str | None:
        return enclosing_section(section, {one for one in self._sections if one != section})

    def _level(self, section: str) -> int:
        above = self._above(section)
        return 1 if above is None else 1 + self._level(above)

    def _blocks(self, top: Section) -> Iterator[TextBlock]:
        """Yield what stands under a heading: paragraphs as they are, the rows of neighbouring headings in one table."""
        block = TextBlock()
        for node in () if self._is_gone(top) else self._nodes(top):
            if isinstance(node, Section) and self._in_table(node.id) and not self._is_gone(node):
                if block.indicators and self._has_rows(node.id):
                    # A table of tasks does not go on behind one of indicators.
                    yield block
                    block = TextBlock()
                block = self._with_rows(
                    block, node, Noted() if node is top else self._heading(node, self._number_in(node)).said
                )
                continue
            if block.tasks or block.indicators:
                yield block
                block = TextBlock()
            block = replace(block, paragraphs=(*block.paragraphs, *self._written(node, top)))
        if block != TextBlock():
            yield block

    def _nodes(self, section: Section) -> Iterator[Section | Passage | Clause | Task]:
        """Yield a heading, its passages and the headings below it by their numbers; what is in a table comes with its heading."""
        yield section
        if self._is_gone(section):
            return
        passages = [] if self._in_table(section.id) else list(self._passages(section.id))
        for below in (one for one in self._plan.sections if self._above(one.id) == section.id):
            while passages and not _stands_behind(passages[0].id, below.id):
                yield passages.pop(0)
            yield from self._nodes(below)
        yield from passages

    def _written(self, node: Section | Passage | Clause | Task, top: Section) -> Iterator[Paragraph]:
        if not isinstance(node, Section):
            yield from self._paragraphs_of(node)
        elif node is not top:
            yield self._heading(node, self._number_in(node))

    def _with_rows(self, block: TextBlock, section: Section, heading: Noted) -> TextBlock:
        """Return a block with the rows of one more heading."""
        texts = tuple(line.said for one in self._passages(section.id) for line in self._paragraphs_of(one))
        tasks, targets = tuple(self._task_rows(section.id)), tuple(self._target_rows(section.id))
        groups = [RowGroup(heading, texts, tasks=tasks)] if tasks or (not targets and (heading.text or texts)) else []
        # One heading stands above both.
        above = RowGroup(Noted()) if groups else RowGroup(heading, texts)
        return replace(
            block,
            tasks=(*block.tasks, *groups),
            indicators=(*block.indicators, *([replace(above, indicators=targets)] if targets else [])),
        )

    def _loose_block(self) -> TextBlock | None:
        """Return what stands under no heading."""
        paragraphs = tuple(line for one in self._passages(None) for line in self._paragraphs_of(one))
        rows, targets = tuple(self._task_rows(None)), tuple(self._target_rows(None))
        tasks = (RowGroup(Noted(), tasks=rows),) if rows else ()
        indicators = (RowGroup(Noted(), indicators=targets),) if targets else ()
        return TextBlock(paragraphs, tasks, indicators) if paragraphs or tasks or indicators else None

    def _top(self, section: str | None) -> str | None:
        while section and (above := self._above(section)):
            section = above
        return section

    def _in_table(self, section: str) -> bool:
        """Whether a heading stands in a table: it has rows, or nothing but headings with rows."""
        if self._has_rows(section):
            return True
        below = [one.id for one in self._plan.sections if self._above(one.id) == section]
        return bool(below) and not any(True for _ in self._passages(section)) and self._in_table(below[0])

    def _has_rows(self, section: str) -> bool:
        return any(one.section == section and self._is_row(one) for one in self._plan.tasks) or any(
            one.section == section for one in self._indicators
        )

    def _is_row(self, task: Task) -> bool:
        """Whether a task is a row of a table: duties, and the tasks of a part in which none has a cell, are passages."""
        return task.kind is not TaskKind.ORGANISATION and self._top(task.section) in self._tabular

    # -- headings and paragraphs -----------------------------------------------------------------------------------------

    def _is_gone(self, row: Row) -> bool:
        return row.withdrawn is not None and row.withdrawn.since <= self._day

    def _number_in(self, section: Section) -> str:
        """Return the number of a heading as the document prints it below the one above: `2.`, `1.2.`."""
        number = heading_number(number_of(section))
        _, _, below = number.partition(".")
        is_appendix = section.id.startswith(_APPENDIX)
        return f"{below if below and self._level(section.id) > 1 + is_appendix else number}."

    def _heading(self, section: Section, number: str) -> Paragraph:
        level = min(self._level(section.id), 3)
        if self._is_gone(section):
            return Paragraph(section.id, level, number, self._gone(section))
        title = self._with_row_notes(section, self._noted(section, "title", "schedule"))
        return Paragraph(section.id, level, number, title)

    def _passages(self, section: str | None) -> Iterator[Passage | Clause | Task]:
        for rows in (self._plan.objectives, self._clauses, self._plan.funding):
            yield from (one for one in rows if enclosing_section(one.id, self._sections) == section)
        yield from (one for one in self._plan.tasks if one.section == section and not self._is_row(one))

    def _paragraphs_of(self, row: Passage | Clause | Task) -> Iterator[Paragraph]:
        section = row.section if isinstance(row, Task) else enclosing_section(row.id, self._sections)
        number = self._row_number(row, section)
        number = f"{number}." if number and number != "-" else number
        if self._is_gone(row):
            yield Paragraph(row.id, 0, number, self._gone(row))
            return
        text = self._with_row_notes(row, self._noted(row, "text", *(_CELLS if isinstance(row, Task) else ())))
        for at, line in enumerate(text.lines):
            yield Paragraph(row.id, 0, "" if at else number, line)

    # -- rows ------------------------------------------------------------------------------------------------------------

    def _task_rows(self, section: str | None) -> Iterator[ConsolidatedTask]:
        for row in self._plan.tasks:
            if row.section != section or not self._is_row(row):
                continue
            number = self._row_number(row, section)
            if self._is_gone(row):
                yield ConsolidatedTask(row.id, Noted(number), self._gone(row))
                continue
            yield ConsolidatedTask(
                row.id,
                self._with_row_notes(row, Noted(number)),
                self._noted(row, "text"),
                *(self._noted(row, cell) if self._own(row, cell) else Noted() for cell in _CELLS),
            )

    def _target_rows(self, section: str | None) -> Iterator[ConsolidatedIndicator]:
        for row in self._indicators:
            if row.section != section:
                continue
            number = self._row_number(row, section)
            if self._is_gone(row):
                yield ConsolidatedIndicator(row.id, Noted(number), self._gone(row))
                continue
            yield ConsolidatedIndicator(
                row.id,
                self._with_row_notes(row, Noted(number)),
                self._noted(row, "name"),
                self._noted(row, "unit"),
                self._noted(row, "lead"),
                tuple(self._targets(row)),
            )

    def _targets(self, row: Indicator) -> Iterator[Noted]:
        there = [key_of(one) for one in row.targets]
        for target in row.targets:
            key = key_of(target)
            words = self._cells.printed(row, f"targets/{key}") or ""
            when = time_text(target.year, target.since, target.period)
            label = f"Năm {when}" if target.since is None and target.period is None else when
            notes = self._cell_notes(row, f"targets/{key}", words)
            start = f"{label[:1].upper()}{label[1:]}: "
            yield Noted(start + words, tuple((at + len(start), note) for at, note in notes))
        for cell in dict.fromkeys(one.cell for one in self._changes.get(row.id, ())):
            name, _, key = cell.partition("/")
            if name == "targets" and key not in there:
                yield Noted("", tuple(self._cell_notes(row, cell, "")))

    def _row_number(self, row: Row, section: str | None) -> str:
        """Return the number of a row below its heading: `3`, a dash for a row without one, nothing for the only row."""
        number = _OF_APPENDIX.sub("", number_of(row)) if section and section.startswith(_APPENDIX) else number_of(row)
        for head in (section or "", heading_number(section)) if number else ():
            if head and number == head:
                return ""
            if head and number.startswith((f"{head}.", f"{head}-")):
                return number[len(head) + 1 :] if number[len(head)] == "." else "-"
        return number

    def _own(self, row: Task, cell: str) -> bool:
        """Whether the document prints a cell beside the text: what stands in the text is printed once."""
        if any(one.cell == cell for one in self._changes.get(row.id, ())):
            return True
        words = self._cells.printed(row, cell)
        return words is not None and words not in row.text

    # -- notes -----------------------------------------------------------------------------------------------------------

    def _note(self, text: str) -> int:
        self.notes.append(text)
        return len(self.notes)

    def _with_row_notes(self, row: Row, text: Noted) -> Noted:
        """Return a text that has the notes on its row at the end."""
        return Noted(text.text, (*text.notes, *((len(text.text), note) for note in self._row_notes(row))))

    def _row_notes(self, row: Row) -> Iterator[int]:
        """Yield the notes on a row as a whole: that it was added, that it has another number."""
        for one in self._changes.get(row.id, ()):
            if not one.cell and one.op is not AmendmentOp.REPEAL:
                yield self._note(row_note(one, _kind_of(row)))

    def _gone(self, row: Row) -> Noted:
        """Return what the document prints of a repealed row."""
        changes = [one for one in self._changes.get(row.id, ()) if not one.cell and one.op is AmendmentOp.REPEAL]
        if changes:
            text = row_note(changes[-1], _kind_of(row))
        else:
            since = format_date(row.withdrawn.since) if row.withdrawn else ""
            by = row.withdrawn.document if row.withdrawn else ""
            text = f"{_kind_of(row)} này được bãi bỏ theo {by}, kể từ ngày {since}."
        return Noted(REPEALED, ((len(REPEALED), self._note(text)),))

    def _noted(self, row: Row, cell: str, *further: str) -> Noted:
        """Return the printed words of a cell with its notes, and at the end those on `further` cells, which are not printed."""
        words = self._cells.printed(row, cell) or ""
        notes = [*self._cell_notes(row, cell, words)]
        for other in further:
            notes += [(len(words), note) for _, note in self._cell_notes(row, other, "")]
        return Noted(words, tuple(notes))

    def _cell_notes(self, row: Row, cell: str, words: str) -> Iterator[tuple[int, int]]:
        """Yield the notes on a cell: behind a phrase that was replaced, else at its end."""
        changes = [one for one in self._changes.get(row.id, ()) if one.cell == cell]
        placed: list[tuple[int, AppliedChange]] = []
        for one in changes:
            phrase = one.phrase[1] if one.phrase else ""
            if phrase and words.count(phrase) == 1:
                placed.append((words.index(phrase) + len(phrase), one))
        for at, one in sorted(placed, key=lambda found: found[0]):
            yield at, self._note(phrase_note(one))
        rest = [one for one in changes if all(one is not other for _, other in placed)]
        if rest:
            yield len(words), self._note(cell_note(rest, _kind_of(row)))


def _kind_of(row: Row) -> str:
    names: tuple[tuple[type, str], ...] = ((Task, "Nhiệm vụ"), (Indicator, "Chỉ tiêu"), (Section, "Mục"))
    return next((name for kind, name in names if isinstance(row, kind)), "Đoạn")


def _stands_behind(passage: str, heading: str) -> bool:
    """Whether a passage comes after a heading beside it, by their numbers (III.4 after III.3)."""
    one, other = (re.split(r"[.-]", row)[-1] for row in (passage, heading))
    return one.isdecimal() and other.isdecimal() and int(one) > int(other)
