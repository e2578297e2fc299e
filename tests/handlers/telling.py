"""Ways in which people tell one thing: how they send it, and where they are when they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.simulator.messages import Content
from handlers import presses
from tests.handlers.sending import photo, say_linked, send_album
from tests.handlers.test_comments import asked_for_words
from tests.handlers.test_desk import send
from tests.handlers.test_parts import newcomer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.domain.hearings import Hearing
    from bot.simulator.people import Person
    from tests.living import Town

    Place = Callable[["Teller"], Awaitable[bool]]
    """Goes to where something is told; True where its author is asked afterwards what it is."""
    Way = Callable[["Teller", str], Awaitable[str]]
    """Tells it by the words that begin so; all that the record has to say."""

CUT_AT: Final = 4096


@dataclass
class Teller:
    """Somebody who tells a thing."""

    town: Town
    person: Person
    hearing: Hearing


async def asked(teller: Teller) -> bool:
    """They were asked for words."""
    await asked_for_words(teller.town, teller.person)
    return False


async def asked_and_looking(teller: Teller) -> bool:
    """They were asked for words, and have opened a list of places since."""
    await asked_for_words(teller.town, teller.person)
    await teller.town.say(teller.person, "/municipality")
    return False


async def unasked(teller: Teller) -> bool:
    """They are at home."""
    await teller.town.start(teller.person)
    return True


async def on_a_question(teller: Teller) -> bool:
    """They are reading a question."""
    await send(teller.town, teller.person, presses.OpenQuestion(teller.hearing.id, 2))
    return True


async def before_a_municipality(teller: Teller) -> bool:
    """They have agreed and have not said where they live."""
    teller.person = await newcomer(teller.town)
    return True


PLACES: Final[tuple[Place, ...]] = (asked, unasked, on_a_question, asked_and_looking, before_a_municipality)


async def typed(teller: Teller, words: str) -> str:
    """At once."""
    teller.person.say(f"{words} жок")
    return f"{words} жок"


async def in_pieces(teller: Teller, words: str) -> str:
    """A greeting, the matter and the name of a place."""
    for text in (f"Саламатсызбы {words}", f"{words} эки күндөн бери жок", "Багыш айылы"):
        teller.person.say(text)
    return f"Саламатсызбы {words}\n{words} эки күндөн бери жок\nБагыш айылы"


async def spoken(teller: Teller, words: str) -> str:
    """A voice message, then what it is about."""
    teller.person.send_voice(f"OggS {words}".encode(), duration=4)
    teller.person.say(f"{words} жөнүндө айттым")
    return f"[Voice message, 4 s] {words} жөнүндө айттым"


async def photographed(teller: Teller, words: str) -> str:
    """A photo, then words."""
    teller.person._send(photo(teller.person), None)
    teller.person.say(f"{words} ушундай")
    return f"[Photo] {words} ушундай"


async def captioned(teller: Teller, words: str) -> str:
    """A photo with words under it, a voice message, and more words."""
    teller.person._send(photo(teller.person, f"{words} бүгүн"), None)
    teller.person.send_voice(f"OggS {words}".encode(), duration=4)
    teller.person.say(f"{words} эртең да")
    return f"[Photo] [Voice message, 4 s] {words} бүгүн\n{words} эртең да"


async def as_an_album(teller: Teller, words: str) -> str:
    """Four photos, words under the third."""
    send_album(teller.person, "", "", f"{words} кыйраган", "")
    return f"[4 photos] {words} кыйраган"


async def forwarded(teller: Teller, words: str) -> str:
    """Messages of somebody else, passed on together."""
    origin = {"type": "hidden_user", "sender_user_name": "Бакыт", "date": 1_700_000_000}
    for text in (f"{words} жок дешти", f"{words} качан болот"):
        teller.person._send(Content("text", text, extras=(("forward_origin", origin),)), None)
    return f"{words} жок дешти\n{words} качан болот"


async def sent_twice(teller: Teller, words: str) -> str:
    """The same, twice: the second is asked about, or is the same."""
    for _ in range(2):
        teller.person.say(f"{words} керек экен")
        teller.town.clock.forward(seconds=1)
    return f"{words} керек экен"


async def with_a_link(teller: Teller, words: str) -> str:
    """An address behind a word."""
    address = f"https://maps.example.org/?q={len(words)}"
    say_linked(teller.person, f'{words} <a href="{address}">мына бул жерде</a>')
    return f"{words} мына бул жерде ({address})"


async def cut(teller: Teller, words: str) -> str:
    """A long text that the client has cut within a word."""
    whole = f"{words} ".ljust(CUT_AT, "я") + "я" * 900
    teller.person.say(whole[:CUT_AT])
    teller.person.say(whole[CUT_AT:])
    return whole


WAYS: Final[tuple[Way, ...]] = (
    *(typed, in_pieces, spoken, photographed, captioned),
    *(as_an_album, forwarded, sent_twice, with_a_link, cut),
)
