"""The report of 28 days as files, in the real window over ten million samples, beside painting the page that it tells of."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from app.bootstrap import build_services, open_database
from app.models.insight import last_days
from app.models.report import LANGUAGES, ReportWanted
from app.profile import adopt_settings, open_profile
from app.runtime.start import Options
from app.runtime.tasks import Tasks
from app.services.undo import Undo
from app.ui.painting.report_parts import make_report
from app.window import painter_for
from tests.benchmarks.figure import Figure, middle, quantile
from tests.benchmarks.insights import ZONE
from tests.benchmarks.shown import no_browser

MOST_MS = 3000
GAP_MS = 16
IDLE_MS = 0.1
"""A turn of the loop without a piece of work."""


async def _made(folder: Path) -> Iterator[Figure]:
    profile = open_profile(Options(folder), "bench")
    profile.clock.sleeper = asyncio.sleep
    database = open_database(profile)
    adopt_settings(profile)
    services = build_services(profile, database, Tasks(lambda _: None, lambda _: None), Undo(), no_browser)
    painter = painter_for(profile, services)
    services.reports.paint_with(partial(make_report, painter._shell.page_face))
    gaps: list[float] = []

    async def tick() -> None:
        """How long the screen's thread is held at a time."""
        while True:
            began = time.thread_time()
            await asyncio.sleep(0)
            gaps.append((time.thread_time() - began) * 1000)

    last = last_days(profile.clock.now().astimezone(ZONE).date())
    found: list[Figure] = []
    times: list[float] = []
    ticking = asyncio.get_running_loop().create_task(tick())
    gc.disable()  # as in the window, where garbage is swept between the pieces (ui/sweeping.py)
    for number, language in enumerate(LANGUAGES):
        wanted = ReportWanted(last.moved(-number), last.moved(-number).before, (), language, pictures=True)
        began = time.perf_counter(), time.process_time()
        files = await services.reports.make(wanted)
        times.append((time.process_time() - began[1]) * 1000)
        found.append(
            Figure(
                f"report.{language}",
                (time.perf_counter() - began[0]) * 1000,
                "ms",
                limit=MOST_MS,
                note=f"{len(files.pdf)} bytes of PDF, {len(files.pictures)} pictures",
            )
        )
    ticking.cancel()
    gc.enable()
    found.append(Figure("report.cpu.median", middle(times), "ms", limit=MOST_MS))
    found.append(Figure("report.piece.p99", quantile([gap for gap in gaps if gap > IDLE_MS], 0.99), "ms", limit=GAP_MS))
    found.append(Figure("report.longest_piece", max(gaps), "ms", note="what the screen's thread does at once"))
    painter.close()
    await services.close()
    return iter(found)


def figures(folder: Path) -> Iterator[Figure]:
    """In a filled profile, see tests/benchmarks/insights.py."""
    yield from asyncio.run(_made(folder))
