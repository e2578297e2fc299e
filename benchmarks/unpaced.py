"""``hearing-bot run`` without the cap of thirty messages a second, which Telegram sets and the reference does not keep.

So both are measured by what they can do, not by what Telegram allows.
"""

from __future__ import annotations

import argparse
import asyncio

from bot.cli.running import spare_the_collector, until_signalled
from bot.config import load
from bot.event_loop import new_event_loop
from bot.logs import set_up
from bot.running import run

if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pace", type=float, default=1.0, help="seconds between two messages to a person")
    pace = arguments.parse_args().pace
    settings = load()
    set_up(level=settings.log_level, form=settings.log_format)
    spare_the_collector()
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(until_signalled(lambda stop: run(settings, stop=stop, capped=False, pace=pace)))
