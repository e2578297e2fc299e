"""Whatever people read of an enumeration has words, in every language; what they do not read says why."""

from __future__ import annotations

import inspect
import pkgutil
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest

from bot import domain
from bot.domain.alarms import Alarm, AlarmNews
from bot.domain.comment_lists import Standing
from bot.domain.comments import Channel, CommentKind, HidingRule, Order, Outcome, Stage, Visibility
from bot.domain.conversation import Input, Meaning, State
from bot.domain.counted_votes import CountProblem
from bot.domain.decision_drafts import DecisionField
from bot.domain.edits import TextField
from bot.domain.entry_drafts import EntryField
from bot.domain.files import FileKind, FormKind
from bot.domain.hall import HallDoor, HallPhase
from bot.domain.hearings import HearingKind, Phase, Results
from bot.domain.journal import Act
from bot.domain.kept_files import Trouble
from bot.domain.languages import LANGUAGES
from bot.domain.masking import PersonalKind
from bot.domain.meaning import Aspect
from bot.domain.media import Media, MediaKind
from bot.domain.notice_rules import Milestone
from bot.domain.notices import Audience, BroadcastStatus, NoticeKind, NoticeStatus, Urgency
from bot.domain.numbers import Residence
from bot.domain.opinion_groups import NoGroups
from bot.domain.owed_replies import ReplyKind
from bot.domain.pending_input import PendingInputKind
from bot.domain.people import AgeBand, Gender, Reminders, Role
from bot.domain.permissions import Permission
from bot.domain.place_search import Fit, Likeness
from bot.domain.places import PlaceKind
from bot.domain.programme import EXPENDITURE_FUNCTIONS, REVENUE_GROUPS, Side, Unit
from bot.domain.promises import AnswerFilter
from bot.domain.questions import STANCES, About, AboutKind, QuestionKind
from bot.domain.resolutions import ResolutionField
from bot.domain.rooms import RoomKind
from bot.domain.setbacks import SetbackReason
from bot.domain.sheet_comparison import LineState
from bot.domain.transcripts import TranscriptTrouble
from bot.i18n import Catalogues, answers, drafts, names, opinions
from bot.i18n.budget_words import group_name
from handlers.views import alarms
from tests.samples import dossier

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.i18n import Translator

    Named = Callable[[Translator, Any], str]


def told(table: Mapping[Any, str]) -> Named:
    """The words of a table of sentences."""
    return lambda t, member: t(table[member])


