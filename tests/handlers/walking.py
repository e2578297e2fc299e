"""A person who goes a random way through the bot, and an account of every word they send on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeGuard

from bot.cli import COMMAND_LINE
from bot.domain.comments import HidingRule
from bot.domain.conversation import MEANINGS, Input, Meaning, State, state_of
from bot.domain.languages import LANGUAGES, OWN_NAMES
from bot.domain.parts import joined
from bot.domain.unsent import PART_FOLLOWS_WITHIN
from handlers import presses
from handlers.presses.links import deep_link
from handlers.presses.wire import unpack
from tests.handlers.sending import photo, send_album

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.unsent import Unsent
    from bot.simulator.messages import Message
    from bot.simulator.people import Person
    from tests.living import Town

ENDS_WORDS: Final = (presses.ForgetNow, presses.WithdrawComment)
"""By these an author takes back what they sent."""
SCREENS_PRESSED: Final = 3
"""A person presses on the newest screens, and on some older ones."""
WRITES: Final = (presses.WriteComment, presses.ChooseCommentKind, presses.ChooseSubject, presses.WriteAbout)
TOWARDS_WORDS: Final = (
    *(presses.WriteAbout, presses.ChooseSubject, presses.ChooseCommentKind, presses.WriteComment),
    *(presses.Agree, presses.ReadPurpose, presses.ChooseLanguage, presses.OpenHearing, presses.GoHome),
)
"""What is pressed by who wants to write, the nearest first."""
SAYS_WHAT_BECOMES_OF_WORDS: Final = (
    "What you sent is kept. You are asked about it afterwards.",
    "What you wrote was not sent to anybody.",
)
COMMANDS: Final = ("/start", "/mine", "/municipality", "/settings", "/help", "/privacy", "/language", "/stop")
NAMES: Final = ("Багыш", "шайдан", "Сафаровка", "Ноокен району", "Кок-Арт")
WAITS: Final = (1, 4, 6, 61, 700)
"""Seconds between two acts."""


@dataclass
class Walker:
    """One person, the words they have sent, and what has become of them."""

    town: Town
    person: Person
    chance: random.Random
    hearing: int
    sent: dict[str, str] = field(default_factory=dict)
    """Each text, and where it was found last: a comment, what is kept, a refusal; empty where it is lost."""
    written_now: int = 0
    """How often words were asked for and the next message was a comment."""
    refused_at: datetime | None = None
    log: list[str] = field(default_factory=list)

    async def begin(self, language: str) -> None:
        """Choose a language, and agree or look."""
        await self.town.start(self.person)
        await self.town.press(self.person, OWN_NAMES[language])
        await self.press(self.chance.choice([presses.Agree, presses.JustLook]))

    async def walk(self, steps: int) -> None:
        """Go on at random, then say what was meant all along."""
        acts = [self.press] * 6 + [self.go_on_writing] * 6 + [self.say] * 4
        acts += [self.record, self.tell_in_pieces, self.name_place, self.command, self.link, self.other_people]
        acts += [self.restart]
        for _ in range(steps):
            self.town.clock.forward(seconds=self.chance.choice(WAITS))
            act = self.chance.choice(acts)
            self.log.append(act.__name__)
            await act()
            await self._find(self.sent)
        await self.write_now()
        await self.account()

    def buttons(self) -> list[tuple[Message, str, presses.Press]]:
        """What can be pressed without taking back what was sent: on which message, the data, what it means."""
        found = [each for message in self.person.messages[-SCREENS_PRESSED:] for each in _buttons(message)]
        return [each for each in found if not isinstance(each[2], ENDS_WORDS) and not _drops(each[2])]

    async def press(self, *kinds: type[presses.Press]) -> bool:
        """Press a random button, one of these kinds where any are named; False where there is none."""
        could = [each for each in self.buttons() if not kinds or isinstance(each[2], kinds)]
        if not could:
            return False
        message, data, press = self.chance.choice(could)
        self.log.append(repr(press))
        self.person.forge(data, message)
        await self.town.quiet()
        return True

    async def go_on_writing(self) -> None:
        """Press what leads to writing, a few times."""
        for _ in range(self.chance.randint(1, 4)):
            if not await self.press(*WRITES):
                await self.press(presses.Agree, presses.GoHome, presses.ReadPurpose, presses.PickMunicipality)

    async def write_now(self) -> None:
        """By whatever way: words are asked for, and the next message is a comment with a receipt."""
        self.person.follow(deep_link(self.town.telegram.username, presses.OpenHearing(self.hearing)))
        await self.town.quiet()
        kind: type[presses.Press] | None = None
        while kind is not presses.WriteAbout:
            offered = [press for _, _, press in self.buttons()]
            kind = next((kind for kind in TOWARDS_WORDS if any(isinstance(press, kind) for press in offered)), None)
            assert kind is not None, (self.log, self.person.screen.words, offered)
            await self.press(kind)
        assert await self.state() is State.WRITING, self.log
        await self.say()
        self.written_now += 1

    async def state(self) -> State:
        """The state they are in."""
        actor = await self.town.actor(self.person)
        return state_of(actor, await self.town.app.services.pending_inputs.find(actor))

    async def say(self) -> None:
        """Type words that nobody has typed before."""
        text = self._new_words(self.chance.choice(["Көчөгө жарык керек {n}", "жарык{n}", "Света нет {n}, темно"]))
        await self._send(Input.WORDS, lambda: self.person.say(text), text)

    async def record(self) -> None:
        """A photo with words under it, or an album with words under one."""
        text = self._new_words("сүрөт {n}")
        if self.chance.random() < 0.5:
            await self._send(Input.RECORDING, lambda: self.person._send(photo(self.person, text), None), text)
        else:
            await self._send(Input.RECORDING, lambda: send_album(self.person, "", text, ""), text)

    async def tell_in_pieces(self) -> None:
        """Three messages within seconds."""
        texts = [self._new_words(form) for form in ("Саламатсызбы {n}", "Суу жок {n}, эки күн болду", "{n}-үй")]

        def tell() -> None:
            for text in texts:
                self.person.say(text)

        await self._send(Input.WORDS, tell, *texts)

    async def name_place(self) -> None:
        """Type a name: it is a place where one is looked for, and words everywhere else."""
        before, meaning = len(self.person.messages), MEANINGS[await self.state()][Input.PLACE_NAME]
        name = self.chance.choice(NAMES)
        self.person.say(name)
        await self.town.quiet()
        if meaning is Meaning.WRITTEN or meaning is Meaning.KEPT:
            assert any(name in words for words in await self._stored()), (self.log, name)
        else:
            assert len(self.person.messages) > before, (self.log, name)

    async def command(self) -> None:
        """A command of the menu."""
        self.person.say(self.chance.choice(COMMANDS))
        await self.town.quiet()

    async def link(self) -> None:
        """A link into the bot."""
        question, service = presses.OpenQuestion(self.hearing, 2), presses.ReadService(self.hearing, 1)
        places = [presses.OpenPlace(self.town.places[code]) for code in ("bagysh", "shaidan", "suzak", "bagysh-2")]
        press = self.chance.choice([presses.OpenHearing(self.hearing), question, service, *places])
        self.person.follow(deep_link(self.town.telegram.username, press))
        await self.town.quiet()

    async def other_people(self) -> None:
        """A moderator lets one of the comments through, or hides it; or the clock is looked at."""
        if comments := await self._comments():
            chosen, moderation = self.chance.choice(comments), self.town.app.services.moderation
            if self.chance.random() < 0.5:
                await moderation.publish(COMMAND_LINE, chosen.id, edition=chosen.edition)
            else:
                await moderation.hide(COMMAND_LINE, chosen.id, HidingRule.OFF_TOPIC, edition=chosen.edition)
        await self.town.tick()

    async def restart(self) -> None:
        """The process of the bot ends, and another begins."""
        await self.town.stop()
        await self.town.begin()
        await self.town.quiet()

    async def account(self) -> None:
        """Find every word that was sent once more; about what is kept there is a question, or a sentence."""
        await self._find(self.sent)
        assert all(self.sent.values()), (self.log, self.sent)
        asked = [press.unsent for each in self.person.messages for _, _, press in _buttons(each) if _sends(press)]
        earlier = [content.text for message in self.person.messages for content, _ in message.history]
        said = "\n".join([*earlier, *(message.words for message in self.person.messages)])
        for kept in await self._kept():
            told = any(self._in_any_language(sentence, said) for sentence in SAYS_WHAT_BECOMES_OF_WORDS)
            assert not kept.parts or told or kept.id in asked, (self.log, kept, said)

    async def _send(self, sent: Input, send: Callable[[], object], *texts: str) -> None:
        """Send, and hold what becomes of it against the table of states."""
        state = await self.state()
        before = {message.id for message in self.person.messages}
        send()
        await self.town.quiet()
        answer = "\n".join(each.words for each in self.person.messages if each.id not in before)
        meaning = MEANINGS[state][sent]
        self.log.append(f"{state}: {meaning}")
        if meaning is Meaning.NOT_KEPT:
            self._ensure_refused(answer)
            self.sent.update(dict.fromkeys(texts, "refused"))
            return
        self.sent.update(dict.fromkeys(texts, ""))
        await self._find(dict.fromkeys(texts, ""))
        kind = "comment" if meaning is Meaning.WRITTEN else ""
        assert all(self.sent[text].startswith(kind) and self.sent[text] for text in texts), (self.log, self.sent)
        if kind:
            assert "№" in answer, (self.log, answer)

    def _ensure_refused(self, answer: str) -> None:
        """It was said that nothing was kept: now, or within the same seconds."""
        now = self.town.clock.now()
        if self._in_any_language("What you sent was not kept.", answer):
            self.refused_at = now
        assert self.refused_at is not None, (self.log, answer)
        assert now - self.refused_at <= PART_FOLLOWS_WITHIN, (self.log, answer)

    async def _find(self, texts: dict[str, str]) -> None:
        """Where each text is; one that its author has replaced by other words stays where it was."""
        comments, kept = await self._comments(), await self._kept()
        for text in texts:
            if self.sent[text] == "refused":
                continue
            places = [f"comment {each.id}" for each in comments if text in each.text]
            places += [f"kept {each.id}" for each in kept if text in joined(each.parts)]
            amended = [f"comment {each.id}" for each in comments if each.amended_at is not None]
            if not places and self.sent[text] in amended:
                places = [self.sent[text]]
            assert len(places) == 1, (self.log, text, places)
            self.sent[text] = places[0]

    async def _stored(self) -> list[str]:
        return [each.text for each in await self._comments()] + [joined(each.parts) for each in await self._kept()]

    async def _comments(self) -> tuple[Comment, ...]:
        resident = (await self.town.actor(self.person)).resident
        async with self.town.store.reading() as repositories:
            return await repositories.comments.list_of(resident.id) if resident else ()

    async def _kept(self) -> tuple[Unsent, ...]:
        resident = (await self.town.actor(self.person)).resident
        async with self.town.store.reading() as repositories:
            now = self.town.clock.now()
            return await repositories.unsent.list_of(resident.id, now) if resident else ()

    def _in_any_language(self, sentence: str, words: str) -> bool:
        catalogues = self.town.app.catalogues
        return any(catalogues[language](sentence) in words for language in LANGUAGES)

    def _new_words(self, form: str) -> str:
        return form.format(n=f"{self.person.id}{len(self.sent):03}{self.chance.randrange(1000):03}")


def _buttons(message: Message) -> Iterator[tuple[Message, str, presses.Press]]:
    for data in (button.get("callback_data") for row in message.rows for button in row):
        if data is not None:
            yield message, data, unpack(data)[0]


def _drops(press: presses.Press) -> bool:
    """True for the button by which an author does not send what is kept."""
    return isinstance(press, presses.CancelWriting) and press.unsent != 0


def _sends(press: presses.Press) -> TypeGuard[presses.SendUnsent]:
    return isinstance(press, presses.SendUnsent)
