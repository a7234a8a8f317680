"""When each account gets a post whose networks are left some minutes apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta


def moments(at: datetime, account_ids: Iterable[int], minutes: int) -> dict[int, datetime]:
    """The first account at the time itself, each further one so many minutes later; 0: all at once."""
    return {account_id: at + timedelta(minutes=minutes * place) for place, account_id in enumerate(dict.fromkeys(account_ids))}
