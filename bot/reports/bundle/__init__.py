"""The record as tables for other programs: a ZIP of separated files that says what is in it (``datapackage.json``)."""
