"""What commands and screens may ask of the program below them, as Protocols. Imports nothing that loads after the first frame.

Reading: `Reads.now` answers at once on the calling thread (first frame, tests, a single small row); `Reads.later` asks a worker
thread and calls back on the UI thread. Both run a function of `Queries`, whose methods are plain indexed reads.
Changing: the `async` methods of the services; each is one transaction, and screens learn of it through `Changes` only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

from app.commands.account_services import AccountsService, MoneyService, PicturesService, SyncService
from app.commands.agreement_services import AgreementsService, InvitationsService
from app.commands.calendar_services import CalendarQueries, PlanningService
from app.commands.campaign_services import (
    CampaignQueries,
    CampaignsService,
    DeadlinesService,
    LaunchesService,
    PatternsService,
)
from app.commands.customer_services import CustomersService, OrdersService
from app.commands.desktop_services import PausingService
from app.commands.drafting_services import DraftingQueries, DraftingService
from app.commands.escalation_services import EscalationQueries, EscalationsService, LettersService
from app.commands.faq_services import FaqFilesService, FaqGatheringService, FaqQueries, FaqService
from app.commands.idea_services import (
    ArchiveImportService,
    IdeaQueries,
    IdeasService,
    PostImportService,
    ProductFeedsService,
)
from app.commands.inbox_services import AnsweringService, CourtesiesService, InboxService, PromisesService
from app.commands.insight_services import FigureSheetsService, InsightQueries
from app.commands.link_services import ClicksService, TrackedLinksService
from app.commands.lists import ListQueries
from app.commands.locking_services import LockingService
from app.commands.mail_services import MailboxesService, MailQueries, ManagersService
from app.commands.plan_services import CalendarFolderService, PlanExportService
from app.commands.playbook_services import PlaybookFilesService, PlaybookQueries, PlaybookService
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
from app.commands.sale_services import AnalyticsService, FigureImportService, SaleQueries, SalesService
from app.commands.search_services import FindQueries, SearchesService, SpikesService
from app.commands.slot_services import SlotsService
from app.commands.sorting_services import PillarsService, RulesService, SortingQueries, TagsService
from app.commands.suggesting_services import SuggestingService
from app.commands.support_services import CallCentreService, InterestsService, SupportQueries
from app.commands.today_services import TipsService, TodayQueries
from app.models.account import AccountRow
from app.models.agreement import AgreementRow
from app.models.conversation import View
from app.models.courtesy import Courtesy
from app.models.customer import Candidate, CustomerDetail, HistoryLine
from app.models.kept_text import KeptText
from app.models.message import ConversationDetail
from app.models.order import OrderRow
from app.models.outbox import OutboxRow
from app.models.post import PostDraft, PostRow
from app.models.promise import PromiseRow
from app.models.today import Brief
from app.runtime.settings import Sending, Settings
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

    def merge(self, other: Self) -> Self:
        """Both as one."""


class Queries(ListQueries, FindQueries, SortingQueries, PlaybookQueries, FaqQueries, MailQueries, EscalationQueries, CalendarQueries, DraftingQueries, CampaignQueries, IdeaQueries, InsightQueries, SupportQueries, SaleQueries, TodayQueries, Protocol):
    """Plain reads: those of a list (commands/lists.py) and all others."""

    def accounts(self) -> list[AccountRow]: ...

    def view_counts(self, account_id: int | None) -> Mapping[View, int]: ...

    def account_counts(self, view: View) -> Mapping[int, int]: ...

    def conversation(self, conversation_id: int, limit: int = 60) -> ConversationDetail | None: ...

    def replies_since(self, conversation_id: int, since: datetime) -> int:
        """How many replies went, or are about to go, to the person of a conversation since a moment."""

    def post(self, post_id: int) -> PostDraft | None: ...

    def post_row(self, post_id: int) -> PostRow | None:
        """The same post as lists show it, with where it stands."""

    def posts(self, since: datetime | None, until: datetime | None) -> list[PostRow]:
        """Posts planned or out in the span, in time order; without a span, ideas and drafts, newest first."""

    def customer(self, customer_id: int, conversation_id: int | None = None) -> CustomerDetail | None:
        """All that the card shows beside a conversation."""

    def same_person(self, customer_id: int) -> list[Candidate]:
        """Who might be the same person, with the reason; the surest first."""

    def people(self, text: str, limit: int = 12) -> list[Candidate]:
        """Customers found by name or handle."""

    def history(self, customer_id: int, limit: int) -> list[HistoryLine]:
        """The last messages of all conversations with a customer, oldest first."""

    def orders_of(self, customer_id: int) -> list[OrderRow]:
        """All of them, newest first."""

    def agreements_of(self, customer_id: int) -> list[AgreementRow]:
        """Those that stand, the newest first."""

    def promises_due(self, until: datetime, limit: int = 50) -> list[PromiseRow]:
        """Open promises that are due before a moment, the earliest first."""

    def order_counts(self) -> tuple[int, int]:
        """(orders, those that stand with a customer)."""

    def courtesy(self, conversation_id: int, day_starts_at: datetime) -> Courtesy | None:
        """What the courtesies of a conversation depend on."""

    def outbox(self, *, post_id: int | None = None, conversation_id: int | None = None, unfinished: bool = True) -> list[OutboxRow]: ...

    def kept_texts(self, most: int = 12) -> list[KeptText]:
        """Drafts of replies and posts, the newest first."""

    def brief(self, now: datetime, day_starts_at: datetime, day_ends_at: datetime) -> Brief: ...


class Reads(Protocol):
    """The way screens read."""

    def now(self, query: Callable[[Queries], T]) -> T:
        """Run on the calling thread."""

    def later(self, query: Callable[[Queries], T], deliver: Callable[[T], None]) -> Callable[[], None]:
        """Run on a worker thread, call `deliver` on the UI thread; the returned function cancels the delivery."""


class UndoService(Protocol):
    """The last 50 acts."""

    changed: Signal[[]]
    about: tuple[int, ...]
    """The conversations of the act that was taken back or done again last."""

    def seconds(self, chosen: int) -> int:
        """How long an act can be taken back now, where the user chose so many seconds."""

    def can_undo(self) -> bool: ...

    def can_redo(self) -> bool: ...

    async def undo(self, under_way: Sequence[Any] = ()) -> Message | None:
        """Take the last act back, one of the tasks `under_way` included; answers what to say, None when there was nothing."""

    async def redo(self, under_way: Sequence[Any] = ()) -> Message | None: ...


class DataService(Protocol):
    """The profile as a whole."""

    read_only: bool
    folder: Path
    """The folder that holds everything of this profile; known before the services are loaded."""

    async def open_sample(self) -> None:
        """Start the sample shop in its own profile and window."""


class Services(Protocol):
    """All of them; handed to commands and pages by bootstrap."""

    reads: Reads
    changed: Signal[Changes]
    settings: Settings
    inbox: InboxService
    replies: RepliesService
    playbook: PlaybookService
    playbook_files: PlaybookFilesService
    suggesting: SuggestingService
    faq: FaqService
    faq_gathering: FaqGatheringService
    faq_files: FaqFilesService
    courtesies: CourtesiesService
    promises: PromisesService
    answering: AnsweringService
    posts: PostsService
    planning: PlanningService
    ideas: IdeasService
    product_feeds: ProductFeedsService
    post_import: PostImportService
    archive_import: ArchiveImportService
    drafting: DraftingService
    campaigns: CampaignsService
    launches: LaunchesService
    deadlines: DeadlinesService
    patterns: PatternsService
    plan_export: PlanExportService
    calendar_folder: CalendarFolderService
    slots: SlotsService
    figure_sheets: FigureSheetsService
    reports: ReportsService
    call_centre: CallCentreService
    interests: InterestsService
    sales: SalesService
    analytics: AnalyticsService
    figure_import: FigureImportService
    tips: TipsService
    image_sets: ImageSetsService
    recurring: RecurringService
    evergreen: EvergreenService
    questions: QuestionsService
    outbox: OutboxService
    publishing: PublishingService
    deletion: DeletionService
    links: LinkCardsService
    tracked_links: TrackedLinksService
    clicks: ClicksService
    pictures: PicturesService
    login_service: LoginServices
    accounts: AccountsService
    mailboxes: MailboxesService
    managers: ManagersService
    escalations: EscalationsService
    letters: LettersService
    money: MoneyService
    sync: SyncService
    tags: TagsService
    pillars: PillarsService
    rules: RulesService
    searches: SearchesService
    spikes: SpikesService
    customers: CustomersService
    orders: OrdersService
    pausing: PausingService
    agreements: AgreementsService
    invitations: InvitationsService
    undo: UndoService
    data: DataService
    safekeeping: SafekeepingService
    erasing: ErasingService
    locking: LockingService


def undo_seconds(services: Services) -> int:
    """How long what is sent now can be taken back."""
    return services.undo.seconds(services.settings.get(Sending).undo_seconds)
