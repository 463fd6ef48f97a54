"""Reports that another document than the plan asks for, as the settings of the workspace name it."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.model.period import PeriodKind
from kehoach_cli.core.model.plan import Plan


class AskedPeriods(Struct, frozen=True):
    """The kinds of periods that a document asks reports for."""

    kinds: tuple[PeriodKind, ...]
    document: str


def with_asked_periods(plans: Iterable[Plan], asked: Mapping[str, AskedPeriods]) -> Iterator[Plan]:
    """Yield the plans; where a document asks for more reports, the rule on the units' reports says so."""
    for plan in plans:
        more = asked.get(plan.id)
        yield _asking(plan, more) if more else plan


def without_senders(plans: Iterable[Plan], asked: Mapping[str, AskedPeriods]) -> Iterator[str]:
    """Yield the plans that say nothing of reports of units, so that nobody knows whom the document asks."""
    for plan in plans:
        if plan.id in asked and not any(rule.level == "unit" for rule in plan.reporting):
            yield plan.id


def _asking(plan: Plan, more: AskedPeriods) -> Plan:
    rules = tuple(
        replace(rule, also=more.kinds, also_by=more.document) if rule.level == "unit" else rule
        for rule in plan.reporting
    )
    # A plan from the cache is read whole: its parts could not be replaced.
    values = {name: getattr(plan, name) for name in Plan.__struct_fields__}
    return Plan(**{**values, "reporting": rules})
