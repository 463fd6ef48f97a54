"""K120: rows whose ids stand below a section that is not in `sections`."""

from collections.abc import Iterator

from kehoach_cli.core.model.finding import KeyPath, Severity
from kehoach_cli.core.model.plan import Plan, TaskKind, enclosing_section, is_within
from kehoach_cli.core.model.source_file import SourceFile
from kehoach_cli.rules.base import FoundBy, Rule, Violation
from kehoach_cli.rules.numbering import above, last_number, steps
from kehoach_cli.rules.rows import ids, indicators, items, passages, sections, tasks


def check(document: SourceFile) -> Iterator[Violation]:
    """Yield each section that ids name and `sections` lacks, where others of its level are listed, and each task so named.

    Without such others the plan file does not keep headings of that level. One row alone has more likely a wrong id, so the
    finding is there; where several rows need the section, it is where the section should stand.
    """
    plan = document.plan
    if plan is None:
        return
    levels = {above(section.id) for section in plan.sections}
    for missing, rows in _missing(plan).items():
        path, row_id = rows[0]
        if steps(row_id)[-1][0] == "-ct":
            message = f'chỉ tiêu "{row_id}" nằm trong nhiệm vụ "{missing}" không có trong tệp'
            yield Violation(message, (*path, "id"), hint="chép lại nhiệm vụ đó từ văn bản, hoặc sửa mã chỉ tiêu")
        elif above(missing) not in levels:
            continue
        elif len(rows) == 1:
            hint = f'sửa lại mã, hoặc thêm mục "{missing}" vào sections'
            yield Violation(f'mã "{row_id}" thuộc mục "{missing}" không có trong sections', (*path, "id"), hint=hint)
        else:
            yield _needed(plan, missing, f'{len(rows)} dòng có mã nằm trong đó, từ "{row_id}"')
    for missing, row_ids in _named(plan).items():
        if above(missing) in levels and (len(row_ids) > 1 or _counts_on(plan, missing)):
            yield _needed(plan, missing, f"khóa section của {', '.join(row_ids)} ghi mục đó")


def _needed(plan: Plan, missing: str, why: str) -> Violation:
    before = _before(plan, missing)
    hint = f'thêm mục "{missing}" với đúng tiêu đề của văn bản vào cạnh "{plan.sections[before].id}"'
    return Violation(f'thiếu mục "{missing}" mà {why}', ("sections", before, "id"), hint=hint)


def _named(plan: Plan) -> dict[str, list[str]]:
    """Return the missing sections that rows name by their key `section` and that no id stands below, with those rows.

    Where the id of a row says that it is elsewhere, the key is wrong.
    """
    listed = {section.id for section in plan.sections}
    told = listed | set(_missing(plan))
    found: dict[str, list[str]] = {}
    for _, row in items(plan):
        by_id = enclosing_section(row.id, listed)
        if row.section and row.section not in told and (by_id is None or is_within(row.section, by_id)):
            found.setdefault(row.section, []).append(row.id)
    return found


def _counts_on(plan: Plan, missing: str) -> bool:
    """Return whether the section would follow the last one of its series."""
    numbers = [last_number(section.id) for section in plan.sections if above(section.id) == above(missing)]
    own, known = last_number(missing), [number for number in numbers if number]
    return own is not None and bool(known) and own == (own[0], max(known)[1] + 1)


def _missing(plan: Plan) -> dict[str, list[tuple[KeyPath, str]]]:
    """Return the ids that others stand below and that are neither a section nor a row, each with those others."""
    listed = ids(plan)
    found: dict[str, list[tuple[KeyPath, str]]] = {}
    duties = {above(task.id) for task in plan.tasks if task.kind is TaskKind.ORGANISATION}
    # The parts of a numbered duty ("VI.1-2") may go without a heading.
    whole = {top for top in duties if above(top)}
    for path, row_id in _ids(plan):
        top = above(row_id)
        if top and top not in listed and top not in whole:
            found.setdefault(top, []).append((path, row_id))
    return found


def _ids(plan: Plan) -> Iterator[tuple[KeyPath, str]]:
    yield from ((path, section.id) for path, section in sections(plan))
    yield from ((path, passage.id) for path, passage in passages(plan))
    yield from ((path, task.id) for path, task in tasks(plan))
    yield from ((path, indicator.id) for path, indicator in indicators(plan))


def _before(plan: Plan, missing: str) -> int:
    """Return the place of the section behind which a missing one belongs; the first one where it belongs before all."""
    top = above(missing)
    earlier = [
        place
        for place, section in enumerate(plan.sections)
        if section.id == top or ((not top or is_within(section.id, top)) and steps(section.id) < steps(missing))
    ]
    return max(earlier, default=0)


RULE = Rule(
    code="K120",
    slug="missing-section",
    severity=Severity.WARNING,
    found_by=FoundBy.RULE,
    title="Thiếu mục, nhiệm vụ mà mã các dòng nói đến",
    why="""
        Mã của dòng cho biết dòng nằm trong mục nào: "II.1.2-3" nằm trong mục II.1.2; khóa section cũng vậy. Mục đó không có
        trong sections thì dòng bị xếp lên mục trên, mất tiêu đề và thời hạn ghi ở tiêu đề mà không ai hay. Chỉ báo khi các mục
        cùng cấp có trong sections, và không báo với việc nhỏ của phần tổ chức thực hiện ("VI.1-2"): các việc đó có khi không
        có tiêu đề, nên tệp không cho biết tiêu đề nào đã bị xóa. Chỉ tiêu "II.3.2-3-ct1" cũng phải có nhiệm vụ II.3.2-3.

        Thêm mục với đúng tiêu đề của văn bản; nếu chỉ một dòng gõ nhầm mã thì sửa mã.
    """,
    bad="""
        sections:
          - {id: I, title: NHIỆM VỤ}
          - {id: I.1, title: Nước thải}
        #        ^
          - {id: I.3, title: Khí thải}
        tasks:
          - {id: I.1.1, kind: task, text: Kiểm tra việc xử lý nước thải., lead: [so-a]}
          - {id: I.2.1, kind: task, text: Xét nghiệm nguồn nước sinh hoạt., lead: [so-a]}
          - {id: I.2.2, kind: task, text: Công bố kết quả xét nghiệm., lead: [so-a]}
    """,
    good="""
        sections:
          - {id: I, title: NHIỆM VỤ}
          - {id: I.1, title: Nước thải}
          - {id: I.2, title: Nước sinh hoạt}
          - {id: I.3, title: Khí thải}
        tasks:
          - {id: I.1.1, kind: task, text: Kiểm tra việc xử lý nước thải., lead: [so-a]}
          - {id: I.2.1, kind: task, text: Xét nghiệm nguồn nước sinh hoạt., lead: [so-a]}
          - {id: I.2.2, kind: task, text: Công bố kết quả xét nghiệm., lead: [so-a]}
    """,
    check=check,
)
