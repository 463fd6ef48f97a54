"""Recognises the elements of an administrative document: title, number, kind, sign-off, appendices."""

import re
from collections.abc import Sequence

from kehoach_cli.core.model.word_document import Appendix, DocumentElements, WordLine
from kehoach_cli.office.profile import PARTY, STATE, load_profile
from kehoach_cli.viet.text import match_key

KINDS = (
    "báo cáo", "kế hoạch", "quyết định", "nghị quyết", "chỉ thị", "quy chế", "quy định", "thông cáo", "thông báo",
    "hướng dẫn", "chương trình", "phương án", "đề án", "dự án", "biên bản", "tờ trình", "hợp đồng", "công điện",
    "bản ghi nhớ", "bản thỏa thuận", "giấy ủy quyền", "giấy mời", "giấy giới thiệu", "giấy nghỉ phép", "phiếu gửi",
    "phiếu chuyển", "phiếu báo", "kết luận",
)  # fmt: skip
_DATE = re.compile(r"\bngày\b.{0,12}\btháng\b.{0,12}\bnăm\b")
_NUMBER = re.compile(r"Số\s*:?\s*(?:\d+\s*)?[/-]|Số\s*:|Số\s*$", re.IGNORECASE)
_RECIPIENTS = re.compile(r"nơi nhận\s*(?::|$)", re.IGNORECASE)
_APPENDIX = re.compile(r"phụ lục(?:\s+(?:số\s+)?(?P<number>[IVXLC]+|\d+|[A-Z]))?\s*[.:]?", re.IGNORECASE)
# Offices of heads and their deputies: they open a signature that has no mark of authority.
_OFFICE = re.compile(
    r"(?:phó\s+)?(?:tổng\s+)?(?:giám đốc|chủ tịch|bộ trưởng|thứ trưởng|chánh văn phòng|chánh thanh tra|trưởng ban|bí thư"
    r"|cục trưởng|chi cục trưởng|thủ trưởng|hiệu trưởng|trưởng phòng|viện trưởng|chủ nhiệm)\b.*"
)
_MARKS = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.\s|(?:T/M|K/T|T/L)\s")
_DASHES = "-–—_* "
# How much longer or shorter than its words a misspelt title may be.
_SPELLING = 8
_LONGEST_KIND = 24
# Lines of the head where no tên loại ends it.
_HEAD = 30
# A signature stands next to "Nơi nhận": so many lines before it and behind it.
_SIGNED_BEFORE, _SIGNED_BEHIND = 6, 40


def recognised(lines: Sequence[WordLine]) -> DocumentElements:
    """Return the elements found among the lines of a document."""
    state, party = load_profile(STATE).words, load_profile(PARTY).words
    titles, mottos, party_titles = (_named(lines, words) for words in (state.title, state.motto, party.title))
    recipients = next((line for line in lines if _RECIPIENTS.match(line.text)), None)
    signature = _signature(lines, recipients)
    closing = _closing_index(lines, recipients, signature)
    kind = _kind(lines[:closing], (*titles, *party_titles))
    head = lines[: kind.index] if kind else lines[:_HEAD]
    number = next((line for line in head if _NUMBER.match(line.text)), None)
    date = next((line for line in head if _DATE.search(line.text)), None)
    letter_summary = next((line for line in head if line.text.startswith("V/v")), None)
    below = lines[kind.index + 1 :] if kind else ()
    summary = next((line for line in below if line.text.strip(_DASHES)), None)
    return DocumentElements(
        titles=titles,
        mottos=mottos,
        party_titles=party_titles,
        issuers=_issuers(lines, number, date, (*titles, *mottos, *party_titles)),
        number=number,
        date=date,
        kind=kind,
        summary=summary,
        letter_summary=letter_summary,
        body=_body(lines[:closing], (summary, date, letter_summary)),
        last_line=next((line for line in reversed(lines[:closing]) if line.text.strip("_-– ")), None),
        recipients=recipients,
        recipient_lines=_recipient_lines(lines, recipients),
        signature=signature,
        closing_index=closing,
        appendices=_appendices(lines[closing:]),
    )


