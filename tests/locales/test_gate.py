"""The gate holds for what is committed, and falls for everything it promises to catch."""

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from locales import gate
from locales.pofiles import ROOT, TRANSLATED, PoEntry, po_path, read, rendered


def test_the_words_of_the_house_are_whole() -> None:
    assert gate.faults() == []


def faults(english: str, words: str, *, context: str | None = None, language: str = "ky") -> list[str]:
    return list(gate.entry_faults(PoEntry((english,), context, (words,)), language))


def counted(language: str, *words: str) -> list[str]:
    return list(gate.entry_faults(PoEntry(("One comment", "{n} comments"), None, words), language))


def test_a_good_translation_passes() -> None:
    assert faults("<b>Hello</b>, {name}", "{name}, <b>салам</b>") == []
    assert counted("ky", "Бир пикир", "{n} пикир") == []
    assert counted("ky", "{n} пикир", "{n} пикир") == []
    assert counted("ru", "{n} комментарий", "{n} комментария", "{n} комментариев") == []


@pytest.mark.parametrize(
    ("english", "words", "fault"),
    [
        ("Hello, {name}", "Салам", "placeholders"),
        ("Hello, {name}", "Салам, {nom}", "placeholders"),
        ("Hello, {name}", "{name}, {name}", "placeholders"),
        ("<b>Hello</b>", "Салам", "tags"),
        ("<b>Hello</b>", "<i>Салам</i>", "tags"),
        ("Hello", "Салам ", "blanks"),
        ("Hello", "", "empty"),
        ("Hello", "  ", "empty"),
    ],
)
def test_a_translation_that_would_break_a_screen_is_caught(english: str, words: str, fault: str) -> None:
    (found,) = faults(english, words)
    assert fault in found


def test_a_fuzzy_translation_is_caught() -> None:
    assert list(gate.entry_faults(PoEntry(("Yes",), None, ("Ооба",), fuzzy=True), "ky")) == ["fuzzy"]


def test_the_number_of_plural_forms_is_counted() -> None:
    assert counted("ru", "{n} комментарий", "{n} комментариев") == ["2 forms instead of 3"]
    assert counted("ky", "Бир пикир") == ["1 forms instead of 2"]


def test_russian_may_not_leave_the_number_out_because_21_takes_the_first_form() -> None:
    (found,) = counted("ru", "Один комментарий", "{n} комментария", "{n} комментариев")
    assert "placeholders" in found


def test_a_label_must_fit_a_phone_in_every_language() -> None:
    assert faults("Open", "а" * 32, context="button") == []
    assert "room for 32" in faults("Open", "а" * 33, context="button")[0]
    assert faults("{count} of {total}", "{count} / {total}" + "а" * 23, context="button") == []
    assert list(gate.english_faults(PoEntry(("a" * 33,), "button"), "a" * 33))


@pytest.mark.parametrize("words", ["a { b", "{first name}", "{}", "<h1>Hello</h1>", " Hello"])
def test_an_english_sentence_is_checked_too(words: str) -> None:
    assert len(list(gate.english_faults(PoEntry((words,)), words))) == 1


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed; .ci/run installs it")
@pytest.mark.parametrize("language", TRANSLATED)
def test_gettext_itself_accepts_every_catalogue(language: str) -> None:
    assert list(gate.msgfmt_faults(language)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_is_written_as_it_was_read(language: str) -> None:
    entries, _ = read(po_path(language))
    assert rendered(entries, language) == po_path(language).read_text(encoding="utf-8")


ROOMS = ("bot/domain", "bot/i18n", "handlers/views", "locales")
"""What a checkout is made of: what the tool itself needs of the house, and sentences enough to spoil."""


@pytest.fixture(scope="module")
def upkept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of some rooms, with catalogues up to date with what is said there."""
    copy = tmp_path_factory.mktemp("upkept")
    for room in ROOMS:
        shutil.copytree(ROOT.parent / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "bot" / "__init__.py").touch()
    run(copy, "extract", "update", "derive")
    return copy


@pytest.fixture
def checkout(upkept: Path, tmp_path: Path) -> Path:
    """The same for one test to spoil."""
    return shutil.copytree(upkept, tmp_path / "checkout")


def run(checkout: Path, *commands: str) -> subprocess.CompletedProcess[str]:
    """One command after the other, in one process, until one fails."""
    program = (
        "import sys\nfrom locales.__main__ import main\nfor each in sys.argv[1:]: main([each], standalone_mode=False)"
    )
    return subprocess.run(
        [sys.executable, "-c", program, *commands], cwd=checkout, capture_output=True, text=True, check=False
    )


def test_a_new_sentence_is_caught_until_every_language_has_it(checkout: Path) -> None:
    (checkout / "handlers" / "fresh.py").write_text("x = t('A sentence {n} of tomorrow', n=1)\n", encoding="utf-8")
    stale = run(checkout, "check")
    assert stale.returncode == 1
    assert "messages.pot is out of date" in stale.stderr
    assert "ky 'A sentence {n} of tomorrow': missing" in stale.stderr
    assert "ky 'A sentence {n} of tomorrow': empty" in run(checkout, "extract", "update", "derive", "check").stderr
    for language in ("ky", "ru", "uz_Cyrl"):
        path = checkout / "locales" / language / "LC_MESSAGES" / "messages.po"
        words = path.read_text(encoding="utf-8")
        entry = re.compile(r'(msgid "A sentence \{n\} of tomorrow"\nmsgstr )""')
        path.write_text(entry.sub(r'\1"Эртеңки {n} сүйлөм"', words), encoding="utf-8")
    assert "tomorrow" not in run(checkout, "derive", "check").stderr
    assert "Ertengki {n} suylom" in latin(checkout).replace("oʻ", "o")


def latin(checkout: Path) -> str:
    return (checkout / "locales" / "uz" / "LC_MESSAGES" / "messages.po").read_text(encoding="utf-8")


def test_a_sentence_nobody_says_any_more_is_caught_and_dropped(checkout: Path) -> None:
    path = checkout / "locales" / "ru" / "LC_MESSAGES" / "messages.po"
    before = path.read_text(encoding="utf-8")
    path.write_text(before + '\nmsgid "Long gone"\nmsgstr "Давно"\n\n#~ msgid "Older"\n#~ msgstr "Ещё"\n', "utf-8")
    stale = run(checkout, "check")
    assert "ru 'Long gone': nobody says this any more" in stale.stderr
    assert "ru drags 1 obsolete messages along" in stale.stderr
    run(checkout, "update")
    assert path.read_text(encoding="utf-8") == before


def test_latin_uzbek_edited_by_hand_is_caught(checkout: Path) -> None:
    path = checkout / "locales" / "uz" / "LC_MESSAGES" / "messages.po"
    path.write_text(latin(checkout).replace("Bishkek vaqti", "Bishkek soati"), encoding="utf-8")
    stale = run(checkout, "check")
    assert stale.returncode == 1
    assert "uz is out of date" in stale.stderr


def test_the_glossary_for_translators_names_every_language_and_its_source() -> None:
    with (ROOT / "terms.csv").open(encoding="utf-8", newline="") as file:
        terms = list(csv.DictReader(file))
    assert list(terms[0]) == ["en", "ky", "ru", "uz_Cyrl", "uz", "source"]
    assert all(all(term.values()) for term in terms)
    assert {term["source"] for term in terms} == {"pilot text", "published Kyrgyz text", "to be checked"}
