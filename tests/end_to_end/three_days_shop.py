"""A shop of three simulated days: real services over a real data file, servers of three networks and a mailbox on loopback, and its people."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import logging
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default as usual_policy
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from app.models.account import AccountState
from app.models.conversation import ConversationRow, View
from app.models.escalation import Asking, Goes, SheetDraft
from app.models.lateness import Lateness, LateRule
from app.models.mailbox import EMAIL, MailboxRow
from app.models.manager import ManagerRow
from app.models.message import Visibility
from app.models.post import Picture, PostDraft
from app.models.report import ReportDocument, ReportFiles
from app.models.series import Rule, Series
from app.networks.mastodon.server import STREAMING
from app.runtime.clock import from_wall, to_ms
from app.runtime.credentials import KeyringCredentials
from app.runtime.errors import AppError, DiskTrouble
from app.runtime.paths import Paths
from app.runtime.settings import Reading, Reports, Settings, Shop, Spending
from app.runtime.tasks import Tasks
from app.services.assembly import assemble
from app.services.surroundings import Surroundings
from app.services.undo import Undo
from app.store.database import Database, Session
from app.store.reading import conversations as conversations_reading
from app.store.writing import accounts, outbox
from tests.end_to_end.simulated_time import SimulatedClock
from tests.end_to_end.three_days_networks import NETWORKS, free_port, in_this_world, no_browser
from tests.end_to_end.three_days_records import Heard, Said, fill
from tests.end_to_end.weather import OutdoorMail, Outdoors
from tests.fakes.file_keyring import FileKeyring
from tests.fakes.http_server import Reply
from tests.fakes.mail_server import PASSWORD, USER, pem
from tests.faults import owing
from tests.faults.served import KINDS, Served
from tests.networks.bluesky import pds
from tests.networks.mastodon.server_of_tests import ANA, recorded
from tests.networks.x import server as x_server

ZONE = ZoneInfo("Europe/Madrid")
MARTA = "marta@tienda.example"
AUTHORS: Mapping[str, str] = {"mastodon": ANA, "bluesky": pds.ANA, "x": x_server.ANA}
SERIES_MINUTE = 9 * 60
CUSTOMERS_EVERY = (12.0, 70.0)
"""Minutes between two that write."""
BALLAST = "ballast"
UNREAD = 5
"""Signs of life that nobody took from a line: it is dead."""
LOOKS_EVERY = (12.0, 30.0)
"""Minutes between two looks of the user at the inbox."""


class ThreeDays:
    """Opened by `open`, lives by its coroutines, closed by `close`."""

    most_again = 12
    """A disk that has room for one write and none for the next is told again: by the engine, the reading and the letters, on three occasions."""

    def __init__(
        self, folder: Path, clock: SimulatedClock, seed: int, minutes: int, calm: float, disk: Path | None = None
    ) -> None:
        """`minutes` between two readings of an account; `calm`: how many times as seldom people do something. `disk`: a file system of its
        own for the profile, which is filled to the last byte; without one the data file may not grow.
        """
        self.clock = clock
        self.chance = Random(f"{seed} people")
        self.paths = Paths.of((disk or folder) / "profile")
        self.disk = disk
        self.keyring = folder / "keyring.json"
        self.reports = folder / "reports"
        self.served: list[Served] = []
        self.outdoors: dict[str, Outdoors] = {}
        self.mail: OutdoorMail
        self.database: Database
        self.services: Any
        self.settings: Settings
        self.tasks: Tasks
        self.minutes = minutes
        self.calm = calm
        self.said: list[Said] = []
        self.bugs: list[str] = []
        self.warnings: list[str] = []
        self.heard: list[Heard] = []
        self.posts: set[int] = set()
        self.replies: dict[int, str] = {}
        """Outbox id -> text, of those not taken back."""
        self.taken_back: set[str] = set()
        self.snoozed: dict[int, datetime] = {}
        self.answers: set[str] = set()
        """Message-IDs of what the manager wrote."""
        self.asked: set[int] = set()
        """Escalations."""
        self.refused: Counter[str] = Counter()
        """Acts of the user that were answered with a trouble."""
        self.away = False
        """The computer sleeps or is about to."""
        self._number = 0
        self._answered = 0
        self._seed = seed
        self._folder = folder
        self.begun = clock.now()
        self.until = self.begun + timedelta(days=3)
        """Nothing is planned for later."""

    # ---- opening and closing

    async def open(self) -> None:
        """Everything, without a window."""
        self.prepare_servers()
        await self.start_servers()
        self.paths.create()
        self.database = Database.open(
            self.paths.database, backups=self.paths.backups, clock=self.clock, process_id="three-days:0:x"
        )
        self.own_profile()
        self.settings = Settings(dict, lambda _name, _value: None)
        self.choose()
        self.tasks = Tasks(self.trouble, lambda error: self.bugs.append(repr(error)))
        self.services = assemble(
            self.database,
            self.surround(
                Surroundings(
                    paths=self.paths,
                    settings=self.settings,
                    clock=self.clock,
                    tasks=self.tasks,
                    credentials=KeyringCredentials(lambda _: None, FileKeyring(self.keyring)),  # type: ignore[arg-type]
                    cards={},
                    open_browser=no_browser,
                    profile_id=owing.PROFILE_ID,
                    undo=Undo(),
                )
            ),
        )
        self.listen()
        await self.settle()
        self.services.start()
        await self.begin_series()

    def prepare_servers(self) -> None:
        """They have their ports; nobody answers yet."""
        self.reports.mkdir()
        for name in NETWORKS:
            served = KINDS[name](self.clock)
            self.outdoors[name] = served.server.http = Outdoors(Random(f"{self._seed} {name}"))
            served.server.http.port = free_port()
            self.served.append(served)
        self._tell_own_streaming()

    async def start_servers(self) -> None:
        for served in self.served:
            await served.start()
        self.mail = OutdoorMail(self._folder)
        await self.mail.start()

    def own_profile(self) -> None:
        """The data file gets its accounts."""
        self.ids = owing.open_profile(
            self.paths,
            self.database,
            self.keyring,
            self.served,
            [each.server.url for each in self.served],
            self.clock.now(),
        )

    def choose(self) -> None:
        """The shop's settings."""
        self.settings.change(Shop, zone=str(ZONE), name="Discos Aurora", country="ES", language="es")
        self.settings.change(Reading, minutes=self.minutes)
        self.settings.change(Spending, limit=10_000, minutes=max(5, min(240, self.minutes)))

    async def settle(self) -> None:
        """Mailbox, manager, reports: before the services start."""
        self.box_id = await self.services.mailboxes.add(self._mailbox(), PASSWORD, pem())
        self.manager_id = await self.services.managers.save(
            ManagerRow(0, "Marta Ríos", "Envíos", MARTA, languages=("es",))
        )
        self.services.reports.paint_with(self._paint)
        self.settings.change(Reports, rhythm="week", weekday="monday", hour=8, form="pdf", folder=str(self.reports))
        await self.services.reports.make_due()  # what is switched on begins with the next one

    async def begin_series(self) -> None:
        first = self.clock.now().astimezone(ZONE).date()
        draft = PostDraft(parts=("novedad del día",), accounts=(self.ids[0], self.ids[1]), zone=str(ZONE))
        await self.services.recurring.begin(
            Series("novedades", draft, Rule(weekdays=tuple(range(7))), SERIES_MINUTE, str(ZONE), first)
        )

    def _tell_own_streaming(self) -> None:
        """The recorded server names its own host for live connections."""
        server = self.served[0].server
        instance = recorded("instance_v2")
        instance["configuration"]["urls"]["streaming"] = server.url
        server.http.on("GET", "/api/v2/instance", lambda _: Reply(200, instance))
        facts = self.served[0].facts
        self.served[0].facts = dataclasses.replace(
            facts, values={name: value for name, value in facts.values.items() if name != STREAMING}
        )

    def _mailbox(self) -> MailboxRow:
        return MailboxRow(
            0, USER, "127.0.0.1", "127.0.0.1", sender_name="Lucía · Aurora", smtp_port=self.mail.smtp_port, imap_port=self.mail.imap_port
        )  # fmt: skip

    def surround(self, surroundings: Surroundings) -> Surroundings:
        """The same with the networks of this world."""
        return in_this_world(surroundings, self.clock, f"{self._seed} retries")

    def listen(self) -> None:
        """To what the program says by itself."""
        services = self.services
        for name, signal in (
            ("publishing", services.publishing.said),
            ("recurring", services.recurring.said),
            ("backup", services.safekeeping.said),
            ("report", services.reports.said),
        ):
            signal.connect(
                lambda said, name=name: self._say(f"{name}: {said.id}", json.dumps(dict(said.values), default=str))
            )
        services.sync.trouble.connect(
            lambda number, trouble: self._say(
                f"account {number}: {trouble.message.id if trouble is not None else 'well'}"
            )
        )
        services.escalations.reminded.connect(
            lambda numbers: [self._say("reminded", str(number)) for number in numbers]
        )
        services.letters.came.connect(lambda news: [self._say("letter", f"{each.kind}") for each in news])
        listener = logging.Handler(logging.WARNING)
        listener.emit = lambda record: self.warnings.append(
            f"{self.clock.now():%a %H:%M} {record.name}: {record.getMessage()}"
        )  # type: ignore[method-assign]
        self._listener = listener
        logging.getLogger().addHandler(listener)

    def _say(self, what: str, values: str = "") -> None:
        self.said.append(Said(self.clock.now(), what, values))

    def trouble(self, error: AppError) -> None:
        self._say(f"trouble: {error.message.id}", error.technical)

    async def _paint(self, _wanted: object, _words: object, frame: Any, _ask: object) -> ReportFiles:
        day = frame.made_at.astimezone(ZONE).date()
        return ReportFiles(
            ReportDocument("es", "Informe", frame.shop, "", (), (), last=day), pdf=b"%PDF-1.7 a report of the week"
        )

    async def close(self) -> None:
        await self.services.close()
        await self.stop_servers()

    async def stop_servers(self) -> None:
        for served in self.served:
            await served.stop()
        await self.mail.stop()
        logging.getLogger().removeHandler(self._listener)

    @property
    def ports(self) -> set[int]:
        """Of the servers."""
        return {each.http.port for each in (served.server for served in self.served)} | {
            self.mail.smtp_port,
            self.mail.imap_port,
        }

    async def breathe(self) -> None:
        """A Mastodon sends a sign of life on its live connections four times a minute; those that nobody reads any more go by that."""
        server = self.served[0].server
        while True:
            await self.clock.sleep(15)
            server.streams = [each for each in server.streams if each.qsize() < UNREAD]
            server.tell_raw(b":thump\n\n")

    # ---- the customers

    async def customers(self) -> None:
        """Write as the time of day goes on, also while the computer sleeps."""
        at = self.clock.now()
        while True:
            at += timedelta(minutes=self.chance.uniform(*CUSTOMERS_EVERY) * self.calm)
            await self.clock.sleep_until(at)
            account = self.chance.randrange(len(self.served))
            before = [each for each in self.heard if each.account == account and not each.private]
            follows = self.chance.choice(before[-12:]).remote_id if before and self.chance.random() < 0.3 else ""
            self._number += 1
            text = f"pregunta {self._number}: ¿a qué hora abren el disco {self._number % 17}?"
            self.heard.append(self._write(account, text, follows))

    def _write(self, account: int, text: str, follows: str) -> Heard:
        """It is dated by the network's own clock: what came while the computer slept is seen together."""
        served = self.served[account]
        if not follows and self.chance.random() < 0.15:
            return Heard(account, served.customer_writes_privately(text), "", private=True)
        if served.network == "x":
            text = f"@{x_server.USERNAME} {text}"
        written = f"<p>{text}</p>" if served.network == "mastodon" else text
        return Heard(account, served.server.say(AUTHORS[served.network], written, reply_to=follows), follows)

    async def manager(self) -> None:
        """Answers two of three letters, hours later; the others are never answered."""
        while True:
            await self.clock.sleep(self.chance.uniform(40, 90) * 60)
            letters = [each for each in self.mail.accepted if MARTA in each.recipients]
            for letter in letters[self._answered :]:
                self._answered += 1
                if self._answered % 3:
                    asked = BytesParser(policy=usual_policy).parsebytes(letter.content)
                    answer = EmailMessage()
                    answer["From"], answer["To"] = f"Marta Ríos <{MARTA}>", USER
                    answer["Subject"] = f"Re: {asked['Subject']}"
                    answer["Message-ID"] = f"<answer-{self._answered}@tienda.example>"
                    answer["In-Reply-To"] = answer["References"] = asked["Message-ID"]
                    answer["Date"] = self.clock.now()
                    answer.set_content(f"Sí, sale hoy. Nota {self._answered}.\n")
                    self.answers.add(str(answer["Message-ID"]))
                    await self.mail.deliver(bytes(answer), at=self.clock.now())

    # ---- the user

    async def user(self) -> None:
        """Looks at the inbox again and again, answers, puts off, asks the manager; plans posts."""
        while True:
            await self.clock.sleep(self.chance.uniform(*LOOKS_EVERY) * self.calm * 60)
            await self._plan()
            now = to_ms(self.clock.now())
            rows = await self.database.read(
                lambda c, now=now: conversations_reading.page(c, View.NEEDS_ANSWER, None, None, 4, now)
            )
            for row in rows:
                await self._answer(row)

    async def _carefully(self, name: str, act: Callable[[], Awaitable[None]]) -> None:
        try:
            await act()
        except DiskTrouble as trouble:
            self.refused[f"{name}: {trouble.message.id}"] += 1
        except AppError as trouble:
            self.refused[f"{name}: {trouble.message.id}"] += 1

    async def _answer(self, row: ConversationRow) -> None:
        what = self.chance.random()
        if what < 0.62:
            await self._carefully("reply", lambda: self._reply(row))
        elif what < 0.74:
            await self._carefully("snooze", lambda: self._snooze(row))
        elif what < 0.84:
            await self._carefully("ask", lambda: self._ask(row))
        elif what < 0.94:
            await self._carefully("done", lambda: self._done(row))

    async def _reply(self, row: ConversationRow) -> None:
        self._number += 1
        text = f"respuesta {self._number}: abrimos a las once"
        visibility = Visibility.DIRECT if row.private else Visibility.PUBLIC
        number = await self.services.inbox.reply(row.id, [text], visibility)
        if self.chance.random() < 0.12:
            await self.services.undo.undo()
            self.taken_back.add(text)
        else:
            self.replies[number] = text

    async def _snooze(self, row: ConversationRow) -> None:
        until = self.clock.now() + timedelta(minutes=self.chance.uniform(20, 400))
        await self.services.inbox.snooze([row.id], until)
        self.snoozed[row.id] = until

    async def _ask(self, row: ConversationRow) -> None:
        if row.network == EMAIL:
            return
        self._number += 1
        told = f"consulta {self._number}: lo decide Marta y te respondemos"
        remind = self.clock.now() + timedelta(hours=self.chance.uniform(2, 12))
        draft = SheetDraft(
            manager_id=self.manager_id, question=f"Duda {self._number}: ¿la mandamos?", told=told, remind_at=remind
        )
        goes = self.chance.choice((Goes.MAIL, Goes.BOTH))
        asked = await self.services.escalations.ask(Asking(row.id, draft, (told,)), goes)
        self.asked.add(asked.escalation_id)
        if asked.reply_id is not None:
            self.replies[asked.reply_id] = told

    async def _done(self, row: ConversationRow) -> None:
        await self.services.inbox.close([row.id])

    async def _plan(self) -> None:
        if self.chance.random() > 0.6:
            return
        self._number += 1
        number = self._number
        parts = (
            tuple(f"pieza {number}/{part}: hilo" for part in (1, 2, 3))
            if self.chance.random() < 0.2
            else (f"pieza {number}: hoy a las siete",)
        )
        late = self.chance.choice(
            (
                None,
                None,
                Lateness(LateRule.FINE_UNTIL, 600),
                Lateness(LateRule.NEXT_SLOT),
                Lateness(LateRule.ASK),
                Lateness(LateRule.DROP),
            )
        )
        draft = PostDraft(
            parts=parts,
            accounts=tuple(sorted(self.chance.sample(self.ids, self.chance.choice((1, 1, 2, 3))))),
            pictures=(Picture(owing.PICTURE, "portada azul"),) if self.chance.random() < 0.15 else (),
            zone=str(ZONE),
            lateness=late,
        )
        await self._carefully("plan", lambda: self._schedule(draft, self._moment()))

    def _moment(self) -> datetime | None:
        """Soon, or some hours ahead on a wall clock's minute: also at one that is skipped or comes twice."""
        now = self.clock.now()
        if self.chance.random() < 0.15:
            return None
        wall = (
            (now + timedelta(minutes=self.chance.uniform(4, 14 * 60)))
            .astimezone(ZONE)
            .replace(tzinfo=None, second=0, microsecond=0)
        )
        found = from_wall(wall, ZONE).at
        return found if now + timedelta(minutes=2) < found < self.until else None

    async def plan_for(self, wall: datetime) -> None:
        """A post at a wall time of the shop."""
        self._number += 1
        draft = PostDraft(parts=(f"pieza {self._number}: de noche",), accounts=tuple(self.ids), zone=str(ZONE))
        await self._schedule(draft, from_wall(wall, ZONE).at)

    async def _schedule(self, draft: PostDraft, at: datetime | None) -> None:
        self.posts.add(await self.services.posts.schedule(draft, at, wait_undo=self.chance.random() < 0.5))

    # ---- signing out and in again

    def sign_out(self, name: str) -> None:
        server = self.served[NETWORKS.index(name)].server
        if name == "mastodon":
            server.token_ok = False
        elif name == "bluesky":
            server.refresh_ok = server.password_ok = False
            server.forget_sessions()
        else:
            server.access, server.refresh = set(), set()

    async def sign_in(self, name: str) -> None:
        """As the user does when the program asks for it."""
        number = NETWORKS.index(name)
        served, account_id = self.served[number], self.ids[number]
        if name == "mastodon":
            served.server.token_ok = True
        elif name == "bluesky":
            served.server.refresh_ok = served.server.password_ok = True
        owing.sign_in(self.keyring, account_id, served.sign_in())
        now = to_ms(self.clock.now())

        def ready(session: Session) -> None:
            accounts.set_state(session, account_id, AccountState.READY, now)
            outbox.forget_reason(session, account_id)

        await self.database.write(ready)

    # ---- the disk

    async def fill_disk(self) -> None:
        """To the last byte; or the data file may not grow by a page."""
        if self.disk is not None:
            await asyncio.to_thread(fill, self.disk / BALLAST)
            assert not shutil.disk_usage(self.disk).free
            return
        await self.database.write(lambda s: s.connection().exec_driver_sql("PRAGMA max_page_count = 1").fetchall())

    async def make_room(self) -> None:
        if self.disk is not None:
            (self.disk / BALLAST).unlink()
            return
        await self.database.write(
            lambda s: s.connection().exec_driver_sql(f"PRAGMA max_page_count = {2**31 - 2}").fetchall()
        )
