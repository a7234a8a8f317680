"""A shop to show pages over: accounts, brief and services that answer at once, and work that a test drives step by step."""

from __future__ import annotations

from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget

from app.commands import (
    accounts,
    calendar,
    customers,
    desktop,
    faq,
    first_run,
    hour,
    ideas,
    locking,
    playbook,
    publishing,
    questions,
    rhythm,
    safekeeping,
    sales,
    sync,
    today,
    view,
)
from app.commands import help as helping
from app.commands.registry import collect
from app.models.account import AccountRow, AccountState, Offer
from app.models.conversation import Category, ConversationRow, ConversationState
from app.models.outbox import DeliveryState, OutboxKind, OutboxRow
from app.models.pace import Pace
from app.models.plan import FolderState
from app.models.post import PostFormat, PostRow, PostState
from app.models.report import ReportState
from app.models.slot import SlotGrid
from app.models.spending import ItemSpent, Meter, MonthSpent
from app.models.today import Brief, Figure
from app.runtime.errors import AppError
from app.runtime.settings import Settings, Spending
from app.runtime.signals import Signal
from app.runtime.words import Message, message
from app.ui.look import Look
from app.ui.page import PageEntry
from app.ui.shell import Shell, build
from tests.fakes.clock import FakeClock
from tests.ui.closing import close_shell
from tests.ui.days_ahead import DaysAhead
from tests.ui.fake_locking import LockingFake
from tests.ui.fake_safekeeping import ErasingFake, SafekeepingFake
from tests.ui.settings.fake_analytics import FakeAnalytics
from tests.ui.settings.fake_links import FakeLinks
from tests.ui.settings.fake_slots import FakeGrid
from tests.ui.stand_ins import PlainPage, Reads, Undo

NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
"""10:00 in Mexico City."""
X, MASTODON, INSTAGRAM = 1, 2, 3


def account(account_id: int, network: str, handle: str, state: AccountState = AccountState.READY, **fields: Any) -> AccountRow:
    values = {"server": "", "name": "Discos Aurora", "remote_id": f"r{account_id}", "checked_at": NOW, "messages": 612, "needs_answer": 4}
    return AccountRow(id=account_id, network=network, handle=handle, state=state, **{**values, **fields})


def three_accounts() -> list[AccountRow]:
    return [
        account(X, "x", "@discosaurora"),
        account(MASTODON, "mastodon", "@aurora", server="https://musica.example"),
        account(INSTAGRAM, "instagram", "@discosaurora", AccountState.BY_HAND, checked_at=None),
    ]


def conversation(number: int, author: str, minutes: float | None, category: Category = Category.COMPLAINT) -> ConversationRow:
    """`minutes` from now until the answer is due; negative when it is late."""
    return ConversationRow(
        id=number,
        account_id=MASTODON,
        network="mastodon",
        customer_id=number,
        author=author,
        handle=f"@{author.split()[0].lower()}",
        snippet="parcel A-20377 stuck in customs",
        state=ConversationState.NEEDS_ANSWER,
        category=category,
        language="en",
        private=False,
        unread=True,
        last_at=NOW - timedelta(hours=1),
        answer_by=None if minutes is None else NOW + timedelta(minutes=minutes),
    )


def owed(number: int, state: DeliveryState, **fields: Any) -> OutboxRow:
    values: dict[str, Any] = {
        "account_id": MASTODON,
        "network": "mastodon",
        "handle": "@aurora",
        "kind": OutboxKind.POST,
        "due_at": NOW - timedelta(hours=1),
        "text": "Detrás del escenario",
        "post_id": number,
    }
    return OutboxRow(id=number, state=state, **{**values, **fields})


def post(number: int, title: str, hours: float, shown: DeliveryState | None = DeliveryState.WAITING, **fields: Any) -> PostRow:
    values: dict[str, Any] = {"deliveries": 2, "out": 0, "pillar": "releases", "networks": ("x", "mastodon")}
    return PostRow(
        id=number,
        title=title,
        state=PostState.SCHEDULED,
        shown=shown,
        planned_at=NOW + timedelta(hours=hours),
        format=PostFormat.INFORMS,
        **{**values, **fields},
    )


