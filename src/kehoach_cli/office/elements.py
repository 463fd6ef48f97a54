"""Recognises the elements of an administrative document: title, number, kind, sign-off, appendices."""

import re
from collections.abc import Iterator, Sequence

from kehoach_cli.core.model.word_document import Appendix, DocumentElements, WordLine
from kehoach_cli.office.profile import PARTY, STATE, load_profile
from kehoach_cli.viet.text import match_key

KINDS = (
    "báo cáo", "kế hoạch", "quyết định", "nghị quyết", "chỉ thị", "quy chế", "quy định", "thông cáo", "thông báo",
    "hướng dẫn", "chương trình", "phương án", "đề án", "dự án", "biên bản", "tờ trình", "hợp đồng", "công điện",
    "bản ghi nhớ", "bản thỏa thuận", "giấy ủy quyền", "giấy mời", "giấy giới thiệu", "giấy nghỉ phép", "phiếu gửi",
    "phiếu chuyển", "phiếu báo", "kết luận", "thông tri", "nghị định", "thông tư",
)  # fmt: skip
_DATE = re.compile(
    r"[^()]{0,45}\bngày\b(?:.{0,12}\btháng\b.{0,12}\bnăm\b|[\d .…_]*/[\d .…_]*/)[\s\d.…_]*[.;,]?", re.IGNORECASE
)
# What stands before "ngày" where a sentence, not place and date, begins.
_SENTENCE = re.compile(r"\b(?:số|kèm theo|căn cứ|hôm nay|nay)\b", re.IGNORECASE)
_NUMBER = re.compile(r"Số\s*:?\s*(?:\d+\s*)?[/-]|Số\s*:|Số\s*$", re.IGNORECASE)
_RECIPIENTS = re.compile(r"nơi nhận\s*(?::|$)", re.IGNORECASE)
_ENTRY = re.compile(r"[-–—−]")
_ENTRY_ENDS = (";", ".")
_APPENDIX = re.compile(r"phụ lục(?:\s+(?:số\s+)?(?P<number>[IVXLC]+|\d+|[A-Z]))?\s*[.:]?", re.IGNORECASE)
_ATTACHED = re.compile(r"\((?:ban hành\s+)?kèm theo\b", re.IGNORECASE)
# Stamps of the head that name no issuer and no kind.
_STAMPS = frozenset({"dự thảo", "mật", "tối mật", "tuyệt mật", "khẩn", "thượng khẩn", "hỏa tốc"})
# Offices of heads and their deputies: they open a signature that has no mark of authority.
_OFFICE = re.compile(
    r"(?:phó\s+)?(?:tổng\s+)?(?:giám đốc|chủ tịch|bộ trưởng|thứ trưởng|chánh văn phòng|chánh thanh tra|trưởng ban|bí thư"
    r"|(?:chi )?cục trưởng|vụ trưởng|thủ trưởng|hiệu trưởng|trưởng phòng|viện trưởng|chủ nhiệm|thủ tướng|trưởng đoàn"
    r"|đội trưởng|chỉ huy trưởng)\b.*"
)
_MARKS = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.\s|(?:T/M|K/T|T/L)\s")
_DASHES = "-–—_* "
_NAME_WORDS = (2, 8)
# How much longer or shorter than its words a misspelt title may be.
_SPELLING = 8
_LONGEST_KIND = 24
# Lines of the head where no tên loại ends it; the title of a text stands within so many lines below the head.
_HEAD, _BELOW_HEAD = 30, 4
# The lines that a head may take: a title belongs to one that has a number or a date so near.
_WHOLE_HEAD = 8
# A signature stands next to "Nơi nhận": so many lines before it and behind it. The name follows within so many lines.
_SIGNED_BEFORE, _SIGNED_BEHIND, _NAME_BEHIND = 6, 40, 12
_LONGEST_LIST = 80
# The reference of an appendix begins and ends within so many lines below its heading.
_REFERENCE_WITHIN, _REFERENCE_LINES = 6, 4


def recognised(lines: Sequence[WordLine]) -> DocumentElements:
    """Return the elements found among the lines of a document."""
    attachment = _attachment(lines)
    if attachment:
        return _attached(lines, attachment)
    recipients = _recipients(lines)
    signature = _signature(lines, recipients)
    closing = _closing_index(lines, recipients, signature)
    titles, mottos, party_titles = _titles(lines, closing)
    marks = (*titles, *mottos, *party_titles)
    letter_summary = _letter_summary(lines)
    kind = _kind(lines[:closing], (*titles, *party_titles), letter_summary)
    other_title = None if kind or letter_summary else _other_title(lines, marks)
    title = kind or other_title
    head = lines[: title.index] if title else lines[:_HEAD]
    number = next((line for line in head if _NUMBER.match(line.text)), None)
    date = next((line for line in head if _is_date(line)), None)
    below = lines[kind.index + 1 :] if kind else ()
    summary = next((line for line in below if line.text.strip(_DASHES)), None)
    return DocumentElements(
        titles=titles,
        mottos=mottos,
        party_titles=party_titles,
        issuers=_issuers(lines, (number, date), marks),
        number=number,
        date=date,
        kind=kind,
        other_title=other_title,
        summary=summary,
        letter_summary=letter_summary,
        body=_body(lines[:closing], (summary, date, letter_summary)),
        last_line=next((line for line in reversed(lines[:closing]) if line.text.strip("_-– ")), None),
        recipients=recipients,
        recipient_lines=_recipient_lines(lines, recipients),
        signature=signature,
        signer=_signer(lines, recipients, signature),
        closing_index=closing,
        appendices=_appendices(lines, closing),
    )


