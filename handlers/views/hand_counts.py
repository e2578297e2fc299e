"""Screens of votes counted by hand, and of people present."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.counted_votes import BY_HAND, MOST_BOXES, WEIGHED_KINDS, CountProblem, to_numbers
from bot.domain.exhaustive import exhaustive
from bot.domain.questions import QuestionKind
from bot.i18n import answers, later, names
from handlers import presses
from handlers.views.buttons import back, paging
from handlers.views.entries import sitting_labels, to_entries
from handlers.views.entry_writing import BUTTON_LETTERS
from handlers.views.pages import beginning, evenly, item_page
from handlers.views.screen import Html, Screen, b, e, i, in_rows, short, stacked, tap, with_buttons

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.services.hand_counts import BoxView, CountView

VILLAGES_ON_A_PAGE: Final = 12
ASKED_UNITS: Final = 200
OPTION_LETTERS: Final = 60
COUNT_PROBLEMS: Final[Mapping[CountProblem, str]] = exhaustive(
    CountProblem,
    {
        CountProblem.NUMBERS: later("There are too few or too many numbers."),
        CountProblem.LARGE: later("A number is too large."),
        CountProblem.NOBODY: later("There are no papers in it."),
        CountProblem.MORE_THAN_PAPERS: later("An option has more papers than there are."),
        CountProblem.TOO_MANY_CHOICES: later("That is more than the papers can say."),
        CountProblem.TOO_FEW_CHOICES: later("There are more papers than choices."),
        CountProblem.POINTS: later("So many points cannot come from so many papers."),
    },
)


def again(t: Translator) -> str:
    """What to do about numbers that cannot be right."""
    return t("Nothing was stored. Please type them again.")


def channels(t: Translator, hearing: Hearing) -> Screen:
    """The screen that asks how counted votes were given."""
    rows = in_rows(
        tap(t, t(names.CHANNEL_NAMES[channel]), presses.ChooseCountVillage(hearing.id, channel)) for channel in BY_HAND
    )
    return Screen(b(t("How were the votes given?")), (*rows, (to_entries(t, hearing.id),)))


def villages(t: Translator, shown: BoxView, page: int) -> Screen:
    """The screen that asks in which village the votes were counted."""
    hearing, channel = shown.hearing.id, shown.box.channel
    found, page, last = item_page(t.in_order(shown.villages), page, evenly(len(shown.villages), VILLAGES_ON_A_PAGE))
    whole = tap(t, t.p("button", "The whole municipality"), presses.OpenBox(hearing, channel))
    places = (
        tap(t, short(t.place(place.name), BUTTON_LETTERS), presses.OpenBox(hearing, channel, place.id))
        for place in found
    )
    rows = with_buttons(
        (whole,),
        *in_rows(places, width=2),
        paging(t, lambda number: presses.ChooseCountVillage(hearing, channel, number), page=page, last=last),
        (back(t, presses.ChooseCountChannel(hearing)),),
    )
    return Screen(b(t("Where were they counted?")), rows)


def _where(t: Translator, shown: BoxView | CountView, box: int) -> str:
    place = t.place(shown.village.name) if shown.village else t("the whole municipality")
    return place if box == 1 else place + ", " + t("box {n}", n=t.number(box))


def box(t: Translator, shown: BoxView) -> Screen:
    """The screen with a ballot box: each question, with the papers that were counted."""
    hearing, at = shown.hearing, shown.box
    given = (hearing.id, at.channel, at.village_id)
    text = stacked(
        b(f"{t('Counted votes')} · {t(names.CHANNEL_NAMES[at.channel]).lower()}"),
        e(_where(t, shown, at.number)),
        e(""),
        *(_line(t, shown, question) for question in hearing.dossier.questions),
    )
    questions = (
        tap(
            t,
            f"{'✅' if question.no in shown.counted else '▫️'} {question.no}",
            presses.CountVotes(*given, at.number, question.no),
        )
        for question in hearing.dossier.questions
    )
    before = tap(t, t.p("button", "◀️ Box {n}", n=at.number - 1), presses.OpenBox(*given, at.number - 1))
    after = tap(t, t.p("button", "Box {n} ▶️", n=at.number + 1), presses.OpenBox(*given, at.number + 1))
    rows = with_buttons(
        *in_rows(questions, width=3),
        (*((before,) if at.number > 1 else ()), *((after,) if at.number < MOST_BOXES else ())),
        (back(t, presses.ChooseCountVillage(hearing.id, at.channel)),),
    )
    return Screen(text, rows)


def _line(t: Translator, shown: BoxView, question: Question) -> Html:
    counted = shown.counted.get(question.no)
    said = t("counted: {n}", n=t.number(counted.tally.voters)) if counted else t("not counted")
    return e(f"{_asked(t, shown.hearing, question)} – {said}")


def _asked(t: Translator, hearing: Hearing, question: Question) -> str:
    """The number of a question, what it is about, and what it asks: several may be about one thing."""
    about = answers.numbered_about(t, hearing.dossier, question.about)
    own = t.marked(question.text) if question.text else ""
    words = " — ".join(filter(None, (about, own))) or answers.question_text(t, question)
    return f"{question.no}. {beginning(' '.join(words.split()), ASKED_UNITS)}"


def ask_votes(t: Translator, view: CountView) -> Screen:
    """The screen that asks for the numbers of a question."""
    draft, question = view.draft, view.question
    assert question is not None
    text = stacked(
        b(_asked(t, view.hearing, question)),
        e(f"{t(names.CHANNEL_NAMES[draft.channel])} · {_where(t, view, draft.box)}"),
        e(""),
        *(
            e(f"{no}) {short(answers.recorded_option(t, question, no), OPTION_LETTERS)}")
            for no in question.option_numbers
        ),
        e(""),
        e(_rule(t, question)),
        i(t("Stored until now: {numbers}", numbers=" ".join(map(str, draft.seen)))) if draft.seen else None,
    )
    given = (draft.hearing_id, draft.channel, draft.village_id, draft.box)
    remove = tap(t, t.p("button", "🗑 Remove these votes"), presses.RemoveCount(*given, question.no))
    rows = with_buttons((remove,) if draft.seen else (), (back(t, presses.OpenBox(*given)),))
    return Screen(text, rows)


def _rule(t: Translator, question: Question) -> str:
    if question.kind in WEIGHED_KINDS:
        return t(
            "Type all papers, then for each option the papers that name it and their points, like: 20: 12/31 8/15 5/9"
        )
    if question.kind is QuestionKind.SEVERAL:
        return t("Type all papers, then the papers for each option in this order, like: 20: 12 8 5")
    return t("Type the papers or hands for each option in this order, like: 12 5 3")


def check(t: Translator, view: CountView) -> Screen:
    """The screen with the typed numbers and what they are for, before they are stored."""
    draft, question = view.draft, view.question
    save = tap(t, t.p("button", "✅ Save"), presses.SaveCount(draft.hearing_id))
    if question is None or view.tally is None:
        people, women, men = draft.numbers
        text = stacked(
            b(t("People present: {n}", n=t.number(people))),
            e(t("women {women}, men {men}", women=t.number(women), men=t.number(men))) if women or men else None,
            i(t("To correct them, type them again.")),
        )
        return Screen(text, ((save,), (to_entries(t, draft.hearing_id),)))
    text = stacked(
        b(_asked(t, view.hearing, question)),
        e(f"{t(names.CHANNEL_NAMES[draft.channel])} · {_where(t, view, draft.box)}"),
        e(t("counted: {n}", n=t.number(view.tally.voters))),
        *(e(_counted(t, view, question, no)) for no in question.option_numbers),
        i(t("Stored until now: {numbers}", numbers=" ".join(map(str, draft.seen)))) if draft.seen else None,
        i(t("To correct them, type them again.")),
    )
    up = back(t, presses.OpenBox(draft.hearing_id, draft.channel, draft.village_id, draft.box))
    return Screen(text, ((save,), (up,)))


def _counted(t: Translator, view: CountView, question: Question, no: int) -> str:
    assert view.tally is not None
    count = view.tally.count(no)
    said = f"{short(answers.recorded_option(t, question, no), OPTION_LETTERS)}: {t.number(count.voters)}"
    if question.kind not in WEIGHED_KINDS:
        return said
    return f"{said} · " + t.n("{n} point", "{n} points", count.points)


def remove_votes(t: Translator, shown: BoxView, press: presses.RemoveCount) -> Screen:
    """The screen that asks whether to take a count out."""
    question = shown.hearing.dossier.question(press.question)
    counted = shown.counted.get(press.question)
    numbers = " ".join(map(str, to_numbers(question, counted.tally))) if counted else "–"
    text = stacked(
        b(t("Remove these votes?")),
        e(_asked(t, shown.hearing, question)),
        e(t("Stored until now: {numbers}", numbers=numbers)),
    )
    given = (press.hearing, press.channel, press.village, press.box)
    yes = tap(t, t.p("button", "🗑 Yes, remove them"), presses.RemoveCount(*given, press.question, sure=True))
    return Screen(text, ((yes,), (back(t, presses.OpenBox(*given)),)))


def sittings(t: Translator, hearing: Hearing, zone: ZoneInfo) -> Screen:
    """The screen that asks at which sitting people were counted."""
    rows = in_rows(
        tap(t, label, presses.CountPeople(hearing.id, number)) for number, label in sitting_labels(t, hearing, zone)
    )
    return Screen(b(t("At which sitting?")), (*rows, (to_entries(t, hearing.id),)))


def ask_people(t: Translator, view: CountView) -> Screen:
    """The screen that asks for the people present."""
    draft = view.draft
    text = stacked(
        b(t("People present")),
        e(t("Type two numbers, women and men, like: 50 35. If they were not counted apart, type one number.")),
        i(t("Stored until now: {numbers}", numbers=" ".join(map(str, draft.seen)))) if draft.seen else None,
    )
    remove = tap(t, t.p("button", "🗑 Remove these numbers"), presses.RemovePeople(draft.hearing_id, draft.sitting))
    return Screen(text, with_buttons((remove,) if draft.seen else (), (to_entries(t, draft.hearing_id),)))


def remove_people(t: Translator, hearing: Hearing, sitting: int) -> Screen:
    """The screen that asks whether to take the people present out."""
    yes = tap(t, t.p("button", "🗑 Yes, remove them"), presses.RemovePeople(hearing.id, sitting, sure=True))
    return Screen(b(t("Remove the people present?")), ((yes,), (to_entries(t, hearing.id),)))
