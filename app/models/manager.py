"""A manager as plain data: a colleague who decides what the community manager may not."""

from __future__ import annotations

from typing import NamedTuple


class ManagerRow(NamedTuple):
    """One manager."""

    id: int
    name: str
    role: str
    email: str
    topics: tuple[str, ...] = ()
    """Categories and words that are theirs."""
    languages: tuple[str, ...] = ()
    """The one they are written to in first."""
    zone: str = ""
    """Empty: the shop's."""
    hours: tuple[tuple[tuple[int, int], ...], ...] = ()
    """Blocks of [from, to) minutes for each of seven weekdays, Monday first; empty: the shop's."""
    is_masked: bool = True
    """Whether e-mail addresses and phone numbers of customers are covered in what is sent to them."""
    usual_minutes: int | None = None
    """Median time to an answer; None before the first."""
    answer_times: tuple[tuple[int, int], ...] = ()
    """When they were asked and when they answered, of the last ones: UTC milliseconds."""
