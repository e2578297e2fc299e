"""Public pages: what everybody may know of hearings, for a browser and without Telegram.

They say what the chat says to a stranger and nothing more. ``site`` writes them into a folder that any web space can
hold; ``gathering`` reads what stands on them, in one transaction for each hearing.
"""
