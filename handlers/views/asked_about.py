"""What a question is about, in two lines beside it, and the way to read all of it and come back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.questions import AboutKind
from handlers import presses
from handlers.views.budget import draft_sum, shares, sum_before
from handlers.views.pages import beginning
from handlers.views.screen import ButtonRow, Html, e, i, stacked, tap

if TYPE_CHECKING:
    from bot.domain.hearings import Dossier, Hearing
    from bot.domain.programme import Service
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from handlers.presses import Press

PROBLEM_UNITS: Final = 110
GOAL_UNITS: Final = 110
"""Of each so much that both stand in two or three rows of a phone."""


def in_two_lines(t: Translator, dossier: Dossier, question: Question) -> Html | None:
    """What the question is about: of a service the problem and the goal, the money and until when."""
    about = question.about
    match about.kind:
        case AboutKind.SERVICE:
            return _service(t, dossier, dossier.service(about.no))
        case AboutKind.BUDGET if dossier.budget:
            return shares(t, dossier.budget)
        case AboutKind.LINE:
            line = dossier.line(about.no)
            before = (
                e(sum_before(t, dossier, t.money(line.last_year, dossier.unit))) if line.last_year is not None else None
            )
            return stacked(e(draft_sum(t, dossier, line.amount)), before)
        case AboutKind.STRATEGY if dossier.services:
            return _strategy(t, dossier)
    return None


def reading(t: Translator, hearing: Hearing, question: Question) -> ButtonRow:
    """The way to read what the question is about, from where one comes back to it; none for the hearing as a whole."""
    about, dossier = question.about, hearing.dossier
    opens: Press
    match about.kind:
        case AboutKind.SERVICE:
            label, opens = t.p("button", "📖 Read the plan"), presses.ReadService(hearing.id, about.no, 0, question.no)
        case AboutKind.STRATEGY if dossier.services:
            label, opens = t.p("button", "📖 Read the strategy"), presses.ReadStrategy(hearing.id, question.no)
        case AboutKind.BUDGET if dossier.budget:
            label, opens = t.p("button", "📖 Read the budget"), presses.ReadBudget(hearing.id, question.no)
        case AboutKind.LINE:
            label, opens = t.p("button", "📖 Read about it"), presses.ReadBudgetLine(hearing.id, about.no, question.no)
        case AboutKind.AGENDA:
            label, opens = t.p("button", "📖 Read the agenda"), presses.ReadAgenda(hearing.id, 0, question.no)
        case _:
            return ()
    return (tap(t, label, opens),)


def _service(t: Translator, dossier: Dossier, service: Service) -> Html | None:
    problem, goal = (" ".join(t.text(words).words.split()) for words in (service.problem, service.goal))
    way = " → ".join(beginning(words, most) for words, most in ((problem, PROBLEM_UNITS), (goal, GOAL_UNITS)) if words)
    facts = money_and_time(t, dossier, service)
    lines = ([i(way)] if way else []) + ([e(facts)] if facts else [])
    return stacked(*lines) if lines else None


def money_and_time(t: Translator, dossier: Dossier, service: Service) -> str:
    """What a service costs, and until when its goal is reached; empty where neither is known."""
    until = t.text(service.target_date).words
    facts = [f"💰 {t.round_money(service.cost, dossier.unit)}"] if service.cost is not None else []
    return " · ".join(facts + ([f"📅 {t.p('deadline', 'by {when}', when=until)}"] if until else []))


def _strategy(t: Translator, dossier: Dossier) -> Html:
    count = t.n("{n} plan", "{n} plans", len(dossier.services))
    costs = [service.cost for service in dossier.services if service.cost is not None]
    return e(f"{count} · 💰 {t.round_money(sum(costs), dossier.unit)}" if costs else count)
