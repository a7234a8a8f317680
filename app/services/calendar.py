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
from app.models.delivery import Owed
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
from app.store.reading import outbox as outbox_reading
from app.store.reading import posts as reading
from app.store.writing import outbox, posts

BY_HAND_FOLDER = "by-hand"
"""Inside the media folder: pictures of a post under names that tell their order, for publishing by hand."""

PAST_GRACE = timedelta(minutes=1)
"""A time chosen this little in the past means now: the clock moved on while the user decided."""


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
        database.changed.connect(self._hear)

    def load(self) -> None:
        """Read the accounts' limits on the calling thread: a handful of rows."""
        self._known = self._database.reader.now(self._read_known)

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

        def act(session: Session) -> list[int]:
            withdrawn = outbox.withdraw_post(session, post_id, now)
            posts.delete(session, post_id, now)
            return withdrawn

        before = await self._database.read(reading.post, post_id)
        await self._database.write(act)

        async def back() -> None:
            await self._database.write(posts.restore, post_id, to_ms(self._clock.now()))

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
        planned = replace(draft, planned_at=due)
        served = await self._served(draft.id)
        owed = [self._owed(planned, account_id, due) for account_id in draft.accounts if account_id not in served]
        post_id: int = await self._database.write(_schedule, planned, owed, to_ms(now))

        async def back() -> None:
            await self.back_to_draft(post_id)

        self._undo.did(Act(message("undone.scheduled"), back))
        return post_id

    async def back_to_draft(self, post_id: int) -> None:
        """Withdraw what has not left and make it a draft again. What is out or on its way cannot be called back, and that is said."""
        now = to_ms(self._clock.now())
        rows = await self._database.read(lambda c: outbox_reading.items(c, post_id=post_id, unfinished=False))
        gone = [row for row in rows if row.state in (DeliveryState.OUT, DeliveryState.CLAIMED, DeliveryState.UNSURE)]

        def act(session: Session) -> None:
            outbox.withdraw_post(session, post_id, now)
            if not gone:
                posts.set_state(session, post_id, PostState.DRAFT, now)

        await self._database.write(act)
        if gone:
            raise UserMistake(message("composer.already_left", n=len(gone)))

    async def _served(self, post_id: int | None) -> set[int]:
        """Accounts at which this post is out, on its way or unsure: nothing may be owed to them a second time."""
        if post_id is None:
            return set()
        rows = await self._database.read(lambda c: outbox_reading.items(c, post_id=post_id, unfinished=False))
        done = (DeliveryState.OUT, DeliveryState.CLAIMED, DeliveryState.UNSURE)
        return {row.account_id for row in rows if row.state in done}

    def _owed(self, draft: PostDraft, account_id: int, due: datetime) -> Owed:
        known = self._of(account_id)
        by_hand = known.account.state is AccountState.BY_HAND
        return Owed(
            account_id=account_id,
            kind=OutboxKind.POST,
            key=new_key(),
            due_at=due,
            parts=texts_for(draft, account_id),
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
        parts = texts_for(draft, account_id)
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
        longest = max(len(option) for option in options)
        if longest > limits.poll_option_length:
            raise UserMistake(message("composer.poll_option_long", handle=where, limit=limits.poll_option_length), field="poll")


def texts_for(draft: PostDraft, account_id: int) -> tuple[str, ...]:
    """The parts that go to an account: its own text where it has one, else the base text."""
    own = dict(draft.variants).get(account_id)
    return own if own is not None else draft.parts


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
    if draft.id is not None:
        outbox.withdraw_post(session, draft.id, now_ms)
    post_id = posts.save(session, draft, now_ms, state=PostState.SCHEDULED)
    for each in owed:
        outbox.add(session, replace(each, post_id=post_id), now_ms)
    return post_id
