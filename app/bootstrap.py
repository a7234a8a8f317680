"""The composition root: builds the layers, hands each what it needs, and starts and ends the program. The one file that sees them all.

Order of a start with a window: the first frame (ui/first_frame.py), profile and first list (early.py), both before this is imported; shell
and first page from plain SQL, all without asyncio and SQLAlchemy; then one thread imports the rest and opens the data file while Qt runs;
then the services and qasync's loop. The imports inside functions here are measured late imports: eager, they cost seven times a bare window.
"""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from app.commands.account_services import AccountsService, MoneyService, PicturesService, SyncService
from app.commands.agreement_services import AgreementsService, InvitationsService
from app.commands.calendar_services import PlanningService
from app.commands.campaign_services import CampaignsService, DeadlinesService, LaunchesService, PatternsService
from app.commands.customer_services import CustomersService, OrdersService
from app.commands.desktop_services import PausingService
from app.commands.drafting_services import DraftingService
from app.commands.escalation_services import EscalationsService, LettersService
from app.commands.faq_services import FaqFilesService, FaqGatheringService, FaqService
from app.commands.idea_services import ArchiveImportService, IdeasService, PostImportService, ProductFeedsService
from app.commands.inbox_services import AnsweringService, CourtesiesService, InboxService, PromisesService
from app.commands.insight_services import FigureSheetsService
from app.commands.link_services import ClicksService, TrackedLinksService
from app.commands.locking_services import LockingService
from app.commands.mail_services import MailboxesService, ManagersService
from app.commands.plan_services import CalendarFolderService, PlanExportService
from app.commands.playbook_services import PlaybookFilesService, PlaybookService
from app.commands.publishing_services import (
    DeletionService,
    LinkCardsService,
    LoginServices,
    OutboxService,
    PostsService,
    PublishingService,
)
from app.commands.question_services import EvergreenService, ImageSetsService, QuestionsService, RecurringService
from app.commands.reply_services import RepliesService
from app.commands.report_services import ReportsService
from app.commands.safekeeping_services import ErasingService, SafekeepingService
from app.commands.sale_services import AnalyticsService, FigureImportService, SalesService
from app.commands.search_services import SearchesService, SpikesService
from app.commands.services import Changes, DataService, Reads, UndoService
from app.commands.slot_services import SlotsService
from app.commands.sorting_services import PillarsService, RulesService, TagsService
from app.commands.suggesting_services import SuggestingService
from app.commands.support_services import CallCentreService, InterestsService
from app.commands.today_services import TipsService
from app.models.message import Visibility
from app.models.plan import FolderState
from app.models.report import ReportState
from app.profile import Post, Profile, screen_reads
from app.runtime.clock import day_start
from app.runtime.paths import resources
from app.runtime.settings import Shop
from app.runtime.signals import Signal
from app.runtime.zones import ZoneInfo
from app.services.reads import ScreenReads
from app.services.undo import Undo
from app.store.changes import Changes as Everything
from app.store.reading import settings as settings_reading
from app.store.reading.queries import StoreQueries
from app.store.schema import FileState

PROFILE_ID = "profile.id"
"""The setting that holds the profile's own random id: names its secrets in the keyring."""

SAMPLE_LATENCY_SECONDS = 0.3

CO_COROUTINE = 0x80
"""inspect.CO_COROUTINE, without importing inspect."""

LATE_MODULES = (
    "asyncio",
    "app.services.assembly",
    "app.networks.registry",
    "app.runtime.credentials",
    "app.runtime.tasks",
    "app.services.sample_shop",
)
"""What is imported after the first frame, in this order."""


# -- services before they are there --------------------------------------------------------------------------------------------


