from __future__ import annotations

import io

import pytest
from babel.messages.pofile import read_po

from bot.i18n.catalogues import header_of, sentences_of
from bot.i18n.po_reader import plural_of, read_messages
from locales.pofiles import TRANSLATED, po_path

POEDIT = r"""
# A header as Poedit writes it
msgid ""
msgstr ""
"Language: ru\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : "
"2);\n"
"X-Generator: Poedit 3.4\n"

#. a note
#: bot/a.py:1
#, python-brace-format
msgctxt "button"
msgid ""
"Say: \"{word}\"\n"
"and \\ on\ta new line"
msgstr ""
"Скажите: \"{word}\"\n"
"и \\ с новой\tстроки"

#, fuzzy, python-brace-format
#| msgid "before"
msgid "A guess"
msgstr "Догадка"

msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} день"
msgstr[1] "{n} дня"
msgstr[2] "{n} дней"

msgid "Half"
msgid_plural "Halves"
msgstr[0] "Половина"
msgstr[1] ""

#, fuzzy
#~ msgid "Gone"
#~ msgstr "Ушло"

msgid "Last"
msgstr "Последнее"
"""


def as_babel_reads(text: str) -> tuple[dict[tuple[str | None, str], tuple[str, ...]], str]:
    """The finished translations, and the rule by which the language counts."""
    catalog = read_po(io.BytesIO(text.encode()))
    found = {}
    for message in catalog:
        forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        if message.id and not message.fuzzy and all(forms):
            found[message.context, message.id if isinstance(message.id, str) else message.id[0]] = forms
    return found, catalog.plural_expr


@pytest.mark.parametrize("language", [*TRANSLATED, "as Poedit writes"])
def test_a_catalogue_says_what_babel_reads_in_it(language: str) -> None:
    text = POEDIT if language == "as Poedit writes" else po_path(language).read_text("utf-8")
    messages = tuple(read_messages(text.split("\n")))
    sentences, plural = as_babel_reads(text)
    assert sentences_of(messages) == sentences
    assert plural_of(header_of(messages)).strip("()") == plural.strip("()")


def test_lines_that_are_none_of_a_catalogue_are_passed_over() -> None:
    broken = ('"words of nothing"', "msgid half", 'msgid "Yes"', "word", 'msgstr "Ооба"', 'msgid "No"')
    messages = tuple(read_messages((*broken, 'msgid "Perhaps"', 'msgstr "Балким"')))
    assert sentences_of(messages) == {(None, "Yes"): ("Ооба",), (None, "Perhaps"): ("Балким",)}
    assert plural_of(header_of(messages)) == "n != 1"
