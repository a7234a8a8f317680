"""What becomes of accounts and of everything owed when an older copy of the data takes the place of the data: nothing is sent twice.

Between the copy and its return time has passed, in which this computer, another one or a server may have sent what waits in it. What the
former data knows of an item (by its key, made once and never used again) holds. Of all else nobody knows, so it is in doubt: looked for at
the network from the moment of the copy on, and never sent before that. Such a doubt is about every part of a thread (`ANYONE` stands as
who claimed it last), not about one attempt. Works on files that nobody else has open, by plain SQL.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from app.models.account import AccountState
from app.models.outbox import DeliveryState, OutboxKind
from app.runtime.words import message
from app.store.reading.outbox import ANYONE, ASKED_TO_HOLD

REASON = "outbox.unsure.restored"
"""Also `writing/outbox.RESTORED`, which this file, read without SQLAlchemy, does not import."""
SKEW = timedelta(minutes=2)
"""How far the clocks of networks may be behind ours: evidence may be dated so much before the copy was made."""
MAY_BE_OUT = (DeliveryState.WAITING, DeliveryState.CLAIMED, DeliveryState.UNSURE)
"""What is held is known to be held: its own loop asks the server before anything else."""
TRIED_AGAIN = (DeliveryState.FAILED, DeliveryState.BY_HAND, DeliveryState.LET_GO)
"""What only the user sends again; whoever does that is asked to look first (see `writing/outbox.move`)."""
PROFILE_ID = "profile.id"

_DELIVERY = (
    "state", "progress", "next_try_at", "attempts", "claimed_at", "first_claimed_at", "begun_at", "held_id", "uploads", "reason",
    "remote_id", "url", "sent_at", "deleted_at", "claimed_by",
)  # fmt: skip
"""What the former data knows better of an item that both know."""
_CONTENT = ("parts", "pictures", "poll", "visibility", "warning", "language", "quote", "link_card", "due_at")
"""Of what is out: as it went out, not as it was planned at the time of the copy."""

_HOSTS = (
    "address", "user", "sign_in", "smtp_host", "smtp_port", "smtp_security", "imap_host", "imap_port", "imap_security",
)  # fmt: skip
"""Of a mailbox: where its password goes, and as whose."""
_SERVERS = ("links", "analytics")
"""Settings that name a server to which a key of the keyring goes."""
_LOCK = "lock"
"""The setting that says that the window asks for a passphrase, which lies in this computer's keyring."""

_KNOWN = (*_DELIVERY, *_CONTENT, "waits_for")


class Reconciled(NamedTuple):
    """Counts for the user."""

    known_out: int = 0
    to_check: int = 0
    not_in_it: int = 0
    held_elsewhere: int = 0
    to_sign_in: int = 0


def reconcile(
    fresh: sqlite3.Connection,
    former: sqlite3.Connection | None,
    made_at_ms: int | None,
    now_ms: int,
    *,
    same_place: bool,
    untouched: bool = False,
) -> Reconciled:
    """Make `fresh` fit to take the place of `former` (None where that cannot be read), in one transaction of the caller.

    `made_at_ms`: nothing in it is younger; None where nobody can tell (salvaged rows): then doubts reach back to when each was made.
    `same_place`: it was made on this computer for this folder, so its secrets are those of the keyring.
    `untouched`: it is what `former` took the place of, so what `former` never heard of was sent by nobody.
    """
    to_sign_in = _accounts(fresh, former, now_ms, same_place=same_place)
    known = _rows_by_key(former) if former is not None else {}
    found = _Counts()
    in_doubt = () if untouched else (*MAY_BE_OUT, *TRIED_AGAIN)
    for row in fresh.execute("SELECT id, key, state, kind, created_at, account_id FROM outbox").fetchall():
        if row[1] in known or row[2] in in_doubt:
            _item(fresh, row, known, made_at_ms, now_ms, found)
    ours = {key for (key,) in fresh.execute("SELECT key FROM outbox")}
    lost = [state for key, (_, state) in known.items() if key not in ours]
    fresh.execute("DELETE FROM lease")
    fresh.execute('DELETE FROM "change"')
    return Reconciled(
        found.known_out,
        found.to_check,
        sum(state in (DeliveryState.WAITING, DeliveryState.UNSURE, DeliveryState.CLAIMED) for state in lost),
        sum(state == DeliveryState.HELD for state in lost),
        to_sign_in,
    )


