"""A chat page as it is served: four people, a clock to push, and a bot that shows everything a page must show."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aiohttp import web
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode

from bot.demo.chat import application
from bot.demo.phones import DemoPerson
from bot.simulator import Person, SimulatorRequest, Telegram
from bot.simulator.files import blank_png
from bot.tasks import Tasks
from tests.clocks import VirtualClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

BISHKEK = ZoneInfo("Asia/Bishkek")
START = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
OPENS = START + timedelta(days=3)
HOSTILE_TEXT = "<img src=x onerror=alert(1)> & <b>no</b>"
LONG_TEXT = "\n".join(f"{n}. Суу түтүктөрүнүн 40 пайызы эски, жайында эки сааттан гана агат." for n in range(1, 9))


class PageControls:
    """The chips of the page, which move the clock; ``moved`` has the name of each move."""

    def __init__(self, clock: VirtualClock) -> None:
        self.clock = clock
        self.moved = asyncio.Queue[str]()

    def now(self) -> datetime:
        return self.clock.now().astimezone(BISHKEK)

    async def list_moves(self, person: Person) -> Mapping[str, datetime]:
        moves = {"before": OPENS - timedelta(days=1), "opens": OPENS, "closes": OPENS + timedelta(hours=8)}
        ahead = {name: at for name, at in moves.items() if at > self.clock.time}
        return ahead | {"hour": self.clock.time + timedelta(hours=1)}

    async def move(self, name: str, person: Person) -> None:
        self.clock.time = (await self.list_moves(person))[name]
        self.moved.put_nowait(name)


def keyboard(*rows: tuple[tuple[str, str], ...]) -> InlineKeyboardMarkup:
    """Buttons by label and data; data that begins with ``https:`` is a link."""
    return InlineKeyboardMarkup([[button(*labelled) for labelled in row] for row in rows])


def button(label: str, data: str) -> InlineKeyboardButton:
    """A button by its label and data."""
    if data.startswith("https:"):
        return InlineKeyboardButton(label, url=data)
    return InlineKeyboardButton(label, callback_data=data)


class PageBot:
    """A bot that answers each update with something that a page must show."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.heard: list[str] = []

    async def introduce(self) -> None:
        for language, name in (
            ("ky", "Коомдук угуу"),
            ("ru", "Общественные слушания"),
            ("uz", "Jamoatchilik eshituvi"),
        ):
            await self.bot.set_my_name(name, language_code=language)
        about = "Айылыңыздын бюджетин жана стратегиясын талкуулаңыз.\n\nАйыл өкмөтүнүн коомдук угууларынын боту."
        await self.bot.set_my_description(about, language_code="ky")
        await self.bot.set_my_description("Обсудите бюджет и стратегию своего села.", language_code="ru")
        commands = [
            BotCommand("start", "Башкы бет"),
            BotCommand("mine", "Менин жоопторум"),
            BotCommand("privacy", "Купуялык"),
        ]
        await self.bot.set_my_commands(commands, language_code="ky")
        await self.bot.set_my_commands([BotCommand("start", "Главная")])

    async def run(self) -> None:
        """Answer updates until the task is cancelled."""
        while True:
            await self.once()

    async def once(self) -> None:
        """Wait for updates, answer them, confirm them at once."""
        updates = await self.bot.get_updates(timeout=30)
        for update in updates:
            await self.take(update)
        if updates:
            await self.bot.get_updates(offset=updates[-1].update_id + 1, timeout=0, limit=1)

    async def take(self, update: Update) -> None:
        if update.callback_query is not None:
            await self.pressed(update)
        elif update.message is not None:
            said = update.message.text or update.message.caption or ""
            kind = next((k for k in ("photo", "voice", "document") if getattr(update.message, k)), "text")
            self.heard.append(f"{kind}:{said}")
            answer = getattr(self, f"say_{said.removeprefix('/').split()[0]}" if said.startswith("/") else "", None)
            await (answer or self.echo)(update.message.chat_id, said)

    async def echo(self, chat: int, said: str) -> None:
        await self.bot.send_message(chat, f"Кабыл алынды: {said}" if said else "Кабыл алынды")

    async def say_start(self, chat: int, said: str) -> None:
        text = (
            "<b>Коомдук угуу: 2027-жылдын бюджети</b>\n\nБейшемби, 26-ноябрь, саат 10:00 (Бишкек убактысы)\n"
            "Кара-Дөбө айылы, маданият үйү\n\n<blockquote expandable>" + LONG_TEXT + "</blockquote>\n"
            'Жоопторду <i>26-ноябрь, 18:00гө чейин</i> кабыл алабыз. Толугураак: <a href="https://example.org/">долбоор</a>.'
        )
        rows = keyboard(
            (("Стратегия", "strategy"), ("Бюджет", "budget")),
            (("✅ Пикиримди айтам", "vote"),),
            (("Сунуш же суроо", "ask"), ("Жайгашкан жери", "place")),
            (("Досторго айтуу", f"https://t.me/{self.bot.username}?start=friend"), ("Сайт", "https://example.org/x")),
        )
        await self.bot.send_message(chat, text, parse_mode=ParseMode.HTML, reply_markup=rows)

    async def pressed(self, update: Update) -> None:
        query = update.callback_query
        assert query is not None
        assert query.message is not None
        chat, number = query.message.chat.id, query.message.message_id
        if query.data == "vote":
            await self.bot.answer_callback_query(query.id, "Добушуңуз эсептелди")
            text = "<b>Ичүүчү суу</b>\nСиз колдодуңуз. Каалаган убакта өзгөртө аласыз."
            rows = keyboard(
                (("✅ Колдойм", "vote2"), ("Каршымын", "no"), ("Калыс калам", "mid")), (("‹ Артка", "back"),)
            )
            await self.bot.edit_message_text(text, chat, number, parse_mode=ParseMode.HTML, reply_markup=rows)
        elif query.data == "no":
            await self.bot.answer_callback_query(query.id, "Угуу жабылды. Добуш эсептелген жок.", show_alert=True)
        elif query.data == "budget":
            await self.bot.answer_callback_query(query.id)
            await self.bot.send_photo(
                chat,
                chart(),
                caption="<b>Бюджет 2027</b>\nЖалпы: <b>24,6 млн сом</b>",
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard((("‹ Артка", "back"),)),
            )
        elif query.data == "place":
            await self.bot.answer_callback_query(query.id)
            await self.bot.send_venue(chat, 42.8746, 74.5698, "Маданият үйү", "Кара-Дөбө айылы, Манас көчөсү 14")
        elif query.data == "slow":
            await self.bot.send_chat_action(chat, "typing")
        else:
            await self.bot.answer_callback_query(query.id, "Бул баскыч эскирген")

    async def say_record(self, chat: int, said: str) -> None:
        await self.bot.send_document(
            chat, "жазуу;саны\n".encode() * 900, filename="Кара-Дөбө 2027.xlsx", caption="Жазуу даяр"
        )

    async def say_rich(self, chat: int, said: str) -> None:
        text = (
            "<b>bold</b> <i>italic</i> <u>under</u> <s>strike</s> <code>CODE-1</code> <tg-spoiler>hidden</tg-spoiler>\n"
            "<blockquote>short <b>quote</b></blockquote>\n<pre>a = 1\nb = 2</pre>\n"
            "https://example.org/a @aigul_kg #budget /mine 😀 <b>after</b>\n&lt;img src=x onerror=alert(1)&gt;"
        )
        await self.bot.send_message(chat, text, parse_mode=ParseMode.HTML)

    async def say_slow(self, chat: int, said: str) -> None:
        await self.bot.send_message(chat, "Басып көрүңүз", reply_markup=keyboard((("Күтүү", "slow"),)))

    async def say_vanish(self, chat: int, said: str) -> None:
        message = await self.bot.send_message(chat, "Жоголот")
        await self.bot.delete_message(chat, message.message_id)
        await self.bot.send_message(chat, "Калды")


