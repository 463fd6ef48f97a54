"""What the cache holds of each kind of file: findings, then values; a plan's rows one by one, with an index of bodies."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kehoach_cli.core.duties.match import bodies_in
from kehoach_cli.core.model.agency import Registry
from kehoach_cli.core.model.finding import Finding
from kehoach_cli.core.model.plan import Indicator, Plan, Task
from kehoach_cli.store.cache.cache import DamagedError, Entry
from kehoach_cli.store.cache.codec import built, plain

# A plan's chunks: what is always needed, everything but the rows, the indexes of tasks and of indicators, then the rows.
_BRIEF, _HEAD, _INDEX, _, _ROWS = range(5)
_FIELDS = tuple(Plan.__annotations__)
_ROW_FIELDS = ("tasks", "indicators")
# Above this share of its rows a plan is read whole.
_MOST = 0.3


class Reading(Struct, frozen=True):
    """What reading one file gave: its findings, whether they make it unusable, and its value (None where there is none).

    `order` is where a plan stands among others, `id_mark` line and column of its id.
    """

    file: str
    findings: tuple[Finding, ...]
    fatal: bool
    value: Any = None
    order: tuple[Any, ...] = ()
    id_mark: tuple[int, int] = (1, 1)


class About(Struct, frozen=True):
    """What is known of a registry or a plan before the rules look at it, and tells whether it is asked for.

    `ids` are the ids it gives itself, `elsewhere` whether another file may have caused a finding on it, `plan_id` the id of a
    plan that can be used.
    """

    path: str
    kind: str
    province: str
    ids: tuple[str, ...]
    elsewhere: bool
    plan_id: str | None


class Checked(Struct, frozen=True):
    """What checking one file by itself gave: its findings (None: they were not asked for), and whether they may be kept.

    Where reports speak of plans it has the plan, first encoded as the cache keeps it (`lines`). `key` is that of what was
    read of it.
    """

    about: About
    found: list[Finding] | None
    plan: Plan | None = None
    lasting: bool = True
    key: str = ""
    lines: Sequence[bytes] = ()


def checked_chunk(checked: Checked) -> Any:
    """Return what checking a file gave as plain data."""
    about = checked.about
    found = checked.found if checked.found is None else [plain(finding) for finding in checked.found]
    return [about.province, list(about.ids), about.elsewhere, about.plan_id, found]


def stored_checked(entry: Entry, path: str, kind: str) -> Checked:
    """Return what checking a file gave an earlier run.

    Raises:
        DamagedError: the entry is damaged.
    """
    try:
        province, ids, elsewhere, plan_id, found = entry[0]
        about = About(path, kind, province, tuple(ids), bool(elsewhere), plan_id)
        return Checked(about, None if found is None else [built(finding) for finding in found])
    except _NOT_OURS as error:
        raise DamagedError from error


def plan_chunks(reading: Reading) -> Iterator[Any]:
    """Yield a read plan as chunks of plain data."""
    plan: Plan | None = reading.value
    naming = [plan.id, plan.province] if plan else None
    yield [reading.fatal, _bare(reading.findings), naming, list(reading.order), list(reading.id_mark)]
    if plan:
        yield plain(replace(plan, tasks=(), indicators=(), file=""))
        yield [0, _index(plan.tasks)]
        yield [len(plan.tasks), _index(plan.indicators)]
        yield from map(plain, (*plan.tasks, *plan.indicators))


def stored_plan(entry: Entry, file: str, reread: Callable[[], Plan]) -> Reading:
    """Return a plan from the cache; `reread` reads it anew where an entry turns out to be damaged.

    Raises:
        DamagedError: already what is always needed of it is damaged.
    """
    try:
        fatal, findings, naming, order, mark = entry[_BRIEF]
        plan = StoredPlan.of(entry, file, naming, reread) if naming else None
        return Reading(file, _placed(findings, file), bool(fatal), plan, tuple(order), (mark[0], mark[1]))
    except _NOT_OURS as error:
        raise DamagedError from error


def values_chunks(readings: Iterable[Reading], value: Callable[[Any], Any]) -> Iterator[Any]:
    """Yield read registries or reports as chunks of plain data, `value` making plain data of what each one holds."""
    for reading in readings:
        yield [reading.file, reading.fatal, _bare(reading.findings), value(reading.value)]


def stored_values(entry: Entry, value: Callable[[Any], Any]) -> list[Reading]:
    """Return registries or reports from the cache.

    Raises:
        DamagedError: the entry is damaged.
    """
    try:
        return [
            Reading(file, _placed(findings, file), bool(fatal), value(data))
            for file, fatal, findings, data in entry.tail(0)
        ]
    except _NOT_OURS as error:
        raise DamagedError from error


def plain_registry(registry: Registry | None) -> Any:
    """Return a registry as plain data, with the index of its names."""
    if registry is None:
        return None
    successors = [plain(heir) for heir in registry.successors]
    return [registry.province, registry.name, plain(dict(registry.agencies)), registry.by_key, successors]


def built_registry(data: Any) -> Registry | None:
    """Return the registry that plain data stand for."""
    if data is None:
        return None
    province, name, agencies, by_key, successors = data
    registry = Registry(province, name, built(agencies), tuple(built(heir) for heir in successors))
    registry.__dict__["by_key"] = by_key
    return registry


class StoredPlan(Plan, frozen=True, dict=True):
    """A plan in the cache; its parts are read when they are asked for."""

    @classmethod
    def of(cls, entry: Entry, file: str, naming: Sequence[str], reread: Callable[[], Plan]) -> "StoredPlan":
        """Return the plan of an entry, of which nothing is read yet."""
        known = {"file": file, "id": naming[0], "province": naming[1]}
        plan = cls(**{name: known.get(name) for name in _FIELDS})  # type: ignore[arg-type]
        for name in _FIELDS:
            if name not in known:
                getattr(Plan, name).__delete__(plan)
        plan.__dict__.update(_entry=entry, _reread=reread)
        return plan

    def __getattr__(self, name: str) -> Any:
        """Read the part of the plan that is asked for and not there yet."""
        if name not in _FIELDS:
            raise AttributeError(name)
        try:
            self._read_rows() if name in _ROW_FIELDS else self._read_head()
        except _NOT_OURS:
            whole = self._reread()
            for field in _FIELDS:
                getattr(Plan, field).__set__(self, getattr(whole, field))
        return object.__getattribute__(self, name)

    def tasks_naming(self, bodies: frozenset[str]) -> Iterable[Task]:
        """Return at least the tasks that share an id with `bodies`, in their order."""
        return self._naming(0, bodies)

    def indicators_naming(self, bodies: frozenset[str]) -> Iterable[Indicator]:
        """Return at least the indicators that share an id with `bodies`, in their order."""
        return self._naming(1, bodies)

    def indicators_led(self, bodies: frozenset[str]) -> int:
        """Return how many indicators one of `bodies` answers for."""
        try:
            return len(self._places(1, bodies)[1])
        except _NOT_OURS:
            return Plan.indicators_led(self, bodies)

    def _places(self, kind: int, bodies: frozenset[str]) -> tuple[int, list[int]]:
        """Return where the tasks (the indicators, if `kind`) begin among the rows, and those that share an id with `bodies`."""
        first, index = self._entry[_INDEX + kind]
        return first, sorted({row for body in bodies & index.keys() for row in index[body]})

    def _naming(self, kind: int, bodies: frozenset[str]) -> Sequence[Any]:
        try:
            first, wanted = self._places(kind, bodies)
            if len(wanted) <= _MOST * len(self._entry):
                return [built(self._entry[_ROWS + first + row]) for row in wanted]
        except _NOT_OURS:
            pass
        rows: tuple[Any, ...] = getattr(self, _ROW_FIELDS[kind])
        return rows

    def _read_head(self) -> None:
        head = built(self._entry[_HEAD])
        for field in _FIELDS:
            if field not in {*_ROW_FIELDS, "file"}:
                getattr(Plan, field).__set__(self, getattr(head, field))

    def _read_rows(self) -> None:
        tasks, _ = self._entry[_INDEX + 1]
        rows = [built(row) for row in self._entry.tail(_ROWS)]
        for field, value in zip(_ROW_FIELDS, (tuple(rows[:tasks]), tuple(rows[tasks:])), strict=True):
            getattr(Plan, field).__set__(self, value)


_NOT_OURS = (DamagedError, ValueError, TypeError, LookupError, ArithmeticError, AttributeError)


def _index(rows: Iterable[Task | Indicator]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for body in sorted(bodies_in(row)):
            index.setdefault(body, []).append(number)
    return index


def _bare(findings: Iterable[Finding]) -> Any:
    """Return findings without the name of their file, which depends on where the program is called."""
    return [plain(replace(finding, file="")) for finding in findings]


def _placed(data: Iterable[Any], file: str) -> tuple[Finding, ...]:
    return tuple(replace(built(finding), file=file) for finding in data)
