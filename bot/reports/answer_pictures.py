"""How people answered, as a picture for a chat: one question, or as many of a hearing as can be read on a phone.

It is at most 4 wide to 5 high. ``lines`` say the same numbers in words, for the text under it. The
same words and numbers make the very same picture, which is why a key can name it for ever.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from bot.domain.questions import QuestionKind
from bot.domain.values import dataclass
from bot.reports import answer_bars
from bot.reports.typesetting import look_of, printable
from bot.reports.typesetting import picture as drawn

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.domain.hearings import Hearing
    from bot.domain.languages import Text
    from bot.domain.questions import Question
    from bot.domain.tallies import Tally
    from bot.i18n import Translator

_ANSWERS_TEMPLATE: Final = "answers.typ"
QUESTIONS_ON_A_PICTURE: Final = 6
TITLE_LETTERS: Final = 110
WORDS_OF_ONE: Final = 160
WORDS_OF_MANY: Final = 64
LETTERS_BESIDE: Final = 600
"""Of the words under a picture, which has other words too; Telegram takes 1,024."""
OPTION_LETTERS: Final = 44
OPTIONS_OF_ONE: Final = 7
OPTIONS_OF_MANY: Final = 2


@dataclass(frozen=True, slots=True)
class AnswerPicture:
    """What is drawn: the tallies of a hearing by question number, as the reader may know them; ``place`` is its name.

    ``moving``: answers are taken, so the numbers come in steps; ``preliminary``: more is still to be entered.
    """

    hearing: Hearing
    place: Text
    tallies: Mapping[int, Tally]
    moving: bool = False
    preliminary: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """Those that are drawn."""
        found = [each for each in self.hearing.dossier.questions if each.no in self.tallies]
        return tuple(found[:QUESTIONS_ON_A_PICTURE])


def png(picture: AnswerPicture, t: Translator) -> bytes:
    """PNG, at most 4 to 5 and ``LARGEST_PICTURE`` bytes."""
    return drawn(_ANSWERS_TEMPLATE, {"data": _json(picture, t)})


def key(picture: AnswerPicture, t: Translator) -> str:
    """A name for the picture: the same for the same pixels, another as soon as a word, number or font changes."""
    digest = hashlib.sha256(_json(picture, t).encode() + look_of(_ANSWERS_TEMPLATE, "bars.typ"))
    return f"answers-{picture.hearing.id}-{t.language}-{digest.hexdigest()[:20]}"


def lines(picture: AnswerPicture, t: Translator) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each question on the picture, with its people and answers, in words."""
    for asked in _data(picture, t)["questions"]:
        bars = tuple(f"{bar['words']}: {bar['said']}" for bar in asked["bars"])
        head = " ".join(filter(None, (asked["about"], asked["words"])))
        yield head, (asked["people"], *bars, *filter(None, (asked["others"],)))


def words(picture: AnswerPicture, t: Translator) -> str:
    """The same in one text; of many questions as many as ``LETTERS_BESIDE`` allow, in their order."""
    said = ""
    for head, rows in lines(picture, t):
        longer = "\n".join((*filter(None, (said,)), head, *rows, ""))
        if len(longer) > LETTERS_BESIDE:
            break
        said = longer
    return "\n".join(filter(None, (said.strip(), _remark(picture, t))))


def _json(picture: AnswerPicture, t: Translator) -> str:
    return json.dumps(printable(_data(picture, t)), ensure_ascii=False, sort_keys=True)


def _data(picture: AnswerPicture, t: Translator) -> dict[str, Any]:
    shown = picture.questions
    return {
        "language": t.language.partition("_")[0],
        "title": t("What people answered"),
        "subtitle": cut(t.marked(picture.hearing.dossier.title), TITLE_LETTERS),
        "place": t.place(picture.place),
        "questions": [_question(picture, question, t, alone=len(shown) == 1) for question in shown],
        "remark": _remark(picture, t),
    }


def _remark(picture: AnswerPicture, t: Translator) -> str:
    if picture.moving:
        return t("Answers are still being taken: these numbers will change.")
    return t("Preliminary: what is still to be entered is missing.") if picture.preliminary else ""


def _question(picture: AnswerPicture, question: Question, t: Translator, *, alone: bool) -> dict[str, Any]:
    tally = picture.tallies[question.no]
    about, words = answer_bars.asked(t, picture.hearing, question)
    letters = WORDS_OF_ONE if alone else WORDS_OF_MANY
    bars = answer_bars.bars(t, picture.hearing, question, tally)
    most = len(bars) if question.kind is QuestionKind.STANCE else OPTIONS_OF_ONE if alone else OPTIONS_OF_MANY
    left_out = len(bars) - most
    named = alone or not about
    return {
        "about": cut(f"{question.no}. {about}".strip(), letters),
        "words": cut(words, letters) if named else "",
        "stance": question.kind is QuestionKind.STANCE,
        "bars": [{**bar.data, "words": cut(bar.words, OPTION_LETTERS)} for bar in bars[:most]],
        "people": t.n("{n} person has answered", "{n} people have answered", tally.voters),
        "unit": answer_bars.unit(t, question) if alone else "",
        "others": t("Other answers: {n}", n=t.number(left_out)) if left_out > 0 else "",
    }


def cut(words: str, most: int) -> str:
    """The words on one line, of more than so many letters the first whole ones with an ellipsis."""
    line = " ".join(words.split())
    if len(line) <= most:
        return line
    begun = line[: most - 1]
    whole, _, rest = begun.rpartition(" ")
    return f"{(whole if whole and len(rest) < most // 3 else begun).rstrip(' ,;:.-–—(«“')}…"
