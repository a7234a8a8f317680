"""How often an account is looked at by itself, as screens show it."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple


class Pace(NamedTuple):
    """`live`: its server tells at once when something has come; then `every` is only for what it failed to tell."""

    every: timedelta
    live: bool
