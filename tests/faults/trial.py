"""One trial: servers, proxies, a profile that owes much, and the real program, killed and started again until all is settled."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from sqlite3 import OperationalError, connect

from app.models.account import AccountState
from app.runtime.clock import to_ms
from app.runtime.paths import Paths
from app.store.database import Database, Session
from app.store.writing import accounts, outbox
from tests.fakes import file_keyring
from tests.faults import owing
from tests.faults.fast_clock import FastClock
from tests.faults.owing import Debt, Owing
from tests.faults.proxy import Fault, Plan, Proxy
from tests.faults.served import KEEPERS, KINDS, Served
from tests.faults.user import User
from tests.faults.verdict import Verdict, judge

ROOT = Path(__file__).resolve().parents[2]
LOOK_SECONDS = 0.15
"""How often the trial looks at its programs and their accounts."""
ENDING_SECONDS = 20.0
NORMAL_ENDS = (0, -signal.SIGKILL, -signal.SIGTERM)
"""The last: asked to end before it had begun."""


@dataclass(frozen=True)
class Plans:
    """What a trial is made of. Times in real seconds."""

    kinds: Sequence[str]
    """One account each, of `served.KINDS` or `served.KEEPERS`."""
    deliveries: int
    seed: str = "1"
    speed: float = 20.0
    span: float = 10.0
    """Everything falls due within it."""
    programs: Sequence[tuple[str, ...]] = (("publish",),)
    """What each program is started with; without arguments it opens its window."""
    kill_every: tuple[float, float] = (3.0, 8.0)
    """A program is killed after so long, besides what the proxies kill."""
    kills: int = 1_000_000
    """At most so many of these."""
    truce: int = 4
    """Between two kills at least so many deliveries are settled: a program that never lives to settle anything proves nothing."""
    patience: float = 120.0
    """The trial ends here at the latest; what is not settled then is lost."""


@dataclass
class Outcome:
    """A trial's figures."""

    verdict: Verdict
    faults: Counter[Fault]
    kills: int
    signed_in_again: int
    refused: int
    """Acts of the user that came too late."""
    seconds: float
    complaints: list[str] = field(default_factory=list)
    """What programs said that ended by themselves, and bugs in their logs."""

    @property
    def sound(self) -> bool:
        return self.verdict.sound and not self.complaints


