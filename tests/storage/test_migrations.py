"""What a database of an older program holds is still there afterwards."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from alembic import command
from sqlalchemy import text

from bot.domain.appeals import Appeal
from bot.domain.attachments import Attachment
from bot.domain.comment_lists import CommentFilter
from bot.domain.comments import Decision, Outcome
from bot.domain.decision_table import ReturnedDecision, RowKey, WaitingTable
from bot.domain.disclosure import Disclosure
from bot.domain.hearings import DEFAULT_CLOSING_REMINDER, DEFAULT_REMINDERS, Phase
from bot.domain.inbox import WaitingUpdate
from bot.domain.journal import Act, about_municipality
from bot.domain.kept_files import KeptFile
from bot.domain.media import Media, MediaKind
from bot.domain.notices import BroadcastStatus, Completion, NoticeKind, NoticeStatus, Planned, Progress
from bot.domain.people import Demographics
from bot.domain.programme import DraftPoint
from bot.domain.promises import DoneWork
from bot.domain.proposals import Proposal
from bot.domain.protocol_forms import ProtocolForm
from bot.domain.questions import About, AboutKind
from bot.domain.received_files import ReceivedFile
from bot.domain.resolutions import Resolution
from bot.domain.tallies import Count, Tally
from bot.reports.records import RECORD_SALT
from storage import migrate, open_store, schema
from storage.addresses import file_of, parse_address
from storage.columns import microseconds
from storage.database import transaction
from storage.dossiers import dossier_to_json
from storage.engines import writing_engine
from storage.layout import metadata
from tests.storage.outbox import claim
from tests.storage.town import NOON, dossier

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from sqlalchemy import Connection

    from storage import Store
    from tests.databases import Cluster

LATER = NOON + timedelta(hours=1)
DELETED = "Бул сөздөрдү эч ким окубасын"
OLD_ROWS = """
INSERT INTO places (id, code, kind, name, timezone) VALUES (1, 'M', 'municipality', '{}', 'Asia/Bishkek');
INSERT INTO residents (id, telegram_id, language, municipality_id, gender, age_band, reminders, asked_about_self,
    added_at, consented_at) SELECT 10 + n, 1000 + n, 'ky', 1, '-', '-', 'all', FALSE, 0, CASE WHEN n < 3 THEN 7 END FROM
    (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3 UNION SELECT 4) AS numbers;
INSERT INTO hearings (id, code, municipality_id, phase, phase_since, version, digest, sits_at, announced_at,
    last_receipt) VALUES
    (1, 'old', 1, 'open', 0, 1, 'one', 0, :noon, 0), (2, 'new', 1, 'draft', 0, 1, 'two', 0, NULL, 0);
INSERT INTO dossiers (hearing_id, version, body) VALUES (1, 1, :body), (2, 1, :body);
INSERT INTO notices (id, kind, hearing_id, version, recipient_id, due_at, attempts, state, settled_at, reason) VALUES
    (1, 'announced', 1, 1, 11, :noon, 0, 'delivered', :later, ''),
    (2, 'announced', 1, 1, 12, :noon, 2, 'undeliverable', :later, 'blocked'),
    (3, 'announced', 1, 1, 13, :noon, 0, 'dropped', :later, 'not current'),
    (4, 'closed', 1, 1, 11, :noon, 0, 'waiting', NULL, ''),
    (5, 'closed', 1, 1, 14, :later, 3, 'waiting', NULL, ''),
    (6, 'announced', 1, 2, 11, :later, 0, 'delivered', :later, '');
INSERT INTO comments (id, hearing_id, number, author_id, kind, about_kind, about_no, text, language, channel,
    visibility, created_at, amended_at, village_id, gender, age_band, support) VALUES
    (4, 1, 4, 11, 'comment', 'hearing', 0, 'Жол', 'ky', 'telegram', 'published', :noon, NULL, 0, '-', '-', 1),
    (5, 1, 5, 11, 'comment', 'hearing', 0, 'Суу', 'ky', 'telegram', 'hidden', :noon, :later, 0, '-', '-', 1);
