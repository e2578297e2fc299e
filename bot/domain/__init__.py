"""Nouns and rules of a public hearing: pure, synchronous, frozen, standard library only."""
