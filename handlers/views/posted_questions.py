"""Questions in groups and channels: what stands there, in the room's languages, and how staff ask them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.disclosure import LEAST_ANSWERS
from bot.domain.errors import NotFound
from bot.domain.questions import QuestionKind
from bot.i18n import answers, names
from handlers import presses
from handlers.presses.links import deep_link
from handlers.presses.wire import pack
from handlers.views.buttons import back, paging
from handlers.views.pages import beginning, item_page
from handlers.views.posts import THIN_LINE
from handlers.views.rooms import room_title
from handlers.views.screen import Button, Html, Screen, b, e, i, in_rows, short, stacked, straight, tap, with_buttons

if TYPE_CHECKING:
    from bot.domain.hearings import Hearing
    from bot.domain.questions import Question
    from bot.i18n import Catalogues, Translator
    from bot.services.posted_questions import AskableQuestions, QuestionInRoom
    from handlers.views.screen import ButtonRow

QUESTION_UNITS_IN_A_POST: Final = 600
TITLE_UNITS_IN_A_POST: Final = 200
"""UTF-16 units: so a post in two languages fits. The link leads to the whole."""
QUESTIONS_ON_A_PAGE: Final = 8
ASKED_LETTERS: Final = 300


def post(catalogues: Catalogues, shown: QuestionInRoom, username: str) -> Screen:
    """The post: what is asked, how many have answered, and as far as it may be told how, in the room's languages.

    A question of stance has its answers below it, any other the links to the private chat alone.
    """
    languages = [catalogues[language] for language in shown.room.languages]
    text = Html(f"\n{THIN_LINE}\n".join(_told(t, shown) for t in languages))
    link = presses.OpenQuestion(shown.hearing.id, shown.question.no)
    links = (
        (Button(t.p("button", "➡️ Open in Telegram"), url=deep_link(username, link, t.language)),) for t in languages
    )
    stances = _stances(languages, shown) if shown.taken else ()
    return Screen(text, (*stances, *links))


def _told(t: Translator, shown: QuestionInRoom) -> Html:
    dossier = shown.hearing.dossier
    about = answers.short_about(t, dossier, shown.question.about)
    return stacked(
        i(beginning(t.marked(dossier.title), TITLE_UNITS_IN_A_POST)),
        e(beginning(about, TITLE_UNITS_IN_A_POST)) if about else None,
        b(beginning(answers.question_text(t, shown.question), QUESTION_UNITS_IN_A_POST)),
        *_counts(t, shown),
        _how(t, shown) if shown.taken else i(t("Answers are not taken now.")),
    )


def _counts(t: Translator, shown: QuestionInRoom) -> tuple[Html, ...]:
    """How many have answered now, and how they have, as of the last step of five; why nothing is said."""
    head = e(t.n("{n} person has answered", "{n} people have answered", shown.voters))
    least = t.number(LEAST_ANSWERS)
    if shown.question.kind is not QuestionKind.STANCE:
        return (head,)
    if shown.kept_back:
        return (head, i(t("How others answered is shown when answers are closed.")))
    if shown.tally is None:
        if shown.taken or shown.preliminary:
            return (head, i(t("How others answered is shown once {n} people have answered.", n=least)))
        return (head, i(t("Fewer than {n} people answered: their answers are not shown.", n=least)))
    results = answers.results(t, shown.hearing, shown.question, shown.tally)
    note = None
    if shown.taken:
        note = i(t("These numbers change with every {n} people more.", n=least))
    elif shown.preliminary:
        note = i(t("Preliminary: what is still to be entered is missing."))
    return (head, *(e(result) for result in results), *((note,) if note else ()))


def _how(t: Translator, shown: QuestionInRoom) -> Html:
    if shown.question.kind is QuestionKind.STANCE:
        return i(t("Press your answer. Others here do not see it. It counts once you have agreed in a chat with me."))
    return i(t("Answer in a chat with me: press the button below."))


def _stances(languages: list[Translator], shown: QuestionInRoom) -> tuple[ButtonRow, ...]:
    if shown.question.kind is not QuestionKind.STANCE:
        return ()
    hearing, question = shown.hearing.id, shown.question
    buttons = []
    for stance, mark in names.STANCE_MARKS.items():
        words = " · ".join(names.own_stance(t, stance) for t in languages)
        press = presses.AnswerInRoom(hearing, question.no, stance, question.edition)
        buttons.append(Button(straight(f"{mark} {words}"), data=pack(press)))
    return in_rows(buttons)


def not_agreed(t: Translator) -> str:
    """The toast for who has not agreed: nothing is counted, and where to agree."""
    return t.p(
        "toast",
        "Not counted yet: first agree in a chat with me. Press “Open in Telegram” under the question.",
    )


def listing(t: Translator, found: AskableQuestions, *, page: int = 0) -> Screen:
    """The screen with the questions that can be asked in the municipality's rooms now, a page of them."""
    room = found.room
    asked = [(hearing, question) for hearing in found.hearings for question in hearing.dossier.questions]
    shown, page, last = item_page(asked, page, QUESTIONS_ON_A_PAGE)
    text = stacked(
        b(t("Ask a question in groups")),
        e(t("The question is posted, and people answer under it. Choose one:"))
        if asked
        else e(t("No hearing takes answers now.")),
    )
    buttons = (
        tap(t, _label(t, hearing, question), presses.AskInRooms(room.id, hearing.id, question.no))
        for hearing, question in shown
    )
    rows = with_buttons(
        *in_rows(buttons),
        paging(t, lambda number: presses.ListRoomQuestions(room.id, number), page=page, last=last),
        (back(t, presses.OpenRoom(room.id)),),
    )
    return Screen(text, rows)


def ask_choice(t: Translator, found: AskableQuestions, hearing_id: int, question_no: int) -> Screen:
    """The screen that asks whether to post a question in the municipality's rooms. Raises NotFound."""
    hearing = next((each for each in found.hearings if each.id == hearing_id), None)
    if hearing is None:
        raise NotFound("hearing", hearing_id)
    question = hearing.dossier.question(question_no)
    about = answers.short_about(t, hearing.dossier, question.about)
    stance = question.kind is QuestionKind.STANCE
    text = stacked(
        b(t("Ask this in “{title}” now?", title=room_title(found.room))),
        e(short(about, ASKED_LETTERS)) if about else None,
        e(short(answers.question_text(t, question), ASKED_LETTERS)),
        e(t("Other linked groups and channels get it too.")),
        i(t("People answer with three buttons under it."))
        if stance
        else i(t("This kind of question is answered in a chat with me: a button leads there.")),
    )
    sure = tap(t, t.p("button", "🗳 Ask"), presses.AskInRooms(found.room.id, hearing.id, question.no, sure=True))
    return Screen(text, ((sure,), (back(t, presses.ListRoomQuestions(found.room.id)),)))


def _label(t: Translator, hearing: Hearing, question: Question) -> str:
    about = answers.short_about(t, hearing.dossier, question.about)
    return short(f"{question.no}. {about or answers.question_text(t, question)}")
