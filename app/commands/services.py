"""What commands and screens may ask of the program below them, as Protocols. Imports nothing that loads after the first frame.

Reading: `Reads.now` answers at once on the calling thread (first frame, tests, a single small row); `Reads.later` asks a worker
thread and calls back on the UI thread. Both run a function of `Queries`, whose methods are plain indexed reads.
Changing: the `async` methods of the services; each is one transaction, and screens learn of it through `Changes` only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from app.commands.lists import ListQueries
from app.models.account import AccountRow, Offer
from app.models.conversation import Category, View
from app.models.message import ConversationDetail, Visibility
from app.models.outbox import DeleteReason, HandOver, OutboxRow
from app.models.post import LinkPreview, Picture, PostDraft, PostRow, QuotedPost
from app.models.spending import Meter, PostPrice
from app.models.today import Brief
from app.runtime.errors import AppError
from app.runtime.settings import Settings
from app.runtime.signals import Signal
from app.runtime.words import Message

T = TypeVar("T")

class Changes(Protocol):
    """What a commit touched."""

    def ids(self, table: str) -> frozenset[int]:
        """Rows of `table` that were touched; empty when none, or when `all_of(table)`."""

    def all_of(self, table: str) -> bool:
        """Whether any row of `table` may have changed (bulk storing)."""

    def touches(self, *tables: str) -> bool:
        """Whether any of the tables was touched at all."""


class Queries(ListQueries, Protocol):
    """Plain reads: those of a list (commands/lists.py) and all others."""

    def accounts(self) -> list[AccountRow]: ...

    def view_counts(self, account_id: int | None) -> Mapping[View, int]: ...

    def account_counts(self, view: View) -> Mapping[int, int]: ...

    def conversation(self, conversation_id: int, limit: int = 60) -> ConversationDetail | None: ...

    def post(self, post_id: int) -> PostDraft | None: ...

    def post_row(self, post_id: int) -> PostRow | None:
        """The same post as lists show it, with where it stands."""

    def posts(self, since: datetime | None, until: datetime | None) -> list[PostRow]:
        """Posts planned or out in the span, in time order; without a span, ideas and drafts, newest first."""

    def outbox(self, *, post_id: int | None = None, conversation_id: int | None = None, unfinished: bool = True) -> list[OutboxRow]: ...

    def brief(self, now: datetime, day_starts_at: datetime, day_ends_at: datetime) -> Brief: ...


class Reads(Protocol):
    """The way screens read."""

    def now(self, query: Callable[[Queries], T]) -> T:
        """Run on the calling thread."""

    def later(self, query: Callable[[Queries], T], deliver: Callable[[T], None]) -> Callable[[], None]:
        """Run on a worker thread, call `deliver` on the UI thread; the returned function cancels the delivery."""


class InboxService(Protocol):
    """Acts on conversations."""

    async def reply(self, conversation_id: int, parts: Sequence[str], visibility: Visibility, *, answer_title: str = "") -> int:
        """Owe a reply (leaves after the undo time) and move the conversation on; answers the outbox id."""

    async def by_hand(self, outbox_id: int) -> HandOver | None:
        """For a reply that the network takes from no program: what the user must do; None where the program sends it."""

    async def save_draft(self, conversation_id: int, text: str, visibility: Visibility | None) -> None: ...

    async def mark_read(self, conversation_id: int) -> None: ...

    async def close(self, conversation_ids: Sequence[int]) -> None: ...

    async def reopen(self, conversation_ids: Sequence[int]) -> None: ...

    async def snooze(self, conversation_ids: Sequence[int], until: datetime) -> None: ...

    async def ignore(self, conversation_ids: Sequence[int], category: Category) -> None: ...

    async def keep(self, conversation_ids: Sequence[int]) -> None: ...

    async def categorize(self, conversation_ids: Sequence[int], category: Category) -> None: ...

    async def note(self, conversation_id: int, text: str) -> None: ...

    async def like(self, conversation_id: int) -> None:
        """Like, or take the like back, the customer's last message."""

    async def boost(self, conversation_id: int) -> None: ...


