"""Forms of a protocol for the tests: Word documents with these paragraphs."""

from __future__ import annotations

import io

from docx import Document


def form(*paragraphs: str, head: str = "", title: str = "") -> bytes:
    """A form; ``head`` stands over each page, ``title`` in its properties."""
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if head:
        document.sections[0].header.paragraphs[0].add_run(head)
    document.core_properties.title = title
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()
