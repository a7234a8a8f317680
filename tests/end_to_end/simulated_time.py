"""A loop whose time is simulated: it jumps to the next timer once nothing is under way, neither here nor in threads nor on sockets.

All that waits on the loop waits without waiting: naps, time-outs of the net, limits of requests. Threads and loopback servers are real, and
while one of them works the time stands still. For a process of its own: what the program asks of the system itself is put here as well.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import os
import select
import selectors
import socket
import threading
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

from app.mail import imap_waiting, reading
from app.networks.mastodon import streaming
from app.runtime.clock import SystemClock

T = TypeVar("T")

ON_THE_WIRE_SECONDS = 0.001
"""Real time that bytes on loopback may still be given before nothing is taken for under way."""
THREADS_SECONDS = 0.05
"""Real time after which the loop looks again whether threads are still at work; whoever ends wakes it."""


@dataclass(eq=False)
class Work:
    """What a thread does for the loop; `resting` while it only waits for news or for a time."""

    resting: bool = False


@dataclass(eq=False)
class Nap:
    """A thread that waits for a time of the loop."""

    until: float
    work: Work
    wake: int
    """Where to write to."""


@dataclass
class Simulated:
    """The state of a simulated time. Threads tell it of their work."""

    grid: float
    """Seconds; time stands on multiples of it alone, so that all that is due within one wakes together."""
    now: float = 0.0
    work: set[Work] = field(default_factory=set)
    naps: list[Nap] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_busy(self) -> bool:
        with self.lock:
            return any(not each.resting for each in self.work)

    def jump(self, seconds: float) -> None:
        """To the next timer of the loop or the next waking of a thread, whichever comes first."""
        with self.lock:
            until = min([self.now + seconds, *(nap.until for nap in self.naps)])
            steps = -(-(until - self.now) // self.grid)
            self.now += max(1.0, steps) * self.grid
            due = [nap for nap in self.naps if nap.until <= self.now]
            for nap in due:
                self.naps.remove(nap)
                nap.work.resting = False
                os.write(nap.wake, b"!")


class _Jumping(selectors.DefaultSelector):  # type: ignore[misc,valid-type]
    """Waits for no time: where nothing is under way, the time goes on instead."""

    simulated: Simulated

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if ready := super().select(0):
            return ready
        if timeout is not None and timeout <= 0:
            return []
        if self.simulated.is_busy:
            return super().select(THREADS_SECONDS)
        if ready := super().select(ON_THE_WIRE_SECONDS):
            return ready
        if self.simulated.is_busy:
            return []
        if timeout is None and not self.simulated.naps:
            return super().select(THREADS_SECONDS)
        self.simulated.jump(timeout if timeout is not None else float("inf"))
        return []


class SimulatedLoop(asyncio.SelectorEventLoop):
    """`asyncio.Runner(loop_factory=lambda: SimulatedLoop(grid))`; `settle_in` first."""

    def __init__(self, grid: float) -> None:
        self.simulated = _Jumping.simulated = Simulated(grid)
        super().__init__(_Jumping())

    def time(self) -> float:
        return self.simulated.now

    def live_timers(self) -> int:
        """Those that nobody has cancelled."""
        timers: list[asyncio.TimerHandle] = self._scheduled  # type: ignore[attr-defined]
        return sum(not each.cancelled() for each in timers)


class SimulatedClock(SystemClock):
    """The computer's clock over a loop of this kind. `sleep_computer`: the wall goes on while nothing here does."""

    def __init__(self, start: datetime, simulated: Simulated) -> None:
        super().__init__(asyncio.sleep)
        self._start = start
        self._simulated = simulated
        self._slept = timedelta(0)

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._simulated.now) + self._slept

    def monotonic(self) -> float:
        return self._simulated.now

    def sleep_computer(self, span: timedelta) -> None:
        self._slept += span


def _nothing() -> None:
    """Wakes a loop."""


def settle_in(simulated: Simulated) -> None:
    """From now on this process tells what its threads do, and asks nobody else what time it is. For the loop that runs."""
    loop = asyncio.get_running_loop()
    mine = threading.local()
    wrap, in_thread, readable = asyncio.wrap_future, reading.in_thread, imap_waiting._readable

    def begin() -> Work:
        work = Work()
        with simulated.lock:
            simulated.work.add(work)
        return work

    def end(work: Work) -> None:
        with simulated.lock:
            simulated.work.discard(work)

    def wrap_future(future: concurrent.futures.Future[T], **named: Any) -> asyncio.Future[T]:
        work = begin()
        wrapped = wrap(future, **named)
        wrapped.add_done_callback(lambda _: end(work))
        return wrapped

    async def in_counted_thread(job: Callable[[], T]) -> T:
        work = begin()

        def known() -> T:
            mine.work = work
            return job()

        try:
            return await in_thread(known)
        finally:
            end(work)

    def readable_or_later(held: socket.socket, seconds: float) -> bool:
        """In a thread of the mailbox: until something comes, or until so much simulated time has passed."""
        work: Work = mine.work
        woken, wake = os.pipe()
        nap = Nap(simulated.now + seconds, work, wake)
        try:
            poller = select.poll()
            poller.register(held.fileno(), select.POLLIN)
            poller.register(woken, select.POLLIN)
            with simulated.lock:
                simulated.naps.append(nap)
                work.resting = True
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(_nothing)  # it may go on with the time
            found = poller.poll()
            with simulated.lock:
                work.resting = False
                if nap in simulated.naps:
                    simulated.naps.remove(nap)
            return any(number != woken for number, _ in found)
        except ValueError as error:  # closed meanwhile
            raise ConnectionError("closed") from error
        finally:
            os.close(woken)
            os.close(wake)

    asyncio.wrap_future = asyncio.futures.wrap_future = wrap_future  # type: ignore[assignment]
    reading.in_thread = in_counted_thread
    imap_waiting._readable = readable_or_later if hasattr(select, "poll") else readable
    imap_waiting.NAP_SECONDS = max(
        imap_waiting.NAP_SECONDS, simulated.grid
    )  # a step of the time is no sleep of the computer
    streaming.SILENCE = max(streaming.SILENCE, 5 * simulated.grid)
    imap_waiting.time = SimpleNamespace(monotonic=lambda: simulated.now)  # type: ignore[assignment]


def run(main: Callable[[SimulatedLoop], Awaitable[T]], grid: float) -> T:
    """`main` on a loop of its own, with as many threads for odd work as the window has."""

    async def settled() -> T:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, SimulatedLoop)
        loop.set_default_executor(concurrent.futures.ThreadPoolExecutor(4, thread_name_prefix="work"))
        settle_in(loop.simulated)
        return await main(loop)

    with asyncio.Runner(loop_factory=lambda: SimulatedLoop(grid)) as runner:
        return runner.run(settled())


def open_files(servers: Collection[int]) -> Mapping[str, int]:
    """What this process holds open, by name and kind; empty where the system does not tell. Without the lines at the ports of `servers`."""
    folder, table = Path("/proc/self/fd"), Path("/proc/self/net/tcp")
    if not folder.is_dir() or not table.is_file():
        return {}
    theirs = set()
    for line in table.read_text(encoding="ascii").splitlines()[1:]:
        fields = line.split()
        if int(fields[1].partition(":")[2], 16) in servers:
            theirs.add(f"socket:[{fields[9]}]")
    names: Counter[str] = Counter()
    for entry in folder.iterdir():
        try:
            name = str(entry.readlink())
        except OSError:
            continue  # the one that this is looked for through
        if name not in theirs:
            names[name.partition(":")[0]] += 1
    return names
