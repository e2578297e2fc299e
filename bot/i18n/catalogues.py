"""The catalogues: every ``.po`` file read once at start, one translator per language.

Nothing is compiled and nothing falls from one language to another: what a language lacks is said in English, the
language of the message ids, and noted in ``Catalogues.unknown`` so that a test can insist on none.
"""

from __future__ import annotations

import gettext
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.domain.languages import EN, LANGUAGES
from bot.domain.values import dataclass
from bot.i18n.po_reader import plural_of, read_messages
from bot.i18n.translator import PluralRule, Sentences, Translator, english_plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.i18n.po_reader import PoMessage


def later(sentence: str) -> str:
    """The very ``sentence``, marked for the catalogues: it stands in a table and is said by ``t(table[...])``."""
    return sentence


class Catalogues:
    """All languages; ``catalogues[language]`` is a ``Translator``, an unknown language raises ``KeyError``."""

    def __init__(self, sentences: Mapping[str, Sentences], plurals: Mapping[str, PluralRule] | None = None) -> None:
        """Languages without a rule in ``plurals`` count as English does."""
        rules = plurals or {}
        self.sizes = {language: len(found) for language, found in sentences.items()}
        """How many sentences each translation has."""
        self._unknown: set[tuple[str, str]] = set()
        self._translators = MappingProxyType(
            {
                code: Translator(code, sentences.get(code, {}), self._unknown, plural=rules.get(code, english_plural))
                for code in LANGUAGES
            }
        )

    @classmethod
    def load(cls) -> Catalogues:
        """What ships in the package ``locales``; raises ``FileNotFoundError`` where a language is missing."""
        shipped = {code: _shipped(code) for code in LANGUAGES if code != EN}
        return cls(
            {code: catalogue.sentences for code, catalogue in shipped.items()},
            {code: catalogue.plural for code, catalogue in shipped.items()},
        )

    def __getitem__(self, language: str) -> Translator:
        return self._translators[language]

    @property
    def unknown(self) -> frozenset[tuple[str, str]]:
        """(language, English sentence) of everything asked for so far that a catalogue does not have."""
        return frozenset(self._unknown)


@dataclass(frozen=True, slots=True)
class _Shipped:
    sentences: Sentences
    plural: PluralRule


@cache
def _shipped(language: str) -> _Shipped:
    """Files that ship do not change under a process: each is read once, however many bots live in it."""
    path = files("locales").joinpath(language, "LC_MESSAGES", "messages.po")
    with path.open(encoding="utf-8-sig") as lines:
        messages = read_messages(lines)
        first = tuple(islice(messages, 1))
        rule = gettext.c2py(plural_of(header_of(first)))
        return _Shipped(MappingProxyType(sentences_of(chain(first, messages))), rule)


def header_of(messages: Iterable[PoMessage]) -> str:
    """What stands for no message."""
    return next(("".join(each.translations) for each in messages if each.strings.get("msgid") == ""), "")


def sentences_of(messages: Iterable[PoMessage]) -> Sentences:
    """Only finished translations: a fuzzy or half-filled one is as good as none."""
    found: dict[tuple[str | None, str], tuple[str, ...]] = {}
    for message in messages:
        english, forms = message.strings.get("msgid"), message.translations
        if english and not message.fuzzy and forms and all(forms):
            found[_key(message.strings.get("msgctxt"), english)] = forms
    return found


@cache
def _key(context: str | None, english: str) -> tuple[str | None, str]:
    """The same for all languages: each sentence of ours is kept once, which halves what they take."""
    return context, english
