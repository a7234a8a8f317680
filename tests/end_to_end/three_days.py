"""Three simulated days of the whole program, in a process of their own: `python -m tests.end_to_end.three_days --seed 3 --grid 60 FOLDER`.

Prints one JSON object: what was done, what was measured, and what is wrong. The memory is what is allocated and not given back, C libraries
included, once garbage is swept; what the servers of the test and SQLite's bounded page caches hold is put aside first.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import ctypes
import dataclasses
import gc
import json
import os
import pickle
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from tests.end_to_end import simulated_time
from tests.end_to_end.simulated_time import SimulatedClock, SimulatedLoop, open_files
from tests.end_to_end.three_days_networks import NETWORKS
from tests.end_to_end.three_days_records import friday
from tests.end_to_end.three_days_shop import ZONE, ThreeDays
from tests.end_to_end.three_days_verdict import verdict
from tests.end_to_end.weather import Weather

HOURS = 72.0
WARM_AT, MEASURED_AT = 12.0, 72.0
AFTERWARDS = timedelta(hours=3)
"""Good weather at the end, in which all that is under way is settled: the longest pause between two tries is half an hour."""
SPREAD_MINUTES = 20.0
"""By so much a row of the schedule comes sooner or later, as the seed says."""
POOLS = {"thread work_": 4, "thread reader_": 2}
KEPT_LINES = len(NETWORKS)
"""A client keeps a line for its next reading, or has just closed it."""
TIMERS_MORE = 10
EVERYTHING = (*NETWORKS, "mail")


class Row(NamedTuple):
    """One line of the schedule: `hour` after Friday's opening, for so many `minutes`, to `whom`."""

    hour: float
    minutes: float
    what: Weather | str
    whom: tuple[str, ...] = EVERYTHING


SCHEDULE = (
    Row(2.0, 25, Weather.REFUSES),
    Row(4.5, 12, Weather.HANGS, ("mastodon", "mail")),
    Row(6.0, 20, Weather.STUMBLES, ("bluesky", "x")),
    Row(7.7, 20, Weather.FORGETS),
    Row(9.4, 20, "sleep"),
    #       12.0: the memory is measured
    Row(13.0, 30, Weather.LIMITS, ("mastodon", "x", "mail")),
    Row(15.0, 45, "signed out", ("mastodon",)),
    Row(17.0, 75, "disk full"),
    Row(19.5, 15, Weather.BREAKS),
    Row(21.0, 20, Weather.GATEWAY, NETWORKS),
    Row(22.5, 8, Weather.HANGS),
    Row(25.0, 60 * 3.5, Weather.REFUSES),
    Row(29.5, 50, "signed out", ("bluesky",)),
    Row(31.0, 30, Weather.CUTS),
    #       35.0: the clock change
    Row(37.0, 60 * 6.5, "sleep"),
    Row(38.0, 25, Weather.FORGETS),
    Row(40.0, 25, Weather.STUMBLES),
    Row(42.5, 40, "disk full"),
    Row(44.5, 60, "signed out", ("x",)),
    Row(46.5, 30, Weather.REFUSES, ("mail",)),
    Row(48.0, 20, Weather.LIMITS),
    Row(50.0, 15, Weather.HANGS, NETWORKS),
    Row(52.0, 25, "disk full"),
    Row(54.0, 20, Weather.GATEWAY, ("mastodon", "bluesky")),
    Row(56.5, 60 * 6.0, "sleep"),
    Row(63.5, 60, Weather.REFUSES),
    #       65.0: Monday, eight o'clock
    Row(66.0, 20, Weather.FORGETS, NETWORKS),
    Row(67.5, 20, Weather.BREAKS),
    #       72.0: the memory is measured again
)
NIGHT_WALLS = ("02:30", "03:30")
"""Of the night of the clock change: skipped in spring, twice there in autumn; and the hour after."""


