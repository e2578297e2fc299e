"""The documents of a hearing: the list that residents open, and the one that staff change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.domain.attachments import ATTACHMENTS_OF_A_HEARING
from bot.domain.kept_files import LARGEST_KEPT
from handlers import presses
from handlers.views.buttons import back, back_to_desk, home, told_apart
from handlers.views.screen import LETTERS_ON_A_BUTTON, Paper, Screen, b, e, i, in_rows, stacked, tap, with_buttons

if TYPE_CHECKING:
    from bot.domain.attachments import Attachment
    from bot.domain.hearings import Hearing
    from bot.domain.received_files import ReceivedFile
    from bot.i18n import Translator
    from bot.services.attachments import AttachmentList
    from bot.services.received_files import FileTargets
    from handlers.views.screen import Html

LETTERS_AFTER_A_MARK: Final = LETTERS_ON_A_BUTTON - 2
BYTES_OF_A_MEGABYTE: Final = 1_000_000


def documents(t: Translator, found: AttachmentList) -> Screen:
    """The screen with the documents of a hearing; a press on one sends it."""
    hearing = found.hearing
    asks = t("Press a document, and it comes into this chat.") if found.listed else t("There are no documents yet.")
    labels = told_apart([each.title for each in found.listed], LETTERS_AFTER_A_MARK)
    buttons = zip(labels, found.listed, strict=True)
    rows = with_buttons(
        *in_rows(tap(t, f"{_mark(each)} {label}", presses.GetDocument(each.id)) for label, each in buttons),
        (back(t, presses.OpenReading(hearing.id)), home(t, hearing.municipality_id)),
    )
    return Screen(stacked(b(t("Documents")), e(t.text(hearing.dossier.title).words), *_listed(t, found), e(asks)), rows)


def document(attachment: Attachment) -> Paper:
    """The document itself, with its title."""
    kind = "photo" if attachment.photo else "document"
    name, caption = attachment.name or "photo.jpg", e(attachment.title)
    return Paper(name, file_id=attachment.file_id, caption=caption, kind=kind, unique_id=attachment.unique_id)


def lost(t: Translator, attachment: Attachment) -> Screen:
    """That Telegram does not have the document any more."""
    words = t("“{title}” cannot be sent now. Please ask the municipality for it.", title=attachment.title)
    return Screen(e(words), ((back(t, presses.ListDocuments(attachment.hearing_id)),),))


def managed(t: Translator, found: AttachmentList) -> Screen:
    """The screen on which staff attach and remove documents."""
    hearing, full = found.hearing, len(found.listed) >= ATTACHMENTS_OF_A_HEARING
    none = None if found.listed else e(t("There are no documents yet."))
    labels = told_apart([each.title for each in found.listed], LETTERS_AFTER_A_MARK)
    buttons = zip(labels, found.listed, strict=True)
    rows = with_buttons(
        () if full else (tap(t, t.p("button", "➕ Add a document"), presses.AttachDocument(hearing.id)),),
        *in_rows(tap(t, f"🗑 {label}", presses.RemoveDocument(each.id)) for label, each in buttons),
        (back(t, presses.OpenDeskHearing(hearing.id)), back_to_desk(t, hearing.municipality_id)),
    )
    said = e(t("Residents find them on the card of the hearing. Press one to remove it."))
    text = stacked(b(t("Documents")), e(t.text(hearing.dossier.title).words), none, *_listed(t, found), e(""), said)
    return Screen(text, rows)


def ask_for_files(t: Translator, hearing: Hearing) -> Screen:
    """The screen that asks for the files."""
    text = stacked(
        b(t("Send the document")),
        e(t.text(hearing.dossier.title).words),
        e(t("A PDF, Word or Excel file, or a photo. What you write under it is its title.")),
    )
    return Screen(text, ((back(t, presses.ManageDocuments(hearing.id)),),))


def added(t: Translator, attachment: Attachment) -> Screen:
    """That a document is attached, and how to go on."""
    text = stacked(
        e(t("Added: “{title}”. Send the next one, or press the button.", title=attachment.title)),
        i(t("It is larger than 20 MB: Telegram alone keeps it.")) if attachment.size > LARGEST_KEPT else None,
    )
    rows = ((tap(t, t.p("button", "✅ That is all"), presses.ManageDocuments(attachment.hearing_id)),),)
    return Screen(text, rows)


def keep_label(t: Translator) -> str:
    """What stands on the button that makes a document of a file."""
    return t.p("button", "📎 It is a document of a hearing")


def ask_whose(t: Translator, file: ReceivedFile, targets: FileTargets) -> Screen:
    """The screen that asks of which hearing a file is a document."""
    labels = told_apart([t.text(each.dossier.title).words for each in targets.hearings])
    buttons = zip(labels, targets.hearings, strict=True)
    rows = in_rows(tap(t, label, presses.KeepAsDocument(file.id, hearing.id)) for label, hearing in buttons)
    desk = tap(t, t.p("button", "🗂 Back to the desk"), presses.OpenDesk())
    none = None if rows else e(t("There is no hearing yet to which it could belong."))
    return Screen(stacked(b(t("Of which hearing is it a document?")), e(file.name), none), (*rows, (desk,)))


def untitled(t: Translator, *, photo: bool) -> str:
    """The title of a file that came without a name and without words."""
    return t("Photo") if photo else t("Document")


def ask_to_remove(t: Translator, attachment: Attachment) -> Screen:
    """The screen that asks whether a document is to be removed."""
    text = stacked(
        b(t("Remove “{title}”?", title=attachment.title)),
        e(t("Residents will not find it here any more. You can send it again later.")),
    )
    remove = tap(t, t.p("button", "🗑 Remove it"), presses.RemoveDocument(attachment.id, sure=True))
    return Screen(text, ((remove,), (back(t, presses.ManageDocuments(attachment.hearing_id)),)))


def _mark(attachment: Attachment) -> str:
    return "🖼" if attachment.photo else "📄"


def _listed(t: Translator, found: AttachmentList) -> tuple[Html, ...]:
    """The titles in full, with the size where it matters on a phone."""
    return tuple(e(f"{number}. {each.title}{_size(t, each)}") for number, each in enumerate(found.listed, 1))


def _size(t: Translator, attachment: Attachment) -> str:
    megabytes = round(attachment.size / BYTES_OF_A_MEGABYTE)
    return f" ({t('{n} MB', n=t.number(megabytes))})" if megabytes else ""
