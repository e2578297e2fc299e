"""hearing-bot: the packages of the program, from the command line inwards.

::

    bot.__main__ -> bot.cli -> bot.demo -> bot.running -> bot.app, bot.tick, bot.web     composition
                                   |
             handlers  ----------------------  storage       Telegram here, SQL there; they never import each other
                                   |
             bot.services   bot.reports   bot.workbook       what people do; a hearing to files; a workbook to a hearing
                                   |
             bot.ports   bot.i18n   bot.spreadsheets         the world as protocols; words for people; files of others
                                   |
                              bot.domain                     terms and rules, standard library only

Every package may import those below it; only the composition imports both ``handlers`` and ``storage``.
``bot.simulator`` is a Telegram without Telegram, for tests, the demo and benchmarks. ``GLOSSARY.md`` has the words,
``CONTRIBUTING.md`` a quiz for finding the module of a new line.
"""
