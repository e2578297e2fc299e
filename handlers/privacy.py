"""What is stored about a person: told, handed over, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.views import mydata
from handlers.views import privacy as views

if TYPE_CHECKING:
    from handlers import presses
    from handlers.context import Turn


async def privacy(turn: Turn, _press: presses.ReadPrivacy) -> None:
    """What is stored, for how long, and one's rights."""
    person = (await turn.actor()).resident
    known = await turn.house.directory.tree()
    holder = known.by_id.get(person.municipality_id or 0) if person else None
    await turn.show(views.privacy(turn.t, holder=holder, stored=person is not None))


async def my_data(turn: Turn, _press: presses.GetMyData) -> None:
    """Everything stored, as a file."""
    actor = await turn.actor()
    if actor.resident is None:
        await turn.show(views.nothing_stored(turn.t))
        return
    held = await turn.house.privacy.held(actor)
    await turn.file(mydata.my_data(turn.t, held, await turn.house.directory.tree(), turn.house.clock.now()))


async def forget(turn: Turn, _press: presses.AskToForget) -> None:
    """Be forgotten: how?"""
    actor = await turn.actor()
    if actor.resident is None:
        await turn.show(views.nothing_stored(turn.t))
        return
    held = await turn.house.privacy.held(actor)
    await turn.show(views.forget(turn.t, comments=len(held.comments), staff=bool(held.grants)))


async def forget_now(turn: Turn, press: presses.ForgetNow) -> None:
    """Be forgotten now."""
    actor = await turn.actor()
    await turn.house.privacy.forget(actor, withdraw_comments=press.withdraw)
    turn.adopt(turn.visitor(actor.language))
    await turn.show(views.forgotten(turn.t))
