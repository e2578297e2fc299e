"""The pages in a real browser: on a small phone and a large screen, without scripts, and read by axe-core."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Response, Route, async_playwright

import storage
from bot.domain.comments import Decision, Order, Outcome
from bot.domain.decision_table import decision_mark
from bot.pages import layout
from bot.shell import COMMAND_LINE
from tests.clocks import VirtualClock
from tests.demo.chromium import CHROMIUM, NEEDS_CHROMIUM
from tests.municipality import Municipality
from tests.pages.axe import FIND, axe_script
from tests.pages.served import Server, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module"), NEEDS_CHROMIUM]

CODE = "bagysh-2026-1"
HEARING, COMMENTS = layout.hearing("ru", CODE), layout.comments("ky", CODE, Order.NEWEST, 0)
PAGES = (
    layout.PAGE,
    layout.front("ky"),
    layout.municipality("uz", "bagysh"),
    HEARING,
    COMMENTS,
    layout.results("en", CODE),
)
WIDTHS = (320, 1280)
PAGE_BYTES, ALL_BYTES, REQUESTS = 100_000, 120_000, 4
"""Of a page alone; with all that it loads; and how often it asks."""
NEIGHBOURS = ("--disable-features=LocalNetworkAccessChecks",)
"""Lets a page from elsewhere show one of this machine."""
NEWSPAPER = "http://newspaper.example/"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(lively_database: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Server]:
    """The hearing, with an answer of the commission."""
    file = shutil.copy(lively_database, tmp_path_factory.mktemp("browser") / "hearings.db")
    store = await storage.open_store(f"sqlite:///{file}")
    municipality = await Municipality.over(store, VirtualClock())
    decision = Decision(Outcome.ACCEPTED, "Жайында оңдолот", "Айыл өкмөтү", date(2027, 5, 1))
    await municipality.services.decisions.decide(COMMAND_LINE, 1, decision, edition=0, earlier=decision_mark(None))
    async with serving(municipality) as served:
        yield served
    await store.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *NEIGHBOURS])
        yield browser
        await browser.close()


@asynccontextmanager
async def tab(browser: Browser, **options: Any) -> AsyncIterator[tuple[Page, list[Response]]]:
    """A page of its own and what it was answered; a complaint in its console fails the test."""
    page = await browser.new_page(**options)
    complaints, answers = list[str](), list[Response]()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("response", lambda answer: answers.extend([answer]))
    yield page, answers
    await page.close()
    assert complaints == []


async def test_pages_fit_every_width_without_scripts_and_weigh_little(browser: Browser, server: Server) -> None:
    async with tab(browser, java_script_enabled=False) as (page, answers):
        for place in PAGES:
            answers.clear()
            await page.goto(f"{server.root}/{place}")
            sizes = [len(await each.body()) for each in answers]
            assert sizes[0] < PAGE_BYTES
            assert sum(sizes) < ALL_BYTES
            assert len(sizes) <= REQUESTS
            assert all(each.url.startswith(server.root) for each in answers)
            for width in WIDTHS:
                await page.set_viewport_size({"width": width, "height": 900})
                wide, seen = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
                assert wide <= seen, (place, width)
        await page.goto(f"{server.root}/{HEARING}")
        for summary in await page.locator("summary").all():
            await summary.click()
        await page.set_viewport_size({"width": 320, "height": 900})
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320
        assert await page.evaluate("document.cookie") == ""


@pytest.mark.npm
async def test_axe_finds_nothing_that_keeps_anybody_out(browser: Browser, server: Server) -> None:
    script = axe_script()
    for scheme in ("light", "dark"):
        async with tab(browser, color_scheme=scheme, viewport={"width": 320, "height": 900}) as (page, _):
            for place in PAGES:
                await page.goto(f"{server.root}/{place}")
                await page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
                await page.evaluate(script)
                assert await page.evaluate(FIND) == [], (place, scheme)


async def test_only_the_results_may_stand_in_the_page_of_a_newspaper(browser: Browser, server: Server) -> None:
    page = await browser.new_page()
    for place, shown in ((layout.short_results(CODE), True), (HEARING, False)):
        frame = f'<!doctype html><title>News</title><iframe src="{server.root}/{place}"></iframe>'
        await page.route(NEWSPAPER, _printing(frame))
        await page.goto(NEWSPAPER)
        assert (await page.frames[1].locator("#question-1").count() == 1) is shown
        await page.unroute(NEWSPAPER)
    await page.close()


async def test_a_page_is_printed_whole_on_white_paper(browser: Browser, server: Server) -> None:
    async with tab(browser, color_scheme="dark") as (page, _):
        await page.goto(f"{server.root}/{HEARING}")
        await page.emulate_media(media="print", color_scheme="dark")
        ground, ink = await page.evaluate(
            "[getComputedStyle(document.querySelector('main')).backgroundColor, getComputedStyle(document.body).color]"
        )
        assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
        assert not await page.locator(".top").is_visible()
        assert await page.locator("details").count() > 0
        assert all([await each.is_visible() for each in await page.locator("details li, details td").all()])
        assert (await page.pdf()).startswith(b"%PDF")


def _printing(content: str) -> Callable[[Route], Awaitable[None]]:
    """A page that is nowhere on the network."""

    async def answer(route: Route) -> None:
        await route.fulfill(body=content, content_type="text/html")

    return answer
