"""Taking a published post off the network again, behind the guard of product.md, P9: for a spelling mistake, and on second thoughts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from app.models.delivery import Delivery, Owed
from app.models.outbox import DeleteReason, DeliveryState, OutboxKind
from app.models.post import PostState
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.services.connections import Connections
from app.services.deliveries import TEXTS
from app.services.reactions import new_key
from app.services.undo import Act, Undo
from app.store.database import Database, Session
from app.store.reading import accounts as accounts_reading
from app.store.reading import outbox as reading
from app.store.reading import posts as posts_reading
from app.store.writing import outbox, posts

COMING = (DeliveryState.WAITING, DeliveryState.CLAIMED, DeliveryState.UNSURE)


class Deletion:
    """Owes the deletion to the outbox, where it waits the undo time like everything that leaves. The text stays in the history."""

    def __init__(self, database: Database, connections: Connections, undo: Undo, clock: Clock, undo_seconds: Callable[[], int]) -> None:
        """`undo_seconds` is asked at each act."""
        self._database = database
        self._connections = connections
        self._undo = undo
        self._clock = clock
        self._undo_seconds = undo_seconds

    async def confirmation(self, outbox_id: int) -> str:
        """What the user must type to mean it: the account's handle. Raises `UserMistake` where it cannot be deleted at all."""
        item = await self._published(outbox_id)
        account = await self._database.read(accounts_reading.account, item.account_id)
        assert account is not None  # accounts are never erased
        card = self._connections.card(account.network)
        if "delete" not in card.abilities:
            raise UserMistake(card.refusals.get("delete") or message("outbox.not_offered", network=card.name))
        return account.handle

    async def delete(self, outbox_id: int, reason: DeleteReason, confirmation: str, *, again: bool = False) -> int | None:
        """Owe the deletion of what is out under this item, all parts of it. `again`: its text opens as a draft, whose id is answered.

        Raises `UserMistake` for any reason but a spelling mistake, and where `confirmation` is not what `confirmation()` answered.
        """
        handle = await self.confirmation(outbox_id)
        if reason is not DeleteReason.SPELLING:
            raise UserMistake(message(f"deletion.guard.{reason}"), field="reason")
        if confirmation.strip().lstrip("@").casefold() != handle.lstrip("@").casefold():
            raise UserMistake(message("deletion.not_confirmed", handle=handle), field="confirmation")
        item = await self._published(outbox_id)
        now = self._clock.now()
        due = now + timedelta(seconds=self._undo_seconds())
        # The last part first: a thread never stands there without its beginning.
        parts = tuple(zip(item.progress, item.parts, strict=False))[::-1]
        owed = Owed(
            account_id=item.account_id,
            kind=OutboxKind.DELETE,
            key=new_key(),
            due_at=due,
            target=" ".join(part.remote_id for part, _ in parts),
            parts=tuple(text for _, text in parts),
        )
        draft = await self._database.read(posts_reading.post, item.post_id) if again and item.post_id is not None else None

        def act(session: Session) -> tuple[int, int | None]:
            owing = outbox.add(session, owed, to_ms(now))
            if draft is None:
                return owing, None
            fresh = replace(draft, id=None, planned_at=None)
            return owing, posts.save(session, fresh, to_ms(now), state=PostState.DRAFT)

        owing, written_again = await self._database.write(act)

        async def back() -> None:
            await self._database.write(_take_back, owing, to_ms(self._clock.now()))

        self._undo.did(Act(message("undone.delete"), back))
        return written_again

    async def _published(self, outbox_id: int) -> Delivery:
        item = await self._database.read(reading.delivery, outbox_id)
        if item is None or item.kind not in TEXTS or item.state is not DeliveryState.OUT or item.deleted_at is not None:
            raise UserMistake(message("deletion.not_out"))
        known = [part for part in item.progress if not part.remote_id.startswith(outbox.UNKNOWN_PREFIX)]
        if not known or len(known) < len(item.progress):
            raise UserMistake(message("deletion.not_known"))
        if await self._database.read(reading.deletes, item.account_id, item.remote_id, COMING):
            raise UserMistake(message("deletion.under_way"))
        return item


def _take_back(session: Session, outbox_id: int, now_ms: int) -> None:
    """Raises `UserMistake` once it has left."""
    item = outbox.delivery(session, outbox_id)
    if item is None or item.state not in (DeliveryState.WAITING, DeliveryState.FAILED) or item.progress:
        raise UserMistake(message("inbox.already_left"))
    outbox.move(session, outbox_id, DeliveryState.LET_GO, now_ms)
