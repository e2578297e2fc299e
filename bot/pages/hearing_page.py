"""The pages of one hearing in one language: the hearing itself, and its comments in two orders."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from bot.domain.comments import Order
from bot.domain.hearings import Phase
from bot.i18n import names, shown_hearings
from bot.pages import events, layout
from bot.pages.comment_words import LETTERS_IN_A_LIST, CommentWords, is_long
from bot.pages.framing import Framing
from bot.pages.hearing_words import HearingWords
from bot.pages.templating import Frame, PageLink, rendered
from bot.reports import public_words
from bot.reports.poster import drawing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bot.i18n import Translator
    from bot.pages.files import NamedFiles
    from bot.pages.gathering import PublicComment, PublicHearing
    from bot.pages.links import BotLinks

BEST_COMMENTS: Final = 5
"""Comments on the page of the hearing, the most supported ones."""
DESCRIPTION_LETTERS: Final = 200


class HearingPages:
    """Makes the pages; ``files`` has what else lies beside them: (place, words)."""

    def __init__(
        self,
        t: Translator,
        shown: PublicHearing,
        links: BotLinks,
        kept: NamedFiles,
        *,
        base: str,
        files: Sequence[tuple[str, str]],
    ) -> None:
        self._t = t
        self._shown = shown
        self._code = shown.hearing.code
        self._links = links
        self._kept = kept
        self._base = base
        self._files = files
        self._framing = Framing(t, base)
        self._said = HearingWords(t, shown, links)
        self._title = " ".join(t.text(shown.hearing.dossier.title).words.split()) or t("Public hearing")
        self._place = t.place(shown.municipality.name)

    def pages(self) -> Iterator[tuple[str, bytes]]:
        """Each page with its place in the folder; all comments must have been gathered."""
        yield layout.hearing(self._t.language, self._code), self.hearing()
        for order, found in ((Order.SUPPORT, self._shown.comments), (Order.NEWEST, self._shown.newest)):
            for number in range(self._comment_pages):
                part = found[number * layout.COMMENTS_ON_A_PAGE : (number + 1) * layout.COMMENTS_ON_A_PAGE]
                yield self._comments_place(order, number), self.comments(order, number, part)
        for one in filter(is_long, self._shown.comments):
            yield layout.comment(self._t.language, self._code, one.view.comment.number), self.comment(one)
        yield (place := layout.results(self._t.language, self._code)), self.results(place)

    def results(self, page: str) -> bytes:
        """What people answered alone, for the pages of others to show within theirs; it lies at ``page``."""
        t, shown = self._t, self._shown
        whole = layout.hearing(t.language, self._code)
        data = {
            "whole": self._link(page, whole, self._title),
            "place": self._place,
            "phase": t(names.PHASE_NAMES[shown.phase]),
            "phase_class": shown.phase.value,
            "took_part": list(self._took_part()),
            "questions": self._said.questions(),
        }
        frame = self._frame(
            page, f"{t('What people answered')}: {self._title}", partial(layout.results, code=self._code)
        )
        return rendered("results.html", replace(frame, canonical=self._address(whole)), **data)

    @property
    def _comment_pages(self) -> int:
        return -(-self._shown.comment_count // layout.COMMENTS_ON_A_PAGE)

    def hearing(self) -> bytes:
        """The page of the hearing itself."""
        t = self._t
        page = layout.hearing(t.language, self._code)
        data = {**self._head(page), **self._drafts(), **self._voices(page), **self._ending(page)}
        frame = self._frame(page, self._title, partial(layout.hearing, code=self._code))
        return rendered("hearing.html", frame, **data, contents=t("Contents"), sections=list(_sections(data)))

    def _head(self, page: str) -> dict[str, Any]:
        """What is heard, when and where, and how one takes part."""
        t, shown, said = self._t, self._shown, self._said
        link, calendar = self._links.hearing(shown.hearing.id), layout.calendar(t.language, shown.municipality.code)
        return {
            "kind": t(names.HEARING_KIND_HEADLINES[shown.hearing.dossier.kind]),
            "phase": t(names.PHASE_NAMES[shown.phase]),
            "phase_class": shown.phase.value,
            "title": self._title,
            "place": self._place,
            "remarks": list(self._remarks()),
            "when": t("When and where"),
            "sittings": said.sittings(),
            "answers_until": self._answers_until(),
            "calendar": self._link(page, calendar, t("Add to the calendar")),
            "agenda_title": t.p("heading", "Agenda"),
            "agenda": said.agenda(),
            "take_part": t("How to take part"),
            "bot": PageLink(t("Take part in Telegram") if shown.taking else t("Open in Telegram"), link),
            "qr": Markup(drawing(link)) if link else "",  # noqa: S704 drawn by us, of numbers
            "scan": t("Code for the camera of a phone: opens the hearing in Telegram"),
            "contact": said.contact(),
            "event": Markup(events.structured(shown, t, address=self._address(page))),  # noqa: S704 escaped there
        }

    def _drafts(self) -> dict[str, Any]:
        t, said = self._t, self._said
        return {"strategy": t("Draft strategy"), "services": said.services(), "budget": said.budget()}

    def _voices(self, page: str) -> dict[str, Any]:
        """What people answered and wrote."""
        return {
            "results": self._t("What people answered"),
            "took_part": list(self._took_part()),
            "questions": self._said.questions(),
            "comments": self._best(page, self._comment_words(page)),
        }

    def _ending(self, page: str) -> dict[str, Any]:
        """What changed, what happens next, and what there is to be kept."""
        t, said = self._t, self._said
        files = (*self._files, (layout.api_hearing(self._code), t("Data for programs (JSON)")))
        return {
            "changes": said.changes(),
            "next": t("What happens next"),
            "steps": list(public_words.steps(self._shown.record, t)),
            "files_title": t("Documents of the hearing"),
            "files": [*self._documents(page), *(self._link(page, place, words) for place, words in files)],
        }

    def _remarks(self) -> Iterator[str]:
        t, hearing = self._t, self._shown.hearing
        if (said := public_words.remark(self._shown.record, t)) and self._shown.phase is not Phase.ANNOUNCED:
            yield said
        setback = hearing.setback
        if setback is not None:
            known = names.SETBACK_REASON_SENTENCES.get(setback.why)
            if setback.was is not None and hearing.phase is not Phase.CANCELLED:
                yield shown_hearings.postponed(t, setback.was, self._shown.record.zone)
            yield t("Reason: {words}", words=t(known) if known else setback.words)

    def _answers_until(self) -> str:
        t, dossier, zone = self._t, self._shown.hearing.dossier, self._shown.record.zone
        match self._shown.phase:
            case Phase.ANNOUNCED:
                return t("⏳ You can answer from {moment}.", moment=t.day_and_time(dossier.opens_at, zone))
            case Phase.OPEN:
                return t("⏳ You can answer until {moment}.", moment=t.day_and_time(dossier.closes_at, zone))
            case phase:
                return t(names.PHASE_SENTENCES[phase])

    def _took_part(self) -> Iterator[str]:
        for number, words in public_words.people(self._shown.record, self._shown.told, self._t):
            yield f"{words}: {number}"

    def _best(self, page: str, written: CommentWords) -> dict[str, Any]:
        t, found, count = self._t, self._shown.comments, self._shown.comment_count
        write = self._links.write(self._shown.hearing.id) if self._shown.taking else ""
        ways = [self._link(page, self._comments_place(Order.SUPPORT, 0), t("All comments: {n}", n=t.number(count)))]
        return {
            "title": t("What others say"),
            "count": t.n("{n} comment", "{n} comments", count) if count else t("No comment is published yet."),
            "best": [written.said(each) for each in found[:BEST_COMMENTS]],
            "ways": [*(ways if count else ()), *([PageLink(t("Write a comment in Telegram"), write)] if write else ())],
        }

    def _documents(self, page: str) -> Iterator[PageLink]:
        for each in self._shown.record.documents:
            if href := self._kept.document(page, each.unique_id, each.name):
                yield PageLink(each.title, href)

    def comments(self, order: Order, number: int, shown: Sequence[PublicComment]) -> bytes:
        """A page of comments, by its ``number`` from 0: those that are ``shown`` there."""
        t, total = self._t, self._shown.comment_count
        page, written = self._comments_place(order, number), self._comment_words(self._comments_place(order, number))
        orders = {Order.SUPPORT: t("Most supported first"), Order.NEWEST: t("Newest first")}
        title = t("What others say")
        data = {
            "title": title,
            "hearing": self._title,
            "count": t.n("{n} comment", "{n} comments", total),
            "orders": [
                PageLink(words, layout.relative(page, self._comments_place(each, 0)), current=each is order)
                for each, words in orders.items()
            ],
            "comments": [written.said(each) for each in shown],
            "pages": [
                PageLink(
                    t("Page {n}", n=at + 1),
                    layout.relative(page, self._comments_place(order, at)),
                    current=at == number,
                )
                for at in range(self._comment_pages)
            ]
            if total > layout.COMMENTS_ON_A_PAGE
            else [],
        }
        where = partial(layout.comments, code=self._code, order=order, page=number)
        trail = (self._link(page, layout.hearing(t.language, self._code), self._title),)
        return rendered("comments.html", self._frame(page, f"{title}: {self._title}", where, trail), **data)

    def comment(self, one: PublicComment) -> bytes:
        """The page of a comment of which lists have the beginning."""
        t, number = self._t, one.view.comment.number
        page, title = layout.comment(t.language, self._code, number), t("What others say")
        data = {"title": title, "hearing": self._title, "comment": self._comment_words(page, letters=0).said(one)}
        where = partial(layout.comment, code=self._code, number=number)
        trail = (self._link(page, layout.hearing(t.language, self._code), self._title),)
        head = t("№ {number}", number=number)
        return rendered("comment.html", self._frame(page, f"{head}: {self._title}", where, trail), **data)

    def _frame(self, page: str, title: str, elsewhere: Callable[[str], str], trail: tuple[PageLink, ...] = ()) -> Frame:
        t, place = self._t, self._shown.municipality
        up = self._link(page, layout.municipality(t.language, place.code), self._place)
        described = f"{self._place}. {self._answers_until()}"[:DESCRIPTION_LETTERS]
        return self._framing.frame(
            page,
            title,
            described,
            elsewhere=elsewhere,
            picture=layout.beside(t.language, self._code, layout.PREVIEW),
            feed=layout.feed(t.language, place.code) if self._base else "",
            trail=(up, *trail),
        )

    def _comments_place(self, order: Order, number: int) -> str:
        return layout.comments(self._t.language, self._code, order, number)

    def _comment_words(self, page: str, *, letters: int = LETTERS_IN_A_LIST) -> CommentWords:
        return CommentWords(self._t, self._shown.record.zone, page, self._links, self._kept, letters=letters)

    def _link(self, page: str, other: str, words: str) -> PageLink:
        return self._framing.link(page, other, words)

    def _address(self, page: str) -> str:
        return layout.absolute(self._base, page) if self._base else ""


def _sections(data: dict[str, Any]) -> Iterator[PageLink]:
    """The sections that are there, for the list at the head of the page."""
    yield PageLink(data["when"], "#when")
    yield PageLink(data["take_part"], "#take-part")
    for there, words, href in (
        (data["services"], data["strategy"], "#strategy"),
        (data["budget"], data["budget"] and data["budget"]["title"], "#budget"),
        (data["questions"], data["results"], "#results"),
        (True, data["comments"]["title"], "#comments"),
        (data["changes"], data["changes"] and data["changes"]["title"], "#changes"),
        (True, data["next"], "#next"),
        (data["files"], data["files_title"], "#files"),
    ):
        if there:
            yield PageLink(words, href)
