"""Reading the drafts: services, budget, lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.errors import NotFound
from handlers.views import programme as views

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.programme import Budget
    from handlers import presses
    from handlers.context import Turn


async def strategy(turn: Turn, press: presses.ReadStrategy) -> None:
    """The list of services."""
    card = await turn.house.hearings.card(await turn.actor(), press.hearing)
    await turn.show(views.strategy(turn.t, card.hearing))


async def service_page(turn: Turn, press: presses.ReadService) -> None:
    """One service, with the stance on it."""
    actor = await turn.actor()
    card = await turn.house.hearings.card(actor, press.hearing)
    service = card.hearing.dossier.service(press.no)
    asked = views.stance_on(card.hearing.dossier, service)
    ballot = await turn.house.voting.ballot(actor, press.hearing, asked.no) if asked else None
    await turn.show(views.service_page(turn.t, card.hearing, service, ballot, page=press.page))


async def budget_page(turn: Turn, press: presses.ReadBudget) -> None:
    """The budget at a glance, with its chart."""
    hearing, budget = await _budget(turn, press.hearing)
    picture = await turn.house.files.budget_chart(hearing, turn.t)
    await turn.show(views.budget(turn.t, hearing, budget, picture))


async def budget_side(turn: Turn, press: presses.ReadBudgetSide) -> None:
    """Revenue or expenditure by line."""
    hearing, budget = await _budget(turn, press.hearing)
    await turn.show(views.budget_side(turn.t, hearing, budget, press.side, press.page))


async def line_page(turn: Turn, press: presses.ReadBudgetLine) -> None:
    """One line of the budget."""
    hearing, budget = await _budget(turn, press.hearing)
    await turn.show(views.budget_line(turn.t, hearing, budget, hearing.dossier.line(press.no)))


async def _budget(turn: Turn, hearing_id: int) -> tuple[Hearing, Budget]:
    card = await turn.house.hearings.card(await turn.actor(), hearing_id)
    if card.hearing.dossier.budget is None:
        raise NotFound("budget", hearing_id)
    return card.hearing, card.hearing.dossier.budget
