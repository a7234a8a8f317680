"""The reads of writing a post, asked as screens ask them: people by the handle they have on a network."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from app.store.database import Database
from app.store.reading import customers
from app.store.writing import customers as writing
from tests.store.making import NOW_MS, add_account, arrival, keep


@pytest.fixture
def joined(database: Database, account_id: int) -> None:
    """Ximena has a profile on Mastodon and one on X."""
    keep(database, account_id, arrival(author_handle="@ximena@musica.example"))
    x = add_account(database, "@discosaurora", "x")
    keep(database, x, arrival("b1", author_id="u2", author_handle="@ximerobles", author_name="Ximena R", thread_key="t2"))

    def join(session: Session) -> None:
        writing.join(session, 1, 2, NOW_MS)

    database.write_now(join)


@pytest.mark.usefixtures("joined")
def test_a_person_is_found_by_either_name_and_answered_with_the_network_s_own_handle(database: Database) -> None:
    for text in ("xime", "ximerobles", "Robles"):
        found = database.reader.now(lambda c, text=text: customers.known_on(c, "x", text))
        assert [handle for handle, _name in found] == ["@ximerobles"], text
    assert database.reader.now(lambda c: customers.known_on(c, "bluesky", "xime")) == []


@pytest.mark.usefixtures("joined")
def test_a_handle_tells_what_its_bearer_is_called_elsewhere(database: Database) -> None:
    found = database.reader.now(lambda c: customers.handles_elsewhere(c, ["@ximerobles", "@nobody"]))
    assert found == {"@ximerobles": {"x": ("@ximerobles",), "mastodon": ("@ximena@musica.example",)}}
