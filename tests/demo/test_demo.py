"""``hearing-bot demo`` as it is started, in a real browser: a resident votes, a secretary downloads the record."""

from __future__ import annotations

import asyncio
import io
import re
import signal
import sys
from asyncio.subprocess import PIPE
from typing import TYPE_CHECKING, Final

import pytest
import pytest_asyncio
from openpyxl import load_workbook
from playwright.async_api import Page, async_playwright, expect

from tests.demo.chromium import CHROMIUM, NEEDS_CHROMIUM
from tests.demo.pictures import Pictures

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

AIGUL, SERGEI, DILNOZA, EMMA, BAKYT = (f".person:nth-child({place})" for place in (1, 2, 3, 4, 5))
ANSWER_TIMEOUT = 30_000
"""Milliseconds."""

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300), NEEDS_CHROMIUM]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def address() -> AsyncIterator[str]:
    """The page of a demo started from the command line; Ctrl-C must end it with 0 and without a logged error."""
    started = (sys.executable, "-m", "bot", "demo", "--port", "0", "--no-browser")
    demo = await asyncio.create_subprocess_exec(*started, stdout=PIPE, stderr=PIPE)
    assert demo.stdout is not None
    line = (await asyncio.wait_for(demo.stdout.readline(), 90)).decode()
    found = re.search(r"http://127\.0\.0\.1:\d+", line)
    if found is None:
        raise AssertionError((await demo.communicate())[1].decode())
    yield found.group()
    demo.send_signal(signal.SIGINT)
    _, complaints = await asyncio.wait_for(demo.communicate(), 30)
    assert demo.returncode == 0
    assert "error" not in complaints.decode(), complaints.decode()
    assert "Traceback" not in complaints.decode()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def page(address: str) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = await browser.new_page(viewport={"width": 390, "height": 844}, reduced_motion="reduce", locale="en-US")
        page.set_default_timeout(ANSWER_TIMEOUT)
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type != "log" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(address)
        yield page
        await browser.close()
        assert complaints == []


@pytest.fixture(scope="module")
def pictures(request: pytest.FixtureRequest) -> Pictures:
    """Those of the README, where the run is to write them."""
    return Pictures(request.config.getoption("--pictures"))


async def says(page: Page, words: str) -> None:
    await expect(page.locator(".message.in", has_text=words).last).to_be_visible(timeout=ANSWER_TIMEOUT)


async def tap(page: Page, label: str, then: str) -> None:
    """Press the newest button with this label, and wait for the bot's answer."""
    await page.locator(".key", has_text=label).last.click()
    await says(page, then)


SAYS = """([node, words]) => {
  for (let each = node; each; each = each.nextElementSibling) if (each.innerText.includes(words)) return true;
  return false;
}"""
"""Whether a message, or one below it, has the words."""
CUT = """() => [...document.querySelectorAll('.key')].filter((key) =>
  key.parentElement.children.length > 1 &&
  [key, ...key.children].some((node) => node.scrollWidth > node.clientWidth)
).map((key) => key.innerText)"""
"""The labels that are cut where buttons stand side by side."""


async def turn(page: Page, label: str, then: str) -> None:
    """Press the newest button with this label; its message, or one below it, says then: older ones may say so too."""
    key = page.locator(".key", has_text=label).last
    message = await page.locator(".message.in", has=key).last.element_handle(timeout=ANSWER_TIMEOUT)
    await key.click()
    await page.wait_for_function(SAYS, arg=[message, then], timeout=ANSWER_TIMEOUT, polling=100)


async def become(page: Page, person: str) -> None:
    """Show this person's phone."""
    await page.locator(person).click()
    await expect(page.locator(person)).to_have_attribute("aria-pressed", "true")


async def join(page: Page, person: str) -> None:
    """START (with the link that the person has, if any), English, consent."""
    await become(page, person)
    await page.locator("#start").click()
    await says(page, "Choose a language")
    await tap(page, "English", "What is stored")
    await page.locator(".key", has_text="I agree").click()


