"""What every context can reach: the services, the words, the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.decision_table.reader import ReturnedTable
    from bot.domain.errors import Refusal
    from bot.domain.hearings import Hearing
    from bot.i18n import Catalogues, Translator
    from bot.reports.jobs import Job
    from bot.services import Services
    from handlers.attention import Attention
    from handlers.cooldown import Cooldown
    from handlers.file_progress import FileProgress
    from handlers.hall_screens import HallScreens
    from handlers.outgoing.replies import Replies
    from handlers.presses import Press
    from handlers.trails import Trails
    from handlers.views.screen import Picture

    StoreFailed = Callable[[object, str], None]

Outcome = TypeVar("Outcome")


class Documents(Protocol):
    """Pictures that take a while to make, and other work that does."""

    async def budget_chart(self, hearing: Hearing, t: Translator) -> Picture | None:
        """The chart of a hearing's budget; None where it is not there soon."""
        ...

    async def picture(self, key: str, job: Job[bytes]) -> Picture | None:
        """The picture that a job draws, which ``key`` names for ever; None where it is not there soon."""
        ...

    async def returned_table(self, content: bytes, municipalities: frozenset[int], language: str) -> ReturnedTable:
        """What a table of decisions says that staff of these municipalities have sent back. Raises FileNotMade."""
        ...

    async def run(self, job: Job[Outcome]) -> Outcome:
        """Let the worker do a job. Raises JobFailed, StoreUnavailable."""
        ...


class BotData:
    """What every context can reach, one for the whole application.

    The library makes it without arguments; the runtime fills it in before the first update.
    """

    services: Services
    documents: Documents
    catalogues: Catalogues
    replies: Replies
    cooldown: Cooldown
    attention: Attention
    trails: Trails
    hall_screens: HallScreens
    file_progress: FileProgress
    routes: Mapping[type[Press], Callable[[Any, Any], Awaitable[None]]]
    """The handler of each press: it is called with a context and the press."""
    per_head: tuple[int, int]
    """Som a head between which a budget lies."""
    pages_url: str
    """Where the pages of the hall are served; empty where they are not."""
    timezone: str
    """IANA name: the program's own, where no municipality says otherwise."""
    store_failed: StoreFailed
    """Called with an update that the store refused, and the reason: the update is handled again later."""
    is_followed: Callable[[int], bool]
    takes_long: Callable[[int], None]
    """Whether further messages of the same person wait behind an update, by its number."""
    tell_refusal: Callable[[Any, Refusal], Awaitable[None]]
    """Called with a context, and a refusal of what was to be drawn, long after it was pressed."""
    wake_outbox: Callable[[], None]
    """Called when a reply is owed: it leaves at once, not with the next poll of the outbox."""
