"""Replies that wait for the same person become one, and nothing is left out."""

from __future__ import annotations

from itertools import accumulate

from bot.domain.owed_replies import OwedReply, ReplyKind, merged


def reply(kind: ReplyKind, key: str, **facts: str | int) -> OwedReply:
    return OwedReply(1, kind, key, facts)


def receipt(number: int, *, ask: int = 0) -> OwedReply:
    return reply(ReplyKind.RECEIPT, f"r{number}", comment=number, amended=0, ask=ask)


def sentence(words: str) -> OwedReply:
    return reply(ReplyKind.SENTENCE, words, words=words)


def all_merged(*replies: OwedReply) -> OwedReply:
    *_, last = accumulate(replies, merged)
    return last


def test_the_newest_of_several_receipts_names_the_others() -> None:
    one = all_merged(receipt(4, ask=1), receipt(5), receipt(6))
    assert (one.kind, one.update_key, one.answers) == (ReplyKind.RECEIPT, "r6", 3)
    assert dict(one.facts) == {"comment": 6, "amended": 0, "ask": 1, "answers": 3, "receipts": "4 5"}


def test_a_refusal_does_not_hide_a_receipt_or_a_question_and_is_told_once() -> None:
    one = all_merged(receipt(4), sentence("Too many."), sentence("Too long."), sentence("Too many."))
    assert (one.kind, one.update_key, one.answers) == (ReplyKind.RECEIPT, "Too many.", 4)
    assert dict(one.facts) == {"comment": 4, "amended": 0, "ask": 0, "answers": 4, "sentences": "Too many.\nToo long."}
    asked = all_merged(sentence("Too long."), reply(ReplyKind.UNSENT, "u"), one)
    assert (asked.kind, asked.answers) == (ReplyKind.RECEIPT, 6)
    assert asked.facts["sentences"] == "Too long.\nToo many."


def test_of_refusals_alone_the_newest_is_told_with_the_others() -> None:
    one = all_merged(sentence("Too long."), sentence("Too many."), sentence("Too many."))
    assert dict(one.facts) == {"words": "Too many.", "answers": 3, "sentences": "Too long."}
