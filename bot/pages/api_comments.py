"""A published comment for programs: as a stranger reads it in the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.pages import layout
from bot.pages.api_documents import PublicDecision, PublishedComment
from bot.reports.course_document import RecordedAbout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import tzinfo

    from bot.domain.comments import Comment
    from bot.domain.media import Media
    from bot.pages.files import NamedFiles
    from bot.pages.gathering import PublicComment
    from bot.pages.links import BotLinks


def said(
    one: PublicComment, zone: tzinfo, links: BotLinks, kept: NamedFiles, *, base: str, page: str
) -> PublishedComment:
    """The comment in the document that lies at ``page``."""

    def named(found: Iterable[Media]) -> tuple[str, ...]:
        places = (kept.href(layout.PAGE, each) for each in found)
        return tuple(layout.named(base, page, place) for place in places if place)

    view, comment = one.view, one.view.comment
    joined = view.joined
    return PublishedComment(
        number=comment.number,
        kind=comment.kind,
        about=RecordedAbout(comment.about.kind, comment.about.no),
        text=view.words,
        language=comment.language or None,
        support=comment.support,
        changed_on=comment.amended_at.astimezone(zone).date() if comment.amended_at else None,
        joined=tuple(each for each in (joined.head, *joined.others) if each != comment.number) if joined else (),
        transcript=view.transcript.words if view.transcript else None,
        photos=named(each for each in view.attachments if not each.kind.is_recording),
        recordings=named(each for each in view.attachments if each.kind.is_recording),
        decision=_decision(comment, named),
        link=links.comment(comment.id) or None,
    )


def _decision(comment: Comment, named: Callable[[Iterable[Media]], tuple[str, ...]]) -> PublicDecision | None:
    decision = comment.decision
    if decision is None:
        return None
    photo = decision.done_photo if decision.is_done else None
    photos = named((photo,)) if photo else ()
    return PublicDecision(
        decision.outcome,
        decision.reason,
        decision.responsible,
        decision.due,
        str(decision.changes) if decision.changes else None,
        decision.done_on if decision.is_done else None,
        photos[0] if photos else None,
    )
