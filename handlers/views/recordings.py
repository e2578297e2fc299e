"""Photos and voice messages of comments: named, and sent again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.exhaustive import exhaustive
from bot.domain.media import MediaKind
from bot.domain.parts import ATTACHMENTS_OF_A_COMMENT
from bot.i18n import names
from handlers.views.screen import Html, Paper, b, e, i, stacked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.domain.media import Media
    from bot.i18n import Translator
    from bot.services.comments import CommentView

WRAPPINGS: Final = exhaustive(
    MediaKind,
    {
        MediaKind.VOICE: "voice",
        MediaKind.AUDIO: "audio",
        MediaKind.SOUND_FILE: "document",
        MediaKind.VIDEO_NOTE: "video_note",
        MediaKind.VIDEO: "video",
        MediaKind.PHOTO: "photo",
        MediaKind.PICTURE_FILE: "document",
        MediaKind.ANIMATION: "animation",
    },
)
"""How Telegram sends each kind: the file id of one is refused as any other."""


def recordings(t: Translator, view: CommentView) -> tuple[Paper, ...]:
    """The voice messages and photos that the reader may have, each as Telegram keeps it."""
    caption = e(t("№ {number}", number=view.comment.number))
    return tuple(
        Paper(
            "voice.ogg" if media.kind.is_recording else "picture",
            file_id=media.file_id,
            caption=caption,
            kind=WRAPPINGS[media.kind],
            unique_id=media.unique_id,
        )
        for media in view.attachments
    )


def attachment(t: Translator, view: CommentView) -> Html | None:
    """The marks and names of voice messages and photos, and who hears them; None where there are none."""
    named = named_attachments(t, view.comment.attachments)
    if named is None or not view.comment.has_voice or view.comment.recording_open:
        return named
    return stacked(named, i(t("Only the commission hears it.")))


def named_attachments(t: Translator, found: Sequence[Media]) -> Html | None:
    """The marks and names of voice messages and photos, those of a kind in one row; None where there are none."""
    kinds = [[each for each in found if each.kind.is_recording is spoken] for spoken in (False, True)]
    named = [e(f"{names.media_marks(some)} {name}") for some in kinds for name in names.attachments(t, some)]
    return stacked(*named) if named else None


def play_label(t: Translator, found: Sequence[Media]) -> str:
    """What stands on the button that sends them."""
    spoken = {each.kind.is_recording for each in found}
    if spoken == {True}:
        return t.p("button", "▶️ Listen")
    if spoken == {False}:
        return t.p("button", "🖼 Show the photo") if len(found) == 1 else t.p("button", "🖼 Show the photos")
    return t.p("button", "▶️ Listen or look")


def no_room(t: Translator, left_out: int) -> Html | None:
    """That a comment takes no more photos and voice messages, and how many are not in it; None where all are."""
    if not left_out:
        return None
    return b(
        t.n(
            "A comment takes {limit} photos and voice messages. {n} more was not stored: please send it anew.",
            "A comment takes {limit} photos and voice messages. {n} more were not stored: please send them anew.",
            left_out,
            limit=t.number(ATTACHMENTS_OF_A_COMMENT),
        )
    )
