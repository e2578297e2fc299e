"""The repository of the documents of hearings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.domain.attachments import Attachment


class AttachmentRepository(Protocol):
    """Documents, by the hearing they belong to."""

    async def add(self, attachment: Attachment) -> Attachment:
        """Store a new one; returns it with its id, which no other has had."""

    async def get(self, attachment_id: int) -> Attachment:
        """The document. Raises NotFound."""

    async def list_of(self, hearing_id: int) -> tuple[Attachment, ...]:
        """The documents of a hearing, in the order they came."""

    async def count(self, hearing_id: int) -> int:
        """How many documents a hearing has."""

    async def remove(self, attachment_id: int) -> None:
        """Remove a document."""