class Late:
    """Stands for a service until it is loaded. What screens connect to at once (signals) is there from the start. An `async` method called
    before then starts when it is awaited, which is when the loop runs; anything else makes loading end first.
    """

    def __init__(
        self,
        hurry: Callable[[], None],
        face: type,
        early: Mapping[str, Any] | None = None,
        **signals: Signal[Any],
    ) -> None:
        """`face` is the service's Protocol (commands/services.py): it tells which methods are `async`. `early` holds answers that do
        until the service is there; screens ask again when they hear that all accounts changed (see `Board.become`).
        """
        self._hurry = hurry
        self._early = early or {}
        self._face = face
        self._real: Any = None
        self._signals = signals

    def become(self, real: Any) -> None:
        """From now on everything is asked of `real`, and its signals are heard as this one's."""
        self._real = real
        for name, signal in self._signals.items():
            getattr(real, name).connect(signal.emit)

    def __getattr__(self, name: str) -> Any:
        if name in self._signals:
            return self._signals[name]
        if self._real is not None:
            return getattr(self._real, name)
        if name in self._early:
            return self._early[name]
        declared = getattr(self._face, name)
        if not callable(declared):
            return getattr(self._there(), name)
        if declared.__code__.co_flags & CO_COROUTINE:

            async def wait_and_do(*args: Any, **values: Any) -> Any:
                return await getattr(self._there(), name)(*args, **values)

            return wait_and_do
        return lambda *args, **values: getattr(self._there(), name)(*args, **values)

    def _there(self) -> Any:
        if self._real is None:
            self._hurry()
        return self._real


