"""The terms and rules of a public hearing: pure, synchronous, frozen dataclasses, standard library only."""
