"""Sentences, plurals, foreign texts, and values that try to be templates."""

import gettext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.languages import LANGUAGES, Text
from bot.i18n import Catalogues, ShownText, Translator, later
from locales.pofiles import PLURAL_RULES

RUSSIAN = Translator(
    "ru",
    {
        (None, "Hello, {name}"): ("Здравствуйте, {name}",),
        (None, "{n} comment about {what}"): (
            "{n} комментарий: {what}",
            "{n} комментария: {what}",
            "{n} комментариев: {what}",
        ),
        (None, "Open"): ("Открыть",),
        ("state", "Open"): ("Открыто",),
    },
    plural=gettext.c2py(PLURAL_RULES["ru"].rstrip(";").partition("plural=")[2]),
)


def test_a_sentence_is_said_in_the_language_of_the_reader() -> None:
    assert RUSSIAN("Hello, {name}", name="Айгүл") == "Здравствуйте, Айгүл"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 комментариев: суу"),
        (1, "1 комментарий: суу"),
        (2, "2 комментария: суу"),
        (5, "5 комментариев: суу"),
        (11, "11 комментариев: суу"),
        (21, "21 комментарий: суу"),
        (112, "112 комментариев: суу"),
        (1_002, "1\N{NO-BREAK SPACE}002 комментария: суу"),
    ],
)
def test_a_number_chooses_its_form_and_is_grouped(count: int, words: str) -> None:
    assert RUSSIAN.n("{n} comment about {what}", "{n} comments about {what}", count, what="суу") == words


def test_the_same_word_may_differ_by_context() -> None:
    assert RUSSIAN("Open") == "Открыть"
    assert RUSSIAN.p("state", "Open") == "Открыто"


HOURS = {0: "за 0 часов", 1: "за 1 час", 2: "за 2 часа", 5: "за 5 часов", 11: "за 11 часов", 21: "за 21 час"}


@pytest.mark.parametrize(("count", "words"), HOURS.items())
def test_the_rule_in_the_catalogues_header_chooses_the_form(catalogues: Catalogues, count: int, words: str) -> None:
    assert catalogues["ru"].n("{n} hour before", "{n} hours before", count) == words


def test_a_header_with_the_forms_in_another_order_would_be_followed() -> None:
    """Whatever the header says is done; that it says what the language wants is the gate's business."""
    one, many = "{n} hour", "{n} hours"
    turned = Translator("ky", {(None, one): (many, one)}, plural=gettext.c2py("n == 1"))
    assert [turned.n(one, many, count) for count in (1, 2)] == ["1 hour", "2 hours"]


def test_english_is_the_sentence_itself() -> None:
    t = Translator("en", {})
    assert t.n("{n} comment", "{n} comments", 1) == "1 comment"
    assert t.n("{n} comment", "{n} comments", 0) == "0 comments"
    assert t.p("state", "Open") == "Open"


def test_cyrillic_uzbek_never_falls_to_latin() -> None:
    """As gettext does without a word: what is missing is said in English and noted."""
    catalogues = Catalogues({"uz": {(None, "Good morning"): ("Xayrli tong",)}})
    assert catalogues["uz_Cyrl"]("Good morning") == "Good morning"
    assert catalogues["uz"]("Good morning") == "Xayrli tong"
    assert catalogues["en"]("Good morning") == "Good morning"
    assert catalogues.unknown == {("uz_Cyrl", "Good morning")}


def test_a_missing_plural_is_counted_as_in_english() -> None:
    assert Translator("ru", {}).n("one thing", "{n} things", 21) == "21 things"


def test_a_value_that_is_not_given_is_an_error() -> None:
    with pytest.raises(KeyError, match="name"):
        RUSSIAN("Hello, {name}", nome="Айгүл")


