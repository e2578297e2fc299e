"""Planned faults: what Telegram or the network does wrong at the next call."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Broken = Literal["reset", "silence", "half"]


@dataclass(frozen=True, slots=True)
class PlannedFault:
    """A fault of one call.

    Either a ``status`` (with ``description``, ``parameters`` or a ``raw`` body that need not be JSON), or ``broken``:
    the connection is reset, nothing is answered for ``seconds``, or half an answer comes. ``performed`` says whether
    the call takes effect first, as when an answer is lost on its way back.
    """

    status: int = 0
    description: str = ""
    parameters: Mapping[str, int] = field(default_factory=dict)
    raw: bytes | None = None
    broken: Broken | None = None
    seconds: float = 3600.0
    performed: bool = False


Policy = Callable[[str, int | str | None], PlannedFault | None]


class PlannedFaults:
    """Planned faults in their order; the first call that a fault fits uses it up."""

    def __init__(self) -> None:
        self._planned: deque[tuple[str | None, int | None, PlannedFault]] = deque()
        self.policy: Policy | None = None
        """Called for every call that no planned fault fits; a test sets it for faults at random."""

    def __len__(self) -> int:
        return len(self._planned)

    def next(
        self,
        *,
        method: str | None = None,
        chat_id: int | None = None,
        status: int = 0,
        description: str = "",
        retry_after: int | None = None,
        migrate_to: int | None = None,
        raw: bytes | None = None,
        broken: Broken | None = None,
        seconds: float = 3600.0,
        performed: bool = False,
        times: int = 1,
    ) -> None:
        """Plan a fault for the next ``times`` calls (of ``method`` and to ``chat_id``, where given)."""
        parameters = {"retry_after": retry_after, "migrate_to_chat_id": migrate_to}
        fault = PlannedFault(
            status=status,
            description=description,
            parameters={name: value for name, value in parameters.items() if value is not None},
            raw=raw,
            broken=broken,
            seconds=seconds,
            performed=performed,
        )
        self._planned.extend([(method, chat_id, fault)] * times)

    def clear(self) -> None:
        """Forget all planned faults and the policy."""
        self._planned.clear()
        self.policy = None

    def take(self, method: str, fields: Mapping[str, Any]) -> PlannedFault | None:
        """The fault of this call, if any; a planned one is used up."""
        if not self._planned and self.policy is None:
            return None
        chat_id = fields.get("chat_id")
        for place, (wanted, chat, fault) in enumerate(self._planned):
            if wanted in {None, method} and (chat is None or str(chat) == str(chat_id)):
                del self._planned[place]
                return fault
        return self.policy(method, chat_id) if self.policy else None