INSERT INTO supports (resident_id, comment_id, given_at) VALUES (12, 4, :noon), (12, 5, :noon);
INSERT INTO invitations (digest, municipality_id, role, made_at, expires_at) VALUES
    ('d1gest', 1, 'member', :noon, :later), ('aweek', 1, 'member', :noon, :noon + 604800000000);
INSERT INTO drafts (resident_id, kind, expires_at, hearing_id, comment_kind, about_kind, about_no, comment_id, text,
    source) VALUES (12, 'comment', :later, 1, 'proposal', 'service', 1, 0, '', '');
INSERT INTO drafts (resident_id, kind, expires_at, hearing_id, comment_kind, about_kind, about_no, comment_id, text,
    source) VALUES
    (11, 'unsent', :later, 0, 'comment', 'hearing', 0, 0, 'Суу', '1001.6'),
    (13, 'reason', :later, 1, 'comment', 'hearing', 0, 0, 'Кар', 'ys-1-k5d-ao-4'),
    (14, 'reason', :later, 1, 'comment', 'hearing', 0, 0, 'Ооруп калды', 'yx-1-4');
INSERT INTO comments (id, hearing_id, number, author_id, kind, about_kind, about_no, text, language, channel,
    visibility, created_at, village_id, gender, age_band, source, support) VALUES
    (1, 1, 1, 11, 'comment', 'hearing', 0, 'Жол', 'ky', 'telegram', 'published', :noon, 0, '-', '-', 'a hash', 0);
INSERT INTO places (id, code, kind, parent_id, name, timezone) VALUES (2, 'V', 'village', 1, '{}', '');
INSERT INTO residents (id, telegram_id, language, gender, age_band, reminders, asked_about_self, added_at) VALUES
    (15, NULL, 'uz', '-', '-', 'none', TRUE, :noon);
INSERT INTO participants (resident_id, hearing_id, village_id, gender, age_band, first_at) VALUES
    (11, 1, 2, 'f', '-', :noon), (12, 1, 0, '-', '-', :noon), (15, 1, 2, 'f', '60+', :noon);
INSERT INTO grants (resident_id, municipality_id, role, granted_at) VALUES (15, 1, 'member', :noon);
INSERT INTO questions (hearing_id, no) VALUES (1, 1);
INSERT INTO votes (hearing_id, resident_id, question_no, answer, village_id, gender, age_band, channel, cast_at,
    press_order) VALUES (1, 15, 1, :answer, 2, 'f', '60+', 'telegram', :noon, 9);
INSERT INTO comments (id, hearing_id, number, kind, about_kind, about_no, text, language, channel, visibility,
    created_at, withdrawn_at, village_id, gender, age_band, media_kind, media_file_id, media_unique_id, media_seconds,
    support) VALUES
    (2, 1, 2, 'comment', 'hearing', 0, 'Кайтарылды', 'uz', 'telegram', 'waiting', :noon, :noon, 2, 'f', '60+', 'voice',
        'file', 'unique', 5, 0),
    (3, 1, 3, 'comment', 'hearing', 0, 'Атсыз', 'uz', 'telegram', 'published', :noon, NULL, 2, 'f', '60+', NULL, NULL,
        NULL, NULL, 0);
INSERT INTO journal (at, act, subject, actor_id, data) VALUES
    (:noon, 'invited', 'municipality:1', NULL, '{}'), (:noon, 'opened', 'hearing:1', NULL, '{}'),
    (:later, 'comment published', 'comment:3', 11, '{}'), (:later, 'forgotten', 'resident:15', NULL, '{}'),
    (:later, 'comment hidden', 'comment:5', 11, '{}');
