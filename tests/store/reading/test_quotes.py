"""Posts and messages by their address, once for each account that knows it."""

from __future__ import annotations

from app.models.message import Visibility
from app.store.database import Database
from app.store.reading import quotes
from app.store.reading.quotes import KnownPost
from app.store.writing import outbox
from tests.store.making import NOW_MS, add_account, arrival, keep, owe

URL = "https://musica.example/@ana/1"


def test_a_message_is_known_to_each_account_it_came_to(database: Database, account_id: int) -> None:
    other = add_account(database, "@discos")
    for number, remote_id in ((account_id, "1"), (other, "2")):
        keep(
            database, number, arrival(remote_id, "¿Hay?", url=URL, author_handle="@ana", visibility=Visibility.UNLISTED)
        )
    assert database.reader.now(quotes.by_address, URL) == [
        KnownPost(account_id, "1", "@ana", "¿Hay?", Visibility.UNLISTED),
        KnownPost(other, "2", "@ana", "¿Hay?", Visibility.UNLISTED),
    ]
    assert database.reader.now(quotes.by_address, URL + "0") == []


def test_what_we_published_is_known_by_its_first_part(database: Database, account_id: int) -> None:
    number = owe(database, account_id, parts=("uno", "dos"))
    assert database.reader.now(quotes.by_address, "") == []
    database.write_now(outbox.claim, NOW_MS, "p", 60)
    database.write_now(outbox.record_progress, number, "77", URL, NOW_MS)
    database.write_now(outbox.record_progress, number, "78", URL + "8", NOW_MS)
    database.write_now(outbox.settle_out, number, NOW_MS)
    (found,) = database.reader.now(quotes.by_address, URL)
    assert (found.account_id, found.remote_id, found.text, found.visibility) == (
        account_id,
        "77",
        "uno",
        Visibility.PUBLIC,
    )