@dataclasses.dataclass
class Footprint:
    """What the process holds at a quiet moment: the least of some minutes, for lines come and go."""

    bytes: int
    tasks: int
    threads: int
    files: int
    timers: int
    names: Mapping[str, int]
    pss: int
    counts: dict[str, int] = dataclasses.field(default_factory=dict)
    """Of what else a life counts."""


class Life:
    """The days of one shop."""

    def __init__(self, folder: Path, loop: Any, shop: ThreeDays, seed: int, hours: float) -> None:
        """`loop` is a `SimulatedLoop` or that of a window."""
        self.loop = loop
        self.shop = shop
        self.clock = shop.clock
        self.begin = self.clock.now()
        self.hours = hours
        self.footprints: dict[float, Footprint] = {}
        self.happened: list[str] = []
        self._chance = Random(f"{seed} schedule")
        self._folder = folder
        self._running: list[asyncio.Task[Any]] = []

    async def run(self) -> None:
        """Of a shop that is open."""
        self._running = [self.loop.create_task(each) for each in self.people()]
        weather = [self.loop.create_task(self._row(row)) for row in SCHEDULE if row.hour < self.hours]
        weather.append(self.loop.create_task(self._night_posts()))
        if self.hours > WARM_AT:
            weather.append(self.loop.create_task(self.measure(WARM_AT)))
        await self._until(self.hours)
        await asyncio.gather(*weather)
        for each in self._running:
            each.cancel()
        ends = await asyncio.gather(*self._running, return_exceptions=True)
        self.shop.bugs += ["".join(traceback.format_exception(each)) for each in ends if isinstance(each, Exception)]
        await self.clock.sleep(AFTERWARDS.total_seconds())
        await self.measure(self.hours, now=True)

    def people(self) -> list[Coroutine[Any, Any, None]]:
        """Who lives on all the time."""
        shop = self.shop
        return [shop.customers(), shop.user(), shop.manager(), shop.breathe(), self._tidy()]

    async def _until(self, hour: float) -> None:
        await self.clock.sleep_until(self.begin + timedelta(hours=hour))

    # ---- the schedule

    async def _row(self, row: Row) -> None:
        await self._until(row.hour + self._chance.uniform(-SPREAD_MINUTES, SPREAD_MINUTES) / 60)
        what = row.what if isinstance(row.what, str) else row.what.value
        self.happened.append(f"{self.clock.now().astimezone(ZONE):%a %H:%M} {what}: {' '.join(row.whom)}")
        if row.what == "sleep":
            await self._sleep(timedelta(minutes=row.minutes))
        elif row.what == "disk full":
            await self.shop.fill_disk()
            await self.clock.sleep(row.minutes * 60)
            await self.shop.make_room()
        elif row.what == "signed out":
            self.shop.sign_out(row.whom[0])
            await self.clock.sleep(row.minutes * 60)
            await self.shop.sign_in(row.whom[0])
        else:
            assert isinstance(row.what, Weather)
            outside = [self.shop.mail if name == "mail" else self.shop.outdoors[name] for name in row.whom]
            for each in outside:
                await each.begin(row.what)
            await self.clock.sleep(row.minutes * 60)
            for each in outside:
                await each.end()

    async def _sleep(self, span: timedelta) -> None:
        """The lid is closed, and opened so much later; the lines are dead by then."""
        self.clock.sleep_computer(span)
        for outdoors in self.shop.outdoors.values():
            await outdoors.cut_lines()
        await self.shop.mail.cut_lines()

    async def _night_posts(self) -> None:
        """Planned in the evening before."""
        await self._until(min(30.0, self.hours))
        sunday = self.begin.astimezone(ZONE).date() + timedelta(days=2)
        for wall in NIGHT_WALLS:
            await self.shop.plan_for(datetime.fromisoformat(f"{sunday} {wall}"))

    async def _tidy(self) -> None:
        """Each hour: garbage, as `ui/sweeping.py` does, and what servers of tests remember for tests of another kind."""
        while True:
            await self.clock.sleep(3600)
            gc.collect()
            self.shop.mail.forget_lines()

    # ---- what the process holds

    def grown(self, warm: Footprint, end: Footprint) -> list[str]:
        """What there is more of at the end."""
        return grown(warm, end)

    async def measure(self, hour: float, *, now: bool = False) -> None:
        if not now:
            await self._until(hour)
        found = []
        for _ in range(4):
            await self.clock.sleep(60)
            found.append(await self.footprint())
        least = {
            each.name: min(getattr(one, each.name) for one in found)
            for each in dataclasses.fields(Footprint)
            if each.name not in ("names", "counts")
        }
        names = min(found, key=lambda one: one.tasks).names
        counts = {name: min(one.counts.get(name, 0) for one in found) for one in found for name in one.counts}
        self.footprints[hour] = Footprint(**least, names=names, counts=counts)

    async def footprint(self) -> Footprint:
        with self._servers_aside():
            await self._shrink_caches()
            gc.collect()
            allocated = allocated_bytes()
            tasks = Counter(
                task.get_name().rstrip("0123456789")
                for task in asyncio.all_tasks()
                if task.get_name().rstrip("0123456789") != "Task-"
            )
            files = open_files(self.shop.ports)
            threads = Counter(thread.name.rstrip("0123456789") for thread in threading.enumerate())
            names = {
                **tasks,
                **{f"file {name}": count for name, count in files.items()},
                **{f"thread {name}": count for name, count in threads.items()},
            }
            return Footprint(
                allocated,
                sum(tasks.values()),
                sum(threads.values()),
                sum(files.values()),
                self.loop.live_timers(),
                names,
                pss_bytes(),
            )

    @contextmanager
    def _servers_aside(self) -> Iterator[None]:
        """What they keep lies on the disk meanwhile."""
        owners = [
            (each.server, name)
            for each in self.shop.served
            for name in vars(each.server)
            if isinstance(getattr(each.server, name), (dict, list))
        ]
        owners += [(self.shop.mail, "accepted"), (self.shop.mail, "folders"), (self.shop, "heard"), (self.shop, "said")]
        file = self._folder / "aside"
        with file.open("wb") as out:
            kept = []
            for owner, name in owners:
                try:
                    pickle.dump(getattr(owner, name), out)
                except Exception:  # noqa: BLE001  (what holds functions does not grow)
                    continue
                kept.append((owner, name))
        self._write_aside(kept, file)
        try:
            yield
        finally:
            with file.open("rb") as back:
                for owner, name in kept:
                    setattr(owner, name, pickle.load(back))

    def _write_aside(self, kept: list[tuple[Any, str]], file: Path) -> None:
        with file.open("wb") as out:
            for owner, name in kept:
                value = getattr(owner, name)
                pickle.dump(value, out)
                setattr(owner, name, type(value)())

    async def _shrink_caches(self) -> None:
        database = self.shop.database
        await database.write(lambda s: s.connection().exec_driver_sql("PRAGMA shrink_memory").close())
        for connection in list(database.reader._connections):
            connection.execute("PRAGMA shrink_memory")


