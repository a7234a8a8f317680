"""Tables of accounts and of how far each was read. No secret is ever stored here: see runtime/credentials.py."""

from __future__ import annotations

from sqlmodel import Field, SQLModel


class Account(SQLModel, table=True):
    """One signed-in profile on one network. Times: UTC milliseconds."""

    __tablename__ = "account"

    id: int | None = Field(default=None, primary_key=True)
    network: str
    server: str = ""
    handle: str
    name: str = ""
    remote_id: str
    url: str = ""
    avatar: str = ""
    state: str = "ready"
    state_since: int | None = None
    checked_at: int | None = None
    trouble: str = ""
    limits: str = "{}"
    """The network's limits for this account as last read from its server (JSON of networks.network.Limits)."""
    facts: str = "{}"
    """What the network's folder remembers of the server (software, version, features), JSON; opaque to everyone else."""
    position: int = 0
    removed_at: int | None = None
    """Set when the user removed the account: its messages stay, it leaves the lists."""


class Cursor(SQLModel, table=True):
    """How far a stream of an account was read; moves in the same transaction as what it covers."""

    __tablename__ = "cursor"

    account_id: int = Field(primary_key=True, foreign_key="account.id")
    stream: str = Field(primary_key=True)
    value: str = ""
    moved_at: int = 0
