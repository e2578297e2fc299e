"""The secretary's workbook: an empty one to fill, a filled one to load, and every mistake in it by sheet and cell.

``template.template`` and ``filling.fill`` write, ``reader.read`` reads, ``faults.sentence`` puts a fault into words;
``places`` reads the list of places. Nothing is imported here: the bot hands jobs over, and does without what they need.
"""
