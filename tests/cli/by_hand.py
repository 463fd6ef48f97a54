"""The figures of a report worked out from the YAML files alone, with none of the program's own functions."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ADVANCE = ["not_started", "waiting", "paused", "in_progress", "ongoing", "carried", "dropped", "done"]
COLUMNS = [
    "on_time", "late", "undated", "in_time", "overdue", "not_yet", "ongoing", "waiting", "carried", "dropped", "unreported",
]  # fmt: skip
DONE = ["on_time", "late", "undated"]
VERDICTS = ["exceeded", "met", "partly", "missed", "no_data"]


def read(path: Path) -> Any:
    """Read a YAML file."""
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))


@cache
def cached(path: Path) -> Any:
    """Read a file that does not change while the tests run."""
    return read(path)


def number(text: str) -> Decimal:
    """Read a number in Vietnamese notation."""
    return Decimal(text.replace(".", "").replace(",", "."))


def shown(value: Decimal, places: int = 2) -> str:
    """Write a number in Vietnamese notation with at most so many decimals."""
    text = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def percent(part: int, whole: int) -> str:
    """Return a share in percent with one decimal."""
    return shown(Decimal(part) * 100 / Decimal(whole), 1)


@dataclass
class Voices:
    """Who was asked and who answered: named leads, and the members of groups (0: not known)."""

    reported: int
    leads: int
    others: int
    members: int
    everybody: bool
    heard: bool


@dataclass
class Counted:
    """Where one task, or the part of one body, stands."""

    column: str
    timeliness: str
    status: str | None
    voices: Voices
    days: int
    deadline: date | None
    completed: date | None
    closed: bool

    @property
    def said(self) -> list[int]:
        """The numbers that the words of the state print."""
        found, one = [self.days] if self.days else [], self.voices
        if one.reported + one.others:
            found += [one.reported, one.leads] if one.leads > 1 or (one.leads and not one.reported) else []
            if one.others and (not one.reported or one.members):
                found += [one.others, *([one.members] if one.members >= one.others else [])]
        return found


@dataclass
class Answer:
    """What is known from one body of one task: a later entry replaces only what it gives."""

    status: str | None = None
    completed: date | None = None
    extended: date | None = None
    dated_paper: bool = False
    heard: bool = False


@dataclass
class Hand:
    """One plan, its registry and all submissions, as the files say."""

    root: Path
    plan_id: str
    day: date
    period: str = "2025"
    plan: Any = field(init=False)
    bodies: dict[str, Any] = field(init=False)
    groups: dict[str, Any] = field(init=False)
    sent: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        """Read the files."""
        plans = [cached(path) for path in sorted((self.root / "plans").glob("*.yaml"))]
        self.plan = next(one for one in plans if one.get("id") == self.plan_id)
        registry = cached(self.root / f"plans/agencies/{self.plan['province']}.yaml")
        self.bodies = {one["id"]: one for one in registry["agencies"]}
        self.groups = {one["id"]: one for one in registry["groups"]}
        files = [read(path) for path in sorted((self.root / "progress").glob("*/*--*.yaml"))]
        documents = [one for file in files for one in (file if isinstance(file, list) else [file])]
        mine = [one for one in documents if one["plan"] == self.plan_id and one["cutoff"] <= self.day]
        self.sent = sorted(mine, key=lambda one: (one["cutoff"], one.get("submitted") or date.min))

    @property
    def part(self) -> str | None:
        """The period as submissions name it; none for a whole year."""
        return self.period if "-" in self.period else None

    def known_on(self, day: date) -> "Hand":
        """The same plan and bodies, with the submissions of cutoffs up to a day."""
        found = Hand.__new__(Hand)
        found.__dict__ |= {**self.__dict__, "sent": [one for one in self.sent if one["cutoff"] <= day]}
        return found

    # Bodies.

    def heirs(self, body: str) -> list[Any]:
        return list(self.bodies.get(body, {}).get("successors", []))

    def voice(self, body: str) -> str:
        """The one body that has the duties now."""
        heirs = self.heirs(body)
        return self.voice(heirs[0]["id"]) if len(heirs) == 1 else body

    def heir_on_day(self, body: str) -> str:
        heirs = self.heirs(body)
        return self.heir_on_day(heirs[0]["id"]) if len(heirs) == 1 and heirs[0]["from"] <= self.day else body

    def before(self, body: str) -> dict[str, list[date]]:
        """The bodies that `body` took over whole, with the days of each step."""
        found: dict[str, list[date]] = {}
        for old in self.bodies:
            heirs, days, at = self.heirs(old), [], old
            while len(heirs) == 1:
                days.append(heirs[0]["from"])
                at = heirs[0]["id"]
                if at == body:
                    found[old] = list(days)
                heirs = self.heirs(at)
        return found

    def lives(self, body: str) -> bool:
        valid = self.bodies[body].get("valid") or {}
        return (valid.get("from") or date.min) <= self.day <= (valid.get("to") or date.max)

    def inside(self, group: str) -> set[str]:
        """The bodies of a group and of its groups."""
        found: set[str] = set()
        for one in self.groups[group].get("members", []):
            found |= self.inside(one) if one in self.groups else {one}
        return found

    def living(self, group: str) -> set[str]:
        """The members that exist; empty if a registry cannot know them: open groups, people's committees."""
        whole = self.inside(group)
        unknown = self.groups[group].get("open") or all(self.bodies[one]["kind"].startswith("ubnd") for one in whole)
        return set() if unknown else {one for one in whole if self.lives(one)}

    # Tasks.

    @property
    def tasks(self) -> list[Any]:
        return [one for one in self.plan["tasks"] if one["kind"] != "organisation"]

    def section(self, task: Any) -> str:
        """The heading of a task: the one it names, its own id where that is a heading, else what its id begins with."""
        known = {one["id"] for one in self.plan["sections"]}
        own = str(task["id"])
        return str(task.get("section") or (own if own in known else own.rpartition(".")[0]))

    def leads(self, task: Any) -> list[str]:
        clauses = [one for one in self.plan.get("clauses") or [] if one["role"] == "implement"]
        inherited = [
            body
            for one in clauses
            if any(
                self.section(task) == part or self.section(task).startswith(f"{part}.") for part in one["applies_to"]
            )
            for body in one["agencies"]
        ]
        return list(task.get("lead") or inherited)

    def entries(self, task: Any) -> list[tuple[Any, Any]]:
        """What was said of a task, oldest first; an entry without any answer says nothing."""
        return [(one, one["tasks"][task["id"]]) for one in self.sent if (one.get("tasks") or {}).get(task["id"])]

    def speaks(self, sent: Any, lead: str, bearer: str) -> bool:
        sender, day = sent["agency"], sent["cutoff"]
        if sender == lead:
            return True
        if sender == bearer:
            return any(one["id"] == sender and one["from"] <= day for one in self.heirs(lead))
        if bearer in self.before(sender):
            return all(step <= day for step in self.before(sender)[bearer])
        return lead == bearer and sender in self.before(lead)

    def fold(self, entries: Iterable[Any]) -> Answer:
        known = Answer()
        for one in entries:
            status, papers = one.get("status"), one.get("documents") or []
            same = status is None or status == known.status
            dated = any(paper.get("date") for paper in papers)
            moved = one.get("extension") or {}
            known = Answer(
                status or known.status,
                one.get("completed") or (known.completed if same else None),
                (moved.get("to") if re.search(r"\d/\d{4}", moved.get("document") or "") else None) or known.extended,
                dated or (same and known.dated_paper),
                heard=True,
            )
        return known

    def bearers(self, task: Any, leads: Iterable[str]) -> list[tuple[str, str]]:
        now = task.get("now") or {}
        named = [one for one in leads if one not in self.groups]
        return [(one, heir) for one in named for heir in ([two["agency"] for two in now.get(one, [])] or [one])]

    def joint(self, task: Any, bearers: list[tuple[str, str]], leads: list[str], added: list[str]) -> Counted:
        """Where a task stands that these bodies lead together; groups and `added` never hold it up."""
        entries = self.entries(task)
        groups = [one for one in leads if one in self.groups]
        spoken = []
        for lead, bearer in bearers:
            words = [one for one in entries if self.speaks(one[0], lead, bearer)]
            # Of one day the word of the body that the plan names comes last.
            words.sort(key=lambda one: (one[0]["cutoff"], one[0]["agency"] == lead))
            spoken.append(self.fold(entry for _, entry in words))
        others = [self.fold(two for _, two in some) for some in self.helpers(task, entries, leads, groups, added)]
        behind = [self.living(one) if one in self.groups else {one} for one in (*groups, *added)]
        members = len(set().union(*behind) - set(leads)) if behind and all(behind) else 0
        reported, helped = sum(bool(one.status) for one in spoken), sum(bool(one.status) for one in others)
        counting = spoken if reported else [*spoken, *others]
        everybody = reported == len(spoken) if spoken else 0 < members == helped
        heard = any(one.heard for one in (*spoken, *others))
        voices = Voices(reported, len(spoken), helped, members, everybody, heard)
        return self.placed(task, counting, voices)

    def helpers(
        self, task: Any, entries: list[tuple[Any, Any]], leads: list[str], groups: list[str], added: list[str]
    ) -> list[list[tuple[Any, Any]]]:
        anybody = not leads or any(self.groups[one].get("open") for one in groups)
        found: dict[str, list[tuple[Any, Any]]] = {}
        for sent, entry in entries:
            names = {sent["agency"], *self.before(sent["agency"])}
            if names & set(leads):
                continue
            inside = any(names & self.inside(one) for one in (*groups, *added) if one in self.groups)
            if inside or names & set(added) or (anybody and not names & set(task.get("support") or [])):
                found.setdefault(sent["agency"], []).append((sent, entry))
        return list(found.values())

    def placed(self, task: Any, said: list[Answer], voices: Voices) -> Counted:
        statuses = [one.status for one in said if one.status]
        status = min(statuses, key=ADVANCE.index, default=None)
        if status == "done" and not voices.everybody:
            status = "in_progress"
        deadline = max((one.extended for one in said if one.extended), default=None) or self.deadline(task)
        days = [one.completed for one in said if one.completed]
        completed = max(days) if status == "done" and len(days) == len(said) else None
        allowed = any(one.dated_paper for one in said if one.status == status)
        closed = status == "done" or (status in {"carried", "dropped"} and allowed)
        found = Counted("", "", status, voices, 0, deadline, completed, closed)
        found.timeliness = self.on_time(task, found)
        found.column = self.column(found)
        if deadline and found.timeliness in {"late", "overdue", "unreported"}:
            found.days = ((completed or self.day) - deadline).days
        return found

    def on_time(self, task: Any, found: Counted) -> str:
        deadline, completed = found.deadline, found.completed
        if found.closed and (found.status != "done" or not deadline):
            return "none"
        if found.closed and deadline:
            return "undated" if not completed else "on_time" if completed <= deadline else "late"
        begins = date(self.years(task)[0] or 1, 1, 1)
        if self.day < begins and found.status in {None, "not_started"}:
            return "not_yet"
        if not deadline:
            return "none"
        return "in_time" if self.day <= deadline else "overdue" if found.voices.heard else "unreported"

    def column(self, found: Counted) -> str:
        if found.status == "done":
            without = "on_time" if found.completed else "undated"
            return without if found.timeliness == "none" else found.timeliness
        first = (
            (found.closed, str(found.status)),
            (found.timeliness == "not_yet", "not_yet"),
            (not found.voices.heard, "unreported"),
            (found.timeliness == "overdue", "overdue"),
            (found.status in {"waiting", "paused"}, "waiting"),
            (found.status == "ongoing", "ongoing"),
        )
        return next((name for fits, name in first if fits), "in_time")

    def years(self, task: Any) -> tuple[int | None, int | None]:
        """The first and last year of a schedule; the plans of this test have years and words only."""
        found = [int(one) for one in re.findall(r"\b20\d\d\b", str(task.get("schedule") or ""))]
        if "hằng năm" in str(task.get("schedule")) or "Luật" in str(task.get("schedule")) or not found:
            return None, None
        return found[0], found[-1]

    def deadline(self, task: Any) -> date | None:
        last = self.years(task)[1]
        return date(last, 12, 31) if last else None

    def states(self) -> dict[str, Counted]:
        """Every task by its id."""
        found = {}
        for task in self.tasks:
            leads, added = self.leads(task), list((task.get("body") or {}).get("lead") or [])
            found[task["id"]] = self.joint(task, self.bearers(task, leads), leads, added)
        return found

    def by_agency(self) -> dict[str, list[tuple[str, Counted]]]:
        """The tasks of each body that leads on the day, judged by its own answers."""
        found: dict[str, list[tuple[str, Counted]]] = {}
        for task in self.tasks:
            parts: dict[str, list[str]] = {}
            for lead in self.leads(task):
                now = (task.get("now") or {}).get(lead, []) if not self.lives_or_group(lead) else []
                for bearer in [one["agency"] for one in now] or [self.heir_on_day(lead)]:
                    parts.setdefault(bearer, []).append(lead)
            for bearer, named in parts.items():
                own = [(lead, who) for lead, who in self.bearers(task, named) if who in {bearer, lead}]
                found.setdefault(bearer, []).append((task["id"], self.joint(task, own, named, [])))
        return found

    def lives_or_group(self, body: str) -> bool:
        return body in self.groups or self.lives(body)

    # Who has to report.

    def current(self, task: Any, year: int) -> bool:
        """Whether a task belongs to a year, or is past its deadline by then."""
        return (self.years(task)[0] or year) <= year

    def expected(self, year: int) -> set[str]:
        """The bodies that the plan asks for a report: those that lead a row, or the members of the groups it names."""
        (rule,) = [one for one in self.plan["reporting"] if one["level"] == "unit"]
        if rule.get("leads_only"):
            return self.leading(year)
        named = set().union(*(self.living(one) if one in self.groups else {one} for one in rule["from"]))
        return {self.heir_on_day(one) for one in named}

    def leading(self, year: int) -> set[str]:
        """The bodies of today that lead a row of the year, themselves, as heirs or as members of a group."""
        earlier = Hand.__new__(Hand)
        earlier.__dict__ |= {**self.__dict__, "sent": [one for one in self.sent if one["year"] < year]}
        over = {one for one, state in earlier.states().items() if earlier.sent and state.closed}
        rows = [one for one in self.tasks if one["id"] not in over and self.current(one, year)]
        found: set[str] = set()
        for row in (*rows, *self.plan["indicators"]):
            for lead in self.leads(row) if "kind" in row else row["lead"]:
                now = [one["agency"] for one in (row.get("now") or {}).get(lead, [])]
                named = self.inside(lead) if lead in self.groups else set(now or [lead])
                found |= {self.heir_on_day(one) for one in named}
        return {one for one in found if one in self.bodies and self.lives(one)}

    # Indicators.

    def values(self, year: int, part: str | None) -> dict[str, dict[str, Any]]:
        """The entries of a period by indicator and body that speaks; the latest of a body counts."""
        found: dict[str, dict[str, Any]] = {}
        for one in self.sent:
            if (one["year"], one.get("period")) == (year, part):
                for row, entry in (one.get("indicators") or {}).items():
                    if "value" in entry:
                        found.setdefault(row, {})[self.voice(one["agency"])] = entry
        return found

    def verdicts(self, year: int) -> dict[str, str]:
        """The verdict of each indicator in a milestone year."""
        values = self.values(year, None)
        return {one["id"]: self.verdict(one, values.get(one["id"], {}), year) for one in self.plan["indicators"]}

    def verdict(self, row: Any, said: dict[str, Any], year: int) -> str:
        whole = [one for one in said.values() if one.get("province_total")]
        told = whole[:1] or list(said.values())
        if not told or any(one["value"] != told[0]["value"] for one in told):
            return "no_data"
        target, value = row["targets"][year], told[0]["value"]
        if not isinstance(target, dict):
            return self.against(row, target, value)
        parts = [self.against(row, target[scope], value.get(scope)) for scope in target]
        missed = parts.count("missed")
        if "no_data" in parts:
            return "no_data"
        return "missed" if missed == len(parts) else "partly" if missed else min(parts, key=("met", "exceeded").index)

    def against(self, row: Any, target: str, value: str | None) -> str:
        if value is None:
            return "no_data"
        figure, up = number(value), row["direction"] != "decrease"
        if target[0] in "≥>":
            bound = number(target[1:])
            return "met" if figure > bound or (target[0] == "≥" and figure == bound) else "missed"
        ends = [number(one) for one in target.split(" - ")]
        near, far = (ends[0], ends[-1]) if up else (ends[-1], ends[0])
        if (figure < near) if up else (figure > near):
            return "missed"
        best = row["direction"] == "maintain" or (row["unit"] == "%" and far == 100)
        return "exceeded" if not best and ((figure > far) if up else (figure < far)) else "met"


def columns(states: Iterable[Counted]) -> dict[str, int]:
    """Return how many tasks stand in each column."""
    found = Counter(one.column for one in states)
    return {one: found[one] for one in COLUMNS}


def due(states: Iterable[Counted]) -> tuple[int, int, int]:
    """Return how many are done, how many should be, and how many of these nobody has reported on."""
    listed = list(states)
    done = sum(one.column in DONE for one in listed)
    silent = sum(one.timeliness == "unreported" for one in listed)
    return done, done + sum(one.column == "overdue" for one in listed) + silent, silent
