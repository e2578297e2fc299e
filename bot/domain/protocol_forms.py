"""The forms of municipalities from which protocols are made, in the place of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class ProtocolForm:
    """A municipality's form: a Word document as it was sent, and the name of its file."""

    municipality_id: int
    name: str
    content: bytes
    sent_at: datetime
