"""A profile with accounts and all that a trial owes: posts, threads, replies, pictures, and texts that are said more than once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from sqlite3 import connect

from PIL import Image

from app.models.arrival import Arrival
from app.models.delivery import Owed
from app.models.lateness import MOST_MINUTES, Lateness, LateRule
from app.models.message import MessageKind, Visibility
from app.models.outbox import OutboxKind
from app.models.post import Picture, Poll
from app.runtime.clock import to_ms
from app.runtime.credentials import KeyringCredentials
from app.runtime.paths import Paths
from app.services.server_facts import facts_text, limits_text
from app.store.database import Database
from app.store.writing import accounts, messages, outbox, settings
from tests.fakes.file_keyring import FileKeyring
from tests.faults.served import Served
from tests.faults.sorts import EVERYTHING, Sort

PROFILE_ID = "trial"
PICTURE = "portada.jpg"
PATIENT = Lateness(LateRule.FINE_UNTIL, MOST_MINUTES)
"""However slow the machine: what leaves late is no concern of a trial."""
SAID_OFTEN = ("¡Gracias!", "Ya abrimos.", "Con gusto.")
PLANNED_AHEAD = timedelta(minutes=19)
"""Half of it is far enough ahead for a server to keep it, with time to ask it before."""
AT_THE_MOMENT = 0.3
"""How often the user moves or takes back a post while it leaves."""
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
    sort: Sort
    change_at: datetime | None = None
    """When the user moves it or takes it back."""


def key_of(account_id: int) -> str:
    """Where the account's secrets lie (`Connections.key`)."""
    return f"{PROFILE_ID}.{account_id}"


def credentials(keyring: Path) -> KeyringCredentials:
    """Of the trial's own keyring."""
    return KeyringCredentials(lambda _: None, FileKeyring(keyring))


def sign_in(keyring: Path, account_id: int, secrets: Mapping[str, str]) -> None:
    """As signing in does: the keyring first."""
    credentials(keyring).set(key_of(account_id), secrets)


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

    def __init__(
        self,
        database: Database,
        ids: Sequence[int],
        served: Sequence[Served],
        seed: str,
        weights: Mapping[Sort, float] = EVERYTHING,
    ) -> None:
        self._database = database
        self._ids = ids
        self._served = served
        self._weights = weights
        self._chance = Random(f"{seed} owing")

    def owe(self, count: int, begin: datetime, span: timedelta) -> list[Debt]:
        """`count` deliveries, spread evenly over the accounts; half of them by themselves within `span`, half in crowds. What is planned
        ahead falls due in its second half.
        """
        crowds = [begin + span * self._chance.random() for _ in range(max(1, count // 40))]
        debts = []
        for number in range(count):
            account = number % len(self._ids)
            sort = self._sort(account)
            due = begin + span * self._chance.random() if self._chance.random() < 0.5 else self._chance.choice(crowds)
            if Sort.PLANNED in self._served[account].offers:
                due = begin + (max(span, PLANNED_AHEAD) + (due - begin)) / 2
            owed = self._made(sort, number, account, due)
            debts.append(Debt(account, owed, sort, self._change_at(sort, begin, due)))
        now = to_ms(begin)
        self._database.write_now(lambda session: [outbox.add(session, debt.owed, now) for debt in debts])
        return debts

    def _sort(self, account: int) -> Sort:
        fitting = {sort: weight for sort, weight in self._weights.items() if sort in self._served[account].offers}
        return self._chance.choices(list(fitting), list(fitting.values()))[0]

    def _change_at(self, sort: Sort, begin: datetime, due: datetime) -> datetime | None:
        """Some time before it is due, often enough at the very moment."""
        if sort not in (Sort.MOVED, Sort.CANCELLED):
            return None
        if self._chance.random() < AT_THE_MOMENT:
            return due + timedelta(seconds=self._chance.uniform(-8, 8))
        return begin + (due - begin) * self._chance.uniform(0.3, 0.95)

    def _made(self, sort: Sort, number: int, account: int, due: datetime) -> Owed:
        text = f"pieza {number}: {self._chance.choice(('nuevo en la tienda', 'hoy a las siete 🎶', 'edición en vinilo, «Marea»'))}"
        post = Owed(self._ids[account], OutboxKind.POST, f"trial-{number}", due, parts=(text,), lateness=PATIENT)
        pictures = (Picture(PICTURE, "portada azul"),)
        poll = Poll((f"sí, la {number}", "no"), hours=24)
        match sort:
            case Sort.THREAD:
                parts = tuple(f"pieza {number}/{part}: hilo" for part in range(1, self._chance.randrange(3, 5)))
                return replace(post, parts=parts)
            case Sort.REPLY | Sort.PRIVATE:
                return self._reply(post, number, account, private=sort is Sort.PRIVATE)
            case Sort.PICTURE:
                return replace(post, pictures=pictures)
            case Sort.SAID_BEFORE:
                return replace(post, parts=(self._chance.choice(SAID_OFTEN),))
            case Sort.POLL:
                return replace(post, poll=poll)
            case Sort.QUOTE:
                return replace(post, quote=self._served[account].customer_writes(f"cita {number}: ¡qué disco!"))
            case Sort.LIKE | Sort.BOOST:
                return self._act(post, OutboxKind(sort), number, account)
            case Sort.PLANNED | Sort.MOVED | Sort.CANCELLED:  # with all that may come along
                return replace(post, **self._chance.choice(({}, {}, {"pictures": pictures}, self._poll(account, poll))))
            case _:
                return post

    def _poll(self, account: int, poll: Poll) -> dict[str, Poll]:
        return {"poll": poll} if Sort.POLL in self._served[account].offers else {}

    def _reply(self, post: Owed, number: int, account: int, *, private: bool) -> Owed:
        """An answer to a customer."""
        asked = f"pregunta {number}: ¿a qué hora abren?"
        conversation_id, message_id, remote_id = self._heard(account, asked, number, post.due_at, private=private)
        greeting = self._served[account].greeting
        return replace(
            post, kind=OutboxKind.REPLY, target=remote_id, parts=(f"{greeting}pieza {number}: a las once",), lateness=None,
            conversation_id=conversation_id, message_id=message_id,
            visibility=Visibility.DIRECT if private else Visibility.PUBLIC,
        )  # fmt: skip

    def _act(self, post: Owed, kind: OutboxKind, number: int, account: int) -> Owed:
        """On what a customer wrote."""
        conversation_id, message_id, remote_id = self._heard(account, f"gracias {number}", number, post.due_at)
        return replace(
            post, kind=kind, target=remote_id, parts=("",), lateness=None,
            conversation_id=conversation_id, message_id=message_id,
        )  # fmt: skip

    def _heard(
        self, account: int, text: str, number: int, due: datetime, *, private: bool = False
    ) -> tuple[int, int, str]:
        """A customer writes, and it is read as reading does; answers conversation, message and remote id."""
        each, account_id = self._served[account], self._ids[account]
        remote_id = each.customer_writes_privately(text) if private else each.customer_writes(text)
        arrival = Arrival(
            remote_id,
            MessageKind.PRIVATE if private else MessageKind.MENTION,
            "ana",
            "@ana@musica.example",
            text,
            due - timedelta(hours=1),
            f"thread {number}",
            author_name="Ana",
            visibility=Visibility.DIRECT if private else Visibility.PUBLIC,
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
        return conversation_id, message_id, remote_id
