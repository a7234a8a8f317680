"""Stand-ins for the composer's tests: posts and deliveries in memory, four accounts of the sample shop, real counting and splitting."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from inspect import CORO_CLOSED, getcoroutinestate
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from app.language.entities import find
from app.language.measure import measure
from app.language.split import split
from app.models.account import AccountRow, AccountState
from app.models.calendar import CalendarSpan
from app.models.campaign import CampaignRow
from app.models.hashtags import HashtagSet
from app.models.message import Visibility
from app.models.outbox import DeleteReason, DeliveryState, OutboxKind, OutboxRow
from app.models.post import LinkPreview, Picture, PostDraft, PostRow, PostState, QuotedPost
from app.models.said import Said
from app.models.slot import GoodTime, QueueFull, SlotGrid
from app.models.spending import PostPrice
from app.models.tracked_link import LinkFace, LinkState
from app.networks.network import Counting, Limits
from app.runtime.errors import AppError, UserMistake
from app.runtime.settings import Settings
from app.runtime.signals import Signal
from app.runtime.words import Message, message
from app.ui.composer.drafting import first_line
from tests.fakes.clock import FakeClock
from tests.ui.stand_ins import Reads, Undo

X, MASTODON, BLUESKY, INSTAGRAM = 1, 2, 3, 4
UNDO_TIME = timedelta(seconds=10)

LIMITS: dict[int, Limits] = {
    X: Limits(
        text=280, counting=Counting.X, poll_options=4, poll_option_length=25, alt_text=1000, videos=1, video_bytes=512_000_000,
        video_seconds=140.0, video_shortest_seconds=0.5, video_types=("video/mp4", "video/quicktime"), video_pixels=1_310_720,
        video_codecs=("h264",), video_rate=60.0,
    ),
    MASTODON: Limits(
        text=500, counting=Counting.MASTODON, visibilities=(Visibility.PUBLIC, Visibility.UNLISTED, Visibility.FOLLOWERS), warning=True,
        videos=1, video_bytes=99_000_000, quotes=True, quotes_alone=True,
    ),
    BLUESKY: Limits(text=300, counting=Counting.BLUESKY, poll_options=0, link_card=True, alt_text=2000),
    INSTAGRAM: Limits(text=2200, pictures=10, alt_text=1000, poll_options=0, threads=False),
}


@dataclass(frozen=True, slots=True)
class Film:
    """What a video is; one that every network takes unless told otherwise."""

    bytes: int = 12_400_000
    seconds: float = 79.6
    width: int = 1280
    height: int = 720
    content_type: str = "video/mp4"
    codec: str = "h264"
    rate: float = 30.0


def accounts() -> list[AccountRow]:
    """Discos Aurora's."""

    def row(number: int, network: str, handle: str, server: str = "", state: AccountState = AccountState.READY) -> AccountRow:
        return AccountRow(number, network, server, handle, "Discos Aurora", str(number), state)

    return [
        row(X, "x", "@discosaurora"),
        row(MASTODON, "mastodon", "@aurora", "https://musica.example"),
        row(BLUESKY, "bluesky", "@aurora.mx"),
        row(INSTAGRAM, "instagram", "@discosaurora", state=AccountState.BY_HAND),
    ]


def delivery(number: int, account_id: int, state: DeliveryState, due_at: datetime, **more: Any) -> OutboxRow:
    account = accounts()[account_id - 1]
    return OutboxRow(number, account_id, account.network, account.handle, OutboxKind.POST, state, due_at, "", **more)


