"""Toasts: the short notes over a pressed button."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.i18n import Translator
    from bot.services.deciding import DecidedComments


def saved(t: Translator) -> str:
    """A setting is stored."""
    return t.p("toast", "Saved.")


def language_changed(t: Translator) -> str:
    """The language is stored."""
    return t("Language changed.")


def agreed(t: Translator) -> str:
    """The person has agreed to be stored."""
    return t("Thank you. You can take this back at any time: /privacy")


def nothing_sent(t: Translator) -> str:
    """The person has given up writing."""
    return t.p("toast", "Nothing was sent.")


def received(t: Translator) -> str:
    """A text that came unasked is a comment now."""
    return t.p("toast", "✅ Received. Thank you!")


def shared(t: Translator, *, on: bool) -> str:
    """Others may hear a voice message now, or the commission alone."""
    return t.p("toast", "Others can hear it now.") if on else t.p("toast", "Only the commission hears it now.")


def village_reminded(t: Translator) -> str:
    """A reminder to a village is on its way."""
    return t.p("toast", "✅ The reminder is on its way.")


def handed_over(t: Translator) -> str:
    """A secretary has stepped down for a colleague."""
    return t.p("toast", "Handed over. Your colleague is told.")


def numbers_switched(t: Translator, *, on: bool) -> str:
    """The numbers of each morning come, or come no more."""
    return t.p("toast", "The numbers will come each morning.") if on else t.p("toast", "No more numbers each morning.")


def file_sent(t: Translator) -> str:
    """A file is on its way."""
    return t.p("toast", "The file is on its way.")


def document_removed(t: Translator) -> str:
    """A document is removed."""
    return t.p("toast", "The document is removed.")


def unshared(t: Translator, coins: int) -> str:
    """Not all coins of the question before are shared."""
    return t.p("toast", "Not shared at the question before: {n}. They count for nothing.", n=t.number(coins))


def withdrawn(t: Translator) -> str:
    """A comment is taken back."""
    return t.p("toast", "Taken back.")


def supported(t: Translator, *, on: bool) -> str:
    """Another's comment is supported, or no longer."""
    return t.p("toast", "✅ You support this.") if on else t.p("toast", "You no longer support this.")


def being_made(t: Translator) -> str:
    """A file is made beside everything else."""
    return t.p("toast", "⏳ The file is being made. It will come in a moment.")


def comment_published(t: Translator, number: int) -> str:
    """Other residents may read a comment."""
    return t.p("toast", "✅ Published: № {number}", number=number)


def comments_published(t: Translator, numbers: Sequence[int]) -> str:
    """Other residents may read several comments."""
    return t.p("toast", "✅ Published: {numbers}", numbers=", ".join(t("№ {number}", number=one) for one in numbers))


def comment_put_back(t: Translator, number: int) -> str:
    """A comment waits again."""
    return t.p("toast", "↩️ № {number} waits again. Others do not see it.", number=number)


def appeal_sent(t: Translator) -> str:
    """An author has appealed."""
    return t.p("toast", "✅ Your appeal is sent.")


def hiding_lifted(t: Translator, number: int) -> str:
    """A comment is shown again after an appeal."""
    return t.p("toast", "✅ Shown to others: № {number}. Its author is told.", number=number)


def hiding_upheld(t: Translator, number: int) -> str:
    """A comment stays hidden after an appeal."""
    return t.p("toast", "🚫 № {number} stays hidden. Its author is told.", number=number)


def comments_joined(t: Translator, number: int, head: int) -> str:
    """A comment is joined with another one."""
    return t.p("toast", "🔗 № {number} is joined with № {head}.", number=number, head=head)


def comment_parted(t: Translator, number: int) -> str:
    """A comment is joined with no other any more."""
    return t.p("toast", "✂️ № {number} stands by itself again.", number=number)


def comment_hidden(t: Translator, number: int) -> str:
    """Other residents may not read a comment."""
    return t.p("toast", "🚫 Hidden from others: № {number}. It stays in the record.", number=number)


def table_dropped(t: Translator) -> str:
    """A table of decisions that was sent back is let go of."""
    return t.p("toast", "Nothing of the table was stored.")


def role_taken_back(t: Translator) -> str:
    """An invitation, and the role that it gave, is taken back."""
    return t.p("toast", "↩️ Taken back. The link does not work any more.")


def published(t: Translator) -> str:
    """A hearing is announced."""
    return t.p("toast", "📣 Published.")


def publishing_planned(t: Translator) -> str:
    """A draft publishes itself at a time."""
    return t.p("toast", "🕗 It will publish itself.")


