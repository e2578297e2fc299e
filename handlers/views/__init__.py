"""Nouns into screens: pure, synchronous, no clock, no network."""
