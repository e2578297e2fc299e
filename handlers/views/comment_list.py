"""The comments of a hearing as its staff look through them: a page of five, and by what it is narrowed."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from bot.domain.comment_lists import Standing, read_at_a_glance
from bot.domain.comments import Channel, CommentKind
from bot.domain.languages import OWN_NAMES
from bot.domain.questions import AboutKind
from bot.i18n import answers, names
from handlers import presses
from handlers.views.buttons import back, turning
from handlers.views.pages import beginning, fair_shares, quoted, units
from handlers.views.recordings import named_attachments
from handlers.views.screen import Html, Screen, b, e, i, in_rows, short, stacked, tap, with_buttons
from handlers.views.transcripts import spoken_instead, spoken_words
from handlers.views.writing import subject

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.i18n import Translator
    from bot.services.comment_lists import ListedComments
    from bot.services.comments import CommentView
    from handlers.presses import Press
    from handlers.views.screen import Button, ButtonRow

LIST_UNITS: Final = 2400
"""Units of quoted text on one screen, all comments of a page together: five that are read at a glance stand whole."""
LISTED_SUBJECT_LETTERS: Final = 60
KINDS: Final = tuple(CommentKind)
SUBJECT_KINDS: Final = tuple(AboutKind)
CHANNELS: Final = tuple(Channel)


def page(t: Translator, shown: ListedComments, here: presses.ListComments) -> Screen:
    """The screen with a page of comments: each can be opened, those that are shown whole be published together."""
    rows = with_buttons(
        *in_rows((_open(t, view, here) for view in shown.items), width=3),
        _publish(t, shown, here),
        turning(t, *(None if to is None else listed(here, page=to) for to in (shown.before, shown.after))),
        (
            tap(t, t.p("button", "🔎 Search, narrow"), like(presses.NarrowComments, here)),
            *_one_by_one(t, shown),
        ),
        (tap(t, t.p("button", "⚖️ One decision for several"), like(presses.MarkComments, here)),)
        if shown.may_decide and shown.items
        else (),
        (back(t, presses.OpenDeskHearing(shown.hearing.id)),),
    )
    return Screen(list_text(t, shown), rows)


def list_text(t: Translator, shown: ListedComments) -> Html:
    """What the page is a list of, and its comments."""
    said = [view.comment.text or spoken_words(view.comment.transcript) for view in shown.items]
    allotted = fair_shares([units(words) for words in said], LIST_UNITS)
    return stacked(
        b(_title(t, shown)),
        *_narrowed(t, shown),
        _looked_through(t, shown),
        None if shown.items else e(t("There is no such comment.")),
        *(_comment(t, shown, view, share) for view, share in zip(shown.items, allotted, strict=True)),
    )


def _looked_through(t: Translator, shown: ListedComments) -> Html | None:
    if shown.numbers is None:
        return None
    first, last = map(t.number, shown.numbers)
    return e(t("Looked through: № {first}–{last}", first=first, last=last))


def _title(t: Translator, shown: ListedComments) -> str:
    state = t(names.STANDING_NAMES[shown.narrowed.state])
    return state if shown.total is None else f"{state}: {t.number(shown.total)}"


def _narrowed(t: Translator, shown: ListedComments) -> Iterator[Html]:
    narrowed = shown.narrowed
    said = []
    if narrowed.kind is not None:
        said.append(t(names.COMMENT_KIND_NAMES[narrowed.kind]))
    if narrowed.about is not None:
        said.append(short(subject(t, shown.hearing.dossier, narrowed.about), LISTED_SUBJECT_LETTERS))
    if narrowed.village_id:
        said.append(short(t.place(shown.villages[narrowed.village_id].name)))
    if narrowed.language:
        said.append(OWN_NAMES.get(narrowed.language, narrowed.language))
    if narrowed.channel is not None:
        said.append(t(names.CHANNEL_NAMES[narrowed.channel]))
    if narrowed.words:
        said.append(f"“{' '.join(narrowed.words)}”")
    if said:
        yield i(" · ".join(said))


def _comment(t: Translator, shown: ListedComments, view: CommentView, share: int) -> Html:
    comment = view.comment
    village = shown.villages.get(comment.demographics.village_id)
    head = f"{names.STANDING_MARKS[comment.visibility]} {t('№ {number}', number=comment.number)} · "
    facts = [t.moment(comment.created_at, shown.zone), OWN_NAMES.get(comment.language, comment.language)]
    facts += [t(names.CHANNEL_NAMES[comment.channel])] if comment.channel is not Channel.TELEGRAM else []
    facts += [short(t.place(village.name))] if village else []
    facts += [f"👍 {t.number(comment.support)}"] if comment.support else []
    about = answers.short_about(t, view.hearing.dossier, comment.about)
    return stacked(
        e(""),
        b(head + t(names.COMMENT_KIND_NAMES[comment.kind])),
        i(" · ".join(filter(None, facts))),
        None if comment.in_turn else e(t("⚠️ Look first: rough words or advertising?")),
        e(short(about, LISTED_SUBJECT_LETTERS)) if about else None,
        named_attachments(t, comment.attachments),
        quoted(comment.text if read_at_a_glance(comment) else beginning(comment.text, share)) if comment.text else None,
        *spoken_instead(t, comment.transcript if not comment.text else None, share),
        e(names.comment_state(t, comment)) if comment.decision else None,
        e(names.joined(t, comment.number, view.joined, staff=True)) if view.joined else None,
    )


def _open(t: Translator, view: CommentView, here: presses.ListComments) -> Button:
    label = f"{names.STANDING_MARKS[view.comment.visibility]} {t('№ {number}', number=view.comment.number)}"
    return tap(t, label, like(presses.OpenListed, here, page=here.page, comment=view.comment.id))


def _publish(t: Translator, shown: ListedComments, here: presses.ListComments) -> ButtonRow:
    if not shown.seen.count:
        return ()
    label = t.p("button", "✅ Publish those shown whole: {n}", n=t.number(shown.seen.count))
    return (tap(t, label, like(presses.PublishListed, here, page=here.page, seen=shown.seen.digest)),)


def _one_by_one(t: Translator, shown: ListedComments) -> ButtonRow:
    if not shown.may_moderate or not shown.items or shown.narrowed.state is not Standing.WAITING:
        return ()
    return (tap(t, t.p("button", "👆 One by one"), presses.OpenQueue(shown.hearing.id)),)


def like(kind: type[presses.NarrowedComments], here: presses.NarrowedComments, **changes: object) -> Press:
    """The press of another kind with the same list, at its beginning unless said otherwise."""
    return kind(**_fields(here, changes))


def listed(here: presses.NarrowedComments, **changes: object) -> presses.ListComments:
    """The list that a press belongs to, at its beginning unless said otherwise."""
    return presses.ListComments(**_fields(here, changes))


def _fields(here: presses.NarrowedComments, changes: Mapping[str, object]) -> dict[str, Any]:
    same = {field.name: getattr(here, field.name) for field in dataclasses.fields(presses.NarrowedComments)}
    return {**same, "page": 0, **changes}
