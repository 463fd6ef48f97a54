"""The blocks of a document as its head, its body, and what follows its end."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from kehoach_cli.core.draft.appendices import begins_appendix
from kehoach_cli.core.draft.head import GIVES_WORK, IN_CHARGE, is_kind
from kehoach_cli.core.draft.lines import DraftLine, Mark, lines_of
from kehoach_cli.core.draft.unrolled import unrolled
from kehoach_cli.core.model.source_text import SourceParagraph, SourceTable, SourceText
from kehoach_cli.viet.text import match_key

# The longest list of recipients has fewer lines.
_MOST_OF_LAYOUT = 60
# "A. MỤC ĐÍCH, YÊU CẦU"
_LETTERED = re.compile(r"(?P<letter>[A-EĐGH])\s*[.)/-]\s*(?P<title>\S.*\s.*)")
_LETTERHEAD = re.compile(r"cộng hòa xã hội|nơi nhận|đảng cộng sản|ủy ban nhân dân$|^(?:tm|kt|tl|tuq|t/m)\.? ")


def blocks_of(source: SourceText) -> Iterable[DraftLine | SourceTable]:
    """Yield lines and tables; the tables that only lay out a letterhead or a signature are lines."""
    waiting: list[SourceParagraph] = []
    for block in _parts_of_tables(source):
        if isinstance(block, SourceParagraph):
            waiting.append(block)
            continue
        if _is_layout(block):
            # Column by column: the recipients stand beside the signature.
            for cell in sorted(block.cells, key=lambda cell: (cell.column, cell.row)):
                waiting += cell.paragraphs
            continue
        yield from lines_of(waiting)
        waiting = []
        yield block
    yield from lines_of(waiting)


def _parts_of_tables(source: SourceText) -> Iterator[SourceParagraph | SourceTable]:
    for block in source.blocks:
        if isinstance(block, SourceTable):
            yield from unrolled(block)
        else:
            yield block


def _is_layout(table: SourceTable) -> bool:
    if table.rows > 4:  # noqa: PLR2004 - a letterhead has two rows, a signature one
        return False
    texts = [match_key(paragraph.text) for cell in table.cells for paragraph in cell.paragraphs]
    if len(texts) > _MOST_OF_LAYOUT:
        return False
    return any(_LETTERHEAD.search(text) for text in texts)


def with_lettered_parts(blocks: Sequence[DraftLine | SourceTable]) -> list[DraftLine | SourceTable]:
    """Return the blocks with the titles "A. …", "B. …" as parts, where such parts stand over the first roman number."""
    ends = (at for at, one in enumerate(blocks) if isinstance(one, DraftLine) and _ends_body(one))
    lines = [(at, one) for at, one in enumerate(blocks[: next(ends, len(blocks))]) if isinstance(one, DraftLine)]
    anew = _counting_anew(lines)
    lettered = {
        at: found
        for at, one in lines
        if one.mark is Mark.NONE and (found := _LETTERED.fullmatch(one.text))
        if found["title"].isupper() or at in anew
    }
    letters = [found["letter"] for found in lettered.values()]
    roman = next((at for at, one in lines if one.mark is Mark.ROMAN), len(blocks))
    if len(letters) < 2 or letters[0] != "A" or letters != sorted(set(letters)) or roman < next(iter(lettered)):  # noqa: PLR2004
        return list(blocks)
    return [
        replace(one, mark=Mark.PART, number=(found["letter"],), text=found["title"])
        if isinstance(one, DraftLine) and (found := lettered.get(at))
        else one
        for at, one in enumerate(blocks)
    ]


def _counting_anew(lines: Sequence[tuple[int, DraftLine]]) -> set[int]:
    """Return where lines stand behind which the next number is "I" or "1"."""
    found: set[int] = set()
    first = False
    for at, one in reversed(lines):
        if first:
            found.add(at)
        if one.mark in {Mark.ROMAN, Mark.NUMBER}:
            first = one.number in {("I",), ("1",)}
    return found


def _ends_body(line: DraftLine) -> bool:
    return begins_appendix(line) or re.match(r"nơi nhận\b", line.text, re.IGNORECASE) is not None


def lines_in(blocks: Iterable[DraftLine | SourceTable]) -> list[DraftLine]:
    """Return the lines among blocks."""
    return [block for block in blocks if isinstance(block, DraftLine)]


def parts_of(
    blocks: Sequence[DraftLine | SourceTable],
) -> tuple[list[DraftLine], list[DraftLine | SourceTable], list[DraftLine | SourceTable]]:
    """Return the head, the body from its first numbered part on, and what follows its end.

    A document without numbered parts, or with an appendix before them, has only appendices.
    """
    first = _first_part(blocks)
    table = _first_table(blocks[:first])
    appendix = next((at for at in [_first_appendix(blocks[:table])] if at < table), None)
    appended = _first_appendix(blocks[:first])
    articles = _working_articles(blocks[:appended]) if appended < first else 0
    if table < first and (appendix is not None or first == len(blocks)) and not articles:
        start = table if appendix is None else appendix
        return lines_in(blocks[:start]), [], list(blocks[start:])
    first = articles or first
    last = _last(blocks, first)
    return lines_in(blocks[:first]), list(blocks[first:last]), list(blocks[last:])


def _working_articles(blocks: Sequence[DraftLine | SourceTable]) -> int:
    """Return where the articles before the appendices begin, where they give work in points of their own, else 0."""
    lines = [(at, one) for at, one in enumerate(blocks) if isinstance(one, DraftLine)]
    begun = next((at for at, one in lines if one.mark is Mark.ARTICLE), 0)
    points = [one for at, one in lines if begun and at > begun and one.mark in {Mark.NUMBER, Mark.LETTER}]
    if any(at > begun and is_kind(one) for at, one in lines):
        return 0
    return begun if any(GIVES_WORK.search(one.text) and not IN_CHARGE.search(one.text) for one in points) else 0


def _first_appendix(blocks: Sequence[DraftLine | SourceTable]) -> int:
    found = (at for at, one in enumerate(blocks) if isinstance(one, DraftLine) and begins_appendix(one))
    return next(found, len(blocks))


def _first_table(blocks: Sequence[DraftLine | SourceTable]) -> int:
    return next((at for at, one in enumerate(blocks) if isinstance(one, SourceTable)), len(blocks))


def _first_part(blocks: Sequence[DraftLine | SourceTable]) -> int:
    parts = [at for at, one in enumerate(blocks) if isinstance(one, DraftLine) and one.mark is Mark.PART]
    romans = [
        at
        for at, one in enumerate(blocks)
        if isinstance(one, DraftLine) and one.mark is Mark.ROMAN and one.number == ("I",)
    ]
    numbers = [
        at
        for at, one in enumerate(blocks)
        if isinstance(one, DraftLine) and one.mark is Mark.NUMBER and one.number == ("1",)
    ]
    return next(
        iter(parts or romans or _articles(blocks, numbers) or _later_roman(blocks, numbers) or numbers), len(blocks)
    )


def _later_roman(blocks: Sequence[DraftLine | SourceTable], numbers: Sequence[int]) -> list[int]:
    """Return the part over the first number of a document that has no part I: it may begin with "II. MỤC ĐÍCH"."""
    before = blocks[: numbers[0]] if numbers else []
    return [
        at
        for at, one in enumerate(before)
        if isinstance(one, DraftLine) and one.mark is Mark.ROMAN and one.text.isupper()
    ][-1:]


def _articles(blocks: Sequence[DraftLine | SourceTable], numbers: Sequence[int]) -> list[int]:
    """Return where the articles of a decision begin that has no other parts, and issues no plan behind them."""
    found = [at for at, one in enumerate(blocks) if isinstance(one, DraftLine) and one.mark is Mark.ARTICLE]
    if not found or (numbers and numbers[0] < found[0]):
        return []
    issued = any(isinstance(one, DraftLine) and is_kind(one) for one in blocks[found[0] :])
    return [] if issued else found[:1]


def _last(blocks: Sequence[DraftLine | SourceTable], first: int) -> int:
    """Return where the body ends: at the list of recipients, the signature, or the first appendix."""
    for at in range(first, len(blocks)):
        block = blocks[at]
        if isinstance(block, DraftLine) and _ends_body(block):
            return at
        if isinstance(block, DraftLine) and re.search(r"\./\.?\s*$", block.text):
            return at + 1
    return len(blocks)
