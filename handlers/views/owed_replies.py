"""Owed replies: rendered at delivery, in the language the person reads then."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.domain.consent import ConsentText
from bot.domain.exhaustive import exhaustive
from bot.domain.files import FileKind
from bot.domain.owed_replies import ReplyKind
from bot.domain.people import Role
from handlers.views import (
    appeals,
    comments,
    decision_table,
    desk,
    entry_sheet,
    failures,
    forms,
    hiding,
    invitations,
    places,
    posters,
    privacy,
    settings,
    staff,
    writing,
)
from handlers.views.screen import Paper, Screen, e, i, stacked
from handlers.views.sharing import Sharing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.i18n import Translator
    from bot.services.outbox.reply_letters import ReplyLetter
    from handlers.views.screen import Html


def render(t: Translator, letter: ReplyLetter, username: str) -> Screen:
    """The screen of an owed reply; where it answers several messages, or may have arrived before, it says so.

    ``username`` is the bot's, for the links of a receipt.
    """
    screen = _receipt(t, letter, username) if letter.kind is ReplyKind.RECEIPT else LAYOUTS[letter.kind](t, letter)
    notes = _of_others(t, letter)
    if letter.notice.doubtful:
        notes.append(i(t("You may have got this message already.")))
    return replace(screen, text=stacked(screen.text, *notes)) if notes else screen


def _of_others(t: Translator, letter: ReplyLetter) -> list[Html]:
    """What the replies would have said that this one takes the place of."""
    if letter.answers == 1:
        return []
    notes = [e(words) for words in letter.sentences]
    if letter.receipts:
        numbers = ", ".join(t("№ {number}", number=number) for number in letter.receipts)
        notes.append(e(t("Also received: {numbers}", numbers=numbers)))
    counted = t.n("This answers {n} message of yours.", "This answers {n} messages of yours.", letter.answers)
    return [*notes, i(counted)]


def plain(t: Translator, letter: ReplyLetter) -> Screen:
    """What is sent in the place of an owed reply that Telegram does not take: a receipt keeps its number."""
    if letter.kind is ReplyKind.FILE:
        return failures.file_not_taken(t)
    alone = failures.not_taken(t)
    if letter.kind is not ReplyKind.RECEIPT or letter.view is None:
        return alone
    return replace(alone, text=stacked(e(t("Your number: № {number}", number=letter.view.comment.number)), alone.text))


def paper(t: Translator, letter: ReplyLetter) -> Paper:
    """The file of an owed reply, with its caption."""
    request, subject, file = letter.request, letter.subject, letter.file
    assert request is not None
    assert subject is not None
    assert file is not None
    match request.kind:
        case FileKind.RECORD:
            closing = request.at_closing
            caption = desk.closed_caption(t, subject, request.form) if closing else desk.record_caption(t, file.name)
            made = Paper(file.name, file.content, file.file_id or None, caption=caption, key=file.key)
        case FileKind.PICTURE:
            made = Paper(file.name, file.content, caption=desk.picture_caption(t, subject, file.words), kind="photo")
        case FileKind.DECISIONS:
            made = Paper(file.name, file.content, caption=decision_table.caption(t))
        case FileKind.ENTRIES:
            made = Paper(file.name, file.content, caption=entry_sheet.caption(t))
        case FileKind.FORM:
            made = forms.paper(t, request, subject, file.content)
        case FileKind.POSTER | FileKind.POSTERS:
            made = posters.paper(t, request, subject, file.content)
    if file.left_out:
        left_out = e(t("Emoji and signs like them are left out: paper does not have them."))
        made = replace(made, caption=stacked(*filter(None, (made.caption,)), left_out))
    if not letter.notice.doubtful:
        return made
    return replace(
        made, caption=stacked(*filter(None, (made.caption,)), i(t("You may have got this message already.")))
    )


def _receipt(t: Translator, letter: ReplyLetter, username: str = "") -> Screen:
    assert letter.view is not None
    assert letter.zone is not None
    sharing = None
    if username and letter.places is not None:
        village = letter.recipient.village_id or 0
        sharing = Sharing.of(username, letter.places, letter.view.hearing, village_id=village, now=letter.now)
    at = comments.Standpoint(letter.zone, letter.now, sharing=sharing)
    receipt = comments.receipt(t, letter.view, at, left_out=_left_out(letter))
    return settings.asking(t, receipt, letter.recipient) if letter.asks_about_author else receipt


def _repeated(t: Translator, letter: ReplyLetter) -> Screen:
    assert letter.view is not None
    assert letter.unsent is not None
    return writing.send_again(t, letter.view, letter.unsent)


def _unsent(t: Translator, letter: ReplyLetter) -> Screen:
    assert letter.unsent is not None
    if letter.reading is not None:
        room = str(letter.notice.facts.get("room", ""))
        return writing.send_this(t, (letter.reading,), letter.unsent, left_out=_left_out(letter), room=room)
    if letter.hearings is None or not (open_now := letter.hearings.taking_answers):
        return writing.nothing_to_send_to(t, letter.hearings)
    return writing.send_this(t, open_now, letter.unsent, left_out=_left_out(letter))


def _left_out(letter: ReplyLetter) -> int:
    return int(letter.notice.facts.get("left_out", 0))


def _hidden(t: Translator, letter: ReplyLetter) -> Screen:
    assert letter.view is not None
    assert letter.zone is not None
    return hiding.hidden(t, letter.view, comments.Standpoint(letter.zone, letter.now))


def _unhidden(t: Translator, letter: ReplyLetter) -> Screen:
    assert letter.view is not None
    return appeals.unhidden(t, letter.view, appealed=bool(letter.notice.facts.get("appeal")))


def _upheld(t: Translator, letter: ReplyLetter) -> Screen:
    assert letter.view is not None
    assert letter.zone is not None
    return appeals.upheld(t, letter.view, comments.Standpoint(letter.zone, letter.now))


def _appealed(t: Translator, letter: ReplyLetter) -> Screen:
    assert letter.view is not None
    return appeals.appealed(t, letter.view)


def _sentence(t: Translator, letter: ReplyLetter) -> Screen:
    return failures.sentence_alone(t, str(letter.notice.facts["words"]))


def _invitation_used(t: Translator, letter: ReplyLetter) -> Screen:
    assert letter.municipality is not None
    facts = letter.notice.facts
    role, name, invitation = Role(str(facts["role"])), str(facts["name"]), str(facts["invitation"])
    return invitations.used(t, letter.municipality, role, name, invitation)


def _role_taken(t: Translator, letter: ReplyLetter) -> Screen:
    assert letter.municipality is not None
    return staff.role_taken(t, letter.municipality, Role(str(letter.notice.facts["role"])))


def _role_handed(t: Translator, letter: ReplyLetter) -> Screen:
    assert letter.municipality is not None
    return staff.role_handed(t, letter.municipality)


def _merged(t: Translator, letter: ReplyLetter) -> Screen:
    assert letter.municipality is not None
    assert letter.former is not None
    return places.merged(t, letter.former, letter.municipality)


def _consent_changed(t: Translator, letter: ReplyLetter) -> Screen:
    before, after = (ConsentText.named(str(letter.notice.facts[name])) for name in ("agreed", "text"))
    return privacy.consent_changed(t, before, after)


LAYOUTS: Final[Mapping[ReplyKind, Callable[[Translator, ReplyLetter], Screen]]] = exhaustive(
    ReplyKind,
    {
        ReplyKind.RECEIPT: _receipt,
        ReplyKind.UNSENT: _unsent,
        ReplyKind.REPEATED: _repeated,
        ReplyKind.SENTENCE: _sentence,
        ReplyKind.HIDDEN: _hidden,
        ReplyKind.UNHIDDEN: _unhidden,
        ReplyKind.HIDING_UPHELD: _upheld,
        ReplyKind.APPEALED: _appealed,
        ReplyKind.INVITATION_USED: _invitation_used,
        ReplyKind.FILE: lambda t, _letter: failures.file_not_made(t),
        ReplyKind.ROLE_TAKEN: _role_taken,
        ReplyKind.ROLE_HANDED: _role_handed,
        ReplyKind.PLACE_MERGED: _merged,
        ReplyKind.CONSENT_CHANGED: _consent_changed,
    },
)
"""What stands in each kind of reply; of a file where there is none."""
