"""What a network handed over, as the store takes it."""

from __future__ import annotations

from app.models.arrival import Arrival
from app.networks.network import Incoming


def arrival(item: Incoming) -> Arrival:
    """The same facts, flat."""
    return Arrival(
        remote_id=item.remote_id,
        kind=item.kind,
        author_id=item.author.remote_id,
        author_handle=item.author.handle,
        author_name=item.author.name,
        author_url=item.author.url,
        author_avatar=item.author.avatar,
        author_followers=item.author.followers,
        text=item.text,
        at=item.at,
        thread_key=item.thread_key,
        url=item.url,
        in_reply_to=item.in_reply_to,
        visibility=item.visibility,
        language=item.language,
        attachments=item.attachments,
        ours=item.ours,
        parent_text=item.parent_text,
        parent_url=item.parent_url,
        parent_id=item.parent_id,
        parent_ours=item.parent_ours,
        liked=item.liked,
        boosted=item.boosted,
        answerable=item.answerable,
    )
