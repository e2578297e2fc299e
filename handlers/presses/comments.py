"""Presses that write, read, support and take back comments."""

from __future__ import annotations

from bot.domain.comments import CommentKind, Order
from bot.domain.questions import AboutKind
from bot.domain.values import dataclass
from handlers.presses.press import Press


@dataclass(frozen=True, slots=True)
class WriteComment(Press):
    """Asks what is to be written: a comment, a proposal or a question."""

    hearing: int


@dataclass(frozen=True, slots=True)
class ChooseCommentKind(Press):
    """Asks what a comment of this kind is about."""

    hearing: int
    kind: CommentKind


@dataclass(frozen=True, slots=True)
class ChooseSubject(Press):
    """Asks which service, budget line or agenda item a comment is about; a page of them."""

    hearing: int
    kind: CommentKind
    about: AboutKind
    page: int = 0


@dataclass(frozen=True, slots=True)
class WriteAbout(Press):
    """Asks for the text of a comment about this subject."""

    hearing: int
    kind: CommentKind
    about: AboutKind
    no: int = 0


@dataclass(frozen=True, slots=True)
class CancelWriting(Press):
    """Stops waiting for a text; hearing 0 leads home. ``unsent``: does not send those words that came unasked."""

    hearing: int
    unsent: int = 0


@dataclass(frozen=True, slots=True)
class SendUnsent(Press):
    """Makes a comment of this kind of what came unasked; ``unsent`` says of what, 0 on older buttons."""

    hearing: int
    kind: CommentKind
    unsent: int = 0


@dataclass(frozen=True, slots=True)
class ReadComment(Press):
    """Opens one comment, one's own or a published one, a page of it.

    ``back`` says where its list stood: the offset of the wall in ``order``, or the page of one's own. ``rewritten``: in
    the reader's own script.
    """

    comment: int
    page: int = 0
    order: Order = Order.SUPPORT
    back: int = 0
    rewritten: bool = False


@dataclass(frozen=True, slots=True)
class PlayComment(Press):
    """Sends the voice messages and photos of a comment."""

    comment: int


@dataclass(frozen=True, slots=True)
class ShareRecording(Press):
    """Lets others hear one's voice message, or the commission alone; ``receipt`` where it stands under the receipt."""

    comment: int
    on: bool
    receipt: bool = False


@dataclass(frozen=True, slots=True)
class AmendComment(Press):
    """Asks for a new text of one's own comment."""

    comment: int


@dataclass(frozen=True, slots=True)
class WithdrawComment(Press):
    """Asks whether to take one's comment back; takes it back where ``sure``."""

    comment: int
    sure: bool = False


@dataclass(frozen=True, slots=True)
class SeeWall(Press):
    """Opens others' published comments, from ``offset`` on; ``rewritten`` in the reader's own script."""

    hearing: int
    order: Order = Order.SUPPORT
    offset: int = 0
    rewritten: bool = False


@dataclass(frozen=True, slots=True)
class SupportComment(Press):
    """Supports another's comment, or stops; ``listed`` where it stands on the wall, at ``offset`` in ``order``.

    ``edition`` says which of its author's words were read; ``rewritten``: in the reader's own script.
    """

    comment: int
    on: bool
    listed: bool = False
    order: Order = Order.SUPPORT
    offset: int = 0
    edition: int = 0
    rewritten: bool = False
