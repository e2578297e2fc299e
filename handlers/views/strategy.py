"""The draft strategy: its services as a list, and each on a page of its own with the question about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.questions import About, AboutKind, QuestionKind
from bot.i18n import shown_hearings
from handlers import presses
from handlers.views.asked_about import money_and_time
from handlers.views.buttons import back, comment_on, home, paging, told_apart, way_back
from handlers.views.pages import beginning, text_page, units
from handlers.views.screen import (
    Button,
    ButtonRow,
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
from handlers.views.voting import stance_rows

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.programme import Service
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.services.ballots import Ballot

SERVICE_TEXT_FOLDS_FROM: Final = 350
"""Characters from which a text of a service folds."""
ACTIONS_IN_A_PART: Final = 4
"""Actions that stay together on one page."""
PAGE_OF_SERVICE: Final = 1
"""What a stance carries as its ``page`` when it is given on the page of a service: the answer is shown there."""
LIST_UNITS: Final = ((300, 140), (160, 0), (60, 0))
"""Units of a title and of an indicator in the list of services, the most that fits."""
LONGEST_LIST_UNITS: Final = 3_200
LINES_OF_A_SERVICE: Final = 3
"""Lines of the budget that the page of a service names; what is left stands together."""
LINE_UNITS: Final = 160
"""Units of a line's title there."""
PAGE_FROM_QUESTION: Final = 2
"""The same on a page that was opened from the question, to which its way back leads."""


def strategy(t: Translator, hearing: Hearing, *, question: int = 0) -> Screen:
    """The screen with the priority services of the draft, in brief what each is about: a button may cut its title."""
    text = stacked(
        b(t("Draft strategy: priority services")),
        e(""),
        *_in_brief(t, hearing.dossier),
        e(""),
        e(t("Open a service to read it and say what you think.")),
    )
    services = in_rows(_open(t, hearing, service, question) for service in hearing.dossier.services)
    asked = next((one for one in hearing.dossier.questions if one.about.kind is AboutKind.STRATEGY), None)
    rows = with_buttons(
        *services,
        (tap(t, t.p("button", "🗳 On the whole strategy"), presses.OpenQuestion(hearing.id, asked.no)),)
        if asked and not question
        else (),
        (back(t, way_back(hearing.id, question, presses.OpenReading(hearing.id))), home(t, hearing.municipality_id)),
    )
    return Screen(text, rows)


def stance_on(dossier: Dossier, service: Service) -> Question | None:
    """The stance question about a service, if the hearing asks one."""
    about = About(AboutKind.SERVICE, service.no)
    return next((one for one in dossier.questions if one.about == about and one.kind is QuestionKind.STANCE), None)


def service_page(
    t: Translator, hearing: Hearing, service: Service, ballot: Ballot | None, *, page: int = 0, question: int = 0
) -> Screen:
    """The screen with one service: problem, goal, indicator, target and actions, a page of them; below it the stance.

    ``ballot`` is of the question about it, None where none is asked. With ``question`` its way back leads there.
    """
    stances = PAGE_FROM_QUESTION if question else PAGE_OF_SERVICE
    parts = (
        b(f"{service.no}. {t.marked(service.title)}"),
        _part(t("❗️ The problem today"), t.marked(service.problem)),
        _part(t("🎯 The goal"), t.marked(service.goal)),
        _indicator(t, service),
        *_actions(t, hearing, service),
        _in_the_budget(t, hearing.dossier, service),
        i(t("Your answer can be changed until closing.")) if ballot and ballot.taken else None,
    )
    text, page, last = text_page([part for part in parts if part is not None], page)
    rows = with_buttons(
        paging(t, lambda number: presses.ReadService(hearing.id, service.no, number, question), page=page, last=last),
        *(stance_rows(t, ballot, page=stances) if ballot else _asked(t, hearing, service, question)),
        *_budget_lines(t, hearing, service, question),
        (comment_on(t, hearing.id, About(AboutKind.SERVICE, service.no)),),
        _other_services(t, hearing, service, question),
        (back(t, way_back(hearing.id, question, presses.ReadStrategy(hearing.id))), home(t, hearing.municipality_id)),
    )
    return Screen(text, rows)


def _in_brief(t: Translator, dossier: Dossier) -> tuple[Html, ...]:
    """Each service by its title, its indicator, money and time; where they are many, by as much as fits."""
    for title, indicator in LIST_UNITS:
        listed = tuple(_listed(t, dossier, service, title, indicator) for service in dossier.services)
        if units(stacked(*listed)) <= LONGEST_LIST_UNITS:
            return listed
    return ()


