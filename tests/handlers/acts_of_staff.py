"""What staff do in the course of a whole hearing, by labels alone, in the language in which they read the bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.entry_sheet.filling import PAPERS, edited, put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.handlers.speaking import Speaker


async def enter_by_workbook(secretary: Speaker, papers: Sequence[tuple[str, int]]) -> None:
    """Type papers, words and support, into the entry sheet, and send it back."""
    t = secretary.t
    await secretary.say("/desk")
    await secretary.tap("🟢", "✍️ Enter for somebody")
    sheet = await secretary.take("📄 Entry sheet (Excel)")
    code, text, support = t.p("column", "Your number"), t("Text"), t.p("column", "How many support it")
    rows = (put(PAPERS, no + 1, {code: no, text: words, support: count}) for no, (words, count) in enumerate(papers, 1))
    await secretary.send(edited(sheet, *rows), "баракчалар.xlsx")
    assert f"{t('New comments')}: {len(papers)}" in secretary.text
    await secretary.tap("✅ Save")


async def join_alike(secretary: Speaker, number: int, head: int) -> None:
    """Join a comment that waits with the one that says the same, out of the list of those that wait."""
    await secretary.tap("▶️", f"⏳ № {number}")
    await secretary.tap("🔗 Looks the same: {n}", n=1)
    await secretary.tap("🔗 Join with № {number}", number=head)
    await secretary.tap("🔗 Yes, join them", "⬅️ Back")


async def decide_in_two_steps(secretary: Speaker, member: Speaker, *, left: int) -> None:
    """Two pairs of eyes: a member accepts the first comment, with what it changes; the secretary confirms."""
    await secretary.say("/desk")
    await secretary.tap("⚙️ Settings", "👀 Two pairs of eyes: off", "👀 Yes, from now on")
    await member.say("/desk")
    await member.tap("🟢")
    await member.tap("⚖️ Decisions: {n}", n=left)
    await member.tap("✅ Accept")
    await member.say("Быйыл курабыз")
    await member.tap("📄 What it changes")
    await member.tap(member.person.labels[0], "📤 Propose it")
    await secretary.say("/desk")
    await secretary.tap("🟢")
    await secretary.tap("⚖️ Decisions: {n}", n=left)
    await secretary.tap("📥 Proposals: {n}", n=1)
    await secretary.tap("✅ Confirm these: {n}", n=1)


async def say_done(secretary: Speaker, number: int) -> None:
    """Say that what was promised is done since yesterday, with a photo of it."""
    await secretary.say("/desk")
    await secretary.tap("⚪️", "🛠 Promised and done", f"№ {number}", "✔️ Done yesterday")
    secretary.person.send_photo()
    await secretary.town.quiet()
    assert "🖼" in secretary.text
