"""A whole hearing as one conversation, by labels alone: from the invitation of its secretary to its answers."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from bot.cli import COMMAND_LINE
from bot.domain.people import Role
from bot.workbook.filling import fill
from handlers import presses
from handlers.presses.links import deep_link
from tests import samples
from tests.decision_table.returns import decided, edited
from tests.handlers.acts_of_staff import decide_in_two_steps, enter_by_workbook, join_alike, say_done
from tests.handlers.speaking import CATALOGUES, Speaker, newcomer

if TYPE_CHECKING:
    from tests.living import Town

TIMEZONE = "Asia/Bishkek"
TAPS_TO_PUBLISHED = 12
TAPS_TO_ANSWERED = {"ky": 14, "uz": 15}
"""By a table in Excel, and by one decision for several in the chat."""
WRITTEN = (
    (0, "💡", "Көчөгө жарык керек"),
    (0, "💡", "Мектепке жол керек"),
    (0, "💡", "Суу түтүгү эски"),
    (0, "❓", "Жол качан бүтөт?"),
    (1, "💬", "Долбоор жакшы"),
    (1, "💬", "Угуу кеч башталды"),
    (1, "💬", "Акмак башчы"),
    (2, "💡", "Спорт аянтча керек"),
    (2, "💡", "Көчөгө жарык керек эле"),
)
"""Who of the three writes what; the numbers of the comments are 1 to 9."""
ENTERED = (
    ("On paper", "Proposal", "Көпүрөнү оңдогула", 12),
    ("On paper", "Comment", "Таштанды чыгарылбайт", 0),
    ("In the hall", "Question", "Бала бакча качан курулат?", 3),
)
"""Channel, kind, words, support of what the secretary enters; the numbers are 10 to 12."""
BY_WORKBOOK = (("Аялдамага чатыр керек", 4), ("Китепкана жабылбасын", 0))
"""Words and support of the papers in the entry sheet; the numbers are 13 and 14."""
COMMENTS, HIDDEN, SUPPORT = len(WRITTEN) + len(ENTERED) + len(BY_WORKBOOK), 1, 12 + 3 + 4 + 2
ALIKE, HEAD = 9, 1
"""The last one says what the first one says: they are joined, and a member proposes to accept them."""
UNDECIDED = COMMENTS - 2
"""At closing: without the two that are joined."""
HALL = (12, 5, 3)
STANCES = (2 + HALL[0], 1 + HALL[1], HALL[2])
"""Answers to the first question: for, against, neutral; two residents are for, one is against."""


async def put_up(town: Town, language: str) -> Speaker:
    """The secretary, from the invitation to a published hearing, by a workbook."""
    token = await town.app.services.people.invite(COMMAND_LINE, town.places["bagysh"], Role.SECRETARY)
    secretary = newcomer(town, "Гүлнара", language)
    await secretary.join(link=deep_link(town.telegram.username, presses.AcceptInvitation(token)))
    await secretary.tap("🗂 Open the desk", "➕ New hearing", "📎 Send the workbook")
    await secretary.send(fill(samples.dossier(), secretary.t, municipality_timezone=TIMEZONE), "угуу.xlsx")
    await secretary.tap("✅ Accept: make the draft", "📣 Publish", "📣 Publish now")
    await town.tick()
    return secretary


async def take_part(town: Town, language: str) -> tuple[Speaker, ...]:
    """Three residents of three villages answer the first question and write; two support what the third has written."""
    people = tuple(newcomer(town, name, language) for name in ("Айгүл", "Бек", "Дилноза"))
    for number, person in enumerate(people, start=1):
        await person.join(*[await place(town, language, code) for code in ("suzak", "bagysh", f"bagysh-{number}")])
        await person.tap("🗳 Have my say", "👎" if number == len(people) else "👍")
        await town.start(person.person)
        await person.tap("Skip", "Skip")
    for number, (who, kind, words) in enumerate(WRITTEN, start=1):
        await town.start(people[who].person)
        await people[who].tap("💬 Ask or propose", kind, "🏛 The hearing as a whole")
        await people[who].say(words)
        assert people[who].said("Your number: № {number}", number=number)
    return people


async def place(town: Town, language: str, code: str) -> str:
    """The name of a place as its button shows it."""
    found = (await town.app.services.directory.tree()).find_code(code)
    assert found is not None
    return str(CATALOGUES[language].place(found.name))


async def enter(secretary: Speaker) -> None:
    """Paper and hall: comments, counted votes, people present."""
    await secretary.say("/desk")
    await secretary.tap("🟢", "✍️ Enter for somebody")
    for channel, kind, words, support in ENTERED:
        await secretary.tap("💬 A comment", channel, kind, "🏛 The hearing as a whole")
        await secretary.say(words)
        if support:
            await secretary.tap("🙋")
            await secretary.say(str(support))
        await secretary.tap("✅ Save", "⬅️ Back")
    village = await place(secretary.town, secretary.language, "bagysh-1")
    await secretary.tap("🗳 Counted votes", "In the hall", village, "▫️ 1")
    assert "1. 1." not in secretary.text
    await secretary.say(" ".join(map(str, HALL)))
    await secretary.tap("✅ Save", "⬅️ Back", "⬅️ Back", "⬅️ Back", "👥 People present")
    await secretary.say("50 35")
    await secretary.tap("✅ Save", "⬅️ Back to the desk")


async def invite_member(secretary: Speaker) -> Speaker:
    """A member of the commission, by the link that the secretary makes."""
    await secretary.say("/desk")
    await secretary.tap("👥 Staff", "➕ Invite a colleague", "Commission member")
    link = re.search(r"https://t\.me/\S+", secretary.text)
    assert link is not None
    member = newcomer(secretary.town, "Мирлан", secretary.language)
    await member.join(link=link.group())
    await secretary.say("/desk")
    await secretary.tap("🟢")
    return member


async def moderate(secretary: Speaker, member: Speaker, rude: Speaker) -> None:
    """One is hidden by a named rule; its author appeals, somebody else keeps it hidden; all others are published."""
    await secretary.tap("💬 Comments, waiting: {n}", n=COMMENTS)
    await join_alike(secretary, ALIKE, HEAD)
    await secretary.tap("⏳ № 7", "🚫 Hide", "Insult", "⬅️ Back")
    for shown in (5, 5, 3):
        await secretary.tap("✅ Publish those shown whole: {n}", n=shown)
    await secretary.tap("⬅️ Back")
    assert secretary.said("Waiting to be published: {n}", n=0)
    assert rude.told("Others do not see your comment № {number}", number=7)
    await rude.tap("🙋 Appeal")
    await rude.say("Мен эч кимди кемсинткен жокмун")
    await rude.tap("📨 Send the appeal")
    await member.tap("🙋 Read the appeal", "🚫 Keep it hidden", "🚫 Yes, keep it hidden")
    assert rude.told("Your comment № {number} stays hidden", number=7)


async def close(town: Town, secretary: Speaker) -> None:
    """The clock closes the hearing; the secretary says that all is entered."""
    town.clock.time = samples.NOW + timedelta(days=3, minutes=1)
    await town.tick()
    assert secretary.told("🔒 Answers are closed. Here is the record.")
    await secretary.say("/desk")
    await secretary.tap("⚪️", "✍️ Enter for somebody", "✅ All entered", "✅ Yes, all is entered", "⬅️ Back to the desk")


async def answer_in_the_chat(secretary: Speaker) -> None:
    """Every comment that has none gets the same decision, page by page, and the hearing is answered."""
    await secretary.tap("⚖️ Decisions: {n}", n=UNDECIDED)
    await secretary.tap("⚖️ One decision for several", *["✅ Mark this page"] * 3)
    await secretary.tap("⚖️ Decide on {n}", n=UNDECIDED)
    await secretary.tap("❌ Reject")
    await secretary.say("Акча жок")
    await secretary.tap("✅ Store it", "🏁 The hearing is answered", "🏁 Yes, it is answered")


async def answer_in_excel(secretary: Speaker) -> None:
    """Every comment that has no decision is decided on in Excel, and the hearing is answered."""
    accepted, rejected = secretary.t("Accepted"), secretary.t("Rejected")
    table = await secretary.take("⚖️ Decisions in Excel")
    rows = (decided(row, rejected if row % 3 else accepted, "Акча жок") for row in range(3, UNDECIDED + 3))
    await secretary.send(edited(table, *rows), "чечимдер.xlsx")
    await secretary.tap("✅ Store decisions: {n}", n=UNDECIDED)
    await secretary.tap("⬅️ Back", "⚖️ Decisions: {n}", n=0)
    await secretary.tap("🏁 The hearing is answered", "🏁 Yes, it is answered")


async def adopt(secretary: Speaker) -> None:
    """What the council has adopted is written down, and told once to everybody who took part."""
    await secretary.say("/desk")
    await secretary.tap("⚪️", "🏛 Council’s resolution", "✍️ Write it down")
    for part in ("12/3", f"{secretary.town.clock.now():%d.%m.%Y}", "Бюджет кабыл алынды"):
        await secretary.say(part)
    await secretary.tap("✅ Store it and tell everybody")
    secretary.town.clock.forward(hours=24)
    await secretary.town.tick()


async def ensure_sums_agree(secretary: Speaker) -> None:
    """The desk, its results, XLSX, CSV and JSON say the same."""
    t = secretary.t
    assert secretary.said("Comments in the record: {n}", n=COMMENTS)
    assert secretary.said("Support for comments: {n}", n=SUPPORT)
    assert secretary.said("Answers to questions: {n}", n=sum(STANCES))
    await secretary.tap("📊 Results")
    assert t.n("{n} person has answered", "{n} people have answered", sum(STANCES)) in secretary.text
    assert all(f"· {count}" in secretary.text for count in STANCES)
    assert "1. 1." not in secretary.text
    await secretary.tap("⬅️ Back")
    book = load_workbook(io.BytesIO(await secretary.take("⬇️ Excel record")), read_only=True, data_only=True)
    overview = {row[0]: row[1] for row in book.worksheets[0].iter_rows(max_col=2, values_only=True)}
    assert overview[t("Answers to questions: {channel}", channel=t("All channels together"))] == sum(STANCES)
    assert overview[t("Comments, proposals and questions")] == COMMENTS
    assert overview[t("Hidden from other residents")] == HIDDEN
    votes = [row for row in book[t("Votes")].iter_rows(values_only=True) if row[0] == 1]
    together = [row[5] for row in votes if row[3] == t("All channels together")]
    assert together == [sum(STANCES), *STANCES]
    await secretary.tap("📄 Minutes and files")
    text = (await secretary.take("⬇️ CSV")).decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text), delimiter=";") if row[t("Supported by")]]
    assert (len(rows), sum(int(row[t("Supported by")]) for row in rows)) == (COMMENTS, SUPPORT)
    read = json.loads(await secretary.take("⬇️ JSON"))
    answers = read["questions"][0]["answers"]
    assert sum(each["voters"] for each in answers.values()) == sum(STANCES)
    counts = read["comment_counts"]
    assert (counts["total"], counts["hidden"], counts["undecided"]) == (COMMENTS, HIDDEN, 0)
    assert counts["by_channel"] == {"telegram": 9, "hall": 1, "paper": 4}


@pytest.mark.parametrize("language", ["ky", "uz"])
async def test_a_whole_hearing_from_the_invitation_to_its_answers(town: Town, language: str) -> None:
    secretary = await put_up(town, language)
    assert (secretary.taps, secretary.words) == (TAPS_TO_PUBLISHED, 0)
    people = await take_part(town, language)
    await enter(secretary)
    await enter_by_workbook(secretary, BY_WORKBOOK)
    member = await invite_member(secretary)
    await moderate(secretary, member, people[1])
    await decide_in_two_steps(secretary, member, left=COMMENTS - 1)
    for person in people[:2]:
        await town.start(person.person)
        await person.tap("👥", "Newest", "▶️", f"👍 № {ALIKE}")
    before = secretary.taps
    await close(town, secretary)
    await (answer_in_excel if language == "ky" else answer_in_the_chat)(secretary)
    assert secretary.taps - before == TAPS_TO_ANSWERED[language]
    town.clock.forward(hours=24)
    await town.tick()
    for number, person in enumerate(people):
        own = [no for no, (who, _, _) in enumerate(WRITTEN, start=1) if who == number]
        supported = [9] if number < 2 else []
        told = person.heard("📨")
        assert all(sum(f"№ {no} ·" in words for words in told) == 1 for no in own + supported)
    await say_done(secretary, HEAD)
    town.clock.forward(hours=24)
    await town.tick()
    for person, numbers in zip(people, ((HEAD, ALIKE), (ALIKE,), (ALIKE,)), strict=True):
        (done,) = person.heard("✔️")
        assert [no for no in (HEAD, ALIKE) if f"№ {no} ·" in done] == list(numbers)
    await adopt(secretary)
    for person in people:
        assert len([words for words in person.heard("🏛") if "Бюджет кабыл алынды" in words]) == 1
        await town.start(person.person)
        assert "№ 12/3" in person.text
        await person.tap("📨 Answers of the commission")
        assert all(f"№ {number} ·" in person.text for number in (1, 2))
        await person.tap("✏️ What changed in the draft")
        assert f"№ {HEAD}" in person.text
    await secretary.say("/desk")
    await secretary.tap("⚪️")
    await ensure_sums_agree(secretary)
