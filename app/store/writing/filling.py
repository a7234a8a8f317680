"""Fills an empty data file with many rows at once, by the names of tables and columns: for the sample shop and for large test files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import Session, SQLModel

from app.models.playbook import PlaybookAnswer
from app.models.tables.account import Account, Cursor
from app.models.tables.agreement import Agreement
from app.models.tables.case import Case, Promise
from app.models.tables.conversation import Conversation, Customer, Identity, Message, Note, ReplyDraft
from app.models.tables.faq import FaqAsked, FaqEntry, FaqUse
from app.models.tables.mail import Escalation, Invitation, Letter, Mailbox, Manager
from app.models.tables.order import Order
from app.models.tables.outbox import OutboxItem
from app.models.tables.post import (
    Campaign,
    HashtagSet,
    KeptReply,
    Mark,
    Pattern,
    Phase,
    Post,
    PostPicture,
    Product,
    ProductFeed,
    Series,
    Slot,
    SlotDay,
    TrackedLink,
    Variant,
)
from app.models.tables.profile import Answer, Sample, Setting, Wording
from app.models.tables.sale import CampaignCost, CampaignCoupon, VisitDay
from app.models.tables.saved_search import SavedSearch, SearchHit
from app.models.tables.support import CallMonth, MessageTerm, ProductTerm
from app.store.notes import insert_many
from app.store.writing.playbook import count_replies, import_answers

Row = Mapping[str, object]

ORDER: tuple[type[SQLModel], ...] = (
    Setting,
    HashtagSet,
    ProductFeed,
    Product,
    Account,
    Cursor,
    Slot,
    SlotDay,
    Campaign,
    Phase,
    Pattern,
    Mark,
    Series,
    Post,
    Variant,
    PostPicture,
    Customer,
    Order,
    Identity,
    Conversation,
    Message,
    KeptReply,
    Case,
    Promise,
    Note,
    ReplyDraft,
    OutboxItem,
    TrackedLink,
    CampaignCost,
    CampaignCoupon,
    VisitDay,
    Mailbox,
    Manager,
    Escalation,
    Invitation,
    Agreement,
    Letter,
    FaqEntry,
    FaqAsked,
    FaqUse,
    SavedSearch,
    SearchHit,
    Sample,
    ProductTerm,
    MessageTerm,
    CallMonth,
    Answer,
    Wording,
)
"""So that what is pointed to is there before what points to it."""


def fill(session: Session, tables: Mapping[str, Sequence[Row]], answers: Sequence[PlaybookAnswer] = ()) -> None:
    """Adds rows with ids of the caller's choice; columns that a row leaves out take the table's default. Unknown names are a bug.

    The playbook's `answers` come along in the same transaction.
    """
    known = {str(kind.__tablename__): kind for kind in ORDER}
    unknown = tables.keys() - known.keys()
    if unknown:
        raise KeyError(f"no such table: {', '.join(sorted(unknown))}")
    for name, kind in known.items():
        _insert(session, kind, tables.get(name, ()))
    import_answers(session, answers)
    if answers:
        count_replies(session)


def _insert(session: Session, kind: type[SQLModel], rows: Iterable[Row]) -> None:
    defaults: dict[str, Any] = {name: field.default for name, field in kind.model_fields.items()}
    required = frozenset(name for name, field in kind.model_fields.items() if field.is_required())
    columns = tuple(defaults)
    values = []
    for row in rows:
        if not required <= row.keys() <= defaults.keys():
            wrong = (required - row.keys()) | (row.keys() - defaults.keys())
            raise KeyError(f"{kind.__tablename__}: {', '.join(sorted(wrong))}")
        values.append(tuple(row.get(name, defaults[name]) for name in columns))
    insert_many(session, kind, columns, values)
