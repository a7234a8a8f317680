"""Which published questions of the FAQ a reply points to: by their address, with or without what measures clicks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from urllib.parse import parse_qsl, urlencode, urlsplit

from app.store.database import Session
from app.store.reading import faq as reading
from app.store.reading.faq import Published
from app.store.writing import faq as writing

ADDRESS = re.compile(
    r"(?:https?://)?(?<![\w@.-])(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?(?:[/?#][^\s<>\"'«»“”]*)?", re.IGNORECASE
)
MEASURES = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|igshid|ref", re.IGNORECASE)
"""Parameters of an address that say where somebody came from."""


def linked(text: str, entries: Sequence[Published], asked: Collection[int] = ()) -> list[int]:
    """The entries that a text points to. Where several stand on one page and the address names none of them, the one that was asked (or
    the only one there) is meant, else none.
    """
    found: list[int] = []
    for page, anchor in dict.fromkeys(address_of(each.rstrip(".,;:!?)]}…")) for each in ADDRESS.findall(text)):
        here = [(entry.id, address_of(entry.url)[1]) for entry in entries if address_of(entry.url)[0] == page]
        exact = [number for number, own in here if own == anchor]
        meant = exact or ([number for number, _ in here] if not anchor else [])
        if len(meant) > 1:
            meant = [number for number in meant if number in asked][:1]
        found += [number for number in meant if number not in found]
    return found


def address_of(url: str) -> tuple[str, str]:
    """(page, place in it), as two addresses of the same are alike."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    host = parts.netloc.casefold().removeprefix("www.")
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not MEASURES.fullmatch(name)
    ]
    page = f"{host}{parts.path.rstrip('/')}"
    return (f"{page}?{urlencode(kept)}" if kept else page), parts.fragment.split("?")[0]


def note(session: Session, conversation_id: int, outbox_id: int, text: str, at_ms: int) -> None:
    """Count the links of the FAQ in a reply that is owed from now on, in its own transaction."""
    if "." not in text:
        return
    connection = session.connection().connection.driver_connection
    entries = reading.published(connection) if connection is not None else []
    if entries:
        found = linked(text, entries, writing.entries_of(session, conversation_id))
        writing.link_sent(session, found, conversation_id, outbox_id, at_ms)


def take_back(session: Session, outbox_id: int) -> None:
    """The reply was taken back: its links were not sent."""
    writing.link_taken_back(session, outbox_id)