class Program:
    """One running program of the profile, started again whenever it was killed."""

    def __init__(self, number: int, words: Sequence[str], folder: Path, environment: dict[str, str]) -> None:
        self._command = [sys.executable, str(ROOT / "tests" / "faults" / "engine.py"), "--profile", str(folder), *words]
        self._environment = environment
        self._said = folder.parent / f"program {number}.txt"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        with self._said.open("ab") as said:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=ROOT,
                env=self._environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )

    @property
    def code(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.returncode if self._process is not None else None

    @property
    def said(self) -> str:
        return self._said.read_text(encoding="utf-8", errors="replace")

    async def kill(self) -> bool:
        """Whether there was one to kill."""
        return await self._end(signal.SIGKILL)

    async def end(self) -> int:
        """In order, as the system asks its services to."""
        await self._end(signal.SIGTERM)
        return self.code or 0

    async def _end(self, by: signal.Signals) -> bool:
        process = self._process
        if process is None or process.returncode is not None:
            return False
        process.send_signal(by)
        try:
            await asyncio.wait_for(process.wait(), ENDING_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()
        return True


class Trial:
    """`run` it in an empty folder."""

    def __init__(self, folder: Path, plans: Plans) -> None:
        self.plans = plans
        self.paths = Paths.of(folder / "profile")
        self.keyring = folder / "keyring.json"
        self.clock = FastClock(plans.speed, float(int(time.time())))
        self.served: list[Served] = [{**KINDS, **KEEPERS}[kind](self.clock) for kind in plans.kinds]
        self.faults = [Plan(f"{plans.seed} {number}") for number in range(len(self.served))]
        self.kills = 0
        self._left_then = 10**9
        """How many were unsettled at the last kill."""
        self.signed_in_again = 0
        self._chance = Random(f"{plans.seed} kills")
        self._programs = [
            Program(number, words, self.paths.root, self._environment()) for number, words in enumerate(plans.programs)
        ]

    def _environment(self) -> dict[str, str]:
        """No display but an offscreen one, no keyring but the trial's."""
        return {
            **os.environ,
            "SPEED": str(self.plans.speed),
            "ORIGIN": str(self.clock.origin),
            "PYTHON_KEYRING_BACKEND": file_keyring.BACKEND,
            file_keyring.FILE: str(self.keyring),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONUTF8": "1",
            "PYTHONPATH": str(ROOT),
        }

    async def run(self) -> Outcome:
        """Everything owed, everything settled."""
        began = time.monotonic()
        complaints: list[str] = []
        async with AsyncExitStack() as stack:
            urls = [
                await stack.enter_async_context(self._behind_proxy(*pair))
                for pair in zip(self.served, self.faults, strict=True)
            ]
            self.paths.create()
            database = Database.open(
                self.paths.database, backups=self.paths.backups, clock=self.clock, process_id="trial"
            )
            stack.push_async_callback(database.close)
            now = self.clock.now()
            ids = owing.open_profile(self.paths, database, self.keyring, self.served, urls, now)
            span = timedelta(seconds=self.plans.span * self.plans.speed)
            debts = Owing(database, ids, self.served, self.plans.seed).owe(
                self.plans.deliveries, self.clock.now(), span
            )
            user = User(database, self.clock, owing.credentials(self.keyring), debts, self.plans.seed)
            try:
                complaints += await self._supervise(database, ids, user)
            finally:
                for program in self._programs:
                    code = await program.end()
                    complaints += [f"ended with {code}: {program.said}"] if code not in NORMAL_ENDS else []
        complaints += self._bugs()
        return self._outcome(debts, user.refused, complaints, time.monotonic() - began)

    def _outcome(self, debts: Sequence[Debt], refused: int, complaints: list[str], seconds: float) -> Outcome:
        faults = sum((plan.met for plan in self.faults), Counter[Fault]())
        return Outcome(
            judge(self.paths.database, debts, self.served),
            faults,
            self.kills,
            self.signed_in_again,
            refused,
            seconds,
            complaints,
        )

    @asynccontextmanager
    async def _behind_proxy(self, served: Served, plan: Plan) -> AsyncIterator[str]:
        proxy = Proxy(await served.start(), plan, self.plans.speed, self._kill)
        await proxy.start()
        try:
            yield proxy.url
        finally:
            await proxy.stop()
            await served.stop()

    async def _kill(self, chance: Random) -> None:
        """One of the programs dies on the spot; it is started again by the supervision."""
        left = self._unsettled()
        if self._left_then - left >= self.plans.truce and await chance.choice(self._programs).kill():
            self.kills += 1
            self._left_then = left

    async def _supervise(self, database: Database, ids: Sequence[int], user: User) -> list[str]:
        """Until all is settled or patience ends: kills, starts, signs in again, acts as the user. Answers complaints."""
        end = time.monotonic() + self.plans.patience
        killed, next_kill = 0, time.monotonic() + self._chance.uniform(*self.plans.kill_every)
        for program in self._programs:
            await program.start()
        while (user.waits or self._unsettled()) and time.monotonic() < end:
            await asyncio.sleep(LOOK_SECONDS)
            await user.act()
            if time.monotonic() >= next_kill and killed < self.plans.kills:
                await self._kill(self._chance)
                killed += 1
                next_kill = time.monotonic() + self._chance.uniform(*self.plans.kill_every)
            for program in self._programs:
                if program.code == -signal.SIGKILL:
                    await program.start()
                elif program.code is not None:
                    return [f"a program ended by itself with {program.code}: {program.said}"]
            await self._sign_in_again(database, ids)
        return []

    def _unsettled(self) -> int:
        """Items that the program still has something to do with."""
        sql = """SELECT count(*) FROM outbox WHERE state IN ('waiting', 'held', 'claimed') OR (state = 'let_go' AND held_id <> '')
            OR (state = 'unsure' AND (next_try_at IS NOT NULL OR reason = ''))"""
        return int(self._asked(sql)[0][0])

    async def _sign_in_again(self, database: Database, ids: Sequence[int]) -> None:
        """As the user does when the banner asks for it."""
        for (account_id,) in self._asked("SELECT id FROM account WHERE state <> 'ready'"):
            secrets = self.served[ids.index(account_id)].sign_in()
            await asyncio.to_thread(owing.sign_in, self.keyring, account_id, secrets)

            def ready(session: Session, number: int = account_id) -> None:
                accounts.set_state(session, number, AccountState.READY, to_ms(self.clock.now()))
                outbox.forget_reason(session, number)

            await database.write(ready)
            self.signed_in_again += 1

    def _asked(self, sql: str) -> list[tuple[int, ...]]:
        with closing(connect(f"file:{self.paths.database}?mode=ro", uri=True, timeout=10)) as connection:
            try:
                return connection.execute(sql).fetchall()
            except OperationalError as error:
                raise AssertionError(f"{sql}: {error}") from error

    def _bugs(self) -> list[str]:
        """What the programs wrote down as their own mistakes."""
        found = []
        for file in self.paths.logs.glob("*.log"):
            text = file.read_text(encoding="utf-8")
            found += [f"{file.name}: {text[at : at + 2000]}" for at in [text.find("Traceback")] if at >= 0]
        return found