def publishing_not_planned(t: Translator) -> str:
    """A draft no longer publishes itself."""
    return t.p("toast", "It stays a draft.")


def postponed(t: Translator) -> str:
    """A hearing has other dates."""
    return t.p("toast", "📆 Postponed.")


def cancelled(t: Translator) -> str:
    """A hearing does not take place."""
    return t.p("toast", "✖️ The hearing is cancelled.")


def broadcast_paused(t: Translator) -> str:
    """No more notices of a broadcast leave for now."""
    return t.p("toast", "⏸ Paused. What is on its way still arrives.")


def broadcast_resumed(t: Translator) -> str:
    """Notices of a broadcast leave again."""
    return t.p("toast", "▶️ It goes on.")


def broadcast_cancelled(t: Translator) -> str:
    """No more notices of a broadcast leave."""
    return t.p("toast", "✖️ No more of it is sent.")


def linked(t: Translator) -> str:
    """A municipality's announcements are posted in a room."""
    return t.p("toast", "🔗 Linked.")


def unlinked(t: Translator) -> str:
    """Nothing is posted in a room any more."""
    return t.p("toast", "✂️ Unlinked.")


def last_language(t: Translator) -> str:
    """The only language of a room was pressed: it stays."""
    return t.p("toast", "One language has to stay: choose another one first.")


def topic_moved(t: Translator) -> str:
    """Posts go to another topic of a group."""
    return t.p("toast", "🧵 Posts go to that topic now.")


def posting(t: Translator) -> str:
    """The current hearings are being posted."""
    return t.p("toast", "📌 It will stand there in a moment.")


def draft_stored(t: Translator) -> str:
    """A workbook has become a draft."""
    return t.p("toast", "The draft is ready.")


def workbook_applied(t: Translator) -> str:
    """A corrected workbook was taken."""
    return t.p("toast", "The hearing is changed.")


def draft_deleted(t: Translator) -> str:
    """A draft is gone."""
    return t.p("toast", "The draft is deleted.")


def only_a_preview(t: Translator) -> str:
    """A button in a preview that does something for residents."""
    return t.p("toast", "This is a preview. Residents will use this button.")


def entry_saved(t: Translator, number: int) -> str:
    """What was entered for somebody is stored."""
    return t.p("toast", "✅ Saved: № {number}", number=number)


def entry_removed(t: Translator) -> str:
    """Something that was entered is taken out."""
    return t.p("toast", "🗑 Removed.")


def all_entered(t: Translator) -> str:
    """Results are final."""
    return t.p("toast", "✅ All entered. The results are final.")


def entries_reopened(t: Translator) -> str:
    """Results are preliminary again."""
    return t.p("toast", "🔓 Reopened. The results are preliminary.")


def decided(t: Translator, done: DecidedComments) -> str:
    """Decisions are stored, and whom they concern is told; or they wait for the secretary."""
    count = len(done.stored) + len(done.same)
    if count == 1 and not done.refused and not done.proposed:
        return t("№ {number} is decided.", number=(*done.stored, *done.same)[0].number)
    if done.proposed:
        return t("Proposed: {n}. The secretary confirms.", n=t.number(count))
    return t("Decided: {n}", n=t.number(count))


def decision_taken_back(t: Translator, number: int) -> str:
    """A comment has no decision again."""
    return t("№ {number} has no decision now.", number=number)


def comments_marked(t: Translator, numbers: Sequence[int]) -> str:
    """Comments of a page are marked."""
    return t("Marked: {numbers}", numbers=t.list(t("№ {number}", number=number) for number in numbers))


def proposal_sent_back(t: Translator) -> str:
    """A proposal waits no more for the secretary."""
    return t("Sent back to the commission.")


def hearing_answered(t: Translator) -> str:
    """Every comment of a hearing has its answer."""
    return t("The hearing is answered.")


def draft_begun(t: Translator) -> str:
    """A hearing is put together."""
    return t.p("toast", "📝 The draft is kept. Nobody else sees it.")


def resolution_stored(t: Translator, *, again: bool) -> str:
    """The council's resolution is stored, or corrected."""
    return t.p("toast", "Corrected.") if again else t.p("toast", "Stored. Everybody who took part is told.")


def transcript_confirmed(t: Translator) -> str:
    """The words of a program are confirmed."""
    return t.p("toast", "The transcript is confirmed.")


def transcript_removed(t: Translator) -> str:
    """A transcript is gone."""
    return t.p("toast", "The transcript is removed.")


def done_stored(t: Translator) -> str:
    """What was promised is said to be done."""
    return t.p("toast", "Stored. Its author and supporters are told.")
