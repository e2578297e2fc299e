"""What the chair's page shows, in words of one language, and which acts it offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.domain.hall import SPEAKING_MINUTES, HallPhase
from bot.i18n import answers
from bot.i18n.journal import ACT_SENTENCES
from bot.pages.hall_words import answer_names, asked, floor, item

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.services.hall_views import ChairState, HallQuestion

    Json = dict[str, Any]

QUEUE_SHOWN: Final = 20


def desk(t: Translator, chair: ChairState) -> Json:
    """Everything on the chair's page; ``seen`` goes back with each act."""
    state = chair.state
    running = state.phase is HallPhase.RUNNING
    following = chair.next_item
    return {
        "seen": state.hall.moves,
        "phase": state.phase.value,
        "title": t.marked(state.hearing.dossier.title),
        "item": item(t, state),
        "next_item": t.marked(following.item) if following and running else "",
        "present": t.n("{n} person is checked in", "{n} people are checked in", state.present.people),
        "asked": _asked(t, chair) if state.asked and running else None,
        "askable": _askable(t, chair) if running else [],
        "floor": floor(t, state.hall, state.speaker, state.waiting, state.now) if running else None,
        "queue": [_waiting(t, each.number, in_hall=each.in_hall) for each in chair.queue[:QUEUE_SHOWN]],
        "minutes": [
            {"n": n, "words": t.n("{n} minute", "{n} minutes", n), "chosen": n == state.hall.minutes}
            for n in SPEAKING_MINUTES
        ],
        "questions": [_question(t, each) for each in state.questions],
        "to_publish": [_question(t, each) for each in chair.to_publish],
        "undo": t(ACT_SENTENCES[chair.undoable]) if chair.undoable else "",
        "code": str(state.code) if state.code else "",
    }


def _asked(t: Translator, chair: ChairState) -> Json:
    """The question that was asked last; the names of its options where hands can be counted for them."""
    state = chair.state
    assert state.asked is not None
    shown = asked(t, state.hearing, state.asked)
    return {
        **shown,
        "shown": state.hall.result_shown,
        "options": list(answer_names(t, state.asked)) if state.asked.takes_hands else [],
        "counted": list(state.asked.hands),
    }


def _askable(t: Translator, chair: ChairState) -> list[Json]:
    """The questions in their order; ``next`` is the one that comes after the one that was asked last."""
    hearing, following = chair.state.hearing, chair.next_question
    return [
        {"no": each.no, "words": _in_brief(t, hearing, each), "next": following is not None and each.no == following.no}
        for each in hearing.dossier.questions
    ]


def _in_brief(t: Translator, hearing: Hearing, question: Question) -> str:
    about = answers.short_about(t, hearing.dossier, question.about)
    words = answers.question_text(t, question)
    return f"{about} – {words}" if about else words


def _waiting(t: Translator, number: int, *, in_hall: bool) -> str:
    called = t("№ {number}", number=number)
    return called if in_hall else f"{called} ({t('from elsewhere')})"


def _question(t: Translator, question: HallQuestion) -> Json:
    comment = question.comment
    return {
        "comment": comment.id,
        "edition": comment.edition,
        "number": t("№ {number}", number=comment.number),
        "words": question.words or t("Voice message"),
        "support": f"👍 {t.number(question.support)}",
    }


def labels(t: Translator) -> dict[str, str]:
    """The words on buttons and headings that never change."""
    return {
        "start": t.p("button", "▶️ Begin the sitting"),
        "next_item": t.p("button", "⏭ Next item"),
        "ask": t.p("button", "🗳 Ask the hall"),
        "other": t("Another question"),
        "close": t.p("button", "⏹ Close the question"),
        "show_result": t.p("button", "📊 Show the result"),
        "hands": t("Raised hands"),
        "count_hands": t.p("button", "💾 Save the hands"),
        "next_speaker": t.p("button", "🎤 Next speaker"),
        "end_speaker": t.p("button", "🔇 Has spoken"),
        "add_hand": t.p("button", "➕ A hand"),
        "queue": t("Waiting for the floor"),
        "nobody": t("Nobody is waiting."),
        "minutes": t("Minutes for each speaker"),
        "questions": t("Questions to the presenters"),
        "no_questions": t("There are none."),
        "answered": t.p("button", "✅ Answered in the hall"),
        "note": t("What was answered (may stay empty)"),
        "to_publish": t("To be published"),
        "publish": t.p("button", "📣 Publish"),
        "undo": t.p("button", "↩️ Undo"),
        "end": t.p("button", "🏁 End the sitting"),
        "sure": t("Press once more to end the sitting."),
        "withdraw": t.p("button", "🚫 Withdraw the links"),
        "withdraw_sure": t("Press once more: this page and the projector will open no more."),
        "present": t("In the hall"),
        "now": t("Now"),
        "away": t("No connection. Trying again …"),
        "refused": t("This link opens nothing any more. Please make a new one."),
        "not_done": t("That did not arrive. Please press again."),
    }
