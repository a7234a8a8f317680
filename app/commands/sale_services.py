"""What pages and commands ask of sales, the shop's web analytics and figures of the past, as Protocols. Imports nothing that loads late."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, tzinfo
from pathlib import Path
from typing import Protocol

from app.models.order import DayOrder
from app.models.past_figure import FigurePreview, FigureResult
from app.models.sale import CampaignReport, Cost
from app.models.visit import SiteTrial
from app.runtime.words import Message


class SaleQueries(Protocol):
    """Plain reads."""

    def campaign_report(
        self, campaign_id: int, zone: tzinfo, today: date, accounts: Sequence[int] = ()
    ) -> CampaignReport | None:
        """Of a whole campaign, up to now, on some accounts or (none given) on all; None for one that is gone."""

    def campaign_costs(self, campaign_id: int) -> tuple[Cost, ...]:
        """The earliest first."""

    def sales_currency(self) -> str:
        """The one in which the shop sold last; empty where it never said."""


class SalesService(Protocol):
    """Each act can be undone, and raises UserMistake where it may not be."""

    async def save_cost(
        self, campaign_id: int, title: str, amount: str, day: date, cost_id: int | None = None, currency: str = ""
    ) -> int:
        """What was typed ("1,200.50 MXN"); answers its id. `currency` is of an amount beside which none stands."""

    async def remove_cost(self, cost_id: int) -> None: ...

    async def set_coupons(self, campaign_id: int, text: str) -> tuple[str, ...]:
        """The codes whose orders are the campaign's, with commas between them; answers them as they are kept."""


class AnalyticsService(Protocol):
    """The shop's own analytics server. Its key is in the keyring, and never handed out."""

    trouble: Message | None
    """Why the last reading brought nothing; None where it did, or none was made."""

    async def has_key(self) -> bool: ...

    async def set_key(self, key: str) -> None:
        """Into the keyring; empty forgets it."""

    async def try_it(self) -> SiteTrial:
        """Whether it lets us in, and what it counted lately; its trouble is told, not raised."""

    async def read_now(self) -> bool:
        """Whether what it counted is here now."""


class FigureImportService(Protocol):
    """Figures of days before we measured, out of a file."""

    async def preview(self, path: Path, account_id: int | None = None, days: DayOrder | None = None) -> FigurePreview:
        """What would come in; raises UserMistake where it is no such file."""

    async def import_file(
        self,
        path: Path,
        account_id: int,
        progress: Callable[[int, int], object] | None = None,
        days: DayOrder | None = None,
    ) -> FigureResult:
        """Days that we measured ourselves stay as they are. One entry of the undo list."""

    def stop(self) -> None: ...
