"""The table of who may see what and change what, one row for each kind of press: a press without a row fails the walk.

The rows say what is intended. They are written by hand and read nothing of the product's own rules.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from handlers import presses as p

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.presses import Press

    People = frozenset["Who"]


class Who(StrEnum):
    """Who presses."""

    VISITOR = "visitor"
    RESIDENT = "resident"
    NEIGHBOUR = "secretary of another municipality"
    FORMER = "secretary until the role was taken back"
    MEMBER = "member"
    MODERATOR = "moderator"
    SECRETARY = "secretary"


class When(StrEnum):
    """The phase of the hearing that the press is about."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    ANSWERED = "answered"
    CANCELLED = "cancelled"


NOBODY: Final[People] = frozenset()
ALL: Final[People] = frozenset(Who)
STORED: Final[People] = ALL - {Who.VISITOR}
"""Who has agreed to be stored."""
STAFF: Final[People] = frozenset({Who.MEMBER, Who.MODERATOR, Who.SECRETARY})
COMMISSION: Final[People] = frozenset({Who.MEMBER, Who.SECRETARY})
MODERATORS: Final[People] = frozenset({Who.MODERATOR, Who.SECRETARY})
SECRETARY: Final[People] = frozenset({Who.SECRETARY})

DRAFT, ANNOUNCED, OPEN, CLOSED = When.DRAFT, When.ANNOUNCED, When.OPEN, When.CLOSED
PUBLIC: Final = (When.ANNOUNCED, When.OPEN, When.CLOSED, When.ANSWERED, When.CANCELLED)


@dataclass(frozen=True)
class Row:
    """Who sees something other than a refusal, and who changes what is stored, in each phase; in others nobody."""

    sees: Mapping[When, People] = field(default_factory=dict)
    changes: Mapping[When, People] = field(default_factory=dict)


def always(people: People) -> Mapping[When, People]:
    """The same people in every phase."""
    return dict.fromkeys(When, people)


def row(sees: People | Mapping[When, People], changes: People | Mapping[When, People] = NOBODY) -> Row:
    """A row; people alone are meant in every phase."""
    return Row(*(each if isinstance(each, dict) else always(each) for each in (sees, changes)))  # type: ignore[arg-type]


PUBLISHED: Final = {**dict.fromkeys(PUBLIC, ALL), DRAFT: STAFF}
"""A page of a hearing: everybody's once it is public, its staff's before."""
ONLY_PUBLISHED: Final = dict.fromkeys(PUBLIC, ALL)
TAKING: Final = {OPEN: STORED}
"""What is taken while answers are, from people who have agreed."""
ENTERING: Final = {OPEN: COMMISSION, CLOSED: COMMISSION}
HELD: Final = (When.ANNOUNCED, When.OPEN, When.CLOSED, When.ANSWERED)
HALL_SEEN: Final = dict.fromkeys(HELD, ALL)
CHAIRED: Final = dict.fromkeys(HELD, MODERATORS)
"""The hall of a sitting: there is one as long as the hearing is public and not cancelled."""
OWN: Final = row(ALL)
OWN_CHANGE: Final = row(ALL, STORED)
STILL_TO_COME: Final = {ANNOUNCED: SECRETARY, OPEN: SECRETARY, CLOSED: SECRETARY}
TO_BE_CORRECTED: Final = {DRAFT: SECRETARY, ANNOUNCED: SECRETARY, OPEN: SECRETARY}