class _Counts:
    known_out = 0
    to_check = 0


_Known = dict[str, tuple[tuple[object, ...], str]]


def _rows_by_key(former: sqlite3.Connection) -> _Known:
    names = ", ".join(_KNOWN)
    try:
        rows = former.execute(f"SELECT key, state, {names} FROM outbox").fetchall()
    except sqlite3.DatabaseError:  # damaged just there, or of another version: nothing is known then
        return {}
    return {key: (tuple(rest), state) for key, state, *rest in rows}


def _item(
    fresh: sqlite3.Connection,
    row: tuple[int, str, str, str, int, int],
    known: _Known,
    made_at_ms: int | None,
    now_ms: int,
    found: _Counts,
) -> None:
    number, key, state, kind, created_at, _account = row
    if state == DeliveryState.OUT:
        return
    if key in known:
        values, now_is = known[key]
        if now_is == DeliveryState.OUT:
            _take(fresh, number, (*_DELIVERY, *_CONTENT), values[:-1])
            found.known_out += state in MAY_BE_OUT or state == DeliveryState.HELD
            return
        if now_is != DeliveryState.CLAIMED:
            _settled_alike(fresh, number, state, now_is, values)
            return
    if state in MAY_BE_OUT:
        since = created_at if made_at_ms is None else made_at_ms
        _doubt(fresh, number, kind, since - int(SKEW.total_seconds() * 1000), now_ms)
        found.to_check += 1
    elif state in TRIED_AGAIN:
        since = created_at if made_at_ms is None else made_at_ms
        fresh.execute("UPDATE outbox SET claimed_by = ?, claimed_at = ? WHERE id = ?", (ANYONE, since, number))


def _settled_alike(fresh: sqlite3.Connection, number: int, state: str, now_is: str, values: tuple[object, ...]) -> None:
    """Both know it and it is not out: where it stood at the time of the copy, unless somebody tried since, or a server holds it."""
    begun = values[_DELIVERY.index("begun_at")]
    untouched = (
        begun is None and now_is in (DeliveryState.WAITING, *TRIED_AGAIN) and not values[_DELIVERY.index("held_id")]
    )
    if untouched and state in (DeliveryState.WAITING, *TRIED_AGAIN):
        # What it waited for may be out by now, and its text be complete.
        free = values[_KNOWN.index("waits_for")] is None
        parts = values[_KNOWN.index("parts")]
        if free:
            fresh.execute(
                "UPDATE outbox SET waits_for = NULL, parts = ? WHERE id = ? AND waits_for IS NOT NULL", (parts, number)
            )
        return
    _take(fresh, number, _DELIVERY, values[: len(_DELIVERY)])


def _take(fresh: sqlite3.Connection, number: int, names: tuple[str, ...], values: Iterable[object]) -> None:
    columns = ", ".join(f"{name} = ?" for name in names)
    fresh.execute(
        f"UPDATE outbox SET {columns}, claim_ends_at = NULL WHERE id = ?",
        (*values, number),
    )


def _doubt(fresh: sqlite3.Connection, number: int, kind: str, since_ms: int, now_ms: int) -> None:
    """Perhaps out, perhaps handed to a server that holds it: looked for, from the first part that is not known to be out.

    `begun_at` is left alone: keys of records are made from it, and whoever sent this since took a moment that nobody here knows.
    """
    fresh.execute(
        "UPDATE outbox SET state = ?, claimed_by = ?, claim_ends_at = NULL, reason = ?, next_try_at = ?,"
        " first_claimed_at = min(coalesce(first_claimed_at, ?), ?),"
        " held_id = iif(? AND held_id = '', ?, held_id), uploads = '' WHERE id = ?",
        (
            DeliveryState.UNSURE,
            ANYONE,
            message(REASON).to_json(),
            now_ms,
            since_ms,
            since_ms,
            kind == OutboxKind.POST,
            ASKED_TO_HOLD,
            number,
        ),
    )