def brief(**fields: Any) -> Brief:
    values: dict[str, Any] = {
        "waiting": 14,
        "late": 1,
        "first": (
            conversation(11, "Étienne Marchal", -12),
            conversation(12, "Memo Tapia", 19, Category.QUESTION),
            conversation(13, "Fernanda Cuéllar", 240),
        ),
        "to_decide": (owed(21, DeliveryState.FAILED), owed(22, DeliveryState.UNSURE, kind=OutboxKind.REPLY, post_id=None, conversation_id=12)),
        "going_out": (post(31, "Novedades de la semana", -2, DeliveryState.OUT, clicks=43), post(32, "Mar de Cal", 3)),
        "coming": (post(33, "Marea", 28),),
        "figures": (Figure("followers", 38, 26), Figure("clicks", 612, 561), Figure("reposts", 54, 54), Figure("answer_minutes", 23, 31)),
        "since": NOW - timedelta(days=1),
        "pace_seconds": 75,
    }
    return Brief(**{**values, **fields})


@dataclass
class Choice:
    id: str
    name: str
    icon: str = ""
    asks_server: bool = False
    may_name_server: bool = False
    app_password: bool = False
    secret_fields: tuple[str, ...] = ("access_token",)
    secret_page: str = ""
    callback: str = ""
    browser: bool = False
    token: bool = False
    by_hand: bool = False
    costs: bool = False


CALLBACK = "http://127.0.0.1:28617/callback"
KEYS = ("api_key", "api_key_secret", "access_token", "access_token_secret")
OWN_APP = Choice("x", "X", browser=True, token=True, callback=CALLBACK, secret_fields=KEYS, costs=True)
BLUESKY = Choice(
    "bluesky",
    "Bluesky",
    may_name_server=True,
    app_password=True,
    secret_fields=("app_password",),
    secret_page="https://bsky.app/settings/app-passwords",
    token=True,
)


class Pause:
    """Suspends the work until the test goes on with it."""

    def __await__(self) -> Any:
        yield


@dataclass
class AccountsFake:
    """Notes what it is asked; `fails_with` is raised once each, in order; `waits` makes signing in wait."""

    store: Store
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    fails_with: list[AppError] = field(default_factory=list)
    waits: bool = False
    has_vault: bool = False

    def networks(self) -> Sequence[Choice]:
        return (
            Choice("mastodon", "Mastodon", asks_server=True, browser=True, token=True),
            Choice("instagram", "Instagram", by_hand=True),
            BLUESKY,
        )

    async def _do(self, *what: Any) -> int:
        self.asked.append(what)
        if self.waits:
            await Pause()
        if self.fails_with:
            raise self.fails_with.pop(0)
        return MASTODON

    async def sign_in_browser(self, network: str, server: str, *, again: int | None = None, client_id: str = "") -> int:
        return await self._do("browser", network, server, again, *([client_id] if client_id else []))

    async def sign_in_token(self, network: str, server: str, secret: Any, *, again: int | None = None, handle: str = "") -> int:
        return await self._do("token", network, server, *([handle] if handle else []), secret, again)

    async def add_by_hand(self, network: str, handle: str) -> int:
        await self._do("by_hand", network, handle)
        return INSTAGRAM

    async def pause(self, account_id: int, *, paused: bool) -> None:
        await self._do("pause", account_id, paused)

    async def remove(self, account_id: int) -> None:
        await self._do("remove", account_id)

    async def make_vault(self, passphrase: str) -> None:
        await self._do("make_vault", passphrase)
        self.has_vault = True

    async def unlock_vault(self, passphrase: str) -> None:
        await self._do("unlock_vault", passphrase)

    def offers(self, row: AccountRow) -> Mapping[str, tuple[Offer, Message | None]]:
        if row.state is AccountState.BY_HAND:
            return {name: (Offer.BY_HAND if name == "publish" else Offer.NOT_OFFERED, None) for name in ("publish", "hear", "private", "metrics")}
        works = Offer.WORKS if row.state is AccountState.READY else Offer.WAITS
        offers: dict[str, tuple[Offer, Message | None]] = dict.fromkeys(("publish", "hear", "private", "metrics", "like"), (works, None))
        if row.network == "x":
            offers["like"] = (Offer.NOT_OFFERED, message("network.x.no_likes"))
        return offers


