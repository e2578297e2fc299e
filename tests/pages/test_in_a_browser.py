"""The pages in a real browser: on a small phone and a large screen, without scripts, and read by axe-core."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Response, Route, async_playwright, expect

import storage
from bot.domain.comments import CommentKind, Decision, Order, Outcome
from bot.domain.decision_table import decision_mark
from bot.domain.people import Caller
from bot.domain.questions import About, Choose
from bot.pages import layout
from bot.shell import COMMAND_LINE
from tests.clocks import VirtualClock
from tests.demo.chromium import CHROMIUM, NEEDS_CHROMIUM
from tests.municipality import Municipality
from tests.pages.axe import FIND, axe_script
from tests.pages.hall_town import hall_pages, hall_town
from tests.pages.served import Server, serving
from tests.services.writing import message, received

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


SMALLEST = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const around = node.parentElement;
    if (!node.data.trim() || !around.getClientRects().length || around.closest("noscript")) { continue; }
    const box = around.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(around).fontSize) / innerHeight;
    if (size < 0.0299 || box.bottom > innerHeight + 1 || box.right > innerWidth + 1 || box.top < -1) {
      found.push(`${node.data.trim()}: ${size.toFixed(4)}, ${Math.round(box.bottom)} of ${innerHeight}`);
    }
  }
  return found;
}"""
"""Words on the wall that are smaller than 3 vh, or do not stand on it whole."""


async def ensure_readable(wall: Page) -> None:
    """All words stand whole on the wall once it has fitted them: it does so before it draws the next frame."""
    await wall.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert await wall.evaluate(SMALLEST) == [], wall.viewport_size


async def test_the_wall_is_read_from_afar_and_turns_by_what_the_chair_presses(
    browser: Browser, lively_database: Path, tmp_path: Path
) -> None:
    store = await storage.open_store(f"sqlite:///{shutil.copy(lively_database, tmp_path / 'hearings.db')}")
    clock = VirtualClock()
    municipality = await Municipality.over(store, clock)
    wall = await browser.new_page(viewport={"width": 1280, "height": 720})
    chair = await browser.new_page(viewport={"width": 390, "height": 844})
    complaints = list[str]()
    for page in (wall, chair):
        page.on("pageerror", lambda error: complaints.append(str(error)))
    axe = axe_script()
    async with hall_town(municipality) as town:
        root, code, services = town.server.root, town.hearing.code, municipality.services
        await wall.goto(f"{root}/hall/{code}?in=ky#{town.keys.projector}")
        await chair.goto(f"{root}/chair/{code}?in=ky#{town.keys.chair}")
        await expect(wall.locator("#item")).to_have_text("Жыйын жакында башталат.")
        await chair.locator("#press-start-0").click()
        await chair.locator("#press-next_item-0").click()
        await expect(wall.locator("#item")).to_have_text("Ачылышы")
        long = "Көчөбүздө жарык жок, балдар мектептен караңгыда кайтат. " * 6
        for person in range(720, 726):
            author = await municipality.resident(person)
            await services.check_ins.check_in(author, town.hearing.id, 1, town.keys.code)
            await services.submissions.begin(author, town.hearing.id, CommentKind.QUESTION, About())
            asked = (await received(municipality, author, message(municipality, f"{person} {long}"))).comment
            await services.moderation.publish(town.chair, asked.id)
            await services.floor.ask(author, town.hearing.id, 1)
        await expect(wall.locator("#questions-list li")).to_have_count(3)
        await chair.locator("#press-next_speaker-0").click()
        await expect(wall.locator("#speaker")).to_have_text("№ 1")
        for width, height in ((1920, 1080), (1280, 720), (1024, 768)):
            await wall.set_viewport_size({"width": width, "height": height})
            await ensure_readable(wall)
        await chair.locator("#press-ask-1").first.click()
        for person in range(720, 726):
            caller, choice = Caller(person, "ky"), Choose(1 + person % 2)
            await services.voting.cast(caller, town.hearing.id, 1, choice, order=person)
        await expect(wall.locator("#bars li")).to_have_count(3)
        await chair.locator("#hands summary").click()
        await chair.locator("#hand-0").fill("41")
        await chair.locator("#press-count_hands-0").click()
        await expect(wall.locator("#hands-list li").first).to_contain_text("41")
        await ensure_readable(wall)
        await expect(wall.locator("#bars li:visible")).to_have_count(3)  # on the narrow wall too
        for page in (wall, chair):
            await page.evaluate(axe)
            assert await page.evaluate(FIND) == []
        assert await chair.evaluate("document.documentElement.scrollWidth <= innerWidth")
        port = int(root.rpartition(":")[2])
    await expect(wall.locator("#away")).to_have_text("Байланыш жок. Кайра туташып жатат …")
    again = hall_pages(municipality, VirtualClock())
    async with serving(municipality, more=(again.add_routes,), port=port):
        await chair.locator("#press-close-0").click()
        await expect(wall.locator("#asked-status")).to_have_text("Жооп кабыл алуу бүттү")
        await expect(wall.locator("#away")).to_be_hidden()
        clock.forward(seconds=1)
        await chair.locator("#press-next_item-0").click()
        await expect(wall.locator("#asked")).to_be_hidden()
        await expect(wall.locator("#questions-list li").first).to_be_visible()
        await services.hall_keys.withdraw(town.chair, town.hearing.id, 1)
        for page in (wall, chair):
            await expect(page.locator("#away")).to_have_text("Бул шилтеме эми эч нерсе ачпайт. Жаңысын түзүңүз.")
    for page in (wall, chair):
        await page.close()
    await store.close()
    assert complaints == []
