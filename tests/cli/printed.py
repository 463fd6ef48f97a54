"""Documents and data that the program gives, each number held against the one worked out by hand."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from docx import Document

from tests.cli.by_hand import DONE, VERDICTS, Counted, Hand, columns, due, number, percent, shown
from tests.conftest import Ran

Kehoach = Callable[..., Ran]

YEAR = 2025


def items(ran: Ran) -> Any:
    return json.loads(ran.out)


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d.,]*\d|\d", text)


def phrases(text: str) -> dict[str, int]:
    """Return the counts of a sentence, by the words behind each."""
    pieces = [re.fullmatch(r"(\d+) (?:nhiệm vụ |chỉ tiêu )?(.+)", one) for one in text.rstrip(".").split("; ")]
    assert all(pieces), text
    return {one[2]: int(one[1]) for one in pieces if one}


WORDS = {
    "on_time": "hoàn thành đúng hạn", "late": "hoàn thành quá hạn", "undated": "hoàn thành, chưa rõ thời điểm",
    "in_time": "chưa hoàn thành, trong hạn", "overdue": "chưa hoàn thành, quá hạn",
    "not_yet": "chưa đến thời gian thực hiện", "ongoing": "thực hiện thường xuyên", "waiting": "chờ hướng dẫn, tạm dừng",
    "carried": "chuyển tiếp", "dropped": "dừng, không thực hiện", "unreported": "chưa có báo cáo",
}  # fmt: skip
VERDICT_WORDS = dict(zip(VERDICTS, ["vượt", "đạt", "đạt một phần", "chưa đạt", "chưa có số liệu"], strict=True))


class Printed:
    """The Word document read back."""

    def __init__(self, path: Path) -> None:
        document = Document(str(path))
        self.paragraphs = [one.text for one in document.paragraphs if one.text.strip()]
        self.tables = [[[cell.text for cell in row.cells] for row in one.rows] for one in document.tables]
        with ZipFile(path) as archive:
            self.charts = [
                archive.read(one) for one in archive.namelist() if re.fullmatch(r"word/charts/chart\d+.xml", one)
            ]

    def line(self, start: str) -> str:
        (found,) = [one for one in self.paragraphs if one.startswith(start)]
        return found

    def table(self, *headers: str) -> list[list[str]]:
        """Return the numbered rows of the table with these headers."""
        (found,) = [one for one in self.tables if set(headers) <= set(one[0])]
        return [row for row in found[1:] if row[0].isdigit() or row[0] == "Tổng" or "Tổng" in row]

    def header(self, *headers: str) -> list[str]:
        return next(one[0] for one in self.tables if set(headers) <= set(one[0]))

    def drawn(self) -> list[dict[str, list[float]]]:
        """Return the series of each chart by name."""
        space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
        found = []
        for data in self.charts:
            series = {}
            for one in ET.fromstring(data).iterfind(".//c:ser", space):  # noqa: S314 - a file of our own
                name = one.findtext(".//c:tx//c:v", "", space)
                series[name] = [float(v.text or 0) for v in one.iterfind("./c:val//c:pt/c:v", space)]
            found.append(series)
        return found


def counts_of(states: Iterable[Counted]) -> dict[str, int]:
    return {WORDS[name]: count for name, count in columns(states).items() if count}


def assert_sentences(shown_: Printed, hand: Hand, states: dict[str, Counted]) -> None:
    kinds = {kind: [states[one["id"]] for one in hand.tasks if one["kind"] == kind] for kind in ("task", "programme")}
    whole = list(states.values())
    if all(kinds.values()):
        first = shown_.line("Kế hoạch giao")
        assert numbers(first) == [str(len(some)) for some in (whole, *kinds.values())]
        for start, some in zip(("nhiệm vụ, giải pháp:", "chương trình, đề án, dự án:"), kinds.values(), strict=True):
            line = shown_.line(f"Trong tổng số {len(some)} {start}")
            assert phrases(line.partition(": ")[2]) == counts_of(some), line
    else:
        line = shown_.line(f"Trong tổng số {len(whole)} nhiệm vụ:")
        assert phrases(line.partition(": ")[2]) == counts_of(whole), line
    free = sum(one.column == "on_time" and one.deadline is None for one in whole)
    told_free = [numbers(one) for one in shown_.paragraphs if one.startswith("Số hoàn thành đúng hạn gồm")]
    assert told_free == ([[str(free)]] if free else [])
    done, should, silent = due(whole)
    assert_left_by_last_year(shown_, hand, states)
    rate = shown_.line("Tỷ lệ hoàn thành:")
    told_ = [str(done), str(should), percent(done, should), *([str(silent)] if silent else [])]
    assert numbers(rate) == [*told_, str(done), str(len(whole)), percent(done, len(whole))]


def assert_left_by_last_year(shown_: Printed, hand: Hand, states: dict[str, Counted]) -> None:
    """What last year's submissions left open and due by the end of this year, in the states of today."""
    year = YEAR - 1
    cutoffs = [one["cutoff"] for one in hand.sent if one["year"] == year and "period" not in one]
    lines = [one for one in shown_.paragraphs if one.startswith(f"Theo số liệu báo cáo năm {year}")]
    if not cutoffs or hand.part:
        assert lines == []
        return
    then = replace(hand, day=max(cutoffs)).states()
    over = {*DONE, "carried", "dropped"}
    left = [one for one, two in then.items() if two.column not in over and two.deadline and two.deadline.year <= YEAR]
    (line,) = lines
    opening, _, rest = line.partition(", gồm ")
    assert numbers(opening) == [str(year), str(len(left)), str(YEAR)], line
    assert phrases(rest) == counts_of([states[one] for one in left]), line


