"""What a form of the protocol may say, and that whatever else it says is named and done nowhere."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document

from bot.reports.protocol.filling import FormFault, FormFaultKind, FormRefused, filled
from bot.reports.protocol.forms import check, fill
from tests.reports.protocol.forms import form

if TYPE_CHECKING:
    from collections.abc import Sequence

FIELDS = {
    "title": 'T & <b> {_{ 7 }_} {{ 7*7 }} {% raw %} =cmd|"x"\nsecond row\ttab',
    "questions": [
        {"no": "1", "text": "Жол?", "voters": "5", "answers": []},
        {"no": "2", "text": "</w:t>", "voters": ""},
    ],
}
LOOP = ("{%p for question in questions %}", "{{ loop.index }}: {{ question.text }}", "{%p endfor %}")


def paragraphs(document: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(io.BytesIO(document)).paragraphs]


def test_fields_are_filled_in_whatever_they_say() -> None:
    made = fill(
        form("{{ title }}", *LOOP, "{% if title %}yes{% endif %}", head="№ {{ title }}", title="{{ title }}"), FIELDS
    )
    assert paragraphs(made) == [FIELDS["title"], "1: Жол?", "2: </w:t>", "yes"]
    document = Document(io.BytesIO(made))
    assert document.sections[0].header.paragraphs[0].text == f"№ {FIELDS['title']}"


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        (
            ("{{ titel }}", "{{ second.sum }}"),
            [(FormFaultKind.UNKNOWN, "titel"), (FormFaultKind.UNKNOWN, "second.sum")],
        ),
        (("{{ title.__class__.__mro__ }}",), [(FormFaultKind.UNKNOWN, "title.__class__")]),
        (("{{ questions }}",), [(FormFaultKind.NO_TEXT, "questions")]),
        (("{%p for letter in title %}", "{%p endfor %}"), [(FormFaultKind.NO_LIST, "title")]),
        (("{{ 'x' * 10 ** 9 }}",), [(FormFaultKind.REFUSED, "mul")]),
        (("{{ '%1000000000d' % 1 }}",), [(FormFaultKind.REFUSED, "mod")]),
        (("{{ lipsum(n=10000000) }}",), [(FormFaultKind.REFUSED, "call")]),
        (("{{ title.format(1) }}",), [(FormFaultKind.REFUSED, "call")]),
        (("{{ title|upper }}",), [(FormFaultKind.REFUSED, "filter")]),
        (("{{ title[0] }}",), [(FormFaultKind.REFUSED, "getitem")]),
        (("{% if title|length %}{% endif %}",), [(FormFaultKind.REFUSED, "filter")]),
        (("{% if title is mapping %}{% endif %}",), [(FormFaultKind.REFUSED, "test")]),
        (("{% set x = title %}",), [(FormFaultKind.REFUSED, "assign")]),
        (("{% include '/etc/passwd' %}",), [(FormFaultKind.REFUSED, "include")]),
        (("{% macro x() %}{% endmacro %}",), [(FormFaultKind.REFUSED, "macro")]),
        (("{%p for question in questions recursive %}", "{%p endfor %}"), [(FormFaultKind.REFUSED, "for")]),
        (("{{r title }}",), [(FormFaultKind.REFUSED, "{{r")]),
    ],
    ids=lambda value: value[0][:30] if isinstance(value[0], str) else "",
)
def test_what_is_no_field_is_named(words: Sequence[str], faults: Sequence[tuple[FormFaultKind, str]]) -> None:
    with pytest.raises(FormRefused) as bad:
        check(form(*words))
    assert bad.value.faults == tuple(FormFault(kind, what) for kind, what in faults)


@pytest.mark.parametrize("place", ["head", "title"])
def test_heads_of_pages_and_properties_are_read_too(place: str) -> None:
    with pytest.raises(FormRefused) as bad:
        check(form("{{ title }}", **{place: "{{ titel }}"}))
    assert bad.value.faults == (FormFault(FormFaultKind.UNKNOWN, "titel"),)


def test_braces_that_do_not_go_together_are_named() -> None:
    for words in (("{%p for question in questions %}",), ("{{ title",), ("{% endif %}",)):
        with pytest.raises(FormRefused) as bad:
            check(form(*words))
        assert [fault.kind for fault in bad.value.faults] == [FormFaultKind.BROKEN]


def packed(**parts: bytes) -> bytes:
    """A form with parts of its package added or changed; ``__`` in a name is a slash."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form("{{ title }}"))) as old, zipfile.ZipFile(made, "w") as new:
        changed = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
        for name in {*old.namelist(), *changed}:
            new.writestr(name, changed.get(name) or old.read(name))
    return made.getvalue()


OUTSIDE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    b'Target="http://x.example/t.dotm" TargetMode="External"/></Relationships>'
)
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>'


@pytest.mark.parametrize(
    ("sent", "kind"),  # parts are packed by the test itself: every process of a run collects it
    [
        (b"", FormFaultKind.NO_WORD),
        (b"%PDF-1.7", FormFaultKind.NO_WORD),
        ({"word__document_dot_xml": b"<w:document"}, FormFaultKind.NO_WORD),
        ({"word__settings_dot_xml": ENTITY}, FormFaultKind.NO_WORD),
        ({"word__vbaProject_dot_bin": b"x"}, FormFaultKind.PROGRAM),
        ({"word__embeddings__o_dot_bin": b"x"}, FormFaultKind.PROGRAM),
        ({"word___rels__settings_dot_xml_dot_rels": OUTSIDE}, FormFaultKind.OUTSIDE),
        ({"word__media__zeros_dot_bin": bytes(21 << 20)}, FormFaultKind.TOO_LARGE),
    ],
    ids=["nothing", "pdf", "cut", "entity", "macro", "object", "outside", "large"],
)
def test_a_file_that_is_no_harmless_word_document_is_refused(
    sent: bytes | dict[str, bytes], kind: FormFaultKind
) -> None:
    with pytest.raises(FormRefused) as bad:
        check(sent if isinstance(sent, bytes) else packed(**sent))
    assert [fault.kind for fault in bad.value.faults] == [kind]


def test_a_form_that_swells_ends_with_its_process() -> None:
    loops = [f"{{% for q{depth} in questions %}}" for depth in range(40)]
    swelling = form("".join(loops) + "{{ title }}" + "{% endfor %}" * 40)
    with pytest.raises(FormRefused) as refused:
        filled(swelling, FIELDS, seconds=3, memory=300 << 20)
    assert refused.value.faults == (FormFault(FormFaultKind.TOO_SLOW),)


def test_faults_come_back_from_the_process_and_so_does_a_document() -> None:
    with pytest.raises(FormRefused) as refused:
        filled(form("{{ titel }}"), FIELDS)
    assert refused.value.faults == (FormFault(FormFaultKind.UNKNOWN, "titel"),)
    assert paragraphs(filled(form("{{ title }}"), FIELDS)) == [FIELDS["title"]]
