"""The beginning of words that are too long for where they stand."""

from __future__ import annotations


def beginning(words: str, letters: int) -> str:
    """All of ``words`` where they have so many letters, else as much as fits, up to a word, with an ellipsis."""
    if len(words) <= letters:
        return words
    head = words[: letters - 1]
    return f"{head[: head.rfind(' ')] if ' ' in head else head} …"
