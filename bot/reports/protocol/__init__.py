"""The protocol of a hearing as a Word document: its fields, our own form, and the forms of municipalities.

A form is a Word file with names of fields in double braces, as docxtpl reads them. It may come from anybody: it is
checked against the fields that exist (``forms``), and filled in a process of its own with little time and memory
(``filling``).
"""
