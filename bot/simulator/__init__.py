"""Telegram without Telegram: a strict model of the Bot API, for tests, for the demo and for measurements.

::

    telegram = Telegram(clock=clock)                        one model; limits=Limits() for Telegram's own
    Bot(telegram.token, request=SimulatorRequest(telegram)) python-telegram-bot in the same process
    server.application(telegram)                            the same over HTTP
    aigul = Person(telegram, "Айгүл", language="ky")        a person who taps and reads
    aigul.start("h_1"); await telegram.settled(); aigul.press("Колдойм"); aigul.toasts; aigul.screen
    SimulatedRoom(telegram, "Кара-Суу", owner=aigul).add_bot(aigul)  a group or channel
    telegram.faults.next(method="sendMessage", retry_after=35)   a refusal that a test plans
    telegram.watch(), telegram.listen(...)                  events, as phones show them

``botapi.json`` holds what the Bot API accepts. A method that it knows and this model does not is refused with 501.
"""

from bot.simulator.events import Event, EventStream
from bot.simulator.faults import PlannedFault
from bot.simulator.files import Upload
from bot.simulator.limits import Limits
from bot.simulator.messages import Message
from bot.simulator.people import Person, Toast
from bot.simulator.request import SimulatorRequest
from bot.simulator.rooms import SimulatedRoom
from bot.simulator.telegram import Answer, Telegram

__all__ = [
    "Answer",
    "Event",
    "EventStream",
    "Limits",
    "Message",
    "Person",
    "PlannedFault",
    "SimulatedRoom",
    "SimulatorRequest",
    "Telegram",
    "Toast",
    "Upload",
]
