"""Metrics for Prometheus, read from their owners when it asks: of the bot, and of its process."""

from __future__ import annotations

import platform
import threading
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
)
from prometheus_client.registry import Collector

from bot.disks import spaces_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from prometheus_client.core import Metric

    from bot.services.outbox.sender import OutboxSender
    from bot.tick import Ticker
    from handlers.incoming.dispatcher import Dispatcher
    from handlers.incoming.polling import Poller
    from handlers.outgoing.replies import Replies
    from handlers.press_times import PressTimes


def metrics_registry(bot: BotMetrics, folders: Sequence[Path]) -> CollectorRegistry:
    """What ``/metrics`` shows; ``folders`` are those the bot writes into.

    Memory, descriptors and the start of the process are there where the system has ``/proc``.
    """
    registry = CollectorRegistry()
    registry.register(bot)
    registry.register(MachineMetrics(folders))
    ProcessCollector(registry=registry)
    return registry


@dataclass(frozen=True, eq=False)
class BotMetrics(Collector):
    """What the bot does. ``readiness()`` gives each check of ``/readyz`` with what is wrong, or None."""

    dispatcher: Dispatcher
    replies: Replies
    poller: Poller
    ticker: Ticker
    sender: OutboxSender
    press_times: PressTimes
    readiness: Callable[[], Mapping[str, str | None]]

    def collect(self) -> Iterator[Metric]:
        """The metrics as they are now."""
        yield from self._troubles()
        yield from self._incoming()
        yield from self._outgoing()
        yield GaugeMetricFamily("hearing_poll_errors", "Failed polls since the last answer", self.poller.health.errors)
        yield CounterMetricFamily("hearing_ticks", "Looks at the clock", self.ticker.ticks)
        yield CounterMetricFamily("hearing_tick_crashes", "Looks at the clock that crashed", self.ticker.crashes)

    def _troubles(self) -> Iterator[Metric]:
        troubles = GaugeMetricFamily(
            "hearing_trouble", "Checks of /readyz: 1 where something is wrong", labels=["check"]
        )
        for check, wrong in self.readiness().items():
            troubles.add_metric([check], wrong is not None)
        yield troubles

    def _incoming(self) -> Iterator[Metric]:
        intake = self.dispatcher.intake
        updates = CounterMetricFamily("hearing_updates", "Updates by what became of them", labels=["outcome"])
        for outcome, count in intake.counts.items():
            updates.add_metric([outcome], count)
        yield updates
        waiting = "Updates that the database has refused so far"
        yield GaugeMetricFamily("hearing_updates_waiting", waiting, intake.waiting_for_store)
        stored = "Updates that wait for their turn in the inbox"
        yield GaugeMetricFamily("hearing_updates_stored", stored, self.dispatcher.stored)
        yield HistogramMetricFamily(
            "hearing_press_seconds",
            "From the arrival of a press to its toast",
            buckets=list(self.press_times.buckets()),
            sum_value=self.press_times.seconds,
        )

    def _outgoing(self) -> Iterator[Metric]:
        replies = CounterMetricFamily(
            "hearing_replies", "Messages to people by what became of them", labels=["outcome"]
        )
        for outcome, count in self.replies.counts.items():
            replies.add_metric([outcome], count)
        yield replies
        yield GaugeMetricFamily("hearing_replies_under_way", "Chats and presses being answered", len(self.replies))
        pace, learnt = self.replies.pace, "Messages a second that Telegram seems to take; 0 where none are counted"
        yield GaugeMetricFamily("hearing_pace", learnt, pace.total if pace is not None else 0)
        yield CounterMetricFamily("hearing_notices_delivered", "Notices that Telegram took", self.sender.delivered)
        yield CounterMetricFamily(
            "hearing_notices_taken_over", "Notices of a process that was gone", self.sender.taken_over
        )
        yield GaugeMetricFamily("hearing_notices_in_flight", "Notices held by this process", self.sender.claimed)
        yield GaugeMetricFamily(
            "hearing_bulk_held_seconds", "Until Telegram takes bulk again", self.replies.bulk_paused_for
        )


def _version() -> str:
    """The version that is installed; a folder with the source has none."""
    try:
        return version("hearing-bot")
    except PackageNotFoundError:
        return "not installed"


class MachineMetrics(Collector):
    """What the bot is, and what it has of its machine."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(dict.fromkeys(folders))
        self._build = _build()

    def collect(self) -> Iterator[Metric]:
        """The metrics as they are now."""
        yield InfoMetricFamily("hearing_build", "The program that runs", self._build)
        yield GaugeMetricFamily("hearing_threads", "Threads of the process", threading.active_count())
        free = GaugeMetricFamily(
            "hearing_disk_free_ratio", "Part of the disk that is free, by folder", labels=["folder"]
        )
        for space in spaces_at(self._folders):
            free.add_metric([str(space.folder)], space.part)
        yield free


@cache
def _build() -> dict[str, str]:
    return {"version": _version(), "python": platform.python_version()}
