"""Accounts: added, signed in again, described by their server, removed. Secrets are never here."""

from __future__ import annotations

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from app.models.account import AccountState
from app.models.outbox import LEGAL_MOVES, DeliveryState
from app.models.tables.account import Account
from app.models.tables.conversation import Conversation
from app.models.tables.outbox import OutboxItem
from app.store.notes import execute, note


def add(
    session: Session,
    network: str,
    server: str,
    handle: str,
    remote_id: str,
    now_ms: int,
    *,
    name: str = "",
    url: str = "",
    avatar: str = "",
    state: AccountState = AccountState.READY,
    limits: str = "{}",
    facts: str = "{}",
) -> int:
    """Answers the account's id. A profile that was here before, removed or signed out, comes back as the same account."""
    same = (Account.network == network, Account.server == server, Account.remote_id == remote_id)
    account = session.exec(select(Account).where(*same)).first()
    if account is None:
        position = session.exec(select(func.coalesce(func.max(Account.position), 0) + 1)).one()
        account = Account(network=network, server=server, handle=handle, remote_id=remote_id, position=position)
        session.add(account)
    account.handle, account.name, account.url, account.avatar = handle, name, url, avatar
    account.limits, account.facts = limits, facts
    if account.removed_at is not None:
        note(session, Conversation, None)  # they are in the lists again
    account.state, account.state_since, account.trouble, account.removed_at = state, now_ms, "", None
    session.flush()
    return _id(account)


def standing_of(session: Session, network: str, server: str, remote_id: str) -> tuple[int, str, str, bool] | None:
    """(id, state, trouble, whether it was removed) of a profile that was here before."""
    same = (Account.network == network, Account.server == server, Account.remote_id == remote_id)
    account = session.exec(select(Account).where(*same)).first()
    return None if account is None else (_id(account), account.state, account.trouble, account.removed_at is not None)


def update_profile(session: Session, account_id: int, *, handle: str, name: str, url: str, avatar: str) -> None:
    """What the network says of us now."""
    account = session.get_one(Account, account_id)
    account.handle, account.name, account.url, account.avatar = handle, name, url, avatar


def update_server(session: Session, account_id: int, limits: str, facts: str) -> None:
    """What the server told of itself, as JSON texts."""
    account = session.get_one(Account, account_id)
    account.limits, account.facts = limits, facts


def set_state(session: Session, account_id: int, state: AccountState, now_ms: int, trouble: str = "") -> None:
    """`trouble` is a `Message` as JSON. The same state again keeps the time since when it holds."""
    account = session.get_one(Account, account_id)
    if account.state != state:
        account.state, account.state_since = state, now_ms
    account.trouble = trouble


def set_trouble(session: Session, account_id: int, trouble: str) -> None:
    """Why the last attempt failed, a `Message` as JSON; empty when it did not."""
    session.get_one(Account, account_id).trouble = trouble


def checked(session: Session, account_id: int, now_ms: int) -> None:
    """Its messages were read to the end."""
    account = session.get_one(Account, account_id)
    account.checked_at, account.trouble = now_ms, ""


def remove(session: Session, account_id: int, now_ms: int) -> None:
    """It leaves the lists, and its conversations with it; what waits is let go. Messages and posts stay, and so do deliveries about
    which we are unsure.
    """
    account = session.get_one(Account, account_id)
    account.state, account.state_since, account.removed_at = AccountState.SIGNED_OUT, now_ms, now_ms
    note(session, Conversation, None)
    loosable = [
        state
        for state, moves in LEGAL_MOVES.items()
        if DeliveryState.LET_GO in moves and state is not DeliveryState.UNSURE
    ]
    owed = (col(OutboxItem.account_id) == account_id, col(OutboxItem.state).in_(loosable))
    execute(session, update(OutboxItem).where(*owed).values(state=DeliveryState.LET_GO))


def _id(account: Account) -> int:
    if account.id is None:
        raise AssertionError("flushed rows have an id")
    return account.id
