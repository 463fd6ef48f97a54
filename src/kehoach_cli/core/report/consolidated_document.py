"""The content of the Word document "văn bản hợp nhất", without layout.

Technique: Pháp lệnh 01/2012/UBTVQH13, articles 11 to 17. It rules normative documents of central bodies; for a plan nobody has to
consolidate or to sign, so whatever depends on that stays a blank.
"""

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.amendment import Amendment
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.plan import Basis, Document, Plan
from kehoach_cli.core.report.bodies import body_at
from kehoach_cli.core.report.consolidated_text import Chapter, Noted, consolidated_text
from kehoach_cli.core.report.letterhead import identity_of, is_party
from kehoach_cli.core.report.model import Identity, ReportKind, Routing
from kehoach_cli.viet.dates import PartialDate, format_date
from kehoach_cli.viet.text import capitalized

_SYMBOL = "VBHN"
_AUTHENTICATED = "XÁC THỰC VĂN BẢN HỢP NHẤT"
_KINDS = {
    "KH": "Kế hoạch",
    "QĐ": "Quyết định",
    "NQ": "Nghị quyết",
    "CTr": "Chương trình",
    "ĐA": "Đề án",
    "PA": "Phương án",
    "CT": "Chỉ thị",
    "TTr": "Tờ trình",
    "BC": "Báo cáo",
    "KL": "Kết luận",
}
# What a decision promulgates is named after itself.
_NAMED = re.compile(r"(Kế hoạch|Chương trình|Đề án|Phương án) (?=\w)")
_TYPE_OF = re.compile(r"\d+(?:/\d{4})?[/-](?P<type>[^\W\d_]+)[-/]")


class ConsolidatedData(Struct, frozen=True):
    """The document. `documents` are the original and what amended it, `bases` those of the original, the last one with notes.

    `doubtful_bases` are those whose words are put together from number and day. `provisions` are the amending documents' own
    rules on implementation, `remarks` what the drafter still has to do, `expected` words that the finished document must have.
    """

    plan: str
    party: bool
    identity: Identity
    title: str
    summary: str
    as_of: str
    original: str
    amendments: tuple[str, ...]
    bases: tuple[Noted, ...]
    doubtful_bases: tuple[int, ...]
    chapters: tuple[Chapter, ...]
    reference: str
    provisions: tuple[str, ...]
    closing: str
    notes: tuple[str, ...]
    remarks: tuple[str, ...]
    expected: tuple[str, ...]

    @property
    def kind(self) -> ReportKind:
        """Always the consolidated text."""
        return ReportKind.CONSOLIDATED


def consolidated_document(catalogue: Catalogue, plan: Plan, day: date) -> ConsolidatedData:
    """Return the document of an amended plan, as it is in force on a day."""
    directory, document = catalogue.directory, plan.document
    amendments = tuple(one for one in catalogue.amendments if one.amends == plan.id)
    sender = directory.get(plan.province, document.issuer)
    party = sender is not None and is_party(sender)
    noted = [f"{one.cite} có căn cứ ban hành như sau: {_quoted(one.basis)}" for one in amendments if one.basis]
    text = consolidated_text(plan, catalogue.amended, directory, day, noted if document.basis else ())
    kind, summary = _name(document)
    # Party documents begin each basis with a dash.
    bases = [f"{'- ' if party else ''}{_basis_text(one)}" for one in document.basis]
    return ConsolidatedData(
        plan=plan.id,
        party=party,
        identity=_identity(plan, directory, day, party=party),
        title=kind.upper(),
        summary=f"{summary[:1].lower()}{summary[1:]}" if party else capitalized(summary),
        as_of=f"(Văn bản hợp nhất, nội dung có hiệu lực đến ngày {format_date(day)})",
        original=document.cite,
        amendments=tuple(map(_amending, amendments)),
        bases=tuple(_bases(bases, len(noted))),
        doubtful_bases=tuple(at for at, one in enumerate(document.basis) if not one.title),
        chapters=text.chapters,
        reference=f"(Kèm theo {document.cite})",
        provisions=tuple(
            f"Điều khoản thi hành của {one.cite}, có hiệu lực kể từ ngày {format_date(one.effective)}, quy định như sau: "
            f"{_quoted(one.provisions)}"
            for one in amendments
            if one.provisions
        ),
        closing=f"Văn bản này hợp nhất nội dung có hiệu lực đến ngày {format_date(day)} của {document.cite} và các văn bản sửa "
        "đổi, bổ sung nêu trên",
        notes=text.notes,
        remarks=tuple(_remarks(plan, amendments, party=party)),
        expected=tuple(one.number for one in amendments if one.number in one.cite),
    )