@dataclass
class MoneyFake:
    """One network that charges; what was spent is up to the test."""

    settings: Settings
    spent: tuple[ItemSpent, ...] = (
        ItemSpent("post_with_link", 4, 4, 800_000),
        ItemSpent("own_read", 31, 212, 212_000),
        ItemSpent("post", 7, 7, 105_000),
    )
    set_aside: int = 0
    networks: tuple[str, ...] = ("x",)

    async def meter(self, network: str) -> Meter:
        spent = sum(each.spent for each in self.spent) + self.set_aside
        month = MonthSpent(network, sum(each.calls for each in self.spent), spent, self.set_aside, self.spent)
        chosen = self.settings.get(Spending)
        return Meter(month, "USD", chosen.limit * 1_000_000, chosen.minutes, 600_000, datetime(2026, 12, 1, tzinfo=UTC))

    def reading_price(self, _network: str, minutes: int) -> tuple[int, int]:
        return 600_000, 20_000 * (43_200 // minutes)


@dataclass
class AnsweringFake:
    """Three holidays in Mexico, two parts of it; when cases have to be solved is up to the test."""

    progress: Signal[int, int] = field(default_factory=lambda: Signal("answering.progress"))
    recounted: Signal[int] = field(default_factory=lambda: Signal("answering.recounted"))
    solved: datetime | None = None

    def solved_by(self, _row: object, _case: object) -> datetime | None:
        return self.solved

    def worked(self, since_ms: int, until_ms: int) -> int:
        """Around the clock."""
        return max(0, until_ms - since_ms)

    async def coming_holidays(self, country: str, _region: str, _language: str) -> list[tuple[date, str]]:
        if country != "MX":
            return []
        return [(date(2026, 12, 25), "Christmas Day"), (date(2027, 1, 1), "New Year's Day"), (date(2027, 2, 1), "Constitution Day")]

    async def regions(self, country: str) -> list[tuple[str, str]]:
        return [("JAL", "Jalisco"), ("OAX", "Oaxaca")] if country == "MX" else []


@dataclass
class LoginServiceFake:
    """The publishing service as the system knows it; `fails_with` is raised once, `waits` makes its work wait."""

    asked: list[str] = field(default_factory=list)
    supported: bool = True
    installed: bool = False
    running: bool = False
    waits: bool = False
    fails_with: AppError | None = None

    async def install(self) -> Path:
        await self._do("install")
        self.installed = self.running = True
        return Path("tertulia-publish.service")

    async def start(self) -> None:
        await self._do("start")
        self.running = True

    async def remove(self) -> None:
        await self._do("remove")
        self.installed = self.running = False

    async def status(self) -> Any:
        return SimpleNamespace(supported=self.supported, installed=self.installed, running=self.running)

    async def _do(self, what: str) -> None:
        self.asked.append(what)
        if self.waits:
            await Pause()
        if self.fails_with is not None:
            failed, self.fails_with = self.fails_with, None
            raise failed


@dataclass
class Store(DaysAhead):
    """What the queries answer."""

    rows: list[AccountRow] = field(default_factory=three_accounts)
    outbox_rows: list[OutboxRow] = field(default_factory=list)
    today: Brief = field(default_factory=brief)
    good_times: FakeGrid = field(default_factory=FakeGrid)
    asked: list[tuple[datetime, datetime]] = field(default_factory=list)

    def accounts(self) -> list[AccountRow]:
        return list(self.rows)

    def slots(self) -> SlotGrid:
        return self.good_times.grid

    def rules(self) -> list[Any]:
        return []

    def mailboxes(self) -> list[Any]:
        return []

    def managers(self) -> list[Any]:
        return []

    def tags(self, *, retired: bool = False) -> list[Any]:
        return []

    def pillar_uses(self) -> dict[str, Any]:
        return {}

    def outbox(self, **_only: Any) -> list[OutboxRow]:
        return list(self.outbox_rows)

    def brief(self, _now: datetime, begins: datetime, ends: datetime) -> Brief:
        self.asked.append((begins, ends))
        return self.today


class Work:
    """One coroutine, driven to its next pause."""

    def __init__(self, coro: Coroutine[Any, Any, Any], fail: Any) -> None:
        self._coro = coro
        self._fail = fail
        self.over = self.cancelled = False
        self.go_on()

    def go_on(self) -> None:
        try:
            self._coro.send(None)
        except StopIteration:
            self.over = True
        except AppError as error:
            self.over = True
            self._fail(error)

    def done(self) -> bool:
        return self.over or self.cancelled

    def cancel(self) -> None:
        self.cancelled = self.over = True
        self._coro.close()


@dataclass
class Shop:
    """All a test of a page needs."""

    shell: Shell
    services: Any
    store: Store
    accounts: AccountsFake
    works: list[Work]
    done: list[str]

    @property
    def page(self) -> Any:
        return self.shell.window.page()

    def banners(self) -> dict[str, str]:
        return {each.key: self.shell.look.text(each.message) for each in self.shell.notices.banners()}

    def said(self) -> list[str]:
        return [self.shell.look.text(line.message) for line in self.shell.notices.history()]

    def go_on(self) -> None:
        for work in self.works:
            if not work.over:
                work.go_on()


def make_services(store: Store, folder: Path, done: list[str]) -> Any:
    async def look_now() -> int:
        done.append("looked")
        return 0

    async def open_sample() -> None:
        done.append("sample opened")

    kept: dict[str, str] = {}
    settings = Settings(lambda: kept, kept.__setitem__)
    return SimpleNamespace(
        reads=Reads(store),
        changed=Signal("changes"),
        settings=settings,
        undo=Undo(),
        accounts=AccountsFake(store),
        answering=AnsweringFake(),
        money=MoneyFake(settings),
        login_service=LoginServiceFake(),
        pictures=SimpleNamespace(changed=Signal("pictures"), file=lambda _url, _kind: None),
        tracked_links=FakeLinks(),
        analytics=FakeAnalytics(),
        calendar_folder=SimpleNamespace(changed=Signal("folder"), said=Signal("folder.said"), state=FolderState()),
        reports=SimpleNamespace(changed=Signal("reports"), said=Signal("reports.said"), state=ReportState(), logo=lambda: b"", check=lambda _mail: None),
        slots=store.good_times,
        spikes=SimpleNamespace(changed=Signal("spikes"), current=None),
        sync=SimpleNamespace(trouble=Signal("trouble"), progress=Signal("progress"), paused=Signal("paused"), looked=Signal("looked"), look_now=look_now, stop=lambda: None, pace=lambda _account_id, _network: Pace(timedelta(minutes=5), live=False)),
        safekeeping=SafekeepingFake(folder, done), erasing=ErasingFake(done), locking=LockingFake(settings),
        data=SimpleNamespace(read_only=False, folder=folder, open_sample=open_sample),
    )


def open_shop(
    application: QApplication, look: Look, clock: FakeClock, folder: Path, entries: Sequence[PageEntry], *, sample: bool = False
) -> Shop:
    """A window with the given pages, and plain ones for those they lead to."""
    store, done, works = Store(), list[str](), list[Work]()
    services = make_services(store, folder, done)
    known = {entry.id for entry in entries}
    plain = [
        PageEntry(name, "tray", f"page.{name}", PlainPage) for name in ("today", "inbox", "composer", "settings", "first_run") if name not in known
    ]
    registry = collect(calendar.COMMANDS, ideas.COMMANDS, rhythm.COMMANDS, questions.COMMANDS, customers.COMMANDS, view.COMMANDS, accounts.COMMANDS, playbook.COMMANDS, faq.COMMANDS, today.COMMANDS, first_run.COMMANDS, publishing.COMMANDS, sync.COMMANDS, safekeeping.COMMANDS, locking.COMMANDS, helping.COMMANDS, hour.COMMANDS, sales.COMMANDS, desktop.COMMANDS)
    remembered = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
    shell = build(application, look, services, registry, [*entries, *plain], clock, remembered, sample=sample)

    def spawn(_name: str, coro: Coroutine[Any, Any, Any]) -> Work:
        works.append(Work(coro, shell.notices.fail))
        return works[-1]

    shell.actions.starts.ready(spawn)
    return Shop(shell, services, store, services.accounts, works, done)


def show_page(shop: Shop, application: QApplication, page: str, width: int = 1440) -> None:
    """A page in front of the window, which is there whole and has the keyboard."""
    shop.shell.open(page)
    shop.shell.window.resize(width, 900)
    shop.shell.window.activateWindow()
    shop.shell.after_first_frame()
    application.processEvents()


def close_shop(shop: Shop, application: QApplication) -> None:
    """The window goes, and with it what ticks on its own."""
    close_shell(application, shop.shell)


def nameless(widget: Any) -> list[str]:
    """Parts that take the keyboard and have no name for the screen reader."""
    found = []
    for part in widget.findChildren(QWidget):
        takes = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisibleTo(widget) and not isinstance(part, QScrollArea)
        if takes and not part.accessibleName() and not (part.parent() and part.parent().accessibleName()):
            found.append(type(part).__name__)
    return found


def texts(widget: Any) -> list[str]:
    """What stands in its labels and buttons, hidden parts left out."""
    parts = [*widget.findChildren(QLabel), *widget.findChildren(QAbstractButton)]
    plain = (part.text().replace("\u2068", "").replace("\u2069", "") for part in parts if part.isVisibleTo(widget))
    return [text for text in plain if text]
