"""The search: its page, and its rows in scripts of bounded size, each of which the page loads when it needs it."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct

from kehoach_cli.core.check.evaluation import Verdict
from kehoach_cli.core.check.wording import COLUMN_HEADERS, verdict_text
from kehoach_cli.core.duties.assess import CountColumn
from kehoach_cli.core.report.site_model import UNKNOWN, ShownIndicator, ShownTask, SiteData
from kehoach_cli.site.page import PageSection, WebPage
from kehoach_cli.site.paths import SEARCH, indicator_path, task_path
from kehoach_cli.site.tables import VERDICT_TONES, leads, shortened, tone_of

# A part of some 300 KB is read in the time of one key press.
_ROWS_OF_PART = 500
_LONGEST = 400
_LATE, _SOON, _WEAK = "late", "soon", "weak"
_WEAK_VERDICTS = frozenset({Verdict.MISSED, Verdict.PARTLY, Verdict.BEHIND})
TASK, INDICATOR = "nhiem-vu", "chi-tieu"


class Option(Struct, frozen=True):
    """A value to choose, and its words."""

    value: str
    text: str


class Choice(Struct, frozen=True):
    """A field of the form with its values."""

    name: str
    label: str
    options: tuple[Option, ...]


class SearchRow(Struct, frozen=True):
    """A row that can be found: `states` are the words and tone shown, `keys` what the filter of states asks for."""

    ref: str
    path: str
    text: str
    who: str
    state: tuple[str, str]
    plan: str
    kind: str
    keys: tuple[str, ...]
    bodies: tuple[str, ...]


def search_page() -> WebPage:
    """Return the page of the search."""
    return WebPage(SEARCH, "Tìm", "search", (PageSection("Tìm nhiệm vụ, chỉ tiêu", form=True),))


def choices(data: SiteData, rows: list[SearchRow]) -> tuple[Choice, ...]:
    """Return the fields of the form."""
    asked = {key for row in rows for key in row.keys}
    states = [Option(_LATE, "Quá hạn"), Option(_SOON, "Sắp đến hạn (30 ngày)"), Option(_WEAK, "Chưa đạt hoặc chậm")]
    states += [Option(column.value, COLUMN_HEADERS[column]) for column in CountColumn]
    states += [Option(f"v-{verdict.value}", f"Chỉ tiêu: {verdict_text(verdict)}") for verdict in Verdict]
    bodies = sorted(
        (
            data.in_province(one.agency.name, one.province),
            f"{one.province}/{one.agency.id}",
        )
        for one in data.bodies
    )
    return (
        Choice("loai", "Loại", (Option(TASK, "Nhiệm vụ"), Option(INDICATOR, "Chỉ tiêu"))),
        Choice("tinh-trang", "Tình trạng", tuple(one for one in states if one.value in asked)),
        Choice("ke-hoach", "Kế hoạch", tuple(Option(one.plan.id, one.plan.document.cite) for one in data.plans)),
        Choice("co-quan", "Cơ quan", tuple(Option(key, name) for name, key in bodies)),
    )


def search_rows(data: SiteData) -> list[SearchRow]:
    """Return the rows that can be found, plan by plan."""
    bodies: dict[str, list[str]] = {}
    for body in data.bodies:
        key = f"{body.province}/{body.agency.id}"
        for ref in (*(role.entry.ref for role in body.tasks), *(one.ref for one in body.indicators)):
            bodies.setdefault(ref, []).append(key)
    rows: list[SearchRow] = []
    for plan in data.plans:
        found: tuple[ShownTask | ShownIndicator, ...] = (*plan.tasks, *plan.indicators)
        rows += (_row(data, one, tuple(bodies.get(one.ref, ()))) for one in found)
    return rows


def _row(data: SiteData, entry: ShownTask | ShownIndicator, bodies: tuple[str, ...]) -> SearchRow:
    who, plan = data.in_province(leads(data, entry), entry.plan.province), entry.plan.id
    if isinstance(entry, ShownTask):
        standing = entry.standing
        told = ((standing.late, _LATE), (standing.soon, _SOON), (standing.column is not None, standing.column or ""))
        keys = tuple(str(key) for holds, key in told if holds)
        text, path = entry.task.text, task_path(plan, entry.task.id)
        return SearchRow(
            entry.ref, path, shortened(text, _LONGEST), who, (standing.text, tone_of(entry)), plan, TASK, keys, bodies
        )
    keys = (f"v-{entry.verdict.value}",) if entry.verdict else ()
    keys += (_WEAK,) if entry.official and entry.verdict in _WEAK_VERDICTS else ()
    state = (entry.word or UNKNOWN, VERDICT_TONES.get(entry.verdict, ""))
    path = indicator_path(plan, entry.indicator.id)
    text = shortened(entry.indicator.name, _LONGEST)
    return SearchRow(entry.ref, path, text, who, state, plan, INDICATOR, keys, bodies)


def search_files(rows: list[SearchRow]) -> Iterator[tuple[str, str]]:
    """Yield the scripts with the rows, and the index that says which plans and bodies each has."""
    states = {state: number for number, state in enumerate(dict.fromkeys(row.state for row in rows))}
    index = []
    for number, part in enumerate(_parts(rows)):
        index.append(
            {"plans": _unique(row.plan for row in part), "bodies": _unique(key for row in part for key in row.bodies)}
        )
        values = [
            (row.ref, row.path, row.text, row.who, states[row.state], row.plan, row.kind, row.keys, row.bodies)
            for row in part
        ]
        yield f"tim/{number + 1}.js", f"kehoach({number},{script_value(values)});\n"
    yield "tim/muc-luc.js", f"window.MUC_LUC={script_value({'parts': index, 'states': list(states)})};\n"


def _parts(rows: list[SearchRow]) -> Iterator[list[SearchRow]]:
    """Yield the rows in parts of bounded size; plans stay together where they fit."""
    part: list[SearchRow] = []
    for _, found in groupby(rows, key=lambda row: row.plan):
        own = list(found)
        if part and len(part) + len(own) > _ROWS_OF_PART:
            yield part
            part = []
        part += own
        while len(part) > _ROWS_OF_PART:
            yield part[:_ROWS_OF_PART]
            part = part[_ROWS_OF_PART:]
    if part:
        yield part


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def script_value(value: object) -> str:
    """Return a value as a script may hold it: nothing in it can end the script or begin markup."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.translate({ord(one): f"\\u{ord(one):04x}" for one in "<>&\u2028\u2029"})
