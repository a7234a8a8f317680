"""The tabs of Insights, from left to right."""

from __future__ import annotations

from importlib import import_module

from app.ui.insights.tab import Tab, TabEntry
from app.ui.page import PageFace

TABS: tuple[TabEntry, ...] = (
    TabEntry("summary", "insights.tab_summary", "summary", "SummaryView"),
    TabEntry("posts", "insights.tab_posts", "posts", "PostsTab"),
    TabEntry("answers", "insights.tab_answers", "answers", "AnswersTab"),
    TabEntry("audience", "insights.tab_audience", "audience", "AudienceTab"),
    TabEntry("campaigns", "insights.tab_campaigns", "campaigns", "CampaignsTab"),
)


def make_tab(entry: TabEntry, face: PageFace) -> Tab:
    tab: Tab = getattr(import_module(f"app.ui.insights.{entry.module}"), entry.name)(face)
    return tab