INSERT INTO asides (update_id, raw, reason, at) VALUES (77, '{}', 'broken', :noon)
"""


async def make_old(url: str) -> None:
    """A database as the first program left it."""

    def build(connection: Connection) -> None:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
        command.upgrade(schema.configuration(connection), "0001")

    engine = writing_engine(parse_address(url))
    given = {
        "noon": microseconds(NOON),
        "later": microseconds(LATER),
        "body": dossier_to_json(dossier()),
        "answer": '{"1":1}',
    }
    async with transaction(engine) as connection:
        await connection.run_sync(build)
        for statement in OLD_ROWS.split(";"):
            names = {name: value for name, value in given.items() if f":{name}" in statement}
            await connection.execute(text(statement), names)
    await engine.dispose()


async def bring_up(url: str) -> None:
    """Make a database of the first program, and bring it to the newest schema."""
    await make_old(url)
    assert (await migrate(url)).revision == "0001"


@pytest.fixture(scope="module")
def migrated_file(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database of the first program, brought to the newest schema; to be copied."""
    path = tmp_path_factory.mktemp("old") / "hearings.db"
    shutil.copy(sqlite_template, path)
    asyncio.run(bring_up(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="module")
def migrated_template(cluster: Cluster) -> Iterator[str]:
    """The same on PostgreSQL: its address."""
    url = asyncio.run(cluster.create())
    asyncio.run(bring_up(url))
    yield url
    asyncio.run(cluster.drop(url))


@pytest.fixture
def sqlite_migrated_url(migrated_file: Path, tmp_path: Path) -> str:
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'hearings.db')}"


@pytest.fixture
async def postgresql_migrated_url(cluster: Cluster, migrated_template: str) -> AsyncIterator[str]:
    url = await cluster.create(of=migrated_template)
    yield url
    await cluster.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """A database of the first program, brought to the newest schema: the test runs once on each kind."""
    return str(request.getfixturevalue(f"{request.param}_migrated_url"))


@pytest.fixture
async def opened(migrated_url: str) -> AsyncIterator[Store]:
    store = await open_store(migrated_url)
    yield store
    await store.close()


async def test_what_an_older_program_deleted_is_not_on_the_disk_any_more(sqlite_url: str) -> None:
    await make_old(sqlite_url)
    file = file_of(parse_address(sqlite_url))
    with closing(sqlite3.connect(file, isolation_level=None)) as older:
        older.execute("PRAGMA secure_delete=OFF")
        older.execute("UPDATE comments SET text = ? WHERE id = 4", [DELETED * 200])
        older.execute("UPDATE comments SET text = '' WHERE id = 4")
        older.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert DELETED.encode() in file.read_bytes()
    await migrate(sqlite_url)
    assert DELETED.encode() not in file.read_bytes()
    assert not file.with_name(f"{file.name}-wal").exists()


async def test_what_was_owed_is_owed_still_and_what_was_told_is_known(opened: Store) -> None:
    async with opened.writing() as now:
        told, thanks, again = sorted(await now.broadcasts.list_of(1), key=lambda each: each.id)
        assert told.planned == Planned(1, NoticeKind.ANNOUNCED, 1, NOON)
        assert (told.status, told.made_at, told.fanned_out, told.completed) == (BroadcastStatus.GOING, NOON, True, True)
        assert (again.planned.edition, again.completed) == (2, True)
        assert thanks.planned == Planned(1, NoticeKind.CLOSED, 1, NOON)
        assert await now.broadcasts.list_open() == (thanks,)
        assert await now.notices.progress(1) == {
            told.id: Progress(delivered=1, undeliverable=1, dropped=1),
            thanks.id: Progress(waiting=2),
            again.id: Progress(delivered=1),
        }
        first, second = await claim(now, thanks.id, at=LATER)
        assert [(each.recipient_id, each.attempts, each.claims) for each in (first, second)] == [(11, 0, 1), (14, 3, 4)]
        done = [Completion(each.id, NoticeStatus.DELIVERED) for each in (first, second)]
        await now.notices.complete(done, by="us", at=LATER)
        assert await now.broadcasts.complete(thanks.id)


async def test_an_old_hearing_has_its_dates_since_it_was_announced(opened: Store) -> None:
    async with opened.reading() as now:
        old, new = await now.hearings.get(1), await now.hearings.get(2)
    assert (old.phase, old.announced_at, old.scheduled_at) == (Phase.OPEN, NOON, NOON)
    assert (new.announced_at, new.scheduled_at, new.publish_at, new.setback) == (None, None, None, None)
    assert {(each.reminders, each.closing_reminder) for each in (old, new)} == {
        (DEFAULT_REMINDERS, DEFAULT_CLOSING_REMINDER)
    }


async def test_new_notices_are_numbered_after_the_old_ones(opened: Store) -> None:
    async with opened.writing() as now:
        begun = await now.broadcasts.begin(Planned(2, NoticeKind.POST, 1, NOON), at=NOON, status=BroadcastStatus.GOING)
        assert begun is not None
        assert begun > max(each.id for each in await now.broadcasts.list_of(1))


