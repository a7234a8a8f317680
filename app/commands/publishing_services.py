"""What commands and screens may ask of writing, planning and publishing, as Protocols. Imports nothing that loads after the first frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from app.models.lateness import AfterPause, Pause
from app.models.message import Visibility
from app.models.outbox import DeleteReason
from app.models.post import LinkPreview, Picture, PostDraft, QuotedPost
from app.runtime.signals import Signal
from app.runtime.words import Message


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

    async def make_fit(
        self, picture: Picture, account_ids: Sequence[int], progress: Callable[[float], object]
    ) -> Picture:
        """A video encoded anew with the user's own ffmpeg so that these accounts take it; cancel the task to stop. `progress` hears 0 to 1;
        raises UserMistake where there is no ffmpeg or where it cannot be made to fit.
        """

    async def video_facts(self, picture: Picture) -> VideoFacts:
        """What a video is, read on a worker thread; raises UserMistake where it cannot be read."""

    async def can_make_fit(self) -> bool:
        """Whether the user's ffmpeg is there, so that `make_fit` can be offered."""

    def measure(
        self, account_id: int, text: str, warning: str = "", reply_to: str = "", *, private: bool = False
    ) -> tuple[int, int]:
        """(length, limit) as the account's network counts; fast enough for each key. `warning` counts where the network counts it,
        and so does the handle answered (`reply_to`), which some networks want in the text. `private`: as a private message.
        """

    def split(
        self,
        account_id: int,
        text: str,
        warning: str = "",
        reply_to: str = "",
        *,
        private: bool = False,
        spare: int = 0,
    ) -> tuple[str, ...]:
        """The parts of a thread that each fit the account's network; with `reply_to` there is room for it in each, where it counts, and
        `spare` letters more for what is added to each.
        """

    def quote_refusal(self, account_id: int) -> Message | None:
        """Why no program may quote on this account's network; None where it may."""

    async def quoted(self, address: str, account_ids: Sequence[int], *, anew: bool = False) -> QuotedPost:
        """The post at an address, as these accounts may quote it; raises UserMistake where none can. Takes seconds. `anew`: asks
        the networks also about what is known.
        """

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
    video_codecs: tuple[str, ...]
    video_rate: float
    link_card: bool
    """Whether it leaves the cards of links to us."""
    quotes_alone: bool
    """Whether a post that quotes has room for neither pictures nor a poll."""


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

    @property
    def codec(self) -> str: ...

    @property
    def rate(self) -> float: ...


class OutboxService(Protocol):
    """What the user may decide about things that are owed."""

    async def retry(self, outbox_id: int) -> None: ...

    async def cancel(self, outbox_id: int) -> None:
        """Take back what has not left; a reply's text returns to its draft."""

    async def settle_missed(self, pause: Pause, way: AfterPause) -> int:
        """Posts whose time passed in a pause that is about to end; answers how many deliveries these are."""

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

    async def delete(
        self, outbox_id: int, reason: DeleteReason, confirmation: str, *, again: bool = False
    ) -> int | None:
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

    async def start(self) -> None:
        """Start what is installed and does not run. Raises UserMistake where the system does not."""

    async def remove(self) -> None: ...

    async def status(self) -> LoginServiceStatus: ...


class PublishingService(Protocol):
    """The engine, as far as screens hear of it."""

    said: Signal[Message]
    """What happened that nobody asked for: posts that were late, a server that published at once."""


class LinkCardsService(Protocol):
    """Cards of links, for networks that leave it to us to build them (`Limits.link_card`)."""

    def link_of(self, text: str) -> str:
        """The link that a card would be made of; empty without one."""

    async def preview(self, url: str) -> LinkPreview | None:
        """Its card, the picture kept in the media folder; None where the page gives none. Takes seconds."""
