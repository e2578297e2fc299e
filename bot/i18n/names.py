"""The words of every enumeration: tables of English sentences, and functions where the context counts.

Buttons are not here: what stands on them belongs to their screen. A table ends in ``_NAMES`` where it holds nouns, in
another noun where it holds sentences or marks. ``tests/i18n/test_names.py`` holds that none lacks a member.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.alarms import Alarm
from bot.domain.comment_lists import Standing
from bot.domain.comments import Channel, CommentKind, HidingRule, Outcome, Stage, Visibility
from bot.domain.files import FormKind
from bot.domain.hearings import HearingKind, Phase
from bot.domain.languages import OWN_NAMES
from bot.domain.media import MediaKind
from bot.domain.notices import NoticeKind
from bot.domain.numbers import Residence
from bot.domain.people import AgeBand, Gender, Reminders, Role
from bot.domain.programme import Side
from bot.domain.questions import AGAINST, NEUTRAL, SUPPORT, QuestionKind
from bot.domain.rooms import RoomKind
from bot.domain.setbacks import SetbackReason
from bot.domain.suppression import AtLeast
from bot.domain.tallies import SMALLEST_GROUP
from bot.i18n import later

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.domain.comments import Comment
    from bot.domain.duplicates import JoinedComments
    from bot.domain.media import Media
    from bot.domain.suppression import GroupSize
    from bot.i18n import Translator

HEARING_KIND_NAMES: Final = {
    HearingKind.STRATEGY: later("Draft strategy"),
    HearingKind.BUDGET: later("Draft budget"),
    HearingKind.BOTH: later("Draft strategy and draft budget"),
    HearingKind.EXECUTION: later("How the budget was carried out"),
    HearingKind.OTHER: later("Public hearing"),
}
"""What is heard."""
HEARING_KIND_HEADLINES: Final = {
    HearingKind.STRATEGY: later("Hearing on the draft strategy"),
    HearingKind.BUDGET: later("Hearing on the draft budget"),
    HearingKind.BOTH: later("Hearing on the draft strategy and budget"),
    HearingKind.EXECUTION: later("Hearing on how the budget was carried out"),
    HearingKind.OTHER: later("Public hearing"),
}
PHASE_NAMES: Final = {
    Phase.DRAFT: later("Draft"),
    Phase.ANNOUNCED: later("Announced"),
    Phase.OPEN: later("Open"),
    Phase.CLOSED: later("Closed"),
    Phase.ANSWERED: later("Answered"),
    Phase.CANCELLED: later("Cancelled"),
}
PHASE_SENTENCES: Final = {
    Phase.DRAFT: later("Draft, not published"),
    Phase.ANNOUNCED: later("Announced: answers are not taken yet"),
    Phase.OPEN: later("Open: your answer counts"),
    Phase.CLOSED: later("Closed: the commission is preparing its answers"),
    Phase.ANSWERED: later("The commission has answered"),
    Phase.CANCELLED: later("Cancelled"),
}
"""What a phase means for a reader."""
PHASES_AT_THE_DESK: Final = {**PHASE_SENTENCES, Phase.OPEN: later("Open: answers are taken")}
"""What a phase means for staff."""
SETBACK_REASON_SENTENCES: Final = {
    SetbackReason.ROOM: later("The room cannot be used."),
    SetbackReason.WEATHER: later("The weather does not allow it."),
    SetbackReason.ILLNESS: later("Somebody who is needed is ill."),
    SetbackReason.PAPERS: later("The papers are not ready yet."),
}
"""``SetbackReason.OWN`` is not here: its words are the secretary's."""
NOTICE_KIND_NAMES: Final = {
    NoticeKind.ANNOUNCED: later("📣 Announcement"),
    NoticeKind.OPENED: later("🗳 Answers are open"),
    NoticeKind.CLOSED: later("🔒 Thanks after closing"),
    NoticeKind.CHANGED: later("✏️ Change"),
    NoticeKind.POSTPONED: later("📆 Postponement"),
    NoticeKind.CANCELLED: later("✖️ Cancellation"),
    NoticeKind.REMINDER: later("🔔 Reminder of the sitting"),
    NoticeKind.CLOSING: later("⏳ Reminder of the end of answers"),
    NoticeKind.RESULTS: later("📊 Results"),
    NoticeKind.DIGEST: later("🗂 Numbers for staff"),
    NoticeKind.LONG_PAUSE: later("🐢 Telegram makes us wait"),
    NoticeKind.ASKED_AGAIN: later("🗳 Please answer again"),
    NoticeKind.COMMENT_CHANGED: later("✏️ A supported comment changed"),
    NoticeKind.VILLAGE: later("🔔 Reminder to a village"),
    NoticeKind.ANSWERS_DUE: later("⚖️ Comments wait for their answers"),
    NoticeKind.DECIDED: later("📨 The commission has answered"),
    NoticeKind.DONE: later("✔️ What was promised is done"),
    NoticeKind.COUNCIL: later("🏛 The council has decided"),
    NoticeKind.POST: later("🔄 Posts in groups and channels"),
}
"""What staff see of a broadcast."""