def _attached(lines: Sequence[WordLine], attachment: WordLine) -> DocumentElements:
    """Return the elements of a text that another document promulgates: it has no number, recipients or signature of its own.

    Heads and signatures below its title are specimens.
    """
    head = lines[: attachment.index]
    titles, mottos, party_titles = _titles(head, len(head))
    kind = _kind(head, (*titles, *party_titles), None)
    summary = next(iter(head[kind.index + 1 :]), None) if kind else None
    return DocumentElements(
        titles=titles,
        mottos=mottos,
        party_titles=party_titles,
        issuers=(),
        number=None,
        date=None,
        kind=kind,
        other_title=None,
        summary=summary,
        letter_summary=None,
        body=_body(lines, (attachment,)),
        last_line=None,
        recipients=None,
        recipient_lines=(),
        signature=(),
        signer=None,
        closing_index=len(lines),
        appendices=(),
        attachment=attachment,
    )


def _attachment(lines: Sequence[WordLine]) -> WordLine | None:
    """Return the line below a title that names the document which promulgates this text."""
    found = next((line for line in lines[:_HEAD] if _ATTACHED.match(line.text)), None)
    if found is None or any(_NUMBER.match(line.text) for line in lines[: found.index]):
        return None
    titles, _, party_titles = _titles(lines[found.index : found.index + _WHOLE_HEAD], len(lines))
    return None if titles or party_titles else found


def _titles(lines: Sequence[WordLine], closing: int) -> tuple[tuple[WordLine, ...], ...]:
    """Return the lines of Quốc hiệu, tiêu ngữ and Party title; those behind the sign-off belong to forms in an appendix."""
    state, party = load_profile(STATE).words, load_profile(PARTY).words
    found = [_named(lines, words) for words in (state.title, state.motto, party.title)]
    own = [tuple(line for line in group if line.index < closing) for group in found]
    return tuple(tuple(_heading(lines, group)) for group in (own if any(own) else found))


def _heading(lines: Sequence[WordLine], titles: Sequence[WordLine]) -> Iterator[WordLine]:
    """Yield the first of some equal titles, and those that have a number or a date near them: the others are specimens."""
    first = lines[0].index if lines else 0
    for line in titles:
        near = lines[max(0, line.index - first - _WHOLE_HEAD) : line.index - first + _WHOLE_HEAD]
        if line is titles[0] or any(_NUMBER.match(one.text) or _is_date(one) for one in near):
            yield line


def _named(lines: Sequence[WordLine], words: str) -> tuple[WordLine, ...]:
    """Return the lines that say just these words, in any spelling; a mention inside a sentence does not count."""
    wanted = match_key(words)
    # Making a key takes time, and tables have thousands of lines.
    return tuple(line for line in lines if abs(len(line.text) - len(words)) < _SPELLING and line.key == wanted)


def _letter_summary(lines: Sequence[WordLine]) -> WordLine | None:
    return next((line for line in lines[:_HEAD] if line.text.startswith("V/v")), None)


def _kind(lines: Sequence[WordLine], titles: Sequence[WordLine], letter_summary: WordLine | None) -> WordLine | None:
    """Return the first line that is nothing but the name of a kind of document; a letter has none."""
    short = (line for line in lines if len(line.text) < _LONGEST_KIND)
    found = next((line for line in short if line.key in KINDS and not _is_data(line, titles)), None)
    return None if found and letter_summary and letter_summary.index < found.index else found


def _is_data(line: WordLine, titles: Sequence[WordLine]) -> bool:
    """Whether a line stands in a table of figures, where "Kế hoạch" is the heading of a column."""
    return bool(line.tables) and not any(line.tables[0] in title.tables for title in titles)


def _is_date(line: WordLine) -> bool:
    """Whether a line is place and date, written well or badly, and no sentence that mentions a day."""
    return _DATE.fullmatch(line.text) is not None and _SENTENCE.search(line.text) is None


def _other_title(lines: Sequence[WordLine], marks: Sequence[WordLine]) -> WordLine | None:
    """Return the title of a text of another kind, such as "ĐIỀU LỆ" or "TỜ KHAI": bold capitals right below the head."""
    others = {line.index for line in marks}
    below = [line for line in lines[marks[0].index :] if not line.tables and line.index not in others] if marks else []
    for line in below[:_BELOW_HEAD]:
        if line.key.startswith("kính gửi"):
            break
        if line.text.isupper() and line.look.bold and line.key not in _STAMPS:
            return line
    return None