def _identity(plan: Plan, directory: Directory, day: date, *, party: bool) -> Identity:
    sender = directory.get(plan.province, plan.document.issuer)
    if sender is None:
        return Identity(issuer=None, parent=None, authority=(_AUTHENTICATED,))
    routing = Routing(body_at(directory, plan.province, sender.id, day), ())
    found = identity_of(sender, directory, plan, routing)
    # No rule says which symbol a Party body would use.
    symbol = f"{_SYMBOL}-{sender.symbol}" if sender.symbol and not party else None
    return replace(found, symbol=symbol, authority=(_AUTHENTICATED,), title=None, recipients=())


def _name(document: Document) -> tuple[str, str]:
    """Return tên loại and trích yếu: of a plan that a decision promulgates, the plan's own."""
    if found := _NAMED.match(document.title):
        return found[1], document.title[found.end() :]
    return _KINDS.get(document.type, document.type), document.title


def _amending(amendment: Amendment) -> str:
    title = f" {amendment.title}" if amendment.title and amendment.title not in amendment.cite else ""
    return f"{amendment.cite}{title}, có hiệu lực kể từ ngày {format_date(amendment.effective)}"


def _basis_text(basis: Basis) -> str:
    """Return a legal basis as a plan names it; what the plan file does not say is left out."""
    found = _TYPE_OF.match(basis.number or "")
    kind = _KINDS.get(found["type"], "văn bản") if found else "văn bản"
    title, day = basis.title or "", _day_text(basis.date)
    if basis.number is None:
        return f"Căn cứ {title}{f' ngày {day}' if day else ''}"
    return " ".join(filter(None, (f"Căn cứ {kind} số {basis.number}", f"ngày {day}" if day else "", title)))


def _day_text(day: PartialDate | None) -> str:
    if day is None:
        return ""
    return format_date(day.first) if day.day is not None else str(day)


def _bases(texts: list[str], notes: int) -> Iterator[Noted]:
    for at, text in enumerate(texts, 1):
        whole = f"{text}{'.' if at == len(texts) else ';'}"
        marks = range(1, notes + 1) if at == len(texts) else ()
        yield Noted(whole, tuple((len(whole), note) for note in marks))


def _quoted(texts: tuple[str, ...]) -> str:
    return f"“{' '.join(texts).rstrip('.;')}.”"


def _remarks(plan: Plan, amendments: tuple[Amendment, ...], *, party: bool) -> Iterator[str]:
    """Yield what the drafter has to know: what the document lacks, and what nobody rules."""
    yield (
        "Kỹ thuật hợp nhất theo Pháp lệnh 01/2012/UBTVQH13 (Điều 11 đến Điều 17). Pháp lệnh quy định cho văn bản quy phạm pháp "
        "luật của cơ quan trung ương; với kế hoạch, bản này để tra cứu, thẩm quyền ký xác thực do cơ quan tự xác định."
    )
    if party:
        yield "Chưa thấy quy định của Đảng về văn bản hợp nhất; ký hiệu, phần ký để trống."
    yield (
        "Văn bản gồm những gì tệp kế hoạch có (căn cứ, mục tiêu, nhiệm vụ, chỉ tiêu, kinh phí, điều khoản); đoạn chưa nhập thì "
        f"chưa có ở đây, xem bằng kehoach verify {plan.id} --source <văn bản gốc>."
    )
    for key, what in (("basis", "căn cứ ban hành"), ("provisions", "điều khoản thi hành")):
        if missing := [one.cite for one in amendments if not getattr(one, key)]:
            yield f"Chưa có {what} của {'; '.join(missing)}: thêm khóa {key} vào phần document của tệp sửa đổi."
    if any(not one.title for one in plan.document.basis):
        yield "Căn cứ được đánh dấu chỉ có số, ngày; đối chiếu nguyên văn."
