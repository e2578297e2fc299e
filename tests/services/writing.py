"""Comments as residents send them, and as the commission decides on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli import COMMAND_LINE
from bot.domain.comments import CommentKind, Decision, Outcome
from bot.domain.questions import About
from bot.services.incoming_message import IncomingMessage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.media import Media
    from bot.domain.people import Actor
    from bot.services.comments import CommentView
    from tests.municipality import Municipality


def message(
    municipality: Municipality, text: str, *, sent_at: datetime | None = None, media: Media | None = None
) -> IncomingMessage:
    """A message that nobody has sent before, unless these very words were."""
    return IncomingMessage(text, f"message {text}", sent_at or municipality.services.clock.now(), media)


async def filed(municipality: Municipality, author: Actor, hearing: Hearing, text: str = "Көпүрө керек") -> Comment:
    """A proposal on the hearing as a whole, received."""
    submissions = municipality.services.submissions
    await submissions.begin(author, hearing.id, CommentKind.PROPOSAL, About())
    return (await received(municipality, author, message(municipality, text))).comment


async def received(municipality: Municipality, author: Actor, incoming: IncomingMessage) -> CommentView:
    """What a message has become: it is stored at once, nothing is asked about it."""
    view = await municipality.services.submissions.receive(author, incoming)
    assert view is not None, "it was asked about"
    return view


async def stored(municipality: Municipality, comment: Comment) -> Comment:
    """The comment as it is now."""
    async with municipality.services.store.reading() as repositories:
        return await repositories.comments.get(comment.id)


async def published(municipality: Municipality, author: Actor, hearing: Hearing, text: str = "Көпүрө керек") -> Comment:
    """A comment that others may read."""
    comment = await filed(municipality, author, hearing, text)
    return (await municipality.services.moderation.publish(COMMAND_LINE, comment.id)).comment


async def decide(municipality: Municipality, comment: Comment) -> None:
    """The commission accepts the comment."""
    decision = Decision(Outcome.ACCEPTED, "2027-жылы курулат", decided_at=municipality.services.clock.now())
    async with municipality.services.store.writing() as repositories:
        await repositories.comments.decide(comment.id, decision)


def numbers(views: Iterable[CommentView]) -> list[int]:
    """Their receipts."""
    return [view.comment.number for view in views]
