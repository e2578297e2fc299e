"""Presses: what a button, a deep link or a QR code means.

``PRESSES_BY_TAG`` is the table of them all. A tag never changes meaning and an enumeration only grows at its end,
because a keyboard lies in a chat for years. ``handlers.presses.wire`` says how they travel. A press proves nothing
about who sends it: everything in it is looked up and permitted in the services.
"""

from __future__ import annotations

from handlers.presses.announcing import (
    CancelHearing,
    ChooseReminderTimes,
    OpenDates,
    PickCancelReason,
    PickPostponeDay,
    PickPostponeHour,
    PickPostponeReason,
    PickPublishDay,
    PickPublishHour,
    PostponeHearing,
    PublishAt,
    PublishHearing,
    ToggleClosingReminder,
    ToggleReminder,
    WriteReason,
)
from handlers.presses.answers import NarrowAnswers, ReadAnswers, SeeDraftChanges
from handlers.presses.appeals import (
    AppealHiding,
    CancelAppeal,
    JudgeAppeal,
    ListAppeals,
    OpenAppeal,
    SendAppeal,
)
from handlers.presses.attachments import (
    AttachDocument,
    GetDocument,
    KeepAsDocument,
    ListDocuments,
    ManageDocuments,
    RemoveDocument,
)
from handlers.presses.broadcasts import (
    CancelBroadcast,
    OpenBroadcast,
    OpenBroadcastList,
    PauseBroadcast,
    ResumeBroadcast,
)
from handlers.presses.budget import ReadBudget, ReadBudgetLine, ReadBudgetSide
from handlers.presses.chair import (
    AddHand,
    AskHall,
    CloseHallQuestion,
    CountHands,
    HallStep,
    ListHallQuestions,
    MakeHallKeys,
    NoteAnswer,
    OpenChair,
    OpenHallLinks,
    PublishHallQuestion,
    SetSpeakingMinutes,
    StepInHall,
    WithdrawHallKeys,
)
from handlers.presses.comment_list import (
    ListComments,
    NarrowComments,
    NarrowedComments,
    OpenListed,
    PublishListed,
    SearchComments,
)
from handlers.presses.comments import (
    AmendComment,
    CancelWriting,
    ChooseCommentKind,
    ChooseSubject,
    PlayComment,
    ReadComment,
    SeeWall,
    SendUnsent,
    ShareRecording,
    SupportComment,
    WithdrawComment,
    WriteAbout,
    WriteComment,
)
from handlers.presses.comparisons import CompareHearings, CompareMunicipalities
from handlers.presses.decision_drafts import (
    AboutDecision,
    ChooseChanges,
    ChooseDue,
    ChooseResponsible,
    ReviewDecision,
    SetChanges,
    SetDue,
    SetResponsible,
    StoreDecision,
    UseReason,
    WriteDecision,
)
from handlers.presses.decision_table import (
    ApplyDecisionTable,
    DropDecisionTable,
    TakeDecisionTable,
)
from handlers.presses.decisions import (
    CompleteHearing,
    DecideComment,
    OpenDecisions,
    PickOutcome,
    ReuseReason,
    TakeBackDecision,
)
from handlers.presses.desk import (
    AcceptInvitation,
    ChooseRole,
    DownloadRecord,
    InviteStaff,
    OpenDesk,
    OpenDeskHearing,
    OpenDeskMunicipality,
    OpenDeskSettings,
    OpenReports,
    SeeTallies,
    TakeBackInvitation,
)
from handlers.presses.drafting import (
    ChooseDay,
    ChooseHour,
    ChooseServices,
    ChooseTitle,
    ChooseVenue,
    ComposeHearing,
    CopyHearing,
    ReviewDraft,
    SetSitting,
    SetTitle,
    SetVenue,
    StartHearing,
    ToggleService,
)
from handlers.presses.drafts import ChangeHearing, DeleteDraft, NewHearing, OpenDraft
from handlers.presses.duplicates import JoinComments, PartComment, SeeSimilar
from handlers.presses.editing import ApplyText, PickQuestion, PickService, WriteText
from handlers.presses.entries import (
    AskEntryField,
    ChangeEntry,
    CheckEntry,
    ChooseEntryChannel,
    ChooseEntryDay,
    ChooseEntryKind,
    ChooseEntrySubject,
    CloseEntries,
    GiveUpEntry,
    ListEntries,
    ListEntrySubjects,
    OpenEntries,
    OpenEntry,
    RemoveEntry,
    ReopenEntries,
    SaveEntry,
    SetEntryDay,
    WriteEntry,
)
from handlers.presses.entry_sheet import ApplyEntrySheet, LoadEntrySheet, TakeEntrySheet
from handlers.presses.forms import FormLanguages, GetForm, ListForms
from handlers.presses.hall import AnswerInHall, AskFloor, CheckIn, FollowHall, OpenHall
from handlers.presses.hand_counts import (
    ChooseCountChannel,
    ChooseCountVillage,
    CountPeople,
    CountVotes,
    OpenBox,
    RemoveCount,
    RemovePeople,
    SaveCount,
)
from handlers.presses.hearings import (
    GetCalendar,
    GoHome,
    ListHearings,
    OpenHearing,
    OpenMore,
    OpenReading,
    ReadAgenda,
    ShareHearing,
    ShowVenue,
)
from handlers.presses.journal import DownloadJournal, OpenJournal
from handlers.presses.marking import (
    ChooseForMarked,
    DropMarks,
    MarkComment,
    MarkComments,
    MarkListed,
    PickForMarked,
)
from handlers.presses.mine import SeeMine
from handlers.presses.moderation import (
    AboutWords,
    ChooseHidingRule,
    HideComment,
    OpenQueue,
    PublishComment,
    PutBackComment,
    ReviewComment,
)
from handlers.presses.opinions import SeeOpinions
from handlers.presses.pictures import SeeAnswerPicture, SeeTurnoutPicture
from handlers.presses.places import ChoosePlace, ChooseVillage, OpenPlace, PickMunicipality, PickVillage
from handlers.presses.posted_questions import AnswerInRoom, AskInRooms, ListRoomQuestions
from handlers.presses.posters import FollowPoster, GetAllPosters, GetPoster, LanguagePair, ListPosters
from handlers.presses.press import (
    AboutChair,
    AboutDates,
    AboutEntries,
    AboutHall,
    DownloadFormat,
    Language,
    Press,
    ReportLanguages,
)
from handlers.presses.preview import PreviewHearing
from handlers.presses.privacy import AskToForget, ForgetNow, GetMyData, ReadPrivacy
from handlers.presses.promises import (
    ChooseDoneDay,
    ListPromises,
    MarkDone,
    OpenPromise,
    SeeDonePhoto,
    UndoDone,
)
from handlers.presses.proposals import (
    ConfirmProposal,
    ConfirmProposals,
    OpenProposal,
    OpenProposals,
    SendBackProposal,
    ToggleTwoPairs,
)
from handlers.presses.protocol_forms import (
    GetProtocolForm,
    OpenProtocolForm,
    RemoveProtocolForm,
    UseProtocolForm,
)
from handlers.presses.resolutions import OpenResolution, SaveResolution, WriteResolution
from handlers.presses.rooms import LinkRoom, ListRooms, MoveTopic, OpenRoom, PostNow, ToggleRoomLanguage, UnlinkRoom
from handlers.presses.settings import ChooseReminders, DescribeMyself, OpenSettings, SetAge, SetGender, SetReminders
from handlers.presses.sittings import (
    TYPED_PLACE,
    AddSitting,
    ListSittings,
    MoveSitting,
    OpenSitting,
    PickSittingDay,
    PickSittingHour,
    PickSittingPlace,
    PickSittingVillage,
    RemoveSitting,
    SetSittingVillage,
)
from handlers.presses.staff import (
    HandOver,
    ListInvitations,
    ListStaff,
    OpenStaffMember,
    RevokeRole,
    TakeTelegramName,
    ToggleNumbers,
    WriteStaffName,
)
from handlers.presses.start import Agree, ChooseLanguage, JustLook, ListLanguages, OpenHelp, ReadPurpose
from handlers.presses.strategy import ReadService, ReadStrategy
from handlers.presses.tags import PRESSES_BY_TAG
from handlers.presses.transcripts import ConfirmTranscript, RemoveTranscript, WriteTranscript
from handlers.presses.unheard import RemindVillage, SeeUnheard
from handlers.presses.voting import (
    ChooseOption,
    FinishQuestions,
    GiveCoins,
    MarkOption,
    OpenQuestion,
    RankOption,
    WithdrawVote,
)
from handlers.presses.workbooks import (
    ApplyWorkbook,
    GetTemplate,
    GetWorkbook,
    LoadAsCorrection,
    LoadAsNew,
    SeeFaults,
    SendCorrection,
    SendWorkbook,
)