class PostsService(Protocol):
    """Writing and planning posts."""

    async def save(self, draft: PostDraft) -> int:
        """Keep a draft (called at each pause); answers its id."""

    async def schedule(self, draft: PostDraft, at: datetime | None) -> int:
        """Save and owe the post to each of its accounts at `at`, or now; raises UserMistake when it cannot go out."""

    async def back_to_draft(self, post_id: int) -> None: ...

    async def delete(self, post_id: int) -> None: ...

    async def add_picture(self, source: Path) -> Picture:
        """Copy a picture or a video into the profile (checked, turned upright, without EXIF); raises UserMistake with the reason."""

    async def make_fit(self, picture: Picture, account_ids: Sequence[int], progress: Callable[[float], object]) -> Picture:
        """A video encoded anew with the user's own ffmpeg so that these accounts take it; cancel the task to stop. `progress` hears 0 to 1;
        raises UserMistake where there is no ffmpeg or where it cannot be made to fit.
        """

    async def video_facts(self, picture: Picture) -> VideoFacts:
        """What a video is, read on a worker thread; raises UserMistake where it cannot be read."""

    async def can_make_fit(self) -> bool:
        """Whether the user's ffmpeg is there, so that `make_fit` can be offered."""

    def measure(self, account_id: int, text: str, warning: str = "", reply_to: str = "") -> tuple[int, int]:
        """(length, limit) as the account's network counts; fast enough for each key. `warning` counts where the network counts it,
        and so does the handle answered (`reply_to`), which some networks want in the text.
        """

    def split(self, account_id: int, text: str, warning: str = "", reply_to: str = "") -> tuple[str, ...]:
        """The parts of a thread that each fit the account's network; with `reply_to` there is room for it in each, where it counts."""

    def quote_refusal(self, account_id: int) -> Message | None:
        """Why no program may quote on this account's network; None where it may."""

    async def quoted(self, address: str, account_ids: Sequence[int]) -> QuotedPost:
        """The post at an address, as these accounts may quote it; raises UserMistake where none can. Takes seconds."""

    def picture_path(self, picture: Picture) -> Path:
        """Where the picture's file lies."""

    async def lay_out(self, post_id: int, pictures: Sequence[Picture]) -> Path:
        """A folder with copies of the pictures, named in their order, for whoever publishes by hand."""

    def limits(self, account_id: int) -> AccountLimits: ...


class AccountLimits(Protocol):
    """What screens need to know of an account's limits."""

    text: int
    pictures: int
    alt_text: int
    poll_options: int
    poll_option_length: int
    visibilities: tuple[Visibility, ...]
    warning: bool
    threads: bool
    videos: int
    """How many a post may hold; 0: none. For the other limits of videos 0 means not limited."""
    video_bytes: int
    video_seconds: float
    video_shortest_seconds: float
    video_types: tuple[str, ...]
    video_pixels: int
    link_card: bool
    """Whether it leaves the cards of links to us."""


class VideoFacts(Protocol):
    """What a video is, as networks judge it."""

    @property
    def content_type(self) -> str: ...

    @property
    def bytes(self) -> int: ...

    @property
    def seconds(self) -> float: ...

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...


class OutboxService(Protocol):
    """What the user may decide about things that are owed."""

    async def retry(self, outbox_id: int) -> None: ...

    async def cancel(self, outbox_id: int) -> None:
        """Take back what has not left; a reply's text returns to its draft."""

    async def settle(self, outbox_id: int, *, is_out: bool, url: str = "") -> None:
        """The user's word on an unsure item."""

    async def send_now(self, outbox_id: int) -> None: ...

    async def due_by_hand(self) -> int | None:
        """The post whose time to be published by hand came first; None when there is none."""

    async def by_hand(self, outbox_id: int) -> None:
        """The user will publish what failed without the program."""

    async def reschedule(self, outbox_id: int, at: datetime) -> None:
        """Another time (aware UTC) for what has not left, or was late."""


class DeletionService(Protocol):
    """Taking what is out off the network again (product.md, P9)."""

    async def confirmation(self, outbox_id: int) -> str:
        """What the user must type to mean it; raises UserMistake where it cannot be deleted at all."""

    async def delete(self, outbox_id: int, reason: DeleteReason, confirmation: str, *, again: bool = False) -> int | None:
        """Owe the deletion, after the undo time; any reason but spelling is refused with advice. `again`: answers a draft of the text."""


class LoginServiceStatus(Protocol):
    """How the publishing service stands."""

    @property
    def supported(self) -> bool: ...

    @property
    def installed(self) -> bool: ...

    @property
    def running(self) -> bool: ...


class LoginServices(Protocol):
    """The publishing service, started at login by the system."""

    async def install(self) -> Path:
        """Write its file and start it; answers the file. Raises UserMistake, for a profile with a vault among others."""

    async def remove(self) -> None: ...

    async def status(self) -> LoginServiceStatus: ...


