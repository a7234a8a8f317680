"""Writing and planning posts: drafts, schedule, pictures. Scheduling owes one delivery an account; nothing is sent from here."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from app.language.measure import measure
from app.language.split import split
from app.media.pictures import take_in
from app.models.account import AccountRow, AccountState
from app.models.delivery import Delivery, Owed
from app.models.message import Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import Picture, PostDraft, PostState
from app.networks.network import Card, Limits, addressed
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake, disk_trouble
from app.runtime.words import message
from app.services.connections import Connections
from app.services.inbox import new_key
from app.services.server_facts import limits_from
from app.services.undo import Act, Undo
from app.store.changes import Changes
from app.store.database import Database, Session
from app.store.reader import Connection
from app.store.reading import accounts as accounts_reading
from app.store.reading import posts as reading
from app.store.writing import outbox, posts

BY_HAND_FOLDER = "by-hand"
"""Inside the media folder: pictures of a post under names that tell their order, for publishing by hand."""

PAST_GRACE = timedelta(minutes=1)
"""A time chosen this little in the past means now: the clock moved on while the user decided."""

LEFT = (DeliveryState.OUT, DeliveryState.CLAIMED, DeliveryState.UNSURE)
"""What is out, or may be: it cannot be called back, and nothing is owed in its place."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an account without asking the database: needed at each key press."""

    account: AccountRow
    card: Card
    limits: Limits


