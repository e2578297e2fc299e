"""Uzbek in two scripts, against the pairs people wrote by hand and the rules of the orthography."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.uzbek import to_cyrillic, to_latin

PAIRS = [
    tuple(line.split("\t")) for line in Path(__file__).with_name("uzbek_pairs.tsv").read_text("utf-8").splitlines()
]


def test_every_pair_of_the_word_list_is_read() -> None:
    assert len(PAIRS) == 197


@pytest.mark.parametrize(("cyrillic", "latin"), PAIRS)
def test_the_word_list_reads_the_same_in_both_scripts(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("ер, поезия, съезд, объект", "yer, poyeziya, syezd, obyekt"),
        ("цирк, милиция, процент, концепция", "sirk, militsiya, protsent, konsepsiya"),
        ("Исҳоқ", "Isʼhoq"),
        ("мўъжиза", "moʻjiza"),
        ("6 сентябрь, октябрда", "6 sentabr, oktabrda"),
        ("Шаҳар ШАҲАР ЁШ Ёшлар МЧЖ", "Shahar SHAHAR YOSH Yoshlar MCHJ"),
        ("Юзма-юз", "Yuzma-yuz"),
        ("ая-яй: қуйи йўл", "aya-yay: quyi yoʻl"),
    ],
)
def test_the_rules_of_the_latin_orthography(cyrillic: str, latin: str) -> None:
    assert to_latin(cyrillic) == latin


def test_kyrgyz_and_russian_letters_in_a_name_find_a_latin_neighbour() -> None:
    assert to_latin("Өзгөн, Үч-Коргон, Жаңы-Жол, Щербаков, Ырыс") == "Oʻzgoʻn, Uch-Korgon, Jangi-Jol, Sherbakov, Iris"


def test_placeholders_tags_lines_and_blanks_stay_as_they_are() -> None:
    words = "<b>{name}</b>:  йўқ\n\n\t{n} та; https://example.org/uz?a=1"
    assert to_latin(words) == "<b>{name}</b>:  yoʻq\n\n\t{n} ta; https://example.org/uz?a=1"


@pytest.mark.parametrize("apostrophe", "'`´‘’ʻʼ")
def test_every_apostrophe_of_a_latin_keyboard_is_understood(apostrophe: str) -> None:
    words = f"So{apostrophe}rov, yo{apostrophe}l, tog{apostrophe}, e{apostrophe}lon"
    assert to_cyrillic(words) == "Сўров, йўл, тоғ, эълон"


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("yer, obyekt, poeziya", "ер, объект, поэзия"),
        ("aksiya, funksiya, komissiya, pensiya", "акция, функция, комиссия, пенсия"),
        ("SHAHAR, Shahar, YOSHLAR", "ШАҲАР, Шаҳар, ЁШЛАР"),
        ("'salom'", "'салом'"),
        ("XXI asr, II bosqich", "XXI аср, II босқич"),
        ("Sayt: https://osh.kg/yangi va @hearing_bot, /start", "Сайт: https://osh.kg/yangi ва @hearing_bot, /start"),
        ("Excel va PDF", "Excel ва PDF"),
        ("{name} <b>soʻz</b>", "{name} <b>сўз</b>"),
    ],
)
def test_latin_is_read_into_cyrillic(latin: str, cyrillic: str) -> None:
    assert to_cyrillic(latin) == cyrillic


@given(st.text())
def test_any_text_survives_both_ways_without_an_error(words: str) -> None:
    latin = to_latin(words)
    assert not set(latin) & set("абвгдеёжзийклмнопрстуфхцчшщъыьэюяўқғҳ")
    assert to_latin(latin) == latin
    to_cyrillic(words)
