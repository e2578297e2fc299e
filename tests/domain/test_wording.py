"""What a corrected spelling is, and what says something else."""

from __future__ import annotations

from itertools import product

import pytest

from bot.domain.languages import Text
from bot.domain.wording import added_languages, changed, is_same


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Мектептин чатырын оңдоо", "Мектептин чатырын ондоо"),
        ("Ремонт крыши школы", "ремонт  крыши школы."),
        ("Ремонт крыщи школы", "Ремонт крыши школы"),
        ("Ички жолдор", "Ичкижолдор"),
        ("1 200 000 сом", "1200000 сом"),
        ("Street lihgting", "Street lighting"),
        ("«Суу» долбоору", '"Суу" долбоору'),
        ("", ""),
    ],
)
def test_spelling_leaves_the_meaning(old: str, new: str) -> None:
    assert is_same(old, new)
    assert is_same(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Мектептин чатыры", "Мэрге эстелик"),
        ("School roof", "A monument to the mayor"),
        ("Жолду оңдоо", "Жолду оңдобоо"),
        ("Дорога не строится", "Дорога строится"),
        ("Законный сбор", "Незаконный сбор"),
        ("12 км дорог", "13 км дорог"),
        ("1,5 млн", "15 млн"),
        ("10 %", "10"),
        ("3 жол жана 5 көпүрө", "5 жол жана 3 көпүрө"),
        ("Суу", "Сүт"),
        ("мост", "пост"),
        ("Мектеп жана бала бакча", "Бала бакча жана мектеп"),
        ("Ремонт школы", "Ремонт школы и дома мэра"),
        ("Колдойм", "Колдобойм"),
        ("жакшыртылат", "жакшыртылбайт"),
        ("", "Эстелик"),
    ],
)
def test_other_words_and_numbers_change_the_meaning(old: str, new: str) -> None:
    assert not is_same(old, new)
    assert not is_same(new, old)


def _slips(word: str) -> set[str]:
    """What one slip behind the first letter makes of a word."""
    slips = {word[:at] + word[at + 1 :] for at in range(1, len(word))}
    slips |= {
        word[:at] + letter + word[end:] for at in range(1, len(word) + 1) for end in (at, at + 1) for letter in "аб"
    }
    return slips | {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1)}


def test_one_slip_is_a_misspelling_and_two_are_another_word() -> None:
    words = [f"а{''.join(rest)}" for length in (4, 5) for rest in product("аб", repeat=length)]
    for word in words:
        assert {other for other in words if is_same(word, other)} == {word, *_slips(word)} & set(words)


def test_many_misspelt_words_are_other_words() -> None:
    assert not is_same("абвгд абвгд абвгд", "абвгж абвгж абвгж")


def test_each_language_that_both_have_is_compared() -> None:
    old = Text({"ky": "Мектеп", "ru": "Школа"})
    assert changed(old, Text({"ky": "Мектеп", "ru": "Памятник"})) == ("Школа", "Памятник")
    assert changed(old, old) is None
    assert changed(Text(), Text()) is None
    assert changed(Text(), old) == ("", "Мектеп")
    assert changed(old, Text()) == ("Мектеп", "")


def test_a_language_that_is_gone_was_read_and_one_that_is_added_was_not() -> None:
    both = Text({"ky": "Мектеп", "ru": "Школа"})
    assert changed(both, Text({"ky": "Мектеп"})) == ("Школа", "Мектеп")
    assert changed(both, Text({"uz": "Maktab"})) == ("Мектеп", "Maktab")
    assert changed(Text({"ky": "Мектеп"}), both) is None
    assert added_languages(Text({"ky": "Мектеп"}), both) == ("ru",)