async def test_who_was_writing_goes_on_and_what_could_not_be_read_is_kept(opened: Store) -> None:
    async with opened.writing() as now:
        writing = await now.pending_inputs.find(12, NOON)
        assert writing is not None
        assert (writing.hearing_id, writing.about) == (1, About(AboutKind.SERVICE, 1))
        cancelling = await now.pending_inputs.find(14, NOON)
        assert cancelling is not None
        assert await now.pending_inputs.find(11, NOON) is None
        (unsent,) = await now.unsent.list_of(11, NOON)
        assert [(part.text, part.source) for part in unsent.parts] == [("Суу", "")]  # it named the chat: the person
        assert unsent.expires_at == LATER
        assert (cancelling.text, cancelling.moment) == ("Ооруп калды", None)
        assert await now.pending_inputs.find(13, NOON) is None  # of a postponement: nobody would know to when
        assert await now.housekeeping.drop_dead_letters(LATER) == 1


async def test_of_an_old_hearing_nothing_was_shown_yet_and_can_be(opened: Store) -> None:
    five = Tally(5, {1: Count(5, 5)})
    async with opened.writing() as now:
        await now.hearings.revise(1, dossier(), at=LATER)
        assert set((await now.disclosures.of_questions(1)).values()) == {Disclosure(0)}
        await now.disclosures.show(1, {1: five})
        assert await now.disclosures.of_questions(1, [1]) == {1: Disclosure(0, five)}


async def test_support_given_before_there_were_editions_counts_for_the_words_as_they_stand(opened: Store) -> None:
    async with opened.writing() as now:
        assert await now.comments.supported(12, [4, 5]) == {4, 5}
        await now.comments.drop_support(12)
        assert [(await now.comments.get(number)).support for number in (4, 5)] == [0, 0]


async def test_an_old_invitation_is_nobodys_in_particular_and_was_not_taken_back(opened: Store) -> None:
    async with opened.writing() as now:
        found = await now.people.find_invitation("d1gest")
        assert found is not None
        assert (found.made_by, found.bound_to, found.withdrawn_at, found.expires_at) == (None, None, None, LATER)
        aweek = await now.people.find_invitation("aweek")
        assert aweek is not None
        assert aweek.expires_at == NOON + timedelta(days=1)
        assert await now.people.take_invitation("d1gest", NOON, by=11, bound_to="them") is not None


async def test_answers_of_an_old_hearing_are_to_the_first_edition(opened: Store) -> None:
    async with opened.reading() as now:
        assert {question.edition for question in (await now.hearings.get(1)).dossier.questions} == {1}
        assert await now.votes.former_tallies(1) == ()


async def test_an_old_comment_is_read_as_before_and_names_its_message_no_more(opened: Store) -> None:
    async with opened.writing() as now:
        comment = await now.comments.get(1)
        assert (comment.text, comment.author_id, comment.author_digest, comment.recording_open) == (
            "Жол",
            11,
            None,
            False,
        )
        assert await now.comments.find_source("a hash") is None


async def test_who_took_part_before_lives_where_their_village_is_or_what_they_follow(opened: Store) -> None:
    async with opened.reading() as now:
        assert (await now.participants.participation(1)).municipalities == {1: 2, 0: 1}


async def test_who_was_forgotten_before_loses_group_role_and_the_words_they_took_back(opened: Store) -> None:
    async with opened.writing() as now:
        person = await now.people.get(15)
        taken_back, nameless = await now.comments.get(2), await now.comments.get(3)
        assert person == person.forgotten()
        assert await now.people.list_grants(15) == ()
        assert (taken_back.text, taken_back.attachments, taken_back.language) == ("", (), "")
        assert nameless.text == "Атсыз"
        assert taken_back.demographics == nameless.demographics == Demographics()
        assert await now.people.list_half_forgotten(limit=9) == (person,)  # the night moves their votes


async def test_updates_can_wait_in_an_old_database(opened: Store) -> None:
    async with opened.writing() as now:
        assert not await now.inbox.renew("us")
        await now.inbox.add([WaitingUpdate(2**40, 2**40, "{}")], owner="us", at=NOON)
        assert await now.inbox.waiting(2**40) == 1


