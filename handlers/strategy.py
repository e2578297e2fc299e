"""Reading the draft strategy: its services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.questions import About, AboutKind
from handlers.views import strategy as views

if TYPE_CHECKING:
    from handlers import presses
    from handlers.context import Context


async def read_strategy(context: Context, press: presses.ReadStrategy) -> None:
    """Show the list of services."""
    card = await context.services.hearings.card(await context.actor(), press.hearing)
    context.subject = (card.hearing.id, About(AboutKind.STRATEGY))
    await context.show(views.strategy(context.t, card.hearing, question=press.question))


async def read_service(context: Context, press: presses.ReadService) -> None:
    """Show one service, with the stance on it."""
    actor = await context.actor()
    card = await context.services.hearings.card(actor, press.hearing)
    service = card.hearing.dossier.service(press.no)
    asked = views.stance_on(card.hearing.dossier, service)
    ballot = await context.services.voting.ballot(actor, press.hearing, asked.no) if asked else None
    context.subject = (card.hearing.id, About(AboutKind.SERVICE, service.no))
    screen = views.service_page(context.t, card.hearing, service, ballot, page=press.page, question=press.question)
    await context.show(screen)
