"""An own post of the last 90 days that says nearly the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Said:
    """When (aware UTC) and how it begins; `alike` is 1 for the very same words."""

    post_id: int
    at: datetime
    title: str
    alike: float
