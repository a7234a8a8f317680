"""Puts the services of one profile together and runs their loops; for the window, the publishing service and the command line alike."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from app.models.picture_kind import PictureKind
from app.models.sorting import vocabulary
from app.runtime.paths import PROFILE_VARIABLE, choose, resources
from app.runtime.settings import Lock, Reading, Sending, Settings, Shop
from app.runtime.tasks import Tasks
from app.services.accounts import Accounts
from app.services.agreements import Agreements
from app.services.answer_times import AnswerTimes
from app.services.answering import Answering
from app.services.autostart import entry_for
from app.services.calendar import Calendar
from app.services.cases import Cases
from app.services.checks import Checks
from app.services.connections import Connections, connect_for_real, no_purse
from app.services.courtesies import Courtesies
from app.services.customers import Customers
from app.services.data import Data
from app.services.deletion import Deletion
from app.services.erasing import Erasing, forget_autostart
from app.services.escalation import Escalations
from app.services.faq import Faq
from app.services.faq_files import FaqFiles
from app.services.faq_gathering import Gathering
from app.services.guessing import Guessing
from app.services.holding_line import HoldingLines
from app.services.inbox import Inbox
from app.services.invitations import Invitations, Sorted
from app.services.judging import Judging
from app.services.letters import Letters
from app.services.link_cards import LinkCards
from app.services.live import Live
from app.services.locking import Locking
from app.services.login_service import LoginService
from app.services.mailbox import open_mailbox
from app.services.mailboxes import Mailboxes
from app.services.managers import Managers
from app.services.mood_listening import MoodListening
from app.services.orders import Orders
from app.services.outbox import Outbox
from app.services.pausing import Pausing
from app.services.pictures import Pictures
from app.services.plans import PlanParts, Plans, plans
from app.services.playbook import Playbook
from app.services.playbook_files import PlaybookFiles
from app.services.prices import FOLDER as PRICES
from app.services.prices import PriceLists
from app.services.promises import Promises
from app.services.public_holidays import PublicHolidays
from app.services.publishing import Publishing, Rules
from app.services.replies import Replies
from app.services.rules import Rules as SortingRules
from app.services.safekeeping import Safekeeping
from app.services.saved_searches import SavedSearches
from app.services.sparing import Sparing, fetch_sparingly
from app.services.spending import Money
from app.services.spikes import Spikes
from app.services.starter_playbook import STARTER, read_starter
from app.services.suggesting import Suggesting
from app.services.surroundings import Surroundings, Wishes
from app.services.sync import Sync, as_others
from app.services.tags import Tags
from app.services.tips import Tips
from app.services.undo import Undo
from app.store.database import Database
from app.store.writing import settings as settings_writing

CLOSING_SECONDS = 3.0
INVITATIONS = "language/invitations.json"
PHRASES = "language/phrases.json"
CHATTER = "language/chatter.json"
FAQ = "faq"
HOLDING = "language/holding.json"


@dataclass(frozen=True, slots=True)
class Assembly(PlanParts):
    """The services of one profile. `start` runs what runs by itself; `close` ends it in order."""

    database: Database
    tasks: Tasks
    connections: Connections
    inbox: Inbox
    replies: Replies
    playbook: Playbook
    courtesies: Courtesies
    promises: Promises
    answering: Answering
    cases: Cases
    posts: Calendar
    plans: Plans
    outbox: Outbox
    accounts: Accounts
    mailboxes: Mailboxes
    managers: Managers
    money: Money
    sync: Sync
    live: Live
    publishing: Publishing
    deletion: Deletion
    login_service: LoginService
    checks: Checks
    links: LinkCards
    pictures: Pictures
    tags: Tags
    rules: SortingRules
    searches: SavedSearches
    spikes: Spikes
    customers: Customers
    orders: Orders
    escalations: Escalations
    letters: Letters
    agreements: Agreements
    invitations: Invitations
    suggesting: Suggesting
    faq: Faq
    faq_gathering: Gathering
    guessing: Guessing
    moods: MoodListening
    faq_files: FaqFiles
    playbook_files: PlaybookFiles
    tips: Tips
    undo: Undo
    data: Data
    standing: tuple[Pausing, Sparing]

    @property
    def pausing(self) -> Pausing:
        return self.standing[0]

    @property
    def sparing(self) -> Sparing:
        return self.standing[1]

    @property
    def safekeeping(self) -> Safekeeping:
        return self.data.safekeeping

    @property
    def erasing(self) -> Erasing:
        return self.data.erasing

    @property
    def locking(self) -> Locking:
        return self.data.locking

    def watch(self) -> None:
        """Hear what other processes on this profile commit."""
        self.tasks.spawn("watch the data file", self.database.watch(), owner=self)

    def start(self) -> None:
        """Send what falls due and look for messages, until closed. A read-only profile does neither."""
        self.watch()
        self.pausing.changed.connect(self.publishing.hurry)
        if not self.database.read_only:
            self.tasks.spawn("publishing", self.publishing.run(), owner=self)
            self.tasks.spawn("checks", self.checks.run(), owner=self)
            self.tasks.spawn("sync", self.sync.run(), owner=self)
            self.tasks.spawn("live", self.live.run(), owner=self)
            self.pictures.watch(self.tasks)
            self.searches.watch(self.tasks)
            self.spikes.watch(self.tasks)
            self.guessing.watch()
            self.moods.watch()
            self.plans.watch(self.tasks, self)
            self.tasks.spawn("answer times", self.answering.run(), owner=self)
            self.tasks.spawn("escalations", self.escalations.run(), owner=self)
            self.tasks.spawn("letters", self.letters.run(), owner=self)
            self.tasks.spawn("backups", self.safekeeping.run(), owner=self)

    async def settle(self) -> None:
        """Until the writes that nobody waits for, those of settings, have ended."""
        await self.tasks.finish(self.database, CLOSING_SECONDS)

    async def close(self) -> None:
        """End all work, close the connections, leave one complete file."""
        await self.settle()
        await self.calendar_folder.close()
        await self.tasks.shutdown(CLOSING_SECONDS)
        await self.publishing.close()
        self.posts.close()
        self.answering.close()
        self.suggesting.close()
        self.money.close()
        await self.tracked_links.close()
        await self.connections.close()
        await self.database.close()


def assemble(database: Database, around: Surroundings) -> Assembly:
    """Build every service over one open data file. Nothing runs yet."""
    settings, clock, tasks, undo = around.settings, around.clock, around.tasks, around.undo
    wishes, holidays = Wishes(settings, around.window_language, undo.seconds), PublicHolidays()
    undo_seconds, zone, shops_zone = wishes.undo_seconds, wishes.zone, wishes.shops_zone
    money = Money(database, clock, settings, around.cards, PriceLists(resources() / PRICES, around.paths.root / PRICES))
    real = around.connect is connect_for_real
    purse, own_interval = (money.purse, money.reading_interval) if real else (no_purse, as_others)
    open_mail = partial(open_mailbox, clock=clock, spawn=tasks.spawn, authorities=around.authorities) if real else None
    connections = Connections(database, around.cards, around.credentials, around.profile_id, clock, around.connect, purse, open_mail)
    calendar = _loaded(Calendar(database, connections, undo, clock, around.paths.media, undo_seconds))
    times = _times(database, AnswerTimes(settings, holidays))
    keeps = Sorted(times.promise, _judging(database, shops_zone).judge)
    pausing, sparing = Pausing(settings, clock), Sparing(settings)
    searches, sync, live = _reading(around, database, connections, wishes, keeps, money, own_interval, pausing, sparing)
    pictures = _pictures(around, database, sparing, live)
    inbox = Inbox(database, undo, clock, undo_seconds, connections.card)
    playbook = Playbook(database, undo, clock, settings, lambda: read_starter(resources() / STARTER))
    suggesting = Suggesting(database, clock, resources() / CHATTER, undo=undo)
    gathering = Gathering(database, clock, suggesting)
    invitations = Invitations(database, inbox, clock, settings, resources() / INVITATIONS, connections.card, keeps, undo_seconds, wishes.words_for)
    courtesies = Courtesies(database, inbox, undo, clock, zone, lambda: read_starter(resources() / STARTER))
    return Assembly(
        database=database,
        tasks=tasks,
        connections=connections,
        inbox=inbox,
        courtesies=courtesies,
        promises=Promises(database, undo, clock, zone),
        answering=Answering(database, settings, times, holidays, tasks, clock),
        cases=Cases(database),
        replies=Replies(resources() / PHRASES, lambda: settings.get(Shop).terms, lambda: settings.get(Sending).cooling),
        playbook=playbook,
        posts=calendar,
        plans=plans(database, around, wishes, calendar, inbox, courtesies, holidays, gathering.near, simulated=not real),
        outbox=Outbox(database, clock, wishes.zone),
        accounts=Accounts(database, connections, around.credentials, clock, around.open_browser, around.say),
        mailboxes=Mailboxes(database, connections, around.credentials, clock, around.browser, simulated=not real),
        managers=Managers(database, undo, clock, lambda: times.working_time, shops_zone),
        money=money,
        sync=sync,
        live=live,
        publishing=Publishing(database, connections, tasks, clock, around.paths.media, around.chance, _rules(wishes, pausing)),
        login_service=LoginService(around.paths.root, lambda: around.credentials.has_vault, simulated=not real),
        deletion=Deletion(database, connections, undo, clock, undo_seconds),
        checks=Checks(database, around.cards, tasks, clock, around.paths.media, zone, around.link_answers, money.too_dear, lambda: calendar.links),
        links=LinkCards(around.read_page, around.paths.media),
        pictures=pictures,
        searches=searches,
        spikes=Spikes(database, undo, clock),
        tags=Tags(database, undo, clock, shops_zone),
        rules=SortingRules(database, undo, clock, shops_zone),
        customers=Customers(database, undo, clock, suggesting.suggest_mood),
        orders=Orders(database, clock, shops_zone),
        escalations=_escalations(around, database, inbox, playbook, times, wishes, connections, pictures),
        letters=Letters(database, connections, tasks, clock, around.chance, invitations.customer_letter),
        agreements=Agreements(database, undo, clock, settings, wishes.words_for),
        invitations=invitations,
        suggesting=suggesting,
        faq=Faq(database, undo, clock),
        faq_gathering=gathering,
        moods=MoodListening(database, suggesting.hear, lambda: suggesting.hears, tasks, clock),
        guessing=Guessing(database, partial(suggesting.suggest_all, quick=True), tasks, clock, lambda each: vocabulary(settings).categories.offers(each)),
        faq_files=FaqFiles(database, settings, clock, resources() / FAQ),
        playbook_files=PlaybookFiles(database, undo, clock, around.paths.media),
        tips=Tips(database, undo, clock),
        undo=undo,
        standing=(pausing, sparing),
        data=_data(around, database, connections, wishes),
    )


def _data(around: Surroundings, database: Database, connections: Connections, wishes: Wishes) -> Data:
    """The profile as a whole: kept safe, and deleted."""
    paths, clock = around.paths, around.clock
    accounts = Accounts(database, connections, around.credentials, clock, around.open_browser, around.say)
    service = LoginService(paths.root, lambda: around.credentials.has_vault, simulated=around.connect is not connect_for_real)
    erasing = Erasing(database, paths, accounts, service, around.credentials, around.profile_id)
    if around.connect is connect_for_real:
        usual = choose(None, sample=False, environ={**os.environ, PROFILE_VARIABLE: ""}).root
        entry = entry_for(sys.platform, Path.home(), os.environ)
        erasing.also = partial(asyncio.to_thread, forget_autostart, paths.root, usual, entry)
    keep_lock = None if database.read_only else lambda text: database.write(settings_writing.save, Lock.GROUP, text)
    locking = Locking(around.settings, clock, around.lock_key, keep=keep_lock)
    erasing.forget_lock = locking.forget
    return Data(database, paths, Safekeeping(database, paths, clock, wishes.own_words, wishes.backs_up), erasing, locking)


def _loaded(calendar: Calendar) -> Calendar:
    calendar.load()
    return calendar


def _judging(database: Database, zone: Callable[[], ZoneInfo]) -> Judging:
    judging = Judging(database, zone)
    judging.load()
    return judging


def _reading(
    around: Surroundings,
    database: Database,
    connections: Connections,
    wishes: Wishes,
    keeps: Sorted,
    money: Money,
    own_interval: Callable[[str], timedelta | None],
    pausing: Pausing,
    sparing: Sparing,
) -> tuple[SavedSearches, Sync, Live]:
    """What brings messages in: by and by, as they come, and found by words."""
    clock, tasks, chance = around.clock, around.tasks, around.chance

    def abilities(network: str) -> frozenset[str]:
        return connections.card(network).abilities

    searches = SavedSearches(database, around.undo, clock, wishes.shops_zone, keeps.promise, keeps.judge, money.search_price, abilities)
    zone = wishes.shops_zone
    sync = Sync(
        database,
        connections,
        tasks,
        clock,
        keeps.promise,
        lambda: sparing.interval(wishes.interval()),
        chance,
        own_interval,
        keeps.judge,
        searches.look,
        zone,
        lambda: pausing.until,
    )
    for reason in (pausing.changed, sparing.changed):
        reason.connect(sync.reconsider)
    live = Live(database, connections, sync, tasks, clock, chance, lambda: around.settings.get(Reading).live)
    money.watch(tasks, sync.limit_changed)
    return searches, sync, live


def _escalations(
    around: Surroundings,
    database: Database,
    inbox: Inbox,
    playbook: Playbook,
    times: AnswerTimes,
    wishes: Wishes,
    connections: Connections,
    pictures: Pictures,
) -> Escalations:
    return Escalations(
        database,
        inbox,
        around.undo,
        around.clock,
        around.tasks,
        HoldingLines(resources() / HOLDING, playbook, wishes.shops_zone),
        lambda: times.working_time,
        wishes.shops_zone,
        lambda: around.settings.get(Shop).name,
        wishes.words_for,
        lambda network: connections.card(network).name,
        around.paths.root,
        wishes.undo_seconds,
        around.paths.media,
        lambda url: pictures.file(url, PictureKind.PICTURE),
    )


def _rules(wishes: Wishes, pausing: Pausing) -> Rules:
    return Rules(wishes.late, wishes.zone, wishes.server_holds, lambda: pausing.until, lambda: pausing.last)


def _times(database: Database, times: AnswerTimes) -> AnswerTimes:
    database.measure_with(times)
    return times


def _pictures(around: Surroundings, database: Database, sparing: Sparing, live: Live) -> Pictures:
    settings = around.settings
    fetch = partial(fetch_sparingly, sparing, around.fetch_picture)
    pictures = Pictures(database, fetch, around.paths.cache, around.clock, lambda: settings.get(Reading).pictures)
    _follow_settings(settings, live, pictures)
    return pictures


def _follow_settings(settings: Settings, live: Live, pictures: Pictures) -> None:
    """What is heard and fetched changes with the setting, at once."""

    def changed(keys: frozenset[str]) -> None:
        if f"{Reading.GROUP}.live" in keys:
            live.reconsider()
        if f"{Reading.GROUP}.pictures" in keys:
            pictures.reconsider()

    settings.changed.connect(changed)