class Calendar:
    """Posts of the shop. `load` first; then the accounts' limits follow the changes of the database by themselves."""

    def __init__(
        self,
        database: Database,
        connections: Connections,
        undo: Undo,
        clock: Clock,
        media: Path,
        undo_seconds: Callable[[], int],
    ) -> None:
        """`media` is the profile's media folder."""
        self._database = database
        self._connections = connections
        self._undo = undo
        self._clock = clock
        self._media = media
        self._undo_seconds = undo_seconds
        self._known: dict[int, Known] = {}
        self._hear_no_more = database.changed.connect(self._hear)

    def load(self) -> None:
        """Read the accounts' limits on the calling thread: a handful of rows."""
        self._known = self._database.reader.now(self._read_known)

    def close(self) -> None:
        """Hear no more changes: the last commit is told when the data file can no longer be read."""
        self._hear_no_more()

    def _read_known(self, connection: Connection) -> dict[int, Known]:
        known = {}
        for account in accounts_reading.accounts(connection):
            card = self._connections.card(account.network)
            text, _ = accounts_reading.limits_and_facts(connection, account.id)
            known[account.id] = Known(account, card, limits_from(text, card.limits))
        return known

    def _hear(self, changes: Changes) -> None:
        if changes.touches("account"):
            self.load()

    # -- what the composer asks at each key ------------------------------------------------------------------------------------

    def limits(self, account_id: int) -> Limits:
        """The account's limits, as its server told them."""
        return self._of(account_id).limits

    def measure(self, account_id: int, text: str, warning: str = "", reply_to: str = "") -> tuple[int, int]:
        """(length, limit) as the account's network counts; a content warning counts only where the network has them, and so does the
        handle answered (`reply_to`), which some networks want in the text.
        """
        known = self._of(account_id)
        limits = known.limits
        if reply_to and known.card.replies_name:
            text = addressed(text, reply_to)
        shown = warning if limits.warning else ""
        return measure(text, limits.counting, link_length=limits.link_length, warning=shown).length, limits.text

    def split(self, account_id: int, text: str, warning: str = "") -> tuple[str, ...]:
        """The parts of a thread that each fit the account's network."""
        limits = self._of(account_id).limits
        shown = warning if limits.warning else ""
        return tuple(split(text, limits.counting, limits.text, link_length=limits.link_length, warning=shown))

    def picture_path(self, picture: Picture) -> Path:
        """Where the picture's file lies."""
        return self._media / picture.path

    def _of(self, account_id: int) -> Known:
        known = self._known.get(account_id)
        if known is None:
            raise UserMistake(message("error.account_removed"))
        return known

    # -- drafts ----------------------------------------------------------------------------------------------------------------

    async def save(self, draft: PostDraft) -> int:
        """Keep a draft; answers its id."""
        return await self._database.write(posts.save, draft, to_ms(self._clock.now()))

    async def add_picture(self, source: Path) -> Picture:
        """Copy a picture into the profile; raises UserMistake with the reason."""
        return Picture(await asyncio.to_thread(take_in, source, self._media))

    async def lay_out(self, post_id: int, pictures: Sequence[Picture]) -> Path:
        """A folder with copies of the pictures, named in their order, for whoever publishes by hand. Raises `DiskTrouble`."""
        folder = self._media / BY_HAND_FOLDER / str(post_id)
        await asyncio.to_thread(_lay_out, folder, [self.picture_path(picture) for picture in pictures])
        return folder

    async def delete(self, post_id: int) -> None:
        """Take a post that is not out off every list; can be undone."""
        now = to_ms(self._clock.now())

        def act(session: Session) -> list[Delivery]:
            before = outbox.of_post(session, post_id)
            withdrawn = outbox.withdraw_post(session, post_id, now)
            posts.delete(session, post_id, now)
            return [item for item in before if item.id in withdrawn]

        before = await self._database.read(reading.post, post_id)
        withdrawn = await self._database.write(act)

        async def back() -> None:
            kept = [item for item in withdrawn if item.account_id in self._known]
            await self._database.write(_undelete, post_id, kept, to_ms(self._clock.now()))

        if before is not None:
            self._undo.did(Act(message("undone.post_deleted"), back))

    # -- planning --------------------------------------------------------------------------------------------------------------

    async def schedule(self, draft: PostDraft, at: datetime | None, *, wait_undo: bool = True) -> int:
        """Save the post and owe it to each of its accounts at `at` (aware UTC), or now, which means after the undo time if `wait_undo`.

        Answers the post's id.

        Deliveries that were waiting are replaced, so that what goes out is what was scheduled last; those that are out stay out.
        """
        now = self._clock.now()
        if at is not None and at < now - PAST_GRACE:
            raise UserMistake(message("composer.past_time"), field="time")
        undo_time = timedelta(seconds=self._undo_seconds() if wait_undo else 0)
        due = at if at is not None and at > now else now + undo_time
        self._check(draft)
        planned = replace(draft, planned_at=due, accounts=tuple(dict.fromkeys(draft.accounts)))
        owed = [self._owed(planned, account_id, due) for account_id in planned.accounts]
        post_id: int = await self._database.write(_schedule, planned, owed, to_ms(now))

        async def back() -> None:
            await self.back_to_draft(post_id)

        self._undo.did(Act(message("undone.scheduled"), back))
        return post_id

    async def back_to_draft(self, post_id: int) -> None:
        """Withdraw what has not left and make it a draft again. What is out or on its way cannot be called back, and that is said."""
        now = to_ms(self._clock.now())

        def act(session: Session) -> int:
            # In the same transaction: the engine may claim one at any moment.
            outbox.withdraw_post(session, post_id, now)
            gone = sum(item.state in LEFT for item in outbox.of_post(session, post_id))
            if not gone:
                posts.set_state(session, post_id, PostState.DRAFT, now)
            return gone

        gone = await self._database.write(act)
        if gone:
            raise UserMistake(message("composer.already_left", n=gone))

    def _owed(self, draft: PostDraft, account_id: int, due: datetime) -> Owed:
        known = self._of(account_id)
        by_hand = known.account.state is AccountState.BY_HAND
        return Owed(
            account_id=account_id,
            kind=OutboxKind.POST,
            key=new_key(),
            due_at=due,
            parts=parts_for(draft, account_id),
            pictures=draft.pictures,
            poll=draft.poll if known.limits.poll_options else None,
            visibility=draft.visibility if draft.visibility in known.limits.visibilities else Visibility.PUBLIC,
            warning=draft.warning if known.limits.warning else "",
            language=draft.language,
            post_id=draft.id,
            state=DeliveryState.BY_HAND if by_hand else DeliveryState.WAITING,
        )

    # -- checks ----------------------------------------------------------------------------------------------------------------

    def _check(self, draft: PostDraft) -> None:
        if not draft.accounts:
            raise UserMistake(message("composer.no_account"), field="accounts")
        for account_id in draft.accounts:
            self._check_for(draft, account_id)

    def _check_for(self, draft: PostDraft, account_id: int) -> None:
        known = self._of(account_id)
        where, limits = known.account.handle, known.limits
        parts = parts_for(draft, account_id)
        if not any(part.strip() for part in parts) and not draft.pictures:
            raise UserMistake(message("composer.empty"), field="text")
        if len(parts) > 1 and not limits.threads:
            raise UserMistake(message("composer.no_threads", handle=where), field="text")
        for part in parts:
            warning = draft.warning if limits.warning else ""
            measured = measure(part, limits.counting, limits.text, link_length=limits.link_length, warning=warning)
            if not measured.fits:
                over = max(measured.length - limits.text, measured.bytes - measured.bytes_limit if measured.bytes_limit else 0)
                raise UserMistake(message("composer.too_long", handle=where, over=over, limit=limits.text), field="text")
        if len(draft.pictures) > limits.pictures:
            raise UserMistake(message("composer.too_many_pictures", handle=where, limit=limits.pictures), field="pictures")
        if any(len(picture.alt) > limits.alt_text for picture in draft.pictures):
            raise UserMistake(message("composer.alt_too_long", handle=where, limit=limits.alt_text), field="pictures")
        self._check_poll(draft, where, limits)

    def _check_poll(self, draft: PostDraft, where: str, limits: Limits) -> None:
        if draft.poll is None or not limits.poll_options:
            return
        options = draft.poll.options
        if draft.pictures:
            raise UserMistake(message("composer.poll_and_pictures"), field="poll")
        if not 2 <= len(options) <= limits.poll_options or not all(option.strip() for option in options):
            raise UserMistake(message("composer.poll_options", handle=where, limit=limits.poll_options), field="poll")
        if len({option.strip() for option in options}) < len(options):
            raise UserMistake(message("composer.poll_same_option"), field="poll")
        if not limits.poll_shortest_minutes <= draft.poll.hours * 60 <= limits.poll_longest_minutes:
            raise UserMistake(message("composer.poll_time", handle=where), field="poll")
        longest = max(len(option) for option in options)
        if longest > limits.poll_option_length:
            raise UserMistake(message("composer.poll_option_long", handle=where, limit=limits.poll_option_length), field="poll")


