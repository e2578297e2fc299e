"""The presses about decisions on comments, and their tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handlers.presses.decision_drafts import (
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
from handlers.presses.marking import (
    ChooseForMarked,
    DropMarks,
    MarkComment,
    MarkComments,
    MarkListed,
    PickForMarked,
)
from handlers.presses.proposals import (
    ConfirmProposal,
    ConfirmProposals,
    OpenProposal,
    OpenProposals,
    SendBackProposal,
    ToggleTwoPairs,
)

if TYPE_CHECKING:
    from handlers.presses.press import Press

TAGS_OF_DECISIONS: Final[dict[str, type[Press]]] = {
    "ia": TakeDecisionTable,
    "ib": ApplyDecisionTable,
    "ic": DropDecisionTable,
    "na": OpenDecisions,
    "nb": DecideComment,
    "nc": PickOutcome,
    "nd": ReuseReason,
    "ne": CompleteHearing,
    "nf": TakeBackDecision,
    "ng": ReviewDecision,
    "nh": WriteDecision,
    "ni": UseReason,
    "nj": ChooseResponsible,
    "nk": SetResponsible,
    "nl": ChooseDue,
    "nm": SetDue,
    "no": ChooseChanges,
    "np": SetChanges,
    "nq": StoreDecision,
    "nr": MarkComments,
    "ns": MarkListed,
    "nt": MarkComment,
    "nu": DropMarks,
    "nv": ChooseForMarked,
    "nw": PickForMarked,
    "nx": OpenProposals,
    "ny": OpenProposal,
    "nz": ConfirmProposal,
    "n1": SendBackProposal,
    "n2": ConfirmProposals,
    "n3": ToggleTwoPairs,
}