async def write(page: Page, words: str) -> None:
    await page.locator("#text").fill(words)
    await page.locator("#text").press("Enter")


NEXT_MORNING: Final = ("morning", "results", "answered")
"""Chips that lead to the same moment, of which the page shows one: by which hearings are closed."""


async def push_clock(page: Page, *moves: str) -> None:
    """Press a chip of the clock, the first there is; those of a move before are folded away once it was made."""
    await expect(page.locator("#stage")).not_to_have_class(re.compile("unfolded"), timeout=ANSWER_TIMEOUT)
    await page.locator("#now").click()
    await page.locator(", ".join(f"[data-move='{move}']" for move in moves)).first.click()


async def open_desk(page: Page, place: str) -> None:
    """Show the secretary's phone with the desk of a municipality; the first time the invitation is opened."""
    await become(page, BAKYT)
    if await page.locator("#start").is_visible():
        await join(page, BAKYT)
        await says(page, "You are now: Secretary")
    await write(page, "/desk")
    await says(page, "Desk: choose a municipality")
    await tap(page, place, f"Desk\n{place} ayil aimak")


async def photograph_budget(page: Page, pictures: Pictures) -> None:
    """Keep the budget as the picture in the chat shows it, and go home again."""
    while not await page.locator(".photo").count():  # the first time the screen does not wait until it is drawn
        await turn(page, "Read", "What is there to read")
        await turn(page, "Budget", "Draft budget for")
        if not await page.locator(".photo").count():
            await turn(page, "Home", "You can answer until")
    await page.locator(".photo").last.evaluate("node => node.decode()")
    await pictures.take(page, "budget", top=".photo")
    await tap(page, "Home", "You can answer until")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def answered(page: Page, pictures: Pictures) -> Page:
    """The page once a resident has answered the first question and commented on it."""
    await join(page, AIGUL)
    await says(page, "Where do you live?")
    await tap(page, "Bazar-Korgon", "Bazar-Korgon District")
    await tap(page, "Beshik-Jon", "Which village")
    await tap(page, "Skip", "You can answer until")
    if pictures.folder is not None:
        await photograph_budget(page, pictures)
    await tap(page, "Have my say", "Question 1 of")
    await page.locator(".key", has_text="I support").last.click()
    await expect(page.locator("#toast")).to_contain_text("Counted", timeout=ANSWER_TIMEOUT)
    await says(page, "Your answer")
    await pictures.take(page, "resident")
    await tap(page, "💬 Comment", "Your comment")
    await write(page, "Көчөбүзгө жарык керек")
    await says(page, "Your number: № 4")
    return page


async def test_a_resident_goes_from_start_to_a_counted_vote_and_a_receipt(answered: Page) -> None:
    await become(answered, AIGUL)
    await says(answered, "Your number: № 4")
    await answered.set_viewport_size({"width": 320, "height": 568})
    for command, words in (("/privacy", "Your rights"), ("/settings", "About you"), ("/start", "You can answer until")):
        await write(answered, command)
        await says(answered, words)
    assert await answered.evaluate(CUT) == []
    await answered.set_viewport_size({"width": 390, "height": 844})


async def test_the_secretary_downloads_the_record_with_that_comment(answered: Page, pictures: Pictures) -> None:
    page = answered
    await open_desk(page, "Beshik-Jon")
    await tap(page, "🟢", "Numbers so far")
    await pictures.take(page, "desk", top=".message.in")
    async with page.expect_download() as waiting:
        await page.locator(".key", has_text="Excel").last.click()
        await page.locator(".paper").last.click()
    content = (await (await waiting.value).path()).read_bytes()
    await pictures.take_spreadsheet(page, content, "record")
    workbook = load_workbook(io.BytesIO(content), read_only=True)
    cells = [str(cell) for sheet in workbook for row in sheet.iter_rows(values_only=True) for cell in row]
    workbook.close()
    assert "Көчөбүзгө жарык керек" in cells


