"""A check by agency: each body of the day with the indicators it reports on and the tasks it leads."""

from msgspec import Struct, field

from kehoach_cli.core.check.submissions import Check, CheckRow
from kehoach_cli.core.duties.assess import State, TaskStates
from kehoach_cli.core.duties.bodies import bearer_at
from kehoach_cli.core.duties.led_parts import LedPart, led_parts, part_state
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.plan import Plan, Task


class Led(Struct, frozen=True):
    """A task that a body leads, in the state of the part that this body has."""

    plan: Plan
    task: Task
    state: State

    @property
    def ref(self) -> str:
        """The reference people write: `kh-176/PL2.III.1`."""
        return f"{self.plan.id}/{self.task.id}"


class BodyPart(Struct):
    """What of a check stands under one body of the day: `led` is its id, and the names by which plans print it."""

    province: str
    led: LedPart
    rows: list[CheckRow] = field(default_factory=list)
    tasks: list[Led] = field(default_factory=list)


def by_agency(catalogue: Catalogue, result: Check) -> list[BodyPart]:
    """Return the rows and tasks of a check under the bodies of its day, in the order of their first row.

    A dissolved body stands under its one heir. A task with several leads stands under each of them.
    """
    directory = catalogue.directory
    parts: dict[tuple[str, str], BodyPart] = {}

    def part(province: str, led: LedPart) -> BodyPart:
        agency = directory.get(province, led.bearer)
        found = parts.setdefault(
            (agency.province if agency else province, agency.id if agency else led.bearer),
            BodyPart(province, LedPart(led.bearer)),
        )
        found.led = LedPart(found.led.bearer, (*found.led.named, *led.named))
        return found

    for row in result.rows:
        province = row.plan.province
        bearer = bearer_at(directory, province, row.agency, result.as_of) if row.agency else None
        body = directory.ref(province, bearer.agency) if bearer else row.agency or ""
        part(province, LedPart(body, (row.agency,) if row.agency else ())).rows.append(row)
    states = TaskStates(directory, catalogue.submissions)
    for count in result.tasks:
        plan, day = count.plan, count.as_of
        for task, _ in count.states:
            for led in led_parts(directory, plan, task, day):
                state = part_state(states, plan, task, led, day)
                part(plan.province, led).tasks.append(Led(plan, task, state))
    return list(parts.values())
