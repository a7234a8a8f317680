"""Puts the services of one profile together and runs their loops; for the window, the publishing service and the command line alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from app.models.arrival import Arrival
from app.models.lateness import Lateness, LateRule
from app.networks.network import Card, OpenBrowser
from app.runtime.clock import Clock
from app.runtime.paths import Paths, resources
from app.runtime.settings import Answer, Posting, Reading, Sending, Settings, Shop
from app.runtime.tasks import Tasks
from app.runtime.words import Message
from app.services.accounts import Accounts, Keeper
from app.services.answer_times import answer_by
from app.services.calendar import Calendar
from app.services.checks import Checks, LinkAnswers, cannot_tell
from app.services.connections import Connect, Connections, connect_for_real, no_purse
from app.services.data import Data
from app.services.deletion import Deletion
from app.services.inbox import Inbox
from app.services.link_cards import LinkCards, ReadPage, no_page
from app.services.login_service import LoginService
from app.services.outbox import Outbox
from app.services.prices import FOLDER as PRICES
from app.services.prices import PriceLists
from app.services.publishing import Publishing, Rules
from app.services.spending import Money
from app.services.sync import Sync, as_others
from app.services.undo import Undo
from app.store.database import Database

CLOSING_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Assembly:
    """The services of one profile. `start` runs what runs by itself; `close` ends it in order."""

    database: Database
    tasks: Tasks
    connections: Connections
    inbox: Inbox
    posts: Calendar
    outbox: Outbox
    accounts: Accounts
    money: Money
    sync: Sync
    publishing: Publishing
    deletion: Deletion
    login_service: LoginService
    checks: Checks
    links: LinkCards
    undo: Undo
    data: Data

    def watch(self) -> None:
        """Hear what other processes on this profile commit."""
        self.tasks.spawn("watch the data file", self.database.watch(), owner=self)

    def start(self) -> None:
        """Send what falls due and look for messages, until closed. A read-only profile does neither."""
        self.watch()
        if not self.database.read_only:
            self.tasks.spawn("publishing", self.publishing.run(), owner=self)
            self.tasks.spawn("checks", self.checks.run(), owner=self)
            self.tasks.spawn("sync", self.sync.run(), owner=self)

    async def close(self) -> None:
        """End all work, close the connections, leave one complete file."""
        await self.tasks.shutdown(CLOSING_SECONDS)
        self.posts.close()
        self.money.close()
        await self.connections.close()
        await self.database.close()


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
    say: Callable[[Message], str] | None = None
    """Puts into words what leaves the program by another door than its window: the page at the end of a browser's sign-in."""
    chance: Random = Random()  # noqa: S311, RUF009  (spreads retries, guards nothing)


def assemble(database: Database, around: Surroundings) -> Assembly:
    """Build every service over one open data file. Nothing runs yet."""
    settings, clock, tasks = around.settings, around.clock, around.tasks

    def undo_seconds() -> int:
        return settings.get(Sending).undo_seconds

    def promised(asked_at: datetime) -> datetime:
        answer = settings.get(Answer)
        return answer_by(asked_at, answer.minutes, answer.hours, ZoneInfo(settings.get(Shop).zone or "UTC"))

    def promise(arrival: Arrival) -> datetime | None:
        return None if arrival.ours else promised(arrival.at)

    def interval() -> timedelta:
        return timedelta(minutes=settings.get(Reading).minutes)

    def zone() -> str:
        return settings.get(Shop).zone

    def late() -> Lateness:
        posting = settings.get(Posting)
        return Lateness(LateRule(posting.late), posting.late_minutes)

    def server_holds() -> bool:
        return settings.get(Posting).server_holds

    undo = around.undo
    rules = Rules(late, zone, server_holds)
    money = Money(database, clock, settings, around.cards, PriceLists(resources() / PRICES, around.paths.root / PRICES))
    real = around.connect is connect_for_real
    purse, own_interval = (money.purse, money.reading_interval) if real else (no_purse, as_others)
    connections = Connections(database, around.cards, around.credentials, around.profile_id, clock, around.connect, purse)
    calendar = Calendar(database, connections, undo, clock, around.paths.media, undo_seconds)
    calendar.load()
    sync = Sync(database, connections, tasks, clock, promise, interval, around.chance, own_interval)

    money.watch(tasks, sync.limit_changed)
    return Assembly(
        database=database,
        tasks=tasks,
        connections=connections,
        inbox=Inbox(database, undo, clock, undo_seconds, connections.card, promised),
        posts=calendar,
        outbox=Outbox(database, clock),
        accounts=Accounts(database, connections, around.credentials, clock, around.open_browser, around.say),
        money=money,
        sync=sync,
        publishing=Publishing(database, connections, tasks, clock, around.paths.media, around.chance, rules),
        login_service=LoginService(
            around.paths.root, lambda: around.credentials.has_vault, simulated=around.connect is not connect_for_real
        ),
        deletion=Deletion(database, connections, undo, clock, undo_seconds),
        checks=Checks(database, around.cards, tasks, clock, around.paths.media, zone, around.link_answers, money.too_dear),
        links=LinkCards(around.read_page, around.paths.media),
        undo=undo,
        data=Data(database, around.paths, clock),
    )
