"""Spreadsheets that people send: opened safely, cells understood, faults named by cell.

The package knows no sheet of a hearing: a caller hands in the shapes of its sheets (``shape``), the words for their
keys (``vocabulary``), and the labels and further sentences of its faults (``faults``).
"""
