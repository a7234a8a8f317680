"""Names and where they were spoken of are kept once."""

from __future__ import annotations

from app.models.interest import Kind, Term
from app.store.database import Database
from app.store.writing import interests
from tests.store.making import arrival, keep, rows


def test_the_same_name_of_two_products_is_one(database: Database, account_id: int) -> None:
    terms = [Term(Kind.MAKER, "mar de cal", "Mar de Cal"), Term(Kind.TITLE, "mar de cal", "Mar de cal")]
    assert database.write_now(interests.keep_terms, terms, bulk=True) == 2
    assert database.write_now(interests.keep_terms, [*terms, Term(Kind.TITLE, "cota", "Cota")], bulk=True) == 1
    keep(database, account_id, arrival("m1"))
    for _ in range(2):
        database.write_now(interests.keep_spoken, [(1, "title", "cota"), (1, "maker", "mar de cal")], bulk=True)
    assert rows(database, "SELECT count(*) FROM message_term") == [(2,)]
    database.write_now(interests.keep_terms, [], bulk=True)
