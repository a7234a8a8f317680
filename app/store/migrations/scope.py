"""What the migrations are about: the tables of app/models/tables, without the search index's own."""

from __future__ import annotations

from sqlalchemy import MetaData
from sqlmodel import SQLModel

from app.models.tables import (
    account,
    agreement,
    case,
    conversation,
    faq,
    mail,
    order,
    outbox,
    playbook,
    post,
    profile,
    sale,
    saved_search,
    support,
    tag,
)
from app.store.search import is_of_index

TABLES = (account, agreement, case, conversation, faq, mail, order, outbox, playbook, post, profile, sale, saved_search, support, tag)
"""Importing these modules is what fills the metadata."""


def metadata() -> MetaData:
    """All tables of the program."""
    return SQLModel.metadata


def of_schema(name: str | None, kind: str, _parents: object) -> bool:
    """Alembic's `include_name`."""
    return not (kind == "table" and name is not None and is_of_index(name))
