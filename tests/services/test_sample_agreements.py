"""What the sample shop settled, and the conversation that went on by e-mail: as if it had happened through the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.models.conversation import ConversationState
from app.runtime.paths import resources
from app.services.sample_content import read_content
from app.services.sample_shop import build
from app.services.starter_playbook import read_starter
from app.store.database import Database
from app.store.reading import agreements, conversations, invitations, messages
from app.store.writing import filling
from tests.fakes.clock import FakeClock
from tests.services.shop import empty_data_file


@pytest.fixture(name="database")
def _database(tmp_path: Path, clock: FakeClock) -> Any:
    path = tmp_path / "tertulia.db"
    path.write_bytes(empty_data_file())
    opened = Database.open(path, backups=tmp_path, clock=clock)
    sample = build(
        read_content(resources() / "sample"), read_starter(resources() / "sample" / "playbook.json"), clock.now()
    )
    opened.write_now(filling.fill, sample.tables, sample.answers)
    yield opened
    opened.close_now()


def test_what_was_settled_holds_what_was_said_before(database: Database, clock: FakeClock) -> None:
    rows = database.reader.now(agreements.newest, 10)
    assert [str(row.kind) for row in rows] == ["replacement", "refund"]
    for row in rows:
        paper = database.reader.now(agreements.paper, row.id)
        assert paper is not None
        assert paper.transcript
        assert all(line.at <= row.agreed_at <= clock.now() for line in paper.transcript)


def test_one_conversation_went_on_by_e_mail(database: Database) -> None:
    (row, _) = database.reader.now(agreements.newest, 10)
    before = database.reader.now(messages.conversation, row.conversation_id)
    assert before is not None
    assert before.goes_on is not None
    after = database.reader.now(messages.conversation, before.goes_on.conversation_id)
    assert after is not None
    assert after.continues is not None
    assert (after.continues.conversation_id, after.continues.proven) == (before.id, True)
    assert after.customer.id == before.customer.id
    assert [bool(each.attachments) for each in after.messages] == [True, False]
    assert after.parent is not None
    assert after.parent.subject
    shown = database.reader.now(conversations.row, after.id)
    assert shown is not None
    assert (shown.state, shown.network) == (ConversationState.WAITING, "email")
    mail = database.reader.now(invitations.mail_of, after.id)
    assert mail is not None
    assert mail.to.endswith(".example")
    assert mail.subject == "Re: Disco con la esquina golpeada"
