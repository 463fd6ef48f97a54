"""The pages of a site: whole, linked, the same numbers as the commands, harmless whatever the data say."""

import itertools
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from kehoach_cli.core.check.submissions import check
from kehoach_cli.core.check.wording import COLUMN_HEADERS
from kehoach_cli.core.duties.assess import CountColumn
from kehoach_cli.core.duties.select import TaskQuery, select_tasks
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.report.pages import site_data
from kehoach_cli.core.report.site_model import SiteData, SiteQuery
from kehoach_cli.store.workspace.load import load
from kehoach_cli.store.workspace.paths import Root
from tests.conftest import REPOSITORY, Ran

Kehoach = Callable[..., Ran]
EXAMPLES = ("--progress", str(REPOSITORY / "examples" / "progress"))
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'"


def pages(folder: Path) -> Iterator[tuple[Path, html.HtmlElement]]:
    """Yield every page of a site, parsed."""
    for path in sorted(folder.rglob("*.html")):
        yield path, html.document_fromstring(path.read_bytes())


@pytest.fixture(scope="module")
def data() -> SiteData:
    """What the pages of the four plans say, with the example submissions."""
    catalogue = load(Root(REPOSITORY), [REPOSITORY / "examples" / "progress"], keep_files=True).catalogue
    return site_data(catalogue, SiteQuery(catalogue.plans, Period(2025), date(2026, 11, 29)))


@pytest.fixture
def site(kehoach: Kehoach, tmp_path: Path) -> Path:
    """The site of the four plans, with the example submissions."""
    folder = tmp_path / "trang"
    assert kehoach("site", "-o", str(folder), "--as-of", "2026-11-29", *EXAMPLES).code == 0
    return folder


