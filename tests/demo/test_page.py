"""The chat page in a real browser: what a resident and a secretary do with their fingers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Error, FilePayload, Page, async_playwright, expect

from bot.simulator.files import blank_png
from tests.demo.chromium import CHROMIUM, NEEDS_CHROMIUM
from tests.demo.served_page import HOSTILE_TEXT, ServedPage, keyboard, serve_page

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module"), NEEDS_CHROMIUM]


@pytest_asyncio.fixture(loop_scope="module")
async def served() -> AsyncIterator[ServedPage]:
    async with serve_page() as served:
        yield served


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tab(browser: Browser) -> Page:
    """One for all tests: to open a tab takes the browser longer than most of them."""
    return await browser.new_page(reduced_motion="reduce", locale="ky-KG")


@pytest_asyncio.fixture(loop_scope="module")
async def page(served: ServedPage, tab: Page) -> AsyncIterator[Page]:
    """The page on a phone of 390 px; a complaint in its console fails the test."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type != "log":
            complaints.append(message.text)

    def fail(error: Error) -> None:
        complaints.append(str(error))

    tab.on("console", hear)
    tab.on("pageerror", fail)
    await tab.set_viewport_size({"width": 390, "height": 844})
    await tab.goto(served.url)
    yield tab
    await tab.goto("about:blank")
    tab.remove_listener("console", hear)
    tab.remove_listener("pageerror", fail)
    assert complaints == []


async def start(page: Page) -> None:
    await page.locator("#start").click()
    await expect(page.locator(".key").first).to_be_visible()


async def write(page: Page, words: str) -> None:
    await page.locator("#text").fill(words)
    await page.locator("#text").press("Enter")


async def test_a_resident_goes_from_start_to_a_counted_vote(page: Page, served: ServedPage) -> None:
    await expect(page.locator(".card")).to_contain_text("бюджетин жана стратегиясын")
    await start(page)
    await expect(page.locator(".message.out .text")).to_contain_text("/start")
    await expect(page.locator(".message.out .meta:not(.spacer) use")).to_have_attribute("href", "#i-ticks")
    await page.get_by_role("button", name="Пикиримди айтам").click()
    await expect(page.locator("#toast")).to_have_text("Добушуңуз эсептелди")
    await expect(page.locator(".message.in")).to_have_count(1)
    await expect(page.locator(".message.in .text")).to_contain_text("Сиз колдодуңуз")
    await expect(page.locator(".key.waiting")).to_have_count(0)


async def test_everything_can_be_done_from_the_keyboard(page: Page, served: ServedPage) -> None:
    await page.locator("#start").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".key").first).to_be_visible()
    await page.get_by_role("button", name="Пикиримди айтам").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".text strong", has_text="Ичүүчү суу")).to_be_visible()
    focused = page.locator("article:focus")
    await expect(focused).to_contain_text("Ичүүчү суу")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(focused.or_(page.locator(".key:focus"))).to_have_text("✅ Колдойм")
    await page.locator("#skip").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".key:focus")).to_have_text("✅ Колдойм")
    await page.locator("#menu").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator("#commands")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#commands")).to_be_hidden()


async def test_a_refusal_comes_in_a_window_that_wants_a_tap(page: Page) -> None:
    await start(page)
    await page.get_by_role("button", name="Пикиримди айтам").click()
    await page.get_by_role("button", name="Каршымын").click()
    await expect(page.locator("#window")).to_contain_text("Угуу жабылды")
    await page.locator("#window button").click()
    await expect(page.locator("#window")).to_be_hidden()


async def test_a_button_turns_until_the_bot_has_answered(page: Page, served: ServedPage) -> None:
    await start(page)
    await write(page, "/slow")
    await page.get_by_role("button", name="Күтүү").click()
    await expect(page.locator("#bot-status")).to_have_text("жазып жатат")
    await expect(page.locator(".key.waiting")).to_have_text("Күтүү")
    assert served.bot is not None
    query = served.aigul.queries[-1].id
    await served.bot.bot.answer_callback_query(query)
    await expect(page.locator(".key.waiting")).to_have_count(0)


async def test_what_people_write_is_never_taken_for_markup(page: Page, served: ServedPage) -> None:
    await start(page)
    await write(page, HOSTILE_TEXT)
    await expect(page.locator(".message.out .text").last).to_contain_text(HOSTILE_TEXT)
    await expect(page.locator(".message.in .text").last).to_contain_text(HOSTILE_TEXT)
    await expect(page.locator("#log img")).to_have_count(0)