def _accounts(fresh: sqlite3.Connection, former: sqlite3.Connection | None, now_ms: int, *, same_place: bool) -> int:
    """Secrets are the keyring's, under the profile's id and the account's number: only where both are still the same person's may they be
    used. Others ask for signing in. Answers how many do.
    """
    here = _people(former) if former is not None else {}
    if former is not None:
        _keep_profile_id(fresh, former)
        _keep_servers(fresh, former)
    elif not same_place:
        fresh.execute("DELETE FROM setting WHERE name IN (?, ?)", (PROFILE_ID, _LOCK))
    to_sign_in = 0
    for number, network, server, remote_id, state, removed_at in fresh.execute(
        "SELECT id, network, server, remote_id, state, removed_at FROM account"
    ).fetchall():
        known = here.get(number)
        if former is None and same_place:
            continue
        if former is not None and known is not None and known[:3] == (network, server, remote_id):
            fresh.execute("UPDATE account SET state_since = ?, facts = ? WHERE id = ?", (now_ms, known[6], number))
            _keep_hosts(fresh, former, number)
            if known[3] is None and removed_at is None:
                fresh.execute("UPDATE account SET state = ?, trouble = ? WHERE id = ?", (known[4], known[5], number))
            continue
        if state != AccountState.BY_HAND:
            values = (AccountState.SIGNED_OUT, now_ms, message("restore.sign_in_here").to_json(), number)
            fresh.execute("UPDATE account SET state = ?, state_since = ?, trouble = ? WHERE id = ?", values)
            to_sign_in += removed_at is None
    return to_sign_in


def _people(former: sqlite3.Connection) -> dict[int, tuple[object, ...]]:
    try:
        rows = former.execute(
            "SELECT id, network, server, remote_id, removed_at, state, trouble, facts FROM account"
        ).fetchall()
    except sqlite3.DatabaseError:
        return {}
    return {number: tuple(rest) for number, *rest in rows}


def _keep_hosts(fresh: sqlite3.Connection, former: sqlite3.Connection, number: int) -> None:
    """A password stays with the servers that it was given for, whatever a copy says: anybody may have made that file."""
    names = ", ".join(_HOSTS)
    try:
        found = former.execute(f"SELECT {names} FROM mailbox WHERE account_id = ?", (number,)).fetchone()
    except sqlite3.DatabaseError:
        found = None
    if found is not None:
        sets = ", ".join(f"{name} = ?" for name in _HOSTS)
        fresh.execute(f"UPDATE mailbox SET {sets} WHERE account_id = ?", (*found, number))
    else:
        fresh.execute("DELETE FROM mailbox WHERE account_id = ?", (number,))


def _keep_servers(fresh: sqlite3.Connection, former: sqlite3.Connection) -> None:
    """The same of keys for links and visits; and no copy takes the window's lock off, or puts one on."""
    for name in (*_SERVERS, _LOCK):
        try:
            found = former.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        except sqlite3.DatabaseError:
            found = None
        fresh.execute("DELETE FROM setting WHERE name = ?", (name,))
        if found is not None:
            fresh.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (name, found[0]))


def _keep_profile_id(fresh: sqlite3.Connection, former: sqlite3.Connection) -> None:
    """The id is the folder's, not the copy's: other processes that have it open know it by this one."""
    try:
        found = former.execute("SELECT value FROM setting WHERE name = ?", (PROFILE_ID,)).fetchone()
    except sqlite3.DatabaseError:
        found = None
    if found is not None:
        fresh.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (PROFILE_ID, found[0]))
