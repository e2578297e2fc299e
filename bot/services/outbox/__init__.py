"""Notices owed to people and groups: written with the change that causes them, delivered afterwards."""
