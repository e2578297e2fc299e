"""Reading the draft strategy and the draft budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from handlers.views import budget as budget_views
from handlers.views import strategy as strategy_views

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.programme import Budget
    from handlers import presses
    from handlers.context import Context


async def read_strategy(context: Context, press: presses.ReadStrategy) -> None:
    """The list of services."""
    card = await context.services.hearings.card(await context.actor(), press.hearing)
    await context.show(strategy_views.strategy(context.t, card.hearing))


async def read_service(context: Context, press: presses.ReadService) -> None:
    """One service, with the stance on it."""
    actor = await context.actor()
    card = await context.services.hearings.card(actor, press.hearing)
    service = card.hearing.dossier.service(press.no)
    asked = strategy_views.stance_on(card.hearing.dossier, service)
    ballot = await context.services.voting.ballot(actor, press.hearing, asked.no) if asked else None
    await context.show(strategy_views.service_page(context.t, card.hearing, service, ballot, page=press.page))


async def read_budget(context: Context, press: presses.ReadBudget) -> None:
    """The budget at a glance, with its chart."""
    hearing, budget = await _budget(context, press.hearing)
    picture = await context.documents.budget_chart(hearing, context.t)
    await context.show(budget_views.budget(context.t, hearing, budget, picture))


async def read_budget_side(context: Context, press: presses.ReadBudgetSide) -> None:
    """Revenue or expenditure by line."""
    hearing, budget = await _budget(context, press.hearing)
    await context.show(budget_views.budget_side(context.t, hearing, budget, press.side, press.page))


async def read_budget_line(context: Context, press: presses.ReadBudgetLine) -> None:
    """One line of the budget."""
    hearing, budget = await _budget(context, press.hearing)
    await context.show(budget_views.budget_line(context.t, hearing, budget, hearing.dossier.line(press.no)))


async def _budget(context: Context, hearing_id: int) -> tuple[Hearing, Budget]:
    card = await context.services.hearings.card(await context.actor(), hearing_id)
    if card.hearing.dossier.budget is None:
        raise NotFound("budget", hearing_id)
    return card.hearing, card.hearing.dossier.budget
