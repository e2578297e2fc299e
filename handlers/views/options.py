"""The options of a question: on pages where they are many or long, with numbers where a button would cut one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.questions import QuestionKind
from bot.domain.values import dataclass
from bot.i18n import answers
from handlers import presses
from handlers.views.buttons import chosen_mark
from handlers.views.pages import units
from handlers.views.screen import LETTERS_ON_A_BUTTON, Button, ButtonRow, Html, e, in_rows, short, stacked, tap

if TYPE_CHECKING:
    from bot.domain.questions import Answer, Question
    from bot.i18n import Translator
    from bot.services.ballots import Ballot

WHOLE_OPTION_LETTERS: Final = 24
"""Letters of an option that every phone shows in full on a button, with its mark or its coins."""
OPTIONS_ON_ONE_PAGE: Final = 20
"""So many options need no pages, if their words fit."""
OPTIONS_ON_A_PAGE: Final = 8
OPTIONS_PAGE_UNITS: Final = 2_200
"""Units of the options' words on a screen, marks included."""


@dataclass(frozen=True, slots=True)
class OptionPage:
    """The options that a screen shows, by number, and which page of how many it is; pages are numbered from 0."""

    options: tuple[int, ...]
    page: int
    pages: tuple[tuple[int, ...], ...]
    numbered: bool

    @property
    def is_part(self) -> bool:
        """Whether there are other pages."""
        return len(self.pages) > 1


def option_page(t: Translator, question: Question, *, page: int = 0, option: int = 0) -> OptionPage:
    """That page, within bounds; with ``option`` the page that has it."""
    names = {number: answers.option_name(t, question, number) for number in question.option_numbers}
    pages = _pages({number: units(e(name)) + 2 for number, name in names.items()})
    found = next((at for at, numbers in enumerate(pages) if option in numbers), page)
    at = max(0, min(found, len(pages) - 1))
    numbered = len(pages) > 1 or any(len(name) > WHOLE_OPTION_LETTERS for name in names.values())
    if question.kind is QuestionKind.COINS:  # their names stand in the text alone
        numbered = True
    return OptionPage(pages[at], at, pages, numbered and question.kind is not QuestionKind.STANCE)


def _pages(lengths: dict[int, int]) -> tuple[tuple[int, ...], ...]:
    if len(lengths) <= OPTIONS_ON_ONE_PAGE and sum(lengths.values()) <= OPTIONS_PAGE_UNITS:
        return (tuple(lengths),)
    pages: list[list[int]] = [[]]
    left = OPTIONS_PAGE_UNITS
    for number, length in lengths.items():
        if pages[-1] and (len(pages[-1]) == OPTIONS_ON_A_PAGE or length > left):
            pages.append([])
            left = OPTIONS_PAGE_UNITS
        pages[-1].append(number)
        left -= length
    return tuple(map(tuple, pages))


def whole_options(t: Translator, shown: Ballot, page: OptionPage) -> Html | None:
    """The page's options in full, with their numbers, where a button would cut one of them."""
    if not page.numbered:
        return None
    names = ((option, answers.option_name(t, shown.question, option)) for option in page.options)
    return stacked(e(""), *(e(f"{option}. {name}{_given(t, shown, option)}") for option, name in names))


def _given(t: Translator, shown: Ballot, option: int) -> str:
    """The coins that an option has, after its name."""
    if shown.question.kind is not QuestionKind.COINS:
        return ""
    return f": {answers.coins(t, shown.hearing, shown.question, (shown.answer or {}).get(option, 0))}"


def left_to_share(question: Question, answer: Answer | None) -> int:
    """The coins that no option has yet."""
    return question.cap - sum((answer or {}).values())


def which_options(t: Translator, shown: Ballot, page: OptionPage) -> Html | None:
    """Which of the options are on this page, where there are others."""
    if not page.is_part:
        return None
    first, last, total = page.options[0], page.options[-1], len(shown.question.options)
    return e(t("Options {first} to {last} of {total}", first=first, last=last, total=total))


def turning_options(t: Translator, shown: Ballot, page: OptionPage) -> ButtonRow:
    """The ways to the options before and after; a button says which those are."""

    def way(at: int, label: str) -> ButtonRow:
        if not 0 <= at < len(page.pages):
            return ()
        span = f"{page.pages[at][0]}–{page.pages[at][-1]}"
        return (tap(t, label.format(span), presses.OpenQuestion(shown.hearing.id, shown.question.no, at)),)

    return (*way(page.page - 1, "◀️ {}"), *way(page.page + 1, "{} ▶️"))


def option_rows(t: Translator, shown: Ballot, page: OptionPage) -> tuple[ButtonRow, ...]:
    """The buttons of the page's options, the chosen ones marked."""
    if shown.question.kind is QuestionKind.COINS:
        return tuple(_coins(t, shown, option) for option in page.options)
    return in_rows(_button(t, shown, page, option) for option in page.options)


def _button(t: Translator, shown: Ballot, page: OptionPage, option: int) -> Button:
    hearing, question, edition = shown.hearing.id, shown.question.no, shown.question.edition
    own = shown.answer or {}
    press: presses.Press
    match shown.question.kind:
        case QuestionKind.SEVERAL:
            mark = chosen_mark(on=option in own)
            press = presses.MarkOption(hearing, question, option, option not in own, edition)
        case QuestionKind.RANK:
            place = own.get(option, 0)
            mark = f"{chosen_mark(on=True)} {place} ·" if place else chosen_mark(on=False)
            press = presses.RankOption(hearing, question, option, 0 if place else len(own) + 1, edition)
        case _:
            mark = chosen_mark(on=option in own)
            press = presses.ChooseOption(hearing, question, option, edition=edition)
    return tap(t, short(f"{mark} {_name(t, shown.question, page, option)}", LETTERS_ON_A_BUTTON), press)


def _name(t: Translator, question: Question, page: OptionPage, option: int) -> str:
    name = answers.option_name(t, question, option)
    return f"{option}. {name}" if page.numbered else name


def _coins(t: Translator, shown: Ballot, option: int) -> ButtonRow:
    """One row of an option: it takes coins away and gives some; it is there whatever the option has, so none jumps."""
    question, own = shown.question, shown.answer or {}
    has = own.get(option, 0)
    more, less = has + min(question.step, left_to_share(question, own)), max(0, has - question.step)

    def give(value: int) -> presses.GiveCoins:
        return presses.GiveCoins(shown.hearing.id, question.no, option, value, question.edition)

    return tap(t, f"{option} −", give(less)), tap(t, f"{option} +", give(more))


def own_by_number(t: Translator, shown: Ballot) -> str:
    """One's own answer by the numbers of its options, where their words would fill the screen."""
    question, own = shown.question, shown.answer or {}
    if question.kind is QuestionKind.COINS:
        return "\n".join(f"{o}. {answers.coins(t, shown.hearing, question, n)}" for o, n in sorted(own.items()))
    ordered = sorted(own, key=lambda option: own[option] if question.kind is QuestionKind.RANK else option)
    return " · ".join(f"№{option}" for option in ordered)
