"""The table of decisions as a spreadsheet: its columns, its words in every language, and what a returned one says.

The secretary takes it, fills the coloured columns and sends it back. ``bot.reports.decision_table`` writes it.
"""