async def test_every_kind_of_formatting_is_drawn(page: Page, served: ServedPage) -> None:
    await start(page)
    await write(page, "/rich")
    text = page.locator(".message.in .text").last
    drawn = {"strong": "bold", "em": "italic", "u": "under", "s": "strike", "code": "CODE-1", "pre": "a = 1\nb = 2"}
    for tag, words in drawn.items():
        await expect(text.locator(tag).first).to_have_text(words)
    await expect(text.locator("blockquote strong")).to_have_text("quote")
    await expect(text.locator("a.link")).to_have_attribute("href", "https://example.org/a")
    await expect(text).to_contain_text("😀 after")
    await expect(text).to_contain_text("<img src=x onerror=alert(1)>")
    spoiler = text.locator(".spoiler")
    await spoiler.click()
    await expect(spoiler).to_have_class(re.compile("shown"))
    await text.get_by_role("button", name="/mine").click()
    await expect(page.locator(".message.out .text").last).to_contain_text("/mine")


async def test_long_text_unfolds(page: Page) -> None:
    await start(page)
    fold = page.locator(".fold")
    closed = await fold.evaluate("node => node.offsetHeight")
    await fold.locator(".fold-handle").click()
    assert await fold.evaluate("node => node.offsetHeight") > closed * 2


async def test_who_wants_less_motion_is_at_the_newest_message_at_once(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 500})
    await start(page)
    wall = page.locator("#wall")
    below = "wall => wall.scrollHeight - wall.scrollTop - wall.clientHeight"
    assert await wall.evaluate(f"wall => (wall.scrollTo(0, 0), ({below})(wall))") > 100
    assert await wall.evaluate(f"wall => (document.querySelector('#jump').click(), ({below})(wall))") < 2


async def test_a_document_is_downloaded_under_its_name(page: Page) -> None:
    await start(page)
    await write(page, "/record")
    paper = page.locator(".paper")
    await expect(paper).to_contain_text("XLSX")
    async with page.expect_download() as waiting:
        await paper.click()
    download = await waiting.value
    assert download.suggested_filename == "Кара-Дөбө 2027.xlsx"
    assert (await download.path()).read_bytes() == "жазуу;саны\n".encode() * 900


async def test_a_picture_opens_large(page: Page) -> None:
    await start(page)
    await page.get_by_role("button", name="Бюджет", exact=True).click()
    await page.locator(".frame").click()
    await expect(page.locator("#viewer img")).to_be_visible()
    picture, words = [await page.locator(f"#viewer {each}").bounding_box() for each in ("img", "p")]
    assert picture is not None
    assert words is not None
    assert picture["y"] + picture["height"] <= words["y"], "the caption is below the picture"
    await page.keyboard.press("Escape")
    await expect(page.locator("#viewer")).to_be_hidden()


async def test_a_place_is_drawn_without_asking_anybody_for_a_map(page: Page, served: ServedPage) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await start(page)
    await page.get_by_role("button", name="Жайгашкан жери").click()
    await expect(page.locator(".venue")).to_contain_text("Манас көчөсү 14")
    assert [url for url in asked if not url.startswith((served.url, "data:"))] == []


async def test_a_photo_with_a_caption_and_a_voice_reach_the_bot(page: Page, served: ServedPage) -> None:
    await start(page)
    picture = FilePayload(name="pump.png", mimeType="image/png", buffer=blank_png(320, 200))
    await page.locator("#pick-photo").set_input_files([picture])
    await page.locator("#caption").fill("Сынган насос")
    await page.locator("#parcel-yes").click()
    await expect(page.locator(".message.out .photo")).to_be_visible()
    sound = FilePayload(name="speech.ogg", mimeType="audio/ogg", buffer=b"OggS-speech")
    await page.locator("#pick-audio").set_input_files([sound])
    await expect(page.locator(".message.out .voice")).to_be_visible()
    await served.aigul.until(lambda: served.bot is not None and len(served.bot.heard) == 3)
    assert served.bot is not None
    assert served.bot.heard == ["text:/start", "photo:Сынган насос", "voice:"]


async def test_without_a_microphone_a_sample_can_be_sent(page: Page, served: ServedPage) -> None:
    await start(page)
    await page.locator("#voice").click()
    await page.locator("#window button", has_text="Үлгү үн").click()
    await expect(page.locator(".message.out .voice")).to_contain_text("0:03")


