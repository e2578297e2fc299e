"""Commands that look, beside a running bot too, and change nothing: status, health, hearings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, TypeVar

import click

from bot.domain.hearings import Phase
from bot.domain.places import PlaceTree
from bot.domain.towns import with_towns
from bot.shell import CommandFailed, UsageMistake, go, settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from zoneinfo import ZoneInfo

    from bot.config import Settings
    from bot.domain.given_up import GivenUp
    from bot.domain.hearings import Hearing
    from bot.domain.notices import Broadcast, Progress
    from bot.ports import Repositories

T = TypeVar("T")

GIVEN_UP_FOR: Final = timedelta(days=7)
"""What was given up longer ago is not told any more."""
ANSWERS_WITHIN: Final = 4.0
"""Seconds."""


@click.command()
def status() -> None:
    """Say what is going on.

    Hearings with their phase and code, followers, queues, broadcasts under way, what was given up and why. Reads the
    database alone, and makes none. Whether the bot runs says `hearing-bot health`.
    """
    from storage import whereabouts

    found = settings()
    click.echo(f"Database: {whereabouts(found.database_url)}")
    for line in go(_looked(found, lambda repositories: _status(repositories, found.timezone))):
        click.echo(line)


@click.command()
@click.option("--ready", is_flag=True, help="Exit 1 also where it lives and something is wrong.")
def health(*, ready: bool) -> None:
    """Ask the running bot how it is.

    By HTTP on METRICS_LISTEN, else LISTEN, for health checks of containers: exit 1 where it does not answer. Says what
    is wrong.
    """
    import json
    from urllib.error import HTTPError, URLError
    from urllib.request import ProxyHandler, build_opener

    found = settings()
    where = f"http://{found.operator_address.from_here}/readyz"
    try:
        with build_opener(ProxyHandler({})).open(where, timeout=ANSWERS_WITHIN) as answer:
            answer.read()
    except HTTPError as refusal:
        with refusal:
            reasons = json.loads(refusal.read())["reasons"]
    except (URLError, OSError):
        name, address = ("METRICS_LISTEN", found.metrics_listen) if found.metrics_listen else ("LISTEN", found.listen)
        raise CommandFailed(f"The bot does not answer on {name}: {address}. Does it run?") from None
    else:
        reasons = {}
    for name, words in reasons.items():
        click.echo(f"✗ {name}: {words}")
    if not reasons:
        click.echo("✓ the bot lives and is ready")
    elif ready:
        raise SystemExit(1)


@click.command()
@click.option("--municipality", help="Its code; without it, all of them.")
def hearings(*, municipality: str | None) -> None:
    """List the hearings, drafts too.

    Each line: code, phase, municipality, first sitting, closing, title.
    """
    found = settings()
    for line in go(_looked(found, lambda repositories: _hearings(repositories, municipality, found.timezone))):
        click.echo(line)


async def _looked(found: Settings, look: Callable[[Repositories], Awaitable[T]]) -> T:
    """What ``look`` finds in one reading of the database. Raises CommandFailed where there is none to be read."""
    from storage import SchemaStatus, open_for_reading, schema_state, whereabouts

    state = (await schema_state(found.database_url)).status
    if state is not SchemaStatus.CURRENT:
        where = whereabouts(found.database_url)
        words = {
            SchemaStatus.EMPTY: f"There is no database yet: {where}. `hearing-bot check` says what to do first.",
            SchemaStatus.OLDER: "The database has an older schema: run `hearing-bot migrate`.",
            SchemaStatus.NEWER: "The database has a newer schema: install the newer hearing-bot.",
        }
        raise CommandFailed(words[state])
    store = open_for_reading(found.database_url)
    try:
        async with store.reading() as repositories:
            return await look(repositories)
    finally:
        await store.close()


async def _status(repositories: Repositories, timezone: str) -> list[str]:
    tree = PlaceTree(with_towns(await repositories.places.list_all()), timezone)
    lines, broadcasts = ["Hearings:"], []
    for place in tree.municipalities:
        current = await repositories.hearings.list_of(place.id, [each for each in Phase if each is not Phase.CANCELLED])
        followers = await repositories.people.count_followers(place.id) if current else 0
        for hearing in current:
            lines.append(await _hearing_line(repositories, hearing, followers, tree.zone(place.id)))
            progress = await repositories.notices.progress(hearing.id)
            under_way = [each for each in await repositories.broadcasts.list_of(hearing.id) if not each.completed]
            broadcasts += [_broadcast_line(each, hearing, progress.get(each.id)) for each in under_way]
    notices, replies = await repositories.notices.ahead(), await repositories.owed_replies.ahead()
    waiting = await repositories.inbox.count()
    lines += [] if len(lines) > 1 else ["  none yet"]
    lines += [f"Queue: {notices} notices, {replies} replies and files; {waiting} updates stored to be handled"]
    lines += ["Broadcasts under way:", *(broadcasts or ["  none"])]
    now = datetime.now(UTC)  # noqa: TID251 - no service is at work here
    given_up = [_given_up_line(each) for each in await repositories.notices.given_up(now - GIVEN_UP_FOR)]
    return [*lines, f"Given up in {GIVEN_UP_FOR.days} days:", *(given_up or ["  nothing"])]


def _given_up_line(given_up: GivenUp) -> str:
    return f"  {given_up.what}: {given_up.count}, {given_up.reason or 'of no known reason'}"


async def _hearing_line(repositories: Repositories, hearing: Hearing, followers: int, zone: ZoneInfo) -> str:
    took_part = (await repositories.participants.participation(hearing.id)).people
    comments = await repositories.comments.counts(hearing.id)
    counted = f"{comments.total} comments ({comments.waiting} to moderate, {comments.undecided} undecided)"
    closes = f"answers until {hearing.closes_at.astimezone(zone):%Y-%m-%d %H:%M}"
    words = f"{hearing.code}  {hearing.phase.value}, {closes}"
    return f"  {words}: {followers} followers, {took_part} took part, {counted}"


def _broadcast_line(broadcast: Broadcast, hearing: Hearing, progress: Progress | None) -> str:
    name = f"{broadcast.kind.value} of {hearing.code}, {broadcast.status.value}"
    if progress is None or not progress.total:
        return f"  {name}: due {broadcast.planned.due_at:%Y-%m-%d %H:%M} UTC"
    lost = f", {progress.undeliverable} undeliverable" if progress.undeliverable else ""
    return f"  {name}: {progress.delivered} of {progress.total} delivered{lost}, {progress.waiting} wait"


async def _hearings(repositories: Repositories, code: str | None, timezone: str) -> list[str]:
    tree = PlaceTree(with_towns(await repositories.places.list_all()), timezone)
    places = [place for place in tree.municipalities if code in (None, place.code)]
    if code is not None and not places:
        raise UsageMistake(f"There is no municipality {code!r}. `hearing-bot places list` has them.")
    lines: list[str] = []
    for place in places:
        stored = await repositories.hearings.list_of(place.id, tuple(Phase))
        lines += ["\t".join(_columns(hearing, place.code, tree.zone(place.id))) for hearing in stored]
    return lines or ["There are no hearings yet."]


def _columns(hearing: Hearing, municipality: str, zone: ZoneInfo) -> Iterator[str]:
    first = min((sitting.starts_at for sitting in hearing.dossier.sittings), default=None)
    yield from (hearing.code, hearing.phase.value, municipality)
    yield f"{first.astimezone(zone):%Y-%m-%d %H:%M}" if first else "-"
    yield f"{hearing.closes_at.astimezone(zone):%Y-%m-%d %H:%M}"
    yield " ".join(str(hearing.dossier.title).split())