async def test_the_chair_asks_a_phone_answers_and_the_projector_beside_it_shows_so(answered: Page) -> None:
    page = answered
    await page.set_viewport_size({"width": 1600, "height": 900})
    await page.locator("#hall-open").click()
    wall = page.frame_locator("#projector")
    await expect(wall.locator("#item")).to_have_text("The sitting begins soon.", timeout=ANSWER_TIMEOUT)
    async with page.context.expect_page() as opened:
        await page.locator("#hall-chair").click()
    chair = await opened.value
    await chair.locator("#press-start-0").click()
    await chair.locator("#press-ask-1").click()
    await expect(wall.locator("#answered")).to_have_text("1 person has answered", timeout=ANSWER_TIMEOUT)
    await join(page, EMMA)
    await says(page, "You can answer until")
    await tap(page, "Have my say", "Question 1 of")
    await page.locator(".key", has_text="I support").last.click()
    await expect(wall.locator("#answered")).to_have_text("2 people have answered", timeout=ANSWER_TIMEOUT)
    await expect(wall.locator("#bars li")).to_have_count(0)  # of so few nobody learns how
    await chair.locator("#press-close-0").click()
    await expect(wall.locator("#asked-status")).to_have_text("Answers are closed", timeout=ANSWER_TIMEOUT)
    await chair.close()
    await page.locator("#hall-close").click()
    await expect(page.locator("#hall")).to_be_hidden()
    await page.set_viewport_size({"width": 390, "height": 844})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def announced(page: Page) -> Page:
    """The page once the clock was pushed to an announcement, and then to the opening of that hearing."""
    await join(page, SERGEI)
    await says(page, "Where do you live?")
    await write(page, "lenin")
    await tap(page, "Lenin ayil aimak", "Which village")
    await tap(page, "Skip", "No hearing has been announced here yet")
    await push_clock(page, "before")
    await says(page, "A public hearing is announced")
    await become(page, DILNOZA)
    await expect(page.locator("#start")).to_be_visible()
    await become(page, SERGEI)
    await push_clock(page, "opens")
    await says(page, "Answers are open")
    return page


async def test_an_announcement_arrives_when_its_time_has_come(announced: Page) -> None:
    await become(announced, SERGEI)
    await says(announced, "Answers are open")


@pytest.mark.usefixtures("announced")
async def test_a_late_press_is_refused_kindly_once_the_clock_has_closed_the_hearing(answered: Page) -> None:
    page = answered
    await become(page, AIGUL)
    await write(page, "/start")
    await says(page, "You can answer until")
    await tap(page, "Have my say", "Question 2 of")
    await push_clock(page, "closes")
    await says(page, "Answers are closed")
    await page.locator(".key", has_text="I am against").last.click()
    await expect(page.locator("#toast, #window-text", has_text="This one was not counted")).to_be_visible()
    await page.keyboard.press("Escape")


@pytest.mark.usefixtures("announced")
async def test_the_clock_leads_to_the_results_and_to_the_answers_of_the_commission(answered: Page) -> None:
    page = answered
    await become(page, AIGUL)
    await push_clock(page, "results")
    await says(page, "Results")
    await push_clock(page, "answered")
    await says(page, "Комиссия карап чыкты")


async def publish_the_sample(page: Page) -> None:
    """From the empty desk: the template, the workbook sent back, the preview, published."""
    await open_desk(page, "Yrys")
    await tap(page, "New hearing", "Take the empty workbook")
    async with page.expect_download() as waiting:
        await page.locator(".key", has_text="Empty workbook").last.click()
        await page.locator(".paper", has_text="Yrys template en.xlsx").last.click()
    assert (await waiting.value).suggested_filename == "Yrys template en.xlsx"
    await tap(page, "Send the workbook", "Send it to this chat as a file")
    await page.locator("#attach").click()
    await page.locator("#pick-workbook").click()
    await page.locator("#parcel-yes").click()
    await says(page, "The draft is ready")
    await tap(page, "Look at it", "Questions: 4")
    await tap(page, "Preview", "You can answer from")
    await tap(page, "Back to the desk", "Look at the preview in each language, then publish")
    await tap(page, "Publish", "Publish this hearing now?")
    await tap(page, "Publish now", "Numbers so far")


