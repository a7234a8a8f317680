"""Writing and planning posts: drafts, schedule, pictures. Scheduling owes one delivery an account; nothing is sent from here."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from app.language.measure import measure
from app.language.split import split
from app.media import ffmpeg, videos
from app.media.pictures import take_in
from app.media.videos import VideoFacts
from app.models.account import POSTS_NOTHING, AccountRow, AccountState
from app.models.delivery import Delivery, Owed
from app.models.image_set import for_account, measured
from app.models.message import Visibility
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import LinkPreview, Picture, PostDraft, PostState, QuotedPost
from app.models.spacing import moments
from app.networks.network import Card, Limits, addressed
from app.runtime.clock import Clock, to_ms
from app.runtime.errors import UserMistake, disk_trouble
from app.runtime.words import Message, message
from app.services import image_sets
from app.services.connections import Connections
from app.services.link_mending import Mended, Unfit
from app.services.planning import keep_to_phase
from app.services.quotes import Quotes
from app.services.reactions import new_key
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

HIDING = (Visibility.FOLLOWERS, Visibility.DIRECT)
"""Not for everybody: what was meant for few never goes out for all unless the user says so, account by account."""

LEFT = (DeliveryState.OUT, DeliveryState.CLAIMED, DeliveryState.UNSURE)
"""What is out, or may be: it cannot be called back, and nothing is owed in its place."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an account without asking the database: needed at each key press."""

    account: AccountRow
    card: Card
    limits: Limits


@dataclass(frozen=True, slots=True)
class Leaving:
    """What leaves on an account: the parts with their tracked links, and the card of a link."""

    parts: tuple[str, ...]
    link_card: LinkPreview | None


