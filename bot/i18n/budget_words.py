"""The words of the budget that are not an enumeration: groups of its lines, and totals that do not add up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.programme import GRANTS_REVENUE, OWN_REVENUE, SHARED_REVENUE, SPECIAL_REVENUE
from bot.i18n import later
from bot.i18n.names import SIDE_NAMES

if TYPE_CHECKING:
    from bot.domain.programme import Discrepancy, Unit
    from bot.i18n import Translator

BUDGET_GROUP_NAMES: Final = {
    OWN_REVENUE: later("Local revenues"),
    SHARED_REVENUE: later("Shared national taxes"),
    SPECIAL_REVENUE: later("Special means (paid services)"),
    GRANTS_REVENUE: later("Grants"),
    "701": later("General public services"),
    "702": later("Defence"),
    "703": later("Public order and safety"),
    "704": later("Economic affairs"),
    "705": later("Environmental protection"),
    "706": later("Housing and community amenities"),
    "707": later("Health"),
    "708": later("Recreation, culture and religion"),
    "709": later("Education"),
    "710": later("Social protection"),
}


GROUP_EXPLANATIONS: Final = {
    OWN_REVENUE: later("land and property taxes, fees, rent"),
    SHARED_REVENUE: later("the municipality's part of taxes that the state collects"),
    SPECIAL_REVENUE: later("what people pay for kindergartens and other services"),
    GRANTS_REVENUE: later("money from the budget of the republic"),
    "701": later("upkeep of the ayil okmotu and the council, the reserve"),
    "704": later("roads, bridges, irrigation, land"),
    "705": later("rubbish, planting trees"),
    "706": later("drinking water, street lights, tidiness of the village"),
    "707": later("health posts"),
    "708": later("clubs, libraries, sport"),
    "709": later("kindergartens, schools"),
    "710": later("help for families in need"),
}
"""What a group is in everyday words: its name is the one of the budget's classification."""
UNCLEAR_GROUPS: Final = ("701", "704", "705", "706")
"""Groups whose names say little to a resident: a picture and the words below it have room to explain these, not all."""


def group_explained(t: Translator, group: str) -> str:
    """The name of a group with what it is in brackets, where that is known."""
    explained = explanation(t, group)
    return f"{group_name(t, group)} ({explained})" if explained else group_name(t, group)


def explanation(t: Translator, group: str) -> str:
    """What a group is in everyday words; empty where its name is plain, or the secretary's own."""
    return t(GROUP_EXPLANATIONS[group]) if group in GROUP_EXPLANATIONS else ""


def group_name(t: Translator, group: str) -> str:
    """The name of a group of budget lines; an unknown one is shown as the secretary wrote it, none as the rest."""
    return t(BUDGET_GROUP_NAMES[group]) if group in BUDGET_GROUP_NAMES else group or t("Everything else")


def discrepancy(t: Translator, gap: Discrepancy, unit: Unit) -> str:
    """A declared total that its lines do not add up to, with both figures."""
    return t(
        "{side}: the declared total is {declared}, the lines add up to {summed}.",
        side=t(SIDE_NAMES[gap.side]),
        declared=t.money(gap.declared, unit),
        summed=t.money(gap.summed, unit),
    )