class Board:
    """The services as screens and commands see them (`commands.services.Services`), from before the first frame until the end."""

    def __init__(self, profile: Profile, undo: Undo, post: Post, hurry: Callable[[], None], reads: ScreenReads | None = None) -> None:
        """`reads` is what the first list was read through."""
        self.settings = profile.settings
        self.changed: Signal[[Changes]] = Signal("changed")
        self.undo: UndoService = undo
        self.screen_reads = reads or screen_reads(profile, post)
        self.screen_reads.queries = StoreQueries
        self.reads: Reads = self.screen_reads
        self._converse(profile, hurry)
        self._publish(hurry)
        self._look_after(profile, hurry)

    # Typed as anything: each answers for a service whose class is imported later.

    def _converse(self, profile: Profile, hurry: Callable[[], None]) -> None:
        self.inbox: Any = Late(hurry, InboxService, progress=Signal("bulk.progress"))
        midnight = partial(_midnight, profile)
        self.courtesies: Any = Late(hurry, CourtesiesService, {"day_starts_at": midnight})
        self.promises: Any = Late(hurry, PromisesService, {"find": lambda _messages, *_language: None, "in_reply": lambda *_said: None})
        unseen: dict[str, Callable[..., Any]] = {
            "look": lambda _text, _theirs: NOTHING_SEEN,
            "terms": lambda _language: "",
            "anger": lambda _text, _theirs, _replies: (),
        }
        self.replies: Any = Late(hurry, RepliesService, unseen)
        self.playbook: Any = Late(
            hurry, PlaybookService, {"style": lambda *_said: (), "day": lambda *_typed: None, "choose": lambda *_of, **_how: None}
        )
        self.playbook_files: Any = Late(hurry, PlaybookFilesService)
        unsuggested: dict[str, Callable[..., Any]] = {"suggest": _nothing_yet}
        self.suggesting: Any = Late(hurry, SuggestingService, unsuggested, sharper=Signal("suggesting.sharper"))
        self.faq: Any = Late(hurry, FaqService)
        self.faq_gathering: Any = Late(hurry, FaqGatheringService, {"is_under_way": False}, progress=Signal("faq.gathering"))
        self.faq_files: Any = Late(hurry, FaqFilesService)
        self.answering: Any = Late(
            hurry,
            AnsweringService,
            {"solved_by": lambda _row, _case: None},
            progress=Signal("answering.progress"),
            recounted=Signal("answering.recounted"),
        )
        self.agreements: Any = Late(hurry, AgreementsService, {"propose": lambda _text: None})
        self.invitations: Any = Late(hurry, InvitationsService, {"why": lambda _row, _detail: None})
        self.escalations: Any = Late(
            hurry, EscalationsService, taken_back=Signal("escalations.taken_back"), reminded=Signal("escalations.reminded")
        )
        self.letters: Any = Late(hurry, LettersService, came=Signal("letters.came"))

    def _publish(self, hurry: Callable[[], None]) -> None:
        unmeasured: dict[str, Callable[..., Any]] = {
            "measure": lambda _account_id, text, *_more, **_named: (len(text), 0),
            "limits": lambda _account_id: EARLY_LIMITS,
            "quote_refusal": lambda _account_id: None,
        }
        self.posts: Any = Late(hurry, PostsService, unmeasured)
        self.planning: Any = Late(hurry, PlanningService, {"holidays": lambda _years, _language: {}})
        self.plan_export: Any = Late(hurry, PlanExportService)
        self.calendar_folder: Any = Late(
            hurry,
            CalendarFolderService,
            {"state": FolderState()},
            changed=Signal("calendar_folder.changed"),
            said=Signal("calendar_folder.said"),
        )
        self.drafting: Any = Late(hurry, DraftingService, {"spells": lambda _language: True})
        self.slots: Any = Late(hurry, SlotsService)
        self.figure_sheets: Any = Late(hurry, FigureSheetsService)
        self.call_centre: Any = Late(hurry, CallCentreService)
        self.interests: Any = Late(hurry, InterestsService)
        self.sales: Any = Late(hurry, SalesService)
        self.analytics: Any = Late(hurry, AnalyticsService, {"trouble": None})
        self.figure_import: Any = Late(hurry, FigureImportService)
        self.reports: Any = Late(
            hurry, ReportsService, {"state": ReportState()}, changed=Signal("reports.changed"), said=Signal("reports.said")
        )
        self.tips: Any = Late(hurry, TipsService)
        self.campaigns: Any = Late(hurry, CampaignsService)
        self.launches: Any = Late(hurry, LaunchesService)
        self.deadlines: Any = Late(hurry, DeadlinesService)
        self.patterns: Any = Late(hurry, PatternsService, {"shipped": lambda _language: None})
        self.ideas: Any = Late(hurry, IdeasService)
        self.product_feeds: Any = Late(hurry, ProductFeedsService)
        self.post_import: Any = Late(hurry, PostImportService)
        self.archive_import: Any = Late(hurry, ArchiveImportService)
        self.image_sets: Any = Late(hurry, ImageSetsService)
        self.recurring: Any = Late(hurry, RecurringService, said=Signal("recurring.said"))
        self.evergreen: Any = Late(hurry, EvergreenService)
        self.questions: Any = Late(hurry, QuestionsService)
        self.outbox: Any = Late(hurry, OutboxService)
        self.money: Any = Late(hurry, MoneyService, {"reading_price": lambda _network, _minutes: (0, 0)})
        self.publishing: Any = Late(hurry, PublishingService, said=Signal("publishing.said"))
        self.deletion: Any = Late(hurry, DeletionService)
        self.links: Any = Late(hurry, LinkCardsService)
        unlinked: dict[str, Any] = {
            "leaves": lambda _draft, _account_id, text: text,
            "faces": lambda _draft: (),
            "tag": lambda url, _account_id: url,
            "shortener_name": "",
            "trouble": None,
        }
        self.tracked_links: Any = Late(hurry, TrackedLinksService, unlinked, said=Signal("links.said"))
        self.clicks: Any = Late(hurry, ClicksService, {"trouble": None})
        self.login_service: Any = Late(hurry, LoginServices)

    def _look_after(self, profile: Profile, hurry: Callable[[], None]) -> None:
        self.accounts: Any = Late(hurry, AccountsService, {"offers": lambda _account: {}})
        self.mailboxes: Any = Late(hurry, MailboxesService)
        self.managers: Any = Late(hurry, ManagersService)
        self.sync: Any = Late(
            hurry,
            SyncService,
            {"pace": lambda _account_id, _network: None},
            progress=Signal("sync.progress"),
            paused=Signal("sync.paused"),
            looked=Signal("sync.looked"),
            trouble=Signal("sync.trouble"),
        )
        self.pictures: Any = Late(hurry, PicturesService, {"file": lambda _url, _kind: None}, changed=Signal("pictures.changed"))
        self.tags: Any = Late(hurry, TagsService)
        self.pillars: Any = Late(hurry, PillarsService)
        self.searches: Any = Late(hurry, SearchesService)
        self.spikes: Any = Late(hurry, SpikesService, {"current": None}, changed=Signal("spikes.changed"))
        self.rules: Any = Late(hurry, RulesService)
        self.customers: Any = Late(hurry, CustomersService)
        self.orders: Any = Late(hurry, OrdersService)
        self.pausing: Any = Late(hurry, PausingService, {"until": None, "last": None}, changed=Signal("pausing.changed"))
        self.safekeeping: Any = Late(
            hurry,
            SafekeepingService,
            {"is_under_way": False},
            progress=Signal("safekeeping.progress"),
            replaced=Signal("safekeeping.replaced"),
            said=Signal("safekeeping.said"),
        )
        self.erasing: Any = Late(hurry, ErasingService, finished=Signal("erasing.finished"))
        self.locking: Any = Late(hurry, LockingService, {"wait_seconds": lambda: 0})
        self.data: Any = DataBeforehand(profile, hurry)

    def become(self, assembly: Any) -> None:
        """The services are there."""
        for name, late in vars(self).items():
            if isinstance(late, Late):
                late.become(getattr(assembly, name))
        assembly.database.changed.connect(self.changed.emit)
        self.pictures.changed.emit(frozenset())
        self.changed.emit(Everything({"account": None}))


