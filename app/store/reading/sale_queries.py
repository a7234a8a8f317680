"""The reads of campaign reports over one connection: what commands/sale_services.py asks for as `SaleQueries`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, tzinfo

from app.models.sale import CampaignReport, Cost, campaign_report
from app.runtime.clock import from_ms
from app.store.reading import campaigns, sales
from app.store.reading.list_queries import StoreListQueries


class StoreSaleQueries(StoreListQueries):
    """What campaigns sold and cost."""

    def campaign_report(
        self, campaign_id: int, zone: tzinfo, today: date, accounts: Sequence[int] = ()
    ) -> CampaignReport | None:
        """Of a whole campaign, up to now, on some accounts or on all; None for one that is gone."""
        plan = campaigns.campaign(self._connection, campaign_id)
        if plan is None:
            return None
        return campaign_report(
            sales.told(self._connection, plan, lambda at: from_ms(at).astimezone(zone).date(), today, accounts)
        )

    def campaign_costs(self, campaign_id: int) -> tuple[Cost, ...]:
        return sales.costs(self._connection, campaign_id)

    def sales_currency(self) -> str:
        """The one in which the shop sold last; empty where it never said."""
        return sales.currency(self._connection)
