"""Metrics for Prometheus, read from their owners when it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.core import Metric

    from bot.services.outbox.sender import OutboxSender
    from bot.tick import Ticker
    from handlers.incoming.dispatcher import Dispatcher
    from handlers.incoming.polling import Poller
    from handlers.outgoing.replies import Replies


class MetricsCollector(Collector):
    """Collects the metrics that an operator watches."""

    def __init__(
        self, dispatcher: Dispatcher, replies: Replies, poller: Poller, ticker: Ticker, sender: OutboxSender
    ) -> None:
        self._dispatcher = dispatcher
        self._intake = dispatcher.intake
        self._replies = replies
        self._poller = poller
        self._ticker = ticker
        self._sender = sender

    def collect(self) -> Iterator[Metric]:
        """The metrics as they are now."""
        updates = CounterMetricFamily("hearing_updates", "Updates by what became of them", labels=["outcome"])
        for outcome, count in self._intake.counts.items():
            updates.add_metric([outcome], count)
        yield updates
        replies = CounterMetricFamily(
            "hearing_replies", "Messages to people by what became of them", labels=["outcome"]
        )
        for outcome, count in self._replies.counts.items():
            replies.add_metric([outcome], count)
        yield replies
        yield GaugeMetricFamily("hearing_replies_under_way", "Chats and presses being answered", len(self._replies))
        waiting = "Updates that the database has refused so far"
        yield GaugeMetricFamily("hearing_updates_waiting", waiting, self._intake.waiting_for_store)
        stored = "Updates that wait for their turn in the inbox"
        yield GaugeMetricFamily("hearing_updates_stored", stored, self._dispatcher.stored)
        yield CounterMetricFamily("hearing_notices_delivered", "Notices that Telegram took", self._sender.delivered)
        yield CounterMetricFamily(
            "hearing_notices_taken_over", "Notices of a process that was gone", self._sender.taken_over
        )
        yield GaugeMetricFamily("hearing_notices_in_flight", "Notices held by this process", self._sender.claimed)
        yield GaugeMetricFamily(
            "hearing_bulk_held_seconds", "Until Telegram takes bulk again", self._replies.bulk_paused_for
        )
        yield GaugeMetricFamily("hearing_poll_errors", "Failed polls since the last answer", self._poller.health.errors)
        yield CounterMetricFamily("hearing_ticks", "Looks at the clock", self._ticker.ticks)
        yield CounterMetricFamily("hearing_tick_crashes", "Looks at the clock that crashed", self._ticker.crashes)