@dataclass
class Store:
    """What is kept."""

    clock: FakeClock
    accounts: list[AccountRow] = field(default_factory=accounts)
    drafts: dict[int, PostDraft] = field(default_factory=dict)
    states: dict[int, PostState] = field(default_factory=dict)
    outbox: dict[int, list[OutboxRow]] = field(default_factory=dict)
    span: CalendarSpan = field(default_factory=CalendarSpan)
    grid: SlotGrid = field(default_factory=SlotGrid)
    campaigns: list[CampaignRow] = field(default_factory=list)
    hashtags: dict[int, HashtagSet] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    people: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """(handle, name) by network."""
    handles: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)

    def queries(self) -> Any:
        return SimpleNamespace(
            accounts=lambda: list(self.accounts),
            post=lambda post_id: self.drafts.get(post_id),
            post_row=self.row,
            outbox=lambda post_id=None, unfinished=True: list(self.outbox.get(post_id or 0, ())),
            calendar=lambda _since, _until, _first, _last: self.span,
            slots=lambda: self.grid,
            campaign_rows=lambda: list(self.campaigns),
            hashtag_sets=lambda: list(self.hashtags.values()),
            hashtags_known=lambda _campaign_id=None: list(self.tags),
            people_on=lambda network, text, limit=6: [each for each in self.people.get(network, []) if text.lower() in each[0] + each[1].lower()][:limit],
            handles_elsewhere=lambda handles: {each: self.handles[each] for each in handles if each in self.handles},
        )

    def row(self, post_id: int) -> PostRow | None:
        draft = self.drafts.get(post_id)
        if draft is None:
            return None
        return PostRow(
            post_id, draft.title or first_line(draft), self.states.get(post_id, PostState.DRAFT), None, 0, 0, draft.planned_at, draft.pillar,
            draft.format, (), saved_at=self.clock.now(), keeper=next((row.keeper for row in self.outbox.get(post_id, ())), None),
        )  # fmt: skip


@dataclass
class GoodTimes:
    """Answers what a test gives it."""

    found: GoodTime | QueueFull = field(default_factory=lambda: QueueFull(None))
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    async def next_good_time(self, accounts: Sequence[int], pillar: str = "", after: datetime | None = None, **more: Any) -> GoodTime | QueueFull:
        self.asked.append((tuple(accounts), pillar, after, more))
        return self.found


class Drafting:
    """Knows a few wrong words, and what was said when a test says so."""

    def __init__(self, store: Store, media: Path) -> None:
        self.store = store
        self.media = media
        self.said: Said | None = None
        self.wrong = {"vinlo": ["vinilo", "vino"]}
        self.cropped: list[tuple[Picture, tuple[float, float, float, float]]] = []

    async def said_before(self, texts: Sequence[str], post_id: int | None) -> Said | None:
        return self.said if any(text.strip() for text in texts) else None

    def spells(self, language: str) -> bool:
        return language in ("en", "es", "fr", "ru")

    async def misspelt(self, text: str, language: str) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(r"\w+", text) if match[0] in self.wrong] if self.spells(language) else []

    async def suggestions(self, word: str, language: str) -> list[str]:
        return self.wrong.get(word, [])

    async def keep_words(self, words: Collection[str]) -> None:
        for word in words:
            self.wrong.pop(word, None)

    async def save_hashtags(self, kept: HashtagSet) -> int:
        if not kept.name:
            raise UserMistake(message("hashtags.no_name"), field="name")
        number = kept.id or len(self.store.hashtags) + 1
        self.store.hashtags[number] = replace(kept, id=number)
        return number

    async def remove_hashtags(self, set_id: int) -> None:
        del self.store.hashtags[set_id]

    def picture_path(self, picture: Picture) -> Path:
        return self.media / picture.path

    async def crop(self, picture: Picture, box: tuple[float, float, float, float]) -> Picture:
        self.cropped.append((picture, box))
        return Picture("cut.png", picture.alt)


