"""The maintained counts: triggers that keep the table `counter` right under every way of writing, bulk statements included."""

from __future__ import annotations

MESSAGES = "messages"
"""In place of a conversation's state: the count of all messages of an account."""


def _add(account: str, state: str) -> str:
    return (
        f"INSERT INTO counter (account_id, state, count) VALUES ({account}, {state}, 1) "
        "ON CONFLICT (account_id, state) DO UPDATE SET count = count + 1;"
    )


def _subtract(account: str, state: str) -> str:
    return f"UPDATE counter SET count = count - 1 WHERE account_id = {account} AND state = {state};"


def statements() -> tuple[str, ...]:
    """What a migration executes to make the triggers."""
    messages = f"'{MESSAGES}'"
    return (
        f"CREATE TRIGGER counter_conversation_added AFTER INSERT ON conversation BEGIN {_add('NEW.account_id', 'NEW.state')} END",
        "CREATE TRIGGER counter_conversation_moved AFTER UPDATE OF state, account_id ON conversation "
        "WHEN OLD.state <> NEW.state OR OLD.account_id <> NEW.account_id "
        f"BEGIN {_subtract('OLD.account_id', 'OLD.state')} {_add('NEW.account_id', 'NEW.state')} END",
        "CREATE TRIGGER counter_conversation_removed AFTER DELETE ON conversation "
        f"BEGIN {_subtract('OLD.account_id', 'OLD.state')} END",
        f"CREATE TRIGGER counter_message_added AFTER INSERT ON message BEGIN {_add('NEW.account_id', messages)} END",
        f"CREATE TRIGGER counter_message_removed AFTER DELETE ON message BEGIN {_subtract('OLD.account_id', messages)} END",
    )
