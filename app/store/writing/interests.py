"""Names of the catalogue and which messages speak of them: kept as they are found, and put away where a name is a common word."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session, col, update

from app.models.interest import Kind, Term
from app.models.tables.support import MessageTerm, ProductTerm
from app.store.notes import execute, upsert_many


def keep_terms(session: Session, terms: Sequence[Term]) -> int:
    """Answers how many were not known; a known one stays as it is, put away or not."""
    before = _count(session)
    rows: list[dict[str, object]] = [{"term": each.term, "kind": str(each.kind), "name": each.name, "hidden": False} for each in terms]
    upsert_many(session, ProductTerm, rows, ("term", "kind"), ())
    return _count(session) - before


def keep_spoken(session: Session, spoken: Sequence[tuple[int, str, str]]) -> None:
    """Each as (message id, kind, term)."""
    rows: list[dict[str, object]] = [{"message_id": number, "kind": kind, "term": term} for number, kind, term in spoken]
    upsert_many(session, MessageTerm, rows, ("message_id", "kind", "term"), ())


def put_away(session: Session, kind: Kind, term: str, *, hidden: bool) -> None:
    """It is no interest, or is one again."""
    wanted = update(ProductTerm).where(col(ProductTerm.kind) == str(kind), col(ProductTerm.term) == term)
    execute(session, wanted.values(hidden=hidden))


def _count(session: Session) -> int:
    row = session.connection().exec_driver_sql("SELECT count(*) FROM product_term").one()
    return int(row[0])