def assert_tables(shown_: Printed, hand: Hand, states: dict[str, Counted]) -> None:
    rows, header = shown_.table("Nhiệm vụ", "Phối hợp"), shown_.header("Nhiệm vụ", "Phối hợp")
    ordered = [one for kind in ("task", "programme") for one in hand.tasks if one["kind"] == kind]
    assert [row[0] for row in rows] == [str(at) for at in range(1, len(ordered) + 1)]
    for row, task in zip(rows, ordered, strict=True):
        assert f"({task['id']})" in row[1]
        state = states[task["id"]]
        cells = dict(zip(header, row, strict=True))
        assert numbers(cells["Trạng thái"]) == [shown(Decimal(one)) for one in state.said], (cells, state)
        # What every agency said stands there, once.
        results = [entry["result"].splitlines()[0].rstrip(".") for _, entry in hand.entries(task) if "result" in entry]
        assert all(cells["Kết quả thực hiện"].count(one) >= 1 for one in results), cells
    by_agency = hand.by_agency()
    header = shown_.header("Cơ quan chủ trì", "Tổng")
    lines = shown_.table("Cơ quan chủ trì", "Tổng")
    assert len(lines) == len(by_agency) + 1
    for line, some in zip(
        lines, [*([two for _, two in one] for one in by_agency.values()), states.values()], strict=True
    ):
        listed = list(some)
        done, should, _ = due(listed)
        want = {"Tổng": str(len(listed)), "Tỷ lệ hoàn thành (%)": percent(done, should) if should else "-"}
        want |= {HEADERS[name]: str(count or "-") for name, count in columns(listed).items()}
        for title, text in zip(header[2:], line[2:], strict=True):
            assert text == want[title], (line, title, want)
        missing = [name for name, count in columns(listed).items() if count and HEADERS[name] not in header]
        assert not missing
    late = {
        one["id"]: states[one["id"]] for one in hand.tasks if states[one["id"]].timeliness in {"overdue", "unreported"}
    }
    listed_late = shown_.table("Số ngày quá hạn")
    assert sorted(row[4] for row in listed_late) == sorted(shown(Decimal(one.days)) for one in late.values())
    for row in listed_late:
        (task_id,) = re.findall(r"\(([\w.-]+)\)$", row[1].strip())
        assert (row[3], row[4]) == (f"{late[task_id].deadline:%-d/%-m/%Y}", shown(Decimal(late[task_id].days)))


HEADERS = {
    "on_time": "Hoàn thành đúng hạn", "late": "Hoàn thành quá hạn", "undated": "Hoàn thành, chưa rõ thời điểm",
    "in_time": "Chưa hoàn thành, trong hạn", "overdue": "Chưa hoàn thành, quá hạn", "not_yet": "Chưa đến thời gian",
    "ongoing": "Thường xuyên", "waiting": "Chờ hướng dẫn, tạm dừng", "carried": "Chuyển tiếp",
    "dropped": "Dừng", "unreported": "Chưa báo cáo",
}  # fmt: skip


