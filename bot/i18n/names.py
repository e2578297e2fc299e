"""What the things of a hearing are called on paper: one name for each kind, in every report the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.comments import Channel, CommentKind, HidingRule, MediaKind, Outcome, Visibility
from bot.domain.hearings import HearingKind, Phase
from bot.domain.people import AgeBand, Gender
from bot.domain.programme import GRANTS_REVENUE, OWN_REVENUE, SHARED_REVENUE, SPECIAL_REVENUE, Side
from bot.domain.questions import AGAINST, NEUTRAL, SUPPORT, AboutKind, Question, QuestionKind
from bot.i18n import later

if TYPE_CHECKING:
    from bot.domain.comments import Media
    from bot.domain.hearings import Dossier
    from bot.domain.programme import Discrepancy, Unit
    from bot.domain.questions import About
    from bot.i18n import Translator

HEARINGS: Final = {
    HearingKind.STRATEGY: later("Draft strategy"),
    HearingKind.BUDGET: later("Draft budget"),
    HearingKind.BOTH: later("Draft strategy and draft budget"),
    HearingKind.EXECUTION: later("How the budget was carried out"),
    HearingKind.OTHER: later("Public hearing"),
}
PHASES: Final = {
    Phase.DRAFT: later("Draft"),
    Phase.ANNOUNCED: later("Announced"),
    Phase.OPEN: later("Open"),
    Phase.CLOSED: later("Closed"),
    Phase.ANSWERED: later("Answered"),
    Phase.CANCELLED: later("Cancelled"),
}
CHANNELS: Final = {
    Channel.TELEGRAM: later("Telegram"),
    Channel.HALL: later("In the hall"),
    Channel.PAPER: later("On paper"),
    Channel.PHONE: later("By phone"),
}
COMMENTS: Final = {
    CommentKind.COMMENT: later("Comment"),
    CommentKind.PROPOSAL: later("Proposal"),
    CommentKind.QUESTION: later("Question"),
}
VISIBILITIES: Final = {
    Visibility.WAITING: later("Waiting to be published"),
    Visibility.PUBLISHED: later("Published"),
    Visibility.HIDDEN: later("Hidden"),
}
HIDING_RULES: Final = {
    HidingRule.PERSONAL_DATA: later("Hidden: personal data"),
    HidingRule.INSULT: later("Hidden: insult"),
    HidingRule.ADVERTISING: later("Hidden: advertising"),
    HidingRule.OFF_TOPIC: later("Hidden: off topic"),
}
OUTCOMES: Final = {
    Outcome.ACCEPTED: later("Accepted"),
    Outcome.PARTLY: later("Partly accepted"),
    Outcome.REJECTED: later("Rejected"),
    Outcome.NOTED: later("Noted"),
}
QUESTIONS: Final = {
    QuestionKind.STANCE: later("For or against"),
    QuestionKind.ONE: later("One answer"),
    QuestionKind.SEVERAL: later("Several answers"),
    QuestionKind.RANK: later("Order of importance"),
    QuestionKind.COINS: later("Coins to share"),
}
STANCES: Final = {SUPPORT: later("In favour"), AGAINST: later("Opposed"), NEUTRAL: later("Abstained")}
GENDERS: Final = {Gender.FEMALE: later("Women"), Gender.MALE: later("Men"), Gender.UNSAID: later("Not said")}
AUTHORS: Final = {Gender.FEMALE: later("woman"), Gender.MALE: later("man")}
AGES: Final = {
    AgeBand.TO_17: later("Up to 17 years"),
    AgeBand.TO_28: later("18–28 years"),
    AgeBand.TO_44: later("29–44 years"),
    AgeBand.TO_59: later("45–59 years"),
    AgeBand.FROM_60: later("60 years and older"),
    AgeBand.UNSAID: later("Not said"),
}
SIDES: Final = {Side.REVENUE: later("Revenue"), Side.EXPENDITURE: later("Expenditure")}
BUDGET_GROUPS: Final = {
    OWN_REVENUE: later("Local revenues"),
    SHARED_REVENUE: later("Shared national taxes"),
    SPECIAL_REVENUE: later("Special means (paid services)"),
    GRANTS_REVENUE: later("Grants"),
    "701": later("General public services"),
    "702": later("Defence"),
    "703": later("Public order and safety"),
    "704": later("Economic affairs"),
    "705": later("Environmental protection"),
    "706": later("Housing and community amenities"),
    "707": later("Health"),
    "708": later("Recreation, culture and religion"),
    "709": later("Education"),
    "710": later("Social protection"),
}


def budget_group(t: Translator, group: str) -> str:
    """The name of a group of budget lines; one the house does not know is shown as the secretary wrote it."""
    return t(BUDGET_GROUPS[group]) if group in BUDGET_GROUPS else group


def about(t: Translator, dossier: Dossier, what: About) -> str:
    """What a question or a comment is about, for a reader who has only the record."""
    match what.kind:
        case AboutKind.HEARING:
            return t("The hearing as a whole")
        case AboutKind.STRATEGY:
            return t("Draft strategy")
        case AboutKind.BUDGET:
            return t("Draft budget")
        case AboutKind.SERVICE:
            return t("Service {no}: {title}", no=what.no, title=t.marked(dossier.service(what.no).title))
        case AboutKind.LINE:
            return t("Budget line: {title}", title=t.marked(dossier.line(what.no).title))
        case AboutKind.AGENDA:
            return t("Agenda item {no}: {title}", no=what.no, title=t.marked(dossier.item(what.no).item))


def discrepancy(t: Translator, gap: Discrepancy, unit: Unit) -> str:
    """A declared total that its lines do not add up to, with both figures."""
    return t(
        "{side}: the declared total is {declared}, the lines add up to {summed}.",
        side=t(SIDES[gap.side]),
        declared=t.money(gap.declared, unit),
        summed=t.money(gap.summed, unit),
    )


def question(t: Translator, dossier: Dossier, asked: Question) -> str:
    """A question as it was put; without words of its own it is named by what it is about."""
    return t.marked(asked.text) or about(t, dossier, asked.about)


def option(t: Translator, asked: Question, number: int) -> str:
    """An answer of a question."""
    if asked.kind is QuestionKind.STANCE:
        return t(STANCES[number])
    return t.marked(asked.options[number - 1])


def attachment(t: Translator, media: Media) -> str:
    """What came beside the text."""
    if media.kind is MediaKind.PHOTO:
        return t("Photo")
    return t("Voice message, {seconds} s", seconds=media.seconds)
