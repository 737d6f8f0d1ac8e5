"""The web page in a real browser: what axe finds, tables sorted from the keyboard, narrow windows, and without its script.

Skipped where no Chromium is found.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cohesion_qda.report import html
from cohesion_qda.report.contents import compose
from cohesion_qda.report.drawing import Drawing
from tests.report.printed import document
from tests.report.study import Made

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine: the page is not opened")
ALIKE = """document.querySelectorAll('svg > g, tbody tr:nth-child(n+5), .theme ~ .theme ~ .theme, .contexts li:nth-child(n+4)')
    .forEach(each => each.remove())"""
"""What is like what stays: further rows, themes and contexts. The colours in figures, which axe cannot see, are tested where they are drawn."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def findings(making: Callable[..., Made], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a whole report of a small study; its figures are drawn as SVG alone."""
    data = making(groups=4, people=20, codings=60).report(authors="A. Researcher", summary="People want to meet.")
    path = tmp_path_factory.mktemp("page") / "report.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Drawing, "png", lambda *given: b"")
        path.write_bytes(html.render(compose(data)))
    return path


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("odd") / "report.html"
    path.write_bytes(html.render(document()))
    return path


@pytest.fixture
def opened(browser: Any, odd: Path) -> Iterator[Any]:
    page = browser.new_page()
    page.goto(odd.as_uri())
    yield page
    page.close()


@pytest.mark.parametrize("what", ["findings", "odd"])
def test_axe_finds_nothing_in_the_light_and_in_the_dark(
    browser: Any, request: pytest.FixtureRequest, what: str
) -> None:
    import axe_playwright_python

    (script,) = Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")
    page = browser.new_page()
    page.goto(request.getfixturevalue(what).as_uri())
    page.evaluate(script.read_text(encoding="utf-8"))
    page.evaluate(ALIKE)
    for scheme, rules in (("light", "{resultTypes: ['violations']}"), ("dark", "{runOnly: ['color-contrast']}")):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate(f"axe.run({rules})")
        assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
        assert {each["id"] for each in found["passes"]} >= {"color-contrast"}
    page.close()


def first_column(page: Any) -> list[str]:
    return page.locator("#table-1 tbody th").all_inner_texts()  # type: ignore[no-any-return]


def test_a_table_is_sorted_from_the_keyboard(opened: Any) -> None:
    """Rows that stand under another stay under it; the third time it is as it was written."""
    written = ["Parks", "Benches", "Ponds", "Buses", "Cuts"]
    head = opened.locator("#table-1 thead th").nth(1)
    assert first_column(opened) == written
    assert "Press the head of a column to sort by it." in opened.locator("#table-1 caption").text_content()
    head.locator("button").focus()
    opened.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert first_column(opened) == ["Buses", "Parks", "Ponds", "Benches", "Cuts"], "what is hidden stands last"
    opened.keyboard.press("Space")
    assert head.get_attribute("aria-sort") == "ascending"
    assert first_column(opened) == ["Parks", "Benches", "Ponds", "Buses", "Cuts"]
    opened.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") is None and first_column(opened) == written


def test_words_are_sorted_as_words_and_by_the_mouse(opened: Any) -> None:
    names = opened.locator("#table-1 thead button").first
    names.click()
    assert first_column(opened) == ["Buses", "Cuts", "Parks", "Benches", "Ponds"]
    names.click()
    assert first_column(opened) == ["Parks", "Ponds", "Benches", "Cuts", "Buses"]
    opened.locator("#table-1 thead button").nth(2).click()
    assert opened.locator("#table-1 thead [aria-sort]").count() == 1
    assert first_column(opened)[0] == "Buses"


def test_without_its_script_the_page_is_whole(browser: Any, odd: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(odd.as_uri())
    assert page.locator("thead button").count() == 0
    assert page.locator("#table-1 tbody th").all_inner_texts()[0] == "Parks"
    context.close()


def test_a_narrow_window_needs_no_scrolling_aside(browser: Any, findings: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 700})
    page.goto(findings.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


def test_a_quotation_leads_to_the_talk_around_it(opened: Any) -> None:
    opened.get_by_role("link", name="Quotation 1 in context").press("Enter")
    assert opened.url.endswith("#context-7") and opened.locator("#context-7").is_visible()
    opened.get_by_role("link", name="Back to quotation 1").press("Enter")
    assert opened.url.endswith("#passage-7")
