"""hearing-bot: the rooms of the house, from the door inwards.

::

    bot.__main__ -> bot.cli -> bot.demo -> bot.app, bot.simulator, bot.web     the front door
                                  |
             handlers  ---------------  storage           Telegram here, SQL there; strangers to each other
                                  |
             bot.services   bot.reports   bot.workbook    verbs; a hearing to files; files to a hearing
                                  |
             bot.ports   bot.i18n   bot.config            what the house needs of the world
                                  |
                             bot.domain                   nouns and rules, standard library only

Everyone may speak the language of ``bot``; only the front door knows both adapters. ``GLOSSARY.md`` has the words,
``CONTRIBUTING.md`` a quiz for finding the room of a new line.
"""
