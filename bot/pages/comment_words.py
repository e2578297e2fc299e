"""A published comment with the commission's answer, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.domain.media import MediaKind
from bot.i18n import answers, names, shown_hearings
from bot.i18n.transcripts import heading
from bot.pages import layout
from bot.pages.beginnings import beginning
from bot.pages.templating import PageLink

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from bot.domain.comments import Comment
    from bot.domain.media import Media
    from bot.i18n import Translator
    from bot.pages.files import NamedFiles
    from bot.pages.gathering import PublicComment
    from bot.pages.links import BotLinks
    from bot.services.comments import CommentView


LETTERS_IN_A_LIST: Final = 500
"""Of a comment, its transcript and its answer each: thirty comments of more would be too much for a slow line."""


class CommentWords:
    """Says comments in the language of ``t`` for one page; in a list the beginning of long ones (``letters``: all)."""

    def __init__(
        self,
        t: Translator,
        zone: tzinfo,
        page: str,
        links: BotLinks,
        files: NamedFiles,
        *,
        letters: int = LETTERS_IN_A_LIST,
    ) -> None:
        self._t = t
        self._letters = letters
        self._zone = zone
        self._page = page
        self._links = links
        self._files = files

    def said(self, one: PublicComment) -> dict[str, Any]:
        """A comment for a template."""
        t, view = self._t, one.view
        comment, decision = view.comment, view.comment.decision
        link = self._links.comment(comment.id)
        return {
            "number": comment.number,
            "head": self._head(comment),
            "about": answers.about(t, view.hearing.dossier, comment.about),
            "language": layout.tag(comment.language) if comment.language else "",
            "text": lines(self._begun(view.words)),
            "remarks": list(self._remarks(view)),
            "photos": list(self._attached(view, recordings=False)),
            "sounds": list(self._attached(view, recordings=True)),
            "decision": names.outcome(t, decision.outcome) if decision else "",
            "reason": lines(self._begun(decision.reason)) if decision else [],
            "promise": list(self._promise(one)) if decision else [],
            "done": self._done(comment),
            "whole": self._whole(one),
            "link": PageLink(t("Read or support it in Telegram"), link) if link else None,
        }

    def _head(self, comment: Comment) -> str:
        t = self._t
        head = [t("№ {number}", number=comment.number), t(names.COMMENT_KIND_NAMES[comment.kind])]
        head += [f"👍 {t.number(comment.support)}"] if comment.support else []
        head += [t.mark(comment.language)] if t.is_foreign(comment.language) else []
        return " · ".join(head)

    def _remarks(self, view: CommentView) -> Iterator[str]:
        t, comment = self._t, view.comment
        if comment.amended_at is not None:
            yield t("changed on {day}", day=t.date(comment.amended_at.astimezone(self._zone).date()))
        if view.joined is not None:
            yield names.joined(t, comment.number, view.joined)
        spoken = view.transcript
        if spoken is not None:
            yield f"{heading(t, spoken)}: {self._begun(spoken.words)}"

    def _begun(self, words: str) -> str:
        return beginning(words, self._letters) if self._letters else words

    def _whole(self, one: PublicComment) -> PageLink | None:
        """Where all of a comment stands of which this is the beginning."""
        if not self._letters or not is_long(one):
            return None
        t, number = self._t, one.view.comment.number
        place = layout.comment(t.language, one.view.hearing.code, number)
        return PageLink(t.p("button", "📖 The whole comment"), layout.relative(self._page, place))

    def _attached(self, view: CommentView, *, recordings: bool) -> Iterator[PageLink]:
        for media in view.attachments:
            if media.kind.is_recording is recordings and (href := self._files.href(self._page, media)):
                yield PageLink(self._called(media, view.comment), href)

    def _called(self, media: Media, comment: Comment) -> str:
        t, number = self._t, self._t("№ {number}", number=comment.number)
        return f"{t('Voice message') if media.kind.is_recording else t('Photo')}, {number}"

    def _promise(self, one: PublicComment) -> Iterator[str]:
        t, decision = self._t, one.view.comment.decision
        if decision is None:
            return
        if decision.responsible:
            yield t("Responsible: {who}", who=decision.responsible)
        if decision.changes is not None:
            yield t("It changes: {what}", what=answers.point(t, one.view.hearing.dossier, decision.changes))
        if said := shown_hearings.promise(t, decision, overdue=one.overdue):
            yield said

    def _done(self, comment: Comment) -> PageLink | None:
        decision = comment.decision
        photo = decision.done_photo if decision and decision.is_done else None
        if photo is None or photo.kind is not MediaKind.PHOTO:
            return None
        href = self._files.href(self._page, photo)
        return PageLink(self._t("🖼 Photo: № {number}", number=comment.number), href) if href else None


def is_long(one: PublicComment) -> bool:
    """True where a list has the beginning of it, and a page of its own has all."""
    decision, spoken = one.view.comment.decision, one.view.transcript
    said = (one.view.words, decision.reason if decision else "", spoken.words if spoken else "")
    return max(map(len, said)) > LETTERS_IN_A_LIST


def lines(words: str) -> list[str]:
    """The lines of what somebody wrote, without the empty ones."""
    return [line for line in (each.strip() for each in words.splitlines()) if line]
