"""What the simulated server keeps until its time: as Mastodon does, and published under another id when its time has come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from app.networks.outgoing import Held, Outgoing, Sent
from app.networks.sample.state import HeldPost, ServedPost, entry
from app.networks.sample.world import World, digest
from app.runtime.clock import from_ms, to_ms
from app.runtime.errors import Refused
from app.runtime.words import Message as Words

HELD_AHEAD = timedelta(minutes=5)
"""A post is kept only when its time is at least so far away."""


class KeepingWorld(World):
    """The world with scheduled posts."""

    def may_hold(self, at: datetime) -> bool:
        return at >= self.clock.now() + HELD_AHEAD

    def hold(self, account: str, part: Outgoing, at: datetime) -> Held | Sent:
        """Keeps it as often as it is asked to; a server that knows no scheduling publishes at once."""
        state = self.look()
        if account in state.holds_nothing:
            return self.publish(account, part)
        if not self.may_hold(at):
            raise Refused(Words("sample.refused.rules"))
        self.check(state, account, part)
        held = HeldPost(
            account=account,
            id=digest(account, part.key, "held", str(state.entries)),
            key=part.key,
            text=part.text,
            at=to_ms(at),
            visibility=part.visibility,
            language=part.language,
            media=part.media_ids,
        )
        self.note(entry("held", held))
        return Held(held.id, at, held.text)

    def held(self, account: str) -> list[Held]:
        kept = (post for (owner, _), post in self.look().held.items() if owner == account)
        return [Held(post.id, from_ms(post.at), post.text) for post in sorted(kept, key=lambda post: post.at)]

    def move_held(self, account: str, held_id: str, at: datetime) -> bool:
        post = self.look().held.get((account, held_id))
        if post is None:
            return False
        self.note(entry("held", replace(post, at=to_ms(at))))
        return True

    def let_go_held(self, account: str, held_id: str) -> bool:
        if (account, held_id) not in self.look().held:
            return False
        self.note({"op": "held_gone", "account": account, "id": held_id})
        return True

    def let_held_out(self) -> None:
        """What was kept and has fallen due is published, under an id of its own, at the time it was kept for."""
        state = self.look()
        for post in [post for post in state.held.values() if post.at <= self.now()]:
            key = post.key if (post.account, post.key) not in state.by_key else f"{post.key} held {post.id}"
            published = ServedPost(
                account=post.account,
                id=digest(post.account, key),
                key=key,
                text=post.text,
                at=post.at,
                visibility=post.visibility,
                language=post.language,
                media=post.media,
            )
            self.note(entry("post", published), {"op": "held_gone", "account": post.account, "id": post.id})
