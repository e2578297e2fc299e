"""Reading the draft budget: at a glance, by side, by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from bot.domain.questions import About, AboutKind
from handlers.views import budget as views

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.programme import Budget
    from handlers import presses
    from handlers.context import Context


async def read_budget(context: Context, press: presses.ReadBudget) -> None:
    """Show the budget at a glance, with its chart."""
    hearing, budget = await _budget(context, press.hearing)
    picture = await context.documents.budget_chart(hearing, context.t)
    context.subject = (hearing.id, About(AboutKind.BUDGET))
    people = (await context.services.directory.tree()).population(hearing.municipality_id)
    await context.show(views.budget(context.t, hearing, budget, picture, question=press.question, people=people))


async def read_budget_side(context: Context, press: presses.ReadBudgetSide) -> None:
    """Show revenue or expenditure by line."""
    hearing, budget = await _budget(context, press.hearing)
    context.subject = (hearing.id, About(AboutKind.BUDGET))
    await context.show(views.budget_side(context.t, hearing, budget, press.side, press.page))


async def read_budget_line(context: Context, press: presses.ReadBudgetLine) -> None:
    """Show one line of the budget."""
    hearing, budget = await _budget(context, press.hearing)
    context.subject = (hearing.id, About(AboutKind.LINE, press.no))
    line = hearing.dossier.line(press.no)
    await context.show(views.budget_line(context.t, hearing, budget, line, question=press.question))


async def _budget(context: Context, hearing_id: int) -> tuple[Hearing, Budget]:
    card = await context.services.hearings.card(await context.actor(), hearing_id)
    if card.hearing.dossier.budget is None:
        raise NotFound("budget", hearing_id)
    return card.hearing, card.hearing.dossier.budget