@pytest.mark.slow
class TestEveryPage:
    """What holds of every page."""

    def test_is_whole(self, site: Path) -> None:
        for path, page in pages(site):
            assert page.get("lang") == "vi"
            (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
            assert policy == POLICY
            assert not page.xpath("//@style | //style | //script[not(@src)] | //@onclick"), path
            (title,) = page.xpath("//h1")
            assert title.text_content().strip(), path
            levels = [int(one.tag[1]) for one in page.xpath("//h1 | //h2 | //h3")]
            assert all(later - earlier <= 1 for earlier, later in itertools.pairwise(levels)), path
            ids = page.xpath("//@id")
            assert len(ids) == len(set(ids)), path
            assert "Bản nội bộ, số liệu chưa chốt" in page.text_content()

    def test_has_links_that_lead_somewhere(self, site: Path) -> None:
        for path, page in pages(site):
            for link in page.xpath("//@href | //@src"):
                if not link.startswith("#"):
                    target = path.parent / link.partition("#")[0]
                    assert target.is_file(), f"{path.relative_to(site)}: {link}"
                    assert not link.startswith(("/", "http"))

    def test_has_tables_that_say_what_they_are(self, site: Path) -> None:
        for path, page in pages(site):
            for table in page.xpath("//table[not(ancestor::*[@hidden])]"):
                assert table.xpath("string(caption)"), path
                columns = table.xpath("thead/tr/th[@scope='col']")
                assert columns, path
                for row in table.xpath("tbody/tr"):
                    assert len(row.xpath("th[@scope='row']")) == 1, path
                    assert len(row.xpath("th | td")) == len(columns), path

    def test_has_a_table_under_each_chart(self, site: Path) -> None:
        charts = 0
        for path, page in pages(site):
            for chart in page.xpath("//*[local-name()='svg']"):
                charts += 1
                assert chart.get("aria-label"), path
                assert chart.xpath("ancestor::section//table"), path
                drawn = [one for one in chart.itertext() if re.fullmatch(r"\s*[\d.,]+\s*", one)]
                assert drawn, path
        assert charts > 10

    def test_names_bodies_by_their_names(self, data: SiteData, site: Path) -> None:
        registries = data.directory.registries.values()
        ids = {one for registry in registries for one in registry.agencies if "-" in one}
        assert "ubnd-tinh" in ids
        for path, page in pages(site):
            assert not ids & set(re.split(r"[\s,;:()]+", page.text_content())), path

    def test_has_a_name_of_plain_letters(self, site: Path) -> None:
        for path in site.rglob("*"):
            assert re.fullmatch(r"[a-z0-9.\-/]+", path.relative_to(site).as_posix()), path


@pytest.mark.slow
class TestSameNumbers:
    """The pages count what the commands count."""

    def test_late_tasks_are_those_of_the_command(self, kehoach: Kehoach, data: SiteData) -> None:
        ran = kehoach("tasks", "--overdue", "--as-of", "2026-11-29", "-f", "json", *EXAMPLES)
        assert {one["ref"] for one in json.loads(ran.out)["items"]} == {
            one.ref for one in data.tasks if one.standing.late
        }

    def test_provinces_stand_beside_their_own_late_tasks(self, kehoach: Kehoach, site: Path) -> None:
        page = html.document_fromstring((site / "index.html").read_bytes())
        (table,) = page.xpath("//section[h2='Theo tỉnh, thành phố']//table")
        shown = {row.xpath("string(th)"): int(row.xpath("string(td[3])")) for row in table.xpath("tbody/tr")}
        told = {}
        for province, name in (("thanh-hoa", "Thanh Hóa"), ("thai-nguyen", "Thái Nguyên")):
            asked = ("--overdue", "--as-of", "2026-11-29", "--province", province, "-f", "json", *EXAMPLES)
            told[name] = len(json.loads(kehoach("tasks", *asked).out)["items"])
        assert shown == told
        # A name that every province has is told with its province.
        leads = page.xpath("//section[starts-with(h2, 'Việc quá hạn')]//tbody/tr/td[2]")
        assert all(one.text_content().startswith("Thanh Hóa: ") for one in leads)

    def test_states_are_counted_as_in_the_check(self, data: SiteData, site: Path) -> None:
        catalogue = load(Root(REPOSITORY), [REPOSITORY / "examples" / "progress"], keep_files=True).catalogue
        counted = check(catalogue, Period(2025), data.query.as_of, frozenset()).tasks
        assert counted
        for one in counted:
            page = html.document_fromstring((site / "ke-hoach" / f"{one.plan.id}.html").read_bytes())
            (table,) = page.xpath("//section[h2='Nhiệm vụ theo tình trạng']//table")
            rows = {row.xpath("string(th/span)"): row.xpath("string(td)") for row in table.xpath("tbody/tr")}
            told = {COLUMN_HEADERS[column]: one.counted(column) for column in CountColumn if one.counted(column)}
            assert rows == {word: str(number) for word, number in {**told, "Tổng": one.total}.items()}

    def test_verdicts_are_those_of_the_check(self, kehoach: Kehoach, data: SiteData) -> None:
        ran = kehoach("check", "--year", "2025", "--as-of", "2026-11-29", "-f", "json", *EXAMPLES[1:])
        official = {one["ref"]: one["verdict"] for one in json.loads(ran.out)["items"] if one["official"]}
        assert {one.ref: one.verdict for one in data.indicators if one.official} == official

    def test_counts_of_bodies_are_those_of_the_summary_of_their_province(
        self, kehoach: Kehoach, data: SiteData, site: Path
    ) -> None:
        for province in ("thanh-hoa", "thai-nguyen"):
            asked = ("--period", "2025", "--as-of", "2026-11-29", "--province", province, "-f", "json", *EXAMPLES)
            ran = kehoach("summary", *asked)
            items = json.loads(ran.out)["items"] if ran.code == 0 else []
            lines = {one["key"]: one["due"] for one in items if one["key"]}
            shown = {one.agency.id: one.line.counts.due for one in data.bodies if one.line and one.province == province}
            assert shown.items() <= lines.items()
            assert bool(shown) is (province == "thanh-hoa")
        # A body of the same id in the other province has a plan that begins only in 2026.
        page = html.document_fromstring((site / "co-quan/thai-nguyen/so-nnmt.html").read_bytes())
        assert "đến hạn" not in " ".join(page.xpath("//h2/text()"))

    def test_a_body_has_the_rows_that_name_it(self, data: SiteData) -> None:
        catalogue = load(Root(REPOSITORY), [REPOSITORY / "examples" / "progress"]).catalogue
        for body in data.bodies:
            answers = select_tasks(catalogue, TaskQuery(data.query.as_of, (body.agency,)))
            own = {row.ref for answer in answers for row in answer.rows if row.own}
            assert {role.entry.ref for role in body.tasks} == own, body.agency.id


@pytest.mark.slow
class TestWriting:
    """The folder is written as a whole, and only over an earlier build."""

    def test_gives_the_same_bytes_for_the_same_input(self, kehoach: Kehoach, site: Path, tmp_path: Path) -> None:
        again = tmp_path / "again"
        kehoach("site", "-o", str(again), "--as-of", "2026-11-29", *EXAMPLES)
        first = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
        assert first == {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}

    def test_replaces_an_earlier_build_when_forced_and_leaves_nothing_of_it(self, kehoach: Kehoach, site: Path) -> None:
        stale = site / "ke-hoach" / "qd-3825.html"
        assert stale.is_file()
        ran = kehoach("site", "-o", str(site), "--plan", "kh-176", "--as-of", "2026-11-29", *EXAMPLES)
        assert ran.code == 3
        assert "--force" in ran.err
        ran = kehoach("site", "-o", str(site), "--plan", "kh-176", "--as-of", "2026-11-29", "--force", *EXAMPLES)
        assert ran.code == 0
        assert not stale.exists()
        assert [path.name for path in site.parent.iterdir()] == [site.name]

    def test_refuses_a_folder_that_holds_other_things(self, kehoach: Kehoach, site: Path) -> None:
        (site / "ghi-chu.txt").write_text("của tôi", encoding="utf-8")
        before = sorted(site.rglob("*"))
        ran = kehoach("site", "-o", str(site), "--force", *EXAMPLES)
        assert ran.code == 3
        assert "ghi-chu.txt" in ran.err
        assert sorted(site.rglob("*")) == before
        ran = kehoach("site", "-o", str(REPOSITORY / "plans"), "--force")
        assert ran.code == 3

    def test_leaves_the_earlier_build_when_it_fails(
        self, kehoach: Kehoach, site: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}

        def fail(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("kehoach_cli.store.files.folder._swap", fail)
        ran = kehoach("site", "-o", str(site), "--force", *EXAMPLES)
        assert ran.code == 3
        assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
        assert [path.name for path in site.parent.iterdir()] == [site.name]