def assert_sections(shown_: Printed, hand: Hand, states: dict[str, Counted]) -> None:
    """The sentence of each of the plan's sections that the text tells about."""
    lines = [one for one in shown_.paragraphs if one.startswith("- Mục ")]
    by_section: dict[str, list[Counted]] = {}
    for task in hand.tasks:
        appendix = re.fullmatch(r"PL(\d*)\.(.+)", hand.section(task))
        where = (
            f"Mục {appendix[2]}, Phụ lục{f' {appendix[1]}' if appendix[1] else ''}"
            if appendix
            else f"Mục {hand.section(task)}"
        )
        by_section.setdefault(where, []).append(states[task["id"]])
    for line in lines:
        where, _, said = line.removeprefix("- ").partition(" của Kế hoạch")
        some = by_section[where]
        said = said.rpartition("): ")[2]
        parts = re.fullmatch(r"(\d+) (?:nhiệm vụ|chương trình, đề án, dự án), (.+)", said)
        assert parts, line
        total, rest = parts.groups()
        assert int(total) == len(some), line
        if rest.startswith("gồm "):
            assert phrases(rest.removeprefix("gồm ")) == counts_of(some), line
        else:
            assert [rest.removeprefix("đều ").rstrip(".")] == list(counts_of(some)), line


def assert_indicators(shown_: Printed, hand: Hand) -> Counter[str]:
    """Targets, results, differences and verdicts of the table; the counts of the sentence."""
    verdicts = hand.verdicts(YEAR)
    rows = shown_.table("Chỉ tiêu", "So với mục tiêu")
    values = hand.values(YEAR, None)
    header = shown_.header("Chỉ tiêu", "So với mục tiêu")
    for row, indicator in zip(rows, hand.plan["indicators"], strict=True):
        cells = dict(zip(header, row, strict=True))
        verdict = verdicts[indicator["id"]]
        assert f"({indicator['id']})" in cells["Chỉ tiêu"]
        told_ = values.get(indicator["id"], {})
        said = {json.dumps(one["value"], ensure_ascii=False) for one in told_.values()}
        if len(said) == 1:
            (entry,) = list(told_.values())[:1]
            parts = [entry["value"]] if isinstance(entry["value"], str) else list(entry["value"].values())
            assert numbers(cells["Kết quả năm 2025"]) == [shown(number(one), 6) for one in parts], cells
        elif not said:
            assert numbers(cells["Kết quả năm 2025"]) == []
        words = {**VERDICT_WORDS, "missed": "chưa đạt"}
        assert cells["Đánh giá"].lower().removeprefix("ước ").startswith(words[verdict]) or len(said) > 1, cells
        target = indicator["targets"][YEAR]
        goals = target.values() if isinstance(target, dict) else [target]
        assert [one for goal in goals for one in numbers(goal)] == numbers(cells["Mục tiêu"])[:-1], cells
        if len(said) == 1 and isinstance(target, str) and cells["So với mục tiêu"] != "-":
            assert_difference(cells["So với mục tiêu"], indicator, number(next(iter(told_.values()))["value"]))
    counts = Counter(verdicts.values())
    line = shown_.line(f"Trong tổng số {len(rows)} chỉ tiêu")
    assert phrases(line.partition(": ")[2].replace(", ", "; ")) == {
        VERDICT_WORDS[one]: counts[one] for one in VERDICTS if counts[one]
    }
    return counts


def assert_chart_of_values(shown_: Printed, hand: Hand) -> None:
    """The chart has every indicator in percent with one target and one figure that nobody contradicts."""
    values = hand.values(YEAR, hand.part)
    wanted = []
    for one in hand.plan["indicators"]:
        said, target = {json.dumps(two["value"]) for two in values.get(one["id"], {}).values()}, one["targets"][YEAR]
        if one["unit"] == "%" and isinstance(target, str) and len(said) == 1:
            ends = [number(end) for end in re.sub(r"[≥>]", "", target).split(" - ")]
            near = ends[-1] if one["direction"] == "decrease" else ends[0]
            wanted.append((float(near), float(number(json.loads(said.pop())))))
    (drawn,) = [one for one in shown_.drawn() if "Mục tiêu" in one]
    assert list(zip(drawn["Mục tiêu"], drawn["Kết quả"], strict=True)) == wanted