TABLE: Final[Mapping[type[Press], Row]] = {
    # about oneself, and about places: everybody, and what is stored is one's own
    p.ChooseLanguage: OWN_CHANGE,
    p.ListLanguages: OWN,
    p.ReadPurpose: OWN,
    p.Agree: row(ALL, ALL),
    p.JustLook: OWN,
    p.ChoosePlace: OWN,
    p.PickMunicipality: OWN_CHANGE,
    p.ChooseVillage: OWN,
    p.PickVillage: OWN_CHANGE,
    p.OpenPlace: OWN,
    p.OpenHelp: OWN,
    p.OpenSettings: OWN,
    p.ChooseReminders: OWN,
    p.SetReminders: row(STORED, STORED),
    p.DescribeMyself: row(ALL, STORED),
    p.SetGender: row(STORED, STORED),
    p.SetAge: row(STORED, STORED),
    p.ReadPrivacy: OWN,
    p.GetMyData: OWN,
    p.AskToForget: OWN,
    p.ForgetNow: OWN_CHANGE,
    p.SeeMine: row(STORED),
    # a hearing
    p.GoHome: OWN,
    p.ListHearings: OWN,
    p.OpenHearing: row(PUBLISHED),
    p.FollowPoster: row(PUBLISHED, dict.fromkeys(PUBLIC, STORED)),
    p.ReadStrategy: row(PUBLISHED),
    p.ReadService: row(PUBLISHED),
    p.ReadBudget: row(PUBLISHED),
    p.ReadBudgetSide: row(PUBLISHED),
    p.ReadBudgetLine: row(PUBLISHED),
    p.ReadAgenda: row(PUBLISHED),
    p.ShowVenue: row(PUBLISHED),
    p.GetCalendar: row(PUBLISHED),
    p.ReadAnswers: row(ONLY_PUBLISHED),
    p.NarrowAnswers: row(ONLY_PUBLISHED),
    p.SeeDraftChanges: row(PUBLISHED),
    p.OpenReading: row(PUBLISHED),
    p.OpenMore: row(PUBLISHED),
    p.ShareHearing: row(PUBLISHED),
    p.OpenQuestion: row(PUBLISHED),
    p.FinishQuestions: row(PUBLISHED),
    p.SeeAnswerPicture: row(PUBLISHED),
    # answers
    p.ChooseOption: row(TAKING, TAKING),
    p.MarkOption: row(TAKING, TAKING),
    p.RankOption: row(TAKING, TAKING),
    p.GiveCoins: row(TAKING, TAKING),
    p.WithdrawVote: row(TAKING, TAKING),
    # comments
    p.WriteComment: row(TAKING),
    p.ChooseCommentKind: row(TAKING),
    p.ChooseSubject: row(TAKING),
    p.WriteAbout: row(TAKING),
    p.CancelWriting: row(PUBLISHED),
    p.SendUnsent: row(NOBODY),
    p.ReadComment: row(dict.fromkeys(PUBLIC, STAFF)),
    p.PlayComment: row(NOBODY),
    p.ShareRecording: row(NOBODY),
    p.AmendComment: row(NOBODY),
    p.WithdrawComment: row(dict.fromkeys(PUBLIC, STAFF)),
    p.SeeWall: row(ONLY_PUBLISHED),
    p.SupportComment: row(NOBODY),
    # the desk
    p.OpenDesk: row(STAFF | {Who.NEIGHBOUR}),
    p.OpenDeskMunicipality: row(STAFF),
    p.OpenDeskSettings: row(STAFF),
    p.OpenDeskHearing: row(STAFF),
    p.SeeTallies: row(STAFF),
    p.OpenProtocolForm: row(SECRETARY),
    p.GetProtocolForm: row(SECRETARY),
    p.UseProtocolForm: row(NOBODY),
    p.RemoveProtocolForm: row(SECRETARY),
    p.OpenReports: row(COMMISSION, COMMISSION),
    p.DownloadRecord: row(COMMISSION, COMMISSION),
    p.ListDocuments: row(PUBLISHED),
    p.GetDocument: row(PUBLISHED),
    p.ManageDocuments: row(SECRETARY),
    p.AttachDocument: row(SECRETARY, SECRETARY),
    p.RemoveDocument: row(SECRETARY, SECRETARY),
    p.KeepAsDocument: row(NOBODY),
    p.TakeDecisionTable: row(COMMISSION, COMMISSION),
    p.ApplyDecisionTable: row(NOBODY),
    p.DropDecisionTable: row(NOBODY),
    p.TakeEntrySheet: row(ENTERING, ENTERING),
    p.ApplyEntrySheet: row(NOBODY),
    p.LoadEntrySheet: row(NOBODY),
    p.ListForms: row(COMMISSION),
    p.GetForm: row(
        {DRAFT: COMMISSION, ANNOUNCED: COMMISSION, OPEN: COMMISSION},
        {DRAFT: COMMISSION, ANNOUNCED: COMMISSION, OPEN: COMMISSION},
    ),
    p.OpenDecisions: row(COMMISSION),
    p.DecideComment: row(dict.fromkeys(PUBLIC, COMMISSION)),
    p.PickOutcome: row(dict.fromkeys(PUBLIC, COMMISSION), dict.fromkeys(PUBLIC, COMMISSION)),
    p.ReuseReason: row(NOBODY),
    p.ListPromises: row(COMMISSION),
    p.OpenPromise: row(NOBODY),
    p.ChooseDoneDay: row(NOBODY),
    p.MarkDone: row(NOBODY),
    p.UndoDone: row(NOBODY),
    p.SeeDonePhoto: row(NOBODY),
    p.OpenResolution: row({When.ANSWERED: SECRETARY}),
    p.WriteResolution: row({When.ANSWERED: SECRETARY}, {When.ANSWERED: SECRETARY}),
    p.SaveResolution: row(NOBODY),
    p.TakeBackDecision: row(dict.fromkeys(PUBLIC, COMMISSION)),
    # a decision in the making is its maker's alone; marks are set by the commission
    p.ReviewDecision: row(NOBODY),
    p.WriteDecision: row(NOBODY),
    p.UseReason: row(NOBODY),
    p.ChooseResponsible: row(NOBODY),
    p.SetResponsible: row(NOBODY),
    p.ChooseDue: row(NOBODY),
    p.SetDue: row(NOBODY),
    p.ChooseChanges: row(NOBODY),
    p.SetChanges: row(NOBODY),
    p.StoreDecision: row(NOBODY),
    p.MarkComments: row(COMMISSION),
    p.MarkListed: row(NOBODY),
    p.MarkComment: row(COMMISSION, COMMISSION),
    p.DropMarks: row(COMMISSION, COMMISSION),
    p.ChooseForMarked: row(dict.fromkeys(PUBLIC, COMMISSION), dict.fromkeys(PUBLIC, COMMISSION)),
    p.PickForMarked: row(dict.fromkeys(PUBLIC, COMMISSION), dict.fromkeys(PUBLIC, COMMISSION)),
    p.OpenProposals: row(COMMISSION),
    p.OpenProposal: row(NOBODY),
    p.ConfirmProposal: row(NOBODY),
    p.SendBackProposal: row(NOBODY),
    p.ConfirmProposals: row(NOBODY),
    p.ToggleTwoPairs: row(SECRETARY, SECRETARY),
    p.CompleteHearing: row(SECRETARY, {CLOSED: SECRETARY}),
    p.ListPosters: row(STAFF),
    p.GetPoster: row({DRAFT: STAFF, ANNOUNCED: STAFF, OPEN: STAFF}, {DRAFT: STAFF, ANNOUNCED: STAFF, OPEN: STAFF}),
    p.GetAllPosters: row({DRAFT: STAFF, ANNOUNCED: STAFF, OPEN: STAFF}, {DRAFT: STAFF, ANNOUNCED: STAFF, OPEN: STAFF}),
    p.OpenQueue: row(MODERATORS),
    p.ReviewComment: row(dict.fromkeys(PUBLIC, STAFF)),
    p.PutBackComment: row(dict.fromkeys(PUBLIC, MODERATORS), dict.fromkeys(PUBLIC, MODERATORS)),
    p.WriteTranscript: row(NOBODY),
    p.ConfirmTranscript: row(NOBODY),
    p.RemoveTranscript: row(NOBODY),
    p.ListComments: row(STAFF),
    p.NarrowComments: row(STAFF),
    p.OpenListed: row(dict.fromkeys(PUBLIC, STAFF)),
    p.PublishListed: row(NOBODY),
    p.SearchComments: row(STAFF, STAFF),
    p.PublishComment: row(dict.fromkeys(PUBLIC, MODERATORS), dict.fromkeys(PUBLIC, MODERATORS)),
    p.ChooseHidingRule: row(dict.fromkeys(PUBLIC, MODERATORS)),
    p.HideComment: row(dict.fromkeys(PUBLIC, MODERATORS), dict.fromkeys(PUBLIC, MODERATORS)),
    # comments that say the same
    p.SeeSimilar: row(dict.fromkeys(PUBLIC, MODERATORS)),
    p.JoinComments: row(dict.fromkeys(PUBLIC, MODERATORS), dict.fromkeys(PUBLIC, MODERATORS)),
    p.PartComment: row(dict.fromkeys(PUBLIC, MODERATORS), dict.fromkeys(PUBLIC, MODERATORS)),
    # appeals: an author's alone, then all staff's
    p.AppealHiding: row(NOBODY),
    p.SendAppeal: row(NOBODY),
    p.CancelAppeal: row(dict.fromkeys(PUBLIC, STAFF)),
    p.ListAppeals: row(STAFF),
    p.OpenAppeal: row(dict.fromkeys(PUBLIC, STAFF)),
    p.JudgeAppeal: row(dict.fromkeys(PUBLIC, STAFF), dict.fromkeys(PUBLIC, STAFF)),
    p.ChooseRole: row(STAFF),
    p.InviteStaff: row(SECRETARY, SECRETARY),
    p.AcceptInvitation: row(NOBODY),
    p.TakeBackInvitation: row(SECRETARY, SECRETARY),
    # who has not been heard
    p.SeeUnheard: row(STAFF),
    p.SeeTurnoutPicture: row(STAFF),
    p.SeeOpinions: row(STAFF),
    p.CompareHearings: row(STAFF),
    p.CompareMunicipalities: row(NOBODY),
    p.RemindVillage: row({OPEN: SECRETARY}, {OPEN: SECRETARY}),
    # staff and the journal
    p.ListStaff: row(SECRETARY),
    p.OpenStaffMember: row(SECRETARY),
    p.RevokeRole: row(SECRETARY, SECRETARY),
    p.HandOver: row(SECRETARY, SECRETARY),
    p.ListInvitations: row(SECRETARY),
    p.WriteStaffName: row(STAFF | {Who.NEIGHBOUR}, STAFF | {Who.NEIGHBOUR}),
    p.TakeTelegramName: row(STAFF | {Who.NEIGHBOUR}, STAFF | {Who.NEIGHBOUR}),
    p.ToggleNumbers: row(STAFF, STAFF),
    p.OpenJournal: row(COMMISSION),
    p.DownloadJournal: row(COMMISSION, COMMISSION),
    # a new hearing, its workbook, its preview; files are their sender's alone
    p.NewHearing: row(SECRETARY),
    p.OpenDraft: row(SECRETARY),
    p.ChangeHearing: row(SECRETARY),
    p.DeleteDraft: row(SECRETARY, {DRAFT: SECRETARY}),
    p.GetTemplate: row(SECRETARY),
    p.GetWorkbook: row(SECRETARY),
    p.SendWorkbook: row(SECRETARY, SECRETARY),
    p.SendCorrection: row(TO_BE_CORRECTED, TO_BE_CORRECTED),
    p.LoadAsNew: row(NOBODY),
    p.LoadAsCorrection: row(NOBODY),
    p.SeeFaults: row(NOBODY),
    p.ApplyWorkbook: row(NOBODY),
    p.PreviewHearing: row(SECRETARY),
    # what is entered for somebody: from opening until the hearing is answered
    p.OpenEntries: row(COMMISSION),
    p.ChooseEntryChannel: row(ENTERING),
    p.ChooseEntryKind: row(ENTERING),
    p.ChooseEntrySubject: row(ENTERING),
    p.ListEntrySubjects: row(ENTERING),
    p.WriteEntry: row(ENTERING, ENTERING),
    p.CheckEntry: row(ENTERING),
    p.AskEntryField: row(ENTERING, ENTERING),
    p.ChooseEntryDay: row(ENTERING),
    p.SetEntryDay: row(NOBODY),
    p.SaveEntry: row(ENTERING),
    p.GiveUpEntry: row(COMMISSION, ENTERING),
    p.ListEntries: row(COMMISSION),
    p.OpenEntry: row(NOBODY),
    p.ChangeEntry: row(NOBODY),
    p.RemoveEntry: row(NOBODY),
    p.CloseEntries: row(SECRETARY, {CLOSED: SECRETARY}),
    p.ReopenEntries: row(SECRETARY, {CLOSED: SECRETARY}),
    p.ChooseCountChannel: row(ENTERING),
    p.ChooseCountVillage: row(ENTERING),
    p.OpenBox: row(ENTERING),
    p.CountVotes: row(ENTERING, ENTERING),
    p.RemoveCount: row(ENTERING),
    p.CountPeople: row(ENTERING, ENTERING),
    p.RemovePeople: row(ENTERING),
    p.SaveCount: row(NOBODY),
    # the dates of a hearing
    p.PublishHearing: row(SECRETARY, {DRAFT: SECRETARY}),
    p.OpenDates: row(STAFF),
    p.PickPublishDay: row(SECRETARY),
    p.PickPublishHour: row(SECRETARY),
    p.PublishAt: row(SECRETARY, {DRAFT: SECRETARY}),
    p.PickPostponeDay: row(SECRETARY),
    p.PickPostponeHour: row(SECRETARY),
    p.PickPostponeReason: row(SECRETARY),
    p.PostponeHearing: row(SECRETARY, STILL_TO_COME),
    p.PickCancelReason: row(SECRETARY),
    p.CancelHearing: row(SECRETARY, STILL_TO_COME),
    p.WriteReason: row(SECRETARY),
    p.ChooseReminderTimes: row(SECRETARY),
    p.ToggleReminder: row(SECRETARY, {DRAFT: SECRETARY, ANNOUNCED: SECRETARY, OPEN: SECRETARY}),
    p.ToggleClosingReminder: row(SECRETARY, {DRAFT: SECRETARY, ANNOUNCED: SECRETARY, OPEN: SECRETARY}),
    # a hearing without a workbook
    p.ComposeHearing: row(SECRETARY),
    p.StartHearing: row(SECRETARY, SECRETARY),
    p.CopyHearing: row(SECRETARY, SECRETARY),
    p.ChooseTitle: row({DRAFT: SECRETARY}),
    p.SetTitle: row({DRAFT: SECRETARY}, {DRAFT: SECRETARY}),
    p.ChooseDay: row({DRAFT: SECRETARY}),
    p.ChooseHour: row({DRAFT: SECRETARY}),
    p.SetSitting: row({DRAFT: SECRETARY}, {DRAFT: SECRETARY}),
    p.ListSittings: row(SECRETARY),
    p.OpenSitting: row(SECRETARY),
    p.PickSittingVillage: row(SECRETARY),
    p.SetSittingVillage: row(SECRETARY, {DRAFT: SECRETARY, **STILL_TO_COME}),
    p.PickSittingDay: row(SECRETARY),
    p.PickSittingHour: row(SECRETARY),
    p.MoveSitting: row({DRAFT: SECRETARY}, {DRAFT: SECRETARY}),
    p.PickSittingPlace: row(SECRETARY),
    p.AddSitting: row(SECRETARY, {DRAFT: SECRETARY, **STILL_TO_COME}),
    p.RemoveSitting: row(SECRETARY),
    p.ChooseVenue: row({DRAFT: SECRETARY}),
    p.SetVenue: row({DRAFT: SECRETARY}, {DRAFT: SECRETARY}),
    p.ChooseServices: row({DRAFT: SECRETARY}),
    p.ToggleService: row({DRAFT: SECRETARY}, {DRAFT: SECRETARY}),
    p.ReviewDraft: row({DRAFT: SECRETARY}),
    # one thing of a hearing
    p.PickService: row(SECRETARY),
    p.PickQuestion: row(SECRETARY),
    p.WriteText: row(SECRETARY, SECRETARY),
    p.ApplyText: row(NOBODY),
    # what is sent
    p.OpenBroadcastList: row(STAFF),
    p.OpenBroadcast: row(STAFF),
    p.PauseBroadcast: row(SECRETARY, SECRETARY),
    p.ResumeBroadcast: row(SECRETARY, SECRETARY),
    p.CancelBroadcast: row(SECRETARY, SECRETARY),
    # groups and channels
    p.ListRooms: row(SECRETARY),
    p.OpenRoom: row(SECRETARY),
    p.LinkRoom: row(SECRETARY, SECRETARY),
    p.UnlinkRoom: row(SECRETARY, SECRETARY),
    p.ToggleRoomLanguage: row(SECRETARY, SECRETARY),
    p.MoveTopic: row(SECRETARY, SECRETARY),
    p.PostNow: row(SECRETARY, SECRETARY),
    p.AnswerInRoom: row(NOBODY),
    # the hall of a sitting
    p.CheckIn: row(NOBODY, dict.fromkeys(HELD, STORED)),
    p.OpenHall: row(HALL_SEEN),
    p.FollowHall: row(NOBODY),
    p.AnswerInHall: row(NOBODY),
    p.AskFloor: row(dict.fromkeys(HELD, STORED)),
    p.OpenChair: row(CHAIRED),
    p.StepInHall: row(CHAIRED, CHAIRED),
    p.AskHall: row(NOBODY),
    p.CountHands: row(NOBODY),
    p.AddHand: row(NOBODY),
    p.SetSpeakingMinutes: row(CHAIRED, CHAIRED),
    p.ListHallQuestions: row(CHAIRED),
    p.PublishHallQuestion: row(CHAIRED, CHAIRED),
    p.CloseHallQuestion: row(NOBODY),
    p.NoteAnswer: row(NOBODY),
    p.OpenHallLinks: row(CHAIRED, CHAIRED),
    p.MakeHallKeys: row(CHAIRED, CHAIRED),
    p.WithdrawHallKeys: row(CHAIRED, CHAIRED),
    p.ListRoomQuestions: row(SECRETARY),
    p.AskInRooms: row({OPEN: SECRETARY}, {OPEN: SECRETARY}),
}

LINKS: Final[Mapping[type[Press], Row]] = {
    p.OpenHearing: TABLE[p.OpenHearing],
    p.FollowPoster: TABLE[p.FollowPoster],
    p.OpenPlace: TABLE[p.OpenPlace],
    p.AcceptInvitation: TABLE[p.AcceptInvitation],
    p.ReadStrategy: TABLE[p.ReadStrategy],
    p.ReadService: TABLE[p.ReadService],
    p.ReadBudget: TABLE[p.ReadBudget],
    p.OpenQuestion: TABLE[p.OpenQuestion],
    p.SeeWall: TABLE[p.SeeWall],
    p.ReadComment: TABLE[p.ReadComment],
    p.CheckIn: TABLE[p.CheckIn],
    p.OpenHall: TABLE[p.OpenHall],
}
"""The presses that a link may carry."""
