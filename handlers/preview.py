"""A hearing as residents will read it, in any language, before it is public: staff go through its screens."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from bot.domain.errors import StaleButton
from bot.domain.hearings import Phase
from handlers import presses
from handlers.presses.wire import unnest
from handlers.views import hearings, toasts
from handlers.views import preview as views

if TYPE_CHECKING:
    from handlers.context import Context

PREVIEWED: Final = (
    presses.OpenReading,
    presses.ReadAgenda,
    presses.ReadStrategy,
    presses.ReadService,
    presses.ReadBudget,
    presses.ReadBudgetSide,
    presses.ReadBudgetLine,
    presses.OpenQuestion,
    presses.FinishQuestions,
)
"""What is read of a hearing; every other button only says that it is one."""


async def preview_hearing(context: Context, press: presses.PreviewHearing) -> None:
    """Show a screen of a hearing in a language, with the other languages and the way back to the desk."""
    actor = await context.actor()
    shown = await context.services.desk.prepared(actor, press.hearing)
    if press.inert:
        context.toast(toasts.only_a_preview(context.t))
        return
    inner = unnest(press.then)
    if inner == presses.OpenHearing(press.hearing):
        inner = None
    if inner is not None and not (isinstance(inner, PREVIEWED) and inner.hearing == press.hearing):
        raise StaleButton
    context.frame = partial(views.framed, context.t, press=press, previewed=PREVIEWED)
    context.tongue = press.language.value
    if inner is not None:
        await context.follow(inner)
        return
    card = await context.services.hearings.card(actor, press.hearing)
    if shown.hearing.phase is Phase.DRAFT:
        card = replace(card, hearing=replace(card.hearing, phase=Phase.ANNOUNCED))
    await context.show(hearings.card(context.t, replace(card, answered=0)))
