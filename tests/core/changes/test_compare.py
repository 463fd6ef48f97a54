"""What changed between two versions: entries keep their identity, and nothing is said twice."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kehoach_cli.core.changes.compare import compare
from kehoach_cli.core.changes.rows import row_changes
from kehoach_cli.core.changes.words import differences, shortened
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.change import Change, ChangeKind, ChangeTopic, Part
from kehoach_cli.core.model.plan import Document, Plan, PlanYears, Section, Task, TaskKind
from kehoach_cli.core.notation.schedule import Schedule, ScheduleKind
from kehoach_cli.viet.dates import PartialDate

WORDS = ("rà soát", "nước thải", "trồng rừng", "cấp giấy phép", "quan trắc", "chuyển đổi số", "đào tạo", "thu phí")


PLAN = Plan(
    id="kh-mau",
    province="mau",
    document=Document(
        "KH", "1/KH-UBND", PartialDate(2022, 1, 10), "ubnd-tinh", "Bảo vệ môi trường", "Kế hoạch số 1/KH-UBND"
    ),
    period=PlanYears(2022, 2030),
    coordinator="so-a",
    objectives=(),
    funding=(),
    reporting=(),
    clauses=(),
    sections=(),
    tasks=(),
    indicators=(),
)


def task(row: str, text: str, *lead: str, section: str | None = None) -> Task:
    return Task(row, TaskKind.TASK, text, section, lead)


def with_tasks(*tasks: Task) -> Plan:
    return replace(PLAN, tasks=tasks)


def said(changes: tuple[Change, ...]) -> list[tuple[str, str, str, str | None, str | None]]:
    return [(one.kind.value, one.entry, one.field, one.old, one.new) for one in changes]


def test_a_plan_is_equal_to_itself(catalogue: Catalogue) -> None:
    for plan in catalogue.plans:
        assert compare(plan, plan) == ()
    for registry in catalogue.directory.registries.values():
        assert compare(registry, registry) == ()


def test_values_of_different_kinds_are_not_compared(catalogue: Catalogue) -> None:
    registry = next(iter(catalogue.directory.registries.values()))
    assert compare(catalogue.plans[0], registry) == ()
    assert compare((), registry) == ()


def test_two_texts_swapped_are_two_changes() -> None:
    old = with_tasks(
        task("I.1", "Rà soát quy hoạch nước thải.", "a"), task("I.2", "Trồng rừng ven biển phía nam.", "b")
    )
    new = with_tasks(
        task("I.1", "Trồng rừng ven biển phía nam.", "a"), task("I.2", "Rà soát quy hoạch nước thải.", "b")
    )
    found = compare(old, new)
    assert {one.entry for one in found} == {"I.1", "I.2"}
    assert all(one.topic in {ChangeTopic.WORDING, ChangeTopic.ENTRY, ChangeTopic.AGENCY} for one in found)
    assert not any(one.kind in {ChangeKind.ADDED, ChangeKind.DROPPED} and not one.field for one in found)


def test_a_row_with_a_new_id_and_a_small_mend_is_the_same_row() -> None:
    old = with_tasks(task("I.1", "Rà soát quy hoạch thu gom nước thải đô thị.", "a"))
    new = with_tasks(task("I.7", "Rà soát quy hoạch thu gom nước thải nông thôn.", "a"))
    assert said(compare(old, new)) == [
        ("renumbered", "I.7", "", "I.1", "I.7"),
        ("changed", "I.7", "text", old.tasks[0].text, new.tasks[0].text),
    ]


def test_another_row_under_another_id_is_another_row() -> None:
    old = with_tasks(task("I.1", "Rà soát quy hoạch thu gom nước thải đô thị."))
    new = with_tasks(task("I.7", "Đào tạo cán bộ về chuyển đổi số."))
    assert [one.kind for one in compare(old, new)] == [ChangeKind.DROPPED, ChangeKind.ADDED]


def test_what_a_heading_says_is_named_at_the_heading_only() -> None:

    def under(end: str) -> Plan:
        schedule = Schedule(end, ScheduleKind.UNTIL)
        rows = [
            replace(task(f"I.{n}", f"Việc số {n} của mục này", section="I"), schedule=schedule.from_heading("I"))
            for n in (1, 2)
        ]
        return replace(with_tasks(*rows), sections=(Section("I", "NHIỆM VỤ", schedule=schedule),))

    assert said(compare(under("đến năm 2025"), under("đến năm 2026"))) == [
        ("changed", "I", "schedule", "đến năm 2025", "đến năm 2026")
    ]


def test_a_section_that_is_dropped_explains_where_its_rows_went() -> None:
    plan = with_tasks(task("I.1.1", "Trồng rừng", section="I.1"))
    old = replace(plan, sections=(Section("I", "NHIỆM VỤ"), Section("I.1", "Rừng")))
    new = replace(plan, sections=(Section("I", "NHIỆM VỤ"),), tasks=(replace(plan.tasks[0], section="I"),))
    assert said(compare(old, new)) == [("dropped", "I.1", "", "Rừng", None)]


def test_a_row_put_under_another_heading_is_said_even_beside_new_headings() -> None:
    sections = (Section("I", "NHIỆM VỤ"), Section("II", "GIẢI PHÁP"))
    old = replace(with_tasks(task("I.1", "Trồng rừng", section="I")), sections=sections)
    new = replace(
        with_tasks(task("I.1", "Trồng rừng", section="III")), sections=(*sections, Section("III", "TỔ CHỨC THỰC HIỆN"))
    )
    assert said(compare(old, new)) == [
        ("added", "III", "", None, "TỔ CHỨC THỰC HIỆN"),
        ("changed", "I.1", "section", "I", "III"),
    ]


def test_rows_of_a_renumbered_heading_are_in_the_same_section() -> None:
    old = replace(with_tasks(task("I.1", "Trồng rừng", section="II")), sections=(Section("II", "GIẢI PHÁP"),))
    new = replace(with_tasks(task("I.1", "Trồng rừng", section="III")), sections=(Section("III", "GIẢI PHÁP"),))
    assert said(compare(old, new)) == [("renumbered", "III", "", "II", "III")]


def test_bodies_that_change_places_are_not_lost_and_gained() -> None:
    old, new = (with_tasks(task("I.1", "Trồng rừng", *lead)) for lead in (("a", "b"), ("b", "a")))
    assert [one.kind for one in compare(old, new)] == [ChangeKind.MOVED]


def test_a_body_named_twice_and_then_once_is_not_silent() -> None:
    old, new = (with_tasks(task("I.1", "Trồng rừng", *lead)) for lead in (("a", "b", "a"), ("b", "a")))
    assert compare(old, new)


def test_a_heading_whose_number_another_one_has_now_is_not_the_same() -> None:
    """A new heading takes the number II; the old one is III now, and its row keeps the number of the heading."""
    old = replace(with_tasks(task("X.1", "Trồng rừng", section="II")), sections=(Section("II", "GIẢI PHÁP"),))
    new = replace(old, sections=(Section("II", "QUAN ĐIỂM"), Section("III", "GIẢI PHÁP")))
    (moved,) = (one for one in row_changes(old, new) if one.part is Part.TASK)
    assert (moved.kind, moved.sections) == (ChangeKind.MOVED, (old.sections[0], new.sections[0]))


rows = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from("abc")), min_size=1, max_size=8, unique_by=lambda row: row[0]
)


@given(rows, st.randoms(use_true_random=False))
def test_the_same_rows_in_another_order_only_move(listed: list[tuple[str, str]], chance: object) -> None:
    tasks = [task(f"I.{number}", text, lead) for number, (text, lead) in enumerate(listed)]
    shuffled = list(tasks)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    found = compare(with_tasks(*tasks), with_tasks(*shuffled))
    assert all(one.kind is ChangeKind.MOVED for one in found)
    assert len(found) < len(tasks)
    assert (found == ()) == (tasks == shuffled)


@given(rows, rows)
def test_every_difference_is_said_and_equal_plans_say_nothing(
    one: list[tuple[str, str]], other: list[tuple[str, str]]
) -> None:
    old, new = (
        with_tasks(*(task(f"I.{number}", text, lead) for number, (text, lead) in enumerate(listed)))
        for listed in (one, other)
    )
    found = compare(old, new)
    assert (found == ()) == (old == new)
    assert len(set(map(str, found))) == len(found)
    added = sum(change.kind is ChangeKind.ADDED and not change.field for change in found)
    dropped = sum(change.kind is ChangeKind.DROPPED and not change.field for change in found)
    assert len(old.tasks) + added - dropped == len(new.tasks)


def test_only_the_words_that_differ_are_shown_with_a_few_around_them() -> None:
    old = "các cơ sở sản xuất không đạt chuẩn phải dừng hoạt động ngay trong năm 2025"
    new = "các cơ sở sản xuất đạt chuẩn phải dừng hoạt động ngay trong năm 2052"
    assert [(one.old, one.new) for one in differences(old, new)] == [
        ("… sản xuất không đạt chuẩn …", "… sản xuất đạt chuẩn …"),
        ("… trong năm 2025", "… trong năm 2052"),
    ]


def test_a_long_place_is_cut_in_the_middle() -> None:
    (one,) = differences(" ".join(map(str, range(100))), "khác hẳn")
    assert one.old == "0 1 2 3 4 5 6 7 … 92 93 94 95 96 97 98 99"
    assert shortened("một hai") == "một hai"


texts = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


@given(texts, texts)
def test_texts_differ_where_their_words_do(old: str, new: str) -> None:
    assert (differences(old, new) == ()) == (old.split() == new.split())


def test_rows_of_a_long_plan_keep_their_identity_when_every_text_and_id_changes() -> None:
    words = [f"{one} {other} {third}" for one in WORDS for other in WORDS for third in WORDS if one != other]
    old = with_tasks(*(task(f"I.{at}", f"{text} trên địa bàn tỉnh {at}", "so-a") for at, text in enumerate(words, 1)))
    new = with_tasks(*(task(f"I.{at}", f"{text} trên địa bàn xã {at}", "so-a") for at, text in enumerate(words, 3)))
    new = replace(new, tasks=tuple(replace(one, text=one.text.rpartition(" ")[0]) for one in new.tasks))
    kinds = Counter(one.kind for one in compare(old, new))
    assert kinds == {ChangeKind.RENUMBERED: len(words), ChangeKind.CHANGED: len(words)}