async def test_everybody_has_a_chat_of_ones_own_and_sees_what_arrived_meanwhile(page: Page, served: ServedPage) -> None:
    await start(page)
    assert served.bot is not None
    served.sergei.start()
    sergei = page.locator(f"[data-person='{served.sergei.id}']")
    await expect(sergei.locator(".badge")).to_have_text("1")
    await served.bot.bot.send_message(served.sergei.id, "Слушание переносится на пятницу")
    await expect(sergei.locator(".badge")).to_have_text("2")
    await sergei.click()
    await expect(page.locator("#text")).to_have_attribute("placeholder", "Билдирүү")
    await expect(page.locator("#bot-name")).to_have_text("Общественные слушания")
    await expect(page.locator(".message.in").last).to_contain_text("переносится на пятницу")
    await expect(sergei.locator(".badge")).to_be_hidden()
    await page.locator(f"[data-person='{served.aigul.id}']").click()
    await expect(page.locator(".message.in")).to_have_count(1)
    await page.reload()
    await expect(page.locator(".message.in")).to_have_count(1)


async def test_a_deep_link_button_leads_back_into_the_chat(page: Page, served: ServedPage) -> None:
    await start(page)
    await page.get_by_role("button", name="Досторго айтуу").click()
    await served.aigul.until(lambda: served.bot is not None and "text:/start friend" in served.bot.heard)
    await expect(page.locator(".message.out .text").last).to_have_text(re.compile(r"^/start\s*\d"))


async def test_a_link_out_of_the_chat_is_asked_about_first(page: Page) -> None:
    await start(page)
    await page.get_by_role("button", name="Сайт").click()
    await expect(page.locator("#window")).to_contain_text("https://example.org/x")
    await page.locator("#window button", has_text="Жокко чыгаруу").click()
    await expect(page.locator("#window")).to_be_hidden()


async def test_the_secretary_opens_the_invitation_that_was_sent(page: Page, served: ServedPage) -> None:
    await page.locator(f"[data-person='{served.bakyt.id}']").click()
    await expect(page.locator(".message.in")).to_contain_text("start=inv_secret")
    await page.locator(".key", has_text="Ачуу").click()
    await served.bakyt.until(lambda: served.bot is not None and served.bot.heard == ["text:/start inv_secret"])
    await expect(page.locator(".message.in")).to_contain_text("Коомдук угуу")


async def test_the_secretary_alone_has_a_filled_in_workbook_to_send(page: Page, served: ServedPage) -> None:
    await start(page)
    await page.locator("#attach").click()
    await expect(page.locator("#pick-workbook")).to_be_hidden()
    await page.locator(f"[data-person='{served.bakyt.id}']").click()
    await start(page)
    await page.locator("#attach").click()
    await page.locator("#pick-workbook").click()
    await page.locator("#parcel-yes").click()
    await expect(page.locator(".message.out .paper")).to_contain_text("Даяр китеп.xlsx")
    await expect(page.locator(".message.in")).to_have_count(2)
    sent = next(message for message in served.bakyt.chat.messages.values() if message.content.kind == "document")
    assert sent.content.file is not None
    assert sent.content.file.content == b"filled in on 23.11"


async def test_pushing_the_clock_tells_the_bot_and_moves_the_time(page: Page, served: ServedPage) -> None:
    await expect(page.locator("#time")).to_have_text("дүй, 23-ноябрь, 10:00")
    await page.locator("#now").click()
    await page.locator("[data-move='opens']").click()
    await expect(page.locator("#time")).to_have_text("бей, 26-ноябрь, 10:00")
    assert served.controls.moved.get_nowait() == "opens"
    await page.locator("#now").click()
    await expect(page.locator("[data-move='before']")).to_be_disabled()
    await expect(page.locator("[data-move='closes']")).to_be_enabled()


async def test_the_page_speaks_the_browsers_language_until_another_is_chosen(browser: Browser) -> None:
    page = await browser.new_page(locale="ru-RU")
    async with serve_page() as served:
        await page.goto(served.url)
        sergei = page.locator(f"[data-person='{served.sergei.id}']")
        await expect(sergei, "who reads that language comes first").to_have_attribute("aria-pressed", "true")
        await expect(page.locator("#who")).to_have_text("Кто вы?")
        await expect(sergei).to_have_accessible_name("Сергей, житель · по-русски · Ивановка")
        await page.locator("#language").select_option("English")
        await expect(page.locator("#who")).to_have_text("Who are you?")
        await expect(page.locator("html")).to_have_attribute("lang", "en")
        await page.reload()
        await expect(page.locator("#start")).to_have_text("START")
        await expect(page.locator("#bot-name"), "the bot speaks to its reader").to_have_text("Общественные слушания")
    await page.close()


