"""The ways of people from screen to screen: *Back* leads to where they came from.

It lives in memory: after a restart *Back* leads where its view says, mostly to the card of the hearing.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from handlers import presses
from handlers.presses.wire import pack

if TYPE_CHECKING:
    from bot.i18n import Translator
    from handlers.presses import Press
    from handlers.views.screen import Button, Screen

TRAILS_REMEMBERED: Final = 5_000
LONGEST_TRAIL: Final = 12

BEGINNINGS: Final = (presses.GoHome, presses.OpenHearing)
"""Where a way begins: these screens lead back to nothing."""
STEPS: Final = (
    *BEGINNINGS,
    *(presses.OpenReading, presses.OpenMore, presses.ShareHearing, presses.ListDocuments, presses.ListHearings),
    *(presses.ReadStrategy, presses.ReadService, presses.ReadBudget, presses.ReadBudgetSide, presses.ReadBudgetLine),
    *(presses.ReadAgenda, presses.OpenQuestion, presses.FinishQuestions),
    *(presses.SeeWall, presses.ReadComment, presses.ReadAnswers, presses.NarrowAnswers, presses.SeeDraftChanges),
    *(presses.WriteComment, presses.ChooseCommentKind, presses.ChooseSubject, presses.WriteAbout),
    presses.OpenHall,
    *(presses.SeeMine, presses.OpenSettings, presses.ChooseReminders, presses.OpenHelp, presses.ReadPrivacy),
)
"""Presses that only show a screen: who comes back sees it again."""
STAYING: Final = (
    *(presses.ChooseOption, presses.MarkOption, presses.RankOption, presses.GiveCoins),
    *(presses.SupportComment, presses.SetReminders),
)
"""Presses that do something and show the screen on which they stand anew."""

WRITING: Final = (presses.WriteComment, presses.ChooseCommentKind, presses.ChooseSubject, presses.WriteAbout)
"""Steps towards words: who gives up writing comes back to the one before them."""
LOOKED_AT: Final = tuple(step for step in STEPS if step not in WRITING)
"""Steps that change nothing and wait for nothing: they may be drawn later than they were pressed."""


class Trails:
    """The last steps of each person, by chat: a screen with a picture is another message, and still the next step."""

    def __init__(self) -> None:
        self._trails: OrderedDict[int, list[Press]] = OrderedDict()
        self._prompts: OrderedDict[int, tuple[int, Screen]] = OrderedDict()
        self._languages: OrderedDict[int, str] = OrderedDict()
        self._walls: OrderedDict[int, tuple[Press, tuple[int, ...]]] = OrderedDict()

    def came_from(self, chat_id: int, press: Press | None, *, anew: bool) -> Press | None:
        """Note that ``press`` shows a screen, and return what showed the one before; None: not known.

        A step that was there already is gone back to; one of the same kind (the next page, the next question) takes
        its place. A way begins ``anew`` with a new message.
        """
        if press is None:
            return None
        trail = self._trails.pop(chat_id, [])
        if anew:
            trail = []
        if isinstance(press, STEPS):
            trail = _gone(trail, press)
        elif not isinstance(press, STAYING):
            return None
        self._trails[chat_id] = trail
        if len(self._trails) > TRAILS_REMEMBERED:
            self._trails.popitem(last=False)
        return trail[-2] if len(trail) > 1 else None

    def last_step(self, chat_id: int) -> Press | None:
        """What showed the screen that a person sees, or saw before words were waited for; None: not known."""
        steps = self._trails.get(chat_id, [])
        return next((step for step in reversed(steps) if not isinstance(step, WRITING)), None)

    def reads(self, telegram_id: int, language: str) -> None:
        """Note the language of the screen that a person has pressed: a visitor's is stored nowhere."""
        self._languages.pop(telegram_id, None)
        self._languages[telegram_id] = language
        if len(self._languages) > TRAILS_REMEMBERED:
            self._languages.popitem(last=False)

    def language_of(self, telegram_id: int) -> str | None:
        """The language of the screen that a person pressed last; None where none is known."""
        return self._languages.get(telegram_id)

    def saw_wall(self, chat_id: int, wall: Press, comments: tuple[int, ...]) -> None:
        """Note which comments stand on the page that a person sees, in their order."""
        self._walls.pop(chat_id, None)
        self._walls[chat_id] = wall, comments
        if len(self._walls) > TRAILS_REMEMBERED:
            self._walls.popitem(last=False)

    def on_wall(self, chat_id: int, wall: Press) -> tuple[int, ...]:
        """The comments that stand on that page before the person's eyes; none where it is not known."""
        seen, comments = self._walls.get(chat_id, (None, ()))
        return comments if seen == wall else ()

    def asks(self, chat_id: int, message_id: int | None, prompt: Screen) -> None:
        """Note that a message asks for words."""
        if message_id is not None:
            self._prompts.pop(chat_id, None)
            self._prompts[chat_id] = message_id, prompt
            if len(self._prompts) > TRAILS_REMEMBERED:
                self._prompts.popitem(last=False)

    def turned(self, chat_id: int, message_id: int) -> None:
        """Note that a message shows something else now: if it has asked for words, they are taken all the same."""
        if (prompt := self._prompts.get(chat_id)) is not None and prompt[0] == message_id:
            del self._prompts[chat_id]

    def answered(self, chat_id: int) -> tuple[int, Screen] | None:
        """The message that asked for the words which have come, with its screen; None where none is known."""
        return self._prompts.pop(chat_id, None)


def _gone(trail: list[Press], press: Press) -> list[Press]:
    if isinstance(press, BEGINNINGS):
        return [press]
    if press in trail:
        return trail[: trail.index(press) + 1]
    if trail and type(trail[-1]) is type(press):
        trail = trail[:-1]
    return [*trail, press][-LONGEST_TRAIL:]


def leading_back(t: Translator, screen: Screen, press: Press) -> Screen:
    """The screen whose *Back* opens what ``press`` opens."""
    label = t.p("button", "⬅️ Back")

    def changed(button: Button) -> Button:
        return replace(button, data=pack(press, t.language)) if button.data and button.label == label else button

    return replace(screen, rows=tuple(tuple(map(changed, row)) for row in screen.rows))