async def test_places_of_an_old_list_name_nobody_to_reach_and_no_successor(opened: Store) -> None:
    async with opened.reading() as now:
        for place in await now.places.list_all():
            assert (place.contact_name, place.contact_phone, place.contact_hours, place.successor) == ("", "", "", "")


async def test_old_lines_of_the_journal_belong_to_their_municipality(opened: Store) -> None:
    async with opened.writing() as now:
        lines = await now.journal.page(1, offset=0, limit=9)
        assert [(each.id, each.hearing_id, each.comment_number) for each in lines] == [
            (5, 1, 5),
            (3, 1, 3),
            (2, 1, 0),
            (1, 0, 0),
        ]
        await now.journal.add(about_municipality(1, Act.JOINED, at=LATER))
        assert await now.journal.count(1) == 5


async def test_a_decision_in_an_old_database_can_name_what_it_changes(opened: Store) -> None:
    decision = Decision(Outcome.NOTED, "", changes=DraftPoint(line=3))
    async with opened.writing() as now:
        await now.comments.decide(1, decision)
        assert (await now.comments.get(1)).decision == decision


async def test_a_decision_can_be_proposed_in_an_old_database(opened: Store) -> None:
    proposal = Proposal(1, 1, Decision(Outcome.ACCEPTED, "Жол", changes=DraftPoint(line=3)), 0, "-", NOON, 11)
    async with opened.writing() as now:
        assert not await now.proposals.is_wanted(1)
        assert [await now.proposals.want(1, on=on, at=NOON) for on in (True, True, False)] == [True, False, True]
        await now.proposals.put([proposal])
        assert await now.proposals.list_waiting(1, offset=0, limit=9) == (proposal,)
        await now.proposals.send_back(1, note="Кайра", at=LATER)
        assert (await now.proposals.count_waiting(1), (await now.proposals.of([1]))[1].note) == (0, "Кайра")
        await now.proposals.drop([1])
        assert await now.proposals.of([1]) == {}


async def test_a_table_of_decisions_can_wait_in_an_old_database(opened: Store) -> None:
    key = RowKey(1, 1, 0, "0a0b0c0d")
    table = WaitingTable(0, 11, 1, (ReturnedDecision(key, Decision(Outcome.ACCEPTED, "Жол")),), LATER)
    async with opened.writing() as now:
        number = await now.waiting_tables.put(table)
        assert await now.waiting_tables.find(number, 11, NOON) == replace(table, id=number)


async def test_staff_can_send_files_in_an_old_database(opened: Store) -> None:
    async with opened.writing() as now:
        awaited = await now.received_files.add(ReceivedFile(0, 11, LATER, municipality_id=1))
        sent = await now.received_files.add(ReceivedFile(0, 11, LATER, "file", "угуу.xlsx"), source="digest")
        assert await now.received_files.list_of(11, NOON) == (sent, awaited)
        assert await now.received_files.find_source(11, "digest") == sent
        await now.received_files.drop_expired(LATER)
        assert await now.received_files.list_of(11, NOON) == ()


async def test_words_of_old_comments_are_searched_and_sorted_like_new_ones(opened: Store) -> None:
    async with opened.reading() as now:
        found = await now.comment_lists.list_narrowed(1, CommentFilter(words=("жол",)), offset=0, limit=9)
        assert [(comment.id, comment.in_turn) for comment in found] == [(4, True), (1, True)]


async def test_authors_of_an_old_database_can_appeal(opened: Store) -> None:
    async with opened.writing() as now:
        hidden = await now.comments.get(5)
        assert (hidden.hidden_at, hidden.hidden_by) == (LATER, 11)  # as the journal says
        added = await now.appeals.add(Appeal(0, 5, LATER, "Кемсинтүү эмес", LATER))
        assert await now.appeals.find(hidden) == added


async def test_hearings_of_an_old_database_take_documents(opened: Store) -> None:
    async with opened.writing() as now:
        assert await now.attachments.count(1) == 0
        added = await now.attachments.add(Attachment(0, 1, "Жол", "Жол.pdf", "file", "same", False, 7, NOON))  # noqa: FBT003
        assert await now.attachments.list_of(1) == (added,)


