"""Agencies for people: names, members, successors."""

from collections.abc import Iterator

from kehoach_cli.core.check.wording import heirs_text, names
from kehoach_cli.core.duties.bodies import UNCERTAIN
from kehoach_cli.core.model.agency import Agency, Directory, Successor
from kehoach_cli.render.labels import ROLES, day_text
from kehoach_cli.render.listing import Block, Column, Listing, Sheet
from kehoach_cli.viet.dates import format_date
from kehoach_cli.viet.text import sort_key

_COLUMNS = (
    Column("Mã", fixed=True),
    Column("Tên", weight=3),
    Column("Viết tắt", weight=2),
    Column("Ghi chú", weight=3),
)


def fate_lines(agency: Agency, directory: Directory) -> Iterator[str]:
    """Yield what became of an agency: its last day, its successors, since when, and whether that is certain."""
    if agency.split:
        yield f"{agency.name} đã chia cho nhiều cơ quan{_ended(agency)}; ai tiếp nhận là theo từng nhiệm vụ:"
        for heir in agency.successors:
            yield f"  - {_heir_text(heir, agency, directory)}"
    elif agency.successors:
        last = directory.heirs(agency)
        taken_over = _heir_text(agency.successors[0], agency, directory)
        yield f"{agency.name} không còn{_ended(agency)}; nhiệm vụ nay thuộc {taken_over}."
        if last and last[0].id != agency.successors[0].id:
            yield f"Cơ quan kế thừa sau cùng: {heirs_text(directory, agency.province, agency.id)}."
    elif agency.valid_to:
        yield f"{agency.name} không còn{_ended(agency)}; chưa rõ cơ quan tiếp nhận."
    if not agency.certain:
        yield f"Thông tin về {agency.name} {UNCERTAIN}."


def agencies_listing(directory: Directory, provinces: list[str]) -> Listing:
    """Return the registries as one table per province, in the order of the Vietnamese alphabet."""
    blocks = []
    for province in provinces:
        registry = directory.registries[province]
        agencies = sorted(registry.agencies.values(), key=lambda agency: (agency.group, sort_key(agency.name)))
        rows = tuple(
            (agency.id, agency.name, ", ".join(agency.short), _remark(agency, directory)) for agency in agencies
        )
        blocks.append(Block(f"{registry.name} ({len(agencies)})", 1, columns=_COLUMNS, rows=rows))
    return Listing(tuple(blocks))


def agencies_sheet(agencies: list[Agency], directory: Directory) -> Sheet:
    """Return the agencies as one flat table."""
    headers = ("Tỉnh", "Mã", "Tên", "Viết tắt", "Tên gọi khác", "Hết hiệu lực", "Cơ quan kế thừa", "Ghi chú")
    rows = tuple(
        (
            agency.province,
            agency.id,
            agency.name,
            "; ".join(agency.short),
            "; ".join(agency.also),
            day_text(agency.valid_to) if agency.valid_to else "",
            names(directory, agency.province, [heir.id for heir in agency.successors]),
            agency.note or "",
        )
        for agency in agencies
    )
    return Sheet(headers, rows)


def agency_listing(asked: str, agencies: tuple[Agency, ...], directory: Directory) -> Listing:
    """Return everything the registries say about the agencies that a name may mean."""
    blocks = [Block(lines=(f'"{asked}" được hiểu là:',))]
    blocks += [
        Block(f"{directory.registries[agency.province].name}: {agency.name}", 1, tuple(_details(agency, directory)))
        for agency in agencies
    ]
    return Listing(tuple(blocks))


def _details(agency: Agency, directory: Directory) -> Iterator[str]:
    province = agency.province
    yield f"Mã: {province}/{agency.id}"
    known = (
        ("Viết tắt", ", ".join(agency.short)),
        ("Cũng được viết", "; ".join(agency.also)),
        ("Hoạt động từ", format_date(agency.valid_from) if agency.valid_from else ""),
    )
    yield from (f"{label}: {text}" for label, text in known if text)
    yield from fate_lines(agency, directory)
    for old, chain in directory.predecessors(agency).items():
        path = " → ".join(directory.name(province, link) for link in chain)
        heir = directory.succession(province, old, chain[1] if len(chain) > 1 else agency.id)
        yield f"Trước đây: {path}{_since(heir)}"
    if agency.open:
        yield "Nhóm mở: không xác định thành viên, không khớp khi tra theo từng cơ quan."
    groups = "; ".join(group.name for group in directory.groups_of(province, (agency.id,)))
    more = ((f"Thành viên ({len(agency.members)})", names(directory, province, agency.members)), ("Thuộc nhóm", groups))
    yield from (f"{label}: {text}" for label, text in (*more, ("Ghi chú", agency.note or "")) if text)


def _remark(agency: Agency, directory: Directory) -> str:
    if agency.successors:
        return (
            f"{'đã chia tách, nay: ' if agency.split else 'nay: '}{heirs_text(directory, agency.province, agency.id)}"
        )
    if agency.group:
        return "nhóm mở" if agency.open else f"nhóm, {len(agency.members)} thành viên"
    return "" if agency.certain else UNCERTAIN


def _since(heir: Successor | None) -> str:
    if heir is None:
        return ""
    parts = [f"tiếp nhận từ {format_date(heir.since)}"] if heir.since else []
    parts += [f"đối với vai trò {ROLES[heir.role]}"] if heir.role else []
    parts += [UNCERTAIN] if not heir.certain else []
    return f" ({'; '.join(parts)})" if parts else ""


def _ended(agency: Agency) -> str:
    return f" sau ngày {format_date(agency.valid_to)}" if agency.valid_to else ""


def _heir_text(heir: Successor, agency: Agency, directory: Directory) -> str:
    parts = [directory.name(agency.province, heir.id)]
    if heir.since:
        parts.append(f"từ {format_date(heir.since)}")
    text = " ".join(parts)
    extras = [f"phần {heir.scope}"] if heir.scope else []
    extras += [f"vai trò {ROLES[heir.role]}"] if heir.role else []
    extras += [f"căn cứ {heir.basis}"] if heir.basis else []
    extras += [UNCERTAIN] if not heir.certain else []
    return f"{text} ({'; '.join(extras)})" if extras else text