def filled(now: datetime) -> bytes:
    """A file that the secretary has on the phone."""
    return f"filled in on {now:%d.%m}".encode()


def chart() -> bytes:
    """A picture of the right shape for a budget chart."""
    return blank_png(1080, 720, 214)


class ServedPage:
    """The parts that run, and the address of the page."""

    def __init__(self) -> None:
        self.clock = VirtualClock(START)
        self.controls = PageControls(self.clock)
        self.telegram = Telegram(clock=self.clock)
        self.aigul = Person(self.telegram, "Айгүл", language="ky")
        self.sergei = Person(self.telegram, "Сергей", language="ru")
        self.dilnoza = Person(self.telegram, "Dilnoza", language="uz")
        self.bakyt = Person(self.telegram, "Бакыт", language="ky")
        self.url = ""
        self.bot: PageBot | None = None

    def phones(self) -> list[int]:
        """The ids of all chats, those of rooms last."""
        return sorted(self.telegram.world.chats, reverse=True)

    def page(self) -> web.Application:
        link = f"https://t.me/{self.telegram.username}?start=inv_secret"
        people = [DemoPerson(self.aigul, place={"ky": "Кара-Дөбө"}), DemoPerson(self.sergei, place={"ru": "Ивановка"})]
        people += [
            DemoPerson(self.dilnoza, place={"uz": "Aravan"}),
            DemoPerson(self.bakyt, role="secretary", link=link, workbook=filled),
        ]
        return application(self.telegram, people, self.controls)


@asynccontextmanager
async def serve_page(*, polling: bool = True, port: int = 0) -> AsyncIterator[ServedPage]:
    """Serve the page on this machine, and let its bot run where ``polling``."""
    served = ServedPage()
    runner = web.AppRunner(served.page(), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    served.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    tasks = Tasks()
    requests = SimulatorRequest(served.telegram), SimulatorRequest(served.telegram)
    async with Bot(served.telegram.token, request=requests[0], get_updates_request=requests[1]) as bot:
        served.bot = PageBot(bot)
        await served.bot.introduce()
        if polling:
            tasks.start(served.bot.run(), name="bot of the page")
        try:
            yield served
        finally:
            await tasks.close()
            await runner.cleanup()
            await served.telegram.close()