def assert_values(shown_: Printed, hand: Hand, column: str) -> None:
    """The figures of a period are those of its own submissions, whatever target stands beside them."""
    rows, header = shown_.table("Chỉ tiêu", "So với mục tiêu"), shown_.header("Chỉ tiêu", "So với mục tiêu")
    values = hand.values(YEAR, hand.part)
    for row, indicator in zip(rows, hand.plan["indicators"], strict=True):
        cells = dict(zip(header, row, strict=True))
        said = [one["value"] for one in values.get(indicator["id"], {}).values()]
        whole = [text for one in said for text in ([one] if isinstance(one, str) else one.values())]
        assert Counter(numbers(cells[column])) == Counter(shown(number(one), 6) for one in whole), cells


def assert_difference(text: str, indicator: Any, value: Decimal) -> None:
    ends = [number(one) for one in re.sub(r"[≥>]", "", indicator["targets"][YEAR]).split(" - ")]
    near = ends[-1] if indicator["direction"] == "decrease" else ends[0]
    found = [number(one) for one in numbers(text)]
    gaps = [abs(value - one) for one in ends] + [value * 100 / one for one in ends]
    assert all(any(abs(one - gap) <= Decimal("0.05") for gap in (*gaps, near)) for one in found), (text, value, ends)


def assert_funding(shown_: Printed, hand: Hand) -> None:
    sent = [one for one in hand.sent if (one["year"], one.get("period")) == (YEAR, hand.part)]
    rows = [row for one in sent for row in one.get("funding") or []]
    lines = shown_.table("Nguồn kinh phí")
    key = sorted((shown(number(one["planned"])), shown(number(one["spent"])), percent_of(one)) for one in rows)
    assert sorted((line[3], line[4], line[6]) for line in lines) == key
    total = shown_.line("Cộng (triệu đồng)")
    planned, spent = (sum((number(one[side]) for one in rows), Decimal(0)) for side in ("planned", "spent"))
    assert numbers(total) == [shown(planned), shown(spent), shown(spent * 100 / planned, 1)]


def percent_of(row: Any) -> str:
    return f"{shown(number(row['spent']) * 100 / number(row['planned']), 1)}%"


def assert_coverage(shown_: Printed, hand: Hand, refused_files: Iterable[str], kehoach: Kehoach) -> None:
    """Who had to report, who did, and who sent what could not be taken."""
    expected = hand.expected(YEAR)
    sending = {hand.voice(one["agency"]) for one in hand.sent if one["year"] == YEAR and "period" not in one}
    heard, others = sending & expected, sending - expected
    refused = ({one.rpartition("/")[2].partition(".")[0] for one in refused_files} & expected) - heard
    silent = expected - heard - refused
    line = shown_.line(f"Trong tổng số {len(expected)} cơ quan, đơn vị phải báo cáo")
    said, _, beside = line.partition("Kế hoạch: ")[2].partition(". Ngoài ra có ")
    assert numbers(beside) == ([str(len(others))] if others else [])
    assert phrases(said) == {
        "đã báo cáo": len(heard), "đã gửi, chưa nhận được": len(refused), "chưa báo cáo": len(silent),
    }  # fmt: skip
    words = Counter(row[4] for row in shown_.table("Tình hình gửi báo cáo"))
    assert words == {"Đã báo cáo": len(sending), "Đã gửi, chưa nhận được": len(refused), "Chưa báo cáo": len(silent)}
    sent = {one["agency"]: one["submitted"] for one in hand.sent if one["year"] == YEAR}
    days = Counter(f"{day:%d/%m/%Y}" for day in sent.values())
    assert Counter(row[3] for row in shown_.table("Tình hình gửi báo cáo") if row[3] != "-") == days
    summary = items(kehoach("check", "--year", "2025", "--plan", hand.plan_id, "-f", "json", "--fail-on", "none"))[
        "summary"
    ]
    states = {one["agency"]: one["state"] for one in summary["coverage"][0]["units"] if one["required"]}
    assert states == {
        **dict.fromkeys(heard, "sent"),
        **dict.fromkeys(refused, "refused"),
        **dict.fromkeys(silent, "missing"),
    }
    # A letter accuses nobody who sent something, and the coordinator does not write to itself.
    assert (
        kehoach(
            "report", "--year", "2025", "--plan", hand.plan_id, "-t", "cong-van-don-doc", "-o", f"thu-{hand.plan_id}"
        ).code
        == 0
    )
    for body in refused | {hand.voice(hand.plan["coordinator"])}:
        (told_,) = [*Path(f"thu-{hand.plan_id}").glob(f"*-{body}.docx"), None][:1]
        text = "\n".join(one.text for one in Document(str(told_)).paragraphs) if told_ else ""
        assert "chưa nhận được báo cáo năm 2025 của" not in text, body
    assert not list(Path(f"thu-{hand.plan_id}").glob(f"*-{hand.voice(hand.plan['coordinator'])}.docx"))


