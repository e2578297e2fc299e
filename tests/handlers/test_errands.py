"""Ten errands of people, by labels alone, and how many taps each takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from bot.cli import COMMAND_LINE
from handlers import presses
from handlers.presses.links import deep_link
from handlers.presses.wire import pack
from tests.handlers.sending import photo

if TYPE_CHECKING:
    from bot.simulator.people import Person
    from tests.living import Town

MOST_TAPS = {
    "first vote": 7,
    "first comment": 6,
    "first vote by a poster's link": 4,
    "what a plan costs": 3,
    "vote on all": 15,
    "change one": 1,
    "propose with a photo": 3,
    "the number of a comment": 2,
    "share": 2,
    "stop reminders": 4,
    "results": 1,
    "delete everything": 5,
}


@dataclass
class Errand:
    """Somebody who presses buttons with these labels; each press counts, and so does /start."""

    town: Town
    person: Person
    taps: int = 0

    async def tap(self, *labels: str) -> str:
        """The words of the newest screen afterwards."""
        for label in labels:
            await self.town.press(self.person, label)
            self.taps += 1
        return self.person.screen.words

    async def start(self, payload: str = "") -> None:
        """The button with which a chat begins."""
        await self.town.start(self.person, payload)
        self.taps += 1

    def share(self) -> str:
        """What the two buttons of the newest screen bring to a neighbour: where, when, and beside it the link."""
        (row,) = (row for row in self.person.screen.rows if "WhatsApp" in row[0]["text"])
        self.taps += 1
        whatsapp, telegram = (urlsplit(button["url"]) for button in row)
        assert (whatsapp.netloc, telegram.netloc) == ("wa.me", "t.me")
        told = parse_qs(telegram.query)
        words, link = told["text"][0], told["url"][0]
        assert parse_qs(whatsapp.query)["text"] == [f"{words} {link}"]
        assert link == deep_link(self.town.telegram.username, presses.FollowPoster(1), "en")
        assert "Bagysh" in words
        assert "Маданият үйү" in words
        assert "25 November, 12:00" in words
        return words

    def done(self, errand: str) -> None:
        """Count anew; raises AssertionError where it took more taps than it may."""
        print(f"{errand}: {self.taps}, at most {MOST_TAPS[errand]}")  # noqa: T201 shown by pytest -rP
        assert self.taps <= MOST_TAPS[errand], (errand, self.taps)
        self.taps = 0


async def test_a_newcomer_finds_the_hearing_of_their_village_and_votes(town: Town) -> None:
    await town.hearing()
    aigul = Errand(town, town.person())
    await aigul.start()
    await aigul.tap("English", "✅ I agree")
    await town.say(aigul.person, "Сафаровка")  # a village is typed
    await aigul.tap("✅ Safarovka", "🗳 Have my say")
    assert "Question 1 of 7" in await aigul.tap("👍 I support")
    assert aigul.person.toasts[-1].text == "✅ Counted: I support"
    aigul.done("first vote")


async def test_a_newcomer_writes_at_once(town: Town) -> None:
    await town.hearing()
    bek = Errand(town, town.person())
    await bek.start()
    await bek.tap("English", "✅ I agree")
    await town.say(bek.person, "Сафаровка")
    await bek.tap("✅ Safarovka", "💬 Ask or propose")
    await town.say(bek.person, "Көчөгө жарык керек")  # the message: what it is is asked afterwards
    await bek.tap("💡 A proposal")
    assert any("Your number: № 1" in each.text for each in bek.person.messages)
    bek.done("first comment")


async def test_by_the_link_of_a_poster_a_vote_takes_four_taps(town: Town) -> None:
    hearing = await town.hearing()
    person = Errand(town, town.person())
    link = deep_link(town.telegram.username, presses.OpenQuestion(hearing.id, 1), "en")
    await person.start(link.partition("=")[2])
    await person.tap("English", "✅ I agree", "👍 I support")
    assert person.person.toasts[-1].text == "✅ Counted: I support"
    person.done("first vote by a poster's link")


async def test_the_errands_of_a_resident(town: Town) -> None:
    hearing = await town.hearing()
    aigul = Errand(town, await town.resident())
    assert "In all: 1.5\u00a0million som" in await aigul.tap("📖 Read", "📋 Strategy", "1.")
    aigul.done("what a plan costs")
    await town.start(aigul.person)
    await aigul.tap("🗳 Have my say", "👍", "Next", "👍", "Next", "🤝", "Next", "▫️ Суу", "Next", "▫️ Жол", "Next")
    await aigul.tap("▫️ Жарык", "Next", "1 +", "Next")
    assert "You have answered every question" in aigul.person.screen.words
    aigul.done("vote on all")
    await town.start(aigul.person, presses_of_question(hearing.id))
    await aigul.tap("👎 I am against")
    assert aigul.person.toasts[-1].text == "✅ Counted: I am against"
    aigul.done("change one")
    await home(town, aigul)
    await aigul.tap("💬 Ask or propose", "💡", "🏛 The hearing")
    aigul.person._send(photo(aigul.person, "Көпүрө керек"), None)
    await town.quiet()
    assert "Read the draft and have your say:" in aigul.share()
    aigul.taps -= 1
    aigul.done("propose with a photo")
    town.clock.forward(days=7)
    await home(town, aigul)
    assert "№ 1" in await aigul.tap("☰ More", "👤 Mine")
    aigul.done("the number of a comment")
    await home(town, aigul)
    await aigul.tap("☰ More")
    aigul.share()
    aigul.done("share")


async def test_one_reads_the_results_and_ends_everything(town: Town) -> None:
    hearing = await town.hearing()
    aigul = Errand(town, await town.resident())
    await home(town, aigul)
    await aigul.tap("☰ More", "⚙️ Settings", "🔔", "🔕")
    aigul.done("stop reminders")
    town.clock.forward(days=4)
    await town.app.services.entry_desk.close(COMMAND_LINE, hearing.id)
    await home(town, aigul)
    assert "Question 1 of 7" in await aigul.tap("📊 Questions and results")
    aigul.done("results")
    assert "See the results and what the commission answers:" in aigul.share()
    await home(town, aigul)
    await aigul.tap("📨 Answers of the commission")
    assert "See the results and what the commission answers:" in aigul.share()
    await home(town, aigul)
    aigul.taps = 0
    await aigul.tap("☰ More", "⚙️ Settings", "🔒 Privacy", "🗑 Delete my data", "🗑 Delete")
    assert (await town.actor(aigul.person)).resident is None
    aigul.done("delete everything")


async def home(town: Town, errand: Errand) -> None:
    """The card of the hearing, without counting."""
    await town.start(errand.person)
    if "Skip" in errand.person.labels:  # the three questions about oneself, asked once
        await town.start(errand.person)


def presses_of_question(hearing: int) -> str:
    """What the button under a message leads to."""
    return pack(presses.OpenQuestion(hearing, 1), "en")
