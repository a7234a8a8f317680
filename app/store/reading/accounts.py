"""Accounts as lists and services read them, and how far each stream of theirs was read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Any

from app.models.account import AccountRow, AccountState
from app.models.conversation import ConversationState
from app.runtime.clock import from_ms
from app.store.counters import MESSAGES

LACKS = "lacks."
_COLUMNS = (
    "a.id, a.network, a.server, a.handle, a.name, a.remote_id, a.state, a.state_since, a.checked_at, a.trouble, a.avatar, a.facts,"
    f" coalesce((SELECT count FROM counter WHERE account_id = a.id AND state = '{ConversationState.NEEDS_ANSWER}'), 0),"
    f" coalesce((SELECT count FROM counter WHERE account_id = a.id AND state = '{MESSAGES}'), 0)"
)


def accounts(connection: sqlite3.Connection) -> list[AccountRow]:
    """All that were not removed, in the user's order."""
    sql = f"SELECT {_COLUMNS} FROM account AS a WHERE a.removed_at IS NULL ORDER BY a.position, a.id"
    return _rows(connection.execute(sql))


def account(connection: sqlite3.Connection, account_id: int) -> AccountRow | None:
    """Removed ones too."""
    rows = _rows(connection.execute(f"SELECT {_COLUMNS} FROM account AS a WHERE a.id = ?", (account_id,)))
    return rows[0] if rows else None


def find(connection: sqlite3.Connection, network: str, server: str, remote_id: str) -> int | None:
    """The account of this profile, removed or not."""
    sql = "SELECT id FROM account WHERE network = ? AND server = ? AND remote_id = ?"
    found = connection.execute(sql, (network, server, remote_id)).fetchone()
    return found[0] if found else None


def limits_and_facts(connection: sqlite3.Connection, account_id: int) -> tuple[str, str]:
    """What its server told, as the JSON texts it was stored in."""
    found = connection.execute("SELECT limits, facts FROM account WHERE id = ?", (account_id,)).fetchone()
    return (found[0], found[1]) if found else ("{}", "{}")


def cursor(connection: sqlite3.Connection, account_id: int, stream: str) -> str:
    """How far the stream was read; empty when it never was."""
    sql = "SELECT value FROM cursor WHERE account_id = ? AND stream = ?"
    found = connection.execute(sql, (account_id, stream)).fetchone()
    return found[0] if found else ""


def _rows(found: Iterable[tuple[Any, ...]]) -> list[AccountRow]:
    return [_row(*values) for values in found]


def _row(
    number: int,
    network: str,
    server: str,
    handle: str,
    name: str,
    remote_id: str,
    state: str,
    state_since: int | None,
    checked_at: int | None,
    trouble: str,
    avatar: str,
    facts: str,
    needs_answer: int,
    messages: int,
) -> AccountRow:
    return AccountRow(
        id=number,
        network=network,
        server=server,
        handle=handle,
        name=name,
        remote_id=remote_id,
        state=AccountState(state),
        state_since=None if state_since is None else from_ms(state_since),
        checked_at=None if checked_at is None else from_ms(checked_at),
        trouble=trouble,
        avatar=avatar,
        needs_answer=needs_answer,
        messages=messages,
        lacks=_lacks(facts),
    )


def _lacks(facts: str) -> tuple[tuple[str, str], ...]:
    """What the facts of the account's server say it may not do (networks/network.py, `LACKS`)."""
    if f'"{LACKS}' not in facts:
        return ()
    values = json.loads(facts).get("values", {})
    return tuple((name.removeprefix(LACKS), str(why)) for name, why in values.items() if name.startswith(LACKS))
