"""A province merged into another: its plans are found by its heir, whose bodies answer for those of the old province."""

from datetime import date

import pytest
from msgspec.structs import replace

from kehoach_cli.core.duties.assess import TaskStates
from kehoach_cli.core.duties.match import Matcher, Via
from kehoach_cli.core.duties.select import TaskQuery, select_indicators, select_tasks
from kehoach_cli.core.model.agency import CENTRAL, Agency, Directory, Registry, Successor
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.progress import Status, Submission, SubmittedTask
from kehoach_cli.core.report.compile import Order, compile_report
from kehoach_cli.store.workspace.load import load
from kehoach_cli.store.workspace.paths import Root

OLD, NEW, OTHER = "bac-kan", "thai-nguyen", "cao-bang"
MARCH, JULY = date(2025, 3, 1), date(2025, 7, 1)


def body(province: str, agency_id: str, name: str, *heirs: Successor, members: tuple[str, ...] = ()) -> Agency:
    return Agency(agency_id, name, "so", province, successors=heirs, group=bool(members), members=members)


@pytest.fixture(scope="module")
def directory() -> Directory:
    old = [
        body(OLD, "so-tnmt", "Sở Tài nguyên và Môi trường", Successor("so-nnmt", MARCH)),
        body(OLD, "so-nnmt", "Sở Nông nghiệp và Môi trường", Successor(f"{NEW}/so-nnmt", JULY, certain=False)),
        body(OLD, "nhom", "Các sở", members=("so-tnmt",)),
    ]
    new = [
        body(NEW, "so-nnmt", "Sở Nông nghiệp và Môi trường"),
        body(NEW, "so-y-te", "Sở Y tế", Successor("so-moi", JULY)),
        body(NEW, "so-moi", "Sở Mới"),
    ]
    registries = [
        Registry(OLD, "Bắc Kạn", {one.id: one for one in old}, (Successor(NEW, JULY),)),
        Registry(NEW, "Thái Nguyên", {one.id: one for one in new}),
        Registry(OTHER, "Cao Bằng", {"so-nnmt": body(OTHER, "so-nnmt", "Sở Nông nghiệp và Môi trường")}),
        Registry(CENTRAL, "Trung ương", {}),
    ]
    return Directory({registry.province: registry for registry in registries})


def known(directory: Directory, province: str, agency_id: str) -> Agency:
    found = directory.get(province, agency_id)
    assert found is not None
    return found


def test_an_heir_may_stand_in_another_province(directory: Directory) -> None:
    (heir,) = directory.heirs(known(directory, OLD, "so-tnmt"))
    assert (heir.province, heir.id) == (NEW, "so-nnmt")
    assert directory.ref(OLD, heir) == "thai-nguyen/so-nnmt"
    assert directory.get(OLD, "thai-nguyen/so-nnmt") is heir
    assert directory.name(OLD, "thai-nguyen/so-nnmt") == "Sở Nông nghiệp và Môi trường (Thái Nguyên)"
    assert not directory.heirs_certain(known(directory, OLD, "so-tnmt"))
    step = directory.succession(OLD, "so-nnmt", "thai-nguyen/so-nnmt")
    assert step is not None
    assert step.since == JULY


def test_predecessors_are_named_as_the_province_that_asks_knows_them(directory: Directory) -> None:
    heir = known(directory, NEW, "so-nnmt")
    assert directory.predecessors(heir, OLD) == {"so-nnmt": ("so-nnmt",), "so-tnmt": ("so-tnmt", "so-nnmt")}
    assert set(directory.predecessors(heir)) == {"bac-kan/so-nnmt", "bac-kan/so-tnmt"}
    assert directory.predecessors(known(directory, OTHER, "so-nnmt")) == {}


def test_a_province_has_the_plans_of_those_merged_into_it(directory: Directory) -> None:
    assert directory.lineage(NEW) == {NEW, OLD}
    assert directory.lineage(OLD) == {OLD}
    heir = known(directory, NEW, "so-nnmt")
    assert [one for one in (OLD, NEW, OTHER) if directory.concerns(heir, one)] == [OLD, NEW]


