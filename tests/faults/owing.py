"""A profile with accounts and all that a trial owes: posts, threads, replies, pictures, and texts that are said more than once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from sqlite3 import connect

from PIL import Image

from app.models.arrival import Arrival
from app.models.delivery import Owed
from app.models.lateness import MOST_MINUTES, Lateness, LateRule
from app.models.message import MessageKind
from app.models.outbox import OutboxKind
from app.models.post import Picture
from app.runtime.clock import to_ms
from app.runtime.credentials import KeyringCredentials
from app.runtime.paths import Paths
from app.services.server_facts import facts_text, limits_text
from app.store.database import Database
from app.store.writing import accounts, messages, outbox, settings
from tests.fakes.file_keyring import FileKeyring
from tests.faults.served import Served

PROFILE_ID = "trial"
PICTURE = "portada.jpg"
PATIENT = Lateness(LateRule.FINE_UNTIL, MOST_MINUTES)
"""However slow the machine: what leaves late is no concern of a trial."""
SAID_OFTEN = ("¡Gracias!", "Ya abrimos.", "Con gusto.")
MOVES = """
CREATE TABLE IF NOT EXISTS trial_move (outbox_id INTEGER, was TEXT, became TEXT, parts_before INTEGER, parts_after INTEGER);
CREATE TRIGGER IF NOT EXISTS trial_watch AFTER UPDATE ON outbox
WHEN old.state <> new.state OR old.progress <> new.progress
BEGIN
    INSERT INTO trial_move VALUES (new.id, old.state, new.state, json_array_length(old.progress), json_array_length(new.progress));
END;
"""
"""Every move of an item, written down in the transaction that makes it."""


@dataclass(frozen=True)
class Debt:
    """One delivery of a trial."""

    account: int
    """Which server, counted from 0."""
    owed: Owed


def key_of(account_id: int) -> str:
    """Where the account's secrets lie (`Connections.key`)."""
    return f"{PROFILE_ID}.{account_id}"


def sign_in(keyring: Path, account_id: int, secrets: Mapping[str, str]) -> None:
    """As signing in does: the keyring first."""
    KeyringCredentials(lambda _: None, FileKeyring(keyring)).set(key_of(account_id), secrets)


def open_profile(
    paths: Paths, database: Database, keyring: Path, served: Sequence[Served], urls: Sequence[str], now: datetime
) -> list[int]:
    """A shop with an account at each server, past its first run; answers the accounts' ids."""
    shop = {"version": 1, "values": {"name": "Discos Aurora", "country": "MX", "zone": "America/Mexico_City"}}
    Image.new("RGB", (320, 200), "navy").save(paths.media / PICTURE)

    def fill(session: object) -> list[int]:
        settings.save(session, "profile.id", PROFILE_ID)  # type: ignore[arg-type]
        settings.save(session, "shop", json.dumps(shop))  # type: ignore[arg-type]
        settings.save(session, "spending", json.dumps({"version": 1, "values": {"limit": 10_000}}))  # type: ignore[arg-type]
        return [
            accounts.add(
                session, each.network, url, f"{each.handle}{number or ''}", each.remote_id, to_ms(now),  # type: ignore[arg-type]
                limits=limits_text(each.limits), facts=facts_text(each.facts),
            )
            for number, (each, url) in enumerate(zip(served, urls, strict=True))
        ]  # fmt: skip

    ids = database.write_now(fill)
    for account_id, each in zip(ids, served, strict=True):
        sign_in(keyring, account_id, each.sign_in())
    with closing(connect(paths.database)) as connection:
        connection.executescript(MOVES)
    return ids


class Owing:
    """Makes up what is owed, the same for the same seed."""

    def __init__(self, database: Database, ids: Sequence[int], served: Sequence[Served], seed: str) -> None:
        self._database = database
        self._ids = ids
        self._served = served
        self._chance = Random(f"{seed} owing")

    def owe(self, count: int, begin: datetime, span: timedelta) -> list[Debt]:
        """`count` deliveries, spread evenly over the accounts; half of them by themselves within `span`, half in crowds."""
        crowds = [begin + span * self._chance.random() for _ in range(max(1, count // 40))]
        debts = []
        for number in range(count):
            account = number % len(self._ids)
            due = begin + span * self._chance.random() if self._chance.random() < 0.5 else self._chance.choice(crowds)
            debts.append(Debt(account, self._made(number, account, due)))
        now = to_ms(begin)
        self._database.write_now(lambda session: [outbox.add(session, debt.owed, now) for debt in debts])
        return debts

    def _made(self, number: int, account: int, due: datetime) -> Owed:
        text = f"pieza {number}: {self._chance.choice(('nuevo en la tienda', 'hoy a las siete 🎶', 'edición en vinilo, «Marea»'))}"
        what = self._chance.random()
        basis = {
            "account_id": self._ids[account],
            "kind": OutboxKind.POST,
            "key": f"trial-{number}",
            "due_at": due,
            "lateness": PATIENT,
        }
        if what < 0.15:
            parts = tuple(f"pieza {number}/{part}: hilo" for part in range(1, self._chance.randrange(3, 5)))
            return Owed(**basis, parts=parts)  # type: ignore[arg-type]
        if what < 0.35:
            return self._reply(number, account, due)
        if what < 0.43:
            return Owed(**basis, parts=(text,), pictures=(Picture(PICTURE, "portada azul"),))  # type: ignore[arg-type]
        if what < 0.46 and self._served[account].network != "x":  # which refuses the same words twice
            return Owed(**basis, parts=(self._chance.choice(SAID_OFTEN),))  # type: ignore[arg-type]
        return Owed(**basis, parts=(text,))  # type: ignore[arg-type]

    def _reply(self, number: int, account: int, due: datetime) -> Owed:
        """An answer to a customer, whose message is read as reading does."""
        each, account_id = self._served[account], self._ids[account]
        asked = f"pregunta {number}: ¿a qué hora abren?"
        remote_id = each.customer_writes(asked)
        arrival = Arrival(
            remote_id,
            MessageKind.MENTION,
            "ana",
            "@ana@musica.example",
            asked,
            due - timedelta(hours=1),
            f"thread {number}",
            author_name="Ana",
        )
        self._database.write_now(
            lambda session: messages.keep(
                session, account_id, [arrival], "trial", str(number), to_ms(due), lambda _: None
            ),
            bulk=True,
        )
        conversation_id, message_id = self._database.reader.now(
            lambda c: c.execute(
                "SELECT conversation_id, id FROM message WHERE account_id = ? AND remote_id = ?",
                (account_id, remote_id),
            ).fetchone()
        )
        return Owed(
            account_id, OutboxKind.REPLY, f"trial-{number}", due, target=remote_id, parts=(f"{each.greeting}pieza {number}: a las once",),
            conversation_id=conversation_id, message_id=message_id,
        )  # fmt: skip
