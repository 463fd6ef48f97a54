"""Data may say anything: on the pages and in the rows of the search it is text and nothing else."""

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from lxml import html
from msgspec.structs import replace

from kehoach_cli.core.model.agency import Directory
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import Plan
from kehoach_cli.core.model.progress import Status, Submission, SubmittedIndicator, SubmittedTask
from kehoach_cli.core.report.pages import site_data
from kehoach_cli.core.report.site_model import SiteQuery
from kehoach_cli.site.build import cleaned, site_files
from kehoach_cli.site.search import script_value
from kehoach_cli.store.workspace.load import load
from kehoach_cli.store.workspace.paths import Root
from tests.conftest import REPOSITORY

HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)> ' onclick='alert(1)",
    "{{ 7 * 7 }}{% for x in y %}<!--]]>",
    "javascript:alert(1)//&lt;b&gt;&amp;",
    "\u2028\u2029\\u003c",
    "D" * 20_000,
)
UNSEEN = "\u202etac\u202c\u2066x\u2069\x00\x08\x1b[31m\x7f\x9b\ufeff\ud800"


def _hostile_plan(plan: Plan, text: str) -> Plan:
    tasks = tuple(replace(one, text=text, outputs=(text,), note=text, errata=text) for one in plan.tasks[:4])
    indicators = tuple(
        replace(one, name=text, unit=text[:40], note=text, direction_note=text) for one in plan.indicators[:3]
    )
    document = replace(plan.document, title=text, cite=text, issuer=text)
    sections = tuple(replace(one, title=text) for one in plan.sections)
    return replace(plan, tasks=tasks, indicators=indicators, document=document, sections=sections)


def _hostile_names(directory: Directory, text: str) -> Directory:
    registries = {
        key: replace(
            one, name=text, agencies={k: replace(a, name=text, short=(text,)) for k, a in one.agencies.items()}
        )
        for key, one in directory.registries.items()
    }
    return Directory(registries)


def hostile_files(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a site in which every text of people is `text`."""
    catalogue = load(Root(REPOSITORY)).catalogue
    (plan,) = [one for one in catalogue.plans if one.id == "kh-176"]
    shown = _hostile_plan(plan, text)
    said = Submission(
        plan.id,
        "so-y-te",
        2025,
        date(2025, 12, 14),
        "a.yaml",
        tasks={one.id: SubmittedTask(Status.IN_PROGRESS, result=text, difficulty=text) for one in shown.tasks},
        indicators={one.id: SubmittedIndicator(value=text, source=text, note=text) for one in shown.indicators},
    )
    known = Catalogue((shown,), _hostile_names(catalogue.directory, text), (said,))
    data = site_data(known, SiteQuery((shown,), Period(2025), date(2026, 1, 1)))
    return site_files(data, REPOSITORY / "templates")


def _site(text: str) -> dict[str, str]:
    return {name: content.decode() for name, content in hostile_files(text)}


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_markup_in_data_is_text(text: str) -> None:
    files = _site(text)
    pages = {name: html.document_fromstring(text.encode()) for name, text in files.items() if name.endswith(".html")}
    for name, page in pages.items():
        assert {one.get("src").rpartition("/")[2] for one in page.xpath("//script")} <= {"trang.js", "muc-luc.js"}, name
        assert not page.xpath("//img | //*[@onerror or @onload or @onclick] | //comment()"), name
        assert not [link for link in page.xpath("//@href") if ":" in link], name
    task = next(page for name, page in pages.items() if name.startswith("nhiem-vu/"))
    seen = re.sub(r"\s+", " ", task.text_content())
    assert re.sub(r"\s+", " ", text) in seen
    rows = files["tim/1.js"]
    assert not re.search("[<>\u2028\u2029]", rows)
    values = json.loads(re.fullmatch(r"kehoach\(0,(.*)\);\n", rows, re.DOTALL)[1])  # type: ignore[index]
    assert values[0][2] == text or values[0][2].endswith("…")


@pytest.mark.slow
def test_control_characters_reach_no_file() -> None:
    for name, text in _site(f"trước {UNSEEN} sau").items():
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]", text), name


def test_a_value_in_a_script_comes_back_as_it_was() -> None:
    value = ["</script>", "a&b", "\u2028", 'x"y\\', {"k": ["<!--"]}]
    assert json.loads(script_value(value)) == value
    assert not re.search("[<>&\u2028]", script_value(value))


def test_line_breaks_and_letters_stay() -> None:
    assert cleaned("Đề án\n\tsố 1 – “ưu tiên”") == "Đề án\n\tsố 1 – “ưu tiên”"
