"""What people have agreed to changes: they are told what, once, with their next press, and no press is lost."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from bot.domain.consent import CONSENT_VERSION, RETENTION_YEARS, ConsentText
from bot.domain.people import Caller
from bot.i18n import Catalogues
from bot.i18n.consent import CHANGES_OF_VERSIONS, CONSENT_SENTENCES, consent_lines, consent_words
from handlers import presses
from handlers.presses.wire import pack
from tests.handlers.test_oneself import profile

if TYPE_CHECKING:
    from bot.simulator.messages import Message
    from bot.simulator.people import Person
    from tests.living import Town

CHANGED = "🔒 What you agreed to has changed."
SENTENCES_OF_VERSIONS = {1: "40edba65c426f5bf", 2: "9c83fed8e9dc80d6"}
"""Digests of the sentences of each version."""


async def promise(town: Town, years: int) -> None:
    """Begin the bot anew with another setting."""
    await town.stop()
    town.app = town.another_app(town.store, retention_years=str(years))
    await town.app.start(listen=False, ticking=False)


def told(person: Person) -> list[Message]:
    """The messages about the change that the person has."""
    return [message for message in person.chat.messages.values() if CHANGED in message.text]


async def test_who_agreed_to_an_older_text_is_told_once_and_no_press_is_lost(town: Town) -> None:
    hearing = await town.hearing()
    aigul = await town.resident()
    await promise(town, 5)
    aigul.forge(pack(presses.ChooseOption(hearing.id, 1, 1)))
    await town.quiet()
    async with town.store.reading() as repositories:
        assert (await repositories.votes.tallies(hearing.id))[1].voters == 1
    assert "kept for 5 years after the hearing; before it was 3." in told(aigul)[0].text
    await town.say(aigul, "/help")
    assert len(told(aigul)) == 1
    aigul.forge(pack(presses.Agree()))
    await town.quiet()
    assert (await profile(town, aigul)).consented_to == ConsentText(5).name
    await promise(town, 1)
    await town.say(aigul, "/privacy")
    assert "kept for 1 year after the hearing; before it was 5." in told(aigul)[1].text
    assert [each for each in aigul.chat.messages.values() if "Until 1 year after the last hearing" in each.text]
    aigul.press("↩️ Take back my agreement", on=told(aigul)[1])
    await town.quiet()
    assert "Delete" in aigul.screen.text


async def test_a_newcomer_reads_the_years_and_is_told_nothing_more(town: Town) -> None:
    await promise(town, 5)
    ulan = town.person("Улан")
    await town.start(ulan)
    await town.press(ulan, "English")
    assert "It is kept for 5 years after the hearing." in ulan.screen.text
    await town.press(ulan, "✅ I agree")
    await town.say(ulan, "/help")
    assert (await profile(town, ulan)).consented_to == ConsentText(5).name
    assert not told(ulan)


async def test_who_has_not_agreed_is_told_nothing(town: Town) -> None:
    people = town.app.services.people
    visitor = await people.identify(Caller(77, "en"))
    assert not await people.owe_changed_consent(visitor, source="77.u1")


def test_each_version_of_the_sentences_has_a_number_and_says_what_has_changed() -> None:
    """Whoever changes ``CONSENT_SENTENCES`` gives them a new version, what it changes, and a digest here."""
    assert sha256("\n".join(CONSENT_SENTENCES).encode()).hexdigest()[:16] == SENTENCES_OF_VERSIONS[CONSENT_VERSION]
    assert set(CHANGES_OF_VERSIONS) == set(range(2, CONSENT_VERSION + 1))


def test_a_record_says_the_same_as_the_screen() -> None:
    english = Catalogues.load()["en"]
    for years in (1, RETENTION_YEARS, 7):
        assert consent_words(years) == consent_lines(english, years)
        assert ConsentText.named(ConsentText(years).name) == ConsentText(years)
