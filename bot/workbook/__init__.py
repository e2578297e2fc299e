"""The secretary's workbook: an empty one to fill, a filled one to load, and every mistake in it by sheet and cell.

``template`` and ``fill`` write, ``read`` reads, ``sentence`` puts a fault into the reader's language;
``bot.workbook.places`` reads the list of places.
"""

from bot.spreadsheets.faults import Code, Fault
from bot.workbook.faults import HearingCode, PlaceCode, sentence
from bot.workbook.filling import fill
from bot.workbook.reader import Reading, read
from bot.workbook.template import template

__all__ = ["Code", "Fault", "HearingCode", "PlaceCode", "Reading", "fill", "read", "sentence", "template"]
