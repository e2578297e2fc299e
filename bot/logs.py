"""Logs for operators: structured, with the number of the update, never with a token, a name or a comment."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import structlog

from bot.domain.errors import HearingBotError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from structlog.typing import ExcInfo, Processor, WrappedLogger

LINES_A_SECOND: Final = 20
"""Lines of one kind (logger, level, sentence) that are written in a second; more are counted."""
_OWN_WORDS: Final = (HearingBotError, AssertionError, AttributeError, ImportError, NameError, TypeError)
"""Exceptions that speak of the program, not of what people wrote."""
_NOISY: Final = ("aiohttp.access", "alembic", "apscheduler", "httpcore", "httpx", "sqlalchemy", "telegram")
_SHORTEST: Final = 5
"""Characters: a shorter secret is a part of ordinary words, and no secret."""
_TOKEN: Final = re.compile(r"\b\d{3,}:[\w-]{20,}\b|(?<=bot)\d{3,}:[\w-]{5,}")
_PASSWORD: Final = re.compile(r"(?<=://)([^/@\s:]+):[^/@\s]+@")


def set_up(*, level: str, form: str, secrets: Iterable[str] = ()) -> None:
    """Send everything to stderr, ours and the libraries' alike; ``form`` is ``console`` or ``json``.

    No line holds one of ``secrets``, nor anything that looks like a token or the password in an address.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    last: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.ExceptionRenderer(discreet),
        _renderer(form),
        _redaction(secrets),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(LineRateLimiter())
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(max(logging.WARNING, logging.getLevelName(level)))
    # a tick logs its own crash; all the executor could add is that the last one was cancelled on leaving
    logging.getLogger("apscheduler.executors").setLevel(logging.CRITICAL)
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)  # a tick that hangs is told of by the tick


class LineRateLimiter:
    """Lets through so many lines of one kind in a second: a fault that repeats must not fill the disk.

    The first line of the kind in a later second says how many were left out, as ``left_out``.
    """

    def __init__(self, most: int = LINES_A_SECOND) -> None:
        self._most = most
        self._second = 0
        self._written: Counter[object] = Counter()
        self._left_out: Counter[object] = Counter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        ours = isinstance(record.msg, dict)
        kind = record.name, record.levelno, record.msg.get("event") if isinstance(record.msg, dict) else record.msg
        if int(record.created) != self._second:
            self._second = int(record.created)
            self._written.clear()
        self._written[kind] += 1
        if self._written[kind] > self._most:
            self._left_out[kind] += 1
            return False
        if (left_out := self._left_out.pop(kind, 0)) and ours:
            record.msg = {**record.msg, "left_out": left_out}  # type: ignore[dict-item]
        elif left_out:
            record.msg = f"{record.msg} (and {left_out} more like it)"
        return True


def _renderer(form: str) -> Processor:
    if form == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    colors = sys.stderr.isatty()
    return structlog.dev.ConsoleRenderer(colors=colors, exception_formatter=structlog.dev.plain_traceback)


def discreet(exc_info: ExcInfo) -> str:
    """The traceback from the first cause on, with the messages of our own exceptions alone.

    A database quotes the row it refused, ``int`` the text it could not read: the messages of other exceptions may
    quote what people wrote, and are left out.
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


def _redaction(secrets: Iterable[str]) -> Processor:
    """Replace secrets in the finished text of a log entry, from whatever depth they came."""
    long_enough = [secret for secret in secrets if len(secret) >= _SHORTEST]

    def redact(_logger: WrappedLogger, _method: str, line: Any) -> str:
        for secret in long_enough:
            line = line.replace(secret, "…")
        return _PASSWORD.sub(r"\1:…@", _TOKEN.sub("…", line))

    return redact
