"""The gate: what must hold before words reach people. Each fault is one line that says where and what."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from typing import TYPE_CHECKING, Final

from bot.domain.languages import UZ
from locales.extraction import ExtractedMessages, extract
from locales.pofiles import PLACEHOLDER, PLURAL_RULES, TEMPLATE, TRANSLATED, PoEntry, plural_forms, po_path, read
from locales.upkeep import derived_text, template_text

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = {
    "button": 32,
    "toast": 200,
    "command": 40,
    "bot name": 64,
    "bot description": 512,
    "bot short description": 120,
}
"""Characters a message of this context may have in any language: what fits a phone, or what Telegram takes."""

_TAG: Final = re.compile(r"</?([a-z-]+)[^<>]*>")
_LEGAL: Final = frozenset({"b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler"})


def faults(said: ExtractedMessages | None = None) -> list[str]:
    """Everything wrong, nothing when all is well; without ``msgfmt`` on the machine its part is left out."""
    said = said or extract()
    found = list(said.faults)
    if not TEMPLATE.exists() or TEMPLATE.read_text(encoding="utf-8") != template_text(said):
        found.append("messages.pot is out of date: python -m locales extract")
    for entry in said.entries:
        found += (f"English {_name(entry)}: {fault}" for words in entry.ids for fault in english_faults(entry, words))
    for language in TRANSLATED:
        found += (f"{language} {fault}" for fault in _catalogue_faults(language, said))
    if not po_path(UZ).exists() or po_path(UZ).read_text(encoding="utf-8") != derived_text():
        found.append("uz is out of date: python -m locales derive")
    return found


def _catalogue_faults(language: str, said: ExtractedMessages) -> Iterator[str]:
    path = po_path(language)
    if not path.exists():
        yield "has no catalogue"
        return
    entries, obsolete = read(path)
    known = {entry.key: entry for entry in entries}
    wanted = {entry.key: entry for entry in said.entries}
    if f"Plural-Forms: {PLURAL_RULES[language]}" not in path.read_text(encoding="utf-8"):
        yield "has another plural rule in its header"
    if obsolete:
        yield f"drags {obsolete} obsolete messages along: python -m locales update"
    yield from (f"{_name(wanted[key])}: missing" for key in wanted if key not in known)
    yield from (f"{_name(known[key])}: nobody says this any more" for key in known if key not in wanted)
    for entry in entries:
        yield from (f"{_name(entry)}: {fault}" for fault in entry_faults(entry, language))
    yield from msgfmt_faults(language)


def english_faults(entry: PoEntry, words: str) -> Iterator[str]:
    """What is wrong with one English sentence."""
    if set("{}") & set(PLACEHOLDER.sub("", words)):
        yield "a brace that is no placeholder"
    if foreign := sorted(set(_TAG.findall(words)) - _LEGAL):
        yield f"Telegram does not know <{foreign[0]}>"
    if words != words.strip():
        yield "blanks at an end"
    yield from _too_long(entry, words)


def entry_faults(entry: PoEntry, language: str) -> Iterator[str]:
    """What is wrong with one translation."""
    if entry.fuzzy:
        yield "fuzzy"
    forms = 1 if len(entry.ids) == 1 else plural_forms(language)
    if len(entry.strings) != forms:
        yield f"{len(entry.strings)} forms instead of {forms}"
        return
    for form, words in enumerate(entry.strings):
        if not words.strip():
            yield "empty"
            continue
        if words != words.strip():
            yield "blanks at an end"
        yield from _unlike(entry, words, singular=form == 0 and forms == 2)
        yield from _too_long(entry, words)


def _unlike(entry: PoEntry, words: str, *, singular: bool) -> Iterator[str]:
    """Only the one form that stands for exactly one may leave the number out, as its English does."""
    models = entry.ids if singular else entry.ids[-1:]
    if not any(_count(PLACEHOLDER, words) == _count(PLACEHOLDER, model) for model in models):
        yield f"other placeholders: {words!r}"
    if not any(_tags(words) == _tags(model) for model in models):
        yield f"other tags: {words!r}"


def _count(pattern: re.Pattern[str], words: str) -> Counter[str]:
    return Counter(pattern.findall(words))


def _tags(words: str) -> Counter[str]:
    return Counter(match[0] for match in _TAG.finditer(words))


def _too_long(entry: PoEntry, words: str) -> Iterator[str]:
    """A placeholder counts as three characters: a number."""
    longest = LONGEST.get(entry.context or "")
    length = len(PLACEHOLDER.sub("999", words))
    if longest and length > longest:
        yield f"{length} characters, a {entry.context} has room for {longest}: {words!r}"


def msgfmt_faults(language: str) -> Iterator[str]:
    """What GNU gettext says; its warnings about headers that would change with every save are not faults."""
    if (msgfmt := shutil.which("msgfmt")) is None:
        return
    command = [msgfmt, "--check", "--output-file=-", str(po_path(language))]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own file
    if done.returncode:
        yield f"msgfmt: {done.stderr.decode(errors='replace').strip()}"


def _name(entry: PoEntry) -> str:
    return f"[{entry.context}] {entry.ids[0]!r}" if entry.context else repr(entry.ids[0])
