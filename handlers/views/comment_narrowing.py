"""By what the list of a hearing's comments is narrowed, and to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comment_lists import Standing
from bot.domain.languages import LANGUAGES, OWN_NAMES
from bot.i18n import names
from handlers import presses
from handlers.presses.comment_list import Narrowing
from handlers.views.buttons import back, turning
from handlers.views.comment_list import CHANNELS, KINDS, SUBJECT_KINDS, like, listed
from handlers.views.screen import Screen, b, e, in_rows, short, stacked, tap, with_buttons
from handlers.views.writing import subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from bot.i18n import Translator
    from bot.services.comment_lists import CommentChoices
    from handlers.presses import Press
    from handlers.views.screen import ButtonRow

    Choice = tuple[str, Mapping[str, int]]

CHOICE_LETTERS: Final = 34
CHOICES_ON_A_PAGE: Final = 10


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
        way_back = back(t, like(presses.NarrowComments, here))
    return Screen(b(t("Which comments?")), with_buttons(*rows, (way_back,)))


def _from(here: presses.NarrowComments, first: int) -> Press:
    return like(presses.NarrowComments, here, by=here.by, first=first)


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
    rows = in_rows((tap(t, label, like(presses.NarrowComments, here, by=by)) for by, label in labels.items()), width=2)
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
