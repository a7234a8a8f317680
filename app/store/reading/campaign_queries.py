"""The reads of campaigns over one connection: what commands/campaign_services.py asks for as `CampaignQueries`."""

from __future__ import annotations

from datetime import datetime

from app.models.campaign import CampaignDetail, CampaignPlan, CampaignPost, CampaignRow, LaunchRow, Pattern
from app.store.reading import calendar, campaigns
from app.store.reading.list_queries import StoreListQueries


class StoreCampaignQueries(StoreListQueries):
    """Campaigns, launches and patterns."""

    def campaign_rows(self) -> list[CampaignRow]:
        return campaigns.rows(self._connection)

    def campaign(self, campaign_id: int) -> CampaignPlan | None:
        return campaigns.campaign(self._connection, campaign_id)

    def campaign_detail(
        self, campaign_id: int, since: datetime | None, until: datetime | None
    ) -> CampaignDetail | None:
        plan = campaigns.campaign(self._connection, campaign_id)
        if plan is None:
            return None
        kinds = campaigns.announced(self._connection, campaign_id)
        posts = tuple(
            CampaignPost(each, *kinds.get(each.id, ("", None)))
            for each in calendar.of_campaign(self._connection, campaign_id)
        )
        figures = campaigns.figures(self._connection, plan, since, until)
        return CampaignDetail(plan, figures, posts, tuple(campaigns.launches(self._connection, campaign_id)))

    def launches(self, campaign_id: int | None = None) -> list[LaunchRow]:
        return campaigns.launches(self._connection, campaign_id)

    def launch(self, launch_id: int) -> LaunchRow | None:
        return campaigns.launch(self._connection, launch_id)

    def patterns(self) -> list[Pattern]:
        return campaigns.patterns(self._connection)
