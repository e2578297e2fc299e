"""What an administrator reads when something is wrong with the bot itself, and when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.alarms import Alarm, AlarmNews
from bot.i18n import later, names
from handlers.views.screen import Screen, b, e, i, stacked

if TYPE_CHECKING:
    from datetime import tzinfo

    from bot.domain.alarms import AlarmState
    from bot.i18n import Translator

WRONG: Final = {
    Alarm.DATABASE: later("The database takes nothing: answers and comments are not stored now."),
    Alarm.CLOCK: later("Hearings do not open and close by themselves."),
    Alarm.POST: later("Messages to people do not leave."),
    Alarm.DISK: later("The server's disk is nearly full."),
    Alarm.BACKUP: later("Tonight's copy of the database was not made."),
    Alarm.MEDIA: later("Documents, photos and voices cannot be kept."),
    Alarm.SECOND_POLLER: later("A second program takes this bot's messages. People may get no answer."),
    Alarm.HELD_UP: later("Telegram makes messages wait for more than an hour."),
}
"""What is wrong."""
TO_DO: Final = {
    Alarm.DATABASE: later("Look at the server: is its disk full, does another program hold the database, does it run?"),
    Alarm.CLOCK: later("Start the bot anew."),
    Alarm.POST: later("Start the bot anew."),
    Alarm.DISK: later("Make room: on a full disk nothing is stored."),
    Alarm.BACKUP: later("Look at the folder for copies (BACKUP_FOLDER): is it there, is there room?"),
    Alarm.MEDIA: later("Look at the folder for files (MEDIA_FOLDER): is it there, is there room?"),
    Alarm.SECOND_POLLER: later("Does the bot run twice? Stop one. If not, ask @BotFather for a new token (/revoke)."),
    Alarm.HELD_UP: later("There is nothing to do. The buttons work, and nothing is lost."),
}
"""What to do about it."""


def render(t: Translator, state: AlarmState, news: AlarmNews, zone: tzinfo) -> Screen:
    """One alarm: what is wrong and what to do, or that it is over."""
    since = t.moment(state.since, zone)
    if news is AlarmNews.BEGUN:
        return Screen(
            stacked(
                b(t("⚠️ Something is wrong with the bot")),
                e(t(WRONG[state.alarm])),
                e(t(TO_DO[state.alarm])),
                i(t("Since {moment}. The log says: {words}", moment=since, words=state.cause)),
            )
        )
    until = t.moment(state.fine_since, zone) if state.fine_since else since
    return Screen(
        stacked(
            b(t("✅ It is over: all is well again")),
            e(t(names.ALARM_NAMES[state.alarm])),
            e(t("It was wrong from {begin} to {end}.", begin=since, end=until)),
            e(t("The bot could not tell you of it before.")) if news is AlarmNews.PAST else None,
        )
    )
