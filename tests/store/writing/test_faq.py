"""Entries of the FAQ and the messages that ask them, written and put back; replies that carried a link."""

from __future__ import annotations

from datetime import timedelta

from app.models.faq import FaqFilter, FaqState, FaqWords
from app.store.database import Database
from app.store.reading import faq as reading
from app.store.reading.faq import APART
from app.store.writing import faq
from tests.store.making import NOW, NOW_MS, arrival, keep, rows


def asked(database: Database, account_id: int, many: int) -> list[tuple[int, int]]:
    """So many messages in conversations of their own."""
    keep(
        database,
        account_id,
        *(
            arrival(f"m{n}", f"¿Abren hoy, {n}?", thread_key=f"t{n}", at=NOW - timedelta(hours=n + 1))
            for n in range(many)
        ),
    )
    return [(row[0], row[1]) for row in rows(database, "SELECT id, at FROM message ORDER BY id")]


def group(database: Database, members: list[tuple[int, int]], question: str = "¿Abren hoy?") -> int:
    made: list[int] = database.write_now(
        faq.add_groups, [faq.NewGroup(FaqWords({"es": question}), "question", members)], NOW_MS
    )
    return made[0]


def members(database: Database, entry: int) -> list[int]:
    return [row[0] for row in rows(database, "SELECT message_id FROM faq_asked WHERE entry_id = ? ORDER BY 1", entry)]


def test_a_group_has_its_messages_and_one_that_has_an_entry_keeps_it(database: Database, account_id: int) -> None:
    said = asked(database, account_id, 4)
    first = group(database, said[:3])
    second = group(database, said[1:])
    assert members(database, first) == [said[0][0], said[1][0], said[2][0]]
    assert members(database, second) == [said[3][0]]
    assert rows(database, "SELECT state, position FROM faq_entry") == [("asked", first), ("asked", second)]


def test_words_make_a_draft_of_what_was_only_asked(database: Database, account_id: int) -> None:
    entry = group(database, asked(database, account_id, 3))
    words = FaqWords({"es": "¿A qué hora abren?"}, {"es": "A las diez."})
    before = database.write_now(faq.write_words, entry, words, NOW_MS)
    assert (before.state, before.words.question) == (FaqState.ASKED, {"es": "¿Abren hoy?"})
    now = database.write_now(faq.stands, entry)
    assert (now.state, now.words) == (FaqState.DRAFT, words)
    database.write_now(faq.restore, entry, before, NOW_MS)
    assert database.write_now(faq.stands, entry) == before


def test_a_translation_is_older_once_the_main_words_change_and_fresh_when_it_is_written_again(
    database: Database, account_id: int
) -> None:
    entry = group(database, asked(database, account_id, 3))

    def write(answer: dict[str, str]) -> tuple[str, ...]:
        words = FaqWords({"es": "¿Abren hoy?", "en": "Open today?", "fr": "Ouvert ?"}, answer)
        database.write_now(faq.write_words, entry, words, NOW_MS)
        (row,) = database.reader.now(reading.listing, FaqFilter(), NOW_MS).rows
        return row.older

    assert write({"es": "A las diez.", "en": "At ten."}) == ()
    stood = database.write_now(faq.stands, entry)
    assert write({"es": "A las once.", "en": "At ten."}) == ("en", "fr")
    assert write({"es": "A las once.", "en": "At eleven."}) == ("fr",)
    assert write({"es": "A las doce.", "en": "At twelve.", "fr": "À midi."}) == ()
    database.write_now(faq.restore, entry, stood, NOW_MS)
    assert database.write_now(faq.stands, entry) == stood


def test_merging_takes_messages_and_missing_languages_and_is_taken_back(database: Database, account_id: int) -> None:
    said = asked(database, account_id, 6)
    kept, other = group(database, said[:3]), group(database, said[3:], "¿Otra?")
    database.write_now(faq.write_words, other, FaqWords({"es": "¿Otra?", "en": "Open today?"}, {"en": "Yes."}), NOW_MS)
    before = (members(database, kept), members(database, other))
    merged = database.write_now(faq.merge, kept, [other], NOW_MS)
    assert members(database, kept) == [each for each, _ in said]
    stands = database.write_now(faq.stands, kept)
    assert stands.words == FaqWords({"es": "¿Abren hoy?", "en": "Open today?"}, {"en": "Yes."})
    assert database.write_now(faq.stands, other).removed_at == NOW_MS
    database.write_now(faq.separate, merged, NOW_MS)
    assert (members(database, kept), members(database, other)) == before
    assert database.write_now(faq.stands, other).removed_at is None


def test_what_is_moved_out_stays_out_and_comes_back(database: Database, account_id: int) -> None:
    said = asked(database, account_id, 3)
    entry = group(database, said)
    apart = database.write_now(faq.apart, NOW_MS)
    assert database.write_now(faq.apart, NOW_MS) == apart
    ids = database.write_now(faq.asked_by, [said[0][0]])
    moved = database.write_now(faq.move, ids, apart)
    assert members(database, entry) == [said[1][0], said[2][0]]
    assert rows(database, "SELECT by_hand FROM faq_asked WHERE entry_id = ?", apart) == [(1,)]
    group(database, said[:1])
    assert members(database, apart) == [said[0][0]]
    assert APART not in {seed.entry_id for seed in database.reader.now(reading.seeds, 10)}
    database.write_now(faq.put_back, moved)
    assert members(database, entry) == [each for each, _ in said]


def test_links_are_counted_and_taken_back_with_their_reply(database: Database, account_id: int) -> None:
    said = asked(database, account_id, 3)
    entry = group(database, said)
    (conversation,) = rows(database, "SELECT conversation_id FROM message WHERE id = ?", said[0][0])[0]
    assert database.write_now(faq.entries_of, conversation) == {entry}
    database.write_now(faq.link_sent, [entry], conversation, 77, NOW_MS)
    database.write_now(faq.link_sent, [entry], conversation, 78, NOW_MS)
    database.write_now(faq.link_taken_back, 77)
    assert rows(database, "SELECT outbox_id FROM faq_use") == [(78,)]


def test_the_order_is_kept(database: Database, account_id: int) -> None:
    said = asked(database, account_id, 6)
    first, second = group(database, said[:3]), group(database, said[3:])
    assert database.write_now(faq.put_in_order, [second, first]) == [(second, second), (first, first)]
    assert rows(database, "SELECT id FROM faq_entry ORDER BY position") == [(second,), (first,)]


def test_what_was_looked_at_is_remembered(database: Database) -> None:
    assert database.reader.now(reading.gathered) == {}
    database.write_now(faq.gathered, faq.Looked(NOW_MS, 5, 12, full=True))
    assert database.reader.now(reading.gathered) == {"at": NOW_MS, "from": 5, "questions": 12, "full": 1}
