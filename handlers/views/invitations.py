"""The desk's screens about inviting a colleague, and the one the colleague sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import names
from handlers import presses
from handlers.views.buttons import back, home
from handlers.views.screen import Screen, b, e, in_rows, stacked, tap

if TYPE_CHECKING:
    from bot.domain.people import Role
    from bot.domain.places import Place
    from bot.i18n import Translator


def invite_choice(t: Translator, municipality: Place) -> Screen:
    """The screen that asks which role the colleague gets."""
    text = stacked(
        b(t("Invite a colleague: {place}", place=t.text(municipality.name).words)),
        e(t("Secretary: everything. Member: reads everything, answers. Moderator: publishes comments.")),
    )
    rows = in_rows(
        tap(t, t(name), presses.InviteStaff(municipality.id, role)) for role, name in names.ROLE_NAMES.items()
    )
    return Screen(text, (*rows, (back(t, presses.OpenDeskMunicipality(municipality.id)),)))


def invitation(t: Translator, municipality: Place, role: Role, link: str) -> Screen:
    """The screen with a one-time link to pass on."""
    text = stacked(
        b(t(names.ROLE_NAMES[role])),
        e(t.text(municipality.name).words),
        e(t("Send this link to your colleague. It works once, within 7 days:")),
        e(link),
    )
    return Screen(text, ((back(t, presses.OpenDeskMunicipality(municipality.id)),),))


def joined(t: Translator, municipality: Place, role: Role) -> Screen:
    """The screen that welcomes a colleague who has taken a role."""
    text = stacked(
        b(t("Welcome! You are now: {role}", role=t(names.ROLE_NAMES[role]))),
        e(t.text(municipality.name).words),
        e(t("Your Telegram number is stored with this role. The desk is always under /desk.")),
    )
    desk = tap(t, t.p("button", "🗂 Open the desk"), presses.OpenDeskMunicipality(municipality.id))
    return Screen(text, ((desk,), (home(t),)))
