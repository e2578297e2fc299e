"""The presses of residents and their tags on the wire: a part of the table of every press."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handlers.presses.answers import NarrowAnswers, ReadAnswers, SeeDraftChanges
from handlers.presses.budget import ReadBudget, ReadBudgetLine, ReadBudgetSide
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
from handlers.presses.hearings import GetCalendar, GoHome, ListHearings, OpenHearing, ReadAgenda, ShowVenue
from handlers.presses.mine import SeeMine
from handlers.presses.places import ChoosePlace, ChooseVillage, OpenPlace, PickMunicipality, PickVillage
from handlers.presses.privacy import AskToForget, ForgetNow, GetMyData, ReadPrivacy
from handlers.presses.promises import SeeDonePhoto
from handlers.presses.settings import ChooseReminders, DescribeMyself, OpenSettings, SetAge, SetGender, SetReminders
from handlers.presses.start import Agree, ChooseLanguage, JustLook, ListLanguages, OpenHelp, ReadPurpose
from handlers.presses.strategy import ReadService, ReadStrategy
from handlers.presses.voting import ChooseOption, GiveCoins, MarkOption, OpenQuestion, RankOption, WithdrawVote

if TYPE_CHECKING:
    from handlers.presses.press import Press

TAGS_OF_RESIDENTS: Final[dict[str, type[Press]]] = {
    "l": ChooseLanguage,
    "ls": ListLanguages,
    "pu": ReadPurpose,
    "ag": Agree,
    "jl": JustLook,
    "p": ChoosePlace,
    "pm": PickMunicipality,
    "vs": ChooseVillage,
    "pv": PickVillage,
    "v": OpenPlace,
    "m": GoHome,
    "h": OpenHearing,
    "hs": ListHearings,
    "s": ReadStrategy,
    "sp": ReadService,
    "b": ReadBudget,
    "bs": ReadBudgetSide,
    "bl": ReadBudgetLine,
    "a": ReadAgenda,
    "an": ReadAnswers,
    "al": NarrowAnswers,
    "ac": SeeDraftChanges,
    "af": SeeDonePhoto,
    "ve": ShowVenue,
    "ca": GetCalendar,
    "q": OpenQuestion,
    "c": ChooseOption,
    "k": MarkOption,
    "r": RankOption,
    "g": GiveCoins,
    "w": WithdrawVote,
    "x": WriteComment,
    "xk": ChooseCommentKind,
    "xl": ChooseSubject,
    "xa": WriteAbout,
    "xc": CancelWriting,
    "xu": SendUnsent,
    "mi": SeeMine,
    "o": ReadComment,
    "om": PlayComment,
    "oa": AmendComment,
    "ow": WithdrawComment,
    "t": SeeWall,
    "ts": SupportComment,
    "se": OpenSettings,
    "rm": ChooseReminders,
    "rs": SetReminders,
    "me": DescribeMyself,
    "sg": SetGender,
    "sa": SetAge,
    "pr": ReadPrivacy,
    "md": GetMyData,
    "fo": AskToForget,
    "fn": ForgetNow,
    "he": OpenHelp,
    "oh": ShareRecording,
}
