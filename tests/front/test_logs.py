"""No line of the log holds a secret, whatever put it there."""

from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING

import pytest
import structlog

from bot.config import load
from bot.logs import LineRateLimiter, set_up
from tests.front.shell import PASSWORD, TOKEN, WEBHOOK_SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STRANGE = "98765:someone_elses-token_of_35_letters"


@pytest.fixture(params=["console", "json"])
def lines(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], list[str]]]:
    """Everything logged so far, in either form; the log is afterwards what it was."""
    file = io.StringIO()
    monkeypatch.setattr("sys.stderr", file)
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    settings = load(
        "",
        bot_token=TOKEN,
        webhook_secret=WEBHOOK_SECRET,
        database_url=f"postgresql://u:{PASSWORD}%2F@host/db",
    )
    set_up(level="DEBUG", form=request.param, secrets=settings.secrets)
    yield lambda: file.getvalue().splitlines()
    structlog.configure(**before)
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize("secret", [TOKEN, WEBHOOK_SECRET, f"{PASSWORD}%2F", f"{PASSWORD}/", STRANGE])
def test_a_secret_stays_out_of_every_line(lines: Callable[[], list[str]], secret: str) -> None:
    log = structlog.get_logger("bot")
    log.info(secret, value=secret, deep={"list": [secret.encode(), (secret,)]}, url=f"https://host/bot{secret}/getMe")
    logging.getLogger("somebody.else").warning("GET %s", f"https://telegram.invalid/file/bot{secret}/photo.jpg")
    log.error("crashed", exc_info=TypeError(secret))
    text = "\n".join(lines())
    assert "crashed" in text
    assert "GET" in text
    assert secret not in text


def test_the_password_in_any_address_stays_out(lines: Callable[[], list[str]]) -> None:
    structlog.get_logger("bot").info("postgresql://other:password@elsewhere/db")
    (line,) = lines()
    assert ":password@" not in line
    assert "elsewhere/db" in line


def test_a_library_says_what_an_operator_needs_and_no_more(lines: Callable[[], list[str]]) -> None:
    logging.getLogger("alembic.runtime.migration").info("Context impl SQLiteImpl.")
    logging.getLogger("apscheduler.scheduler").info("Added job")
    logging.getLogger("apscheduler.scheduler").error("Job failed")
    (line,) = lines()
    assert "Job failed" in line


@pytest.mark.parametrize("lines", ["json"], indirect=True)
def test_a_line_for_machines_stays_one_object(lines: Callable[[], list[str]]) -> None:
    structlog.get_logger("bot").info("сөз", value=TOKEN)
    (line,) = lines()
    said = json.loads(line)
    assert (said["event"], said["value"], said["level"]) == ("сөз", "…", "info")


def test_lines_of_one_kind_are_few_in_a_second_and_the_others_are_counted() -> None:
    limiter = LineRateLimiter(most=3)

    def line(second: int, message: object = "no answer", level: int = logging.ERROR) -> logging.LogRecord:
        made = logging.LogRecord("bot", level, __file__, 1, message, None, None)
        made.created = float(second)
        return made

    assert [limiter.filter(line(1)) for _ in range(9)] == [True] * 3 + [False] * 6
    assert limiter.filter(line(1, "another"))
    assert limiter.filter(line(1, level=logging.DEBUG))
    later = line(2)
    assert limiter.filter(later)
    assert later.getMessage() == "no answer (and 6 more like it)"
    ours = [line(3, {"event": "polling failed", "error": "x"}) for _ in range(5)]
    assert [limiter.filter(each) for each in ours] == [True] * 3 + [False] * 2
    again = line(4, {"event": "polling failed", "error": "y"})
    assert limiter.filter(again)
    assert again.msg == {"event": "polling failed", "error": "y", "left_out": 2}
