"""A fault is put into words by tables that are handed in; what a file says is quoted inert and short."""

from __future__ import annotations

from enum import StrEnum

import pytest

from bot.domain.programme import Unit
from bot.i18n import Catalogues, Translator
from bot.spreadsheets.faults import SPREADSHEET_SENTENCES, Amount, Choices, Code, Fault, Label, quoted, sentence

ENGLISH = Catalogues({})["en"]


def _trees(_: Translator) -> dict[str, str]:
    return {"apple": "apple tree", "pear": "pear tree"}


LABELS = {"tree": _trees}


class TreeCode(StrEnum):
    DRY = "dry"


def test_every_code_of_any_spreadsheet_has_a_sentence() -> None:
    assert set(Code) == set(SPREADSHEET_SENTENCES)


def test_facts_inside_a_fault_are_said_with_the_labels_of_the_caller() -> None:
    choice = Fault(Code.NOT_CHOICE, "Trees", "A2", values={"value": "x", "choices": Choices("tree")})
    assert sentence(choice, ENGLISH, labels=LABELS) == (
        "Trees!A2: “x” is not known here. Choose one of: apple tree, pear tree."
    )
    empty = Fault(Code.EMPTY, "Trees", "A2", values={"name": Label("tree", "pear")})
    assert sentence(empty, ENGLISH, labels=LABELS) == "Trees!A2: “pear tree” is empty. Fill it in."


def test_a_caller_adds_codes_and_sentences_of_its_own() -> None:
    dry = Fault(TreeCode.DRY, "Trees", values={"cost": Amount(125_000_000, Unit.THOUSAND)})
    said = sentence(
        dry, ENGLISH, labels=LABELS, sentences={**SPREADSHEET_SENTENCES, TreeCode.DRY: "Water costs {cost}."}
    )
    assert said.replace("\N{NO-BREAK SPACE}", " ") == "Trees: Water costs 1 250 thousand som."
    with pytest.raises(KeyError):
        sentence(dry, ENGLISH, labels=LABELS)


def test_a_fault_says_where_it_is() -> None:
    wrong = {"value": "5 m"}
    cases = [
        (Fault(Code.NOT_NUMBER, "Trees", "B3", values=wrong), "Trees!B3: "),
        (Fault(Code.NOT_NUMBER, "Trees", values=wrong), "Trees: "),
        (Fault(Code.NOT_NUMBER, cell="height", csv_line=3, values=wrong), "Line 3, height: "),
        (Fault(Code.NOT_NUMBER, csv_line=3, values=wrong), "Line 3: "),
        (Fault(Code.NOT_NUMBER, values=wrong), ""),
    ]
    for fault, where in cases:
        assert sentence(fault, ENGLISH, labels={}) == f"{where}“5 m” is not a number. Write it in figures alone."


def test_what_a_file_says_is_quoted_on_one_line_inert_and_short() -> None:
    assert quoted("\u202eкод\u200b\n\x07<b>") == "код <b>"
    assert quoted("а" * 500) == "а" * 59 + "…"
    assert sentence(Fault(Code.NO_COLUMN, "Лист\n\u202e1", values={"name": "{value}"}), ENGLISH, labels={}) == (
        "Лист 1: The column “{value}” is missing."
    )
