"""The repositories of a hearing: its dossier, the votes and the comments it got."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from bot.domain.comments import Channel, Comment, CommentState, Decision, Order, Submission
    from bot.domain.hearings import Dossier, Hearing, Phase
    from bot.domain.numbers import CommentCounts, Participation
    from bot.domain.parts import Part
    from bot.domain.people import Participant, Resident
    from bot.domain.questions import About, AboutKind
    from bot.domain.setbacks import Setback
    from bot.domain.tallies import Cell, Count, FormerTally, Tally, Vote


class HearingRepository(Protocol):
    """Hearings with their dossiers."""

    async def get(self, hearing_id: int) -> Hearing:
        """The hearing. Raises NotFound."""

    async def get_many(self, hearing_ids: Collection[int], *, keep: bool = True) -> Mapping[int, Hearing]:
        """Those of them that exist, by id; without ``keep`` their dossiers are read for this once."""

    async def find_code(self, code: str) -> Hearing | None:
        """The hearing with the code that people type."""

    async def has_code(self, code: str) -> bool:
        """True where a hearing has that code."""

    async def list_of(self, municipality_id: int, phases: Collection[Phase]) -> tuple[Hearing, ...]:
        """The municipality's hearings in these phases, soonest sitting first."""

    async def list_some(
        self, municipality_id: int, phases: Collection[Phase], *, most: int, latest: bool = False
    ) -> tuple[Hearing, ...]:
        """At most so many of ``list_of``: the first, or with ``latest`` the last, the latest sitting first."""

    async def list_newest(self, municipality_id: int, phases: Collection[Phase], *, most: int) -> tuple[Hearing, ...]:
        """At most so many of ``list_of``: those that were added last, the last one first."""

    async def find_last_announced(self, municipality_id: int) -> Hearing | None:
        """The hearing of the municipality that was announced last; None before the first."""

    async def list_alike(self, municipality_id: int, dossier: Dossier) -> tuple[Hearing, ...]:
        """The municipality's hearings, in any phase, that sit at the same moment as the dossier says."""

    async def count_of(self, municipality_id: int, phases: Collection[Phase]) -> int:
        """How many hearings the municipality has in these phases."""

    async def page_of(self, municipality_ids: Sequence[int], *, offset: int, most: int) -> tuple[Hearing, ...]:
        """Hearings of these municipalities in whatever phase, those that were added last first."""

    async def list_unanswered(self) -> tuple[Hearing, ...]:
        """Every closed hearing with comments that are not withdrawn and have no decision."""

    async def list_running(self, at: datetime) -> tuple[Hearing, ...]:
        """Every hearing that is announced or open, and those closed that may have a sitting after ``at``."""

    async def running_marks(self, at: datetime) -> Mapping[int, object]:
        """Of each hearing of ``list_running`` what decides when something of it is due: equal until that changes."""

    async def add(self, municipality_id: int, code: str, dossier: Dossier, *, at: datetime) -> Hearing:
        """A new hearing, as a draft, with the dossier as its first version."""

    async def set_phase(self, hearing_id: int, phase: Phase, *, at: datetime) -> None:
        """Enter a phase, and clear ``publish_at``. Raises NotFound.

        The first time it is announced stays ``announced_at`` and is ``scheduled_at``.
        """

    async def revise(self, hearing_id: int, dossier: Dossier, *, at: datetime) -> Hearing:
        """The next version; other dates of an announced hearing set ``scheduled_at`` to ``at``. Raises NotFound."""

    async def drop_draft(self, hearing_id: int) -> None:
        """Remove a draft with everything that refers to it; nobody has answered it."""

    async def dossier_of(self, hearing_id: int, version: int) -> Dossier:
        """The dossier of that version. Raises NotFound."""

    async def set_setback(self, hearing_id: int, setback: Setback | None) -> None:
        """Why it is postponed or cancelled; None if it no longer is. Raises NotFound."""

    async def set_all_entered(self, hearing_id: int, at: datetime | None) -> None:
        """Store when all voices were said to be entered; None if they no longer are. Raises NotFound."""

    async def set_publishing(self, hearing_id: int, at: datetime | None) -> None:
        """When the draft publishes itself; None if it does not. Raises NotFound."""

    async def set_reminders(self, hearing_id: int, reminders: Collection[int], *, closing: int) -> None:
        """Minutes before each sitting, and before answers close (0: no reminder). Raises NotFound."""

    async def list_publishing(self, at: datetime) -> tuple[Hearing, ...]:
        """Drafts that publish themselves by ``at``, the longest due first."""