def _listed(t: Translator, dossier: Dossier, service: Service, title: int, indicator: int) -> Html:
    named = f"{service.no}. {beginning(t.marked(service.title), title)}"
    facts = money_and_time(t, dossier, service) if indicator else ""
    measured = beginning(" ".join(_measured(t, service).split()), indicator) if indicator else ""
    return stacked(b(named), *(e(words) for words in (measured and f"📏 {measured}", facts) if words))


def _measured(t: Translator, service: Service) -> str:
    """The indicator with its value now and the target; empty where the service has none."""
    if not service.indicator:
        return ""
    now, target = t.text(service.baseline).words, t.text(service.target).words
    values = f": {now} → {target}" if now and target else ""
    return f"{t.text(service.indicator).words}{values}"


def _open(t: Translator, hearing: Hearing, service: Service, question: int) -> Button:
    label = short(f"{service.no}. {t.text(service.title).words}")
    return tap(t, label, presses.ReadService(hearing.id, service.no, 0, question))


def _asked(t: Translator, hearing: Hearing, service: Service, question: int) -> tuple[ButtonRow, ...]:
    """The way to a question of another kind about the service; none where one comes from it."""
    about = About(AboutKind.SERVICE, service.no)
    asked = next((one for one in hearing.dossier.questions if one.about == about), None)
    if asked is None or question:
        return ()
    return ((tap(t, t.p("button", "🗳 What do you think?"), presses.OpenQuestion(hearing.id, asked.no)),),)


def _in_the_budget(t: Translator, dossier: Dossier, service: Service) -> Html | None:
    """Which lines of the budget pay for the service, the largest first; None where none is known to."""
    lines = dossier.budget.for_service(service.no) if dossier.budget else ()
    if not lines:
        return None
    named = [
        f"• {beginning(t.text(line.title).words, LINE_UNITS)}: {t.round_money(line.amount, dossier.unit)}"
        for line in lines[:LINES_OF_A_SERVICE]
    ]
    if rest := sum(line.amount for line in lines[LINES_OF_A_SERVICE:]):
        named.append(t("• the rest: {money}", money=t.round_money(rest, dossier.unit)))
    return stacked(e(""), b(t("💰 In the budget")), e("\n".join(named)))


def _budget_lines(t: Translator, hearing: Hearing, service: Service, question: int) -> tuple[ButtonRow, ...]:
    """The ways to the lines of the budget that pay for the service; none where one comes from its question."""
    budget = hearing.dossier.budget
    lines = budget.for_service(service.no)[:LINES_OF_A_SERVICE] if budget and not question else ()
    labels = told_apart([f"💰 {t.text(line.title).words}" for line in lines])
    opens = (presses.ReadBudgetLine(hearing.id, line.no) for line in lines)
    return in_rows(tap(t, label, press) for label, press in zip(labels, opens, strict=True))


def _other_services(t: Translator, hearing: Hearing, service: Service, question: int) -> ButtonRow:
    """The ways to the services before and after this one."""
    numbers = [other.no for other in hearing.dossier.services]
    place = numbers.index(service.no)
    others = []
    if place > 0:
        before = numbers[place - 1]
        others.append(
            tap(t, t.p("button", "⏮ Service {no}", no=before), presses.ReadService(hearing.id, before, 0, question))
        )
    if place + 1 < len(numbers):
        after = numbers[place + 1]
        others.append(
            tap(t, t.p("button", "Service {no} ⏭", no=after), presses.ReadService(hearing.id, after, 0, question))
        )
    return tuple(others)


def _part(heading: str, body: str) -> Html | None:
    if not body:
        return None
    return stacked(e(""), b(heading), fold(e(body)) if len(body) > SERVICE_TEXT_FOLDS_FROM else e(body))


def _indicator(t: Translator, service: Service) -> Html | None:
    aim = shown_hearings.target(t, service)
    return stacked(e(""), b(t("📏 How it is measured")), e(aim)) if aim else None


def _actions(t: Translator, hearing: Hearing, service: Service) -> tuple[Html, ...]:
    """What will be done, in parts that stay together, and what it costs."""
    if not service.actions:
        return ()
    listed = [f"• {shown_hearings.action(t, each, hearing.dossier.unit)}" for each in service.actions]
    long = sum(map(len, listed)) > SERVICE_TEXT_FOLDS_FROM
    starts = range(0, len(listed), ACTIONS_IN_A_PART)
    parts = [e("\n".join(listed[start : start + ACTIONS_IN_A_PART])) for start in starts]
    cost = service.cost
    total = (e(t("In all: {money}", money=t.round_money(cost, hearing.dossier.unit))),) if cost is not None else ()
    return (
        stacked(e(""), b(t("🛠 What will be done"))),
        *(fold(part) if long else part for part in parts),
        *total,
    )
