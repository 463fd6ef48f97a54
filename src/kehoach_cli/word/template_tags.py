"""Finds the tags of a Word template, and checks that each is closed where it must be."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from kehoach_cli.office.reading import W, paragraph_text

if TYPE_CHECKING:
    from lxml.etree import _Element

# A tag ends before the next one of its kind begins: else a thousand tags without an end would take a million steps.
_TAG = re.compile(r"\{\{(?:(?!\{\{).)*?\}\}|\{%(?:(?!\{%).)*?%\}|\{#(?:(?!\{#).)*?#\}", re.DOTALL)
_STATEMENT = re.compile(
    r"\{%[-+]?(?P<scope>p|tr|tc|r)? (?P<text>.*?)[-+]?%\}|\{%[-+]?(?P<bare>\S.*?)[-+]?%\}", re.DOTALL
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_OPENS = {"for": "endfor", "if": "endif"}
_OTHER_WORDS = frozenset({"set", "vm", "hm", "colspan", "cellbg"})
_SCOPES = {"p": "đoạn", "tr": "hàng của bảng", "tc": "ô của bảng"}
_SCOPE_TAGS = {"p": f"{W}p", "tr": f"{W}tr", "tc": f"{W}tc"}


class TemplateProblem(Struct, frozen=True):
    """A fault that keeps a template from being filled in; `place` is `đoạn 12` or `đầu trang, đoạn 1`."""

    place: str
    text: str
    message: str

    def __str__(self) -> str:
        """Return one line for people."""
        shown = self.text if len(self.text) <= 80 else f"{self.text[:77]}…"  # noqa: PLR2004 - a line of a screen
        return f'{self.place} ("{shown}"): {self.message}'


class Tag(Struct, frozen=True):
    """A tag of a template, its paragraph, and the place of that."""

    text: str
    place: str
    paragraph_text: str
    paragraph: "_Element"


def read_tags(root: "_Element", part: str) -> tuple[list[Tag], list[TemplateProblem]]:
    """Return the tags of a part in order, and the problems of tags without an end or a beginning."""
    where = {"header": "đầu trang, ", "footer": "chân trang, "}.get(re.sub(r"word/(\D+).*", r"\1", part), "")
    tags: list[Tag] = []
    problems: list[TemplateProblem] = []
    for number, paragraph in enumerate(root.iter(f"{W}p"), 1):
        text = paragraph_text(paragraph)
        if "{" not in text and "}" not in text:
            continue
        place = f"{where}đoạn {number}"
        found = [Tag(match[0].translate(_QUOTES), place, text.strip(), paragraph) for match in _TAG.finditer(text)]
        rest = _TAG.sub("", text)
        if mark := re.search(r"\{\{|\{%|\{#|\}\}|%\}|#\}", rest):
            problems.append(TemplateProblem(place, text.strip(), f'thẻ bị hỏng: "{mark[0]}" không có cặp'))
        tags += found
    return tags, problems


class BlockCheck:
    """Checks the statements of a template in order, and remembers which ones are open."""

    def __init__(self) -> None:
        self._open: list[tuple[Tag, str, str]] = []

    def check(self, tags: Sequence[Tag]) -> Iterator[TemplateProblem]:
        """Yield statements not closed where they must be, and those that would remove other text of their paragraph or row."""
        for tag in tags:
            if (statement := _statement(tag.text)) is None:
                continue
            scope, text = statement
            word = text.split(None, 1)[0] if text.strip() else ""
            if scope in _SCOPE_TAGS and not _stands_alone(tag, scope):
                message = f"thẻ {{%{scope} …%}} phải đứng một mình trong {_SCOPES[scope]}, phần còn lại sẽ bị mất"
                yield problem_of(tag, message)
            if message := self._next(tag, scope, word):
                yield problem_of(tag, message)
        for tag, _, word in self._open:
            yield problem_of(tag, f'thẻ "{word}" không được đóng bằng "{_OPENS[word]}"')

    def _next(self, tag: Tag, scope: str, word: str) -> str:
        """Take the next statement; return what is wrong with it, or nothing."""
        if word in _OPENS:
            self._open.append((tag, scope, word))
            return ""
        if word in {"else", "elif"}:
            if not self._open:
                return f'thẻ "{word}" không nằm trong "for" hay "if" nào'
            return _mismatch(*self._open[-1][:2], tag, scope)
        if word in _OPENS.values():
            opened = self._open.pop() if self._open else None
            if opened is None or _OPENS[opened[2]] != word:
                return f'thẻ đóng "{word}" không có thẻ mở tương ứng'
            return _mismatch(*opened[:2], tag, scope)
        return "" if word in _OTHER_WORDS else f'"{word}" không dùng được; các thẻ có: for, if, elif, else, set'


def _mismatch(opened: Tag, scope: str, closed: Tag, closing_scope: str) -> str:
    if scope != closing_scope:
        return f'thẻ mở và thẻ đóng khác loại: "{opened.text}" ở {opened.place}'
    if not scope and opened.paragraph is not closed.paragraph:
        return f"thẻ mở ở {opened.place} mà đóng ở đoạn khác; dùng {{%p …%}} (đoạn) hoặc {{%tr …%}} (hàng của bảng)"
    if scope in _SCOPE_TAGS and _container(opened, scope) is not _container(closed, scope):
        return f"thẻ mở ở {opened.place} và thẻ đóng không cùng một ô hoặc một bảng"
    return ""


def _container(tag: Tag, scope: str) -> "_Element | None":
    return _replaced(tag, scope).getparent()


def _replaced(tag: Tag, scope: str) -> "_Element":
    """Return the paragraph, cell or row that a tag replaces."""
    if scope == "p":
        return tag.paragraph
    return next(tag.paragraph.iterancestors(_SCOPE_TAGS[scope]), tag.paragraph)


def _stands_alone(tag: Tag, scope: str) -> bool:
    text = "".join(paragraph_text(paragraph) for paragraph in _replaced(tag, scope).iter(f"{W}p"))
    return text.translate(_QUOTES).strip() == tag.text


def _statement(text: str) -> tuple[str, str] | None:
    """Return scope (`p`, `tr`, …, or empty) and text of a statement; None for an expression or a comment."""
    found = _STATEMENT.fullmatch(text)
    if not found:
        return None
    return found["scope"] or "", (found["bare"] or found["text"]).strip()


def jinja_source(text: str) -> str:
    """Return a tag as Jinja reads it, without docxtpl's scopes, on one line."""
    line = " ".join(text.split())
    if (statement := _statement(line)) is not None:
        words = statement[1]
        if words in {"vm", "hm"}:
            return ""
        for special in ("colspan ", "cellbg "):
            if words.startswith(special):
                return f"{{{{ {words.removeprefix(special)} }}}}"
        return f"{{% {words} %}}"
    return re.sub(r"^\{\{(?:p|tr|tc|r) ", "{{ ", line)


def problem_of(tag: Tag, message: str) -> TemplateProblem:
    """Return the problem of a tag; it shows the whole paragraph where that is short."""
    shown = tag.paragraph_text if len(tag.paragraph_text) < len(tag.text) * 3 else tag.text
    return TemplateProblem(tag.place, shown, message)
