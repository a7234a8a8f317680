"""Posts: saved at each pause, planned, deleted. What is owed for them is in the outbox."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from sqlmodel import Session, col, select

from app.models.message import Visibility
from app.models.post import LinkPreview, Picture, Poll, PostDraft, PostState, QuotedPost
from app.models.tables.post import Post, PostPicture, Variant
from app.runtime.clock import to_ms

PLAIN = (
    "campaign_id",
    "announcement",
    "mark_id",
    "series_id",
    "series_day",
    "evergreen",
    "question",
    "set_account_id",
    "track_clicks",
    "spacing",
    "origin",
)
"""What a draft and its row hold in the same form, under the same name."""


def save(session: Session, draft: PostDraft, now_ms: int, *, state: PostState | None = None) -> int:
    """Stores the whole of it and answers its id. New ones are drafts unless `state` says otherwise; others keep theirs unless it does."""
    post = session.get(Post, draft.id) if draft.id is not None else None
    if post is None:
        post = Post(id=draft.id, state=PostState.DRAFT, created_at=now_ms, saved_at=now_ms)
        session.add(post)
    if state is not None:
        post.state = state
    post.title, post.parts = draft.title, _texts(draft.parts)
    post.format, post.pillar = draft.format, draft.pillar
    post.poll, post.visibility, post.warning, post.language = (
        poll_text(draft.poll),
        draft.visibility,
        draft.warning,
        draft.language,
    )
    post.planned_at, post.zone = None if draft.planned_at is None else to_ms(draft.planned_at), draft.zone
    if post.state == PostState.SCHEDULED and post.planned_at is None:
        post.planned_at = now_ms
    post.quote, post.link_card = quote_text(draft.quote), link_card_text(draft.link_card)
    if draft.link_card is None and draft.no_card_of:
        post.link_card = json.dumps({"declined": draft.no_card_of}, ensure_ascii=False)
    post.lateness = draft.lateness.to_text() if draft.lateness is not None else ""
    for name in PLAIN:
        setattr(post, name, getattr(draft, name))
    post.saved_at = now_ms
    session.flush()
    post_id = post.id or 0
    _save_variants(session, post_id, draft)
    _save_pictures(session, post_id, draft)
    return post_id


def set_state(session: Session, post_id: int, state: PostState, now_ms: int) -> PostState:
    """Answers the state it had. A scheduled post without a time goes out now."""
    post = session.get_one(Post, post_id)
    before = PostState(post.state)
    post.state, post.saved_at = state, now_ms
    if state is PostState.SCHEDULED and post.planned_at is None:
        post.planned_at = now_ms
    return before


def plan(session: Session, post_id: int, planned_at_ms: int | None, zone: str | None, now_ms: int) -> None:
    """Another time, chosen in `zone` (None: where the old one was); None takes it off the calendar."""
    post = session.get_one(Post, post_id)
    post.planned_at, post.saved_at = planned_at_ms, now_ms
    post.zone = post.zone if zone is None else zone


def spacing(session: Session, post_id: int) -> tuple[list[int], int]:
    """Its accounts in their order, and the minutes between them."""
    post = session.get(Post, post_id)
    accounts = session.exec(select(Variant.account_id).where(Variant.post_id == post_id).order_by(col(Variant.account_id))).all()
    return list(accounts), post.spacing if post is not None else 0


def delete(session: Session, post_id: int, now_ms: int) -> None:
    """It leaves every list; `restore` brings it back. What waits in the outbox is withdrawn by writing/outbox.py."""
    session.get_one(Post, post_id).deleted_at = now_ms


def restore(session: Session, post_id: int, now_ms: int) -> None:
    post = session.get_one(Post, post_id)
    post.deleted_at, post.saved_at = None, now_ms


def set_evergreen(session: Session, post_id: int, evergreen: bool) -> None:
    """Whether it may go out again and again."""
    session.get_one(Post, post_id).evergreen = evergreen


def set_question(session: Session, post_id: int, question: bool) -> None:
    """Whether it asks the community something, so that its replies are collected."""
    session.get_one(Post, post_id).question = question


def _save_variants(session: Session, post_id: int, draft: PostDraft) -> None:
    own = dict(draft.variants)
    wanted = {
        account_id: _texts(own[account_id]) if account_id in own else "" for account_id in (*draft.accounts, *own)
    }
    for variant in session.exec(select(Variant).where(Variant.post_id == post_id)):
        if variant.account_id in wanted:
            variant.parts = wanted.pop(variant.account_id)
            variant.visibility = _chosen(draft, variant.account_id)
        else:
            session.delete(variant)
    for account_id, parts in wanted.items():
        session.add(Variant(post_id=post_id, account_id=account_id, parts=parts, visibility=_chosen(draft, account_id)))


def _chosen(draft: PostDraft, account_id: int) -> str:
    return Visibility.PUBLIC if account_id in draft.public_at else ""


def _save_pictures(session: Session, post_id: int, draft: PostDraft) -> None:
    kept = session.exec(
        select(PostPicture).where(PostPicture.post_id == post_id).order_by(col(PostPicture.position))
    ).all()
    for row in kept[len(draft.pictures) :]:
        session.delete(row)
    for position, picture in enumerate(draft.pictures):
        if position < len(kept):
            kept[position].path, kept[position].alt = picture.path, picture.alt
        else:
            session.add(PostPicture(post_id=post_id, position=position, path=picture.path, alt=picture.alt))


def _texts(parts: tuple[str, ...]) -> str:
    return json.dumps(list(parts), ensure_ascii=False)


def link_card_text(card: LinkPreview | None) -> str:
    """As tables keep it; empty for none."""
    return json.dumps(asdict(card), ensure_ascii=False) if card is not None else ""


def quote_text(quote: QuotedPost | None) -> str:
    """As tables keep it; empty for none."""
    return json.dumps(asdict(quote), ensure_ascii=False) if quote is not None else ""


def pictures_text(pictures: Sequence[Picture]) -> str:
    """As a delivery and a reply's draft keep them."""
    return json.dumps([{"path": picture.path, "alt": picture.alt} for picture in pictures], ensure_ascii=False)


def poll_text(poll: Poll | None) -> str:
    """As tables keep it; empty for none."""
    if poll is None:
        return ""
    return json.dumps(
        {"options": list(poll.options), "hours": poll.hours, "multiple": poll.multiple}, ensure_ascii=False
    )