def assert_judgement(shown_: Printed, hand: Hand, states: dict[str, Counted], verdicts: Counter[str]) -> None:
    """The computed sentences on strengths and limits."""
    done, _, silent = due(states.values())
    assert shown_.line("Đã hoàn thành") == f"Đã hoàn thành {done} nhiệm vụ."
    overdue = columns(states.values())["overdue"]
    wanted = {"chỉ tiêu chưa có số liệu": verdicts["no_data"], "nhiệm vụ chưa hoàn thành, quá hạn": overdue}
    wanted["nhiệm vụ đã quá thời hạn theo Kế hoạch, chưa có báo cáo"] = silent
    found = re.findall(r"(\d+) ([^;.]+)", shown_.line("Còn "))
    assert {words: int(count) for count, words in found} == {words: count for words, count in wanted.items() if count}
    for start, kinds in (
        ("Chỉ tiêu đạt hoặc vượt", {"exceeded", "met"}),
        ("Chỉ tiêu chưa đạt hoặc", {"missed", "partly"}),
    ):
        line, of_row = shown_.line(start), hand.verdicts(YEAR)
        rows = [one for one in hand.plan["indicators"] if of_row[one["id"]] in kinds]
        at = 0
        for row in rows:
            at = line.index(row["name"], at) + len(row["name"])
            (entry,) = list(hand.values(YEAR, None)[row["id"]].values())[:1]
            value = entry["value"] if isinstance(entry["value"], str) else next(iter(entry["value"].values()))
            assert shown(number(value), 6) in line[at : at + 60], (row["id"], line[at : at + 60])


def assert_nothing_else(shown_: Printed, hand: Hand) -> None:
    """Every other number of the text stands in the plan's own words or in the name of the period and of its day."""
    checked = (
        "Trong tổng số", "Kế hoạch giao", "Tỷ lệ hoàn thành:", "Số hoàn thành đúng hạn gồm", "- Mục ", "Đã hoàn thành", "Còn ",
        "Chỉ tiêu ", "Cộng (", "Theo Kế hoạch, năm", "Theo số liệu báo cáo", "Năm 2025 không phải mốc",
    )  # fmt: skip
    printed = {*numbers(hand.plan["document"]["cite"]), str(YEAR), str(YEAR + 1)}
    for line in shown_.paragraphs:
        rest = re.sub(rf"^\d\. |tính đến ngày {hand.day:%-d/%-m/%Y}|{hand.day:%d/%m/%Y}", "", line)
        if not line.startswith(checked):
            assert set(numbers(rest)) <= printed, line


def assert_summary(hand: Hand, states: dict[str, Counted], kehoach: Kehoach) -> None:
    """`summary` of the year and of its last quarter, by plan and by agency."""
    by_agency = hand.by_agency()
    spans = {"2025": (date(2025, 1, 1), date(2025, 12, 31)), "2025-Q3": (date(2025, 7, 1), date(2025, 9, 30))}
    spans |= {"2025-Q4": (date(2025, 10, 1), date(2025, 12, 31))}
    begun = {one["id"] for one in hand.tasks if date(hand.years(one)[0] or 1, 1, 1) <= hand.day}
    for period, (first, last) in spans.items():
        common = ["summary", "--period", period, "--plan", hand.plan_id, "--as-of", f"{hand.day}", "-f", "json"]
        made = items(kehoach(*common, "--by", "agency"))
        before = hand.known_on(first - timedelta(1))
        was = {"": dict(before.states()), **{key: dict(some) for key, some in before.by_agency().items()}}
        for key, some in {"": list(states.items()), **by_agency}.items():
            line = next((one for one in made["items"] if one["key"] == key), made["summary"])
            listed = [(task, one) for task, one in some if task in begun or one.voices.reported + one.voices.others]
            classes = Counter(
                summary_class(one, first, last, closed_before=was[key][task].closed) for task, one in listed
            )
            for name in ("carried_in", *DUE, "dropped"):
                assert line[name] == classes[name], (period, key, name)
            assert line["due"] == sum(classes[name] for name in DUE)
            done = classes["done_on_time"] + classes["done_late"] + classes["done_undated"]
            judged = done + classes["overdue"] + classes["unreported"]
            assert line["on_time_rate"] == (classes["done_on_time"] / judged if judged else None)
            assert line["completion_rate"] == (done / judged if judged else None)