def _issuers(
    lines: Sequence[WordLine], below: Sequence[WordLine | None], known: Sequence[WordLine]
) -> tuple[WordLine, ...]:
    """Return the lines of the head above number and date that are no title and no stamp."""
    ends = [line.index for line in below if line]
    others = {line.index for line in known}
    above = lines[: min(ends)] if ends else ()
    return tuple(
        line for line in above if line.index not in others and line.text.strip(_DASHES) and line.key not in _STAMPS
    )


def _recipients(lines: Sequence[WordLine]) -> WordLine | None:
    """Return the heading of the list of recipients; the words alone may also stand in a table about documents."""
    found = [line for line in lines if _RECIPIENTS.match(line.text)]
    listed = (line for line in found if _ENTRY.match(_text_at(lines, line.index + 1)))
    return next(listed, None) or next((line for line in found if ":" in line.text), None)


def _text_at(lines: Sequence[WordLine], index: int) -> str:
    return lines[index].text if index < len(lines) else ""


def _recipient_lines(lines: Sequence[WordLine], recipients: WordLine | None) -> tuple[WordLine, ...]:
    """Return the lines of "Nơi nhận": each entry begins with a dash and may go on over several lines.

    The list may stand in a row below its heading, or beside the signature, line by line.
    """
    if recipients is None:
        return ()
    near = [one for one in lines[recipients.index + 1 :][:_LONGEST_LIST] if one.tables == recipients.tables]
    cell = next((one.cell for one in near if _ENTRY.match(one.text)), recipients.cell)
    found: list[WordLine] = []
    for line in near:
        if line.cell != cell or _opens_signature(line) or (cell is None and _is_name(line.text)):
            continue
        if not _ENTRY.match(line.text) and (not found or found[-1].text.endswith(_ENTRY_ENDS)):
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
        if _is_office(line):
            found.append(line)
        elif not _ENTRY.match(line.text):
            break
    return tuple(found)


def _opens_signature(line: WordLine) -> bool:
    return _MARKS.match(line.text) is not None or _is_office(line)


def _is_office(line: WordLine) -> bool:
    return line.text.isupper() and _OFFICE.fullmatch(line.text.lower()) is not None


def _signer(lines: Sequence[WordLine], recipients: WordLine | None, signature: Sequence[WordLine]) -> WordLine | None:
    """Return the line with the signer's name, which stands below authority and office."""
    if not signature:
        return None
    start = signature[-1].index + 1
    listed = None if recipients is None else recipients.cell
    for line in lines[start : start + _NAME_BEHIND]:
        if _APPENDIX.fullmatch(line.text):
            return None
        if (listed is None or line.cell != listed) and _is_name(line.text) and not _is_office(line):
            return line
    return None


def _is_name(text: str) -> bool:
    """Whether a text may be the name of a person, perhaps with titles ("PGS.TS", "Thạc sĩ") before it."""
    words = text.split()
    if not _NAME_WORDS[0] <= len(words) <= _NAME_WORDS[1]:
        return False
    capitals = [word[0].isupper() and word.replace(".", "").replace("-", "").isalpha() for word in words]
    return capitals[0] and all(capitals[-2:]) and all(word[0].isalpha() for word in words)


def _closing_index(lines: Sequence[WordLine], recipients: WordLine | None, signature: Sequence[WordLine]) -> int:
    """Return the index of the first line of the sign-off; the number of lines where there is none."""
    marks = list(signature)
    if recipients:
        marks = [line for line in signature if abs(line.index - recipients.index) < _SIGNED_BEHIND]
        marks.append(recipients)
    tables = {line.tables[0] for line in marks if line.tables}
    first = min((line.index for line in marks), default=len(lines))
    return next((line.index for line in lines[:first] if tables.intersection(line.tables)), first)


def _appendices(lines: Sequence[WordLine], closing: int) -> tuple[Appendix, ...]:
    """Return the headings of appendices behind the sign-off."""
    headings = ((line, _APPENDIX.fullmatch(line.text)) for line in lines[closing:])
    return tuple(Appendix(line, match["number"] or "", _reference(lines, line)) for line, match in headings if match)


def _reference(lines: Sequence[WordLine], heading: WordLine) -> tuple[WordLine, ...]:
    """Return the lines below the heading of an appendix that name the document it belongs to."""
    below = lines[heading.index + 1 : heading.index + 1 + _REFERENCE_WITHIN]
    first = next((line.index for line in below if _ATTACHED.match(line.text)), None)
    found: list[WordLine] = []
    for line in lines[first : first + _REFERENCE_LINES] if first is not None else ():
        found.append(line)
        if ")" in line.text:
            break
    return tuple(found)


def _body(lines: Sequence[WordLine], head: Sequence[WordLine | None]) -> tuple[WordLine, ...]:
    """Return the lines behind the head that stand in no table."""
    start = max((line.index for line in head if line), default=-1) + 1
    return tuple(line for line in lines[start:] if not line.tables)