ALARM_NAMES: Final = {
    Alarm.DATABASE: later("The database"),
    Alarm.CLOCK: later("Hearings by the clock"),
    Alarm.POST: later("Messages to people"),
    Alarm.DISK: later("Room on the disk"),
    Alarm.BACKUP: later("The nightly copy"),
    Alarm.MEDIA: later("The folder for files"),
    Alarm.SECOND_POLLER: later("A second program"),
    Alarm.HELD_UP: later("The pause that Telegram wanted"),
}
"""What an administrator is told of."""
FORM_NAMES: Final = {
    FormKind.CARDS: later("Cards for comments"),
    FormKind.BALLOT: later("Questions on paper"),
    FormKind.ATTENDANCE: later("Attendance list"),
}
"""What is printed."""
CHANNEL_NAMES: Final = {
    Channel.TELEGRAM: later("Telegram"),
    Channel.HALL: later("In the hall"),
    Channel.PAPER: later("On paper"),
    Channel.PHONE: later("By phone"),
}
COMMENT_KIND_NAMES: Final = {
    CommentKind.COMMENT: later("Comment"),
    CommentKind.PROPOSAL: later("Proposal"),
    CommentKind.QUESTION: later("Question"),
}
COMMENT_KIND_PLURALS: Final = {
    CommentKind.COMMENT: later("Comments"),
    CommentKind.PROPOSAL: later("Proposals"),
    CommentKind.QUESTION: later("Questions"),
}
VISIBILITY_NAMES: Final = {
    Visibility.WAITING: later("Waiting to be published"),
    Visibility.PUBLISHED: later("Published"),
    Visibility.HIDDEN: later("Hidden"),
}
STANDING_MARKS: Final = {Visibility.WAITING: "⏳", Visibility.PUBLISHED: "✅", Visibility.HIDDEN: "🚫"}
STANDING_NAMES: Final = {
    Standing.ALL: later("All comments"),
    Standing.WAITING: later("Waiting"),
    Standing.PUBLISHED: later("Published"),
    Standing.HIDDEN: later("Hidden"),
    Standing.UNDECIDED: later("Without a decision"),
}
"""By where they stand staff look for comments."""
HIDING_RULE_NAMES: Final = {
    HidingRule.PERSONAL_DATA: later("Personal data of somebody"),
    HidingRule.INSULT: later("Insult"),
    HidingRule.ADVERTISING: later("Advertising"),
    HidingRule.OFF_TOPIC: later("Not about this hearing"),
    HidingRule.DUPLICATE: later("Sent more than once"),
}
"""What a moderator chooses from."""
HIDING_RULE_SENTENCES: Final = {
    HidingRule.PERSONAL_DATA: later("Hidden: personal data"),
    HidingRule.INSULT: later("Hidden: insult"),
    HidingRule.ADVERTISING: later("Hidden: advertising"),
    HidingRule.OFF_TOPIC: later("Hidden: off topic"),
    HidingRule.DUPLICATE: later("Hidden: sent more than once"),
}
"""What the author and the record read."""
STAGE_NAMES: Final = {
    Stage.RECEIVED: later("Received"),
    Stage.RECORDED: later("Published"),
    Stage.WITHDRAWN: later("Taken back"),
    Stage.DECIDED: later("Considered"),
    Stage.DONE: later("Done"),
}
OUTCOME_NAMES: Final = {
    Outcome.ACCEPTED: later("Accepted"),
    Outcome.PARTLY: later("Partly accepted"),
    Outcome.REJECTED: later("Rejected"),
    Outcome.NOTED: later("Noted"),
    Outcome.ANSWERED: later("Question answered"),
}
OUTCOME_MARKS: Final = {
    Outcome.ACCEPTED: "✅",
    Outcome.PARTLY: "☑️",
    Outcome.REJECTED: "❌",
    Outcome.NOTED: "📝",
    Outcome.ANSWERED: "💬",
}
MEDIA_MARKS: Final = {kind: "🎤" if kind.is_recording else "🖼" for kind in MediaKind}