class VoteRepository(Protocol):
    """Current answers, their rollup, and the participants of a hearing."""

    async def of_person(self, hearing_id: int, resident_id: int) -> Mapping[int, Vote]:
        """The person's votes in a hearing by question number, without those taken back."""

    async def of_people(self, keys: Collection[tuple[int, int]]) -> Mapping[tuple[int, int, int], Vote]:
        """The votes of (hearing, resident) pairs by (hearing, resident, question), in one query.

        A vote that was taken back is among them, with an empty answer.
        """

    async def save(self, votes: Collection[Vote]) -> None:
        """Store each vote in place of the person's earlier one. The rollup is changed by ``add_counts``."""

    async def delete(self, keys: Collection[tuple[int, int, int]]) -> None:
        """Remove votes by (hearing, resident, question). The rollup is changed by ``add_counts``."""

    async def put_aside(self, hearing_id: int, questions: Collection[int], *, version: int) -> None:
        """Keep the votes on these questions as given to that version of the dossier, out of every count."""

    async def former_tallies(self, hearing_id: int) -> tuple[FormerTally, ...]:
        """The votes that were put aside, counted, by version, question and channel."""

    async def former_of(self, resident_id: int) -> tuple[tuple[int, int, int, Mapping[int, int]], ...]:
        """The person's votes that were put aside, as (hearing, version, question, answer)."""

    async def drop_former(self, hearing_id: int, resident_id: int) -> None:
        """Remove the person's votes that were put aside."""

    async def part_from_former(self, hearing_id: int, resident_id: int) -> None:
        """Keep the person's votes that were put aside without the groups they were given in."""

    async def add_counts(self, counts: Mapping[Cell, Count]) -> None:
        """Add to the rollup; negative counts take away."""

    async def drop_empty_cells(self, hearing_id: int) -> None:
        """Remove the cells of the rollup that count nobody any more: each names a group that somebody was of."""

    async def tallies(self, hearing_id: int, *, questions: Collection[int] | None = None) -> Mapping[int, Tally]:
        """The rollup by question number, over all channels; ``questions`` None means every question.

        A question without an answer is absent.
        """

    async def tallies_by_channel(self, hearing_id: int) -> Mapping[tuple[int, Channel], Tally]:
        """The rollup by question number and channel."""

    async def recount(self, hearing_id: int) -> Mapping[Cell, Count]:
        """Every cell that is not zero, counted anew from the votes and from what was counted by hand."""

    async def rollup(self, hearing_id: int) -> Mapping[Cell, Count]:
        """Every cell that is not zero, as stored."""


class ParticipantRepository(Protocol):
    """Everybody who took part in a hearing, once, with the group and the municipality they are counted in."""

    async def note(self, people: Collection[Participant]) -> None:
        """Store each once; of those who are stored only demographics and municipality change."""

    async def participation(self, hearing_id: int) -> Participation:
        """The participants of a hearing, counted by their demographics and by where they live."""

    async def by_language(self, hearing_id: int, *, newest: int = 0) -> Mapping[str, int]:
        """People who took part, but the ``newest`` so many, by the language they read now; "" is of forgotten ones."""

    async def voters_by_municipality(self, hearing_id: int) -> Mapping[int, Mapping[int, int]]:
        """By question number, how many have answered it through the bot, by where they live (0: unsaid)."""

    async def drop(self, hearing_id: int, resident_id: int) -> None:
        """Remove a participant of whom nothing is left in the hearing."""

    async def part_from(self, hearing_id: int, resident_id: int, *, digest: str | None) -> None:
        """Take their group from a participant who is forgotten; the ``digest`` knows them if they come back."""

    async def come_back(self, digest: str, resident_id: int) -> None:
        """Count a forgotten person who has come back under the new number, once, where they are known by the digest."""

    async def drop_digests(self) -> None:
        """Remove the digests of forgotten participants in hearings that are over."""

    async def hearings_of(self, resident_id: int) -> tuple[int, ...]:
        """The id of every hearing the person took part in."""


