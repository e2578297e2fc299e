"""Forms on paper, A4: cards for comments, the questions of a hearing, a list of who came; in one or two languages.

Words go to the templates as data, never as markup. Each form has the hearing's code and a QR code that leads to it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from bot.domain.comments import CommentKind
from bot.domain.exhaustive import exhaustive
from bot.domain.files import FormKind
from bot.domain.questions import AboutKind, QuestionKind
from bot.domain.values import dataclass
from bot.i18n import answers, names
from bot.reports.poster import drawing
from bot.reports.typesetting import leaves_out, printable, typeset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from zoneinfo import ZoneInfo

    from bot.domain.hearings import Hearing
    from bot.domain.languages import Text
    from bot.domain.places import Place
    from bot.domain.questions import Question
    from bot.i18n import Translator

    Translators = tuple[Translator, ...]

_CARD_TITLE_POINTS: Final = ((120, 12), (200, 10.5), (300, 9.5))
"""The size of a title on a card by its letters in all languages; a longer one is 8.5 points."""
_SHORT_OPTION: Final = 22
"""Letters of an option so that three stand in a row, or (twice as many) two."""
_HALF_OPTION: Final = 40


@dataclass(frozen=True, slots=True)
class FormText:
    """What a form is about; ``link`` is a deep link to the hearing, dates are on the wall clock of ``zone``."""

    hearing: Hearing
    municipality: Place
    link: str
    zone: ZoneInfo


def pdf(kind: FormKind, about: FormText, translators: Translators) -> bytes:
    """The form, the language of the first translator before that of the second. The same words, the same file."""
    data = _common(about, translators) | _DATA[kind](about, translators)
    words = json.dumps(printable(data), ensure_ascii=False, sort_keys=True)
    return typeset(f"{kind.value}.typ", {"data": words, "qr": drawing(about.link)}, format="pdf")


def has_left_out(kind: FormKind, about: FormText, translators: Translators) -> bool:
    """Whether signs such as emoji are left out of it."""
    return leaves_out(_common(about, translators) | _DATA[kind](about, translators))


def _common(about: FormText, translators: Translators) -> dict[str, Any]:
    parts = urlsplit(about.link)
    return {
        "languages": [t.language.partition("_")[0] for t in translators],
        "heading": _each(t(names.HEARING_KIND_HEADLINES[about.hearing.dossier.kind]) for t in translators),
        "titles": _text(about.hearing.dossier.title, translators),
        "municipality": _text(about.municipality.name, translators),
        "link": f"{parts.netloc}{parts.path}",
        "code": about.hearing.code,
        "village": _each(t("Village") for t in translators),
    }


def _cards(about: FormText, translators: Translators) -> dict[str, Any]:
    letters = sum(map(len, _text(about.hearing.dossier.title, translators)))
    return {
        "size": next((points for most, points in _CARD_TITLE_POINTS if letters <= most), 8.5),
        "asked": _each(t("What do you want to say about it?") for t in translators),
        "kinds": [_each(t(names.COMMENT_KIND_NAMES[kind]) for t in translators) for kind in CommentKind],
        "about": _each(t("What it is about") for t in translators),
        "voices": _each(t("How many have signed it") for t in translators),
        "name": _each(t("Name (for the minutes, if you wish)") for t in translators),
        "answer": _each(
            t("The commission writes the number here. By this number you find its answer. By phone: the square above.")
            for t in translators
        ),
    }


def _ballot(about: FormText, translators: Translators) -> dict[str, Any]:
    return {
        "name": _each(t("Your answers") for t in translators),
        "how": _each(
            t("Put a cross into the square. Your name is not needed. This is an opinion, and the council decides.")
            for t in translators
        ),
        "questions": [_question(about, question, translators) for question in about.hearing.dossier.questions],
    }


def _question(about: FormText, question: Question, translators: Translators) -> dict[str, Any]:
    dossier = about.hearing.dossier
    options = [_each(_option(t, question, no) for t in translators) for no in question.option_numbers]
    longest = max((len(words) for option in options for words in option), default=0)
    written = question.kind in (QuestionKind.RANK, QuestionKind.COINS)
    subject = _each(answers.about(t, dossier, question.about) for t in translators)
    return {
        "no": str(question.no),
        "about": subject if question.about.kind is not AboutKind.HEARING else [],
        "text": _each(_asked(t, question) for t in translators),
        "how": _each(_how(t, question) for t in translators),
        "options": options,
        "written": written,
        "row": len(options) == 3 and longest <= _SHORT_OPTION,
        "halves": len(options) > 3 and longest <= _HALF_OPTION - (12 if written else 0),
    }


def _asked(t: Translator, question: Question) -> str:
    """The question without a mark of its language: it stands beside the other."""
    return t.text(question.text).words if question.text else answers.question_text(t, question)


def _option(t: Translator, question: Question, no: int) -> str:
    return " ".join(answers.option_name(t, question, no).split())


def _how(t: Translator, question: Question) -> str:
    """How the question is answered; empty where everybody knows."""
    match question.kind:
        case QuestionKind.ONE:
            return t("Choose one.")
        case QuestionKind.SEVERAL if question.limit:
            return t.n("Choose at most {n}.", "Choose up to {n}.", question.limit)
        case QuestionKind.SEVERAL:
            return t("Choose as many as you like.")
        case QuestionKind.RANK:
            return t("Number them: 1 is what matters most to you.")
        case QuestionKind.COINS:
            return t("Share {n} among them: write how much each gets.", n=t.number(question.cap))
    return ""


def _attendance(about: FormText, translators: Translators) -> dict[str, Any]:
    words = {key: _each(said(t) for t in translators) for key, said in _ATTENDANCE_WORDS.items()}
    sittings = [
        _each(f"{t.moment(each.starts_at, about.zone)}, {t.text(each.place).words}".rstrip(", ") for t in translators)
        for each in about.hearing.dossier.sittings
    ]
    return {**words, "sittings": sittings or [[]]}


_ATTENDANCE_WORDS: Final[Mapping[str, Callable[[Translator], str]]] = {
    "name": lambda t: t("Attendance list"),
    "when": lambda t: t("When and where"),
    "person": lambda t: t.p("column", "Name"),
    "woman": lambda t: t.p("column", "Woman"),
    "man": lambda t: t.p("column", "Man"),
    "signature": lambda t: t.p("column", "Signature"),
    "women": lambda t: t("Women"),
    "men": lambda t: t("Men"),
    "people": lambda t: t.p("column", "People in all"),
}
_DATA: Final[Mapping[FormKind, Callable[[FormText, Translators], dict[str, Any]]]] = exhaustive(
    FormKind,
    {FormKind.CARDS: _cards, FormKind.BALLOT: _ballot, FormKind.ATTENDANCE: _attendance},
)


def _each(said: Iterable[str]) -> list[str]:
    """The words in each language, once where both say the same."""
    return list(dict.fromkeys(filter(None, said)))


def _text(text: Text, translators: Translators) -> list[str]:
    return _each(" ".join(t.text(text).words.split()) for t in translators)
