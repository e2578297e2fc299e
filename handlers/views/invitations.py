"""The desk's screens about inviting a colleague, and the one the colleague sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from bot.i18n import names
from handlers import presses
from handlers.views import staff
from handlers.views.buttons import back, home
from handlers.views.screen import Button, Screen, b, e, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from bot.domain.people import Invitation, Role
    from bot.domain.places import Place
    from bot.i18n import Translator

NAME_LETTERS: Final = 80
"""Letters of a person's name: more than Telegram takes for a first name."""


def invite_choice(t: Translator, municipality: Place) -> Screen:
    """The screen that asks which role the colleague gets."""
    text = stacked(
        b(t("Invite a colleague: {place}", place=t.place(municipality.name))),
        e(t("Secretary: everything. Member: reads everything, answers. Moderator: publishes comments.")),
    )
    rows = in_rows(
        tap(t, t(name), presses.InviteStaff(municipality.id, role)) for role, name in names.ROLE_NAMES.items()
    )
    return Screen(text, (*rows, (back(t, presses.OpenDeskMunicipality(municipality.id)),)))


def invitation(t: Translator, municipality: Place, role: Role, link: str) -> Screen:
    """The message with a one-time link, which stays, and a button that passes it on with what it is."""
    named = t(names.ROLE_NAMES[role])
    text = stacked(
        b(named),
        e(t.place(municipality.name)),
        e(t("Send this link to your colleague. It works once, within 24 hours:")),
        e(link),
    )
    said = t("You are invited to the hearings of {place} as: {role}", place=t.place(municipality.name), role=named)
    share = f"https://t.me/share/url?url={quote(link, safe='')}&text={quote(said, safe='')}"
    return Screen(text, ((Button(t.p("button", "📤 Send to the colleague"), url=share),),))


def joined(t: Translator, municipality: Place, role: Role, *, offered: str = "") -> Screen:
    """The screen that welcomes a colleague who has taken a role.

    It asks how colleagues are to see who has not said so yet: ``offered`` is their name at Telegram.
    """
    text = stacked(
        b(t("Welcome! You are now: {role}", role=t(names.ROLE_NAMES[role]))),
        e(t.place(municipality.name)),
        e(t("Your Telegram number is stored with this role. The desk is always under /desk.")),
    )
    desk = tap(t, t.p("button", "🗂 Open the desk"), presses.OpenDeskMunicipality(municipality.id))
    if not offered:
        return Screen(text, ((desk,), (home(t),)))
    asked = stacked(text, e(""), b(t("How should your colleagues see you?")))
    own = tap(t, t.p("button", "✍️ Write my name"), presses.WriteStaffName())
    return Screen(asked, with_buttons(staff.name_offer(t, staff.without_username(offered)), (own,), (desk, home(t))))


def used(t: Translator, municipality: Place, role: Role, name: str, invitation: str) -> Screen:
    """The message to who made an invitation: who has used it by which name, and the way to take the role back."""
    text = stacked(
        b(t("Your invitation was used.")),
        e(t("Name in Telegram: {name}", name=short(name, NAME_LETTERS) or "–")),
        e(t("Role: {role}", role=t(names.ROLE_NAMES[role]))),
        e(t.place(municipality.name)),
        e(t("If you do not know this person, take the role back.")),
    )
    take_back = tap(t, t.p("button", "↩️ Take the role back"), presses.TakeBackInvitation(invitation))
    return Screen(text, ((take_back,),))


def take_back_choice(t: Translator, invitation: Invitation) -> Screen:
    """The screen that asks whether to take an invitation back, and the role that it gave."""
    text = stacked(
        b(t("Take the role back?")),
        e(t("Role: {role}", role=t(names.ROLE_NAMES[invitation.role]))),
        e(t("The link stops working for good, and who used it loses the role at once.")),
    )
    yes = tap(t, t.p("button", "↩️ Yes, take it back"), presses.TakeBackInvitation(invitation.name, sure=True))
    no = tap(t, t.p("button", "⬅️ No, keep it"), presses.OpenDeskMunicipality(invitation.municipality_id))
    return Screen(text, ((yes,), (no,)))
