"""A public site knows what a lock has closed, and nothing that people wrote beside it."""

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from lxml import html
from msgspec.structs import replace

from kehoach_cli.core.check.locked import assessed
from kehoach_cli.core.model.catalogue import Catalogue
from kehoach_cli.core.model.lock import Adjustment, PlanLock
from kehoach_cli.core.model.period import Period
from kehoach_cli.core.model.plan import BodyVariant, Cost, Plan, Withdrawal
from kehoach_cli.core.model.progress import Extension, Paper, Status, Submission, SubmittedIndicator, SubmittedTask
from kehoach_cli.core.report.pages import site_data
from kehoach_cli.core.report.public_pages import closed_plans
from kehoach_cli.core.report.site_model import SiteQuery
from kehoach_cli.site.build import site_files
from kehoach_cli.store.workspace.load import load
from kehoach_cli.store.workspace.paths import Root
from tests.cli.test_collecting import form, value
from tests.conftest import REPOSITORY, Ran
from tests.fuzz.inputs import small, write

Kehoach = Callable[..., Ran]
PRIVATE = "Nguyễn Văn Bí Mật"
DAY = date(2026, 1, 31)
YEAR = Period(2025)
# What tells that somebody has not reported.
SILENCE = ("chưa báo cáo", "chưa có báo cáo", "chưa nhận", "chưa có số liệu", "đã báo cáo", "Bản nội bộ")


def _with_secrets(plan: Plan) -> Plan:
    """A plan whose notes, money, signer and recipients hold the secret."""
    tasks = tuple(
        replace(
            one,
            note=PRIVATE,
            errata=PRIVATE,
            cost=(Cost(PRIVATE, PRIVATE, PRIVATE),),
            body=BodyVariant(None, note=PRIVATE),
            withdrawn=Withdrawal(date(2030, 1, 1), PRIVATE),
        )
        for one in plan.tasks[-12:]
    )
    indicators = tuple(replace(one, note=PRIVATE, errata=PRIVATE, direction_note=PRIVATE) for one in plan.indicators)
    document = replace(plan.document, signer=PRIVATE, recipients=(PRIVATE,))
    return replace(plan, tasks=tasks, indicators=indicators, document=document)


@pytest.fixture(scope="module")
def base() -> Catalogue:
    """The plan kh-176 with a secret in everything that we or an office wrote beside the official text."""
    catalogue = load(Root(REPOSITORY)).catalogue
    (plan,) = [one for one in catalogue.plans if one.id == "kh-176"]
    return replace(catalogue, plans=(_with_secrets(plan),))


def _value(chance: random.Random, plan: Plan) -> SubmittedIndicator:
    texts = ["86,5", "34 %", "0", f"86,5 ({PRIVATE})", PRIVATE, f"{PRIVATE} 12", "khoảng 5"]
    scopes = sorted({part.scope for one in plan.indicators for t in one.targets for part in t.parts if part.scope})
    return SubmittedIndicator(
        value=chance.choice([None, *texts]),
        parts={scope: chance.choice(texts) for scope in chance.sample([*scopes, PRIVATE], chance.randint(0, 2))},
        levels={year: chance.choice(texts) for year in chance.sample([2020, 2024, 2025], chance.randint(0, 2))},
        estimate=chance.random() < 0.5,
        to_date=PRIVATE,
        source=PRIVATE,
        note=PRIVATE,
        met=chance.choice([None, None, True, False]),
    )


def _state(chance: random.Random) -> SubmittedTask:
    return SubmittedTask(
        status=chance.choice([None, *Status]),
        result=PRIVATE,
        documents=(Paper(PRIVATE, date(2025, 5, 5)),),
        completed=chance.choice([None, date(2025, 6, 1)]),
        extension=chance.choice([None, Extension(date(2027, 1, 1), f"Công văn 12/UBND ngày 01/02/2025 {PRIVATE}")]),
        difficulty=PRIVATE,
        settled=chance.choice([None, PRIVATE]),
    )


