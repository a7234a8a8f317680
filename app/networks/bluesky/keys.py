"""Record keys chosen before anything is sent, so that a part has one place on the server however often it is sent.

A key is a TID (https://atproto.com/specs/tid): 53 bits of microseconds and 10 bits of clock id, in 13 letters that sort. Both come from the
part alone: when its first attempt began, and a digest of its stable key.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from app.runtime.clock import from_ms, to_ms

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
LENGTH = 13
SPREAD = 100_000
"""Microseconds over which the keys of what began at the same moment are spread; each further part of a thread has its own stretch."""
STALE = timedelta(minutes=15)
"""A part that could not leave for longer than this is dated anew: a post dated yesterday stands below all that was read since."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part goes: its key, and the mark that its date bears, by which the record at that key is known to be this part."""

    key: str
    mark: int
    """0 to 999: the last three digits of its date's microseconds."""


def tid(microseconds: int, clock_id: int) -> str:
    """The key of a moment. `clock_id`: 0 to 1023."""
    value = (microseconds << 10) | clock_id
    return "".join(ALPHABET[value >> shift & 31] for shift in range(60, -1, -5))


def moment_of(key: str) -> datetime | None:
    """When a key says it was made; None when it is no TID."""
    if len(key) != LENGTH or any(letter not in ALPHABET for letter in key) or ALPHABET.index(key[0]) > 15:
        return None
    value = 0
    for letter in key:
        value = value << 5 | ALPHABET.index(letter)
    return EPOCH + timedelta(microseconds=value >> 10)


def place_of(key: str, begun: datetime, number: int = 0, again: int = 0) -> Place:
    """The place of the part with this stable key. `again` counts up should another post's record be found there."""
    digest = int.from_bytes(hashlib.sha256(f"{key}\0{again}".encode()).digest()[:8], "big")
    microseconds = to_ms(begun) * 1000 + number * SPREAD + digest % SPREAD
    return Place(tid(microseconds, digest >> 20 & 1023), (digest >> 32) % 1000)


def date_of(begun: datetime, number: int, mark: int, now: datetime) -> str:
    """The date a part bears: when its first attempt began, a millisecond later for each part of a thread before it, so that they stay in order."""
    moment = from_ms(to_ms(begun if now - begun <= STALE else now) + number) + timedelta(microseconds=mark)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
