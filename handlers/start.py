"""Coming in: ``/start``, links, language and consent; help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers import presses
from handlers.presses.wire import unnest
from handlers.views import start as views

if TYPE_CHECKING:
    from handlers.context import Context


async def begin(context: Context, then: str = "") -> None:
    """``/start``, with what the link meant: a stranger chooses a language first, everybody else goes straight on."""
    actor = await context.actor()
    if actor.resident is None:
        await context.show(views.languages(context.t, first=context.origin.language, then=then))
        return
    await context.services.people.mark_reachable(actor)
    await onward(context, then)


async def choose_language(context: Context, press: presses.ChooseLanguage) -> None:
    """Keep the language of a known person and go home; tell a stranger what this is."""
    actor = await context.services.people.set_language(await context.actor(), press.language.value)
    context.adopt(actor if actor.resident else context.visitor(press.language.value))
    if actor.resident is None:
        await purpose(context, presses.ReadPurpose(press.then))
        return
    context.toast(context.t("Language changed."))
    await onward(context, press.then)


async def languages(context: Context, _press: presses.ListLanguages) -> None:
    """The list of languages."""
    actor = await context.actor()
    await context.show(views.languages(context.t, first=actor.language))


async def purpose(context: Context, press: presses.ReadPurpose) -> None:
    """Who runs this and what is stored."""
    await context.show(views.purpose(context.t, then=press.then))


async def agree(context: Context, press: presses.Agree) -> None:
    """Begin to store the person, then do what they were about to do."""
    context.adopt(await context.services.people.agree(context.caller))
    context.toast(context.t("Thank you. You can take this back at any time: /privacy"))
    await onward(context, press.then)


async def just_look(context: Context, press: presses.JustLook) -> None:
    """Look without being stored."""
    await context.actor()
    await onward(context, press.then)


async def onward(context: Context, then: str) -> None:
    """Do what a link or an earlier press meant; without one, go home."""
    target = unnest(then)
    if target is None or isinstance(target, (presses.Agree, presses.JustLook, presses.ReadPurpose)):
        target = presses.GoHome()
    await context.follow(target)


async def help_(context: Context, _press: presses.OpenHelp) -> None:
    """How it works."""
    await context.actor()
    await context.show(views.help_(context.t))
