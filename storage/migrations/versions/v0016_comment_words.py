"""The words of comments once more, folded, so that they are searched; and which of them are looked at first.

The words of all messages of a comment are folded as they stand.
"""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa
from alembic import op

from bot.domain.folding import fold
from bot.domain.rough_words import is_rough

revision = "0016"
down_revision = "0015"

COMMENTS_AT_ONCE = 500
WAITING = sa.text("visibility = 'waiting' AND withdrawn_at IS NULL")


def upgrade() -> None:
    op.add_column("comments", sa.Column("folded", sa.Text, nullable=False, server_default=""))
    op.add_column("comments", sa.Column("in_turn", sa.Boolean, nullable=False, server_default=sa.true()))
    op.drop_index("ix_comments_waiting", "comments")
    op.create_index(
        "ix_comments_waiting",
        "comments",
        ["hearing_id", "in_turn", "id"],
        sqlite_where=WAITING,
        postgresql_where=WAITING,
    )
    _fold()


def _fold() -> None:
    connection, after = op.get_bind(), 0
    while rows := connection.execute(
        sa.text("SELECT id, text FROM comments WHERE id > :after ORDER BY id LIMIT :limit"),
        {"after": after, "limit": COMMENTS_AT_ONCE},
    ).all():
        after = rows[-1].id
        words: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
        for row in rows:
            words[row.id].append((0, row.text))
        for part in connection.execute(
            sa.text("SELECT comment_id, position, text FROM parts WHERE comment_id BETWEEN :first AND :last"),
            {"first": rows[0].id, "last": after},
        ):
            words[part.comment_id].append((part.position, part.text))
        folded = {number: fold("\n".join(text for _, text in sorted(parts))) for number, parts in words.items()}
        connection.execute(
            sa.text("UPDATE comments SET folded = :folded, in_turn = :in_turn WHERE id = :id"),
            [{"id": number, "folded": text, "in_turn": not is_rough(text)} for number, text in folded.items()],
        )