DUE = ["done_on_time", "done_late", "done_undated", "overdue", "unreported", "in_time", "suspended"]


def assert_reminders(hand: Hand, kehoach: Kehoach) -> Counter[str]:
    """Who is reminded of what on the hand's day: own tasks that are late or due within 30 days, and what a group leads.

    Returns how many there are of each step.
    """
    steps: Counter[str] = Counter()
    ran = kehoach("remind", "--period", "2025", "--plan", hand.plan_id, "--as-of", f"{hand.day}", "-f", "json")
    told_ = {
        one["agency"]: {
            row["ref"].partition("/")[2]: (row["due"], row["days"], row["step"])
            for row in (*one["late"], *one["upcoming"])
        }
        for one in items(ran)["items"]
    }
    by_agency, leads = hand.by_agency(), {one["id"]: hand.leads(one) for one in hand.tasks}
    coordinator = hand.heir_on_day(hand.plan["coordinator"])
    assert coordinator not in told_
    for body in set(by_agency) - set(hand.groups) - {coordinator}:
        mine = {
            task: (f"{one.deadline}", (one.deadline - hand.day).days)
            for task, one in by_agency[body]
            if one.deadline and not one.closed
        }
        near = {task: (*both, step_of(both[1])) for task, both in mine.items() if both[1] <= 30}
        said = told_.get(body, {})
        assert {task: said.get(task) for task in near} == near, (body, said, near)
        assert all(set(leads[task]) & set(hand.groups) for task in set(said) - set(near)), (body, said, near)
        steps.update(step for _, _, step in near.values())
    return steps


def step_of(days: int) -> str:
    return "late" if days < 0 else "1" if days <= 1 else "7" if days <= 7 else "30"


def assert_next(shown_: Printed, hand: Hand, states: dict[str, Counted]) -> None:
    """The sentence on the next year, or the quarter after the third, and its table."""
    quarter = hand.period.endswith("Q3")
    first, last = date(YEAR, 10, 1) if quarter else date(YEAR + 1, 1, 1), date(YEAR + (not quarter), 12, 31)
    this, following = ("quý III", f"quý IV năm {YEAR}") if quarter else ("năm 2025", f"năm {YEAR + 1}")
    open_ones = {one["id"]: one for one in hand.tasks if not states[one["id"]].closed}
    late = {one for one in open_ones if states[one].timeliness in {"overdue", "unreported"}}
    ends = {one: states[one].deadline for one in open_ones}
    due_next = {one for one, day in ends.items() if day and first <= day <= last} - late
    pressing = {one for one, day in ends.items() if day and hand.day <= day < first}
    begin = {one for one, task in open_ones.items() if first <= date(hand.years(task)[0] or 1, 1, 1) <= last} - due_next
    goes_on = {one for one, task in open_ones.items() if (hand.deadline(task) or last) >= first}
    later = {one for one, task in open_ones.items() if (hand.years(task)[0] or 1) > last.year}
    rest = goes_on - later - late - due_next - pressing - begin
    wanted = {
        "nhiệm vụ đến hạn": due_next,
        "nhiệm vụ đã quá thời hạn chuyển sang": late,
        "nhiệm vụ bắt đầu thực hiện": begin,
        f"nhiệm vụ{' khác' if due_next or late or begin else ''} tiếp tục thực hiện": rest,
    }
    line = shown_.line(f"Theo Kế hoạch, {following} có")
    for words, some in wanted.items():
        assert re.findall(rf"(\d+) {words}", line) == ([str(len(some))] if some else []), (line, words, some)
    if pressing:
        assert f"Còn {len(pressing)} nhiệm vụ phải hoàn thành trong {this}." in line
    (rows,) = [one for one in shown_.tables if one[0][-1] == "Tình trạng" and "Số ngày quá hạn" not in one[0]][:1] or [
        []
    ]
    listed = [re.findall(r"\(([\w.-]+)\)$", row[1].strip())[0] for row in rows if row[0].isdigit()]
    assert sorted(listed) == sorted(late | due_next | pressing | begin)