async def _nothing_yet(*_asked: object, **_how: object) -> tuple[()]:
    return ()


def _midnight(profile: Profile) -> datetime:
    return day_start(profile.clock.now(), ZoneInfo(profile.settings.get(Shop).zone or "UTC"))


@dataclass(frozen=True, slots=True)
class EarlyLimits:
    """What a screen may offer before the account's own limits are known: the least."""

    text: int = 0
    pictures: int = 0
    alt_text: int = 0
    poll_options: int = 0
    poll_option_length: int = 0
    visibilities: tuple[Visibility, ...] = (Visibility.PUBLIC,)
    warning: bool = False
    threads: bool = False
    videos: int = 0
    video_bytes: int = 0
    video_seconds: float = 0.0
    video_shortest_seconds: float = 0.0
    video_types: tuple[str, ...] = ()
    video_pixels: int = 0
    video_codecs: tuple[str, ...] = ()
    video_rate: float = 0.0
    link_card: bool = False
    quotes_alone: bool = False


EARLY_LIMITS = EarlyLimits()


class NothingSeen(NamedTuple):
    """Of a reply that cannot be looked through yet."""

    holds: str = ""
    they_hold: str = ""
    money: bool = False
    has_terms: bool = False


NOTHING_SEEN = NothingSeen()


class DataBeforehand(Late):
    """`read_only` and `folder` are known before the data service is."""

    def __init__(self, profile: Profile, hurry: Callable[[], None]) -> None:
        super().__init__(hurry, DataService)
        self.read_only = profile.read_only
        self.folder = profile.paths.root


# -- building the services -----------------------------------------------------------------------------------------------------


def import_late(also: tuple[str, ...] = ()) -> None:
    """Import what the first frame could do without; on a thread of its own in the window."""
    for name in (*LATE_MODULES, *also):
        importlib.import_module(name)


def open_database(profile: Profile) -> Any:
    """Open (create, upgrade) the data file and, in the sample profile, fill it. Any thread; may take seconds."""
    from app.store.database import Database
    from app.store.writing import settings as settings_writing

    database = Database.open(
        profile.paths.database,
        backups=profile.paths.backups,
        clock=profile.clock,
        process_id=profile.process_id(),
        read_only=profile.read_only,
    )
    if profile.sample and not profile.read_only and profile.state is FileState.MISSING:
        from app.services import sample_shop

        server = sample_server(profile)
        sample_shop.seed_now(database, server, resources() / "sample", profile.paths.media, profile.clock.now())
    profile.adopt(database.reader.now(settings_reading.values))
    if PROFILE_ID not in profile.stored and not profile.read_only:
        import secrets

        profile.stored[PROFILE_ID] = database.write_now(settings_writing.keep, PROFILE_ID, secrets.token_hex(8))
    return database


