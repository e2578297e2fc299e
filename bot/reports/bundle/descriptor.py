"""What a bundle says of itself, for programs (``datapackage.json``) and for people (``README.txt``).

The descriptor follows the Data Package standard (https://datapackage.org).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from bot.reports.bundle.separated import DIALECT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.i18n import Translator
    from bot.reports.bundle.columns import Table
    from bot.reports.bundle.rows import Row, Source

LICENCE: Final = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}
"""Under which open data are handed on, once the municipality publishes them."""


def descriptor(source: Source, tables: Iterable[Table]) -> bytes:
    """``datapackage.json``: every table with its columns."""
    record, t = source.record, source.t
    code = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in record.hearing.code.lower())
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": f"hearing-{code.strip('-') or record.hearing.id}",
        "title": t.text(record.hearing.dossier.title).words,
        "description": note(source),
        **({"licenses": [LICENCE]} if source.open else {}),
        "seal": source.seal,
        "resources": [_resource(t, table) for table in tables],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _resource(t: Translator, table: Table) -> dict[str, Any]:
    fields = [
        {
            "name": column.name,
            "title": t(column.heading),
            "type": column.type.value,
            **({"description": t(column.note)} if column.note else {}),
        }
        for column in table.columns
    ]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": table.path,
        "title": t(table.title),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "schema": {"fields": fields, "missingValues": [""]},
    }


def note(source: Source) -> str:
    """What the bundle may be used for."""
    t, place = source.t, source.t.text(source.record.municipality.name).words
    if source.open:
        return t("Open data. Everybody may use, change and share them, naming the source: {place}.", place=place)
    return t(
        "For the commission of {place} only: it has each answer, without names. Give others the open data.",
        place=place,
    )


def readme(source: Source, tables: Iterable[Table], others: Iterable[tuple[str, str]] = ()) -> bytes:
    """``README.txt``: what the bundle is, and each of its files; ``others`` are those that are no tables."""
    t, record = source.t, source.record
    files = [*((table.path, t(table.title)) for table in tables), *((name, t(said)) for name, said in others)]
    lines = (
        t.text(record.hearing.dossier.title).words,
        f"{t.text(record.municipality.name).words} · {record.hearing.code}",
        "",
        note(source),
        source.seal,
        "",
        t("Tables are text in UTF-8, with semicolons between columns. What the columns mean: columns.csv."),
        t("Groups under five people are not shown, nor what would give them away."),
        t("An apostrophe stands before what Excel would take for a formula."),
        "",
        *(f"{name}: {said}" for name, said in files),
    )
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig", "replace")


def dictionary(t: Translator, tables: Iterable[Table]) -> Iterator[Row]:
    """The rows of the dictionary of columns: the name in English beside the heading in the reader's language."""
    for table in tables:
        for column in table.columns:
            note = t(column.note) if column.note else ""
            yield (table.name, column.name, t(column.heading), column.type.value, note)


def meanings(t: Translator, tables: Iterable[Table]) -> Iterator[Row]:
    """The rows that say what codes mean."""
    for table in tables:
        for column in table.columns:
            for code, words in column.codes.items():
                yield (table.name, column.name, code, words if column.named_by_themselves else t(words))
