"""What the two processes say to each other: a length and a pickled value, over pipes that nobody else has."""

from __future__ import annotations

import pickle
from struct import Struct
from typing import TYPE_CHECKING, Any, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from asyncio import StreamReader
    from datetime import datetime
    from typing import BinaryIO

    from bot.reports.jobs import Job

_LENGTH: Final = Struct(">Q")


@dataclass(frozen=True, slots=True)
class Greeting:
    """The first that a child hears: the database's address, which holds a password, and the default time zone."""

    database_url: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """A job, and the moment at which it is begun."""

    job: Job[Any]
    now: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """The result of a job."""

    result: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """A job ended by an error of this ``kind``; ``trace`` may be logged."""

    kind: str
    trace: str


@dataclass(frozen=True, slots=True)
class StoreAway:
    """The store could not be read."""

    reason: str


def framed(value: object) -> bytes:
    """A value as it is sent."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(content)) + content


def read(pipe: BinaryIO) -> Any:
    """Wait for the next value. Raises EOFError where the other process is gone."""
    return _unpickled(_exactly(pipe, _LENGTH.unpack(_exactly(pipe, _LENGTH.size))[0]))


async def receive(pipe: StreamReader) -> Any:
    """Wait for the next value. Raises IncompleteReadError (an EOFError) where the other process is gone."""
    return _unpickled(await pipe.readexactly(_LENGTH.unpack(await pipe.readexactly(_LENGTH.size))[0]))


def _exactly(pipe: BinaryIO, count: int) -> bytes:
    content = pipe.read(count)
    if len(content) < count:
        raise EOFError
    return content


def _unpickled(content: bytes) -> Any:
    return pickle.loads(content)  # noqa: S301 - from our own process, by a pipe
