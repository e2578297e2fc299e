"""Many entries stored at once: their comments, what is known beside them, the names, in a statement each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, false, func, literal, null, select, update

from bot.domain.comments import Visibility
from bot.domain.entries import NumberedEntry
from bot.domain.errors import NotFound
from bot.domain.folding import fold
from bot.domain.people import Demographics
from bot.domain.rough_words import is_rough
from storage import entry_tables, tables
from storage.columns import compact_json, storable
from storage.demographics import demographics_values
from storage.dialects import insert_records, json_records

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Insert

    from bot.domain.entries import HandEntry, NewEntry
    from storage.database import Transaction

_RECEIPTS = (
    update(tables.hearings)
    .where(tables.hearings.c.id == bindparam("hearing"))
    .values(last_receipt=tables.hearings.c.last_receipt + bindparam("more"))
    .returning(tables.hearings.c.last_receipt)
)
_SAID = ("number", "kind", "about_kind", "about_no", "text", "language", "channel", "support", "village_id", "folded")
"""What differs between the comments of entries; all but whether they are looked at in turn, which comes last."""


async def add_entries(transaction: Transaction, new: Sequence[NewEntry], *, at: datetime) -> tuple[NumberedEntry, ...]:
    """Store new entries of one hearing, in their order; each has the next receipt. Raises NotFound."""
    if not new:
        return ()
    hearing_id = new[0].entry.hearing_id
    last = await transaction.value(_RECEIPTS, {"hearing": hearing_id, "more": len(new)})
    if last is None:
        raise NotFound("hearing", hearing_id)
    first = int(last) - len(new) + 1
    records = compact_json([_comment_record(number, each) for number, each in enumerate(new, first)])
    rows = await transaction.rows(_comments(), {"comments": records, "hearing": hearing_id, "at": at})
    ids = {row.number: row.id for row in rows}
    stored = tuple(
        NumberedEntry(replace(each.entry, comment_id=ids[number]), number) for number, each in enumerate(new, first)
    )
    await transaction.run(_ENTRIES, {"entries": compact_json([_entry_record(each.entry) for each in stored])})
    named = [
        (known.entry.comment_id, storable(each.name)) for known, each in zip(stored, new, strict=True) if each.name
    ]
    if named:
        await transaction.run(_NAMES, {"names": compact_json(named)})
    return stored


@cache
def _comments() -> Insert:
    given, (*said, in_turn) = json_records("comments", *(int, str, str, int, str, str, str, int, int, str, int))
    _c = tables.comments.c
    nobody = {name: value for name, value in demographics_values(Demographics()).items() if name != "village_id"}
    same = {
        "hearing_id": bindparam("hearing", type_=_c.hearing_id.type),
        "visibility": literal(Visibility.WAITING, _c.visibility.type),
        "created_at": bindparam("at", type_=_c.created_at.type),
        "recording_open": false(),
        "author_id": null(),
        **{name: literal(value, _c[name].type) for name, value in nobody.items()},
    }
    *_others, folded = said
    chosen = select(*said, in_turn == 1, func.length(folded), *same.values()).select_from(given)
    names = [*_SAID, "in_turn", "letters", *same]
    return tables.comments.insert().from_select(names, chosen).returning(_c.id, _c.number)


_ENTRIES = insert_records(
    entry_tables.entries,
    "entries",
    {
        "comment_id": int,
        "hearing_id": int,
        "given_on": date,
        "sitting": int,
        "voices": int,
        "words": str,
        "paper": str,
        "entered_by": int,
    },
)
_NAMES = insert_records(entry_tables.entry_names, "names", {"comment_id": int, "name": str})


def _comment_record(number: int, new: NewEntry) -> tuple[int | str, ...]:
    """The values of ``_SAID``, as ``json_records`` reads them."""
    said = new.submission
    folded = new.folded or fold(said.text)
    return (
        *(number, said.kind.value, said.about.kind.value, said.about.no, storable(said.text), said.language),
        *(new.channel.value, new.entry.voices, said.village_id, storable(folded), int(not is_rough(folded))),
    )


def _entry_record(entry: HandEntry) -> tuple[int | str | None, ...]:
    return (
        *(entry.comment_id, entry.hearing_id, entry.given_on.isoformat(), entry.sitting, entry.voices),
        *(entry.words, entry.paper or None, entry.entered_by),
    )