def build_services(
    profile: Profile,
    database: Any,
    tasks: Any,
    undo: Undo,
    open_browser: Callable[[str], Awaitable[None]],
    passphrase: str | None = None,
) -> Any:
    """The services over an open data file; nothing runs yet."""
    from app.links.files import SECONDS, fetch_file
    from app.links.page_card import page_card
    from app.links.pages import Pages
    from app.links.pictures import picture
    from app.networks import registry
    from app.services.assembly import assemble
    from app.services.checks import LinkAnswers, cannot_tell
    from app.services.connections import Connect, connect_for_real
    from app.services.link_cards import ReadPage, no_page
    from app.services.pictures import Fetch, fetch_nothing
    from app.services.product_feeds import FetchFile, fetch_no_file
    from app.services.sample_mailbox import connect_sample, read_world
    from app.services.surroundings import Surroundings

    pages = Pages()
    link_answers: LinkAnswers = pages.answers
    read_page: ReadPage = partial(page_card, pages)
    fetch_picture: Fetch = partial(picture, Pages(encrypted=True))
    fetch_feed: FetchFile = partial(fetch_file, Pages(encrypted=True, seconds=SECONDS))
    connect: Connect = connect_for_real
    cards = registry.by_id()
    if profile.sample:
        server = sample_server(profile)
        connect = connect_sample(server, profile.clock, lambda: read_world(resources() / "sample"))
        cards = {name: server.card(card) for name, card in cards.items()}
        link_answers, read_page, fetch_picture = cannot_tell, no_page, fetch_nothing
        fetch_feed = fetch_no_file
    return assemble(
        database,
        Surroundings(
            paths=profile.paths,
            settings=profile.settings,
            clock=profile.clock,
            tasks=tasks,
            credentials=_secrets(profile, passphrase),
            cards=cards,
            open_browser=open_browser,
            profile_id=profile.stored.get(PROFILE_ID, "read-only"),
            lock_key=None if profile.sample else lock_key(profile),
            undo=undo,
            connect=connect,
            say=profile.words.text,
            window_language=lambda: profile.words.language,
            link_answers=link_answers,
            read_page=read_page,
            fetch_picture=fetch_picture,
            fetch_file=fetch_feed,
        ),
    )


def sample_server(profile: Profile) -> Any:
    """The simulated networks of the sample profile."""
    from app.networks.sample.server import SampleServer
    from app.services import sample_profile

    return SampleServer(sample_profile.server_file(profile.paths), profile.clock, latency_seconds=SAMPLE_LATENCY_SECONDS)


def _secrets(profile: Profile, passphrase: str | None) -> Any:
    """The keyring, or the vault where the profile has one; the sample shop's simulated networks want no secrets."""
    from app.services.vault import Secrets

    if profile.sample:
        return NoSecrets()
    return Secrets(profile.paths.vault, profile.log.redactor.register, passphrase)


def lock_key(profile: Profile) -> Any:
    """What the keyring holds of the window's passphrase, also where the secrets of accounts lie in a vault."""
    from app.runtime.credentials import KeyringCredentials
    from app.services.locking import LockKey

    return LockKey(partial(KeyringCredentials, profile.log.redactor.register), profile.stored.get(PROFILE_ID, "read-only"))


class NoSecrets:
    """For the sample shop: every account is signed in, with nothing to keep and nothing to lock."""

    has_vault = False

    def make_vault(self, _passphrase: str) -> None:
        """Nothing to keep."""

    def unlock(self, _passphrase: str) -> None:
        """Nothing is locked."""

    def get(self, _account_key: str) -> dict[str, str]:
        return {}

    def set(self, _account_key: str, _given: Any) -> None:
        """Nothing to keep."""

    def delete(self, _account_key: str) -> None:
        """Nothing was kept."""


# -- shared by window and command line -----------------------------------------------------------------------------------------


def keep_settings_in(profile: Profile, services: Any) -> None:
    """From now on a changed setting is written to the data file, those included that were changed before. Called in the loop."""
    from app.services.setting_writing import SettingWriting

    profile.keep_setting = SettingWriting(services.database, services.tasks).keep
    for name in sorted(profile.unkept):
        profile.keep_setting(name, profile.stored[name])
    profile.unkept.clear()