def grown(warm: Footprint, end: Footprint) -> list[str]:
    """What there is more of at the end than it was when warm. A loop may or may not wait for a time just now; pools have their size."""
    wrong = []
    for name, count in end.names.items():
        most = max(warm.names.get(name, 0), POOLS.get(name, 1))
        if count > most and not name.startswith("file "):
            wrong.append(f"{name!r} is there {count} times, and was {warm.names.get(name, 0)} times")
    if end.files > warm.files + KEPT_LINES:
        wrong.append(f"open files grew from {warm.files} to {end.files}: {warm.names} {end.names}")
    if end.timers > warm.timers + TIMERS_MORE:
        wrong.append(f"timers grew from {warm.timers} to {end.timers}")
    return wrong


def allocated_bytes() -> int:
    """By glibc, where Python takes all its memory from it (`PYTHONMALLOC=malloc`); elsewhere blocks of Python's own."""
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None)
        ask = libc.mallinfo2
        ask.restype = _Mallinfo2
        if os.environ.get("PYTHONMALLOC") == "malloc":
            told = ask()
            return int(told.uordblks + told.hblkhd)
    return sys.getallocatedblocks() * 64


class _Mallinfo2(ctypes.Structure):
    _fields_ = [
        (name, ctypes.c_size_t)
        for name in [
            "arena",
            "ordblks",
            "smblks",
            "hblks",
            "hblkhd",
            "usmblks",
            "fsmblks",
            "uordblks",
            "fordblks",
            "keepcost",
        ]
    ]


