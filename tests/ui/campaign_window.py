"""Campaigns, calendar and Insights in a real window, over real services and a real data file."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.commands import catalogue
from app.commands.registry import collect
from app.models.campaign import CampaignPhase, CampaignPlan, Goal, PhaseKind
from app.models.post import PostDraft
from app.runtime.settings import Shop as ShopSettings
from app.runtime.tasks import Tasks
from app.store.reading import campaigns as reading
from app.store.reading.queries import StoreQueries
from app.ui.calendar.page import CalendarPage
from app.ui.campaigns.page import CampaignsPage
from app.ui.dialogs import Sheet
from app.ui.insights.page import InsightsPage
from app.ui.look import Look
from app.ui.page import PageEntry
from app.ui.shell import Shell, build
from tests.fakes.clock import FakeClock
from tests.services.shop import SmallShop, shop_in
from tests.ui.closing import close_shell
from tests.ui.shop import Store, make_services
from tests.ui.stand_ins import PlainPage

DAY = timedelta(days=1)
TODAY = date(2026, 11, 18)
TURNS = 4
PAUSE_SECONDS = 0.01
PATIENCE = 60
"""Seconds, less than the test itself is given: what never ends is told by name."""


class RealReads:
    """Reads the data file at once, on the calling thread."""

    def __init__(self, shop: SmallShop) -> None:
        self._shop = shop

    def now(self, query: Callable[[Any], Any]) -> Any:
        return self._shop.database.reader.now(lambda connection: query(StoreQueries(connection, self._shop.clock)))

    def later(self, query: Callable[[Any], Any], deliver: Callable[[Any], None]) -> Callable[[], None]:
        deliver(self.now(query))
        return lambda: None


@dataclass
class Window:
    """The window, the shop behind it, and what is at work."""

    shell: Shell
    shop: SmallShop
    shown: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    works: list[asyncio.Task[Any]] = field(default_factory=list)

    @property
    def page(self) -> Any:
        return self.shell.window.page()

    @property
    def sheet(self) -> Any:
        """The sheet that is open."""
        found = [each for each in self.shell.window.findChildren(Sheet) if each.isVisible()]
        return found[-1] if found else None

    def said(self) -> list[str]:
        return [
            self.shell.look.text(line.message).replace("\u2068", "").replace("\u2069", "")
            for line in self.shell.notices.history()
        ]

    async def settle(self) -> None:
        """All that was begun has ended, and is shown."""
        for _ in range(TURNS):
            await asyncio.sleep(PAUSE_SECONDS)
            while left := [work for work in self.works if not work.done()]:
                ended, _ = await asyncio.wait(left, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
                assert ended, f"still at work after {PATIENCE} s: {left}"

    async def plan(self, number: int) -> CampaignPlan:
        found = await self.shop.database.read(reading.campaign, number)
        assert found is not None
        return found

    async def campaign(self, name: str = "Buen Fin", first: date = TODAY - 2 * DAY, **fields: Any) -> int:
        """A teaser of six days and a promotion of four."""
        phases = (
            CampaignPhase(PhaseKind.TEASER, first, first + 5 * DAY, "Sin ofertas"),
            CampaignPhase(PhaseKind.PROMO, first + 6 * DAY, first + 9 * DAY),
        )
        values = {
            "goal": Goal("Vender", 4000),
            "hue": "orange",
            "accounts": (self.shop.account_id,),
            "tags": ("BuenFin",),
            "phases": phases,
        }
        return await self.shop.services.campaigns.save(CampaignPlan(name, **{**values, **fields}))

    async def post(self, title: str, campaign_id: int | None, hours: float, **fields: Any) -> int:
        at = self.shop.clock.now() + timedelta(hours=hours)
        draft = PostDraft(
            parts=(title,), title=title, accounts=(self.shop.account_id,), campaign_id=campaign_id, zone="UTC", **fields
        )
        return await self.shop.services.posts.schedule(draft, at)


@asynccontextmanager
async def window_over(
    application: QApplication, look: Look, clock: FakeClock, folder: Path, page: str, width: int
) -> AsyncIterator[Window]:
    """Opens the window at a page once the data file is there."""
    look.words.clock = clock
    async with shop_in(folder, clock) as shop:
        shop.settings.change(ShopSettings, zone="America/Mexico_City")
        services = make_services(Store(), folder, [])
        services.reads, services.settings, services.undo = RealReads(shop), shop.settings, shop.services.undo
        for name in ("campaigns", "launches", "deadlines", "patterns", "planning", "posts", "slots", "figure_sheets", "sales", "analytics", "figure_import", "call_centre", "interests", "reports"):
            setattr(services, name, getattr(shop.services, name))
        hear_no_more = shop.database.changed.connect(services.changed.emit)
        entries = [
            PageEntry("campaigns", "megaphone-simple", "page.campaigns", CampaignsPage),
            PageEntry("calendar", "calendar-blank", "page.calendar", CalendarPage),
            PageEntry("insights", "chart-line-up", "page.insights", InsightsPage),
            *(PageEntry(name, "tray", f"page.{name}", PlainPage) for name in ("today", "composer", "settings", "faq", "inbox")),
        ]
        registry = collect(*catalogue.LISTS)
        remembered = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        shell = build(application, look, services, registry, entries, clock, remembered)
        window = Window(shell, shop)
        bugs: list[BaseException] = []
        tasks = Tasks(shell.notices.fail, bugs.append)

        def spawn(name: str, coro: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
            window.works.append(tasks.spawn(name, coro))
            return window.works[-1]

        shell.actions.starts.ready(spawn)
        try:
            yield await _shown(window, page, width)
        finally:
            await window.settle()
            hear_no_more()
            close_shell(application, shell)
            application.processEvents()
        assert bugs == []


async def _shown(window: Window, page: str, width: int) -> Window:
    window.shell.open(page)
    window.shell.window.resize(width, 900)
    window.shell.window.activateWindow()
    window.shell.after_first_frame()
    await window.settle()
    return window


def opener(application: QApplication, look: Look, clock: FakeClock, folder: Path) -> Callable[..., Any]:
    """What the fixture `opens` gives: a context manager, the window at a page."""

    def at(page: str = "campaigns", width: int = 1440) -> Any:
        return window_over(application, look, clock, folder, page, width)

    return at


def write(field: Any, text: str) -> None:
    """As typed: the field hears each change."""
    field.line.setText(text)
    field.line.textEdited.emit(text)
