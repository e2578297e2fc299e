"""The secretary's desk. Every permission is asked of the service: a press may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.permissions import Permission, may
from handlers import presses
from handlers.presses.wire import pack
from handlers.views import desk as views

if TYPE_CHECKING:
    from bot.domain.comments import Comment
    from bot.services.desk import HearingOverview
    from handlers.context import Turn


async def desk(turn: Turn, _press: presses.OpenDesk) -> None:
    """The desk: straight to the only municipality, else a choice."""
    found = await turn.house.desk.municipalities(await turn.actor())
    if len(found) == 1:
        await town(turn, presses.OpenDeskMunicipality(found[0].id))
        return
    await turn.show(views.towns(turn.t, found))


async def town(turn: Turn, press: presses.OpenDeskMunicipality) -> None:
    """A municipality's hearings."""
    actor = await turn.actor()
    counter = await turn.house.desk.counter(actor, press.municipality)
    may_invite, may_prepare = (
        may(actor, permission, press.municipality) for permission in (Permission.INVITE, Permission.PREPARE)
    )
    await turn.show(views.town(turn.t, counter, may_invite=may_invite, may_prepare=may_prepare))


async def hearing(turn: Turn, press: presses.OpenDeskHearing) -> None:
    """A hearing's numbers so far."""
    await turn.show(views.sheet(turn.t, await _sheet(turn, press.hearing)))


async def votes(turn: Turn, press: presses.SeeTallies) -> None:
    """A hearing's tallies."""
    await turn.show(views.votes(turn.t, await _sheet(turn, press.hearing), press.page))


async def download(turn: Turn, press: presses.DownloadRecord) -> None:
    """The record as a file: permitted and noted now, written beside everything else, sent when it is whole."""
    actor = await turn.actor()
    released = await turn.house.desk.release(actor, press.hearing, press.form.value)
    turn.toast(turn.t.p("toast", "⏳ The file is being made. It will come in a moment."))
    await turn.house.replies.typing(turn.origin.chat_id, "upload_document")
    turn.house.files.begin_record(turn, released, press.form)


async def queue(turn: Turn, press: presses.OpenQueue) -> None:
    """Comments waiting to be published or hidden, one at a time."""
    filed = await turn.house.moderation.queue(await turn.actor(), press.hearing, offset=press.offset)
    await turn.show(views.queue(turn.t, press.hearing, filed, press.offset))


async def publish_comment(turn: Turn, press: presses.PublishComment) -> None:
    """Let other residents read it, then on to the next."""
    filed = await turn.house.moderation.publish(await turn.actor(), press.comment)
    turn.toast(turn.t.p("toast", "✅ Published: № {number}", number=filed.comment.number))
    await _next(turn, filed.comment)


async def hide_choice(turn: Turn, press: presses.ChooseHidingRule) -> None:
    """By which rule?"""
    filed = await turn.house.moderation.waiting(await turn.actor(), press.comment)
    await turn.show(views.hide_choice(turn.t, filed))


async def hide_comment(turn: Turn, press: presses.HideComment) -> None:
    """Hide it by that rule, then on to the next."""
    filed = await turn.house.moderation.hide(await turn.actor(), press.comment, press.rule)
    turn.toast(
        turn.t.p("toast", "🚫 Hidden from others: № {number}. It stays in the record.", number=filed.comment.number)
    )
    await _next(turn, filed.comment)


async def invite_choice(turn: Turn, press: presses.ChooseRole) -> None:
    """To which role?"""
    counter = await turn.house.desk.counter(await turn.actor(), press.municipality)
    await turn.show(views.invite_choice(turn.t, counter.municipality))


async def invite(turn: Turn, press: presses.InviteStaff) -> None:
    """A one-time link."""
    token = await turn.house.people.invite(await turn.actor(), press.municipality, press.role)
    place = (await turn.house.directory.tree()).get(press.municipality)
    await turn.show(views.invitation(turn.t, place, press.role, link(turn.house.username, token)))


async def join(turn: Turn, press: presses.AcceptInvitation) -> None:
    """Spend an invitation."""
    actor, grant = await turn.house.people.join(turn.caller, press.token)
    turn.adopt(actor)
    place = (await turn.house.directory.tree()).get(grant.municipality_id)
    await turn.show(views.joined(turn.t, place, grant.role))


def link(username: str, token: str) -> str:
    """The deep link that gives a role."""
    return f"https://t.me/{username}?start={pack(presses.AcceptInvitation(token))}"


async def _next(turn: Turn, comment: Comment) -> None:
    await queue(turn, presses.OpenQueue(comment.hearing_id))


async def _sheet(turn: Turn, hearing_id: int) -> HearingOverview:
    return await turn.house.desk.sheet(await turn.actor(), hearing_id)