async def link_a_group(page: Page) -> None:
    """The secretary adds the bot to a group, and the hearing is posted there."""
    await open_desk(page, "Yrys")
    await tap(page, "Groups and channels", "How to add one")
    await tap(page, "Add to a group", "You have added me to")
    await tap(page, "Yrys ayil aimak", "Link “")
    await tap(page, "Link", "Linked to: Yrys")
    await turn(page, "Post the current hearing", "Post to “")
    await turn(page, "📌 Post", "Linked to: Yrys")
    await page.locator("[data-role='group']").click()
    await says(page, "Кызматтар стратегиясы")


async def take_part(page: Page) -> None:
    """The resident of that place is told, votes and writes once answers are taken."""
    await become(page, DILNOZA)
    await says(page, "A public hearing is announced")
    await push_clock(page, "opens")
    await says(page, "The hearing is open: have your say")
    await tap(page, "Have my say", "Question 1 of")
    await tap(page, "I support", "Your answer")
    await tap(page, "💬 Comment", "Your comment")
    await write(page, "Мектепке жол керек")
    await says(page, "Your number: № 1")


async def enter_and_moderate(page: Page) -> None:
    """The secretary publishes what was written, and enters what came on paper."""
    await open_desk(page, "Yrys")
    await turn(page, "🟢", "Waiting to be published: 1")
    await turn(page, "Comments, waiting: 1", "Мектепке жол керек")
    await page.locator(".key", has_text="Publish those shown whole: 1").last.click()
    await expect(page.locator("#toast")).to_contain_text("№ 1", timeout=ANSWER_TIMEOUT)
    await turn(page, "Back", "Waiting to be published: 0")
    await turn(page, "Enter for somebody", "More can be entered")
    await turn(page, "A comment", "How did the comment come?")
    await turn(page, "On paper", "Is it a comment")
    await turn(page, "Proposal", "What is it about?")
    await turn(page, "The hearing as a whole", "Type the words")
    await write(page, "Көпүрө керек")
    await turn(page, "✅ Save", "№ 2")


async def answer_all(page: Page) -> None:
    """Once answers are closed, all is entered and each comment has its decision."""
    await become(page, DILNOZA)
    await push_clock(page, "closes")
    await says(page, "Answers are closed")
    await open_desk(page, "Yrys")
    await turn(page, "⚪️", "Preliminary")
    await turn(page, "Enter for somebody", "Comments, on paper: 1")
    await turn(page, "All entered", "Is everything entered?")
    await turn(page, "Yes, all is entered", "Nothing more is entered now")
    await turn(page, "Back to the desk", "Without a decision: 2")
    await turn(page, "Decisions: 2", "№ 1 ·")
    await turn(page, "Note it", "№ 2 ·")
    await turn(page, "Note it", "Every comment has its decision")
    await turn(page, "The hearing is answered", "Is the hearing answered?")
    await turn(page, "Yes, it is answered", "The commission has answered")


@pytest.mark.usefixtures("answered", "announced")
async def test_from_the_empty_desk_to_a_hearing_that_is_answered(page: Page) -> None:
    await join(page, DILNOZA)
    await says(page, "Where do you live?")
    await write(page, "yrys")
    await tap(page, "Yrys ayil aimak", "Which village")
    await tap(page, "Skip", "No hearing has been announced here yet")
    await publish_the_sample(page)
    await link_a_group(page)
    await take_part(page)
    await enter_and_moderate(page)
    await answer_all(page)
    await become(page, DILNOZA)
    await push_clock(page, *NEXT_MORNING)
    await says(page, "Noted")
