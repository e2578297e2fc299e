"""Hearings beside one another. The service checks every permission: a press may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.views import comparisons as views

if TYPE_CHECKING:
    from handlers import presses
    from handlers.context import Context


async def compare_hearings(context: Context, press: presses.CompareHearings) -> None:
    """Show two hearings of a municipality beside one another."""
    service = context.services.comparisons
    found = await service.compare(await context.actor(), press.municipality, other_id=press.other)
    await context.show(views.comparison(context.t, found))


async def compare_municipalities(context: Context, press: presses.CompareMunicipalities) -> None:
    """Show the last hearing of every municipality."""
    found = await context.services.comparisons.municipalities(await context.actor())
    await context.show(views.municipalities(context.t, found, page=press.page))
