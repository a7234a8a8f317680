"""The maintained counts: triggers that keep the table `counter` right under every way of writing, bulk statements included."""

from __future__ import annotations

MESSAGES = "messages"
"""In place of a conversation's state: the count of all messages of an account."""

SEARCH = "search:"
"""In place of a state, with the id of a saved search behind it: what that search found and somebody has still to look at."""


def to_look_at(row: str) -> str:
    """SQL: a conversation needs an answer, or was found at a network (where it waits for nobody) and not read yet."""
    return f"({row}.state = 'needs_answer' OR ({row}.state = 'waiting' AND {row}.unread))"


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
        *_of_searches(),
    )


def _of_searches() -> tuple[str, ...]:
    moved = f"{to_look_at('OLD')} <> {to_look_at('NEW')} OR (OLD.account_id <> NEW.account_id AND {to_look_at('NEW')})"
    hits = f"SELECT '{SEARCH}' || search_id FROM search_hit WHERE conversation_id = "
    more = "ON CONFLICT (account_id, state) DO UPDATE SET count = count + 1;"
    less = "UPDATE counter SET count = count - 1 WHERE"
    there = "FROM conversation AS c WHERE c.id = {row}.conversation_id AND " + to_look_at("c")
    return (
        f"CREATE TRIGGER counter_hit_added AFTER INSERT ON search_hit BEGIN INSERT INTO counter (account_id, state, count)"
        f" SELECT c.account_id, '{SEARCH}' || NEW.search_id, 1 {there.format(row='NEW')} {more} END",
        f"CREATE TRIGGER counter_hit_removed AFTER DELETE ON search_hit BEGIN {less} state = '{SEARCH}' || OLD.search_id"
        f" AND account_id = (SELECT c.account_id {there.format(row='OLD')}); END",
        f"CREATE TRIGGER counter_hit_moved AFTER UPDATE OF state, unread, account_id ON conversation WHEN {moved} BEGIN"
        f" {less} {to_look_at('OLD')} AND account_id = OLD.account_id AND state IN ({hits}OLD.id);"
        f" INSERT INTO counter (account_id, state, count) SELECT NEW.account_id, '{SEARCH}' || search_id, 1 FROM search_hit"
        f" WHERE conversation_id = NEW.id AND {to_look_at('NEW')} {more} END",
    )
