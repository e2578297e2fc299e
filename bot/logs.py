"""Logs for operators: structured, with the number of the update, never with a token, a name or a comment."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from typing import TYPE_CHECKING, Final

import structlog

from bot.domain.errors import HearingBotError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

_OWN_WORDS: Final = (HearingBotError, AssertionError, AttributeError, ImportError, NameError, TypeError)
"""Exceptions that speak of the program, not of what people wrote."""
_TOKEN: Final = re.compile(r"\b\d{3,}:[\w-]{20,}\b|(?<=bot)\d{3,}:[\w-]{5,}")
_PASSWORD: Final = re.compile(r"(?<=://)([^/@\s:]+):[^/@\s]+@")


def set_up(*, level: str, form: str) -> None:
    """Send everything to stderr, ours and the libraries' alike; ``form`` is ``console`` or ``json``."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(discreet),
        redact,
    ]
    last: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[*shared[:-2], structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared[:-2],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *shared[-2:], last],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in ("apscheduler", "aiosqlite", "sqlalchemy.engine", "telegram", "httpx", "httpcore", "aiohttp.access"):
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelName(level)))


def discreet(exc_info: ExcInfo) -> str:
    """What was called and what was raised, from the first cause on; words only where they can be nobody's.

    A database quotes the row it refused, ``int`` the text it could not read: what strangers' exceptions say is left
    out.
    """
    chain: list[BaseException] = []
    error: BaseException | None = exc_info[1]
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\n".join("".join(_told(each)) for each in reversed(chain))


def _told(error: BaseException) -> Iterator[str]:
    yield "Traceback (most recent call last):\n"
    yield from traceback.format_tb(error.__traceback__)
    kind = type(error)
    yield f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(error, OSError):
        yield f": {error.strerror}"
    elif isinstance(error, _OWN_WORDS):
        yield f": {error}"


def redact(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Tokens and passwords out of every value, whatever put them there."""
    return {key: _clean(value) if isinstance(value, str) else value for key, value in event.items()}


def _clean(words: str) -> str:
    return _PASSWORD.sub(r"\1:…@", _TOKEN.sub("…", words))
