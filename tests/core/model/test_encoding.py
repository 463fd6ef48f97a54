"""The values that a cache holds can be encoded, and decoded into the same values with their types alone."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from kehoach_cli.core.model.agency import Agency, Registry, Successor
from kehoach_cli.core.model.finding import Finding, Severity
from kehoach_cli.core.model.plan import Heir, Indicator, Plan, Task, TaskKind, Withdrawal
from kehoach_cli.core.model.progress import Extension, IndicatorReport, Paper, Status, Submission, TaskReport
from kehoach_cli.core.notation.schedule import Schedule, ScheduleKind
from kehoach_cli.core.notation.target import Direction, Operator, Target, TargetPart
from kehoach_cli.store.workspace.load import load
from kehoach_cli.store.workspace.paths import Root
from kehoach_cli.viet.dates import PartialDate

_VALUES: tuple[msgspec.Struct, ...] = (
    Agency(
        id="so-y-te",
        name="Sở Y tế",
        kind="so",
        province="thanh-hoa",
        also=("Sở y tế tỉnh",),
        valid_to=date(2025, 2, 28),
        successors=(Successor("so-moi", date(2025, 3, 1), certain=False),),
    ),
    Finding("K301", Severity.ERROR, "plans/a.yaml", "sai", 3, 5, ("tasks", 2, "schedule"), "sửa", cell="A!B2"),
    Target(2030, "≥1,50", (TargetPart(Decimal("1.50"), operator=Operator.AT_LEAST, unit="%"),), since=2026),
    Schedule("đến 30/6", ScheduleKind.UNTIL, 2025, 2026, date(2026, 6, 30), (30, 6), "II"),
    PartialDate(2026, 4),
    Task(
        id="I.1",
        kind=TaskKind.TASK,
        text="Làm.",
        section=None,
        as_issued={"lead": "Sở Y tế"},
        now={"so-y-te": (Heir("so-moi", "một phần"),)},
        limited=frozenset({("lead", "so-a")}),
        withdrawn=Withdrawal(date(2026, 1, 1), "12/QĐ-UBND"),
    ),
    Indicator("PL1.1", "Tỷ lệ", "%", "PL1", Direction.INCREASE, (), baseline={2021: "84,5", 2022: None}),
    Submission(
        plan="kh-176",
        agency="so-y-te",
        year=2025,
        cutoff=date(2025, 12, 14),
        file="a.yaml",
        tasks={"I.1": TaskReport(Status.DONE, documents=(Paper("1/BC"),), extension=Extension(date(2026, 1, 1)))},
        indicators={"PL1.1": IndicatorReport(parts={"xã": "1"}, levels={2020: "5"}, estimate=True)},
        funding=({"source": "ngân sách"},),
        narrative={"difficulties": "ít người", "own": {"a": "b"}},
        at=(1,),
        lines={("tasks", "I.1"): 12, ("funding", 0): 20, (): 1},
        cells={("tasks", "I.1", "status"): "Nhiệm vụ!C4"},
    ),
)


def _again(value: object, kind: type) -> object:
    return msgspec.msgpack.decode(msgspec.msgpack.encode(value), type=kind)


@pytest.mark.parametrize("value", _VALUES, ids=lambda value: type(value).__name__)
def test_a_value_comes_back_as_it_was(value: msgspec.Struct) -> None:
    found = _again(value, type(value))
    assert found == value
    assert repr(found) == repr(value)


def test_every_shipped_plan_and_registry_comes_back_as_it_was() -> None:
    catalogue = load(Root(Path(__file__).parents[3]), cached=False).catalogue
    for plan in catalogue.plans:
        whole = Plan(*(getattr(plan, name) for name in Plan.__struct_fields__))
        assert _again(whole, Plan) == whole
    for registry in catalogue.directory.registries.values():
        assert _again(registry, Registry) == registry


def test_a_value_of_another_type_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        _again(_VALUES[1], Agency)