async def test_what_was_typed_is_still_there_when_it_could_not_be_sent(page: Page) -> None:
    await start(page)
    await page.evaluate("void (window.fetch = () => Promise.reject(new TypeError()))")
    await write(page, "Мектепке жол керек")
    await expect(page.locator("#toast")).to_have_text("Жөнөтүлгөн жок: Көрсөтмө жооп берген жок. Жазганыңыз сакталды.")
    await expect(page.locator("#text")).to_have_value("Мектепке жол керек")


async def test_every_window_has_a_name_and_its_keys_stand_in_a_row_or_a_column(page: Page) -> None:
    await start(page)
    await page.locator("#voice").click()
    window = page.locator("#window")
    await expect(window).to_have_accessible_name(re.compile("Микрофон жеткиликсиз"))
    lefts = await window.locator("button").evaluate_all("keys => keys.map((key) => key.getBoundingClientRect().left)")
    assert len(set(lefts)) == 1
    await page.keyboard.press("Escape")
    await expect(page.locator("#viewer")).to_have_attribute("aria-label", "Сүрөт")
    await expect(page.locator("#parcel")).to_have_attribute("aria-label", "Тиркөө")


async def test_a_group_to_which_the_bot_was_added_is_one_chat_more(page: Page, served: ServedPage) -> None:
    await page.locator(f"[data-person='{served.bakyt.id}']").click()
    await start(page)
    await served.bakyt.until(lambda: bool(served.bakyt.messages))  # the first button may be that of who was before
    assert served.bot is not None
    link = f"https://t.me/{served.telegram.username}?startgroup=room"
    keys = keyboard((("➕ Топко кошуу", link),))
    await served.bot.bot.send_message(served.bakyt.id, "Топтор", reply_markup=keys)
    await page.get_by_role("button", name="Топко кошуу").click()
    await expect(page.locator("#toast")).to_have_text("Бот «Айылдын маеги» ичине кошулду. Ал эми бул жерден сурайт.")
    group = page.locator("[data-role='group']")
    await group.click()
    await expect(page.locator("#bot-name")).to_have_text("Айылдын маеги")
    await expect(page.locator(".message.out .text")).to_contain_text(f"/start@{served.telegram.username} room")
    await served.bot.bot.send_message(
        served.phones()[-1], "Угуу жарыяланды", reply_markup=keyboard((("Окуу", link.replace("startgroup", "start")),))
    )
    await page.get_by_role("button", name="Окуу").click()
    await expect(page.locator("#bot-name")).to_have_text("Коомдук угуу")
    await served.bakyt.until(lambda: served.bot is not None and "text:/start room" in served.bot.heard)


async def test_what_the_bot_deletes_vanishes(page: Page) -> None:
    await start(page)
    await write(page, "/vanish")
    await expect(page.locator(".message.in").last).to_contain_text("Калды")
    await expect(page.locator("#log")).not_to_contain_text("Жоголот")


async def test_the_menu_offers_the_commands_of_the_persons_language(page: Page, served: ServedPage) -> None:
    await start(page)
    await page.locator("#menu").click()
    await expect(page.locator(".command")).to_have_count(3)
    await page.locator(".command", has_text="Купуялык").click()
    await expect(page.locator(".message.out .text").last).to_contain_text("/privacy")


async def test_the_page_finds_its_way_back_when_the_demo_is_started_anew(browser: Browser) -> None:
    page = await browser.new_page(locale="ky-KG")
    async with serve_page() as served:
        await page.goto(served.url)
        await start(page)
    await expect(page.locator("#bot-status")).to_have_text("туташууда…")
    async with serve_page(port=int(served.url.rpartition(":")[2])) as again:
        await expect(page.locator(".card")).to_be_visible()
        await expect(page.locator("#bot-status")).to_have_text("бот")
        again.aigul.start()
        await expect(page.locator(".message.in")).to_have_count(1)
    await page.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_nothing_sticks_out_sideways(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 844})
    await start(page)
    await write(page, "https://example.org/" + "a" * 300)
    await expect(page.locator(".message.out")).to_have_count(2)
    assert await page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    assert (
        await page.evaluate("document.querySelector('#wall').scrollWidth - document.querySelector('#wall').clientWidth")
        <= 0
    )
