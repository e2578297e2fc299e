"""What is entered for a hearing, as the rows of an entry sheet; and the boxes and sittings that are still empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from bot.domain.comments import Channel
from bot.domain.counted_votes import WEIGHED_KINDS, BallotBox, to_numbers
from bot.domain.entry_sheet import RowMark, box_row, numbers_mark, paper_mark
from bot.domain.places import PlaceTree
from bot.domain.questions import QuestionKind
from bot.domain.towns import with_towns
from bot.entry_sheet.columns import option_key, points_key
from bot.entry_sheet.words import SheetWords, channels, kinds
from bot.i18n import answers
from bot.reports import records
from bot.reports.inert import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.domain.comments import Comment
    from bot.domain.counted_votes import CountedVotes
    from bot.domain.entries import HandEntry, Presence
    from bot.domain.hearings import Hearing
    from bot.domain.questions import Question
    from bot.i18n import Translator
    from bot.ports import ReadingStore, Repositories

Row = dict[str, "str | int | date | None"]
"""The values of a row by the keys of its columns."""
PAPERS_SHOWN: Final = 400
"""Papers that a sheet has already, the newest: others find room in it."""
EMPTY_BOXES_OFFERED: Final = 600
"""Rows for boxes that are not counted yet; of a municipality with more the secretary chooses village and question."""


@dataclass(frozen=True)
class EntryRows:
    """The rows of the sheets of a hearing, in the language of ``t``."""

    hearing: Hearing
    words: SheetWords
    t: Translator
    papers_stored: tuple[tuple[Comment, HandEntry], ...] = ()
    counted: tuple[CountedVotes, ...] = ()
    presence: tuple[Presence, ...] = ()
    first_day: date = date.min

    @classmethod
    async def gather(cls, store: ReadingStore, hearing_id: int, t: Translator, *, timezone: str) -> EntryRows:
        """What is entered now. Raises NotFound, StoreUnavailable."""
        async with store.reading() as repositories:
            hearing = await repositories.hearings.get(hearing_id)
            words = await sheet_words(repositories, hearing, timezone)
            entries = await repositories.entries.papers(hearing_id)
            newest = sorted(entries)[-PAPERS_SHOWN:]
            comments = await repositories.comments.list_numbers(hearing_id, newest)
            counted = await repositories.counted_votes.list_of(hearing_id)
            presence = await repositories.counted_votes.presence(hearing_id)
        standing = ((each, entries[each.number]) for each in comments if each.withdrawn_at is None)
        return cls(
            *(hearing, words, t),
            papers_stored=tuple((comment, entry) for comment, entry in standing if not comment.attachments),
            counted=counted,
            presence=presence,
            first_day=first_day(hearing, words),
        )

    def papers(self) -> Iterator[Row]:
        """The papers that came by a sheet, in the order in which they were entered."""
        kind, channel, about = kinds(self.t), channels(self.t), self.words.subjects(self.t)
        villages, sittings = self.words.places(self.t), self.words.sittings(self.t)
        for comment, entry in self.papers_stored:
            yield {
                "mark": str(RowMark(paper_mark(comment, entry), entry.paper)),
                "code": entry.paper,
                "text": plain(comment.text),
                "kind": kind[comment.kind.value],
                "about": plain(about.get(f"{comment.about.kind.value} {comment.about.no}", "")),
                "voices": entry.voices or None,
                "channel": channel[comment.channel.value],
                "village": plain(villages.get(str(comment.demographics.village_id), ""))
                if comment.demographics.village_id
                else None,
                "sitting": plain(sittings.get(str(entry.sitting), "")) or None,
                "given": entry.given_on,
                "number": comment.number,
            }

    def counts(self) -> Iterator[Row]:
        """A row for each question and box: those that are counted, and a box of papers in each village."""
        known = {(each.box, each.question_no): each for each in self.counted}
        villages = [village.id for village in self.words.villages] or [0]
        questions = self.hearing.dossier.questions
        offered = [(BallotBox(Channel.PAPER, village), each.no) for village in villages for each in questions]
        wanted = {*known, *(offered if len(offered) <= EMPTY_BOXES_OFFERED else ())}
        order = {village: at for at, village in enumerate((0, *villages))}
        for box, no in sorted(
            wanted, key=lambda each: (order.get(each[0].village_id, -1), each[0].channel.value, each[0].number, each[1])
        ):
            yield self._count_row(box, self.hearing.dossier.question(no), known.get((box, no)))

    def _count_row(self, box: BallotBox, question: Question, counted: CountedVotes | None) -> Row:
        places = self.words.places(self.t)
        row: Row = {
            "village": plain(places.get(str(box.village_id), "")) or None,
            "box": box.number,
            "channel": channels(self.t)[box.channel.value],
            "question": plain(self.words.questions(self.t)[str(question.no)]),
            "options": plain(_options(self.t, question)),
        }
        if counted is not None:
            numbers = to_numbers(question, counted.tally)
            row["mark"] = str(RowMark(numbers_mark(numbers), box_row(box, question.no)))
            row |= dict(_figures(question, numbers, counted.tally.voters))
        return row

    def present(self) -> Iterator[Row]:
        """A row for each sitting."""
        known = {each.sitting: each for each in self.presence}
        for number, label in self.words.sittings(self.t).items():
            row: Row = {"sitting": plain(label)}
            if (each := known.get(int(number))) is not None:
                numbers = (each.people, each.women, each.men)
                row["mark"] = str(RowMark(numbers_mark(numbers), number))
                row |= dict(zip(("people", "women", "men"), numbers, strict=True))
            yield row


def first_day(hearing: Hearing, words: SheetWords) -> date:
    """The first day on which a comment may have been given."""
    begins = min(hearing.announced_at or hearing.dossier.opens_at, hearing.dossier.opens_at)
    return begins.astimezone(words.zone).date()


async def sheet_words(repositories: Repositories, hearing: Hearing, timezone: str) -> SheetWords:
    """The words of a hearing's sheets; ``timezone`` counts for a municipality without one."""
    places = PlaceTree(with_towns(await repositories.places.list_all()), "")
    municipality, villages = places.get(hearing.municipality_id), places.villages(hearing.municipality_id)
    zone = await records.zone_of(repositories, hearing, timezone)
    return SheetWords(hearing.dossier, municipality, villages, zone)


def _options(t: Translator, question: Question) -> str:
    return "\n".join(f"{no} – {answers.recorded_option(t, question, no)}" for no in question.option_numbers)


def _figures(question: Question, numbers: tuple[int, ...], papers: int) -> Iterator[tuple[str, int]]:
    """The numbers of a count by their columns."""
    weighed = question.kind in WEIGHED_KINDS
    if weighed or question.kind is QuestionKind.SEVERAL:  # of others it is the sum, and not to be changed twice
        yield "papers", papers
    chosen = numbers[1::2] if weighed else numbers[1:] if question.kind is QuestionKind.SEVERAL else numbers
    for no, people in zip(question.option_numbers, chosen, strict=True):
        yield option_key(no), people
    for no, points in zip(question.option_numbers, numbers[2::2] if weighed else (), strict=False):
        yield points_key(no), points