class CommentRepository(Protocol):
    """Comments with their receipts, support and decisions."""

    async def add(
        self,
        hearing_id: int,
        submission: Submission,
        *,
        author: Resident | None,
        channel: Channel,
        at: datetime,
        support: int = 0,
    ) -> Comment:
        """A new comment with the hearing's next receipt number; the stored one if its ``source`` is known.

        One that staff enter for somebody has no ``author``, and may have ``support`` already.
        Raises NotFound for an unknown hearing.
        """

    async def add_part(self, comment_id: int, part: Part) -> None:
        """Store one message more, at its position."""

    async def find_source(self, source: str) -> Comment | None:
        """The comment that came in that message, or has a part that did."""

    async def get(self, comment_id: int) -> Comment:
        """The comment. Raises NotFound."""

    async def save(self, comment: Comment) -> None:
        """Store all that may change but support and decision. Raises NotFound."""

    async def decide(self, comment_id: int, decision: Decision | None) -> None:
        """Store the commission's answer in place of an earlier one; None removes it. Raises NotFound."""

    async def states(self, comment_ids: Collection[int]) -> Mapping[int, CommentState]:
        """What may have changed of comments since they were read, by id."""

    async def take_back(self, comment_id: int, *, at: datetime) -> None:
        """Remove the commission's answer; ``at`` is kept, so that a notice finds whom it concerns. Raises NotFound."""

    async def decide_each(self, decisions: Mapping[int, Decision]) -> None:
        """Store the commission's answers in place of earlier ones, by the comments' ids."""

    async def list_of(self, author_id: int, *, hearing_id: int | None = None) -> tuple[Comment, ...]:
        """The person's comments, to one hearing or to all, newest first."""

    async def list_numbers(self, hearing_id: int, numbers: Collection[int]) -> tuple[Comment, ...]:
        """The comments of a hearing with these receipt numbers, withdrawn or not, by number."""

    async def count_since(self, author_id: int, digest: str, hearing_id: int, since: datetime) -> int:
        """How many comments the person wrote to the hearing from ``since`` on, those before they were forgotten too."""

    async def has_forgotten(self, hearing_id: int, digest: str) -> bool:
        """True while a comment of that forgotten author stands in the hearing, not withdrawn."""

    async def drop_digests(self, before: datetime) -> None:
        """Remove digests of messages and of forgotten authors that came before then and are needed no more."""

    async def list_published(
        self, hearing_id: int, *, order: Order, offset: int, limit: int, about: About | None = None
    ) -> tuple[Comment, ...]:
        """Comments that are published and not withdrawn."""

    async def count_published(self, hearing_id: int, about: About | None = None) -> int:
        """How many comments ``list_published`` has."""

    async def list_undecided(self, hearing_id: int, *, offset: int, limit: int) -> tuple[Comment, ...]:
        """Comments that are not withdrawn and have no decision, nor a proposed one; hidden ones too, oldest first."""

    async def count_undecided(self, hearing_id: int) -> int:
        """How many comments are not withdrawn and have no decision, those with a proposed one too."""

    async def count_unproposed(self, hearing_id: int) -> int:
        """How many comments ``list_undecided`` has."""

    async def list_concerned(self, hearing_id: int, resident_id: int, decided_at: datetime) -> tuple[Comment, ...]:
        """Comments that were decided on at that moment and that the person wrote or supports, by receipt number."""

    async def list_latest_decided(self, hearing_id: int, *, limit: int) -> tuple[Comment, ...]:
        """Comments with a decision that has a reason, the latest decision first."""

    async def list_waiting(self, hearing_id: int, *, offset: int, limit: int) -> tuple[Comment, ...]:
        """Comments that are neither published nor hidden yet: those to be looked at first, then the oldest."""

    async def page(self, hearing_id: int, *, after: int, limit: int) -> tuple[Comment, ...]:
        """All comments of a hearing by id, from the first above ``after`` on."""

    async def counts(self, hearing_id: int) -> CommentCounts:
        """The comments of a hearing, counted."""

    async def total_support(self, hearing_id: int) -> int:
        """How often comments that were not taken back are supported."""

    async def set_support(self, comment_id: int, resident_id: int, *, on: bool, at: datetime) -> bool:
        """Give support to the comment's present words or take it back; True if that changed anything."""

    async def reset_support(self, comment_id: int) -> None:
        """Count no support any more for a comment that has other words; who gave it is kept until they are told."""

    async def count_former_supporters(self, comment_id: int) -> int:
        """How many people supported other words of the comment than it has now."""

    async def drop_former_support(self, comment_id: int) -> None:
        """Remove the support that was given to other words of the comment."""

    async def supported(self, resident_id: int, comment_ids: Collection[int]) -> frozenset[int]:
        """Those of the comments whose present words the person supports."""

    async def list_supported(self, resident_id: int) -> tuple[Comment, ...]:
        """Every comment whose present words the person supports, newest first."""

    async def opinions(
        self, hearing_id: int, *, least: int, most_people: int, most_comments: int
    ) -> tuple[tuple[int, ...], ...]:
        """The published comments (ids) that each person supports who supports at least so many; joined ones are one.

        Of more than ``most_people`` those who came first count, of more than ``most_comments`` the most supported ones.
        """

    async def drop_support(self, resident_id: int) -> None:
        """Take back all support the person gave."""

    async def subjects(self, hearing_id: int, *, standing: bool = False) -> Mapping[About, int]:
        """What the comments of a hearing are about, withdrawn ones too unless ``standing``, and how many are."""

    async def renumber(self, hearing_id: int, kind: AboutKind, moved: Mapping[int, int]) -> None:
        """Let comments about one number be about another: the same thing has it now."""