def texts_for(draft: PostDraft, account_id: int) -> tuple[str, ...]:
    """The parts that go to an account: its own text where it has one, else the base text."""
    own = dict(draft.variants).get(account_id)
    return own if own is not None else draft.parts


def parts_for(draft: PostDraft, account_id: int) -> tuple[str, ...]:
    """What really leaves: empty parts are left out, but for one that carries the pictures."""
    texts = texts_for(draft, account_id)
    full = tuple(text for number, text in enumerate(texts) if text.strip() or (not number and draft.pictures))
    return full or ("",)


def _lay_out(folder: Path, pictures: Sequence[Path]) -> None:
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        for position, picture in enumerate(pictures, start=1):
            shutil.copyfile(picture, folder / f"{position}{picture.suffix}")
    except OSError as error:
        raise disk_trouble(error) from error


def _schedule(session: Session, draft: PostDraft, owed: Sequence[Owed], now_ms: int) -> int:
    """What was owed before is withdrawn; where it has left already nothing is owed a second time (asked here, for the engine never waits)."""
    served: set[int] = set()
    if draft.id is not None:
        outbox.withdraw_post(session, draft.id, now_ms)
        served = {item.account_id for item in outbox.of_post(session, draft.id) if item.state in LEFT}
    post_id = posts.save(session, draft, now_ms, state=PostState.SCHEDULED)
    for each in owed:
        if each.account_id not in served:
            outbox.add(session, replace(each, post_id=post_id), now_ms)
    return post_id


def _undelete(session: Session, post_id: int, withdrawn: Sequence[Delivery], now_ms: int) -> None:
    """A deleted post comes back with what it owed. When its time has passed meanwhile nothing leaves by surprise: it is a draft again."""
    posts.restore(session, post_id, now_ms)
    waited = [item for item in withdrawn if item.state in (DeliveryState.WAITING, DeliveryState.HELD)]
    if any(to_ms(item.due_at) <= now_ms for item in waited):
        if not any(item.state in LEFT for item in outbox.of_post(session, post_id)):
            posts.set_state(session, post_id, PostState.DRAFT, now_ms)
        return
    for item in withdrawn:
        now = outbox.delivery(session, item.id)
        if now is None or now.state is not DeliveryState.LET_GO:
            continue
        outbox.reschedule(session, item.id, to_ms(item.due_at), now_ms)
        if item.state in (DeliveryState.FAILED, DeliveryState.BY_HAND):
            outbox.move(session, item.id, item.state, now_ms, reason=item.reason)
