"""Replies that a person is owed for a message of theirs: kept in the outbox until Telegram has them.

A press brings its screen again when it is pressed again; a message brings nothing again. So what answers a message is
stored in the transaction that handles it, and is sent from there, after a restart too. There is one reply to an update.
"""

from __future__ import annotations

import hashlib
from dataclasses import field
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from bot.domain.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

REPLIES_LAST: Final = timedelta(days=2)
"""How long a reply is tried, and how long a sent one is kept: Telegram brings an update again for a day at most."""


class ReplyKind(StrEnum):
    """What a reply tells. Its words are in ``handlers.views``. The fact ``thread`` is its topic, where there is one."""

    RECEIPT = "receipt"
    """Of a comment or an amendment: facts ``comment``, ``amended``, ``ask`` (whether to ask about the author next) and
    ``left_out`` (how many photos and voice messages found no room)."""
    UNSENT = "unsent"
    """Asks what came unasked: facts ``unsent``, ``left_out``, and the title of the ``room`` where it was said."""
    REPEATED = "repeated"
    """Asks whether the same words are to be sent once more: facts ``comment``, ``unsent``, ``left_out``."""
    SENTENCE = "sentence"
    """A refusal or an apology: fact ``words``."""
    HIDDEN = "hidden"
    """To the author of a comment that was hidden from others: facts ``comment``, the ``rule``, and ``hiding``."""
    UNHIDDEN = "unhidden"
    """To the author of a comment that is hidden no more: fact ``comment``, and ``appeal`` where they had appealed."""
    HIDING_UPHELD = "hiding upheld"
    """To an author whose appeal was refused: facts ``comment``, ``appeal``."""
    APPEALED = "appealed"
    """To staff who decide about an appeal: facts ``comment``, ``appeal``."""
    INVITATION_USED = "invitation used"
    """To who made it: facts ``invitation``, ``municipality``, ``role``, and the ``name`` of who has used it."""
    FILE = "file"
    """A file asked for at the desk; its facts are those of ``FileRequest``."""
    ROLE_TAKEN = "role taken"
    """To who has lost it: facts ``municipality``, ``role``."""
    ROLE_HANDED = "role handed"
    """To who has got it from a colleague: facts ``municipality``, ``role``."""
    PLACE_MERGED = "place merged"
    """To who follows a municipality that was merged into another: facts ``former``, ``municipality``."""
    CONSENT_CHANGED = "consent changed"
    """To who has agreed to an earlier text: facts ``agreed`` and ``text``, the names of both."""


MERGEABLE: Final = frozenset({ReplyKind.RECEIPT, ReplyKind.SENTENCE})
"""Replies of which one may answer several messages. Not those that ask: each has the button that sends its words."""


@dataclass(frozen=True, slots=True)
class OwedReply:
    """A reply to one person. ``update_key`` names the update it answers: see ``update_key``."""

    recipient_id: int
    kind: ReplyKind
    update_key: str
    facts: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def answers(self) -> int:
        """How many updates it answers: its own, and those of the replies that were merged into it."""
        return int(self.facts.get("answers", 1))


def merged(earlier: OwedReply, newest: OwedReply) -> OwedReply:
    """One reply in place of two that wait for the same person; its facts say what the earlier one would have told.

    It tells what the newest tells. Where that is a sentence and the earlier one is more (a receipt, a question with
    buttons), it tells that, and the sentence too. Facts of a merged reply: ``answers``; ``sentences``, one on a line,
    each once; ``receipts``, the comments of receipts that it takes the place of; ``ask``.
    """
    says_less = newest.kind is ReplyKind.SENTENCE and earlier.kind is not ReplyKind.SENTENCE
    first = earlier if says_less else newest
    sentences = [line for each in (earlier, newest) for line in _sentences(each)]
    receipts = [number for each in (earlier, newest) for number in _receipts(each)]
    facts = {name: value for name, value in first.facts.items() if name not in {"sentences", "receipts"}}
    facts["answers"] = earlier.answers + newest.answers
    if others := [line for line in dict.fromkeys(sentences) if line != facts.get("words")]:
        facts["sentences"] = "\n".join(others)
    if numbers := [number for number in dict.fromkeys(receipts) if number != str(facts.get("comment"))]:
        facts["receipts"] = " ".join(numbers)
    if asks := max(int(each.facts.get("ask", 0)) for each in (earlier, newest)):
        facts["ask"] = asks
    return OwedReply(newest.recipient_id, first.kind, newest.update_key, facts)


def _sentences(reply: OwedReply) -> list[str]:
    own = [str(reply.facts["words"])] if reply.kind is ReplyKind.SENTENCE else []
    return [*str(reply.facts.get("sentences", "")).splitlines(), *own]


def _receipts(reply: OwedReply) -> list[str]:
    own = [str(reply.facts["comment"])] if reply.kind is ReplyKind.RECEIPT else []
    return [*str(reply.facts.get("receipts", "")).split(), *own]


def thread_fact(thread: int) -> dict[str, int]:
    """The fact that says in which topic of their chat a person is answered; of no topic, none."""
    return {"thread": thread} if thread else {}


def update_key(source: str) -> str:
    """The digest by which a reply knows the update it answers, so that none is answered twice.

    ``source`` is a keyed digest: without a key all names of messages could be tried, and each begins with an id.
    """
    return hashlib.sha256(f"reply to {source}".encode()).hexdigest()
