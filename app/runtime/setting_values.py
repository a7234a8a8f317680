"""What rows, days, times and addresses of a setting must be like to be used; pure, standard library only."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, TypeGuard

MOST_A_DAY, LONGEST_SILENCE = 50, 30

ClosedDays = tuple[tuple[str, str, str], ...]
"""(name, first day, last day) of times at which the shop is closed; days as ISO dates."""

OpenDays = tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
"""(day, its blocks) of days with hours of their own, whatever else is said of them."""

Paces = tuple[tuple[int, int, int], ...]


def is_rows(value: object) -> TypeGuard[tuple[tuple[Any, ...], ...]]:
    return isinstance(value, tuple) and all(isinstance(row, tuple) for row in value)


def is_closed_time(row: tuple[Any, ...], longest_name: int) -> bool:
    if len(row) != 3 or not (isinstance(row[0], str) and len(row[0]) <= longest_name):
        return False
    return is_date(row[1]) and is_date(row[2]) and row[1] <= row[2]


def is_open_day(row: tuple[Any, ...]) -> bool:
    return len(row) == 2 and is_date(row[0]) and is_day(row[1])


def is_pace(row: tuple[Any, ...]) -> bool:
    """An account's own limits: posts a day, and days from one post to the next; 0 for those of all."""
    if len(row) != 3 or not all(type(each) is int for each in row):
        return False
    return row[0] > 0 and 0 <= row[1] <= MOST_A_DAY and 0 <= row[2] <= LONGEST_SILENCE and any(row[1:])


def is_target(row: tuple[Any, ...], longest_promise: int) -> bool:
    if len(row) != 5 or type(row[0]) is not int or not isinstance(row[1], str) or not (row[0] or row[1]):
        return False
    return all(minutes is None or (type(minutes) is int and 0 <= minutes <= longest_promise) for minutes in row[2:])


def is_absolute(path: str) -> bool:
    """On this computer, or on one of another kind that the profile may have come from."""
    return "\x00" not in path and (path.startswith(("/", "\\\\")) or re.match(r"[A-Za-z]:[\\/]", path) is not None)


def is_date(text: object) -> bool:
    """An ISO date; written alike they are in order as texts."""
    if not isinstance(text, str) or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


LINK = r"(?:(?:https?://)?[^\s/:@.]+(?:\.[^\s/:@.]+)+(?::\d+)?(?:[/?#]\S*)?)?"


def is_day(blocks: object) -> bool:
    """Blocks in order that do not touch: touching ones are one block."""
    if not isinstance(blocks, tuple):
        return False
    last = -1
    for block in blocks:
        if not (isinstance(block, tuple) and len(block) == 2 and all(type(minute) is int for minute in block)):
            return False
        if not last < block[0] < block[1] <= 24 * 60:
            return False
        last = block[1]
    return True


LONGEST_KEY, MOST_KEYS = 40, 6


def is_keys(row: tuple[Any, ...]) -> bool:
    """(command id, its keys): no key at all switches it off."""
    if len(row) != 2 or not isinstance(row[0], str) or not row[0] or not isinstance(row[1], tuple):
        return False
    return len(row[1]) <= MOST_KEYS and all(isinstance(key, str) and 0 < len(key) <= LONGEST_KEY for key in row[1])


LONGEST_SORT = 40
"""Characters of a pillar's or category's own name."""
STANDS = ("offered", "kept", "gone")
Sorts = tuple[tuple[str, str, str, str, str], ...]
"""(id, own name or empty, icon or empty, hue or empty, one of `STANDS`) in the user's order."""


def is_sort(row: tuple[Any, ...]) -> bool:
    """A pillar or a category as the user has it."""
    if len(row) != 5 or not all(isinstance(each, str) for each in row):
        return False
    number, name, icon, hue, stand = row
    plain = all(re.fullmatch(r"[a-z0-9-]{0,40}", each) is not None for each in (number, icon, hue))
    return bool(number) and plain and stand in STANDS and len(name) <= LONGEST_SORT and "\n" not in name
