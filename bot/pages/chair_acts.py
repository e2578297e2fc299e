"""What a press on the chair's page does: its body is read field by field, and the service judges the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.domain.errors import HearingBotError, NotFound
from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.services import Services
    from bot.services.hall_keys import HallPass
    from bot.services.hall_views import ChairState

LONGEST_NOTE: Final = 1_000
MOST_OPTIONS: Final = 100
LARGEST_NUMBER: Final = 10**9


class BadBody(HearingBotError):
    """A body that this page did not send."""


@dataclass(frozen=True, slots=True)
class ChairPress:
    """One press: the act by its name, which state was seen, and what it is about."""

    act: str
    seen: int
    question: int = 0
    comment: int = 0
    edition: int = 0
    minutes: int = 0
    numbers: tuple[int, ...] = ()
    note: str = ""

    @classmethod
    def of(cls, body: object) -> ChairPress:
        """The press that a body is. Raises BadBody."""
        if not isinstance(body, dict):
            raise BadBody
        name, numbers, note = body.get("act"), body.get("numbers", []), body.get("note", "")
        if not isinstance(name, str) or name not in ACTS:
            raise BadBody
        if not isinstance(numbers, list) or len(numbers) > MOST_OPTIONS or not isinstance(note, str):
            raise BadBody
        whole = {name: _number(body.get(name, 0)) for name in ("seen", "question", "comment", "edition", "minutes")}
        return cls(name, **whole, numbers=tuple(map(_number, numbers)), note=note[:LONGEST_NOTE])


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_NUMBER:
        raise BadBody
    return value


async def act(services: Services, opened: HallPass, press: ChairPress) -> ChairState:
    """Do what was pressed, in the name of who made the key; the hall as its chair sees it then.

    Raises whatever the service refuses.
    """
    return await ACTS[press.act](services, opened, press)


async def _start(services: Services, opened: HallPass, _press: ChairPress) -> ChairState:
    return await services.halls.start(opened.actor, opened.hearing.id, opened.sitting)


async def _next_item(services: Services, opened: HallPass, press: ChairPress) -> ChairState:
    return await services.halls.next_item(opened.actor, opened.hearing.id, opened.sitting, seen=press.seen)


async def _ask(services: Services, opened: HallPass, press: ChairPress) -> ChairState:
    return await services.halls.ask(opened.actor, opened.hearing.id, opened.sitting, press.question, seen=press.seen)


async def _close(services: Services, opened: HallPass, press: ChairPress) -> ChairState:
    return await services.halls.close_question(opened.actor, opened.hearing.id, opened.sitting, seen=press.seen)


async def _show(services: Services, opened: HallPass, press: ChairPress) -> ChairState:
    return await services.halls.show_result(opened.actor, opened.hearing.id, opened.sitting, seen=press.seen)


async def _hands(services: Services, opened: HallPass, press: ChairPress) -> ChairState:
    return await services.halls.count_hands(
        opened.actor, opened.hearing.id, opened.sitting, press.numbers, seen=press.seen
    )


async def _next_speaker(services: Services, opened: HallPass, press: ChairPress) -> ChairState:
    return await services.halls.next_speaker(opened.actor, opened.hearing.id, opened.sitting, seen=press.seen)


async def _end_speaker(services: Services, opened: HallPass, press: ChairPress) -> ChairState:
    return await services.halls.end_speaker(opened.actor, opened.hearing.id, opened.sitting, seen=press.seen)


async def _minutes(services: Services, opened: HallPass, press: ChairPress) -> ChairState:
    return await services.halls.set_minutes(opened.actor, opened.hearing.id, opened.sitting, press.minutes)


async def _add_hand(services: Services, opened: HallPass, _press: ChairPress) -> ChairState:
    await services.floor.add_hand(opened.actor, opened.hearing.id, opened.sitting)
    return await services.halls.chair(opened.actor, opened.hearing.id, opened.sitting)


async def _answered(services: Services, opened: HallPass, press: ChairPress) -> ChairState:
    return await services.halls.answer_question(
        *(opened.actor, opened.hearing.id, opened.sitting, press.comment, press.note), seen=press.seen
    )


async def _publish(services: Services, opened: HallPass, press: ChairPress) -> ChairState:
    view = await services.comments.get(opened.actor, press.comment)
    if view.hearing.id != opened.hearing.id:  # the key is good for this hearing alone
        raise NotFound("comment", press.comment)
    await services.moderation.publish(opened.actor, press.comment, edition=press.edition)
    return await services.halls.chair(opened.actor, opened.hearing.id, opened.sitting)


async def _undo(services: Services, opened: HallPass, press: ChairPress) -> ChairState:
    return await services.halls.undo(opened.actor, opened.hearing.id, opened.sitting, seen=press.seen)


async def _end(services: Services, opened: HallPass, press: ChairPress) -> ChairState:
    return await services.halls.end(opened.actor, opened.hearing.id, opened.sitting, seen=press.seen)


async def _withdraw(services: Services, opened: HallPass, _press: ChairPress) -> ChairState:
    await services.hall_keys.withdraw(opened.actor, opened.hearing.id, opened.sitting)
    return await services.halls.chair(opened.actor, opened.hearing.id, opened.sitting)


ACTS: Final[Mapping[str, Callable[[Services, HallPass, ChairPress], Awaitable[ChairState]]]] = {
    "start": _start,
    "next_item": _next_item,
    "ask": _ask,
    "close": _close,
    "show_result": _show,
    "count_hands": _hands,
    "next_speaker": _next_speaker,
    "end_speaker": _end_speaker,
    "minutes": _minutes,
    "add_hand": _add_hand,
    "answered": _answered,
    "publish": _publish,
    "undo": _undo,
    "end": _end,
    "withdraw": _withdraw,
}
"""Each press of the page by its name."""
