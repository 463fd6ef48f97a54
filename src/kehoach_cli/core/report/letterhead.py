"""Head and foot of a report, and who sends it to whom by the plan's rules, with the bodies of the report's day.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I, for state bodies; the practice of Party offices for Party bodies. A part that the
plan and the registry do not give (number, day, signer) stays None.
"""

import re
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.duties.owed import day_of_part
from kehoach_cli.core.model.agency import CENTRAL, Agency, Directory
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan, ReportingRule
from kehoach_cli.core.notation.schedule import NO_SCHEDULE
from kehoach_cli.core.report.bodies import body_at, written_out
from kehoach_cli.core.report.model import Body, Identity, Routing
from kehoach_cli.viet.dates import format_date

_PROVINCIAL = "ubnd-tinh"
_PARTY = "dang"
_COMMITTEE = "ubnd"
# Lines that give the authority to sign, not the signer's office (state bodies write a dot, Party bodies a slash).
_POWER = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.|(?:T/M|K/T|T/L)\b")
# A number with its symbol: `12/BC-SNNMT`, `12-BC/VPTU`.
_NUMBERED = re.compile(r"([0-9]+)\s*[/-]\s*(\S.*)")
_HEADS = (
    ("Sở ", "GIÁM ĐỐC"),
    ("Văn phòng", "CHÁNH VĂN PHÒNG"),
    ("Thanh tra", "CHÁNH THANH TRA"),
    ("Ban ", "TRƯỞNG BAN"),
    ("Chi cục", "CHI CỤC TRƯỞNG"),
)


class Given(Struct, frozen=True):
    """What the office gives for its report in settings or options; None: not given."""

    issuer: tuple[str, ...] | None = None
    parent: tuple[str, ...] | None = None
    place: str | None = None
    number: str | None = None
    dated: date | None = None
    signer: str | None = None
    title: str | None = None
    authority: tuple[str, ...] | None = None
    recipients: tuple[str, ...] | None = None

    def over(self, other: "Given") -> "Given":
        """Return these values, and those of `other` where one is None."""
        names = ("issuer", "parent", "place", "number", "dated", "signer", "title", "authority", "recipients")
        return Given(
            **{name: own if (own := getattr(self, name)) is not None else getattr(other, name) for name in names}
        )


def is_party(agency: Agency) -> bool:
    """Whether a body follows the rules of Party documents."""
    return agency.kind == _PARTY


def rule_of(plan: Plan, level: str, period: Period) -> ReportingRule | None:
    """Return the plan's rule on the reports of units, or on that of the coordinator, for a period.

    A plan without a rule for such periods still says, in another rule, who reports to whom, though not by when.
    """
    rules = [rule for rule in plan.reporting if rule.level == level]
    own = next((rule for rule in rules if rule.asks(period.kind)), None)
    return own or next((replace(rule, due=NO_SCHEDULE, embedded_in=None) for rule in rules), None)


def coordinator_routing(plan: Plan, directory: Directory, period: Period, day: date) -> Routing:
    """Return who sends the plan's report of a period to whom."""
    rule = rule_of(plan, "coordinator", period)
    if rule is None:
        return Routing(body_at(directory, plan.province, plan.coordinator, day), ())
    sender = body_at(directory, plan.province, rule.senders[0], day)
    drafter = body_at(directory, plan.province, rule.drafter, day) if rule.drafter else None
    agency = directory.get(plan.province, sender.id)
    return Routing(
        sender=sender,
        recipients=tuple(body_at(directory, plan.province, one, day) for one in rule.recipients),
        drafter=drafter if drafter and drafter.id != sender.id else None,
        collective=agency is not None and agency.kind == _COMMITTEE,
        due=due_in(rule, period),
        due_text=rule.due.text or None,
        embedded_in=rule.embedded_in,
        source=rule.source,
    )


def unit_routing(plan: Plan, directory: Directory, unit: Agency, period: Period, day: date) -> Routing:
    """Return to whom a unit, or its heir on the day, sends its own report; nobody if the plan does not say."""
    sender = body_at(directory, plan.province, directory.ref(plan.province, unit), day)
    rule = rule_of(plan, "unit", period)
    if rule is None:
        return Routing(sender, ())
    via = [body_at(directory, plan.province, one, day).name for one in rule.via]
    recipients = [body_at(directory, plan.province, one, day) for one in rule.recipients]
    if via and recipients:
        last = recipients[-1]
        recipients[-1] = Body(last.id, f"{last.name} (qua {'; '.join(via)})", last.formerly, last.since, last.certain)
    return Routing(
        sender=sender,
        recipients=tuple(one for one in recipients if one.id != sender.id),
        collective=unit.kind == _COMMITTEE,
        due=due_in(rule, period),
        due_text=rule.due.text or None,
        source=rule.source,
    )


def letter_routing(plan: Plan, directory: Directory, unit: Agency, period: Period, day: date) -> Routing:
    """Return the routing of the coordinator's letter to a unit; rule and day are those of the unit's report."""
    rule = rule_of(plan, "unit", period)
    return Routing(
        sender=body_at(directory, plan.province, plan.coordinator, day),
        recipients=(body_at(directory, plan.province, directory.ref(plan.province, unit), day),),
        asked_by=rule.document_asking(period.kind) if rule else None,
        due=due_in(rule, period) if rule else None,
        due_text=(rule.due.text or None) if rule else None,
        source=rule.source if rule else None,
    )


