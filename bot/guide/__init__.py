"""``hearing-bot guide``: four pages for secretaries in each language, with the screens that the bot shows.

::

    make_guide      the PDF
    pages           what the pages say, from the catalogues
    screens         what the bot shows: a bot of our own over a Telegram of our own, with sample hearings
    phone           a screen as data for the template ``bot/reports/pictures/guide.typ``
"""

from bot.guide.paper import make_guide

__all__ = ["make_guide"]
