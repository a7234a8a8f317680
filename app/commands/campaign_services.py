"""What pages and commands ask of campaigns, launches and patterns, as Protocols. Imports nothing that loads after the first frame."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from app.models.campaign import CampaignDetail, CampaignPlan, CampaignRow, LaunchPlan, LaunchRow, Pattern
from app.models.campaign_move import Announced, MovePreview


class CampaignQueries(Protocol):
    """Plain reads; removed ones are left out."""

    def campaign_rows(self) -> list[CampaignRow]:
        """The newest first."""

    def campaign(self, campaign_id: int) -> CampaignPlan | None: ...

    def campaign_detail(
        self, campaign_id: int, since: datetime | None, until: datetime | None
    ) -> CampaignDetail | None:
        """All that its page shows; followers are counted between the two moments."""

    def launches(self, campaign_id: int | None = None) -> list[LaunchRow]:
        """Of one campaign, or all of them; the latest day first."""

    def launch(self, launch_id: int) -> LaunchRow | None: ...

    def patterns(self) -> list[Pattern]:
        """The user's own, by name."""


class CampaignsService(Protocol):
    """Each act can be undone, and raises UserMistake where it may not be."""

    async def save(self, plan: CampaignPlan) -> int:
        """The whole of it with its phases; answers its id."""

    async def remove(self, campaign_id: int) -> None:
        """Its posts stay."""

    async def announce(self, announced: Announced) -> int:
        """A draft that is a planned announcement of a campaign; answers the post's id."""

    async def preview(self, campaign_id: int, days: int) -> MovePreview:
        """What moving it by so many days would do."""

    async def move(self, campaign_id: int, days: int) -> int:
        """Move it with its phases, its days and its posts; answers how many posts moved."""


class LaunchesService(Protocol):
    """Each act can be undone, and raises UserMistake where it may not be."""

    async def save(
        self, plan: LaunchPlan, pattern: Pattern | None = None, accounts: Sequence[int] = ()
    ) -> tuple[int, int]:
        """Keep it; with a pattern its drafts are made at once. Answers (its id, how many drafts were made)."""

    async def remove(self, launch_id: int) -> None:
        """Off the calendar; its posts stay."""

    async def preview(self, launch_id: int, on_day: date, minute: int | None) -> MovePreview:
        """What moving it there would do."""

    async def move(self, launch_id: int, on_day: date, minute: int | None) -> int:
        """Move it with its posts; answers how many moved."""


class PatternsService(Protocol):
    """Patterns of posts around a launch."""

    def shipped(self, language: str) -> Pattern | None:
        """The one that comes with the program, in a language; None until it can be read."""

    async def save(self, pattern: Pattern) -> int: ...

    async def remove(self, pattern_id: int) -> None: ...


class DeadlinesService(Protocol):
    """Each act can be undone, and raises UserMistake where it may not be."""

    async def save(self, mark_id: int | None, title: str, on_day: date) -> int:
        """A new one, or another title and day; answers its id."""

    async def remove(self, mark_id: int) -> None:
        """It leaves the calendar."""
