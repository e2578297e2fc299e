"""Somebody who reads the bot in a language of theirs: a test names each label in English, and the taps are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.domain.languages import OWN_NAMES
from bot.i18n import Catalogues

if TYPE_CHECKING:
    from bot.i18n import Translator
    from bot.simulator.messages import Message
    from bot.simulator.people import Person
    from tests.living import Town

CATALOGUES = Catalogues.load()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class Speaker:
    """A person in a town; ``taps`` and ``words`` say what it cost them so far."""

    town: Town
    person: Person
    language: str
    taps: int = 0
    words: int = 0

    @property
    def t(self) -> Translator:
        """The words of their language."""
        return CATALOGUES[self.language]

    def label(self, english: str, **values: object) -> str:
        """What stands on the button: a label of the catalogue in their language; anything else as it is."""
        label = self.t.p("button", english, **values)
        return label if label != english else self.t(english, **values)

    @property
    def text(self) -> str:
        """The words of the newest screen."""
        return self.person.screen.words

    def said(self, english: str, **values: object) -> bool:
        """Whether the newest screen says this."""
        return self.t(english, **values) in self.text

    async def tap(self, *labels: str, **values: object) -> None:
        """Press one button after the other."""
        for english in labels:
            self.taps += 1
            await self.town.press(self.person, self.label(english, **values))

    async def say(self, words: str) -> None:
        """Type."""
        self.words += len(words.split())
        await self.town.say(self.person, words)

    async def send(self, content: bytes, name: str) -> None:
        """Send a file: the paperclip, the kind, the file."""
        self.taps += 3
        self.person.send_document(content, name, mime=XLSX)
        await self.town.quiet()

    async def join(self, *places: str, link: str = "") -> None:
        """Open the bot, choose the language, agree, and say where they live."""
        self.taps += 1
        if link:
            self.person.follow(link)
            await self.town.quiet()
        else:
            await self.town.start(self.person)
        await self.tap(OWN_NAMES[self.language], "✅ I agree", *places)

    def files(self) -> list[Message]:
        """The files that the bot has sent, the oldest first."""
        return [message for message in self.person.messages if message.document]

    async def take(self, *labels: str) -> bytes:
        """Press what brings a file; what is in it."""
        before = len(self.files())
        await self.tap(*labels)
        (file,) = self.files()[before:]
        return file.document or b""

    def told(self, english: str, **values: object) -> list[str]:
        """The messages that say this."""
        said = self.t(english, **values)
        return [message.words for message in self.person.messages if said in message.words]

    def heard(self, sign: str) -> list[str]:
        """The messages that begin with a sign."""
        return [message.words for message in self.person.messages if message.words.startswith(sign)]


def newcomer(town: Town, name: str, language: str) -> Speaker:
    """Somebody who has not met the bot yet."""
    return Speaker(town, town.person(name, language=language[:2]), language)
