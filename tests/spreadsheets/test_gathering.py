"""A file with hundreds of faults is a short list: one sentence for each cause, with the cells."""

from __future__ import annotations

from bot.i18n import Catalogues
from bot.spreadsheets.faults import Code, Fault
from bot.spreadsheets.gathering import gathered, sentences

T = Catalogues({})["en"]


def _long(cell: str, length: int = 231) -> Fault:
    return Fault(Code.TOO_LONG, "Budget", cell, values={"length": length, "limit": 200})


def test_48_names_that_are_too_long_are_one_sentence() -> None:
    (said,) = sentences([_long(f"C{n}") for n in range(12, 60)], T, labels={})
    assert said == (
        "Budget!C12: The text has 231 characters, at most 200 fit the screen of a phone. "
        "Likewise: C13, C14, C15, C16, C17 and 42 more."
    )


def test_three_are_named_and_two_keep_their_own_words() -> None:
    assert sentences([_long("C2"), _long("C4"), _long("C9")], T, labels={})[0].endswith("Likewise: C4, C9.")
    assert len(sentences([_long("C2"), _long("C4", 300)], T, labels={})) == 2


def test_other_columns_other_causes_and_whole_sheets_stay_apart() -> None:
    sheets = [Fault(Code.HIDDEN_SHEET, f"Sheet {n}") for n in range(4)]
    causes = [Fault(Code.NOT_NUMBER, "Budget", f"C{n}", values={"value": "x"}) for n in range(3)]
    columns = [_long(f"C{n}") for n in range(3)] + [_long(f"CC{n}") for n in range(3)]
    assert [len(group) for group in gathered([*sheets, *causes, *columns])] == [1, 1, 1, 1, 3, 3, 3]
