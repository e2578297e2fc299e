"""The comments of a hearing as its staff look through them: a page of five, and by what it is narrowed."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from bot.domain.comment_lists import Standing, read_at_a_glance
from bot.domain.comments import Channel, CommentKind
from bot.domain.languages import LANGUAGES, OWN_NAMES
from bot.domain.questions import AboutKind
from bot.i18n import answers, names
from handlers import presses
from handlers.presses.comment_list import Narrowing
from handlers.views.buttons import back, turning
from handlers.views.pages import beginning, fair_shares, quoted, units
from handlers.views.recordings import named_attachments
from handlers.views.screen import Html, Screen, b, e, i, in_rows, short, stacked, tap, with_buttons
from handlers.views.transcripts import spoken_instead, spoken_words
from handlers.views.writing import subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bot.i18n import Translator
    from bot.services.comment_lists import CommentChoices, ListedComments
    from bot.services.comments import CommentView
    from handlers.presses import Press
    from handlers.views.screen import Button, ButtonRow

    Choice = tuple[str, Mapping[str, int]]

LIST_UNITS: Final = 2400
"""Units of quoted text on one screen, all comments of a page together: five that are read at a glance stand whole."""
LISTED_SUBJECT_LETTERS: Final = 60
CHOICE_LETTERS: Final = 34
CHOICES_ON_A_PAGE: Final = 10
KINDS: Final = tuple(CommentKind)
SUBJECT_KINDS: Final = tuple(AboutKind)
CHANNELS: Final = tuple(Channel)


def page(t: Translator, shown: ListedComments, here: presses.ListComments) -> Screen:
    """The screen with a page of comments: each can be opened, those that are shown whole be published together."""
    rows = with_buttons(
        *in_rows((_open(t, view, here) for view in shown.items), width=3),
        _publish(t, shown, here),
        turning(t, _turned(here, here.page - 1) if here.page else None, _turned(here, 1 + here.page, there=shown.more)),
        (
            tap(t, t.p("button", "🔎 Search, narrow"), _as(presses.NarrowComments, here)),
            *_one_by_one(t, shown),
        ),
        (tap(t, t.p("button", "⚖️ One decision for several"), _as(presses.MarkComments, here)),)
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
        None if shown.items else e(t("There is no such comment.")),
        *(_comment(t, shown, view, share) for view, share in zip(shown.items, allotted, strict=True)),
    )


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
    return tap(t, label, _as(presses.OpenListed, here, page=here.page, comment=view.comment.id))


def _publish(t: Translator, shown: ListedComments, here: presses.ListComments) -> ButtonRow:
    if not shown.seen.count:
        return ()
    label = t.p("button", "✅ Publish those shown whole: {n}", n=t.number(shown.seen.count))
    return (tap(t, label, _as(presses.PublishListed, here, page=here.page, seen=shown.seen.digest)),)


def _one_by_one(t: Translator, shown: ListedComments) -> ButtonRow:
    if not shown.may_moderate or not shown.items or shown.narrowed.state is not Standing.WAITING:
        return ()
    return (tap(t, t.p("button", "👆 One by one"), presses.OpenQueue(shown.hearing.id)),)


def _turned(here: presses.ListComments, to: int, *, there: bool = True) -> Press | None:
    return listed(here, page=to) if there else None


def _as(kind: type[presses.NarrowedComments], here: presses.NarrowedComments, **changes: object) -> Press:
    """The press of another kind with the same list, at its beginning unless said otherwise."""
    return kind(**_fields(here, changes))


def narrowing(t: Translator, choices: CommentChoices, here: presses.NarrowComments) -> Screen:
    """The screen that asks by what the list is narrowed, and then to what."""
    if here.by is Narrowing.NONE:
        rows = (*_states(t, choices, here), *_narrowings(t, choices, here))
        way_back = back(t, listed(here))
    else:
        options = (*_options(t, choices, here),)
        shown = options[here.first : here.first + CHOICES_ON_A_PAGE]
        turns = turning(
            t,
            _from(here, max(0, here.first - CHOICES_ON_A_PAGE)) if here.first else None,
            _from(here, here.first + CHOICES_ON_A_PAGE) if here.first + CHOICES_ON_A_PAGE < len(options) else None,
        )
        rows = (*in_rows((tap(t, label, press) for label, press in shown), width=1), turns)
        way_back = back(t, _as(presses.NarrowComments, here))
    return Screen(b(t("Which comments?")), with_buttons(*rows, (way_back,)))


def listed(here: presses.NarrowedComments, **changes: object) -> presses.ListComments:
    """The list that a press belongs to, at its beginning unless said otherwise."""
    return presses.ListComments(**_fields(here, changes))


def _fields(here: presses.NarrowedComments, changes: Mapping[str, object]) -> dict[str, Any]:
    same = {field.name: getattr(here, field.name) for field in dataclasses.fields(presses.NarrowedComments)}
    return {**same, "page": 0, **changes}


def _from(here: presses.NarrowComments, first: int) -> Press:
    return _as(presses.NarrowComments, here, by=here.by, first=first)


def _states(t: Translator, choices: CommentChoices, here: presses.NarrowComments) -> tuple[ButtonRow, ...]:
    counts = choices.counts
    numbers = {
        Standing.ALL: counts.total,
        Standing.WAITING: counts.waiting,
        Standing.PUBLISHED: counts.published,
        Standing.HIDDEN: counts.hidden,
        Standing.UNDECIDED: counts.undecided,
    }
    return in_rows(
        (
            tap(t, f"{t(names.STANDING_NAMES[state])}: {t.number(number)}", listed(here, state=state))
            for state, number in numbers.items()
        ),
        width=2,
    )


def _narrowings(t: Translator, choices: CommentChoices, here: presses.NarrowComments) -> tuple[ButtonRow, ...]:
    labels = {
        Narrowing.KIND: t.p("button", "Kind"),
        Narrowing.ABOUT: t.p("button", "About what"),
        Narrowing.LANGUAGE: t.p("button", "Language"),
        Narrowing.CHANNEL: t.p("button", "How it came"),
    }
    if choices.villages:
        labels[Narrowing.VILLAGE] = t.p("button", "Village")
    rows = in_rows((tap(t, label, _as(presses.NarrowComments, here, by=by)) for by, label in labels.items()), width=2)
    search = tap(t, t.p("button", "🔎 By a word"), presses.SearchComments(here.hearing))
    return (*rows, (search,), (tap(t, t.p("button", "Show all again"), presses.ListComments(here.hearing)),))


def _options(t: Translator, choices: CommentChoices, here: presses.NarrowComments) -> Iterator[tuple[str, Press]]:
    """What stands on a button, and the list that it leads to."""
    for label, changes in CHOICES[here.by](t, choices):
        yield short(label, CHOICE_LETTERS), listed(here, **changes)
    yield t.p("button", "Any"), listed(here, **{here.by.value: 0})


def _kinds(t: Translator, _choices: CommentChoices) -> Iterator[Choice]:
    return ((t(names.COMMENT_KIND_PLURALS[kind]), {"kind": no}) for no, kind in enumerate(KINDS, 1))


def _subjects(t: Translator, choices: CommentChoices) -> Iterator[Choice]:
    for about in sorted(choices.subjects, key=lambda each: (SUBJECT_KINDS.index(each.kind), each.no)):
        label = subject(t, choices.hearing.dossier, about)
        yield label, {"about": SUBJECT_KINDS.index(about.kind) + 1, "no": about.no}


def _villages(t: Translator, choices: CommentChoices) -> Iterator[Choice]:
    return ((t.place(village.name), {"village": number}) for number, village in choices.villages.items())


def _languages(_t: Translator, choices: CommentChoices) -> Iterator[Choice]:
    known = (language for language in choices.languages if language in LANGUAGES)
    return ((OWN_NAMES[language], {"language": LANGUAGES.index(language) + 1}) for language in known)


def _channels(t: Translator, _choices: CommentChoices) -> Iterator[Choice]:
    return ((t(names.CHANNEL_NAMES[channel]), {"channel": no}) for no, channel in enumerate(CHANNELS, 1))


CHOICES: Final[Mapping[Narrowing, Callable[[Translator, CommentChoices], Iterator[Choice]]]] = {
    Narrowing.KIND: _kinds,
    Narrowing.ABOUT: _subjects,
    Narrowing.VILLAGE: _villages,
    Narrowing.LANGUAGE: _languages,
    Narrowing.CHANNEL: _channels,
}
"""To what a list is narrowed: what stands on a button, and the fields of the press."""


def ask_for_words(t: Translator, hearing_id: int) -> Screen:
    """The screen that waits for the words by which comments are looked for."""
    text = stacked(
        b(t("Which word shall the comments have?")),
        e(t("Write it in any script. A part of a word is enough.")),
    )
    return Screen(text, ((back(t, presses.NarrowComments(hearing_id)),),))