def _closed(base: Catalogue, submission: Submission) -> Catalogue:
    """The catalogue with a submission on which the year was closed, and one on the next year that is open."""
    plan = base.plans[0]
    known = replace(base, submissions=(submission, replace(submission, year=2026, cutoff=date(2026, 1, 15))))
    kept = assessed(replace(base, submissions=(submission,)), plan, YEAR, submission.cutoff)
    lock = PlanLock(plan.id, "2025", submission.cutoff, "2025-12-31T08:00:00", "1", by=PRIVATE, assessment=kept)
    changed = Adjustment(plan.id, "2025", "so-y-te", ("tasks", plan.tasks[0].id, "result"), PRIVATE, PRIVATE, PRIVATE)
    return replace(known, locks=(lock,), adjustments=(changed,))


@pytest.mark.slow
@pytest.mark.parametrize("number", range(10))
def test_nothing_that_people_wrote_leaves_by_any_file(base: Catalogue, number: int) -> None:
    chance, plan = random.Random(number), base.plans[0]
    submission = Submission(
        plan.id,
        chance.choice(["so-y-te", "so-nnmt", "so-xay-dung"]),
        2025,
        date(2025, 12, 14),
        f"{PRIVATE}.yaml",
        tasks={one.id: _state(chance) for one in plan.tasks if chance.random() < 0.7},
        indicators={one.id: _value(chance, plan) for one in plan.indicators if chance.random() < 0.8},
        funding=({"source": PRIVATE, "planned": PRIVATE},),
        narrative={"strengths": PRIVATE, "proposals": {"central": PRIVATE}, "next_year": PRIVATE},
    )
    catalogue = _closed(base, submission)
    data = site_data(catalogue, SiteQuery(catalogue.plans, YEAR, DAY, public=True))
    assert any(one.verdict for one in data.indicators)
    for name, content in site_files(data, REPOSITORY / "templates"):
        text = content.decode()
        assert PRIVATE not in text, name
        assert not [one for one in SILENCE if one.casefold() in text.casefold()], name


@pytest.mark.slow
class TestCommand:
    """What the command publishes."""

    @pytest.fixture
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kehoach: Kehoach) -> Path:
        """A workspace with one submission of 2025."""
        write(tmp_path, {name: data for name, data in small().items() if not name.startswith("progress")})
        monkeypatch.chdir(tmp_path)
        form("in/a.yaml", value("95") + f"tasks:\n  I.1: {{status: in_progress, result: {PRIVATE}}}\n")
        assert kehoach("collect", "in").code == 0
        return tmp_path

    def test_refuses_while_nothing_is_closed(self, kehoach: Kehoach, folder: Path) -> None:
        ran = kehoach("site", "-o", "trang", "--public")
        assert ran.code == 3
        assert "chưa chốt kỳ nào" in ran.err
        assert not (folder / "trang").exists()

    def test_shows_values_and_verdicts_of_the_lock(self, kehoach: Kehoach, folder: Path) -> None:
        assert kehoach("lock", "2025").code == 0
        form("in/b.yaml", value("97").replace("I-ct9", "I-ct9"), sent="2026-07-02", year=2026, cutoff="2026-07-01")
        assert kehoach("site", "-o", "trang", "--public", "--as-of", "2026-12-31").code == 0
        page = html.document_fromstring((folder / "trang/chi-tieu/kh-mau/i-ct9.html").read_bytes())
        rows = {row.xpath("string(th)"): row.xpath("string(td[2])") for row in page.xpath("//tbody/tr")}
        assert rows["2025"] == "95"
        assert "Đạt" in page.text_content()
        assert "Số liệu đã chốt tính đến ngày 14/12/2025" in page.text_content()

    def test_asked_for_an_earlier_day_knows_no_later_lock(self, kehoach: Kehoach, folder: Path) -> None:
        assert kehoach("lock", "2025").code == 0
        ran = kehoach("site", "-o", "trang", "--public", "--as-of", "2025-11-30")
        assert ran.code == 3
        assert not (folder / "trang").exists()


def test_the_last_lock_up_to_the_period_counts(base: Catalogue) -> None:
    half = PlanLock("kh-176", "2025-H1", date(2025, 6, 14), "2025-07-01T08:00:00", "1")
    year = PlanLock("kh-176", "2025", date(2025, 12, 14), "2025-12-31T08:00:00", "2")
    catalogue = replace(base, locks=(year, half))
    assert closed_plans(catalogue, catalogue.plans, None, DAY) == [year]
    assert closed_plans(catalogue, catalogue.plans, Period(2025, "H1"), DAY) == [half]
    assert closed_plans(catalogue, catalogue.plans, None, date(2025, 8, 1)) == [half]
