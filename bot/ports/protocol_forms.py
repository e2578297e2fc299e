"""The repository of municipalities' own forms of the protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.domain.protocol_forms import ProtocolForm


class ProtocolFormRepository(Protocol):
    """Forms, at most one of a municipality."""

    async def find(self, municipality_id: int) -> ProtocolForm | None:
        """The form of a municipality; None where it has none of its own."""

    async def put(self, form: ProtocolForm) -> None:
        """Store a form in the place of what the municipality had."""

    async def remove(self, municipality_id: int) -> None:
        """Remove a municipality's form."""
