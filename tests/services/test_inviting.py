"""Which replies invite to e-mail: by a plus-address of ours, or by a token beside our address; never by anybody else's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.mail.recognising import plus_address, with_token
from app.models.delivery import Owed
from app.models.letter import Mail
from app.models.message import Visibility
from app.models.outbox import OutboxKind
from app.models.tables.mail import Mailbox
from app.services import inviting
from app.store.database import Database, Session
from tests.fakes.clock import FakeClock
from tests.services.shop import empty_data_file
from tests.store.making import NOW_MS, add_account, arrival, keep, rows


@pytest.fixture(name="database")
def _database(tmp_path: Path, clock: FakeClock) -> Iterator[Database]:
    path = tmp_path / "tertulia.db"
    path.write_bytes(empty_data_file())
    opened = Database.open(path, backups=tmp_path, clock=clock)
    yield opened
    opened.close_now()


ADDRESS = "Ayuda@discosaurora.mx"
TOKEN = "abcdefghijkl"


@pytest.mark.parametrize(
    ("text", "invites"),
    [
        (f"Escríbenos a {plus_address(ADDRESS, TOKEN)}.", True),
        (f"Escríbenos a {plus_address(ADDRESS, TOKEN).upper()}", True),
        (f"Escríbenos a {ADDRESS} con {with_token('', TOKEN)}", True),
        (f"Escríbenos a {ADDRESS}", False),
        (f"Escribe a {plus_address('otra@tienda.example', TOKEN)}", False),
        (f"El código es {with_token('', TOKEN)}", False),
        ("Hola", False),
    ],
)
def test_what_invites(database: Database, text: str, *, invites: bool) -> None:
    account_id = add_account(database)
    keep(database, account_id, arrival())
    box = add_account(database, ADDRESS, "email")
    owed = Owed(account_id, OutboxKind.REPLY, "k", datetime(2026, 11, 18, tzinfo=UTC), conversation_id=1)

    def note(session: Session) -> None:
        session.add(Mailbox(account_id=box, address=ADDRESS, smtp_host="s", imap_host="i"))
        session.flush()
        inviting.note(session, owed, 7, text, NOW_MS)

    database.write_now(note)
    assert rows(database, "SELECT token, outbox_id, address FROM invitation") == ([(TOKEN, 7, "")] if invites else [])


@pytest.mark.parametrize(("in_reply_to", "invites"), [("", True), ("<a@b.example>", False)])
def test_a_first_letter_invites_and_an_answer_does_not(database: Database, in_reply_to: str, *, invites: bool) -> None:
    account_id = add_account(database)
    keep(database, account_id, arrival())
    mail = Mail("Xime@correo.example", "Hola", in_reply_to=in_reply_to, token=TOKEN)
    owed = Owed(
        account_id, OutboxKind.REPLY, "k", datetime(2026, 11, 18, tzinfo=UTC), conversation_id=1, mail=mail,
        visibility=Visibility.DIRECT,
    )  # fmt: skip
    database.write_now(lambda session: inviting.note(session, owed, 7, "Hola", NOW_MS))
    found = rows(database, "SELECT address FROM invitation")
    assert found == ([("xime@correo.example",)] if invites else [])
