"""The feed of a municipality (Atom, RFC 4287): its announcements, and the commission's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import Order
from bot.domain.journal import Act
from bot.domain.setbacks import SetbackReason
from bot.domain.values import dataclass
from bot.i18n import names
from bot.i18n.journal import ACT_SENTENCES
from bot.pages import layout
from bot.reports.inert import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from bot.domain.places import Place
    from bot.i18n import Translator
    from bot.pages.gathering import PublicComment, PublicHearing

_ATOM: Final = "http://www.w3.org/2005/Atom"
ENTRIES_OF_A_FEED: Final = 100
SUMMARY_LETTERS: Final = 500
_REVISING: Final = frozenset({Act.CHANGED, Act.POSTPONED, Act.CANCELLED})
"""Acts on an announced hearing of which everybody is to know."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One piece of news; ``id`` never changes, ``at`` is when it came about."""

    id: str
    at: datetime
    title: str
    summary: str
    address: str


def entries(shown: PublicHearing, t: Translator, base: str) -> Iterator[FeedEntry]:
    """The news of one hearing: that it was announced, corrected or put off, each answer, the council's resolution."""
    hearing, page = shown.hearing, layout.absolute(base, layout.hearing(t.language, shown.hearing.code))
    title = " ".join(t.text(hearing.dossier.title).words.split())
    if hearing.announced_at is not None:
        days = t.list(t.day(each.starts_at.astimezone(shown.record.zone).date()) for each in hearing.dossier.sittings)
        yield FeedEntry(f"urn:hearing:{hearing.code}", hearing.announced_at, title, days, page)
        yield from _revisions(shown, t, title, page)
    for at, one in enumerate(shown.newest):
        if (found := _answer(one, at, shown, t, base)) is not None:
            yield found
    if (council := shown.record.resolution) is not None:
        words = t("🏛 The council’s resolution: № {number}, {day}", number=council.number, day=t.in_words(council.day))
        yield FeedEntry(
            f"urn:hearing:{hearing.code}:council", council.stored_at, words, council.adopted, f"{page}#next"
        )


def _revisions(shown: PublicHearing, t: Translator, title: str, page: str) -> Iterator[FeedEntry]:
    """What has become of the hearing since it was announced, with the reason where one was given."""
    hearing = shown.hearing
    for entry in shown.record.journal:
        if entry.act in _REVISING and hearing.announced_at is not None and entry.at > hearing.announced_at:
            why = entry.data.get("why")
            known = names.SETBACK_REASON_SENTENCES.get(SetbackReason(str(why))) if why else None
            reason = t(known) if known else str(entry.data.get("words", ""))
            said = t("Reason: {words}", words=reason) if reason else ""
            name = f"urn:hearing:{hearing.code}:{entry.act.value}:{entry.at:%Y%m%dT%H%M%SZ}"
            yield FeedEntry(name, entry.at, f"{t(ACT_SENTENCES[entry.act])}: {title}", said, page)


def _answer(one: PublicComment, at: int, shown: PublicHearing, t: Translator, base: str) -> FeedEntry | None:
    """The commission's answer to the comment that stands at ``at`` of the newest; None before there is one."""
    comment, decision = one.view.comment, one.view.comment.decision
    if decision is None or decision.decided_at is None:
        return None
    code, number = shown.hearing.code, t("№ {number}", number=comment.number)
    place = layout.comments(t.language, code, Order.NEWEST, at // layout.COMMENTS_ON_A_PAGE)
    head = f"{number} · {names.outcome(t, decision.outcome)}"
    address = f"{layout.absolute(base, place)}#c{comment.number}"
    return FeedEntry(f"urn:hearing:{code}:answer:{comment.number}", decision.decided_at, head, decision.reason, address)


def atom(place: Place, found: Sequence[FeedEntry], t: Translator, base: str) -> bytes:
    """The feed, the newest entry first. Without entries it is of 1970: it has no moment of its own."""
    from lxml import etree  # noqa: PLC0415 libraries for this alone

    newest = sorted(found, key=lambda each: (each.at, each.id), reverse=True)[:ENTRIES_OF_A_FEED]
    here = layout.absolute(base, layout.feed(t.language, place.code))
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", layout.tag(t.language))

    def put(parent: etree._Element, name: str, words: str = "", **attributes: str) -> None:
        child = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
        child.text = plain(words) or None

    name = t.place(place.name)
    put(feed, "id", here)
    put(feed, "title", f"{t('Public hearings')}: {name}")
    put(feed, "updated", newest[0].at.isoformat() if newest else "1970-01-01T00:00:00+00:00")
    put(feed, "link", rel="self", type="application/atom+xml", href=here)
    put(feed, "link", rel="alternate", href=layout.absolute(base, layout.municipality(t.language, place.code)))
    author = etree.SubElement(feed, f"{{{_ATOM}}}author")
    put(author, "name", name)
    for each in newest:
        entry = etree.SubElement(feed, f"{{{_ATOM}}}entry")
        put(entry, "id", each.id)
        put(entry, "title", each.title)
        put(entry, "updated", each.at.isoformat())
        put(entry, "link", rel="alternate", href=each.address)
        put(entry, "summary", each.summary[:SUMMARY_LETTERS])
    made: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return made
