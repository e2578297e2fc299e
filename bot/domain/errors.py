"""What can go wrong, as facts. ``handlers.errors`` has a sentence for each refusal that is no family.

::

    HearingBotError
    ├── Refusal                       an act of a person that changes nothing; they get a sentence
    │   ├── NotFound  StaleButton  Forbidden  ConsentNeeded
    │   ├── NotTakingAnswers          a family: the hearing takes none at this moment
    │   │   └── HearingNotOpen  HearingClosed  HearingCancelled
    │   ├── HearingOver  MomentPassed  DraftChanged  MeaningChanged  SubjectGone
    │   ├── OnlySitting  SittingBegun  TooManySittings
    │   ├── BadAnswer  TooManyChoices  OverCap
    │   ├── TextRefused               a family: the text cannot become a comment
    │   │   └── TextEmpty  TextTooLong
    │   ├── CommentChanged  ListChanged
    │   ├── NotAlike  DecidedTogether
    │   ├── NotHidden  AlreadyAppealed  AppealSettled  OwnHiding
    │   ├── CommentFixed              a family: the comment cannot be changed any more
    │   │   └── AlreadyConsidered  AlreadyWithdrawn
    │   ├── NotFinal  NoOptionQuestions
    │   ├── DecisionChanged  ReasonNeeded  OnlyQuestions  HearingNotClosed  Undecided  HearingNotAnswered
    │   ├── NothingPromised  NoDay  DayOutside  NoDecisionDraft  ProposalChanged
    │   ├── DailyLimit  OwnComment  OnlyForCommission
    │   ├── NothingExpected  WrongKind  FileTooLarge  FileGone  TooManyFiles
    │   ├── AttachmentRefused  AttachmentsFull
    │   ├── BadCount  BadPresence  SameEntry  EnteredMeanwhile  NothingEntered  AllEntered  AnswersStillTaken
    │   └── InvitationSpent  LastSecretary  AlreadyReminded
    ├── StoreUnavailable              nothing was stored; it is tried again
    │   └── StoreNewer                the database belongs to a newer program
    └── errors of one package, each beside the code that raises it (a test holds that they are here)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime


class HearingBotError(Exception):
    """The root: everything this program raises on purpose.

    Its message may be logged: it speaks of the program, never of what people wrote.
    """


class Refusal(HearingBotError):
    """An act that cannot be done; nothing was changed."""


class NotFound(Refusal):
    """There is no such thing, or it is not for this person to see (the two are not told apart)."""

    def __init__(self, noun: str, key: object = "") -> None:
        super().__init__(f"no {noun} {key}")
        self.noun = noun


class StaleButton(Refusal):
    """A button that this program cannot read: from another time, or forged."""


class Forbidden(Refusal):
    """The actor lacks the right."""


class ConsentNeeded(Refusal):
    """Something would be stored about a person who has not agreed yet."""


class NotTakingAnswers(Refusal):
    """A family: the hearing takes no answers and comments at this moment."""


class HearingNotOpen(NotTakingAnswers):
    """Answers are taken from ``opens_at`` on."""

    def __init__(self, opens_at: datetime) -> None:
        super().__init__(f"opens at {opens_at.isoformat()}")
        self.opens_at = opens_at


class HearingClosed(NotTakingAnswers):
    """Answers were taken until ``closed_at``."""

    def __init__(self, closed_at: datetime) -> None:
        super().__init__(f"closed at {closed_at.isoformat()}")
        self.closed_at = closed_at


class HearingCancelled(NotTakingAnswers):
    """The hearing does not take place."""


class HearingOver(Refusal):
    """The hearing has been closed or cancelled: it is not postponed, cancelled or announced any more."""


class OnlySitting(Refusal):
    """A hearing has at least one sitting."""


class SittingBegun(Refusal):
    """A sitting that has begun is neither moved nor removed."""


class TooManySittings(Refusal):
    """A hearing has as many sittings as it may have."""

    def __init__(self, most: int) -> None:
        super().__init__(f"more than {most} sittings")
        self.most = most


class MomentPassed(Refusal):
    """Something was asked for at a moment that lies in the past."""

    def __init__(self, at: datetime) -> None:
        super().__init__(f"past {at.isoformat()}")
        self.at = at


class DraftChanged(Refusal):
    """The draft has another version by now than the one that was seen."""


class MeaningChanged(Refusal):
    """A corrected workbook gives another meaning to what people have answered or commented on.

    It is taken as a new version, or not at all.
    """


class SubjectGone(Refusal):
    """A corrected workbook leaves out something that comments are about."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class BadAnswer(Refusal):
    """An answer the question does not know: an option out of range, a change of another kind."""


class TooManyChoices(Refusal):
    """More options than the question allows."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"at most {limit}")
        self.limit = limit


class OverCap(Refusal):
    """More coins than there are."""

    def __init__(self, limit: int, left: int) -> None:
        super().__init__(f"{left} of {limit} left")
        self.limit = limit
        self.left = left


class TextRefused(Refusal):
    """A family: the text cannot become a comment."""


class TextEmpty(TextRefused):
    """Nothing a reader could see."""


class TextTooLong(TextRefused):
    """More characters than the record takes."""

    def __init__(self, limit: int, length: int) -> None:
        super().__init__(f"{length} characters, {limit} allowed")
        self.limit = limit
        self.length = length


class BadCount(Refusal):
    """A count of votes that cannot be; ``problem`` is a ``CountProblem`` of ``counted_votes``."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class BadPresence(Refusal):
    """Numbers of people that cannot be: none, more men and women than people, or far too many."""


