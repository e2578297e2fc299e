"""The entry sheet as a spreadsheet: its columns, its words in every language, and what one that has come back says.

The commission takes it, types papers, counts and people present into it and sends it back.
``bot.reports.entry_sheet`` writes it.
"""
