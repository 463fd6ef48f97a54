"""Sentences that may be cut: a paragraph without a mark behind one that ends without a full stop.

A quotation over several lines is whole.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kehoach_cli.core.draft.lines import DraftLine, Mark, ends_sentence
from kehoach_cli.core.draft.notes import DraftNotes
from kehoach_cli.core.draft.roles import labels_in
from kehoach_cli.core.draft.verbs import BEGINS_WITH_BODY
from kehoach_cli.core.model.source_record import DoubtKind
from kehoach_cli.core.model.source_text import SourceTable
from kehoach_cli.viet.text import CAPITALS, is_unfinished

# The values that hold the wording of a line.
_WORDING = re.compile(r"tasks/[^/]+/text|(?:objectives|funding|sections|clauses)/[^/]+")
# "giai đoạn 2022" and "- 2025", "kinh tế" and "- xã hội".
_YEAR = re.compile(r"20\d\d\b")
_LONGEST_TITLE = 120
_MEND = "đối chiếu bản in; ghép lại nếu đúng vậy"
# A document with so many cuts, and so many in all its lines, is torn.
_FEWEST_CUTS, _CUT_SHARE = 3, 0.02
# The number of a section or an item inside a paragraph: "… nội dung sau: 1. Rà soát …", "… kèm theo). III. TỔ CHỨC".
_INNER = re.compile(rf"[.;:)]\s+(?:\d{{1,2}}|[IVX]{{1,4}})\.\s+[{CAPITALS}]")
_FEWEST_INNER, _SHOWN = 3, 80
# A quotation goes over no more lines.
_LONGEST_QUOTE = 8
_HEADED = frozenset({Mark.ARTICLE, Mark.ROMAN, Mark.NUMBER, Mark.LETTER})


def doubt_cuts(body: Sequence[DraftLine | SourceTable], notes: DraftNotes) -> None:
    """Doubt the wording of both lines where the second may go on in the sentence of the first, of all lines where many may."""
    values: dict[str, list[str]] = {}
    for at, place in notes.places.items():
        if _WORDING.fullmatch(at):
            values.setdefault(place, []).append(at)
    pairs = [
        (before, line)
        for before, line in pairwise(body)
        if isinstance(before, DraftLine) and isinstance(line, DraftLine) and _may_be_cut(before, line)
    ]
    for before, line in pairs:
        for one, why in (
            (before, "dòng này hết mà không có dấu chấm; có thể bị ngắt giữa câu, phần sau ở dòng dưới"),
            (line, "dòng trên hết mà không có dấu chấm; dòng này có thể là phần tiếp của câu đó"),
        ):
            for at in values.get(one.place, ()):
                notes.doubt(DoubtKind.READING, (at, one.place), one.text, why, _MEND)
    _doubt_quoted(body, values, notes)
    if len(pairs) >= _FEWEST_CUTS and len(pairs) >= _CUT_SHARE * len(body):
        _doubt_all(values, len(pairs), notes)


def doubt_run_together(lines: Iterable[DraftLine], notes: DraftNotes) -> None:
    """Doubt a document in whose paragraphs others begin: what is an item of its own cannot be told."""
    found = [
        (line.place, line.text[one.start() : one.start() + _SHOWN].lstrip(".;:) "))
        for line in lines
        for one in _INNER.finditer(line.text)
    ]
    if len(found) >= _FEWEST_INNER:
        why = f"{len(found)} số mục đứng giữa đoạn; các đoạn của văn bản có thể đã dính liền nhau"
        mend = "xin tệp Word, hoặc lưu trang thành .html rồi nhập lại"
        notes.doubt(DoubtKind.UNREAD, ("", found[0][0]), found[0][1], why, mend)


def _doubt_all(values: dict[str, list[str]], cuts: int, notes: DraftNotes) -> None:
    """Doubt all wording of a document that is torn in several places: no line of it is sure to be whole."""
    doubted = {one.at for one in notes.doubts}
    for place, held in values.items():
        for at in held:
            if at not in doubted:
                why = f"văn bản có {cuts} chỗ bị ngắt dòng giữa câu; dòng này có thể không trọn vẹn hoặc không đúng mục"
                notes.doubt(DoubtKind.READING, (at, place), "", why, _MEND)


def _may_be_cut(before: DraftLine, line: DraftLine) -> bool:
    # Items of a list end with a semicolon; what follows one without a mark may be the rest of it.
    goes_on = before.text.rstrip().endswith(";") and before.mark is not Mark.NONE
    if (
        line.mark is Mark.DASH
        and not ends_sentence(before.text)
        and (line.text[:1].islower() or _YEAR.match(line.text))
    ):
        return True
    begins_low = line.text.removeprefix("(")[:1].islower()
    goes_on = goes_on or (begins_low and not before.text.rstrip().endswith(":"))
    if (
        line.mark is not Mark.NONE
        or (ends_sentence(before.text) and not goes_on)
        or any(labels_in(one.text)[1] for one in (before, line))
    ):
        return False
    if goes_on or is_unfinished(before.text):
        return True
    shown_apart = any(one.text.isupper() or one.centered or one.bold for one in (before, line))
    if shown_apart or before.mark not in _HEADED:
        return not shown_apart
    # Behind a number stands a title, or what a body does.
    return len(before.text) > _LONGEST_TITLE and BEGINS_WITH_BODY.match(before.text) is not None


def _doubt_quoted(body: Sequence[DraftLine | SourceTable], values: dict[str, list[str]], notes: DraftNotes) -> None:
    """Doubt the lines of a quotation that goes over several: a number or a dash inside it is none of the document."""
    why = "lời trong ngoặc kép đi qua nhiều dòng; dòng này có thể chỉ là một phần của lời đó"
    for line in _quoted(body):
        for at in values.get(line.place, ()):
            notes.doubt(DoubtKind.READING, (at, line.place), line.text, why, _MEND)


def _quoted(body: Sequence[DraftLine | SourceTable]) -> Iterator[DraftLine]:
    """Yield the lines of each quotation that goes over several."""
    held: list[DraftLine] = []
    for line in body:
        if not isinstance(line, DraftLine):
            held = []
            continue
        if len(held) > _LONGEST_QUOTE:
            held = []
        if held and _closes_quote(line.text):
            yield from (*held, line)
            held = []
        elif _opens_quote(line.text):
            held = [line]
        elif held:
            held.append(line)


def _opens_quote(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count('"') % 2 == 1


def _closes_quote(text: str) -> bool:
    """Whether a text ends a quotation that one before it has begun; a straight mark may do either."""
    return text.count("”") > text.count("“") or text.count('"') % 2 == 1
