"""What services are given from outside: what differs between the window, the command line and the tests, and the user's settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from zoneinfo import ZoneInfo

from app.models.lateness import Lateness, LateRule
from app.models.sorting import vocabulary
from app.networks.email.authorities import AUTHORITIES, Authority
from app.networks.network import Card, OpenBrowser
from app.runtime.clock import Clock
from app.runtime.paths import Paths, resources
from app.runtime.settings import Posting, Reading, Safekeeping, Sending, Settings, Shop
from app.runtime.tasks import Tasks
from app.runtime.words import FALLBACK, Message, Words
from app.services.accounts import Keeper
from app.services.checks import LinkAnswers, cannot_tell
from app.services.connections import Connect, connect_for_real
from app.services.link_cards import ReadPage, no_page
from app.services.link_shortener import OpenShortener
from app.services.locking import LockKey
from app.services.mailboxes import Browser
from app.services.paper_words import PaperCatalogues
from app.services.pictures import Fetch, fetch_nothing
from app.services.product_feeds import FetchFile, fetch_no_file
from app.services.undo import Undo

TRANSLATIONS = "translations"
PAPERS = "language/paper_words.json"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What differs between the window, the command line, the sample shop and the tests."""

    paths: Paths
    settings: Settings
    clock: Clock
    tasks: Tasks
    credentials: Keeper
    cards: Mapping[str, Card]
    open_browser: OpenBrowser
    profile_id: str
    undo: Undo
    connect: Connect = connect_for_real
    link_answers: LinkAnswers = cannot_tell
    read_page: ReadPage = no_page
    fetch_picture: Fetch = fetch_nothing
    fetch_file: FetchFile = fetch_no_file
    say: Callable[[Message], str] | None = None
    """Puts into words what leaves the program by another door than its window: the page at the end of a browser's sign-in."""
    window_language: Callable[[], str] = lambda: FALLBACK
    open_shortener: OpenShortener | None = None
    """The way to a link shortener; None: over the net, or simulated where the networks are."""
    authorities: Mapping[str, Authority] = field(default_factory=lambda: AUTHORITIES)
    """Who lets mailboxes in through the browser."""
    lock_key: LockKey | None = None
    """What the keyring holds of the window's passphrase; None: nothing is locked."""
    chance: Random = Random()  # noqa: S311, RUF009  (spreads retries, guards nothing)

    @property
    def browser(self) -> Browser:
        """With what mailboxes are signed in there."""
        return Browser(self.open_browser, self.say, self.authorities)


class Wishes:
    """What services ask of the settings, anew each time: a changed setting holds at once."""

    def __init__(
        self, settings: Settings, window_language: Callable[[], str] = lambda: FALLBACK, undo_time: Callable[[int], int] = int
    ) -> None:
        """`undo_time`: how long an act can be taken back where the user chose so many seconds."""
        self._settings = settings
        self._window_language = window_language
        self._undo_time = undo_time

    def undo_seconds(self) -> int:
        return self._undo_time(self._settings.get(Sending).undo_seconds)

    def interval(self) -> timedelta:
        return timedelta(minutes=self._settings.get(Reading).minutes)

    def zone(self) -> str:
        return self._settings.get(Shop).zone

    def shops_zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone() or "UTC")

    def words_for(self, language: str) -> Words:
        """For what is read outside of the window: in this language where papers are written in it, else in the window's."""
        own = self._settings.get(Shop)
        catalogues = PaperCatalogues(resources() / TRANSLATIONS, resources() / PAPERS)
        words = Words(catalogues, catalogues.nearest(language, own.language, self._window_language()), self.zone() or "UTC")
        words.region = own.country
        words.own = vocabulary(self._settings).texts()
        return words

    def own_words(self) -> Words:
        """The window's language, for files that the user reads."""
        own = self._settings.get(Shop)
        words = Words(resources() / TRANSLATIONS, self._window_language(), self.zone() or "UTC")
        words.region = own.country
        words.own = vocabulary(self._settings).texts()
        return words

    def backs_up(self) -> bool:
        return self._settings.get(Safekeeping).automatic

    def late(self) -> Lateness:
        posting = self._settings.get(Posting)
        return Lateness(LateRule(posting.late), posting.late_minutes)

    def server_holds(self) -> bool:
        return self._settings.get(Posting).server_holds