def due_in(rule: ReportingRule, period: Period) -> date | None:
    """Return the last day of the rule for the report of a period."""
    if period.part is not None:
        return day_of_part(rule.due, period)
    if rule.due.yearly is None:
        return None
    day, month = rule.due.yearly
    return date(period.year, month, day)


def identity_of(
    sender: Agency, directory: Directory, plan: Plan, routing: Routing, *, letter: bool = False
) -> Identity:
    """Return what the plan and the registry tell of head and foot."""
    registry = directory.registries.get(plan.province)
    province = registry.name if registry else None
    party = is_party(sender)
    drafters = (routing.drafter.name,) if routing.drafter else ()
    return Identity(
        issuer=_issuer(sender),
        parent=_parent(sender, directory, province),
        symbol=_symbol(sender, party=party, letter=letter),
        place=province,
        authority=("TM. ỦY BAN NHÂN DÂN",) if sender.kind == _COMMITTEE else (),
        title=_head_of(sender),
        recipients=("Như trên", *drafters),
        archive=_archive(sender) if party else "Lưu: VT",
        archive_with_unit=not party,
    )


def with_given(identity: Identity, given: Given) -> Identity:
    """Return the identity with the values that the office gave; an authority to sign without a title leaves a blank title."""
    authority, title = identity.authority, given.title or identity.title
    if given.authority is not None:
        authority = tuple(line for line in given.authority if _POWER.match(line))
        offices = [line for line in given.authority if not _POWER.match(line)]
        title = given.title or (offices[-1] if offices else None)
    number, symbol = given.number, identity.symbol
    if given.number and (found := _NUMBERED.fullmatch(given.number)):
        number, symbol = found[1], found[2]
    recipients, archive, with_unit = identity.recipients, identity.archive, identity.archive_with_unit
    if given.recipients is not None:
        recipients = given.recipients
        if recipients and recipients[-1].startswith("Lưu"):
            recipients, archive, with_unit = recipients[:-1], recipients[-1].rstrip("."), False
    return Identity(
        issuer=given.issuer or identity.issuer,
        parent=identity.parent if given.parent is None else given.parent,
        symbol=symbol,
        number=number,
        place=given.place or identity.place,
        dated=given.dated,
        authority=authority,
        title=title,
        signer=given.signer,
        recipients=recipients,
        archive=archive,
        archive_with_unit=with_unit,
    )


def routing_notes(sender: Agency, routing: Routing, *, part: bool) -> tuple[str, ...]:
    """Return the notes for the drafting officer: successions, unconfirmed facts, and gaps of the plan."""
    notes = []
    bodies = (("Cơ quan gửi", routing.sender), ("Cơ quan soạn thảo", routing.drafter))
    for role, body in (*bodies, *(("Nơi nhận", one) for one in routing.recipients)):
        if body is None:
            continue
        if body.formerly:
            since = f" từ ngày {format_date(body.since)}" if body.since else ""
            doubt = "" if body.certain else "; chưa có căn cứ chắc chắn, cần xác nhận"
            notes.append(f"{role}: Kế hoạch ghi {' → '.join(body.formerly)}; nay là {body.name}{since}{doubt}.")
    if routing.embedded_in and not part:
        notes.append(
            f'Mục {routing.source} của Kế hoạch quy định nội dung này nằm trong "{routing.embedded_in}", không lập báo cáo '
            "riêng; dùng --part để lấy các phần đưa vào báo cáo đó."
        )
    if sender.group:
        notes.append(f"{sender.name} là một nhóm cơ quan; điền tên cơ quan gửi báo cáo.")
    if not routing.recipients:
        notes.append("Kế hoạch không quy định nơi nhận báo cáo này; điền nơi nhận trước khi trình ký.")
    if routing.recipients and not routing.due_text and not routing.embedded_in:
        notes.append("Kế hoạch không quy định ngày gửi báo cáo.")
    return tuple(notes)


def _issuer(sender: Agency) -> tuple[str, ...] | None:
    """Return the lines that name the issuer; for a group they stay open, because one of its members sends the report."""
    if sender.group:
        return None
    if sender.kind == _COMMITTEE and sender.name.startswith("UBND "):
        return "ỦY BAN NHÂN DÂN", sender.name.removeprefix("UBND ").upper()
    if is_party(sender) and sender.name.endswith(" Tỉnh ủy"):
        return (sender.name.removesuffix(" Tỉnh ủy").upper(),)
    return (sender.name.upper(),)


def _parent(sender: Agency, directory: Directory, province: str | None) -> tuple[str, ...] | None:
    if sender.kind == _COMMITTEE:
        return ()
    if is_party(sender) and sender.name.endswith(" Tỉnh ủy") and province:
        return (f"TỈNH ỦY {province.upper()}",)
    parent = directory.get(sender.province, sender.parent) if sender.parent else None
    if parent is None:
        return () if sender.province == CENTRAL else None
    return ((parent.name if parent.id == _PROVINCIAL else written_out(directory, parent)).upper(),)


def _symbol(sender: Agency, *, party: bool, letter: bool) -> str | None:
    if not sender.symbol:
        return None
    if party:
        return f"{'CV' if letter else 'BC'}/{sender.symbol}"
    return f"{sender.symbol}-" if letter else f"BC-{sender.symbol}"


def _head_of(sender: Agency) -> str | None:
    if sender.kind == _COMMITTEE:
        return "CHỦ TỊCH"
    return next((title for beginning, title in _HEADS if sender.name.startswith(beginning)), None)


def _archive(sender: Agency) -> str:
    return f"Lưu {sender.name}" if sender.name.startswith("Văn phòng") else "Lưu Văn phòng"
