"""Changes to a draft as plain functions: whose text is whose, which accounts it goes to. Nothing here knows the screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from app.models.message import Visibility
from app.models.post import Picture, PostDraft

Parts = tuple[str, ...]

VIDEO_ENDINGS = (".mp4", ".mov", ".m4v")


def own_texts(draft: PostDraft) -> dict[int, Parts]:
    """Account id -> its own parts, for accounts that have some."""
    return dict(draft.variants)


def parts_of(draft: PostDraft, account_id: int | None) -> Parts:
    """What goes to an account, or the base text for None."""
    own = own_texts(draft).get(account_id) if account_id is not None else None
    return own if own is not None else draft.parts


def has_own(draft: PostDraft, account_id: int | None) -> bool:
    return account_id is not None and account_id in own_texts(draft)


def with_parts(draft: PostDraft, account_id: int | None, parts: Parts) -> PostDraft:
    """Other words for an account, or for all that use the base text (None)."""
    parts = parts or ("",)
    if account_id is None:
        return replace(draft, parts=parts)
    return replace(draft, variants=_sorted({**own_texts(draft), account_id: parts}))


def without_own(draft: PostDraft, account_id: int) -> PostDraft:
    """The account uses the base text again."""
    return replace(draft, variants=_sorted({key: parts for key, parts in own_texts(draft).items() if key != account_id}))


def with_account(draft: PostDraft, account_id: int, chosen: bool) -> PostDraft:
    """Send it there too, or no longer; its own text goes along."""
    others = tuple(each for each in draft.accounts if each != account_id)
    if chosen:
        return replace(draft, accounts=tuple(sorted((*others, account_id))))
    public_at = tuple(each for each in draft.public_at if each != account_id)
    return replace(without_own(draft, account_id), accounts=others, public_at=public_at)


def with_visibility(draft: PostDraft, visibility: Visibility) -> PostDraft:
    """Who may read it; where that is not possible, the question is asked anew."""
    return draft if draft.visibility is visibility else replace(draft, visibility=visibility, public_at=())


def public_at(draft: PostDraft, account_id: int) -> PostDraft:
    """For everybody there, as the user says."""
    return replace(draft, public_at=tuple(sorted({*draft.public_at, account_id})))


def is_blank(draft: PostDraft) -> bool:
    """Whether there is nothing in it that somebody could miss."""
    texts = (*draft.parts, *(part for _, parts in draft.variants for part in parts), draft.warning, draft.title)
    options = draft.poll.options if draft.poll is not None else ()
    return not any(text.strip() for text in (*texts, *options)) and not draft.pictures and draft.quote is None


def is_video(picture: Picture) -> bool:
    """By its name, as the service that took it in."""
    return PurePath(picture.path).suffix.lower() in VIDEO_ENDINGS


def first_line(draft: PostDraft) -> str:
    """What names a post that has no title of its own."""
    lines = (line.strip() for part in draft.parts for line in part.splitlines())
    return next((line for line in lines if line), "")


def _sorted(own: dict[int, Parts]) -> tuple[tuple[int, Parts], ...]:
    return tuple(sorted(own.items()))
