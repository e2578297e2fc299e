"""A message that a person wrote or recorded, and the comments and hearings it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.message_text import checked_message, with_addresses
from bot.domain.values import dataclass
from bot.services.comments import CommentView

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.comments import Comment
    from bot.domain.hearings import Hearing
    from bot.domain.media import Media
    from bot.domain.message_text import Link
    from bot.domain.people import Resident
    from bot.domain.questions import About
    from bot.ports import Repositories


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message a person wrote or recorded. ``source`` names the message, ``sent_at`` is its own date.

    ``number`` orders the messages of a chat, ``album`` names the album it belongs to, ``links`` are the addresses
    behind its words. ``after_press``: something was pressed since the message before. ``reading`` is what its author
    was reading, a hearing and what of it, where the caller ``knows_reading``; else what was stored of it counts.

    ``thread`` is the topic of their chat in which they are to be answered, 0 for none. ``content`` is all that it says,
    to be told from what it says after an edit.
    """

    text: str
    source: str
    sent_at: datetime
    media: Media | None = None
    number: int = 0
    album: str = ""
    links: tuple[Link, ...] = ()
    after_press: bool = False
    reading: tuple[int, About] | None = None
    knows_reading: bool = False
    thread: int = 0
    content: str = ""

    @property
    def words(self) -> str:
        """The words as they are kept, with the addresses behind them. Raises TextEmpty, TextTooLong."""
        return with_addresses(self.text, self.links) if checked_message(self.text, self.media) else ""


async def open_hearing(repositories: Repositories, hearing_id: int, at: datetime) -> Hearing:
    """The hearing; raises that it takes no answers at that moment."""
    hearing = await repositories.hearings.get(hearing_id)
    hearing.ensure_open(at)
    return hearing


async def amendable(
    repositories: Repositories, author: Resident, comment_id: int, at: datetime
) -> tuple[Comment, Hearing]:
    """The author's comment, which they may change at that moment, and its hearing."""
    comment = await repositories.comments.get(comment_id)
    comment.ensure_by(author)
    hearing = await repositories.hearings.get(comment.hearing_id)
    comment.ensure_amendable()
    hearing.ensure_open(at)
    return comment, hearing


async def received_before(repositories: Repositories, source: str) -> CommentView | None:
    """The comment that was made of the same message, or has it as a part."""
    if (comment := await repositories.comments.find_source(source)) is None:
        return None
    return CommentView(comment, await repositories.hearings.get(comment.hearing_id), own=True)
