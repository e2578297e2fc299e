"""What the pages of the guide say; buttons are called as they are called on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass
from bot.guide.phone import label
from bot.guide.screens import Shot

if TYPE_CHECKING:
    from bot.i18n import Translator

OPENS, CLOSES = "\ue000", "\ue001"
"""Signs around the name of a button, which the template sets in bold: no letter of any language."""
PAGES: Final = 4


@dataclass(frozen=True, slots=True)
class GuidePage:
    """A page: what to do, step by step, and two screens, each with what it is."""

    heading: str
    steps: tuple[str, ...]
    shots: tuple[tuple[Shot, str], ...]


def pages(t: Translator) -> tuple[GuidePage, ...]:
    """The four pages in the translator's language."""
    return _desk(t), _announcing(t), _answers(t), _decisions(t)


def _name(words: str) -> str:
    """The name of a button in a sentence."""
    return f"{OPENS}{label(words)}{CLOSES}"


def _desk(t: Translator) -> GuidePage:
    new, look = _name(t.p("button", "➕ New hearing")), _name(t.p("button", "👁 As residents see it"))
    return GuidePage(
        t("Your desk and a new hearing"),
        (
            t("Open the invitation link that you were sent. It works once, within 24 hours. Give it to nobody."),
            t("Write /desk to the bot: your desk opens. What the bot sends you leads there too."),
            t("Press {button}. Without a workbook there are six questions, answered with buttons.", button=new),
            t("Or take the empty workbook, fill it in and send it to the chat. Each mistake is named by its cell."),
            t("People do not see a draft. {button} shows you what they will see.", button=look),
            t(
                "Invite colleagues under {button}: moderators publish comments, members decide on them.",
                button=_name(t.p("button", "👥 Staff")),
            ),
        ),
        (
            (Shot.DESK, t("The desk of a municipality")),
            (Shot.NEW_HEARING, t("Two ways to a new hearing")),
        ),
    )


def _announcing(t: Translator) -> GuidePage:
    dates, change = _name(t.p("button", "📣 Messages and dates")), _name(t.p("button", "✏️ Change"))
    return GuidePage(
        t("To announce a hearing"),
        (
            t(
                "{button} says how many people will get a message, and asks once more.",
                button=_name(t.p("button", "📣 Publish")),
            ),
            t("You can choose a time instead. What can wait is not sent by night: it leaves at 8:00."),
            t(
                "{button}: link the groups of your villages; the bot posts the announcement there.",
                button=_name(t.p("button", "📢 Groups and channels")),
            ),
            t("Print posters under {button} and hang one in each village: its code opens the hearing.", button=dates),
            t("A slip? Correct it under {button}. Those who were told hear of it.", button=change),
            t(
                "To postpone or to cancel, press {button} and name the reason. Everybody who was told is told at once.",
                button=dates,
            ),
        ),
        (
            (Shot.DRAFT, t("A draft on the desk")),
            (Shot.PUBLISHING, t("The bot asks before it publishes")),
        ),
    )


def _answers(t: Translator) -> GuidePage:
    return GuidePage(
        t("While people answer"),
        (
            t(
                "Look at {button} every day. Read each one, then publish or hide it.",
                button=_name(t.p("button", "💬 Comments")),
            ),
            t("Hide a comment only by one of the rules. Its author is told which, and may appeal."),
            t("Listen to voice messages and type what is said: then it stands in the record."),
            t(
                "{button}: what came on paper, by phone or in the hall. Forms to print are there too.",
                button=_name(t.p("button", "✍️ Enter for somebody")),
            ),
            t(
                "{button} says which villages and groups are silent. Go there, ring them up.",
                button=_name(t.p("button", "👥 Not yet heard")),
            ),
            t("Nobody's name is shown or stored. Do not ask for names in the chat."),
        ),
        (
            (Shot.REVIEW, t("A comment that waits to be published")),
            (Shot.ENTRIES, t("What came on paper and in the hall")),
        ),
    )


def _decisions(t: Translator) -> GuidePage:
    return GuidePage(
        t("After closing"),
        (
            t("Answers close by themselves at the announced hour. You get the Excel record."),
            t("Decide on every comment, hidden ones too: in the chat, or in a table that you fill in and send back."),
            t("Give a reason that a neighbour understands: the author gets it as a message."),
            t(
                "{button}: the minutes to sign, the page for the notice board, all numbers.",
                button=_name(t.p("button", "📄 Minutes and files")),
            ),
            t("Write down what the council adopted. Everybody who took part is told."),
            t("When something promised is done, say so with its day and a photo. Until then people see it as open."),
        ),
        (
            (Shot.DECISION, t("A comment to be decided on")),
            (Shot.FILES, t("Files of a hearing")),
        ),
    )
