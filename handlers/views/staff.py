"""The desk's screens about a municipality's staff: roles, names, invitations, handing over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.domain.errors import NotFound
from bot.domain.people import LONGEST_STAFF_NAME, Grant, Role, staff_name
from bot.i18n import names
from handlers import presses
from handlers.views.buttons import back, back_to_desk, home, open_desk, paging, told_apart
from handlers.views.pages import item_page
from handlers.views.screen import ButtonRow, Html, Screen, b, e, i, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from bot.domain.people import Actor, Invitation, Resident, StaffMember
    from bot.domain.places import Place
    from bot.i18n import Translator
    from bot.services.staff import StaffList

STAFF_ON_A_PAGE: Final = 10
INVITATIONS_SHOWN: Final = 20
NAME_ON_A_BUTTON: Final = 30
PLACE_LETTERS: Final = 80
_USERNAME: Final = re.compile(r" ?\(@\w+\)$")


def without_username(name: str) -> str:
    """A person's name at Telegram without the username behind it."""
    return _USERNAME.sub("", name)


def listing(t: Translator, found: StaffList, actor: Actor, *, page: int) -> Screen:
    """The screen with who has which role, a page of them."""
    people = tuple({each.resident.id: each.resident for each in found.members}.values())
    shown, page, last = item_page(people, page, STAFF_ON_A_PAGE)
    here = found.municipality.id
    labels = told_apart([f"👤 {person_name(t, each)}" for each in shown])
    waiting = t.number(len(_open(found)))
    text = stacked(
        b(t("Staff")),
        _place(t, found.municipality),
        e(""),
        *(_facts(t, found, each, actor) for each in shown),
        i(t("Colleagues see the name that each has written.")),
    )
    invite = tap(t, t.p("button", "➕ Invite a colleague"), presses.ChooseRole(here))
    open_ones = tap(t, t.p("button", "✉️ Invitations: {n}", n=waiting), presses.ListInvitations(here))
    own_name = tap(t, t.p("button", "✍️ My name"), presses.WriteStaffName())
    opens = zip(labels, shown, strict=True)
    rows = with_buttons(
        *in_rows((tap(t, label, presses.OpenStaffMember(here, each.id)) for label, each in opens), width=2),
        paging(t, lambda number: presses.ListStaff(here, number), page=page, last=last),
        (invite,),
        (open_ones, own_name) if actor.grants else (open_ones,),
        (back_to_desk(t, here),),
    )
    return Screen(text, rows)


def person_name(t: Translator, person: Resident) -> str:
    """How a member of staff is named: as they wrote it, else by number."""
    return person.staff_name or t("Staff № {number}", number=person.id)


def _facts(t: Translator, found: StaffList, person: Resident, actor: Actor) -> Html:
    roles = t.list(t(names.ROLE_NAMES[each.grant.role]) for each in _roles(found, person.id))
    name = person_name(t, person)
    shown = t("{name} (you)", name=name) if person.id == actor.resident_id else name
    return e(f"• {shown}: {roles}")


def _roles(found: StaffList, resident_id: int) -> tuple[StaffMember, ...]:
    return tuple(each for each in found.members if each.resident.id == resident_id)


def _place(t: Translator, municipality: Place) -> Html:
    return e(short(t.place(municipality.name), PLACE_LETTERS))


def _person(found: StaffList, resident_id: int) -> Resident:
    roles = _roles(found, resident_id)
    if not roles:
        raise NotFound("colleague", resident_id)
    return roles[0].resident


def member(t: Translator, found: StaffList, resident_id: int, actor: Actor) -> Screen:
    """The screen of one member of staff. Raises NotFound for anybody else."""
    person, here = _person(found, resident_id), found.municipality.id
    roles = _roles(found, resident_id)
    since = (e(_since(t, each)) for each in roles)
    take = (
        tap(t, _take_back(t, each.grant.role), presses.RevokeRole(here, resident_id, each.grant.role)) for each in roles
    )
    secretary = Grant(here, Role.SECRETARY) in actor.grants and resident_id != actor.resident_id
    hand = tap(t, t.p("button", "🤝 Hand over my role"), presses.HandOver(here, resident_id))
    rows = with_buttons(
        *in_rows(take),
        (hand,) if secretary else (),
        (back(t, presses.ListStaff(here)), back_to_desk(t, here)),
    )
    return Screen(stacked(b(person_name(t, person)), _place(t, found.municipality), *since), rows)


def _since(t: Translator, held: StaffMember) -> str:
    return t("{role}, since {date}", role=t(names.ROLE_NAMES[held.grant.role]), date=t.date(held.granted_at.date()))


def _take_back(t: Translator, role: Role) -> str:
    return t.p("button", "↩️ Take back: {role}", role=t(names.ROLE_NAMES[role]))


def grant(press: presses.RevokeRole) -> Grant:
    """The role that a press is about."""
    return Grant(press.municipality, press.role)


