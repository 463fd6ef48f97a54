"""A plan compared with its document: what differs, what is missing, what of the document is not in the plan file."""

from collections.abc import Iterator, Sequence
from typing import Any

from kehoach_cli.core.verify.result import ClaimStatus, PlanComparison, TextDifference, Verification
from kehoach_cli.core.verify.verify import in_order
from kehoach_cli.render.listing import Block, Column, Listing, Sheet

_STATUS = {ClaimStatus.MISSING: "không có", ClaimStatus.DIFFERS: "khác"}
_KEYS = {
    "tasks": "nhiệm vụ",
    "indicators": "chỉ tiêu",
    "sections": "mục",
    "objectives": "mục tiêu",
    "funding": "nguồn vốn",
    "clauses": "điều khoản",
    "reporting": "chế độ báo cáo",
    "document": "văn bản",
    "text": "nguyên văn",
    "title": "tiêu đề",
    "name": "tên",
    "unit": "đơn vị tính",
    "as_issued": "ô in",
    "lead": "chủ trì",
    "support": "phối hợp",
    "role": "tiêu đề cột",
    "schedule": "thời gian",
    "outputs": "sản phẩm",
    "targets": "mục tiêu",
    "baseline": "mức gốc",
    "conditions": "điều kiện",
    "cost": "kinh phí",
    "amount": "số tiền",
    "milestones": "mốc",
    "body": "thân văn bản",
    "number": "số",
    "date": "ngày",
    "cite": "cách dẫn",
    "basis": "căn cứ",
    "signer": "người ký",
    "authority": "quyền hạn ký",
    "recipients": "nơi nhận",
    "due": "thời hạn",
    "embedded_in": "lồng vào",
    "source": "nguồn",
}
_HEADERS = ("Kế hoạch", "Dòng", "Chỗ", "Kết quả", "Kế hoạch ghi", "Văn bản ghi", "Ở văn bản")
_LONGEST = 160
_MOST = 3
_LISTED = 40


def verify_listing(found: Sequence[Verification]) -> Listing:
    """Return what is wrong, then the passages that no text of the plan file claims."""
    return Listing(tuple(block for one in found for block in _blocks(one)))


def _blocks(one: Verification) -> Iterator[Block]:
    yield Block(f"{one.plan}: đối chiếu với {one.source}", 1, _counts(one))
    if one.wrong:
        columns = (
            Column("Chỗ trong tệp kế hoạch", weight=3),
            Column("Kế hoạch ghi", weight=4),
            Column("Văn bản ghi", weight=4),
            Column("Ở văn bản", weight=2),
        )
        rows = tuple((_where(one, check), *_words(check), check.place or "-") for check in in_order(one.checks))
        yield Block("Khác với văn bản", 2, (), columns, rows)
    if one.unclaimed:
        yield from _unclaimed(one)


def _unclaimed(one: Verification) -> Iterator[Block]:
    columns = (Column("Ở văn bản", weight=1), Column("Lời của văn bản", weight=6))
    rows = tuple((part.place, _short(part.text)) for part in one.unclaimed[:_LISTED])
    yield Block("Chưa có trong tệp kế hoạch", 2, (), columns, rows)
    if len(one.unclaimed) > _LISTED:
        yield Block("", 0, (f"… và {len(one.unclaimed) - _LISTED} đoạn nữa; xem đủ bằng --format json",))


def _counts(one: Verification) -> tuple[str, ...]:
    statuses = [check.status for check in one.checks]
    wrong, missing = statuses.count(ClaimStatus.DIFFERS), statuses.count(ClaimStatus.MISSING)
    exact = "đúng từng chữ" if not (wrong or missing) else f"{statuses.count(ClaimStatus.FOUND)} đúng từng chữ"
    parts = [f"{len(statuses)} chỗ đã chép: {exact}"]
    parts += [f"{wrong} khác"] if wrong else []
    parts += [f"{missing} không có trong văn bản"] if missing else []
    left = f"{len(one.unclaimed)} đoạn của văn bản chưa có trong tệp kế hoạch"
    furniture = f"không kể {one.furniture} chỗ là đầu văn bản, tiêu đề bảng, số thứ tự, nơi nhận"
    return (", ".join(parts) + ".", f"{left if one.unclaimed else 'Không sót đoạn nào của văn bản'} ({furniture}).")


def _where(one: Verification, check: PlanComparison) -> str:
    line = f"{one.file}:{check.line}\n" if check.line else ""
    return line + path_words(check.path)


def path_words(path: str) -> str:
    """Return a key path as people name the place ("nhiệm vụ III.7, chủ trì")."""
    top, *rest = path.split("/")
    words = [_KEYS.get(top, top)]
    if rest and top != "document":
        words[0] += f" {_number(rest.pop(0))}"
    for part in rest:
        if part in _KEYS:
            words.append(_KEYS[part])
        elif part != "as_issued":
            words[-1] += f" {_number(part)}"
    return ", ".join(words)


def _number(part: str) -> str:
    """Return the place in a list as people count it; years and ids stay."""
    return str(int(part) + 1) if part.isdigit() and len(part) < len("2025") else part


def _words(check: PlanComparison) -> tuple[str, str]:
    """Return what the plan file and the document say: the words that differ with some around them."""
    if check.status is ClaimStatus.MISSING:
        return _short(check.text), "(không có)"
    document = _marked(check.differences, plan=False)
    return _marked(check.differences, plan=True), f"{document}\n({check.note})" if check.note else document


def _marked(differences: Sequence[TextDifference], *, plan: bool) -> str:
    """Return each difference with the words around it, its own words in brackets."""
    shown = [_excerpt(one, one.plan if plan else one.document) for one in differences[:_MOST]]
    return "\n".join([*shown, "…"] if len(differences) > _MOST else shown)


def _excerpt(one: TextDifference, words: str) -> str:
    return " ".join(part for part in (one.before, f"[{_short(words)}]" if words else "[]", one.after) if part)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"


def verify_sheet(found: Sequence[Verification]) -> Sheet:
    """Return what is wrong as one flat table."""
    rows = [
        (one.plan, str(check.line or ""), path_words(check.path), _STATUS[check.status], *_words(check), check.place)
        for one in found
        for check in one.wrong
    ]
    return Sheet(_HEADERS, tuple(rows))


def check_records(one: Verification) -> Iterator[dict[str, Any]]:
    """Yield every text of the plan file as a JSON record."""
    for check in one.checks:
        yield {
            "ref": check.ref,
            "path": check.path,
            "status": check.status.value,
            "place": check.place or None,
            "differences": [
                {"plan": part.plan, "document": part.document, "before": part.before, "after": part.after}
                for part in check.differences
            ],
            "text": check.text,
            "nearest": check.nearest or None,
            "file": one.file,
            "line": check.line or None,
        }


def unclaimed_records(one: Verification) -> Iterator[dict[str, Any]]:
    """Yield the passages that nothing claims as JSON records."""
    for part in one.unclaimed:
        yield {"plan": one.plan, "place": part.place, "text": part.text}


def verify_summary(found: Sequence[Verification]) -> dict[str, Any]:
    """Return the counts."""
    statuses = [check.status for one in found for check in one.checks]
    return {
        **{status.value: statuses.count(status) for status in ClaimStatus},
        "unclaimed": sum(len(one.unclaimed) for one in found),
        "furniture": sum(one.furniture for one in found),
        "documents": [{"plan": one.plan, "source": one.source} for one in found],
    }
