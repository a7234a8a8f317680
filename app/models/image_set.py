"""Image sets (product.md, P7): one account publishes all pictures; the others carry the first one and a link to the set. Plain text and data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.models.post import PostDraft

PLACE = "{set}"
"""Where the set's link goes in a text that waits for it."""
STAND_IN = "https://example.org/a-link-as-long/as-those-of-most/networks-are"
"""Measured in its place until the link is known."""


def is_set(draft: PostDraft) -> bool:
    """Whether the post is published as a set: somebody waits for the link."""
    return draft.set_account_id in draft.accounts and len(draft.accounts) > 1 and bool(draft.pictures)


def waits(draft: PostDraft, account_id: int) -> bool:
    """Whether the account's own text waits for the set."""
    return is_set(draft) and account_id != draft.set_account_id


def for_account(draft: PostDraft, account_id: int) -> PostDraft:
    """The post as this account gets it: all of it, or the first picture and a text with a place for the link."""
    if not waits(draft, account_id):
        return draft
    own = dict(draft.variants)
    own[account_id] = with_place(own.get(account_id, draft.parts))
    return replace(draft, variants=tuple(own.items()), pictures=draft.pictures[:1])


def with_place(parts: Sequence[str]) -> tuple[str, ...]:
    """Texts that have a place for the link; at the end of the last one where they had none."""
    if any(PLACE in part for part in parts):
        return tuple(parts)
    full = [number for number, part in enumerate(parts) if part.strip()]
    last = full[-1] if full else 0
    texts = list(parts or ("",))
    texts[last] = f"{texts[last].rstrip()}\n{PLACE}".lstrip()
    return tuple(texts)


def linked(text: str, url: str) -> str:
    """With the link in its place."""
    return text.replace(PLACE, url)


def measured(text: str) -> str:
    """What is measured while the link is not known."""
    return linked(text, STAND_IN)


def without_place(text: str) -> str:
    """For a post that leaves without the link."""
    if PLACE not in text:
        return text
    lines = [" ".join(line.replace(PLACE, " ").split()) if PLACE in line else line for line in text.split("\n")]
    kept = [line for line, before in zip(lines, text.split("\n"), strict=True) if line or PLACE not in before]
    return "\n".join(kept).strip()
