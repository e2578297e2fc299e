"""Comments, proposals and questions as rows of the protocol's table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.comments import Visibility
from bot.domain.counted_votes import BY_HAND
from bot.i18n import answers, names
from bot.i18n.transcripts import heading
from bot.reports.inert import plain
from bot.reports.protocol.fields import ProposalField

if TYPE_CHECKING:
    from bot.domain.comments import Comment, Decision
    from bot.i18n import Translator
    from bot.reports.record import Minutes, Record


def proposal(record: Record, minutes: Minutes, comment: Comment, t: Translator) -> ProposalField:
    """A comment with its decision, in one language."""
    return ProposalField(
        no=str(comment.number),
        kind=t(names.COMMENT_KIND_NAMES[comment.kind]),
        about=plain(answers.about(t, record.hearing.dossier, comment.about)),
        text=_text(comment, t),
        channel=t(names.CHANNEL_NAMES[comment.channel]),
        speaker=plain(minutes.speakers.get(comment.id, "")) if comment.channel in BY_HAND else "",
        support=t.number(comment.support) if comment.support else "",
        joined=_joined_with(record, comment, t),
        **_decided(record, comment.decision, t),
    )


def _text(comment: Comment, t: Translator) -> str:
    """The words of a comment; of a hidden one only by which rule, since the protocol goes from hand to hand."""
    if comment.visibility is Visibility.HIDDEN and comment.hiding_rule:
        return t(names.HIDING_RULE_SENTENCES[comment.hiding_rule])
    beside = [f"[{name}]" for name in names.attachments(t, comment.attachments)]
    spoken = comment.transcript
    written = [plain(f"[{heading(t, spoken)}: {spoken.words}]")] if spoken and spoken.words else []
    return " ".join([*beside, *([plain(comment.text)] if comment.text else ()), *written])


def _joined_with(record: Record, comment: Comment, t: Translator) -> str:
    """With which others it is joined, without the picture that stands before it on a screen."""
    group = record.joined.get(comment.id)
    return names.joined(t, comment.number, group).removeprefix("🔗 ") if group else ""


def _decided(record: Record, decision: Decision | None, t: Translator) -> dict[str, str]:
    if decision is None:
        return dict.fromkeys(("decision", "reason", "responsible", "due"), "")
    changes = answers.point(t, record.hearing.dossier, decision.changes) if decision.changes else ""
    return {
        "decision": t(names.OUTCOME_NAMES[decision.outcome]),
        "reason": plain(decision.reason),
        "responsible": plain(decision.responsible),
        "due": t.date(decision.due) if decision.due else "",
        "changes": plain(changes),
    }