class SameEntry(Refusal):
    """Another entry says the same of the same thing: the comment with that id and receipt ``number``."""

    def __init__(self, comment_id: int, number: int) -> None:
        super().__init__(f"as number {number}")
        self.comment_id = comment_id
        self.number = number


class EnteredMeanwhile(Refusal):
    """Somebody else has entered or changed the same thing since it was looked at."""


class NothingEntered(Refusal):
    """Nothing is being entered: it was stored already, or too long ago."""


class AllEntered(Refusal):
    """It was said that everything is entered: nothing more is, until the entries are reopened."""


class AnswersStillTaken(Refusal):
    """Answers are taken until ``until``: before that not everything can be entered."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"until {until.isoformat()}")
        self.until = until


class DailyLimit(Refusal):
    """So many comments a day and person, and not more."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} a day")
        self.limit = limit


class CommentChanged(Refusal):
    """The comment has other words by now than the reader has seen."""


class ListChanged(Refusal):
    """The comments in a list are others than those that were read, or have other words."""


class CommentFixed(Refusal):
    """A family: the comment cannot be amended or withdrawn any more."""


class AlreadyConsidered(CommentFixed):
    """The commission has decided on this comment."""


class AlreadyWithdrawn(CommentFixed):
    """The author has taken the comment back."""


class DecisionChanged(Refusal):
    """Somebody has decided on the comment, or decided otherwise, since the screen was shown."""


class ReasonNeeded(Refusal):
    """A decision that is more than *noted* needs a reason, at most as long as is taken."""


class NoDecisionDraft(Refusal):
    """A decision that is not being made any more, or says something else by now than was shown."""


class ProposalChanged(Refusal):
    """A proposed decision that was confirmed, sent back or changed meanwhile."""


class OnlyQuestions(Refusal):
    """Only a question is answered; other comments are accepted, partly accepted, rejected or noted."""


class NotFinal(Refusal):
    """The numbers of the hearing may still change, so they are handed to nobody outside yet."""


class NoOptionQuestions(Refusal):
    """The hearing has no question of the kinds that Pabulib's format knows."""


class HearingNotClosed(Refusal):
    """Answers are still taken, so the hearing cannot be answered yet."""


class Undecided(Refusal):
    """So many comments of the hearing have no decision, so it is not answered yet."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class OwnComment(Refusal):
    """One's own comment needs no support of one's own."""


class OnlyForCommission(Refusal):
    """A voice message whose author lets nobody but the commission hear it."""


class NothingExpected(Refusal):
    """A message while no text was being waited for."""


class WrongKind(Refusal):
    """A sticker, a video, a contact: something that cannot become a comment."""


class FileTooLarge(Refusal):
    """A file above what Telegram lets a bot download."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"over {limit} bytes")
        self.limit = limit


class FileGone(Refusal):
    """A file that staff have sent is no longer kept, or Telegram does not give it away."""


class TooManyFiles(Refusal):
    """So many files wait to be made that one more would come too late."""


class AttachmentRefused(Refusal):
    """A file that cannot be a document of a hearing: a program, an archive, a file without an ending."""


class AttachmentsFull(Refusal):
    """A hearing has as many documents as it takes: ``limit``."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"over {limit} documents")
        self.limit = limit


class HearingNotAnswered(Refusal):
    """The council's resolution before every comment of the hearing has its answer."""


class NothingPromised(Refusal):
    """A decision that promises nothing is said to be done: only what was accepted can be."""


class NoDay(Refusal):
    """Typed words that are no day."""


class DayOutside(Refusal):
    """A day that is not between ``first`` and ``last``."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(f"not from {first} to {last}")
        self.first = first
        self.last = last


class InvitationSpent(Refusal):
    """An invitation that was used, has expired, or never was."""


class AlreadyReminded(Refusal):
    """A village that was reminded today already."""


class NotAlike(Refusal):
    """Two comments that cannot share a decision: one is a question, the other is none."""


class DecidedTogether(Refusal):
    """A decision on a comment that is joined with another one: it has that one's decision."""


class NotHidden(Refusal):
    """An appeal against the hiding of a comment that is not hidden (any more)."""


class AlreadyAppealed(Refusal):
    """A second appeal against one hiding."""


class AppealSettled(Refusal):
    """A decision about an appeal that waits no longer."""


class OwnHiding(Refusal):
    """A decision about an appeal by whoever hid the comment, while a colleague can decide."""


class LastSecretary(Refusal):
    """The role of the only secretary of a municipality: without one nobody could give it again."""


class StoreUnavailable(HearingBotError):
    """The database cannot take it now (locked, disk full, read-only, gone); ``reason`` is for operators."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class StoreNewer(StoreUnavailable):
    """The database was made by a newer program; this one refuses to touch it."""
