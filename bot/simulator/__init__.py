"""Telegram without Telegram: a strict model of the Bot API, for tests, for the demo and for measurements."""

from bot.simulator.events import Event, Watch
from bot.simulator.faults import Fault
from bot.simulator.files import Upload
from bot.simulator.limits import Limits
from bot.simulator.messages import Message
from bot.simulator.people import Person, Toast
from bot.simulator.request import SimulatorRequest
from bot.simulator.rooms import Room
from bot.simulator.telegram import Answer, Telegram

__all__ = [
    "Answer",
    "Event",
    "Fault",
    "Limits",
    "Message",
    "Person",
    "Room",
    "SimulatorRequest",
    "Telegram",
    "Toast",
    "Upload",
    "Watch",
]
