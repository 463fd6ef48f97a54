"""Plans for people."""

from collections.abc import Iterator

from kehoach_cli.core.check.wording import names_now
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.period import KIND_WORDS
from kehoach_cli.core.model.plan import Plan, ReportingRule, TaskKind
from kehoach_cli.render.labels import document_text, period_text
from kehoach_cli.render.listing import Block, Column, Listing, Sheet

_COLUMNS = (
    Column("Mã", fixed=True),
    Column("Kế hoạch", weight=4),
    Column("Số mục", weight=2),
    Column("Đầu mối, báo cáo", weight=4),
)


def plans_listing(plans: tuple[Plan, ...], directory: Directory) -> Listing:
    """Return one row per plan: document, period, counts, coordinator, reporting rules."""
    rows = tuple(
        (
            plan.id,
            f"{plan.document.title}\n{document_text(plan.document)}\nThời kỳ: {period_text(plan.period)}",
            _counts(plan),
            "\n".join((names_now(directory, plan.province, (plan.coordinator,)), *reporting_lines(plan, directory))),
        )
        for plan in plans
    )
    total = sum(len(plan.tasks) for plan in plans)
    indicators = sum(len(plan.indicators) for plan in plans)
    closing = f"Tổng cộng: {len(plans)} kế hoạch, {total} nhiệm vụ, {indicators} chỉ tiêu."
    return Listing((Block(columns=_COLUMNS, rows=rows), Block(lines=(closing,))))


def plans_sheet(plans: tuple[Plan, ...], directory: Directory) -> Sheet:
    """Return the plans as one flat table."""
    headers = ("Mã", "Tỉnh", "Văn bản", "Tên", "Thời kỳ", "Nhiệm vụ", "Chỉ tiêu", "Đầu mối", "Chế độ báo cáo")
    rows = tuple(
        (
            plan.id,
            plan.province,
            document_text(plan.document),
            plan.document.title,
            period_text(plan.period),
            str(len(plan.tasks)),
            str(len(plan.indicators)),
            names_now(directory, plan.province, (plan.coordinator,)),
            "; ".join(reporting_lines(plan, directory)),
        )
        for plan in plans
    )
    return Sheet(headers, rows)


def reporting_lines(plan: Plan, directory: Directory) -> Iterator[str]:
    """Yield the reporting rules of the plan."""
    for rule in plan.reporting:
        to = names_now(directory, plan.province, rule.recipients)
        kinds = "".join(f", {KIND_WORDS[kind]}" for kind in rule.periods)
        of = f"; kỳ: {kinds[2:]}" if kinds else ""
        yield f"{_sender(rule, plan, directory)} báo cáo {to}: {_when(rule)} ({rule.source}{of})"


def _sender(rule: ReportingRule, plan: Plan, directory: Directory) -> str:
    if rule.level == "unit":
        return "đơn vị được giao chủ trì" if rule.leads_only else "các đơn vị"
    return names_now(directory, plan.province, rule.senders)


def _when(rule: ReportingRule) -> str:
    if rule.embedded_in:
        return f"lồng ghép vào {rule.embedded_in}"
    return rule.due.text or "không ghi thời hạn"


def _counts(plan: Plan) -> str:
    words = {
        TaskKind.TASK: "nhiệm vụ",
        TaskKind.PROGRAMME: "chương trình, đề án, dự án",
        TaskKind.ORGANISATION: "việc tổ chức thực hiện",
    }
    counts = {kind: sum(task.kind is kind for task in plan.tasks) for kind in TaskKind}
    lines = [f"{count} {words[kind]}" for kind, count in counts.items() if count]
    return "\n".join([*lines, f"{len(plan.indicators)} chỉ tiêu"])
