"""Files that staff ask for at the desk: the record of a hearing, a poster."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file that is whole: its bytes, and the name people keep it under (empty: it is named when it is sent)."""

    content: bytes
    name: str = ""
