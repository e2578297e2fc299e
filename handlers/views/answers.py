"""What the commission has answered: a public table of comments and decisions, a page at a time, narrowed, by number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import Channel
from bot.domain.hearings import PUBLIC_PHASES
from bot.domain.promises import AnswerFilter
from bot.i18n import later, names
from handlers import presses
from handlers.views.buttons import back, back_to_hearing, home, paging
from handlers.views.decided import promise_kept
from handlers.views.pages import beginning
from handlers.views.resolutions import headline
from handlers.views.screen import (
    LETTERS_ON_A_BUTTON,
    Button,
    Html,
    Screen,
    b,
    e,
    fold,
    i,
    in_rows,
    short,
    stacked,
    tap,
    with_buttons,
)
from handlers.views.sharing import share_line, share_row

if TYPE_CHECKING:
    from datetime import date

    from bot.i18n import Translator
    from bot.services.answers import AnswerPage, PublicAnswer
    from bot.services.hearings import HearingCard
    from handlers.views.sharing import Sharing

TITLE_UNITS: Final = 200
ADOPTED_UNITS: Final = 200
BEGUN_COMMENT_UNITS: Final = 180
BEGUN_REASON_UNITS: Final = 200
RESPONSIBLE_LETTERS: Final = 60
FILTER_NAMES: Final = {
    AnswerFilter.ALL: later("All answers"),
    **{AnswerFilter(outcome.value): name for outcome, name in names.OUTCOME_NAMES.items()},
    AnswerFilter.DONE: later("Done"),
    AnswerFilter.OVERDUE: later("Overdue"),
}


def answers(t: Translator, shown: AnswerPage, sharing: Sharing | None = None) -> Screen:
    """The screen with a page of decided comments."""
    hearing, which = shown.hearing, shown.which
    text = stacked(
        b(t("Answers of the commission")),
        e(beginning(t.text(hearing.dossier.title).words, TITLE_UNITS)),
        _resolution(t, shown) if shown.resolution and not shown.page else None,
        i(t("Shown: {what}", what=t(FILTER_NAMES[which]))) if which is not AnswerFilter.ALL else None,
        *(_answer(t, each, shown.today) for each in shown.items),
        None if shown.items else e(_nothing(t, shown)),
        share_line(t, hearing, sharing),
    )
    numbers = (
        tap(t, t("№ {number}", number=each.view.comment.number), presses.ReadComment(each.view.comment.id))
        for each in shown.items
    )
    last = shown.page + 1 if shown.more else shown.page
    narrow = tap(t, t.p("button", "🔎 Choose, or find a number"), presses.NarrowAnswers(hearing.id))
    rows = with_buttons(
        *in_rows(numbers, width=3),
        paging(t, lambda number: presses.ReadAnswers(hearing.id, number, which), page=shown.page, last=last),
        (narrow,) if shown.by_outcome else (),
        (changes_button(t, hearing.id),) if shown.changes else (),
        share_row(t, hearing, sharing),
        (back_to_hearing(t, hearing.id), home(t, hearing.municipality_id)),
    )
    return Screen(text, rows)


def changes_button(t: Translator, hearing_id: int) -> Button:
    """The way to what changed in the drafts."""
    return tap(t, t.p("button", "✏️ What changed in the draft"), presses.SeeDraftChanges(hearing_id))


def narrow(t: Translator, shown: AnswerPage) -> Screen:
    """The screen that asks which answers are wanted, and how one is found by its number."""
    hearing = shown.hearing
    counts = {AnswerFilter(outcome.value): count for outcome, count in shown.by_outcome.items()}
    counts |= {AnswerFilter.ALL: sum(counts.values())}
    counts |= {AnswerFilter.DONE: shown.promises.done, AnswerFilter.OVERDUE: shown.promises.overdue}
    buttons = (
        tap(t, _counted(t(FILTER_NAMES[which]), t.number(counts[which])), presses.ReadAnswers(hearing.id, 0, which))
        for which in AnswerFilter
        if counts.get(which)
    )
    text = stacked(
        b(t("Which answers?")),
        e(t("Looking for one comment? Write its number here, like № 41.")),
    )
    return Screen(text, (*in_rows(buttons), (back(t, presses.ReadAnswers(hearing.id)),)))


def _counted(name: str, number: str) -> str:
    """The label of a kind of answers: where it is too long the name is cut, never the number."""
    return f"{short(name, LETTERS_ON_A_BUTTON - len(number) - 2)}: {number}"


def found(t: Translator, shown: AnswerPage, answer: PublicAnswer) -> Screen:
    """The screen with the answer that was looked for by its number."""
    comment = answer.view.comment
    whole = tap(t, t("№ {number}", number=comment.number), presses.ReadComment(comment.id))
    text = stacked(b(t("Answers of the commission")), _answer(t, answer, shown.today))
    return Screen(text, ((whole,), (back(t, presses.ReadAnswers(shown.hearing.id)),)))


def not_found(t: Translator, card: HearingCard, number: int) -> Screen:
    """The screen that says that others may read no answer with that number."""
    due = t.in_words(card.hearing.dossier.answers_due(card.zone), now=card.now)
    text = stacked(
        e(t("№ {number} is not among the published answers.", number=number)),
        e(t("Answers are promised by {day}.", day=due)) if card.hearing.phase in PUBLIC_PHASES else None,
        e(t("Is it your own? Then see /mine.")),
    )
    return Screen(text, ((back(t, presses.ReadAnswers(card.hearing.id)),),))


def _resolution(t: Translator, shown: AnswerPage) -> Html | None:
    """The council's resolution in few words: the hearing's card has it whole."""
    if shown.resolution is None:
        return None
    return stacked(e(headline(t, shown.resolution)), e(beginning(shown.resolution.adopted, ADOPTED_UNITS)))


def _nothing(t: Translator, shown: AnswerPage) -> str:
    if shown.which is AnswerFilter.ALL:
        return t("There are no answers yet. Every comment will get one; yours is under /mine.")
    return t("None.")


def _answer(t: Translator, answer: PublicAnswer, today: date) -> Html:
    """Number, what was decided, whose wish it is, why, who does it and until when."""
    comment, decision = answer.view.comment, answer.view.comment.decision
    words = " ".join(answer.view.words.split())
    return stacked(
        e(""),
        b(f"{t('№ {number}', number=comment.number)} · {names.outcome(t, decision.outcome) if decision else ''}"),
        fold(e(beginning(words, BEGUN_COMMENT_UNITS))) if words else None,
        _voices(t, answer),
        e(names.joined(t, comment.number, answer.view.joined)) if answer.view.joined else None,
        e(f"→ {beginning(decision.reason, BEGUN_REASON_UNITS)}") if decision and decision.reason else None,
        _responsible(t, decision.responsible) if decision else None,
        promise_kept(t, decision, today) if decision else None,
    )


def _responsible(t: Translator, who: str) -> Html | None:
    return e(t("Responsible: {who}", who=short(who, RESPONSIBLE_LETTERS))) if who else None


def _voices(t: Translator, answer: PublicAnswer) -> Html | None:
    """How many stand behind it, by channel as far as it may be told."""
    if not answer.voices:
        return None
    total = f"👍 {t.number(sum(count for _, count in answer.voices))}"
    if answer.voices[0][0] == (Channel.TELEGRAM,) and len(answer.voices) == 1:
        return e(total)
    if len(answer.voices) == 1:
        return e(f"{total} ({names.channels(t, answer.voices[0][0])})")
    return e(f"{total} ({t.list(f'{names.channels(t, block)}: {t.number(count)}' for block, count in answer.voices)})")