HOSTILE = [
    "{0.__class__}",
    "{name.__init__.__globals__}",
    "{name}",
    "{{name}}",
    "{",
    "}{",
    "%(name)s %s",
    r"\1 \g<0>",
    "${name}",
    "<b>{what}</b>",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_comes_out_as_it_went_in(value: str) -> None:
    assert RUSSIAN("Hello, {name}", name=value) == f"Здравствуйте, {value}"
    counted = RUSSIAN.n("{n} comment about {what}", "{n} comments about {what}", 5, what=value)
    assert counted == f"5 комментариев: {value}"


@given(first=st.text(), second=st.text())
def test_a_value_is_never_searched_for_placeholders(first: str, second: str) -> None:
    assert Translator("en", {})("{a}|{b}", a=first, b=second) == f"{first}|{second}"


def test_a_value_may_be_called_anything() -> None:
    t = Translator("en", {})
    assert t("{self} {sentence}", self=1, sentence=2) == "1 2"
    assert t.n("{one}", "{one} {count} {n}", 2, one="a", count="b") == "a b 2"


def test_a_sentence_in_a_table_is_marked_and_unchanged() -> None:
    assert later("Hello, {name}") == "Hello, {name}"


def test_every_language_has_a_translator_and_no_other(catalogues: Catalogues) -> None:
    assert [catalogues[language].language for language in LANGUAGES] == list(LANGUAGES)
    with pytest.raises(KeyError):
        catalogues["uz_KG"]


@pytest.mark.parametrize(
    ("reader", "written", "shown"),
    [
        ("ky", {"ky": "Таза суу", "ru": "Чистая вода"}, ShownText("Таза суу", "ky", foreign=False)),
        ("ru", {"ky": "Таза суу"}, ShownText("Таза суу", "ky", foreign=True)),
        ("uz", {"uz_Cyrl": "Тоза сув бўйича"}, ShownText("Toza suv boʻyicha", "uz", foreign=False)),
        ("uz_Cyrl", {"uz": "Toza suv boʻyicha"}, ShownText("Тоза сув бўйича", "uz_Cyrl", foreign=False)),
        ("uz", {"uz": "Toza suv", "uz_Cyrl": "Бошқа"}, ShownText("Toza suv", "uz", foreign=False)),
        ("uz", {"ky": "Таза суу", "ru": "Чистая вода"}, ShownText("Таза суу", "ky", foreign=True)),
        ("en", {}, ShownText("", "en", foreign=False)),
    ],
)
def test_a_text_is_shown_in_the_nearest_language(
    catalogues: Catalogues, reader: str, written: dict[str, str], shown: ShownText
) -> None:
    assert catalogues[reader].text(Text(written)) == shown


@pytest.mark.parametrize(
    ("reader", "written", "marked"),
    [
        ("ky", {"ru": "Чистая вода"}, "Чистая вода (орус.)"),
        ("ru", {"ky": "Таза суу"}, "Таза суу (кырг.)"),
        ("uz", {"ky": "Таза суу"}, "Таза суу (qirgʻ.)"),
        ("ky", {"uz": "Toza suv"}, "Toza suv (өзб.)"),
        ("ru", {"uz_Cyrl": "Тоза сув"}, "Тоза сув (узб.)"),
        ("uz_Cyrl", {"en": "Clean water"}, "Clean water (ингл.)"),
        ("uz", {"uz_Cyrl": "Тоза сув"}, "Toza suv"),
        ("ky", {"ky": "Таза суу"}, "Таза суу"),
        ("ky", {}, ""),
    ],
)
def test_a_foreign_text_is_marked_with_its_language(
    catalogues: Catalogues, reader: str, written: dict[str, str], marked: str
) -> None:
    assert catalogues[reader].marked(Text(written)) == marked


def test_a_hostile_text_of_a_secretary_stays_as_it_is(catalogues: Catalogues) -> None:
    assert catalogues["ky"].marked(Text({"ky": "{0} <b>&{n}"})) == "{0} <b>&{n}"
