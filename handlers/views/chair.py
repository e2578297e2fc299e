"""The hall of a sitting as its chair sees it: where it stands, and one button for each next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.hall import CODE_DIGITS, SPEAKING_MINUTES, HallPhase
from bot.i18n import answers
from bot.i18n.journal import ACT_SENTENCES
from handlers import presses
from handlers.presses import HallStep
from handlers.views.buttons import back, refresh
from handlers.views.hall import asked_lines
from handlers.views.screen import (
    LETTERS_ON_A_BUTTON,
    Button,
    ButtonRow,
    Html,
    Screen,
    b,
    e,
    i,
    in_rows,
    short,
    stacked,
    tap,
    with_buttons,
)

if TYPE_CHECKING:
    from bot.domain.floor import FloorRequest
    from bot.i18n import Translator
    from bot.services.hall_keys import NewHallKeys
    from bot.services.hall_views import ChairState, HallState
    from handlers.views.screen import Picture


def hand_added(t: Translator, request: FloorRequest) -> str:
    """The toast: somebody without a phone waits for the floor under a number."""
    return t.p("toast", "✋ № {number} is in the queue.", number=t.number(request.number))


def published(t: Translator) -> str:
    """The toast: everybody may read a question."""
    return t.p("toast", "✅ Published.")


def keys_withdrawn(t: Translator) -> str:
    """The toast: no link opens a page of the hall any more."""
    return t.p("toast", "The links open nothing any more.")


def title(t: Translator, state: HallState) -> Html:
    """Of which sitting the hall is."""
    number = t("🏛 Hall, sitting № {no}", no=t.number(state.hall.sitting))
    begins = t.moment(state.sitting.starts_at, state.zone) if state.sitting else None
    return stacked(b(number), e(t.marked(state.hearing.dossier.title)), e(begins) if begins else None)


def chair(t: Translator, shown: ChairState) -> Screen:
    """The screen from which a sitting is run."""
    state = shown.state
    text = stacked(title(t, state), _present(t, state), *_course(t, shown))
    match state.phase:
        case HallPhase.NOT_BEGUN:
            rows: tuple[ButtonRow, ...] = ((_begin(t, shown),),)
        case HallPhase.RUNNING:
            rows = (*_question_rows(t, shown), *_floor_rows(t, shown), *_other_rows(t, shown))
        case HallPhase.ENDED:
            rows = (_undo_row(t, shown), (_begin(t, shown),))
    links = tap(t, t.p("button", "🔗 Code and links"), presses.OpenHallLinks(*_here(state)))
    ways = (back(t, presses.OpenDeskHearing(state.hearing.id)), refresh(t, presses.OpenChair(*_here(state))))
    return Screen(text, with_buttons(*rows, (links,), ways))


def _here(state: HallState) -> tuple[int, int]:
    return state.hearing.id, state.hall.sitting


def _step(t: Translator, label: str, shown: ChairState, step: HallStep, *, sure: bool = False) -> Button:
    state = shown.state
    return tap(t, short(label, LETTERS_ON_A_BUTTON), presses.StepInHall(*_here(state), step, state.hall.moves, sure))


def _begin(t: Translator, shown: ChairState) -> Button:
    """The way to begin; also a sitting that was over, as it was only tried out."""
    return _step(t, t.p("button", "▶️ Begin the sitting"), shown, HallStep.START)


def _present(t: Translator, state: HallState) -> Html:
    present = state.present
    told = t("👥 Checked in: {people}", people=t.number(present.people))
    if present.women or present.men:
        told += " · " + t("women {women}, men {men}", women=t.number(present.women), men=t.number(present.men))
    return e(told)


def _course(t: Translator, shown: ChairState) -> tuple[Html | None, ...]:
    state = shown.state
    match state.phase:
        case HallPhase.NOT_BEGUN:
            return (e(""), e(t("The sitting has not begun. Whoever begins it is its chair.")))
        case HallPhase.ENDED:
            return (e(""), e(t("The sitting is over. Its course stands in the minutes.")))
    item = e(t("Now: {item}", item=f"{state.item.no}. {t.text(state.item.item).words}")) if state.item else None
    asked = asked_lines(t, state.hearing.dossier, state.asked) if state.asked else ()
    takes_hands = state.asked is not None and state.asked.takes_hands
    hands = i(t("Count the hands of those who have not answered on a phone.")) if takes_hands else None
    return (e("") if item else None, item, *asked, hands, e(""), *_speaker(t, state))


def _speaker(t: Translator, state: HallState) -> tuple[Html | None, ...]:
    waiting = e(t("✋ Waiting for the floor: {n}", n=t.number(state.waiting)))
    if state.speaker is None or state.hall.speaker_since is None:
        return (waiting,)
    local = state.hall.speaker_since.astimezone(state.zone)
    where = t("in the hall") if state.speaker.in_hall else t("from elsewhere")
    told = t("🎤 № {number} ({where}) since {time}", number=state.speaker.number, where=where, time=t.time(local))
    minutes = t.n("{n} minute each", "{n} minutes each", state.hall.minutes)
    return (e(f"{told} · {minutes}"), waiting)


def _question_rows(t: Translator, shown: ChairState) -> tuple[ButtonRow, ...]:
    state = shown.state
    rows: list[ButtonRow] = []
    if shown.next_item is not None:
        label = t.p("button", "⏭ Next: {item}", item=f"{shown.next_item.no}. {t.text(shown.next_item.item).words}")
        rows.append((_step(t, label, shown, HallStep.NEXT_ITEM),))
    if state.asked is not None and state.asked.is_open:
        rows.append((_step(t, t.p("button", "⏹ Close the question"), shown, HallStep.CLOSE),))
    elif state.asked is not None and not state.hall.result_shown:
        rows.append((_step(t, t.p("button", "📊 Show the result"), shown, HallStep.SHOW),))
    hands = tap(t, t.p("button", "✋ Count hands"), presses.CountHands(*_here(state), state.hall.moves))
    ask = tap(t, t.p("button", "🗳 Ask the hall"), presses.AskHall(*_here(state)))
    asks = state.hearing.dossier.questions and state.hearing.takes_answers(state.now)
    return (*rows, (*((ask,) if asks else ()), *((hands,) if state.asked and state.asked.takes_hands else ())))


def _floor_rows(t: Translator, shown: ChairState) -> tuple[ButtonRow, ...]:
    state = shown.state
    ends = _step(t, t.p("button", "🔇 Has spoken"), shown, HallStep.END_SPEAKER)
    add = tap(t, t.p("button", "➕ A hand"), presses.AddHand(*_here(state)))
    calls: ButtonRow = ()
    if shown.queue:
        label = t.p("button", "🎤 Next speaker: № {number}", number=t.number(shown.queue[0].number))
        calls = (_step(t, label, shown, HallStep.NEXT_SPEAKER),)
    return (calls, (*((ends,) if state.speaker else ()), add))


def _other_rows(t: Translator, shown: ChairState) -> tuple[ButtonRow, ...]:
    state = shown.state
    count = len(state.questions) + len(shown.to_publish)
    label = t.p("button", "❓ Questions: {n}", n=t.number(count))
    questions = tap(t, label, presses.ListHallQuestions(*_here(state)))
    minutes = tap(t, t.p("button", "⏱ Minutes"), presses.SetSpeakingMinutes(*_here(state)))
    end = _step(t, t.p("button", "🏁 End the sitting"), shown, HallStep.END)
    return ((questions, minutes), _undo_row(t, shown), (end,))


def _undo_row(t: Translator, shown: ChairState) -> ButtonRow:
    if shown.undoable is None:
        return ()
    label = t.p("button", "↩️ Undo: {act}", act=t(ACT_SENTENCES[shown.undoable]))
    return (_step(t, label, shown, HallStep.UNDO),)


def end(t: Translator, shown: ChairState) -> Screen:
    """The screen that asks once before a sitting ends."""
    text = stacked(title(t, shown.state), e(""), e(t("End the sitting? Nobody can answer or ask in the hall then.")))
    sure = _step(t, t.p("button", "🏁 Yes, end it"), shown, HallStep.END, sure=True)
    return Screen(text, ((sure,), (_back(t, shown),)))


def minutes(t: Translator, shown: ChairState) -> Screen:
    """The screen that asks how long each speaker may speak."""
    here = _here(shown.state)
    choices = (
        tap(t, t.n("{n} minute", "{n} minutes", number), presses.SetSpeakingMinutes(*here, number))
        for number in SPEAKING_MINUTES
    )
    text = stacked(title(t, shown.state), e(""), e(t("How long may each speaker speak?")))
    return Screen(text, (*in_rows(choices, width=3), (_back(t, shown),)))


def ask_hands(t: Translator, shown: ChairState) -> Screen:
    """The screen that waits for counted hands."""
    asked = shown.state.asked
    assert asked is not None, "hands are counted for a question"
    order = ", ".join(answers.counted_option(t, asked.question, no) for no in asked.question.option_numbers)
    text = stacked(
        title(t, shown.state),
        e(""),
        b(answers.question_text(t, asked.question)),
        e(t("Write the numbers in this order: {order}. Like: 24 3 5", order=order)),
        i(t("Count the hands of those who have not answered on a phone.")),
    )
    return Screen(text, ((_back(t, shown),),))


def links(
    t: Translator, shown: ChairState, *, link: str, picture: Picture, base: str, made: NewHallKeys | None
) -> Screen:
    """The screen with the code of the day as a picture to print, and new links to the hall's pages."""
    state = shown.state
    here, code = _here(state), f"{state.code:0{CODE_DIGITS}d}"
    text = stacked(
        b(t("🔗 Code of the day: {code}", code=f"{code[:4]} {code[4:]}")),
        e(t("Print the picture or show it: whoever points a phone at it is checked in. Typing the code does it too.")),
        e(link),
        *_page_links(t, shown, base, made),
    )
    make = tap(t, t.p("button", "🖥 Make links to the pages"), presses.MakeHallKeys(*here))
    withdraw = tap(t, t.p("button", "🚫 Withdraw the links"), presses.WithdrawHallKeys(*here))
    return Screen(
        text, with_buttons((make,) if base else (), (withdraw,) if shown.keys else (), (_back(t, shown),)), picture
    )


def _page_links(t: Translator, shown: ChairState, base: str, made: NewHallKeys | None) -> tuple[Html | None, ...]:
    if not base:
        return (e(""), i(t("Pages for the chair and the projector are not served by this bot.")))
    if made is None:
        told = t("Links to the pages are open now.") if shown.keys else t("No link opens the pages now.")
        return (e(""), e(told))
    pages = base.rstrip("/")
    code = f"{made.hearing.code}?in={t.language}"
    return (
        e(""),
        e(t("For the chair alone: {link}", link=f"{pages}/chair/{code}#{made.chair}")),
        e(t("For the projector: {link}", link=f"{pages}/hall/{code}#{made.projector}")),
        i(t("They are shown once, and are good for a day.")),
    )


def _back(t: Translator, shown: ChairState) -> Button:
    return back(t, presses.OpenChair(*_here(shown.state)))
