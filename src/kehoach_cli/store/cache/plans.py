"""Plans in the cache: each row by itself, with an index of the bodies that rows name."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Raw, Struct
from msgspec.structs import replace

from kehoach_cli.core.duties.match import bodies_in
from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.plan import Indicator, Plan, Task
from kehoach_cli.store.cache.database import Cache, DamagedError, EncodedPlan
from kehoach_cli.store.cache.values import DAMAGE, decoder, encoded

_FIELDS = Plan.__struct_fields__
_ROW_FIELDS = ("tasks", "indicators")
# Above this share of its rows a plan is read whole.
_MOST = 0.3


class PlanBrief(Struct, frozen=True, array_like=True):
    """What is needed of every plan file, also of one that cannot be used; the other values are those of `LoadedFile`.

    A plan has its id, its province, the numbers of its rows, and for each body the positions of the rows that name it.
    """

    findings: tuple[Finding, ...]
    fatal: bool
    order: tuple[str, int, int, str]
    id_mark: tuple[int, int]
    id: str | None = None
    province: str = ""
    tasks: int = 0
    indicators: int = 0
    # Decoded when it is asked for: as a dict, ten thousand of them take a hundred megabytes.
    positions: Raw = Raw(encoded({}))


def encoded_plan(brief: PlanBrief, plan: Plan | None) -> EncodedPlan:
    """Return a plan as the cache keeps it, with what `brief` says of its file."""
    if plan is None:
        return EncodedPlan(encoded(brief), b"", [])
    rows: tuple[Task | Indicator, ...] = (*plan.tasks, *plan.indicators)
    positions: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for body in sorted(bodies_in(row)):
            positions.setdefault(body, []).append(number)
    naming = {"id": plan.id, "province": plan.province, "positions": Raw(encoded(positions))}
    brief = replace(brief, tasks=len(plan.tasks), indicators=len(plan.indicators), **naming)
    return EncodedPlan(
        encoded(brief), encoded(replace(plan, tasks=(), indicators=(), file="")), [encoded(row) for row in rows]
    )


def decoded_brief(data: bytes) -> PlanBrief:
    """Return what is needed of every plan file.

    Raises:
        DamagedError: these bytes are nothing of ours.
    """
    try:
        brief: PlanBrief = decoder(PlanBrief).decode(data)
    except DAMAGE as error:
        raise DamagedError from error
    return brief


class CachedPlan(Plan, frozen=True, dict=True):
    """A plan whose parts are read from the cache when they are first asked for."""

    @classmethod
    def of(cls, cache: Cache, key: str, brief: PlanBrief, file: str, reread: Callable[[], Plan]) -> "CachedPlan":
        """Return the plan with this key; `reread` reads its file again where the cache no longer has it."""
        known = {"file": file, "id": brief.id, "province": brief.province}
        plan = cls(**{name: known.get(name) for name in _FIELDS})  # type: ignore[arg-type]
        for name in _FIELDS:
            if name not in known:
                getattr(Plan, name).__delete__(plan)
        plan.__dict__.update(_cache=cache, _key=key, _brief=brief, _reread=reread)
        return plan

    def __getattr__(self, name: str) -> Any:
        """Read the part of the plan that is asked for."""
        if name not in _FIELDS:
            raise AttributeError(name)
        try:
            self._read_rows() if name in _ROW_FIELDS else self._read_head()
        except DAMAGE:
            whole = self._reread()
            for field in _FIELDS:
                getattr(Plan, field).__set__(self, getattr(whole, field))
        return object.__getattribute__(self, name)

    def __eq__(self, other: object) -> bool:
        """Compare the values, whatever was read so far."""
        return isinstance(other, Plan) and all(getattr(self, name) == getattr(other, name) for name in _FIELDS)

    __hash__ = Plan.__hash__

    def __reduce__(self) -> Any:
        """Give other processes the whole plan."""
        return Plan, tuple(getattr(self, name) for name in _FIELDS)

    def tasks_naming(self, bodies: frozenset[str]) -> Iterable[Task]:
        """Return at least the tasks that share an id with `bodies`, in their order."""
        found = self._naming(range(self._brief.tasks), bodies, Task)
        return self.tasks if found is None else found

    def indicators_naming(self, bodies: frozenset[str]) -> Iterable[Indicator]:
        """Return at least the indicators that share an id with `bodies`, in their order."""
        found = self._naming(self._indicator_positions, bodies, Indicator)
        return self.indicators if found is None else found

    def indicators_led(self, bodies: frozenset[str]) -> int:
        """Return how many indicators one of `bodies` answers for."""
        return len(self._positions(self._indicator_positions, bodies))

    @property
    def _indicator_positions(self) -> range:
        return range(self._brief.tasks, self._brief.tasks + self._brief.indicators)

    def _positions(self, among: range, bodies: frozenset[str]) -> list[int]:
        index = decoder(dict[str, list[int]]).decode(self._brief.positions)
        found = {position for body in bodies & index.keys() for position in index[body]}
        return sorted(position for position in found if position in among)

    def _naming(self, among: range, bodies: frozenset[str], kind: type[Any]) -> list[Any] | None:
        """Return the rows that name one of `bodies`; None where it is better to read all of them."""
        try:
            wanted = self._positions(among, bodies)
            few = len(wanted) <= _MOST * (self._brief.tasks + self._brief.indicators)
            return self._rows(wanted, kind) if few else None
        except DAMAGE:
            return None

    def _rows(self, positions: Sequence[int], kind: type[Any]) -> list[Any]:
        decode = decoder(kind).decode
        return [decode(row) for row in self._cache.rows(self._key, positions)]

    def _read_head(self) -> None:
        head = decoder(Plan).decode(self._cache.head(self._key))
        for field in _FIELDS:
            if field not in {*_ROW_FIELDS, "file"}:
                getattr(Plan, field).__set__(self, getattr(head, field))

    def _read_rows(self) -> None:
        tasks = tuple(self._rows(range(self._brief.tasks), Task))
        indicators = tuple(self._rows(self._indicator_positions, Indicator))
        Plan.tasks.__set__(self, tasks)  # type: ignore[attr-defined]
        Plan.indicators.__set__(self, indicators)  # type: ignore[attr-defined]