class Posts:
    """Keeps what it is given and notes what it was asked."""

    def __init__(self, store: Store, media: Path) -> None:
        self.store = store
        self.media = media
        self.saved: list[PostDraft] = []
        self.scheduled: list[tuple[PostDraft, datetime | None]] = []
        self.deleted: list[int] = []
        self.fault: AppError | None = None
        self.films: dict[str, Film] = {}
        """What can be read of videos, by path."""
        self.there: dict[str, dict[int, str]] = {}
        """Posts by address: remote ids by account."""
        self.closed: dict[int, Message] = {}
        """Why an account may not quote them."""
        self.looked_up: list[tuple[str, tuple[int, ...]]] = []
        self.encoder = False
        self.fitted: list[tuple[Picture, tuple[int, ...]]] = []

    async def save(self, draft: PostDraft) -> int:
        if self.fault is not None:
            raise self.fault
        post_id = draft.id or len(self.store.drafts) + 1
        self.saved.append(draft)
        self.store.drafts[post_id] = replace(draft, id=post_id)
        return post_id

    async def schedule(self, draft: PostDraft, at: datetime | None) -> int:
        if self.fault is not None:
            raise self.fault
        self.scheduled.append((draft, at))
        post_id = draft.id or len(self.store.drafts) + 1
        self.store.drafts[post_id] = replace(draft, id=post_id)
        self.store.states[post_id] = PostState.SCHEDULED
        due = at or self.store.clock.now() + UNDO_TIME
        states = {account.id: DeliveryState.BY_HAND if account.state is AccountState.BY_HAND else DeliveryState.WAITING for account in self.store.accounts}
        self.store.outbox[post_id] = [
            delivery(post_id * 10 + account_id, account_id, states[account_id], due) for account_id in draft.accounts
        ]
        return post_id

    async def back_to_draft(self, post_id: int) -> None:
        self.store.states[post_id] = PostState.DRAFT
        self.store.outbox[post_id] = []

    async def delete(self, post_id: int) -> None:
        self.deleted.append(post_id)
        del self.store.drafts[post_id]

    async def add_picture(self, source: Path) -> Picture:
        return Picture(source.name)

    async def video_facts(self, picture: Picture) -> Film:
        if picture.path not in self.films:
            raise UserMistake(message("video.broken", name=picture.path), field="pictures")
        return self.films[picture.path]

    async def can_make_fit(self) -> bool:
        return self.encoder

    async def make_fit(self, picture: Picture, account_ids: Sequence[int], progress: Callable[[float], object]) -> Picture:
        progress(0.4)
        if self.fault is not None:
            raise self.fault
        self.fitted.append((picture, tuple(account_ids)))
        self.films["fit.mp4"] = Film()
        return Picture("fit.mp4", picture.alt)

    async def lay_out(self, post_id: int, pictures: Sequence[Picture]) -> Path:
        return self.media

    def measure(self, account_id: int, text: str, warning: str = "") -> tuple[int, int]:
        limits = LIMITS[account_id]
        shown = warning if limits.warning else ""
        return measure(text, limits.counting, link_length=limits.link_length, warning=shown).length, limits.text

    def split(self, account_id: int, text: str, warning: str = "") -> tuple[str, ...]:
        limits = LIMITS[account_id]
        return tuple(split(text, limits.counting, limits.text, link_length=limits.link_length))

    def quote_refusal(self, account_id: int) -> Message | None:
        """X and what is done by hand take no quotes from programs."""
        return {X: message("network.x.no_quotes"), INSTAGRAM: message("composer.quotes_by_hand", network="Instagram")}.get(account_id)

    async def quoted(self, address: str, account_ids: Sequence[int], *, anew: bool = False) -> QuotedPost:
        self.looked_up.append((address, tuple(account_ids)))
        if self.fault is not None:
            raise self.fault
        there = self.there.get(address, {})
        refused = tuple((number, self.closed[number].to_json()) for number in account_ids if number in self.closed)
        known = tuple((number, there[number]) for number in account_ids if number in there and number not in self.closed)
        if not known and not (anew and refused):
            raise UserMistake(message("quote.not_found"), field="quote")
        return QuotedPost(address, "@ana", "¿Hay vinilos\nde Marea?", known, refused)

    def picture_path(self, picture: Picture) -> Path:
        return self.media / picture.path

    def limits(self, account_id: int) -> Limits:
        return LIMITS[account_id]


class OutboxActs:
    """Notes what was decided: (verb, outbox id, values)."""

    def __init__(self) -> None:
        self.decided: list[tuple[str, int, dict[str, Any]]] = []

    def __getattr__(self, verb: str) -> Any:
        async def act(outbox_id: int, **values: Any) -> None:
            self.decided.append((verb, outbox_id, values))

        return act


