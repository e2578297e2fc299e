"""The presses about decisions on comments, and their tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from handlers.presses import decision_drafts, decision_table, decisions, marking, proposals

if TYPE_CHECKING:
    from handlers.presses.press import Press

TAGS_OF_DECISIONS: Final[dict[str, type[Press]]] = {
    "ia": decision_table.TakeDecisionTable,
    "ib": decision_table.ApplyDecisionTable,
    "ic": decision_table.DropDecisionTable,
    "na": decisions.OpenDecisions,
    "nb": decisions.DecideComment,
    "nc": decisions.PickOutcome,
    "nd": decisions.ReuseReason,
    "ne": decisions.CompleteHearing,
    "nf": decisions.TakeBackDecision,
    "ng": decision_drafts.ReviewDecision,
    "nh": decision_drafts.WriteDecision,
    "ni": decision_drafts.UseReason,
    "nj": decision_drafts.ChooseResponsible,
    "nk": decision_drafts.SetResponsible,
    "nl": decision_drafts.ChooseDue,
    "nm": decision_drafts.SetDue,
    "no": decision_drafts.ChooseChanges,
    "np": decision_drafts.SetChanges,
    "nq": decision_drafts.StoreDecision,
    "nr": marking.MarkComments,
    "ns": marking.MarkListed,
    "nt": marking.MarkComment,
    "nu": marking.DropMarks,
    "nv": marking.ChooseForMarked,
    "nw": marking.PickForMarked,
    "nx": proposals.OpenProposals,
    "ny": proposals.OpenProposal,
    "nz": proposals.ConfirmProposal,
    "n1": proposals.SendBackProposal,
    "n2": proposals.ConfirmProposals,
    "n3": proposals.ToggleTwoPairs,
}
