"""Rows as the command line gives them out: plain values under the names that scripts rely on."""

from __future__ import annotations

from app.cli.output import Output
from app.models.account import AccountRow
from app.models.conversation import ConversationRow
from app.models.outbox import OutboxRow


def account_values(row: AccountRow) -> dict[str, object]:
    return {"id": row.id, "network": row.network, "handle": row.handle, "name": row.name, "server": row.server, "state": row.state}


def outbox_values(out: Output, row: OutboxRow) -> dict[str, object]:
    return {
        "id": row.id,
        "account": row.account_id,
        "kind": row.kind,
        "state": row.state,
        "url": row.url,
        "reason": out.sentence(row.reason),
        "due_at": row.due_at,
        "to": row.to,
        "text": row.text,
        "remote_id": row.remote_id,
        "post": row.post_id,
        "keeper": row.keeper,
        "deleted_at": row.deleted_at,
    }


def conversation_values(row: ConversationRow) -> dict[str, object]:
    return {
        "id": row.id,
        "account": row.account_id,
        "author": row.author,
        "handle": row.handle,
        "state": row.state,
        "category": row.category,
        "language": row.language,
        "last_at": row.last_at,
        "answer_by": row.answer_by,
        "text": row.snippet,
    }