NAMED: dict[type[Enum], tuple[Named, ...]] = {
    AboutKind: (
        told(answers.QUESTION_TEXTS),
        lambda t, kind: answers.about(t, dossier(), About(kind, 1)),
        lambda t, kind: answers.short_about(t, dossier(), About(kind, 1)) or str(kind is AboutKind.HEARING),
    ),
    AgeBand: (told(names.AGE_BAND_NAMES),),
    Alarm: (told(names.ALARM_NAMES), told(alarms.WRONG), told(alarms.TO_DO)),
    Channel: (told(names.CHANNEL_NAMES),),
    CommentKind: (told(names.COMMENT_KIND_NAMES), told(names.COMMENT_KIND_PLURALS)),
    FormKind: (told(names.FORM_NAMES),),
    Gender: (told(names.GENDER_NAMES), names.own_gender),
    Residence: (told(names.RESIDENCE_NAMES),),
    HearingKind: (told(names.HEARING_KIND_NAMES), told(names.HEARING_KIND_HEADLINES)),
    HidingRule: (told(names.HIDING_RULE_NAMES), told(names.HIDING_RULE_SENTENCES)),
    MediaKind: (
        lambda t, kind: names.attachments(t, [Media(kind, "", "", 5)])[0],
        lambda _t, kind: names.MEDIA_MARKS[kind],
    ),
    NoticeKind: (told(names.NOTICE_KIND_NAMES),),
    Outcome: (told(names.OUTCOME_NAMES), names.outcome),
    Phase: (told(names.PHASE_NAMES), told(names.PHASE_SENTENCES)),
    QuestionKind: (told(names.QUESTION_KIND_NAMES),),
    Reminders: (told(names.REMINDERS_NAMES), told(names.REMINDERS_MEANINGS)),
    Role: (told(names.ROLE_NAMES),),
    RoomKind: (names.room_kind,),
    SetbackReason: (
        lambda t, why: "as written" if why is SetbackReason.OWN else t(names.SETBACK_REASON_SENTENCES[why]),
    ),
    Side: (told(names.SIDE_NAMES),),
    Stage: (told(names.STAGE_NAMES),),
    TextField: (told(drafts.TEXT_FIELD_NAMES),),
    Unit: (lambda t, unit: t.unit(unit),),
    Standing: (told(names.STANDING_NAMES),),
    Visibility: (told(names.VISIBILITY_NAMES),),
    NoGroups: (opinions.why_none,),
}
UNNAMED: dict[type[Enum], str] = {
    Act: "the journal is read by operators",
    AlarmNews: "each is a message of its own: handlers.views.alarms",
    Aspect: "said on the command line only, which speaks English",
    Audience: "a rule",
    BroadcastStatus: "said in sentences that also count: handlers.views.broadcasts",
    CountProblem: "said in sentences: handlers.views.hand_counts",
    EntryField: "each is asked for on a screen of its own: handlers.views.entry_writing",
    DecisionField: "each is asked for on a screen of its own: handlers.views.decision_drafts",
    AnswerFilter: "on buttons that also count: handlers.views.answers",
    Fit: "orders what a search finds",
    HallDoor: "each has a button of its own",
    HallPhase: "each has a screen of its own: handlers.views.hall",
    Input: "a rule",
    Likeness: "orders what a search finds",
    LineState: "counted under headings, and conflicts said in sentences: handlers.views.entry_sheet",
    Meaning: "a rule",
    Milestone: "a rule",
    NoticeStatus: "said in sentences that count: handlers.views.broadcasts",
    Order: "on buttons only",
    PendingInputKind: "what is waited for has a screen of its own",
    Permission: "a rule",
    PersonalKind: "what is masked is not named",
    PlaceKind: "places are read by their own names",
    FileKind: "buttons and toasts say each in words of their own",
    ReplyKind: "each has a screen of its own: handlers.views.owed_replies",
    ResolutionField: "each is asked for on a screen of its own: handlers.views.resolutions",
    Results: "in the workbook only, which has words of its own",
    State: "a rule",
    TranscriptTrouble: "said in sentences to operators",
    Trouble: "said in sentences to operators",
    Urgency: "a rule",
}
CATALOGUES = Catalogues.load()


def enumerations() -> set[type[Enum]]:
    """Everything the domain enumerates."""
    modules = [import_module(f"bot.domain.{module.name}") for module in pkgutil.iter_modules(domain.__path__)]
    found = {kind for module in modules for _, kind in inspect.getmembers(module, inspect.isclass)}
    return {kind for kind in found if issubclass(kind, Enum) and kind.__module__.startswith("bot.domain")}


def test_every_enumeration_is_named_or_says_why_not() -> None:
    assert enumerations() == set(NAMED) | set(UNNAMED)
    assert not set(NAMED) & set(UNNAMED)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", NAMED, ids=lambda kind: kind.__name__)
def test_every_member_has_words(kind: type[Enum], language: str) -> None:
    t = CATALOGUES[language]
    for named in NAMED[kind]:
        assert all(named(t, member).strip() for member in kind)
    assert not CATALOGUES.unknown


@pytest.mark.parametrize("language", LANGUAGES)
def test_stances_and_the_groups_of_a_budget_have_words(language: str) -> None:
    t = CATALOGUES[language]
    for stance in STANCES:
        assert t(names.STANCE_NAMES[stance])
        assert names.own_stance(t, stance)
        assert names.STANCE_MARKS[stance]
    for group in (*REVENUE_GROUPS, *EXPENDITURE_FUNCTIONS):
        assert group_name(t, group) != group
    assert not CATALOGUES.unknown


def test_a_group_that_is_not_known_reads_as_it_was_written() -> None:
    assert group_name(CATALOGUES["ru"], "712 Прочее") == "712 Прочее"
