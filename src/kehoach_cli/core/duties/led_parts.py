"""Who leads a task on a day, and where the part of each one stands."""

from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.duties.assess import State, TaskStates
from kehoach_cli.core.duties.bodies import bearer_at, names_at, with_printed
from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.plan import Plan, Task

NO_LEAD = "Kế hoạch không nêu cơ quan chủ trì"


class LedPart(Struct, frozen=True):
    """The part of a task that one body leads on a day.

    `bearer` is the body's id as the plan's province knows it, empty where the plan names nobody. `named` are the bodies that
    the plan names, whose duty it is.
    """

    bearer: str
    named: tuple[str, ...] = ()


def led_parts(directory: Directory, plan: Plan, task: Task, day: date) -> tuple[LedPart, ...]:
    """Return a part for each body that leads a task on `day`; bodies with one heir are one body.

    Where the row names nobody, the bodies of the general clauses that assign it lead. A group is one body.
    """
    named = task.lead or tuple(one for clause in plan.clauses_for(task) for one in clause.agencies)
    found: dict[str, list[str]] = {}
    for lead in named:
        bearer = bearer_at(directory, plan.province, lead, day)
        heirs = [heir.agency for heir in task.now.get(lead, ())] if bearer and bearer.split else []
        one_bearer = directory.ref(plan.province, bearer.agency) if bearer else lead
        for one in dict.fromkeys(heirs) or [one_bearer]:
            found.setdefault(one, []).append(lead)
    return tuple(LedPart(bearer, tuple(leads)) for bearer, leads in found.items()) or (LedPart(""),)


def leads_now(directory: Directory, plan: Plan, task: Task, day: date) -> tuple[str, ...]:
    """Return the ids of the bodies of `day` that lead a task by name; none where the row names nobody."""
    return tuple(part.bearer for part in led_parts(directory, plan, task, day)) if task.lead else ()


def part_state(states: TaskStates, plan: Plan, task: Task, part: LedPart, day: date) -> State:
    """Return the state of one body's part of a task, from its own answers, whoever else leads the task."""
    now = {
        lead: tuple(heir for heir in task.now[lead] if heir.agency == part.bearer)
        for lead in part.named
        if any(heir.agency == part.bearer for heir in task.now.get(lead, ()))
    }
    return states.state(plan, replace(task, lead=part.named, now=now, body=None), day)


def bearer_name(directory: Directory, province: str, part: LedPart, day: date) -> str:
    """Return a body's name on `day`, with the names that the plan prints in brackets."""
    if not part.bearer:
        return NO_LEAD
    printed = [directory.name(province, one) for one in part.named]
    return with_printed(names_at(directory, province, [part.bearer], day), printed)
