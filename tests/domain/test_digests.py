"""Digests that tell who is the same, and nobody who it is."""

from __future__ import annotations

from hashlib import sha256

from bot.domain.digests import DIGEST_LETTERS, Digests

DIGESTS = Digests.of_secret("123:token")


def test_the_same_person_has_the_same_digest_under_the_same_secret_alone() -> None:
    assert DIGESTS.of_person(1001) == Digests.of_secret("123:token").of_person(1001)
    assert DIGESTS.of_person(1001) != DIGESTS.of_person(1002)
    assert DIGESTS.of_person(1001) != Digests.of_secret("123:tokem").of_person(1001)
    assert DIGESTS.of_person(1001) != DIGESTS.of_message("1001")


def test_neither_the_secret_nor_a_plain_hash_is_in_a_digest() -> None:
    digest = DIGESTS.of_person(1001)
    assert len(digest) == DIGEST_LETTERS
    assert digest not in sha256(b"1001").hexdigest()
    assert b"token" not in DIGESTS.key


def test_no_message_has_no_digest_and_any_name_of_one_has() -> None:
    assert DIGESTS.of_message("") == ""
    assert len(DIGESTS.of_message("1001.\ud83d")) == DIGEST_LETTERS
