"""The register of legal documents that plans cite and that others have replaced since."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from kehoach_cli.core.model.plan import Basis, Plan
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import match_key


class LegalDocument(Struct, frozen=True):
    """A document of a central body: its number and day as far as known, and its title."""

    title: str
    number: str | None = None
    dated: date | None = None


class Replaced(Struct, frozen=True):
    """A document that is no longer in force from the day `since`, and what replaced it, as `source` says.

    Where it is not `certain`, every message says so.
    """

    document: LegalDocument
    by: LegalDocument
    since: date
    source: str
    certain: bool = False
    note: str | None = None

    def is_basis(self, basis: Basis) -> bool:
        """Whether it is the document that a plan's opening names: by number, else by title and day."""
        if basis.number:
            return self.document.number is not None and match_key(basis.number) == match_key(self.document.number)
        day, title = self.document.dated, basis.title or ""
        same_day = day is not None and basis.date is not None and str(basis.date) == day.isoformat()
        return same_day and match_key(title) == match_key(self.document.title)

    def is_in(self, text: str) -> bool:
        """Whether a text names its number."""
        number = self.document.number
        return number is not None and re.search(rf"(?<![\w/.-]){re.escape(number)}(?![\w/-])", text) is not None


class LegalRegister(Struct, frozen=True):
    """The documents of a workspace that are known to be replaced; of others nothing is known."""

    replaced: tuple[Replaced, ...] = ()


def replaced_bases(plan: Plan, register: Iterable[Replaced]) -> Iterator[tuple[int, Replaced]]:
    """Yield the documents a plan is based on that were replaced, each with its place among them."""
    known = tuple(register)
    for index, basis in enumerate(plan.document.basis):
        yield from ((index, one) for one in known if one.is_basis(basis))


def in_force_no_more(plan: Plan, words: str, register: Iterable[Replaced], day: date) -> tuple[Replaced, ...]:
    """Return what a plan is based on, or a row of it names in its `words`, that is no longer in force on a day."""
    known = tuple(one for one in register if one.since <= day)
    bases = (one for _, one in replaced_bases(plan, known))
    return tuple(dict.fromkeys((*bases, *(one for one in known if one.is_in(words)))))


def legal_text(document: LegalDocument) -> str:
    """Return how a message names a document: `Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16/6/2025`."""
    number = f" số {document.number}" if document.number else ""
    day = f" ngày {format_date(document.dated)}" if document.dated else ""
    return f"{document.title}{number}{day}"


def replaced_text(one: Replaced) -> str:
    """Return what replaced a document, since when and as whom says so; a doubt is never left out."""
    word = "đã được" if one.certain else "có thể đã được"
    doubt = "" if one.certain else "; CHƯA CHẮC CHẮN, phải kiểm tra lại"
    return f"{word} thay thế bởi {legal_text(one.by)}, từ ngày {format_date(one.since)}{doubt} (nguồn: {one.source})"