def assert_data(shown_: Printed, hand: Hand, states: dict[str, Counted], kehoach: Kehoach) -> None:
    """Report JSON, `check`, `tasks` and charts, each against the hand's count."""
    assert_listings(hand, states, kehoach)
    by_agency = hand.by_agency()
    # The chart has the agencies with the most tasks, and leaves out none that has as many as the last one.
    drawn = next(one for one in shown_.drawn() if set(one) <= set(HEADERS.values()))
    every = sorted(by_agency.values(), key=lambda some: -len(some))
    bars = len(next(iter(drawn.values())))
    assert bars == len(every) or len(every[bars - 1]) > len(every[bars])
    for name, header in HEADERS.items():
        wanted = [float(columns(one for _, one in some)[name]) for some in every[:bars]]
        assert drawn.get(header, [0.0] * bars) == wanted, name


def assert_listings(hand: Hand, states: dict[str, Counted], kehoach: Kehoach) -> None:
    """Report JSON, `check` and `tasks`."""
    plan = hand.plan_id
    by_column, by_agency = columns(states.values()), hand.by_agency()
    (made,) = items(kehoach("report", "--period", hand.period, "--plan", plan, "-f", "json"))["items"]
    counts = made["tasks"]["counts"]
    assert counts["by_column"] == by_column
    assert (counts["done"], counts["due"], counts["due_unreported"]) == due(states.values())
    assert {row["id"]: row["counts"]["by_column"] for row in made["tasks"]["by_agency"]} == {
        body: columns(one for _, one in some) for body, some in by_agency.items()
    }
    lines = {
        line["id"]: line
        for part in ("groups", "programmes")
        for group in made["tasks"][part]
        for line in group["lines"]
    }
    assert {one: (line["column"], line["timeliness"], line["status"]) for one, line in lines.items()} == {
        one: (state.column, state.timeliness, state.status) for one, state in states.items()
    }
    summary = items(kehoach("check", "--period", hand.period, "--plan", plan, "-f", "json", "--fail-on", "none"))[
        "summary"
    ]
    (checked,) = summary["tasks"]
    assert (checked["as_of"], checked["total"], checked["columns"]) == (f"{hand.day}", len(states), by_column)
    assert checked["done"] == due(states.values())[0]
    assert_tasks(hand, states, kehoach)


def assert_tasks(hand: Hand, states: dict[str, Counted], kehoach: Kehoach) -> None:
    """Every row of `tasks`: column, timeliness, status, days late, and who has answered."""
    listed = items(kehoach("tasks", "--plan", hand.plan_id, "--as-of", f"{hand.day}", "-f", "json"))["items"]
    for one in (one for one in listed if one["id"] in states):
        state = states[one["id"]]
        assert (one["column"], one["timeliness"], one["status"]) == (state.column, state.timeliness, state.status), one[
            "id"
        ]
        assert (one["days_late"] or 0) == state.days
        assert (one["reported"]["leads"], one["reported"]["others"][0]) == (
            [state.voices.reported, state.voices.leads],
            state.voices.others,
        )


def summary_class(state: Counted, first: date, last: date, *, closed_before: bool) -> str | None:
    """Where a summary of the days from `first` to `last` counts a task; `closed_before`: as known when the period began."""
    if state.deadline is None or state.deadline > last:
        return None
    if state.deadline < first:
        day = state.completed if state.status == "done" else None
        over = state.closed and (day < first if day else closed_before)
        return None if over else "carried_in"
    if state.status == "done":
        return {"on_time": "done_on_time", "late": "done_late", "undated": "done_undated"}[state.timeliness]
    if state.closed:
        return str(state.status)
    return state.timeliness
