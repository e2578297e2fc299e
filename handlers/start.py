"""``/start``, links, language and consent; help."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final

from bot.domain.errors import Refusal
from handlers import presses
from handlers.presses.wire import nest, unnest
from handlers.views import start as views
from handlers.views import toasts

if TYPE_CHECKING:
    from handlers.context import Context

WHERE_ONE_LIVES: Final = (
    presses.AcceptInvitation,
    presses.FollowPoster,
    presses.OpenPlace,
    presses.PickMunicipality,
    presses.PickVillage,
)
"""Presses that themselves say where a person lives."""


async def begin(context: Context, then: str = "") -> None:
    """Answer ``/start``, perhaps with the press of a link: a visitor chooses a language first, a resident goes on."""
    actor = await context.actor()
    if actor.resident is None:
        await context.show(views.languages(context.t, first=context.origin.language, then=then))
        return
    await context.services.people.mark_reachable(actor)
    await onward(context, then)


async def choose_language(context: Context, press: presses.ChooseLanguage) -> None:
    """Store the language of a resident and go on; tell a visitor the purpose of the bot."""
    actor = await context.services.people.set_language(await context.actor(), press.language.value)
    context.adopt(actor if actor.resident else context.visitor(press.language.value))
    if actor.resident is None:
        await read_purpose(context, presses.ReadPurpose(press.then))
        return
    context.toast(toasts.language_changed(context.t))
    await onward(context, press.then)


async def list_languages(context: Context, _press: presses.ListLanguages) -> None:
    """Show the list of languages."""
    actor = await context.actor()
    await context.show(views.languages(context.t, first=actor.language, known=actor.resident is not None))


async def read_purpose(context: Context, press: presses.ReadPurpose) -> None:
    """Show who runs the bot and what is stored."""
    invited = False
    with suppress(Refusal):  # whatever the press means, it is told when it is followed
        invited = isinstance(unnest(press.then), presses.AcceptInvitation)
    years = context.services.people.text.years
    await context.show(views.purpose(context.t, years=years, then=press.then, invited=invited))


async def agree(context: Context, press: presses.Agree) -> None:
    """Begin to store the person, with the municipality they look at, then follow the press that waited for it."""
    context.adopt(await context.services.people.agree(context.caller))
    await _keep_municipality(context, press.then)
    context.toast(toasts.agreed(context.t))
    await onward(context, press.then)


async def _keep_municipality(context: Context, then: str) -> None:
    """Make the municipality of what the person looks at theirs, where they have none."""
    actor = await context.actor()
    if actor.resident is None or actor.resident.is_settled:
        return
    try:
        looked = unnest(then) or context.bot_data.attention.looked_at(actor.telegram_id)
        municipality = 0 if isinstance(looked, WHERE_ONE_LIVES) else await _municipality_of(context, looked)
    except Refusal:
        return  # whatever the press means, it is told when it is followed
    if municipality:
        context.adopt(await context.services.people.follow(actor, municipality))


async def _municipality_of(context: Context, looked: presses.Press | None) -> int:
    """The municipality of a hearing, of a comment on one, or of a list of hearings; 0 for everything else."""
    actor = await context.actor()
    if hearing := getattr(looked, "hearing", 0):
        return (await context.services.hearings.card(actor, hearing)).hearing.municipality_id
    if comment := getattr(looked, "comment", 0):
        return (await context.services.comments.get(actor, comment)).hearing.municipality_id
    municipality: int = getattr(looked, "municipality", 0)
    return municipality


async def on_not_kept(context: Context, typed: str) -> None:
    """Say that nothing is kept of who has not agreed, and show the way to; once for what is sent within seconds.

    Of many messages that wait, the last one is answered.
    """
    actor, attention = await context.actor(), context.bot_data.attention
    if context.is_followed or not attention.refuses(actor.telegram_id, context.services.clock.now()):
        return
    await context.show(views.not_kept(context.t, typed, then=nest(await _writing(context))))


async def _writing(context: Context) -> presses.Press:
    """The way to write to the hearing that a visitor looks at; home, where they look at none that takes comments."""
    looked = context.bot_data.attention.looked_at((await context.actor()).telegram_id)
    with suppress(Refusal):
        if isinstance(looked, presses.GoHome):
            listed = await context.services.hearings.list_public(looked.municipality)
            if listed.taking_answers:
                return presses.WriteComment(listed.taking_answers[0].id)
        elif isinstance(looked, presses.OpenHearing):
            card = await context.services.hearings.card(await context.actor(), looked.hearing)
            if card.hearing.takes_answers(card.now):
                return presses.WriteComment(card.hearing.id)
    return looked or presses.GoHome()


async def just_look(context: Context, press: presses.JustLook) -> None:
    """Go on without being stored."""
    await context.actor()
    await onward(context, press.then)


async def onward(context: Context, then: str) -> None:
    """Follow the press of a link or an earlier button; without one, go home."""
    target = unnest(then)
    if target is None or isinstance(target, (presses.Agree, presses.JustLook, presses.ReadPurpose)):
        target = presses.GoHome()
    await context.follow(target)


async def open_help(context: Context, _press: presses.OpenHelp) -> None:
    """Show how the bot works."""
    actor, directory = await context.actor(), context.services.directory
    who = await directory.contact_in(actor.resident.municipality_id if actor.resident else None)
    staff = bool(actor.grants) or actor.administrator
    await context.show(views.help_(context.t, who, staff=staff, username=context.username))
