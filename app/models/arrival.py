"""A message on its way in: what a reading hands to the store, without knowing networks or tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.models.conversation import Category
from app.models.message import Attachment, MessageKind, Visibility


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message read from a network, its author flattened into it. `at` is aware UTC."""

    remote_id: str
    kind: MessageKind
    author_id: str
    """The network's id of the author's profile."""
    author_handle: str
    text: str
    """Plain text; HTML was removed safely."""
    at: datetime
    thread_key: str
    """Equal for all messages of one conversation with one customer."""
    author_name: str = ""
    author_url: str = ""
    author_avatar: str = ""
    author_followers: int | None = None
    url: str = ""
    in_reply_to: str = ""
    visibility: Visibility = Visibility.PUBLIC
    language: str = ""
    attachments: tuple[Attachment, ...] = ()
    ours: bool = False
    """Written by the account itself, perhaps on another device."""
    parent_text: str = ""
    parent_url: str = ""
    parent_id: str = ""
    parent_ours: bool = True
    liked: bool = False
    boosted: bool = False
    answerable: bool = True
    """Whether the network lets a program answer it."""
    category: Category | None = None
    """What the program thinks it is about; used for a conversation that begins with this message."""
    quiet: bool = False
    """Found by a saved search and addressed to nobody here: it is shown there, and owes no answer unless somebody says so."""