def revoke_choice(t: Translator, found: StaffList, resident_id: int, role: Role) -> Screen:
    """The screen that asks whether to take a role back."""
    person, here = _person(found, resident_id), found.municipality.id
    if Grant(here, role) not in {each.grant for each in _roles(found, resident_id)}:
        raise NotFound("role", role.value)
    text = stacked(
        b(t("Take the role back?")),
        e(person_name(t, person)),
        e(t("Role: {role}", role=t(names.ROLE_NAMES[role]))),
        e(t("They lose it at once and are told. The link that gave it does not work again.")),
    )
    yes = tap(t, t.p("button", "↩️ Yes, take it back"), presses.RevokeRole(here, resident_id, role, sure=True))
    no = tap(t, t.p("button", "⬅️ No, keep it"), presses.OpenStaffMember(here, resident_id))
    return Screen(text, ((yes,), (no,)))


def hand_over_choice(t: Translator, found: StaffList, resident_id: int, actor: Actor) -> Screen:
    """The screen that asks a secretary whether to step down for a colleague. Raises NotFound where there is none."""
    person, here = _person(found, resident_id), found.municipality.id
    if Grant(here, Role.SECRETARY) not in actor.grants or resident_id == actor.resident_id:
        raise NotFound("role", Role.SECRETARY.value)
    text = stacked(
        b(t("Hand over your role?")),
        e(t("New secretary: {name}", name=person_name(t, person))),
        e(t("You will no longer be secretary here. Only the new secretary can invite you again.")),
    )
    yes = tap(t, t.p("button", "🤝 Yes, hand over"), presses.HandOver(here, resident_id, sure=True))
    no = tap(t, t.p("button", "⬅️ No, keep it"), presses.OpenStaffMember(here, resident_id))
    return Screen(text, ((yes,), (no,)))


def _open(found: StaffList) -> tuple[Invitation, ...]:
    return tuple(each for each in reversed(found.invitations) if each.is_open(found.now))


def invitations(t: Translator, found: StaffList) -> Screen:
    """The screen with the invitations that may still be used, each to be taken back."""
    here, shown = found.municipality.id, _open(found)[:INVITATIONS_SHOWN]
    names_of = {each.resident.id: person_name(t, each.resident) for each in found.members}
    lines = [
        t(
            "{role}: made by {name}, works until {moment}",
            role=t(names.ROLE_NAMES[each.role]),
            name=names_of.get(each.made_by or 0, t("an administrator")),
            moment=t.moment(each.expires_at, found.zone),
        )
        for each in shown
    ]
    labels = told_apart(["↩️ " + t(names.ROLE_NAMES[each.role]) for each in shown])
    text = stacked(
        b(t("Open invitations")),
        _place(t, found.municipality),
        e(""),
        *(e(f"{number}. {line}") for number, line in enumerate(lines, start=1)),
        e(t("Press one to take it back.")) if shown else e(t("None is open.")),
    )
    take = [tap(t, label, presses.TakeBackInvitation(each.name)) for label, each in zip(labels, shown, strict=True)]
    return Screen(
        text, with_buttons(*in_rows(take, width=2), (back(t, presses.ListStaff(here)), back_to_desk(t, here)))
    )


def ask_name(t: Translator, offered: str) -> Screen:
    """The screen that asks how colleagues are to see the reader; ``offered`` is their name at Telegram."""
    most = t.number(LONGEST_STAFF_NAME)
    text = stacked(
        b(t("How should your colleagues see you?")),
        e(t("Write your name, at most {n} characters. It stands in the list of staff and in the journal.", n=most)),
        e(t("/forget deletes it.")),
    )
    return Screen(text, with_buttons(name_offer(t, offered), (open_desk(t), home(t))))


def name_offer(t: Translator, offered: str) -> ButtonRow:
    """The button that takes a person's name at Telegram; none where it has no letters."""
    name = staff_name(offered)
    if not name:
        return ()
    label = short(t.p("button", "✅ {name}", name=name), NAME_ON_A_BUTTON)
    return (tap(t, label, presses.TakeTelegramName()),)


def named(t: Translator, name: str) -> Screen:
    """The screen that shows a member of staff the name that is stored."""
    change = tap(t, t.p("button", "✍️ Change it"), presses.WriteStaffName())
    return Screen(stacked(b(t("Your colleagues see you as: {name}", name=name))), ((change,), (open_desk(t), home(t))))


def role_taken(t: Translator, municipality: Place, role: Role) -> Screen:
    """The message to a person who has lost a role."""
    text = stacked(
        b(t("You no longer have this role: {role}", role=t(names.ROLE_NAMES[role]))),
        _place(t, municipality),
        e(t("If that is a mistake, ask the secretary for a new invitation.")),
    )
    return Screen(text, ((home(t),),))


def role_handed(t: Translator, municipality: Place) -> Screen:
    """The message to a person whom a secretary has made secretary."""
    text = stacked(
        b(t("You are now the secretary here.")),
        _place(t, municipality),
        e(t("Your colleague has handed the role over to you and stepped down.")),
    )
    return Screen(text, ((open_desk(t),), (home(t),)))