class Deletion:
    """Takes a deletion for a spelling mistake whose handle was typed, and notes it: (outbox id, again)."""

    def __init__(self) -> None:
        self.owed: list[tuple[int, bool]] = []

    async def confirmation(self, _outbox_id: int) -> str:
        return "@aurora"

    async def delete(self, outbox_id: int, reason: DeleteReason, confirmation: str, *, again: bool = False) -> int | None:
        if reason is not DeleteReason.SPELLING:
            raise UserMistake(message(f"deletion.guard.{reason}"), field="reason")
        if confirmation != "@aurora":
            raise UserMistake(message("deletion.not_confirmed", handle="@aurora"), field="confirmation")
        self.owed.append((outbox_id, again))
        return None


class Money:
    """Answers the prices a test sets, and notes what was asked."""

    def __init__(self) -> None:
        self.prices: list[PostPrice] = []
        self.asked: list[PostDraft] = []

    async def price_of(self, post: PostDraft) -> list[PostPrice]:
        self.asked.append(post)
        return self.prices


class Links:
    """Answers the cards a test sets, by address, and notes what was asked."""

    def __init__(self) -> None:
        self.cards: dict[str, LinkPreview] = {}
        self.asked: list[str] = []
        self.fault: AppError | None = None

    def link_of(self, text: str) -> str:
        links = find(text, Counting.BLUESKY).links
        return links[0].value if links else ""

    async def preview(self, url: str) -> LinkPreview | None:
        self.asked.append(url)
        if self.fault is not None:
            raise self.fault
        return self.cards.get(url)


class TrackedLinks:
    """Makes no link anything else unless told: `short` by address."""

    def __init__(self) -> None:
        self.said: Signal[[Message]] = Signal("links.said")
        self.trouble: Message | None = None
        self.shortener_name = ""
        self.short: dict[str, str] = {}
        self.states: dict[int, LinkState] = {}
        """How links leave on an account that is no exception."""

    def leaves(self, draft: PostDraft, _account_id: int, text: str) -> str:
        for url, short in self.short.items() if draft.track_clicks else ():
            text = text.replace(url, short)
        return text

    def faces(self, draft: PostDraft) -> tuple[LinkFace, ...]:
        found = []
        for account_id in draft.accounts:
            text = " ".join(dict(draft.variants).get(account_id, draft.parts))
            for url, short in self.short.items():
                if url in text:
                    state = self.states.get(account_id, LinkState.SHORT) if draft.track_clicks else LinkState.PLAIN
                    leaves_as = url if state in (LinkState.PLAIN, LinkState.NO_ROOM) else short
                    found.append(LinkFace(account_id, url, leaves_as, state, accounts()[account_id - 1].network, "santa-cecilia"))
        return tuple(found)


def make_services(store: Store, media: Path) -> Any:
    return SimpleNamespace(
        reads=Reads(store.queries()),
        changed=Signal("changes"),
        settings=Settings(dict, lambda _group, _text: None),
        undo=Undo(),
        data=SimpleNamespace(read_only=False),
        posts=Posts(store, media),
        drafting=Drafting(store, media),
        slots=GoodTimes(),
        outbox=OutboxActs(),
        money=Money(),
        links=Links(),
        tracked_links=TrackedLinks(),
        clicks=SimpleNamespace(trouble=None),
        deletion=Deletion(),
    )


class Runner:
    """Drives the coroutines that widgets and commands start to their end, at once or when told."""

    def __init__(self) -> None:
        self.hold = False
        self.held: list[Coroutine[Any, Any, Any]] = []
        self.errors: list[AppError] = []

    def __call__(self, _name: str, work: Coroutine[Any, Any, Any]) -> None:
        if self.hold:
            self.held.append(work)
        else:
            self.drive(work)

    def drive(self, work: Coroutine[Any, Any, Any]) -> None:
        try:
            work.send(None)
        except StopIteration:
            return
        except AppError as error:
            self.errors.append(error)
            return
        raise AssertionError("a stand-in waited for something")

    def release(self) -> None:
        self.hold = False
        held, self.held = self.held, []
        for work in held:
            if getcoroutinestate(work) != CORO_CLOSED:  # cancelled meanwhile
                self.drive(work)
