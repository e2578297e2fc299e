"""What is found in the code for translators, and what is refused there."""

from pathlib import Path

import pytest

from locales.extraction import ExtractedMessages, extract
from locales.upkeep import template_text


def said(tmp_path: Path, source: str, place: str = "handlers/views/card.py") -> ExtractedMessages:
    for room in ("bot", "handlers"):
        (tmp_path / room).mkdir(exist_ok=True)
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return extract(tmp_path)


def test_sentences_plurals_and_words_in_context_are_found_in_order(tmp_path: Path) -> None:
    found = said(
        tmp_path,
        "x = t.n('{n} vote', '{n} votes', 3)\n"
        "y = reader.t('Hello, '\n    '{name}', name=1) + t.p('button', 'Back')\n"
        "z = {1: later('In a table')}\n",
    )
    assert [(entry.context, entry.ids) for entry in found.entries] == [
        (None, ("{n} vote", "{n} votes")),
        (None, ("Hello, {name}",)),
        ("button", ("Back",)),
        (None, ("In a table",)),
    ]
    assert found.faults == ()


def test_other_calls_and_looked_up_sentences_are_left_alone(tmp_path: Path) -> None:
    found = said(tmp_path, "print('x'); cat('y'); p('a', 'b'); n('a', 'b', 2); t(TABLE[key]); t.p('state', word); at.n")
    assert found == ExtractedMessages((), ())


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("t(f'Hello, {name}')", "one literal"),
        ("t('Hello, ' + name)", "one literal"),
        ("t('Hello, %s' % name)", "one literal"),
        ("later(name)", "one literal"),
        ("t('')", "one literal"),
        ("t.n('one', many, 2)", "one literal"),
        ("t()", "one literal"),
        ("t('Hello, {name}', nome=1)", "no value for name"),
        ("t.n('{n} by {who}', '{n} by {who}', 2)", "no value for who"),
        ("t.n('a', '{n} b', 1); t.n('a', '{n} c', 1)", "another plural"),
    ],
)
def test_a_call_no_catalogue_can_follow_is_reported(tmp_path: Path, source: str, fault: str) -> None:
    faults = said(tmp_path, source).faults
    assert len(faults) == 1
    assert "handlers/views/card.py" in faults[0]
    assert fault in faults[0]


def test_values_from_a_mapping_are_trusted(tmp_path: Path) -> None:
    assert said(tmp_path, "t('Hello, {name}', **values)").faults == ()


def test_a_note_to_translators_travels_with_the_sentence(tmp_path: Path) -> None:
    found = said(
        tmp_path,
        "# Something else\n# Translators: on a button,\n# above the map\nx = t('Open')\n"
        "y = frame(\n    # Translators: a heading\n    t('Closed'),\n)\n# no note\nz = t('Quiet')\n",
    )
    assert [entry.notes for entry in found.entries] == [("on a button, above the map",), ("a heading",), ()]


def test_a_sentence_said_twice_is_one_message_with_both_places(tmp_path: Path) -> None:
    said(tmp_path, "t('Open')", "bot/reports/xlsx.py")
    (entry,) = said(tmp_path, "t('Open'); t.n('Open', '{n} open', 2)").entries
    assert entry.ids == ("Open", "{n} open")
    assert entry.places == ("bot/reports/xlsx.py", "handlers/views/card.py")


def test_the_template_has_neither_dates_nor_line_numbers(tmp_path: Path) -> None:
    """So that moving a line changes nothing."""
    before = template_text(said(tmp_path, "t('Open {n}', n=1)"))
    after = template_text(said(tmp_path, "\n\n\nt('Open {n}',\n  n=1)"))
    assert before == after
    assert "Date" not in before
    assert "#: handlers/views/card.py\n#, python-brace-format\n" in before


def test_a_file_that_is_not_python_stops_the_extraction(tmp_path: Path) -> None:
    with pytest.raises(SyntaxError):
        said(tmp_path, "t('Open'")
