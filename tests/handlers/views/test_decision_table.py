"""What is said of a table of decisions that came back fits one message, in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.decision_table.faults import TableCode
from bot.decision_table.reader import ReturnedTable
from bot.domain.comments import Decision, Outcome
from bot.domain.decision_table import ReturnedDecision, RowKey, TableComparison
from bot.domain.languages import LANGUAGES
from bot.services.decision_tables import TableView
from bot.spreadsheets.faults import Fault
from handlers.views import decision_table as views
from tests.handlers.views.screens import CATALOGUES, labels_of, text_of
from tests.samples import dossier

if TYPE_CHECKING:
    from handlers.views.screen import Screen


class Hearing:
    """As much of a hearing as its title needs."""

    id = 1
    dossier = dossier()


def rows(count: int) -> tuple[ReturnedDecision, ...]:
    decision = Decision(Outcome.PARTLY, "а" * 2_000)
    return tuple(ReturnedDecision(RowKey(1, number, 0, "0a0b0c0d"), decision) for number in range(1, count + 1))


def fits(screen: Screen) -> bool:
    return len(text_of(screen)) <= 4096 and all(len(label) <= 34 for label in labels_of(screen))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thousand_conflicts_and_a_thousand_faults_fit(language: str) -> None:
    t = CATALOGUES[language]
    hearing: Any = Hearing()
    view = TableView(hearing, TableComparison(rows(1_000), rows(1_000), rows(9), rows(1_000)), {}, id=123_456)
    codes = [code for code in TableCode if code not in {TableCode.NO_REASON, TableCode.NO_DECISION}]
    values = {"number": 7, "value": "а" * 90, "cell": "B7", "day": "06.12.2026"}
    wrong = tuple(Fault(codes[n % len(codes)], f"Барак {n}", f"B{n}", values=values) for n in range(1_000))
    faults = views.faults(t, ReturnedTable(1, faults=wrong))
    for screen in (views.preview(t, view), views.applied(t, view), faults):
        assert fits(screen)
