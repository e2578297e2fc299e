"""What the projector shows of a hall, in words of one language: a page places them and makes none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.domain.disclosure import LEAST_ANSWERS
from bot.domain.hall import HallPhase
from bot.i18n import answers
from bot.pages.beginnings import beginning
from bot.reports.answer_bars import AnswerBar, bars, unit
from bot.reports.poster import drawing

if TYPE_CHECKING:
    from datetime import datetime

    from bot.domain.floor import FloorRequest
    from bot.domain.hall import Hall
    from bot.domain.hearings import Hearing
    from bot.i18n import Translator
    from bot.services.hall_views import AskedQuestion, HallQuestion, HallState

    Json = dict[str, Any]

QUESTIONS_ON_THE_WALL: Final = 3
BARS_ON_THE_WALL: Final = 8
"""Of a question with more options the foremost."""
LETTERS_ON_THE_WALL: Final = 150
"""Of a question to the presenters; the chair reads all of it aloud."""
_PAPER: Final = '<rect width="100%" height="100%" fill="#fff"/>'
"""Under the code: the wall is dark."""
TITLE_LETTERS: Final = 140
ASKED_LETTERS: Final = 220


def wall(t: Translator, state: HallState, link: str) -> Json:
    """Everything on the projector; ``link`` checks in whoever opens it, empty where the bot is not known."""
    dossier, hall = state.hearing.dossier, state.hall
    running = hall.phase is HallPhase.RUNNING
    shown = state.asked if hall.deals_with_question else None
    return {
        "title": begun(t.marked(dossier.title), TITLE_LETTERS),
        "phase": hall.phase.value,
        "item": item(t, state),
        "asked": asked(t, state.hearing, shown) if shown else None,
        "questions": {
            "head": t("Questions to the presenters"),
            "none": t("Nobody has asked yet. Ask from your seat, with your phone."),
            "list": [_on_the_wall(t, each) for each in state.questions[:QUESTIONS_ON_THE_WALL]],
        },
        "floor": floor(t, hall, state.speaker, state.waiting, state.now) if running else None,
        "present": t.n("{n} person is checked in", "{n} people are checked in", state.present.people),
        "join": _join(t, state, link) if running or hall.phase is HallPhase.NOT_BEGUN else None,
    }


def item(t: Translator, state: HallState) -> Json:
    """What is dealt with: an item of the agenda, or that the sitting has not begun or is over."""
    agenda = state.hearing.dossier.agenda
    if state.phase is HallPhase.NOT_BEGUN:
        return {"head": "", "words": t("The sitting begins soon.")}
    if state.phase is HallPhase.ENDED:
        return {"head": "", "words": t("The sitting is over. Thank you!")}
    if state.item is None:
        return {"head": "", "words": t("The sitting has begun.")}
    place = [each.no for each in agenda].index(state.item.no) + 1
    return {
        "head": t("Item {n} of {total}", n=t.number(place), total=t.number(len(agenda))),
        "words": begun(t.marked(state.item.item), TITLE_LETTERS),
    }


def asked(t: Translator, hearing: Hearing, shown: AskedQuestion) -> Json:
    """The question to the hall, with the bars that may be seen, or why there are none."""
    question = shown.question
    tally = shown.tally
    return {
        "about": answers.short_about(t, hearing.dossier, question.about),
        "words": begun(answers.question_text(t, question), ASKED_LETTERS),
        "status": t("Answer on your phone now") if shown.is_open else t("Answers are closed"),
        "open": shown.is_open,
        "answered": t.n("{n} person has answered", "{n} people have answered", shown.answered),
        "bars": [_bar(each) for each in bars(t, hearing, question, tally)[:BARS_ON_THE_WALL]] if tally else [],
        "unit": unit(t, question) if tally else "",
        "note": _why_hidden(t, shown),
        "hands": _hands(t, shown),
    }


def _why_hidden(t: Translator, shown: AskedQuestion) -> str:
    if shown.hidden:
        return t("The result is shown later.")
    if shown.too_few:
        return t("How others answered is shown once {n} people have answered.", n=t.number(LEAST_ANSWERS))
    return t("These numbers change with every {n} people more.", n=t.number(LEAST_ANSWERS)) if shown.is_open else ""


def _hands(t: Translator, shown: AskedQuestion) -> Json | None:
    """Hands that were counted aloud."""
    if not shown.hands:
        return None
    options = answer_names(t, shown)
    return {
        "head": t("Raised hands"),
        "list": [{"words": words, "said": t.number(n)} for words, n in zip(options, shown.hands, strict=False)],
    }


def answer_names(t: Translator, shown: AskedQuestion) -> tuple[str, ...]:
    """The options of a question in their order."""
    question = shown.question
    return tuple(answers.counted_option(t, question, option) for option in question.option_numbers)


def floor(t: Translator, hall: Hall, speaker: FloorRequest | None, waiting: int, now: datetime) -> Json:
    """Who speaks, since how many seconds and for how many at most, and how many wait."""
    since = hall.speaker_since
    return {
        "head": t("Speaking now") if speaker else t("Ask for the floor on your phone"),
        "speaker": t("№ {number}", number=speaker.number) if speaker else "",
        "seconds": max(0, int((now - since).total_seconds())) if speaker and since else 0,
        "limit": hall.minutes * 60,
        "waiting": t.n("{n} person is waiting", "{n} people are waiting", waiting) if waiting else "",
    }


def _join(t: Translator, state: HallState, link: str) -> Json | None:
    """How to take part from the seat: the code of the day, and the picture that a phone opens."""
    if not state.code:
        return None
    digits = str(state.code)
    return {
        "head": t("Take part with your phone"),
        "code": f"{digits[:4]} {digits[4:]}",
        "picture": drawing(link).replace("><path", f">{_PAPER}<path", 1) if link else "",
        "words": t("Scan the picture, or write this code to the bot"),
    }


def _on_the_wall(t: Translator, question: HallQuestion) -> Json:
    words = question.words or t("Voice message")
    return {"words": begun(words, LETTERS_ON_THE_WALL), "support": f"👍 {t.number(question.support)}"}


def _bar(bar: AnswerBar) -> Json:
    return {"words": bar.words, "said": bar.said, "share": round(bar.ratio, 4), "tone": bar.tone}


def begun(words: str, letters: int) -> str:
    """The words in one line, cut at a space with an ellipsis where they are longer."""
    return beginning(" ".join(words.split()), letters)