QUESTION_KIND_NAMES: Final = {
    QuestionKind.STANCE: later("For or against"),
    QuestionKind.ONE: later("One answer"),
    QuestionKind.SEVERAL: later("Several answers"),
    QuestionKind.RANK: later("Order of importance"),
    QuestionKind.COINS: later("Coins to share"),
}
STANCE_NAMES: Final = {SUPPORT: later("In favour"), AGAINST: later("Opposed"), NEUTRAL: later("Abstained")}
"""As stances are counted; ``own_stance`` has what a person says of themselves."""
STANCE_MARKS: Final = {SUPPORT: "👍", AGAINST: "👎", NEUTRAL: "🤝"}

GENDER_NAMES: Final = {Gender.FEMALE: later("Women"), Gender.MALE: later("Men"), Gender.UNSAID: later("Not said")}
"""A group; ``own_gender`` has what a person says of themselves."""
AUTHOR_GENDER_NAMES: Final = {Gender.FEMALE: later("woman"), Gender.MALE: later("man")}
"""The author of a comment, where it may be said; ``Gender.UNSAID`` is left out."""
AGE_BAND_NAMES: Final = {
    AgeBand.TO_17: later("Up to 17 years"),
    AgeBand.TO_28: later("18–28 years"),
    AgeBand.TO_44: later("29–44 years"),
    AgeBand.TO_59: later("45–59 years"),
    AgeBand.FROM_60: later("60 years and older"),
    AgeBand.UNSAID: later("Not said"),
}
RESIDENCE_NAMES: Final = {
    Residence.HERE: later("Of this municipality"),
    Residence.ELSEWHERE: later("Of other municipalities"),
    Residence.UNSAID: later("Not said"),
}
ROLE_NAMES: Final = {
    Role.SECRETARY: later("Secretary"),
    Role.MEMBER: later("Commission member"),
    Role.MODERATOR: later("Moderator"),
}
REMINDERS_NAMES: Final = {
    Reminders.ALL: later("Everything"),
    Reminders.DAYS: later("Only the days of hearings"),
    Reminders.NONE: later("Nothing"),
}
REMINDERS_MEANINGS: Final = {
    Reminders.ALL: later(
        "When a hearing is announced, opens or changes; reminders before it, as a rule 7 days, 1 day and 2 hours; "
        "when answers are about to close; and if you took part, thanks and results."
    ),
    Reminders.DAYS: later(
        "A reminder on the day itself; when a hearing that you know of from us is changed, postponed or cancelled; "
        "and if you took part, thanks and results."
    ),
    Reminders.NONE: later("No messages. Only answers to what you press and write here."),
}
"""What each choice brings, by ``bot.domain.notice_rules.NOTICE_RULES``."""

SIDE_NAMES: Final = {Side.REVENUE: later("Revenue"), Side.EXPENDITURE: later("Expenditure")}


def own_stance(t: Translator, option: int) -> str:
    """A stance as a person says it of themselves; raises KeyError for what is not one."""
    stances = {
        SUPPORT: t.p("stance", "I support"),
        AGAINST: t.p("stance", "I am against"),
        NEUTRAL: t.p("stance", "I stay neutral"),
    }
    return stances[option]


def own_gender(t: Translator, said: Gender) -> str:
    """What a person has said about their gender."""
    match said:
        case Gender.FEMALE:
            return t.p("about you", "Woman")
        case Gender.MALE:
            return t.p("about you", "Man")
        case Gender.UNSAID:
            return t("Not said")


