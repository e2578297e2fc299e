"""Every screen that taps can reach, in every language: whole, short enough for Telegram, with a way on."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.cli import COMMAND_LINE
from bot.domain.comments import CommentKind
from bot.domain.languages import EN, KY, LANGUAGES, OWN_NAMES, RU, UZ, UZ_CYRL
from bot.domain.people import Caller, Role
from bot.domain.questions import AboutKind
from bot.domain.setbacks import SetbackReason
from handlers import presses
from handlers.presses.wire import pack, unpack
from handlers.views.screen import LETTERS_ON_A_BUTTON, ROOM_SIDE_BY_SIDE, room_of
from tests import samples
from tests.handlers.reading import LETTERS_OF_A_SIGN, MARKS, in_every_language, strange
from tests.handlers.test_workbooks import workbook
from tests.scale import rounds

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.simulator.people import Person
    from handlers.presses import Press
    from tests.living import Town

LEFT_ALONE = (
    presses.ForgetNow,  # the end of everything
    presses.ChooseLanguage,  # the walk stays in its language
    presses.PickMunicipality,
    presses.PickVillage,
    presses.GoHome,  # of another municipality
    presses.GetCalendar,
    presses.ShowVenue,
    presses.ApplyWorkbook,  # a new version at each press
)
WALKED = (KY, UZ, RU, UZ_CYRL, EN)
"""By default one language of each alphabet."""
MOST_STEPS = 2_000
WRITTEN_BY_PEOPLE = ("Айгүл", "Эмне үчүн?")
CHOOSE = ("Тилди тандаңыз", "Выберите язык", "Тилни танланг", "Tilni tanlang", "Choose a language")
"""Said in all languages at once."""
KYRGYZ_PLACES = tuple(str(place.name) for place, _ in samples.places())
"""Uzbeks who read Cyrillic see them as they are written here."""
IN_KYRGYZ, OF_A_KIND = rounds(20, few=6), rounds(10, few=2)
"""Presses of one kind that are pressed, in Kyrgyz and in each other language: filters and typed figures have no end."""
SAME_BUT_FOR_NUMBERS = (
    *(presses.GiveCoins, presses.RankOption, presses.MarkOption),
    *(presses.PickPublishHour, presses.PickPostponeHour, presses.PickPostponeReason, presses.ToggleReminder),
    *(presses.ChooseHour, presses.SetSitting, presses.ToggleService),
    *(presses.PickSittingHour, presses.MoveSitting, presses.PickSittingPlace, presses.AddSitting),
)
ASKED_ONLY = (
    presses.PublishHearing,
    presses.PublishAt,
    presses.PostponeHearing,
    presses.CancelHearing,
    presses.CancelBroadcast,
    presses.DeleteDraft,
    presses.RemoveSitting,
)
"""What they ask is read; what they do would take away the screens that are still ahead."""


@pytest.mark.parametrize("language", WALKED[: rounds(len(LANGUAGES), few=2)])
async def test_every_screen_can_be_read_in_every_language(town: Town, language: str) -> None:
    content = in_every_language(samples.dossier())
    hearing = await town.hearing(content)
    draft = await town.hearing(content, publish=False)
    person = await town.resident(tongue=OWN_NAMES[language])
    actor = await town.actor(person)
    token = await town.app.services.people.invite(COMMAND_LINE, town.places["bagysh"], Role.SECRETARY)
    await town.app.services.people.join(Caller(person.id, language), token)
    assert actor.language == language
    await write_a_comment(town, person)
    await plan(town, hearing, draft)
    pressed = Pressed(language, IN_KYRGYZ if language == LANGUAGES[0] else OF_A_KIND)
    for command in ("/start", "/desk", "/settings", "/privacy", "/mine", "/help", "/forget"):
        await town.say(person, command)
        await walk(town, person, pressed)
    person.send_document(workbook(), "угуу.xlsx")
    await town.quiet()
    await walk(town, person, pressed)
    assert not town.app.catalogues.unknown
    assert town.app.replies.counts["same"] == 0
    print(f"{language}: {len(pressed.read)} screens")  # noqa: T201


async def plan(town: Town, hearing: Hearing, draft: Hearing) -> None:
    """So that there is a publication to change, a postponement to read about and a message to hold back."""
    announcements, later = town.app.services.announcements, timedelta(days=1)
    await announcements.publish_later(COMMAND_LINE, draft.id, town.clock.now() + later)
    moved = hearing.dossier.sittings[0].starts_at + later
    await announcements.postpone(COMMAND_LINE, hearing.id, starts_at=moved, why=SetbackReason.WEATHER)


async def write_a_comment(town: Town, person: Person) -> None:
    """So that there is one to read, moderate and take back."""
    person.forge(pack(presses.WriteAbout(1, CommentKind.QUESTION, AboutKind.SERVICE, 1)))
    await town.quiet()
    await town.say(person, "Эмне үчүн?")


@dataclass
class Pressed:
    """What was pressed and read already in a language; of one kind at most ``of_a_kind`` presses."""

    language: str
    of_a_kind: int
    read: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    kinds: Counter[type[Press]] = field(default_factory=Counter)

    def add(self, press: Press, data: str) -> bool:
        """False for what was pressed before, or others of its kind often enough."""
        key = type(press).__name__ if isinstance(press, SAME_BUT_FOR_NUMBERS) else data
        if key in self.keys or self.kinds[type(press)] == self.of_a_kind:
            return False
        self.keys.add(key)
        self.kinds[type(press)] += 1
        return True


async def walk(town: Town, person: Person, pressed: Pressed) -> None:
    """Press everything that was not pressed before, from where the person is."""
    ahead = deque(buttons(person, pressed))
    for _ in range(MOST_STEPS):
        if not ahead:
            return
        data = ahead.popleft()
        person.forge(data)
        await town.quiet()
        ensure_readable(person)
        if not isinstance(unpack(data)[0], presses.PreviewHearing):  # that is shown in each language
            ensure_clear(person, pressed)
        ahead.extend(buttons(person, pressed))
    raise AssertionError(f"there is no end to it: {ahead}")


def buttons(person: Person, pressed: Pressed) -> list[str]:
    """What is new on the screen and may be pressed."""
    new = []
    for row in person.screen.rows:
        for button in row:
            data = button.get("callback_data", "")
            if not data:
                continue
            press, _ = unpack(data)
            acts = isinstance(press, ASKED_ONLY) and press.sure
            if not acts and not isinstance(press, LEFT_ALONE) and pressed.add(press, data):
                new.append(data)
    return new


def ensure_readable(person: Person) -> None:
    """Nothing too long, nothing empty, never a dead end, never an apology."""
    screen = person.screen
    assert screen.rows, screen.text
    assert all(len(row) <= 3 for row in screen.rows)
    assert all(0 < len(label) <= LETTERS_ON_A_BUTTON for label in person.labels), person.labels
    words = [label for label in person.labels if len(label) > LETTERS_OF_A_SIGN]
    assert len(set(words)) == len(words), words
    for row in screen.rows:
        labels = [button["text"] for button in row]
        assert len(row) == 1 or max(map(room_of, labels)) <= ROOM_SIDE_BY_SIDE[len(row)], labels
    assert len(screen.text or screen.caption) <= 4096
    assert "Something went wrong" not in person.toasts[-1].text


def ensure_clear(person: Person, pressed: Pressed) -> None:
    """Nothing of a tag, a code or somebody else's language on the screen and in the toast."""
    known = (*WRITTEN_BY_PEOPLE, *CHOOSE, *(KYRGYZ_PLACES if pressed.language == UZ_CYRL else ()))
    for words in (person.screen.words, *person.labels, person.toasts[-1].text):
        if any(name in words for name in OWN_NAMES.values()):  # a text is changed in each of its languages
            assert not MARKS.search(words), words
        else:
            assert not strange(words, pressed.language, known=known), words
    pressed.read.add("\n".join((person.screen.words, *person.labels)))