def test_an_old_name_is_found_through_the_heir(directory: Directory) -> None:
    assert [(one.province, one.id) for one in directory.resolve("Sở TN&MT", NEW)] == [(OLD, "so-tnmt")]
    assert [one.province for one in directory.resolve("Sở NN&MT", NEW)] == [NEW]
    assert directory.resolve("Sở TN&MT", OTHER) == ()


def test_a_matcher_follows_the_heir_into_the_old_province(directory: Directory) -> None:
    matcher = Matcher(directory, OLD, known(directory, NEW, "so-nnmt"))
    assert {"so-tnmt", "so-nnmt", "nhom"} <= matcher.bodies
    assert matcher.agency_id == "thai-nguyen/so-nnmt"
    # The same id in another province is another body.
    stranger = Matcher(directory, OLD, known(directory, OTHER, "so-nnmt"))
    assert not {"so-tnmt", "so-nnmt"} & stranger.bodies


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """Return a workspace as `init` writes it for Bắc Kạn, whose heir is Thái Nguyên."""
    from kehoach_cli.store.workspace.init import Starter, starter_files

    root = tmp_path_factory.mktemp("merged")
    for name, data in starter_files(Starter(OLD, "Bắc Kạn", "kh-cu", "Kế hoạch cũ", 2024)).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    workspace = load(Root(root), cached=False)
    assert workspace.findings == ()
    return workspace.catalogue


def test_the_heir_s_province_lists_the_old_plan(merged: Catalogue) -> None:
    query = TaskQuery(as_of=date(2026, 1, 1), province=NEW)
    (answer,) = select_tasks(merged, query)
    assert {row.plan.province for row in answer.rows} == {OLD}


def test_the_heir_answers_for_the_rows_of_the_old_body(merged: Catalogue) -> None:
    agencies = merged.directory.resolve("Sở Y tế", NEW)
    (answer,) = select_tasks(merged, TaskQuery(as_of=date(2026, 1, 1), province=NEW, agencies=agencies))
    assert answer.province == NEW
    assert [(row.task.id, row.via) for row in answer.rows] == [("II.3", Via.SUCCESSOR)]
    assert answer.rows[0].matches[0].certain
    (found,) = select_indicators(merged, agencies, frozenset(), NEW, None)
    assert [row.indicator.id for row in found.rows] == ["PL.2"]
    (strict,) = select_tasks(merged, TaskQuery(as_of=date(2026, 1, 1), province=NEW, agencies=agencies, direct=True))
    assert strict.rows == ()


def test_the_old_body_is_asked_for_by_its_own_province(merged: Catalogue) -> None:
    agencies = merged.directory.resolve("bac-kan/Sở Y tế")
    (answer,) = select_tasks(merged, TaskQuery(as_of=date(2026, 1, 1), agencies=agencies))
    assert [row.via for row in answer.rows] == [Via.DIRECT]


def test_the_heir_s_own_word_counts_where_the_old_province_has_no_body_of_its_id(merged: Catalogue) -> None:
    (plan,) = merged.plans
    heir, day = Agency("so-moi", "Sở Mới", "so", NEW), date(2026, 1, 1)
    old = replace(known(merged.directory, OLD, "so-y-te"), successors=(Successor(f"{NEW}/so-moi", JULY),))
    registries = dict(merged.directory.registries)
    for agency in (heir, old):
        registry = registries[agency.province]
        registries[agency.province] = replace(registry, agencies={**registry.agencies, agency.id: agency})
    directory = Directory(registries)
    told = Submission(plan.id, f"{NEW}/so-moi", 2025, day, "a.yaml", tasks={"II.3": SubmittedTask(Status.IN_PROGRESS)})
    (task,) = (one for one in plan.tasks if one.id == "II.3")
    states = TaskStates(directory, (told,))
    assert states.own_state(plan, task, heir, day).status is Status.IN_PROGRESS
    whole = replace(merged, directory=directory, submissions=(told,))
    report = compile_report(whole, Order(plan, Period(2025), day), heir)
    assert report.unit is not None
    assert (report.unit.id, report.unit.name) == (f"{NEW}/so-moi", "Sở Mới")
    assert [line.id for line in report.tasks.lines] == ["II.3"]
