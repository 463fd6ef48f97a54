"""The pages in a browser: from a file and from a server, narrow and wide, dark, printed, by keyboard, and held to WCAG.

The browser is Debian's chromium; where there is none, these tests are skipped.
"""

import io
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pdfplumber
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, sync_playwright

from kehoach_cli.core.model.period import Period
from kehoach_cli.core.report.pages import site_data
from kehoach_cli.core.report.site_model import SiteQuery
from kehoach_cli.site.build import site_files
from kehoach_cli.store.files.folder import write_folder
from kehoach_cli.store.workspace.load import load
from kehoach_cli.store.workspace.paths import Root
from tests.conftest import REPOSITORY
from tests.site.test_hostile import HOSTILE, hostile_files

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install --no-install-recommends chromium"),
]
PAGES = (
    "index.html",
    "ke-hoach.html",
    "co-quan.html",
    "chi-tieu.html",
    "tim.html",
    "ke-hoach/kh-176.html",
    "co-quan/thanh-hoa/so-y-te.html",
    "nhiem-vu/kh-176/pl2.iii.1.html",
    "chi-tieu/kh-176/pl1.8.html",
)
WIDTHS = (390, 1280, 1920)
Open = Callable[..., Page]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
        """Print nothing."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the four plans with the example submissions."""
    made = tmp_path_factory.mktemp("site") / "trang"
    catalogue = load(Root(REPOSITORY), [REPOSITORY / "examples" / "progress"], keep_files=True).catalogue
    data = site_data(catalogue, SiteQuery(catalogue.plans, Period(2025), date(2026, 11, 29)))
    write_folder(made, site_files(data, REPOSITORY / "templates"), overwrite=False)
    return made


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    """The address of a server of the site on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_address[1]}"
        serving.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if as_root else [])
        yield found
        found.close()


@pytest.fixture
def visit(browser: Browser, folder: Path) -> Iterator[Open]:
    """Open a page of a fresh visitor; what the console or a dialog says, and what cannot be loaded, fails the test."""
    said: list[str] = []
    contexts: list[BrowserContext] = []

    def dismissed(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    def go(path: str, *, width: int = 1280, dark: bool = False, base: str = f"file://{folder}") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", locale="vi"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(f"{path}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"{path}: {error}"))
        page.on("requestfailed", lambda request: said.append(f"{path}: {request.url}"))
        page.on("dialog", dismissed)
        page.goto(f"{base}/{path}")
        return page

    yield go
    for context in contexts:
        context.close()
    assert said == []


def found(page: Page) -> list[str]:
    """Return the codes of the rows found, once the search has all of them."""
    page.wait_for_function("() => /kết quả\\.$/.test(document.getElementById('dem').textContent)")
    return page.locator("#ket-qua th").all_inner_texts()


def asked(page: Page, address: str) -> None:
    """Wait until the address asks what the form does."""
    page.wait_for_function("hash => location.hash === hash", arg=address)


class TestLook:
    """What is seen."""

    @pytest.mark.parametrize("width", WIDTHS)
    @pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
    def test_fits_the_screen(self, visit: Open, width: int, *, dark: bool) -> None:
        page = visit(PAGES[0], width=width, dark=dark)
        for path in PAGES:
            page.goto(page.url.replace(page.url.partition("/trang/")[2], path))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert page.locator("h1").bounding_box() is not None, path

    def test_works_from_a_server(self, visit: Open, server: str) -> None:
        page = visit("index.html", base=server)
        page.get_by_role("link", name="Tìm", exact=True).click()
        page.get_by_label("Từ cần tìm (có dấu hay không dấu)").fill("chat thai y te")
        asked(page, "#q=chat+thai+y+te")
        assert "kh-176/PL2.III.2" in found(page)

    @pytest.mark.parametrize(("width", "dark"), [(390, True), (1280, False)], ids=["phone-dark", "desk-light"])
    def test_an_accessibility_checker_finds_nothing(self, visit: Open, width: int, *, dark: bool) -> None:
        page = visit(PAGES[0], width=width, dark=dark)
        faults = {}
        for path in PAGES:
            page.goto(page.url.replace(page.url.partition("/trang/")[2], path))
            # Without `preload` the checker does not fetch the style again, which the policy forbids.
            rules = {
                "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
                "preload": False,
            }
            result = Axe().run(page, options=rules)
            if result.response["violations"]:
                faults[path] = [(one["id"], one["nodes"][0]["html"]) for one in result.response["violations"]]
        assert faults == {}

    def test_prints_on_a4_without_the_menu(self, visit: Open) -> None:
        for path in (PAGES[0], PAGES[5]):
            with pdfplumber.open(io.BytesIO(visit(path).pdf(prefer_css_page_size=True))) as document:
                first = document.pages[0]
                assert (round(first.width), round(first.height)) == (595, 842)
                text = first.extract_text()
                assert "Bản nội bộ, số liệu chưa chốt" in text
                assert "Tìm" not in text.split("\n")[0]
                for sheet in document.pages:
                    assert all(word["x0"] >= 0 and word["x1"] <= first.width for word in sheet.extract_words())


class TestSearch:
    """The search and its filters."""

    def test_finds_without_accents_and_ranks_the_phrase_first(self, visit: Open) -> None:
        page = visit("tim.html")
        box = page.get_by_label("Từ cần tìm (có dấu hay không dấu)")
        box.fill("chat thai y te")
        asked(page, "#q=chat+thai+y+te")
        plain = found(page)
        first = page.locator("#ket-qua tr").first.inner_text()
        assert "chất thải y tế" in first.lower()
        box.fill("chất thải y tế")
        asked(page, "#q=ch%E1%BA%A5t+th%E1%BA%A3i+y+t%E1%BA%BF")
        assert found(page) == plain

    def test_finds_a_code(self, visit: Open) -> None:
        assert found(visit("tim.html#q=kh-176/pl2.iii.1"))[0] == "kh-176/PL2.III.1"

    def test_keeps_what_is_asked_in_the_address(self, visit: Open) -> None:
        page = visit("tim.html#tinh-trang=late&ke-hoach=qd-3825")
        late = found(page)
        assert late
        assert all(one.startswith("qd-3825/") for one in late)
        page.get_by_label("Kế hoạch", exact=True).select_option("")
        asked(page, "#tinh-trang=late")
        assert len(found(page)) > len(late)
        page.reload()
        assert page.get_by_label("Tình trạng").input_value() == "late"
        assert len(found(page)) > len(late)

    def test_names_a_choice_that_is_no_longer_there(self, visit: Open) -> None:
        page = visit("tim.html#ke-hoach=kh-cu&loai=chi-tieu")
        page.wait_for_function("() => /nên đã bỏ\\.$/.test(document.getElementById('dem').textContent)")
        assert page.inner_text("#dem") == "Có 25 kết quả. Không có lựa chọn ke-hoach=kh-cu nên đã bỏ."
        page.get_by_label("Loại").select_option("")
        asked(page, "")
        assert len(found(page)) == 50

    def test_shows_more_and_moves_on_to_it(self, visit: Open) -> None:
        page = visit("tim.html")
        first = len(found(page))
        page.get_by_role("button", name="Xem thêm").press("Enter")
        assert page.locator("#ket-qua tr").count() > first
        code = page.evaluate("document.activeElement.textContent")
        assert code == page.locator("#ket-qua th").nth(first).inner_text()


def test_without_scripts_all_but_the_search_can_be_read(browser: Browser, folder: Path) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"file://{folder}/index.html")
    assert page.get_by_role("row", name="PL2.III.1").is_visible()
    page.goto(f"file://{folder}/tim.html")
    assert "Tìm kiếm cần JavaScript" in page.inner_text("main")
    assert not page.locator("#tim").is_visible()
    page.context.close()


class TestKeyboard:
    """Everything can be reached by keyboard, and one sees where one is."""

    def test_walks_through_the_page(self, visit: Open) -> None:
        page = visit("index.html")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Bỏ qua phần đầu trang"
        assert page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('main')")
        for _ in range(12):
            page.keyboard.press("Tab")
            style = page.evaluate(
                "(s => [s.outlineStyle, parseFloat(s.outlineWidth)])(getComputedStyle(document.activeElement))"
            )
            assert style[0] != "none"
            assert style[1] >= 2

    def test_filters_without_a_mouse(self, visit: Open) -> None:
        page = visit("tim.html")
        found(page)
        page.get_by_label("Loại").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        asked(page, "#loai=chi-tieu")
        assert len(found(page)) == 25


def test_hostile_data_do_nothing(visit: Open, tmp_path: Path) -> None:
    made = tmp_path / "xau"
    text = " ".join(HOSTILE)
    write_folder(made, ((name, content) for name, content in hostile_files(text)), overwrite=False)
    page = visit("index.html", base=f"file://{made}", width=390)
    for path in sorted(one.relative_to(made).as_posix() for one in made.rglob("*.html"))[:12]:
        page.goto(f"file://{made}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    page.goto(f"file://{made}/tim.html#q=alert")
    assert found(page)
    assert page.locator("#ket-qua script, #ket-qua img").count() == 0
