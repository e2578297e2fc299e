"""What is stored about a person: explained, handed over, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reports import personal_data
from handlers.views import privacy as views

if TYPE_CHECKING:
    from handlers import presses
    from handlers.context import Context


async def read_privacy(context: Context, _press: presses.ReadPrivacy) -> None:
    """Show what is stored, for how long, and one's rights."""
    person, directory = (await context.actor()).resident, context.services.directory
    place = (await directory.tree()).by_id.get(person.municipality_id or 0) if person else None
    holder = views.Holder(place, await directory.contact_in(person.municipality_id if person else None))
    text = context.services.people.text
    await context.show(views.privacy(context.t, holder, person, text=text))


async def get_my_data(context: Context, _press: presses.GetMyData) -> None:
    """Send everything stored, as a file."""
    actor = await context.actor()
    if actor.resident is None:
        await context.show(views.nothing_stored(context.t))
        return
    stored = await context.services.privacy.stored(actor)
    places = await context.services.directory.tree()
    page = personal_data.html_page(context.t, stored, places, context.services.clock.now())
    await context.file(views.personal_data(context.t, page))


async def ask_to_forget(context: Context, _press: presses.AskToForget) -> None:
    """Ask how the person wants to be forgotten."""
    actor = await context.actor()
    if actor.resident is None:
        await context.show(views.nothing_stored(context.t))
        return
    stored = await context.services.privacy.stored(actor)
    await context.show(views.forget(context.t, comments=len(stored.comments), staff=bool(stored.grants)))


async def forget_now(context: Context, press: presses.ForgetNow) -> None:
    """Forget the person."""
    actor = await context.actor()
    await context.services.privacy.forget(actor, withdraw_comments=press.withdraw)
    context.adopt(context.visitor(actor.language))
    await context.show(views.forgotten(context.t))
