"""Image sets: deliveries that wait for the one that publishes all pictures, asked inside the transaction that claims; and what the user decides.

Nothing that waits is lost: while the set is on its way it says so; when the set cannot come any more, or came without a link, it stands
before the user, who sends it without the link, gives the link, or lets it go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.language.measure import measure
from app.models.image_set import is_set, waits
from app.models.outbox import DeliveryState
from app.models.post import PostDraft
from app.networks.network import Card
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import Message, message
from app.services.server_facts import limits_from
from app.store.database import Database, Session
from app.store.writing import outbox, sets
from app.store.writing.sets import Waiting

TROUBLES = {
    DeliveryState.FAILED: "set.waits_failed",
    DeliveryState.UNSURE: "set.waits_unsure",
    DeliveryState.BY_HAND: "set.waits_by_hand",
}
"""What is said while the set needs the user; in other states it is simply waited for."""


def arrange(session: Session, post_id: int, draft: PostDraft, made: Mapping[int, int]) -> None:
    """The deliveries that were just made (account id -> outbox id) wait for that of the set, whichever that is by now."""
    if not is_set(draft) or draft.set_account_id is None:
        return
    first = sets.latest_of(session, post_id, draft.set_account_id)
    waiting = [number for account_id, number in made.items() if waits(draft, account_id)]
    if first is not None and waiting:
        sets.wait(session, waiting, first)


def tend(session: Session, now_ms: int, cards: Mapping[str, Card]) -> None:
    """Let go on what has its link; what can have none any more is put before the user; all others say what they wait for."""
    for item in sets.waiting(session):
        if item.set_state is DeliveryState.OUT and not item.has_place:
            _let_leave(session, item, now_ms, cards)
            continue
        network = cards[item.set_network].name
        if item.set_state in (DeliveryState.OUT, DeliveryState.LET_GO):
            reason = message("set.no_link" if item.set_state is DeliveryState.OUT else "set.let_go", network=network)
            if item.state is DeliveryState.WAITING:
                outbox.move(session, item.id, DeliveryState.FAILED, now_ms, reason=reason.to_json())
                continue
        else:
            reason = message(TROUBLES.get(item.set_state, "set.waits"), network=network)
        if reason.to_json() != item.reason:
            sets.say(session, item.id, reason.to_json())


def _let_leave(session: Session, item: Waiting, now_ms: int, cards: Mapping[str, Card]) -> None:
    too_long = _too_long(item, cards)
    sets.free(session, item.id, now_ms)
    if too_long is not None and item.state is DeliveryState.WAITING:
        outbox.move(session, item.id, DeliveryState.FAILED, now_ms, reason=too_long.to_json())


def _too_long(item: Waiting, cards: Mapping[str, Card]) -> Message | None:
    """With the link as it is: links of other lengths were thought of when it was planned."""
    limits = limits_from(item.limits, cards[item.network].limits)
    warning = item.warning if limits.warning else ""
    for part in item.parts:
        if not measure(part, limits.counting, limits.text, link_length=limits.link_length, warning=warning).fits:
            return message("check.too_long", handle=item.handle, limit=limits.text)
    return None


class ImageSets:
    """What the user decides about deliveries that wait for a set."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def send_without(self, outbox_ids: Sequence[int]) -> None:
        """They leave at their time, or now where that has passed, without the link. Raises UserMistake where one has left meanwhile."""
        now = to_ms(self._clock.now())

        def act(session: Session) -> None:
            for number in outbox_ids:
                item = outbox.delivery(session, number)
                if item is None or item.waits_for is None:
                    raise UserMistake(message("set.waits_no_more"))
                sets.forget_link(session, number)
                if item.state in (DeliveryState.FAILED, DeliveryState.LET_GO):
                    outbox.move(session, number, DeliveryState.WAITING, now)
                sets.free(session, number, now)

        await self._database.write(act)

    async def give_link(self, outbox_id: int, url: str) -> None:
        """The link of the set that this delivery waits for, which is out: all that wait for it leave with the link."""
        address = url.strip()
        if not address.startswith(("https://", "http://")) or any(each.isspace() for each in address):
            raise UserMistake(message("set.no_address"), field="url")
        now = to_ms(self._clock.now())

        def act(session: Session) -> None:
            stands = sets.set_of(session, outbox_id)
            if stands is None or stands[1] is not DeliveryState.OUT:
                raise UserMistake(message("set.waits_no_more"))
            item = outbox.delivery(session, outbox_id)
            assert item is not None
            sets.give_link(session, stands[0], address)
            for each in outbox.of_post(session, item.post_id or 0):
                if each.waits_for == stands[0] and each.state is DeliveryState.FAILED:
                    outbox.move(session, each.id, DeliveryState.WAITING, now)

        await self._database.write(act)
