"""Escalations as screens read them, each by an index however many conversations there are."""

from __future__ import annotations

from app.models.escalation import EscalationState, SheetDraft
from app.models.letter import LetterKind
from app.store.database import Database
from app.store.reading import escalations
from app.store.writing import escalations as writing
from app.store.writing import settings
from tests.store.making import HOUR_MS, NOW, NOW_MS, arrival, keep, rows
from tests.store.writing.test_escalations import ask, came, mailbox_in


def test_those_of_a_conversation_with_their_letters_newest_first(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    box = mailbox_in(database)
    first, second = ask(database, box, "tokenone"), ask(database, box, "tokentwo")
    came(database, box, first, "<1@x>", at=NOW)
    came(database, box, first, "<2@x>", kind=LetterKind.AUTOMATIC)
    found = database.reader.now(escalations.of_conversation, 1)
    assert [row.id for row in found] == [first, second]
    assert [letter.kind for letter in found[0].letters] == [LetterKind.AUTOMATIC, LetterKind.ANSWER]
    assert (found[0].manager, found[0].address, found[0].state) == (
        "Héctor Lima",
        "h@x.example",
        EscalationState.ANSWERED,
    )
    assert database.reader.now(escalations.escalation, second) == found[1]
    assert database.reader.now(escalations.escalation, 99) is None


def test_what_is_open_is_known_by_customer_and_by_list(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    box = mailbox_in(database)
    first, second = ask(database, box, "tokenone"), ask(database, box, "tokentwo")
    database.write_now(lambda s: writing.end(s, first, NOW_MS, unanswered=True))
    customer = rows(database, "SELECT customer_id FROM conversation")[0][0]
    assert [row.id for row in database.reader.now(escalations.of_customer, customer)] == [second]
    assert [wait.conversation_id for wait in database.reader.now(escalations.waits)] == [1]


def test_the_next_reminder_is_of_what_waits(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    box = mailbox_in(database)
    assert database.reader.now(escalations.next_reminder) is None
    ask(database, box, "tokenone", remind_ms=NOW_MS + HOUR_MS)
    due = database.reader.now(escalations.next_reminder)
    assert due is not None
    assert round((due - NOW).total_seconds()) == 3600


def test_the_chain_is_what_a_further_question_refers_to(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival())
    box = mailbox_in(database)
    number = ask(database, box, "tokenone")
    came(database, box, number, "<1@x>", at=NOW)
    database.write_now(lambda s: writing.add_pasted(s, number, "pasted:1", "sí", NOW_MS))
    assert database.reader.now(escalations.chain, number) == ("<tokenone@q>", "<1@x>")


def test_a_draft_is_read_as_it_was_kept(database: Database) -> None:
    draft = SheetDraft(question="¿?")
    database.write_now(settings.save, f"{escalations.DRAFT}7", draft.to_json())
    assert database.reader.now(escalations.draft, 7) == draft
    assert database.reader.now(escalations.draft, 8) is None


def test_no_table_is_read_through(database: Database) -> None:
    for sql, values in (
        (f"{escalations._ESCALATION} WHERE e.conversation_id = ? ORDER BY e.asked_at, e.id", (1,)),
        (f"{escalations._ESCALATION} WHERE e.id = ?", (1,)),
        (escalations._LETTER, (1, 5)),
    ):
        plan = rows(database, f"EXPLAIN QUERY PLAN {sql}", *values)
        assert not [step for *_, step in plan if step.startswith("SCAN")], plan


def test_the_list_reads_what_is_open_alone(database: Database) -> None:
    sql = (
        "SELECT e.conversation_id, m.name, e.state, e.remind_at FROM escalation AS e INDEXED BY escalation_open"
        " JOIN manager AS m ON m.id = e.manager_id WHERE e.closed_at IS NULL ORDER BY e.id LIMIT 5"
    )
    plan = [step for *_, step in rows(database, f"EXPLAIN QUERY PLAN {sql}")]
    assert any("escalation_open" in step for step in plan), plan