async def test_hearings_of_an_old_database_take_a_resolution_of_the_council(opened: Store) -> None:
    async with opened.writing() as now:
        assert await now.resolutions.find(1) is None
        made = Resolution(1, "12/3", NOON.date(), "Бюджет кабыл алынды", NOON)
        corrected = replace(made, number="12/4")
        for each in (made, corrected):
            await now.resolutions.put(each)
        assert await now.resolutions.find(1) == corrected


async def test_municipalities_of_an_old_database_can_have_a_form_of_their_own(opened: Store) -> None:
    async with opened.writing() as now:
        assert await now.protocol_forms.find(1) is None
        sent = ProtocolForm(1, "бланк.docx", b"PK", NOON)
        corrected = replace(sent, content=b"\x00PK")
        for each in (sent, corrected):
            await now.protocol_forms.put(each)
        assert await now.protocol_forms.find(1) == corrected
        await now.protocol_forms.remove(1)
        assert await now.protocol_forms.find(1) is None


async def test_documents_of_an_old_database_can_be_kept(opened: Store) -> None:
    async with opened.writing() as now:
        assert await now.kept_files.list_unknown(limit=9) == ()
        await now.attachments.add(
            Attachment(0, 1, "Жол", "Жол.pdf", "file", "same", photo=False, size=7, added_at=NOON)
        )
        (unknown,) = await now.kept_files.list_unknown(limit=9)
        await now.kept_files.add([unknown, unknown], NOON)
        assert await now.kept_files.claim(NOON, LATER) == KeptFile("same", "file", 7, attempts=1, due=LATER)
        assert await now.kept_files.claim(NOON, LATER) is None
        assert await now.kept_files.name("same", "ab", 7)
        await now.kept_files.rename("same", "new")
        assert await now.kept_files.digests_of(1) == {"same": "ab"}
        assert [each.file_id for each in await now.attachments.list_of(1)] == ["new"]
        assert await now.kept_files.list_unneeded(limit=9) == ()


async def test_of_an_old_decision_it_can_be_said_that_it_is_done(opened: Store) -> None:
    photo = Media(MediaKind.PHOTO, "file", "unique")
    async with opened.writing() as now:
        await now.comments.decide(1, Decision(Outcome.ACCEPTED, "Жол", decided_at=NOON))
        await now.answers.set_done(1, DoneWork(LATER.date(), LATER, photo))
        decision = (await now.comments.get(1)).decision
        assert decision is not None
        assert (decision.is_done, decision.done_on, decision.done_photo) == (True, LATER.date(), photo)
        assert (await now.answers.find_public(1, 1)) is not None
        assert [each.unique_id for each in await now.kept_files.list_unknown(limit=9)] == ["unique"]
        await now.kept_files.rename("unique", "new")
        found = (await now.comments.get(1)).decision
        assert found is not None
        assert found.done_photo == replace(photo, file_id="new")


async def test_an_old_database_gets_a_number_of_its_own_for_the_digests_of_records(opened: Store) -> None:
    async with opened.reading() as now:
        salt = await now.housekeeping.find_setting(RECORD_SALT)
        assert salt is not None
        assert len(salt) == 32
        assert await now.records.last_change(1) is not None
        assert await now.records.hidden_by_rule(1) == {}


async def test_of_an_old_vote_nobody_knows_whether_it_was_changed_and_of_a_new_one_it_is_known(opened: Store) -> None:
    async with opened.writing() as now:
        assert await now.records.changed_minds(1) == {}
        (vote, *_) = (await now.votes.of_person(1, 15)).values()
        await now.votes.save([replace(vote, changed=True)])
        assert await now.records.changed_minds(1) == {vote.question_no: 1}
        assert (await now.votes.of_person(1, 15))[vote.question_no].changed


async def test_whoever_has_agreed_has_agreed_to_the_first_text(opened: Store) -> None:
    async with opened.reading() as now:
        people = [await now.people.get(number) for number in (11, 12, 13)]
    assert [each.consented_to for each in people] == ["1/3", "1/3", ""]
    assert not any(each.consent_told for each in people)