class PublishingService(Protocol):
    """The engine, as far as screens hear of it."""

    said: Signal[Message]
    """What happened that nobody asked for: posts that were late, a server that published at once."""


class NetworkChoice(Protocol):
    """One network in the list of the add-account sheet."""

    id: str
    name: str
    icon: str
    asks_server: bool
    may_name_server: bool
    """It works without a server, which may be named all the same."""
    app_password: bool
    """What is pasted is an app password, not a token."""
    secret_page: str
    """Where on the network's own pages that is made; empty where it differs by server."""
    browser: bool
    token: bool
    by_hand: bool
    callback: str
    """The address to register with the user's own developer app, whose id the browser's sign-in then asks for; empty for others."""
    secret_fields: tuple[str, ...]
    """What is pasted, by name."""
    costs: bool
    """Whether calls cost the user money."""


class AccountsService(Protocol):
    """Signing in and out."""

    @property
    def has_vault(self) -> bool:
        """Whether secrets are kept in an encrypted file of the profile instead of the system's keyring."""

    async def make_vault(self, passphrase: str) -> None: ...

    async def unlock_vault(self, passphrase: str) -> None: ...

    def networks(self) -> Sequence[NetworkChoice]: ...

    async def sign_in_browser(self, network: str, server: str, *, again: int | None = None, client_id: str = "") -> int: ...

    async def sign_in_token(
        self, network: str, server: str, secret: str | Mapping[str, str], *, again: int | None = None, handle: str = ""
    ) -> int:
        """`secret`: the text of a network's only field, or all of its fields by name. `handle`: where the network asks for it."""

    async def add_by_hand(self, network: str, handle: str) -> int: ...

    async def pause(self, account_id: int, *, paused: bool) -> None: ...

    async def remove(self, account_id: int) -> None:
        """Revoke the token at the network, forget it in the keyring, keep messages and posts."""

    def offers(self, account: AccountRow) -> Mapping[str, tuple[Offer, Message | None]]:
        """For publish, hear, private, metrics, like, boost: whether it works, and the reason where not. Answers at once."""


class MoneyService(Protocol):
    """What calls to networks that charge may spend, did spend, and are going to spend."""

    @property
    def networks(self) -> Sequence[str]:
        """Those that charge."""

    async def meter(self, network: str) -> Meter:
        """This month's meter."""

    def reading_price(self, network: str, minutes: int) -> tuple[int, int]:
        """(expected, at most), in millionths, of looking for messages every so many minutes for a month."""

    async def price_of(self, post: PostDraft) -> Sequence[PostPrice]:
        """What publishing the post is going to cost, network by network; nothing for networks that are free."""


class SyncService(Protocol):
    """Collecting."""

    progress: Signal[int, int, int | None]
    """(account id, messages read, estimate of all) during a reading; estimate None at its end."""
    trouble: Signal[int, AppError | None]
    """(account id, what went wrong; None when it works again)."""

    async def look_now(self) -> int:
        """Read every account once; answers how many new messages came."""

    def stop(self) -> None:
        """Stop a reading under way; what was stored stays, the rest comes next time."""


class UndoService(Protocol):
    """The last 50 acts."""

    changed: Signal[[]]

    def can_undo(self) -> bool: ...

    def can_redo(self) -> bool: ...

    async def undo(self) -> Message | None:
        """Take the last act back; answers what to say, None when there was nothing."""

    async def redo(self) -> Message | None: ...


class DataService(Protocol):
    """The profile as a whole."""

    read_only: bool
    folder: Path
    """The folder that holds everything of this profile; known before the services are loaded."""

    async def backup(self, target: Path | None = None) -> Path: ...

    async def open_sample(self) -> None:
        """Start the sample shop in its own profile and window."""


class LinkCardsService(Protocol):
    """Cards of links, for networks that leave it to us to build them (`Limits.link_card`)."""

    def link_of(self, text: str) -> str:
        """The link that a card would be made of; empty without one."""

    async def preview(self, url: str) -> LinkPreview | None:
        """Its card, the picture kept in the media folder; None where the page gives none. Takes seconds."""


class Services(Protocol):
    """All of them; handed to commands and pages by bootstrap."""

    reads: Reads
    changed: Signal[Changes]
    settings: Settings
    inbox: InboxService
    posts: PostsService
    outbox: OutboxService
    publishing: PublishingService
    deletion: DeletionService
    links: LinkCardsService
    login_service: LoginServices
    accounts: AccountsService
    money: MoneyService
    sync: SyncService
    undo: UndoService
    data: DataService
