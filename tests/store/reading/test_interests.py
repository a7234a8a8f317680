"""What customers spoke of, by people; and who of them may stand on a list for the newsletter: only who said so."""

from __future__ import annotations

from datetime import timedelta

from app.models.customer import CustomerWords, Flag
from app.models.insight import Scope
from app.models.interest import Kind, Term
from app.models.product import FeedKind, ReadProduct
from app.models.tables.tag import MessageTag
from app.store.database import Database
from app.store.reading import interests as reading
from app.store.reading.queries import StoreQueries
from app.store.writing import customers, interests, products, tags
from tests.fakes.clock import FakeClock
from tests.store.making import NOW_MS, arrival, keep, rows
from tests.store.reading.test_audience import PERIOD, ZONE, at, read

MAREA = Term(Kind.TITLE, "marea", "Marea")
VINYL = Term(Kind.STYLE, "vinilo", "Vinilo")


def spoken(database: Database, account_id: int) -> None:
    """Ximena twice of «Marea», once of vinyl; Paul of «Marea» before the period and in it; a search found Zoé."""
    keep(
        database,
        account_id,
        arrival("old", thread_key="z", at=at(PERIOD.before.first - timedelta(days=1))),
        arrival("m1", "¿Marea?", thread_key="a", at=at(PERIOD.first)),
        arrival("m2", "Marea en vinilo", thread_key="a", at=at(PERIOD.last)),
        arrival("m3", "Marea", thread_key="b", at=at(PERIOD.before.last), author_id="u2", author_handle="@paul", author_name="Paul"),
        arrival("m4", "Marea!", thread_key="b", at=at(PERIOD.last), author_id="u2", author_handle="@paul", author_name="Paul"),
    )
    database.write_now(interests.keep_terms, [MAREA, VINYL], bulk=True)
    texts = database.reader.now(lambda c: reading.messages_after(c, 0, 0, 100)[0])
    found = database.reader.now(lambda c: reading.spoken(c, texts))
    database.write_now(interests.keep_spoken, found, bulk=True)


def know(database: Database, customer: int, email: str, *flags: Flag) -> None:
    database.write_now(customers.describe, customer, CustomerWords("", "", "es", email, "", ()))
    database.write_now(customers.set_flags, customer, flags, NOW_MS)


def scope(account_id: int) -> Scope:
    return Scope(PERIOD, PERIOD.before, (account_id,), ZONE, "es")


def test_people_are_counted_not_messages(database: Database, account_id: int) -> None:
    spoken(database, account_id)
    found = read(database, account_id)
    assert [(each.name, each.people, each.messages, each.before) for each in found.interests] == [("Marea", 2, 3, 1), ("Vinilo", 1, 1, 0)]
    assert found.names_known


def test_tags_of_messages_are_interests_as_well(database: Database, account_id: int) -> None:
    spoken(database, account_id)
    number = database.write_now(tags.add, "Conciertos")
    ((message, conversation),) = rows(database, "SELECT id, conversation_id FROM message WHERE remote_id = 'm1'")
    database.write_now(lambda s: s.add(MessageTag(message_id=message, tag_id=number, at=NOW_MS)))
    found = read(database, account_id).interests
    assert (Kind.TAG, str(number), "Conciertos", 1) in [(each.kind, each.term, each.name, each.people) for each in found]
    asked = database.reader.now(
        lambda c: StoreQueries(c, FakeClock()).interest_conversations(scope(account_id), Kind.TAG, str(number), 9)
    )
    assert list(asked) == [conversation]


def test_a_common_word_is_put_away_and_stays_so(database: Database, account_id: int) -> None:
    spoken(database, account_id)
    database.write_now(lambda s: interests.put_away(s, Kind.TITLE, "marea", hidden=True))
    assert database.write_now(interests.keep_terms, [MAREA], bulk=True) == 0
    assert [each.name for each in read(database, account_id).interests] == ["Vinilo"]
    assert database.reader.now(lambda c: StoreQueries(c, FakeClock()).interests_put_away()) == [MAREA]


def test_only_who_wants_the_newsletter_stands_on_its_list(database: Database, account_id: int) -> None:
    spoken(database, account_id)

    def readers() -> list[tuple[str, str, tuple[tuple[Kind, str], ...]]]:
        asked = database.reader.now(lambda c: StoreQueries(c, FakeClock()).newsletter_readers(scope(account_id)))
        return [(each.email, each.name, each.interests) for each in asked]

    know(database, 1, "ximena@correo.example")
    assert readers() == []  # an address that came with a question or an order is no leave
    assert (read(database, account_id).with_email, read(database, account_id).readers) == (1, 0)
    know(database, 1, "ximena@correo.example", Flag.NEWSLETTER)
    know(database, 2, "", Flag.NEWSLETTER)
    assert readers() == [("ximena@correo.example", "Ximena Robles", ((Kind.TITLE, "Marea"), (Kind.STYLE, "Vinilo")))]
    found = read(database, account_id)
    assert (found.readers, found.interests[0].reachable) == (1, 1)
    know(database, 1, "ximena@correo.example")
    assert readers() == []


def test_conversations_behind_an_interest_are_the_newest_first(database: Database, account_id: int) -> None:
    spoken(database, account_id)
    queries = lambda c: StoreQueries(c, FakeClock())  # noqa: E731
    asked = database.reader.now(lambda c: queries(c).interest_conversations(scope(account_id), Kind.TITLE, "marea", 9))
    threads = dict(rows(database, "SELECT thread_key, id FROM conversation"))
    assert sorted(asked) == sorted([threads["a"], threads["b"]])
    assert list(database.reader.now(lambda c: queries(c).interest_conversations(scope(account_id), Kind.STYLE, "vinilo", 9))) == [threads["a"]]


def test_products_and_messages_are_gone_through_by_pieces(database: Database, account_id: int) -> None:
    feed = database.write_now(products.add_feed, "Catálogo", FeedKind.CSV, "c.csv", {}, "")
    database.write_now(products.keep, feed, [ReadProduct("1", "Marea", "Mar de Cal", "Vinilo"), ReadProduct("2", "Cota", "Alud")], NOW_MS, bulk=True)
    assert database.reader.now(reading.products_after, 0, 1) == [(1, "Marea", "Mar de Cal", "Vinilo")]
    assert database.reader.now(reading.products_after, 1, 9) == [(2, "Cota", "Alud", "")]
    keep(database, account_id, arrival("m1"), arrival("o1", ours=True), arrival("m2"))
    own, last = database.reader.now(reading.messages_after, 0, 0, 2)
    assert ([number for number, _ in own], last) == ([1], 2)
    assert database.reader.now(reading.messages_after, 3, 0, 2) == ([], 3)
    assert database.reader.now(reading.messages_after, 0, NOW_MS, 9) == ([], 3)