def pss_bytes() -> int:
    """As the system counts it; 0 where it does not tell."""
    try:
        lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


async def lived(life: Life) -> tuple[list[str], dict[str, Any]]:
    """What is wrong after these days, and how much there was."""
    wrong, figures = await verdict(life.shop)
    warm, end = life.footprints.get(WARM_AT), life.footprints[life.hours]
    if warm is not None and end is not warm:
        if end.bytes > warm.bytes * 1.05:
            wrong.append(f"memory grew from {warm.bytes:,} to {end.bytes:,} bytes")
        wrong += life.grown(warm, end)
    return wrong, figures


def report(life: Life, wrong: list[str], figures: dict[str, Any]) -> dict[str, Any]:
    """What is printed."""
    return {
        "wrong": wrong,
        "figures": figures,
        "footprints": {str(hour): dataclasses.asdict(each) for hour, each in life.footprints.items()},
        "weather": {
            name: {kind.value: count for kind, count in each.met.items()} for name, each in life.shop.outdoors.items()
        },
        "happened": life.happened,
    }


async def _live(loop: SimulatedLoop, folder: Path, chosen: argparse.Namespace) -> dict[str, Any]:
    threads = threading.active_count()
    clock = SimulatedClock(friday(chosen.seed), loop.simulated)
    shop = ThreeDays(folder, clock, chosen.seed, chosen.minutes, chosen.calm, chosen.disk)
    life = Life(folder, loop, shop, chosen.seed, chosen.hours)
    await shop.open()
    gc.collect()
    gc.freeze()  # as the window does: what makes up the program stays
    await life.run()
    wrong, figures = await lived(life)
    await shop.close()
    left = [task.get_name() for task in asyncio.all_tasks() - {asyncio.current_task()}]
    if left:
        wrong.append(f"tasks left after closing: {left}")
    await loop.shutdown_default_executor()
    gc.collect()
    if threading.active_count() > threads:
        wrong.append(f"threads left after closing: {[each.name for each in threading.enumerate()]}")
    return report(life, wrong, figures)


def arguments(about: str | None, live: Callable[[argparse.Namespace, Path], dict[str, Any]]) -> int:
    """Lives the days that the command line names and prints what became of them; the exit code."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--grid", type=float, default=60.0, help="seconds: the steps of the time")
    parser.add_argument("--minutes", type=int, default=60, help="between two readings of an account")
    parser.add_argument("--hours", type=float, default=HOURS)
    parser.add_argument("--calm", type=float, default=1.0, help="how many times as seldom people do something")
    parser.add_argument("--disk", type=Path, help="a small file system for the profile, which is filled now and then")
    parser.add_argument("folder", type=Path, nargs="?")
    chosen = parser.parse_args()
    began = time.process_time()
    with tempfile.TemporaryDirectory(prefix="tertulia-three-days-") as scratch:
        found = live(chosen, chosen.folder or Path(scratch))
    found = {"seed": chosen.seed, "grid": chosen.grid, "cpu_seconds": round(time.process_time() - began, 1), **found}
    sys.stdout.write(json.dumps(found, ensure_ascii=False, default=str) + "\n")
    return 1 if found["wrong"] else 0


def _live_without_window(chosen: argparse.Namespace, folder: Path) -> dict[str, Any]:
    return simulated_time.run(lambda loop: _live(loop, folder, chosen), chosen.grid)


if __name__ == "__main__":
    sys.exit(arguments(__doc__, _live_without_window))
