"""Agreements that stand: those of a customer, those of a conversation, and one of them whole with its transcript."""

from __future__ import annotations

import json
import sqlite3

from app.models.agreement import AgreementKind, AgreementPaper, AgreementRow, Quoted
from app.models.message import MessageKind
from app.runtime.clock import from_ms, to_ms

MOST = 20
MOST_QUOTED = 200
"""Messages of a transcript."""
_ROW = "SELECT id, conversation_id, kind, text, amount, currency, order_number, agreed_at FROM agreement"


def of_customer(connection: sqlite3.Connection, customer_id: int) -> list[AgreementRow]:
    """The newest first."""
    sql = f"{_ROW} WHERE customer_id = ? AND removed_at IS NULL ORDER BY agreed_at DESC, id DESC LIMIT ?"
    return [_row(*found) for found in connection.execute(sql, (customer_id, MOST))]


def of_conversation(connection: sqlite3.Connection, conversation_id: int) -> list[AgreementRow]:
    """The oldest first."""
    sql = f"{_ROW} WHERE conversation_id = ? AND removed_at IS NULL ORDER BY agreed_at, id LIMIT ?"
    return [_row(*found) for found in connection.execute(sql, (conversation_id, MOST))]


def newest(connection: sqlite3.Connection, limit: int) -> list[AgreementRow]:
    """Of all customers, the newest first."""
    sql = f"{_ROW} WHERE removed_at IS NULL ORDER BY id DESC LIMIT ?"
    return [_row(*found) for found in connection.execute(sql, (limit,))]


def paper(connection: sqlite3.Connection, agreement_id: int) -> AgreementPaper | None:
    """All of one, also of one that was replaced or removed; None where there is none."""
    found = connection.execute(
        f"{_ROW.replace(' FROM', ', customer_id, terms, transcript, made_at, replaces, removed_at FROM')} WHERE id = ?",
        (agreement_id,),
    ).fetchone()
    if found is None:
        return None
    row = _row(*found[:8])
    customer_id, terms, transcript, made_at, replaces, removed_at = found[8:]
    name, language = connection.execute("SELECT name, language FROM customer WHERE id = ?", (customer_id,)).fetchone()
    profiles = connection.execute(
        "SELECT network, handle, name FROM identity WHERE customer_id = ? ORDER BY id", (customer_id,)
    ).fetchall()
    account = connection.execute(
        "SELECT a.network, a.handle, c.language FROM conversation AS c JOIN account AS a ON a.id = c.account_id WHERE c.id = ?",
        (row.conversation_id,),
    ).fetchone()
    before = connection.execute("SELECT id, agreed_at FROM agreement WHERE id = ?", (replaces,)).fetchone()
    shown = (name, *(own or handle for _, handle, own in profiles))
    return AgreementPaper(
        row=row,
        customer=next((each for each in shown if each), ""),
        profiles=tuple((network, handle) for network, handle, _ in profiles),
        network=account[0],
        account=account[1],
        terms=terms,
        transcript=tuple(quoted_from(transcript)),
        made_at=from_ms(made_at),
        replaces=None if before is None else (before[0], from_ms(before[1])),
        removed_at=None if removed_at is None else from_ms(removed_at),
        language=account[2] or language,
    )


def transcript(connection: sqlite3.Connection, conversation_id: int, messages: tuple[int, ...] | None) -> list[Quoted]:
    """What was said, the oldest first: the messages that were chosen, else the last ones."""
    sql = (
        "SELECT m.id, m.kind, m.text, m.at, m.url, i.name, i.handle, a.name, a.handle FROM message AS m JOIN account AS a ON a.id = m.account_id"
        " LEFT JOIN identity AS i ON i.id = m.identity_id WHERE m.conversation_id = ? AND NOT m.deleted ORDER BY m.at DESC, m.id DESC LIMIT ?"
    )
    lines = []
    for number, kind, text, at, url, name, handle, our_name, our_handle in connection.execute(
        sql, (conversation_id, MOST_QUOTED)
    ):
        if messages is not None and number not in messages:
            continue
        ours = kind == MessageKind.OURS
        who, of = (our_name or our_handle, our_handle) if ours else (name or handle or "", handle or "")
        lines.append(Quoted(ours, who, of, from_ms(at), text, url))
    return lines[::-1]


def quoted_json(lines: list[Quoted]) -> str:
    """As the table keeps them."""
    return json.dumps([{**line._asdict(), "at": to_ms(line.at)} for line in lines], ensure_ascii=False)


def quoted_from(text: str) -> list[Quoted]:
    """As `quoted_json` wrote them."""
    return [Quoted(**{**line, "at": from_ms(line["at"])}) for line in json.loads(text)]


def _row(
    number: int,
    conversation_id: int,
    kind: str,
    text: str,
    amount: int | None,
    currency: str,
    order_number: str,
    agreed_at: int,
) -> AgreementRow:
    return AgreementRow(
        number, conversation_id, AgreementKind(kind), text, amount, currency, order_number, from_ms(agreed_at)
    )
