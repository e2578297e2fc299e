"""``/start``, links, language and consent; help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses
from handlers.presses.wire import unnest
from handlers.views import start as views
from handlers.views import toasts

if TYPE_CHECKING:
    from handlers.context import Context


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
    await context.show(views.languages(context.t, first=actor.language))


async def read_purpose(context: Context, press: presses.ReadPurpose) -> None:
    """Show who runs the bot and what is stored."""
    await context.show(views.purpose(context.t, then=press.then))


async def agree(context: Context, press: presses.Agree) -> None:
    """Begin to store the person, then follow the press that waited for it."""
    context.adopt(await context.services.people.agree(context.caller))
    context.toast(toasts.agreed(context.t))
    await onward(context, press.then)


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
    await context.actor()
    await context.show(views.help_(context.t))
