"""Makes what the tests of the store put into it: messages as a reading brings them, accounts, things owed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlmodel import Session

from app.models.arrival import Arrival
from app.models.delivery import Owed
from app.models.message import MessageKind
from app.models.outbox import OutboxKind
from app.runtime.clock import to_ms
from app.store.database import Database
from app.store.writing import accounts, messages, outbox
from tests.fakes.clock import WEDNESDAY_MORNING

NOW = WEDNESDAY_MORNING
NOW_MS = to_ms(NOW)
HOUR_MS = 3_600_000

_KEYS = count(1)


def within_an_hour(arrival: Arrival) -> datetime:
    return arrival.at + timedelta(hours=1)


def arrival(remote_id: str = "m1", text: str = "¿Cuándo llega mi disco?", **fields: Any) -> Arrival:
    """A mention by Ximena an hour ago, unless told otherwise."""
    made = Arrival(
        remote_id=remote_id,
        kind=MessageKind.MENTION,
        author_id="u1",
        author_handle="@ximena",
        text=text,
        at=NOW - timedelta(hours=1),
        thread_key="t1",
        author_name="Ximena Robles",
        language="es",
    )
    return replace(made, **fields)


def add_account(database: Database, handle: str = "@aurora", network: str = "mastodon", **fields: Any) -> int:
    def add(session: Session) -> int:
        return accounts.add(session, network, "https://musica.example", handle, f"id of {handle}", NOW_MS, **fields)

    return database.write_now(add)


def keep(database: Database, account_id: int, *arrivals: Arrival, cursor: str = "c", now_ms: int = NOW_MS) -> int:
    return database.write_now(
        messages.keep, account_id, arrivals, "mentions", cursor, now_ms, within_an_hour, bulk=True
    )


def owed(account_id: int, kind: OutboxKind = OutboxKind.POST, **fields: Any) -> Owed:
    """Due now."""
    return replace(
        Owed(account_id=account_id, kind=kind, key=f"key {next(_KEYS)}", due_at=NOW, parts=("Hola",)), **fields
    )


def owe(database: Database, account_id: int, kind: OutboxKind = OutboxKind.POST, **fields: Any) -> int:
    return database.write_now(outbox.add, owed(account_id, kind, **fields), NOW_MS)


def rows(database: Database, sql: str, *values: object) -> list[tuple[Any, ...]]:
    return database.reader.now(lambda connection: connection.execute(sql, values).fetchall())


@contextmanager
def not_writable(folder: Path) -> Iterator[None]:
    """Takes the right to write in a folder and its files away; root, for whom rights do not count, becomes nobody meanwhile."""
    everything = [folder, *folder.iterdir()]
    for path in everything:
        path.chmod(0o555 if path.is_dir() else 0o444)
    was_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)
        for path in everything:
            path.chmod(0o755 if path.is_dir() else 0o644)
