"""The forms of municipalities from which protocols are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, select

from bot.domain.protocol_forms import ProtocolForm
from storage.desk_tables import protocol_forms

if TYPE_CHECKING:
    from storage.database import Transaction

_t = protocol_forms
_c = _t.c
_HERE = _c.municipality_id == bindparam("municipality")


class ProtocolFormRepository:
    """Forms, at most one of a municipality."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction

    async def find(self, municipality_id: int) -> ProtocolForm | None:
        """The form of a municipality; None where it has none of its own."""
        row = await self._transaction.first(select(_t).where(_HERE), {"municipality": municipality_id})
        return None if row is None else ProtocolForm(row.municipality_id, row.name, row.content, row.sent_at)

    async def put(self, form: ProtocolForm) -> None:
        """Store a form in the place of what the municipality had."""
        await self.remove(form.municipality_id)
        row = {
            "municipality_id": form.municipality_id,
            "name": form.name,
            "content": form.content,
            "sent_at": form.sent_at,
        }
        await self._transaction.run(_t.insert(), row)

    async def remove(self, municipality_id: int) -> None:
        """Remove a municipality's form."""
        await self._transaction.run(delete(_t).where(_HERE), {"municipality": municipality_id})