def _named(lines: Sequence[WordLine], words: str) -> tuple[WordLine, ...]:
    """Return the lines that say just these words, in any spelling; a mention inside a sentence does not count."""
    wanted = match_key(words)
    # Making a key takes time, and tables have thousands of lines.
    return tuple(line for line in lines if abs(len(line.text) - len(words)) < _SPELLING and line.key == wanted)


def _kind(lines: Sequence[WordLine], titles: Sequence[WordLine]) -> WordLine | None:
    """Return the first line that is nothing but the name of a kind of document."""
    short = (line for line in lines if len(line.text) < _LONGEST_KIND)
    return next((line for line in short if line.key in KINDS and not _is_data(line, titles)), None)


def _is_data(line: WordLine, titles: Sequence[WordLine]) -> bool:
    """Whether a line stands in a table of figures, where "Kế hoạch" is the heading of a column."""
    return bool(line.tables) and not any(line.tables[0] in title.tables for title in titles)


def _issuers(
    lines: Sequence[WordLine], number: WordLine | None, date: WordLine | None, known: Sequence[WordLine]
) -> tuple[WordLine, ...]:
    """Return the lines of the head above number and date that are no title."""
    if number is None or date is None:
        return ()
    others = {line.index for line in known}
    above = lines[: min(number.index, date.index)]
    return tuple(line for line in above if line.index not in others and line.text.strip(_DASHES))


def _recipient_lines(lines: Sequence[WordLine], recipients: WordLine | None) -> tuple[WordLine, ...]:
    """Return the entries of "Nơi nhận": the lines below it in its cell that begin with a dash."""
    found: list[WordLine] = []
    for line in lines[recipients.index + 1 :] if recipients else ():
        if recipients is None or line.cell != recipients.cell or not line.text.lstrip().startswith("-"):
            break
        found.append(line)
    return tuple(found)


def _signature(lines: Sequence[WordLine], recipients: WordLine | None) -> tuple[WordLine, ...]:
    """Return the lines of authority and office above the signer's name."""
    near = lines
    if recipients:
        near = lines[max(0, recipients.index - _SIGNED_BEFORE) : recipients.index + _SIGNED_BEHIND]
    found = [line for line in near if _MARKS.match(line.text)] or [line for line in near if _is_office(line)][:1]
    for line in lines[found[-1].index + 1 :] if found else ():
        if not _is_office(line):
            break
        found.append(line)
    return tuple(found)


def _is_office(line: WordLine) -> bool:
    return line.text.isupper() and _OFFICE.fullmatch(line.text.lower()) is not None


def _closing_index(lines: Sequence[WordLine], recipients: WordLine | None, signature: Sequence[WordLine]) -> int:
    """Return the index of the first line of the sign-off; the number of lines where there is none."""
    marks = list(signature)
    if recipients:
        marks = [line for line in signature if abs(line.index - recipients.index) < _SIGNED_BEHIND]
        marks.append(recipients)
    tables = {line.tables[0] for line in marks if line.tables}
    first = min((line.index for line in marks), default=len(lines))
    return next((line.index for line in lines[:first] if tables.intersection(line.tables)), first)


def _appendices(lines: Sequence[WordLine]) -> tuple[Appendix, ...]:
    """Return the headings of appendices behind the sign-off."""
    headings = ((line, _APPENDIX.fullmatch(line.text)) for line in lines)
    return tuple(Appendix(line, match["number"] or "") for line, match in headings if match)


def _body(lines: Sequence[WordLine], head: Sequence[WordLine | None]) -> tuple[WordLine, ...]:
    """Return the lines behind the head that stand in no table."""
    start = max((line.index for line in head if line), default=-1) + 1
    return tuple(line for line in lines[start:] if not line.tables)