class TracksLinks(Protocol):
    """Links that tell where their clicks came from (services/links.py)."""

    def expected(self, draft: PostDraft, account_id: int, parts: Sequence[str]) -> tuple[str, ...]:
        """Parts as they will leave, as long as they will be."""

    def wants(self, draft: PostDraft) -> bool:
        """Whether it has links to make; it must have an id then."""

    async def make(self, draft: PostDraft) -> Mapping[int, Leaving]:
        """What leaves on each of its accounts."""

    async def mend(self, item: Delivery, unfit: Unfit) -> Mended:
        """A delivery with short links that are still there."""


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
        self._quotes = Quotes(database, connections)
        self.links: TracksLinks | None = None
        """As whose links of posts leave; None: as they are written."""
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
        return self.known(account_id).limits

    def measure(
        self, account_id: int, text: str, warning: str = "", reply_to: str = "", *, private: bool = False
    ) -> tuple[int, int]:
        """(length, limit) as the account's network counts; a content warning counts only where the network has them, and so does the
        handle answered (`reply_to`), which some networks want in the text. `private`: as a private message, which may be longer. Where
        the network also counts bytes and those are too many, the length says so.
        """
        known = self.known(account_id)
        limits = known.limits
        if reply_to and known.card.replies_name:
            text = addressed(text, reply_to)
        shown = warning if limits.warning else ""
        limit = _room(limits, private=private)
        found = measure(text, limits.counting, limit, link_length=limits.link_length, warning=shown)
        if found.bytes_limit and found.bytes > found.bytes_limit and not private:
            return max(found.length, limit + 1, -(-found.bytes * limit // found.bytes_limit)), limit
        return found.length, limit

    def split(
        self, account_id: int, text: str, warning: str = "", reply_to: str = "", *, private: bool = False, spare: int = 0
    ) -> tuple[str, ...]:
        """The parts of a thread that each fit the account's network, with the handle answered in each where the network wants it, and
        `spare` letters left for what is added to each.
        """
        limits = self.known(account_id).limits
        shown = warning if limits.warning else ""
        room = _room(limits, private=private) - (self.measure(account_id, "x", reply_to=reply_to)[0] - 1) - spare
        return tuple(split(text, limits.counting, room, link_length=limits.link_length, warning=shown))

    def quote_refusal(self, account_id: int) -> Message | None:
        """Why no program may quote on this account's network; None where it may."""
        known = self.known(account_id)
        if known.account.state is AccountState.BY_HAND:
            return message("composer.quotes_by_hand", network=known.card.name)
        if known.limits.quotes:
            return None
        return known.card.refusals.get("quote") or message("composer.quotes_not_there", network=known.card.name)

    async def quoted(self, address: str, account_ids: Sequence[int], *, anew: bool = False) -> QuotedPost:
        """The post at an address, as these accounts may quote it; raises UserMistake where none can. Takes seconds. `anew`: the networks
        are asked also about what we know, whether its author lets it be quoted.
        """
        return await self._quotes.find(address, {each: self.quote_refusal(each) for each in account_ids}, anew=anew)

    def picture_path(self, picture: Picture) -> Path:
        """Where the picture's file lies."""
        return self._media / picture.path

    def known(self, account_id: int) -> Known:
        """An account with its limits; raises UserMistake for one that is gone."""
        known = self._known.get(account_id)
        if known is None:
            raise UserMistake(message("error.account_removed"))
        return known

    # -- drafts ----------------------------------------------------------------------------------------------------------------

    async def save(self, draft: PostDraft) -> int:
        """Keep a draft; answers its id."""
        return await self._database.write(posts.save, draft, to_ms(self._clock.now()))

    async def add_picture(self, source: Path) -> Picture:
        """Copy a picture or a video into the profile; raises UserMistake with the reason."""
        take = videos.take_in if videos.is_video(source) else take_in
        return Picture(await asyncio.to_thread(take, source, self._media))

    async def video_facts(self, picture: Picture) -> VideoFacts:
        """Length, size and pixels of a video of the profile; raises UserMistake where it cannot be read."""
        return await asyncio.to_thread(videos.facts_of, self.picture_path(picture))

    async def can_make_fit(self) -> bool:
        """Whether the user's ffmpeg is there."""
        return await asyncio.to_thread(ffmpeg.encoder) is not None

    async def make_fit(self, picture: Picture, account_ids: Sequence[int], progress: Callable[[float], object]) -> Picture:
        """A video encoded anew so that all of these accounts take it, with the user's own ffmpeg; `progress` hears 0 to 1. Cancelling
        stops it and changes nothing. Raises UserMistake where there is no ffmpeg, or where it cannot be made to fit.
        """
        source = self.picture_path(picture)
        room = _strictest([self.limits(account_id) for account_id in account_ids])
        facts = await asyncio.to_thread(videos.facts_of, source)
        made = source.with_name(f"{source.stem}.fit.{os.getpid()}.mp4")
        await ffmpeg.make_fit(source, made, facts, room, progress)
        try:
            return Picture(await asyncio.to_thread(videos.take_in, made, self._media), picture.alt)
        finally:
            await asyncio.to_thread(made.unlink, missing_ok=True)

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

    async def schedule(self, draft: PostDraft, at: datetime | None, *, wait_undo: bool = True, undoable: bool = True) -> int:
        """Save the post and owe it to each of its accounts at `at` (aware UTC), or now, which means after the undo time if `wait_undo`.

        Answers the post's id. `undoable`: it is an act of the user, to be taken back by itself.

        Deliveries that were waiting are replaced, so that what goes out is what was scheduled last; those that are out stay out.
        """
        now = self._clock.now()
        if at is not None and at < now - PAST_GRACE:
            raise UserMistake(message("composer.past_time"), field="time")
        undo_time = timedelta(seconds=self._undo_seconds() if wait_undo else 0)
        due = at if at is not None and at > now else now + undo_time
        films = await asyncio.to_thread(_films, draft, self._media)
        self._check(draft)
        self._check_films(draft, films)
        planned = replace(draft, planned_at=due, accounts=tuple(dict.fromkeys(draft.accounts)))
        known = [self.known(account_id) for account_id in planned.accounts]
        quotes = {each.account.id: await self._quotes.remote_id(planned, each.account, may=_may_quote(planned, each.limits)) for each in known}
        planned, leaving = await self._leaving(planned)
        if at is None or at <= now:  # making links took its time: the undo time begins now
            due = max(due, self._clock.now() + undo_time)
            planned = replace(planned, planned_at=due)
        times = moments(due, planned.accounts, planned.spacing)
        owed = [_owed(each, planned, times[each.account.id], quotes[each.account.id], leaving.get(each.account.id)) for each in known]
        post_id: int = await self._database.write(_schedule, planned, owed, to_ms(now))

        async def back() -> None:
            await self.back_to_draft(post_id)

        if undoable:
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

    async def _leaving(self, draft: PostDraft) -> tuple[PostDraft, Mapping[int, Leaving]]:
        """The texts as they leave, their links made: what takes seconds, before anything is owed. The draft with its id."""
        if self.links is None or not self.links.wants(draft):
            return draft, {}
        if draft.id is None:
            draft = replace(draft, id=await self.save(draft))
        leaving = await self.links.make(draft)
        for account_id in draft.accounts:
            _check_lengths(draft, self.known(account_id), leaving[account_id].parts)
        return draft, leaving

    # -- checks ----------------------------------------------------------------------------------------------------------------

    def _check(self, draft: PostDraft) -> None:
        if not draft.accounts:
            raise UserMistake(message("composer.no_account"), field="accounts")
        for account_id in draft.accounts:
            self._check_for(draft, account_id)

    def _check_for(self, draft: PostDraft, account_id: int) -> None:
        known, whole, draft = self.known(account_id), draft, for_account(draft, account_id)
        where, limits = known.account.handle, known.limits
        if known.account.network in POSTS_NOTHING:
            raise UserMistake(message("mail.error.no_posts", handle=where), field="accounts")
        parts = parts_for(draft, account_id)
        if not any(part.strip() for part in parts) and not draft.pictures:
            raise UserMistake(message("composer.empty"), field="text")
        if len(parts) > 1 and not limits.threads:
            raise UserMistake(message("composer.no_threads", handle=where), field="text")
        _check_lengths(draft, known, self.links.expected(whole, account_id, parts) if self.links is not None else parts)
        if sum(not videos.is_video(Path(picture.path)) for picture in draft.pictures) > limits.pictures:
            raise UserMistake(message("composer.too_many_pictures", handle=where, limit=limits.pictures), field="pictures")
        if any(len(picture.alt) > limits.alt_text for picture in draft.pictures):
            raise UserMistake(message("composer.alt_too_long", handle=where, limit=limits.alt_text), field="pictures")
        _check_poll(draft, account_id, where, limits)
        hidden = draft.visibility in HIDING and draft.visibility not in limits.visibilities
        if hidden and account_id not in draft.public_at:
            raise UserMistake(message("composer.not_so_there", handle=where), field="visibility")

    def _check_films(self, draft: PostDraft, films: Mapping[str, VideoFacts]) -> None:
        """Each account's network is asked with its exact limit; no network takes videos beside pictures."""
        if films and any(picture.path not in films for picture in draft.pictures):
            raise UserMistake(message("composer.video_and_pictures"), field="pictures")
        for account_id in draft.accounts if films else ():
            known = self.known(account_id)
            if known.limits.videos and len(draft.pictures) > known.limits.videos:
                raise UserMistake(message("composer.too_many_videos", handle=known.account.handle, n=known.limits.videos), field="pictures")
            for path, facts in films.items():
                trouble = videos.trouble_with(facts, known.limits, Path(path).name, known.account.handle)
                if trouble is not None and known.account.state is not AccountState.BY_HAND:
                    raise UserMistake(trouble, field="pictures")


def _owed(known: Known, draft: PostDraft, due: datetime, quote: str, leaving: Leaving | None) -> Owed:
    draft, account_id = for_account(draft, known.account.id), known.account.id
    card = leaving.link_card if leaving is not None else draft.link_card
    by_hand = known.account.state is AccountState.BY_HAND
    return Owed(
        account_id=account_id,
        kind=OutboxKind.POST,
        key=new_key(),
        due_at=due,
        parts=leaving.parts if leaving is not None else parts_for(draft, account_id),
        pictures=draft.pictures,
        poll=draft.poll if known.limits.poll_options else None,
        visibility=draft.visibility if draft.visibility in known.limits.visibilities else Visibility.PUBLIC,
        warning=draft.warning if known.limits.warning else "",
        language=draft.language,
        post_id=draft.id,
        quote=quote,
        link_card=card if known.limits.link_card and not draft.pictures else None,
        lateness=draft.lateness,
        state=DeliveryState.BY_HAND if by_hand else DeliveryState.WAITING,
    )


def _check_lengths(draft: PostDraft, known: Known, parts: Sequence[str]) -> None:
    where, limits = known.account.handle, known.limits
    for part in parts:
        warning = draft.warning if limits.warning else ""
        found = measure(measured(part), limits.counting, limits.text, link_length=limits.link_length, warning=warning)
        if not found.fits:
            over = max(found.length - limits.text, found.bytes - found.bytes_limit if found.bytes_limit else 0)
            raise UserMistake(message("composer.too_long", handle=where, over=over, limit=limits.text), field="text")


def _check_poll(draft: PostDraft, account_id: int, where: str, limits: Limits) -> None:
    if draft.poll is None:
        return
    if not limits.poll_options:
        if account_id not in dict(draft.variants):  # the text asks, and nobody there could answer: never left out silently
            raise UserMistake(message("composer.no_poll", handle=where), field="poll")
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


def _may_quote(draft: PostDraft, limits: Limits) -> bool:
    """Whether the network quotes in this very post."""
    full = limits.quotes_alone and (draft.pictures or (draft.poll is not None and limits.poll_options))
    return limits.quotes and not full


def _films(draft: PostDraft, media: Path) -> dict[str, VideoFacts]:
    """What the post's videos are, by path. Blocks."""
    paths = [picture.path for picture in draft.pictures if videos.is_video(Path(picture.path))]
    return {path: videos.facts_of(media / path) for path in paths}


def _room(limits: Limits, *, private: bool) -> int:
    """How long a text may be."""
    return limits.private_length if private and limits.private_length else limits.text


def _strictest(rooms: Sequence[Limits]) -> Limits:
    """What fits all of the networks that take videos; 0 means not limited."""
    taking = [room for room in rooms if room.videos] or [Limits()]
    least: dict[str, float] = {
        name: min((value for room in taking if (value := getattr(room, name))), default=0)
        for name in ("video_bytes", "video_pixels", "video_rate")
    }
    return replace(taking[0], **least)  # type: ignore[arg-type]


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
    assert draft.planned_at is not None
    keep_to_phase(session, post_id, draft.planned_at, draft.zone)
    to_owe = [each for each in owed if each.account_id not in served]
    made = {each.account_id: outbox.add(session, replace(each, post_id=post_id), now_ms) for each in to_owe}
    image_sets.arrange(session, post_id, draft, made)
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
