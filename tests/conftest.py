"""Fixtures every test may ask for."""

from __future__ import annotations

import os
import sys

pytest_plugins = ["tests.databases", "tests.living"]

# Many tests start a bot in a process of its own: the house is compiled for the first of them, not for every one.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