def room_kind(t: Translator, kind: RoomKind) -> str:
    """What Telegram calls it; a group and a supergroup are the same to people."""
    return t.p("room", "Channel") if kind is RoomKind.CHANNEL else t.p("room", "Group")


JOINED_NAMED: Final = 8
"""Joined comments that are named by number; of more there is an ellipsis."""


def comment_state(t: Translator, comment: Comment) -> str:
    """Where a comment is, in few words, with its mark: what was decided, else what others may read of it."""
    if comment.withdrawn_at is None and comment.decision is not None:
        return outcome(t, comment.decision.outcome)
    return marked_standing(t, comment)


def marked_standing(t: Translator, comment: Comment) -> str:
    """What others may read of a comment, with its mark."""
    mark = "↩️" if comment.withdrawn_at is not None else STANDING_MARKS[comment.visibility]
    return f"{mark} {comment_standing(t, comment)}"


def comment_standing(t: Translator, comment: Comment) -> str:
    """What others may read of it, and by which rule where they may not; whether it was taken back."""
    if comment.withdrawn_at is not None:
        return t(STAGE_NAMES[Stage.WITHDRAWN])
    return t(
        HIDING_RULE_SENTENCES[comment.hiding_rule] if comment.hiding_rule else VISIBILITY_NAMES[comment.visibility]
    )


def joined(t: Translator, number: int, group: JoinedComments, *, staff: bool = False) -> str:
    """With which others the comment of that ``number`` is joined, and how many people stand behind all of them.

    Staff are told their number, others from five on how many they are at least.
    """
    others = [one for one in (group.head, *group.others) if one != number]
    numbers = ", ".join(t("№ {number}", number=one) for one in others[:JOINED_NAMED])
    numbers += "…" if len(others) > JOINED_NAMED else ""
    if number != group.head:
        numbers = t("№ {number}", number=group.head)
    said = t("🔗 Joined with {numbers}", numbers=numbers)
    if staff:
        return f"{said} · {t('people behind it: {n}', n=t.number(group.people))}"
    return (
        f"{said} · {t('people behind it: {n} or more', n=t.number(group.told_people))}" if group.told_people else said
    )


def comment_language(comment: Comment) -> str:
    """The language it was written in, by its own name."""
    return OWN_NAMES.get(comment.language, comment.language)


def outcome(t: Translator, decided: Outcome) -> str:
    """What the commission has decided, with its mark."""
    return f"{OUTCOME_MARKS[decided]} {t(OUTCOME_NAMES[decided])}"


def channels(t: Translator, block: Iterable[Channel]) -> str:
    """The channels whose answers are counted together."""
    return t.list(t(CHANNEL_NAMES[channel]) for channel in block)


def group_size(t: Translator, size: GroupSize) -> str:
    """How many people of a group took part, as far as it is told."""
    match size:
        case None:
            return t("not shown")
        case AtLeast() if size.few:
            return f"<{t.number(SMALLEST_GROUP)}"
        case AtLeast(least):
            return f"{t.number(least)}+"
        case _:
            return t.number(size)


def attachments(t: Translator, found: Sequence[Media]) -> tuple[str, ...]:
    """What came beside the words: the photos together, the voice messages together with their length."""
    photos = [each for each in found if not each.kind.is_recording]
    voices = [each for each in found if each.kind.is_recording]
    named = []
    if photos:
        named.append(t("Photo") if len(photos) == 1 else t.n("{n} photo", "{n} photos", len(photos)))
    if voices:
        seconds = sum(each.seconds for each in voices)
        named.append(
            _recording(t, voices[0])
            if len(voices) == 1
            else t.n("{n} voice message, {seconds} s", "{n} voice messages, {seconds} s", len(voices), seconds=seconds)
        )
    return tuple(named)


def _recording(t: Translator, media: Media) -> str:
    match media.kind:
        case MediaKind.VIDEO | MediaKind.VIDEO_NOTE:
            return t("Video message, {seconds} s", seconds=media.seconds)
        case MediaKind.SOUND_FILE:  # Telegram does not say how long it is
            return t("Voice message")
        case _:
            return t("Voice message, {seconds} s", seconds=media.seconds)


def media_marks(found: Sequence[Media]) -> str:
    """The mark of each kind that came, once."""
    return "".join(dict.fromkeys(MEDIA_MARKS[each.kind] for each in found))
