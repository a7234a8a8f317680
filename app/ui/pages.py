"""The one plain list of all pages, in the order of the rail. A page's module is imported when the page is first shown."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module

from app.models.conversation import View
from app.ui.inbox.beginning import Begun
from app.ui.page import Page, PageEntry, PageFace, made_later

FIRST_RUN = "first_run"
STARTING = "starting"
HOME = "today"
INBOX = "inbox"

PAGES = ("app.ui.inbox.page", "app.ui.today.page", "app.ui.today.later", "app.ui.calendar.page", "app.ui.campaigns.page", "app.ui.composer.page", "app.ui.insights.page", "app.ui.playbook.page", "app.ui.settings.page")
"""Modules worth importing before they are asked for, on the thread that loads late."""


def made_faq(face: PageFace) -> Page:
    """The second page of the Playbook's folder."""
    page: Page = import_module("app.ui.playbook.faq_page").FaqPage(face)
    return page


ENTRIES: tuple[PageEntry, ...] = (
    PageEntry("today", "sun-horizon", "page.today", made_later("today", "TodayPage")),
    PageEntry(
        INBOX,
        "tray",
        "page.inbox",
        made_later("inbox", "InboxPage"),
        badge="accent",
        count=lambda queries: queries.conversation_count(View.NEEDS_ANSWER, None),
        count_tables=("conversation",),
    ),
    PageEntry(
        "calendar",
        "calendar-blank",
        "page.calendar",
        made_later("calendar", "CalendarPage"),
        badge="warn",
        count=lambda queries: queries.posts_in_trouble(),
        count_tables=("outbox", "post"),
    ),
    PageEntry("campaigns", "megaphone-simple", "page.campaigns", made_later("campaigns", "CampaignsPage")),
    PageEntry("composer", "pencil-simple", "page.composer", made_later("composer", "ComposerPage"), in_rail=False, rail_id="calendar"),
    PageEntry("questions", "users-three", "page.questions", made_later("questions", "QuestionsPage"), in_rail=False, rail_id="calendar"),
    PageEntry("insights", "chart-line-up", "page.insights", made_later("insights", "InsightsPage")),
    PageEntry("playbook", "book-open", "page.playbook", made_later("playbook", "PlaybookPage")),
    PageEntry("faq", "book-open", "page.faq", made_faq, in_rail=False, rail_id="playbook"),
    PageEntry("settings", "gear-six", "page.settings", made_later("settings", "SettingsPage"), at_bottom=True),
    PageEntry(FIRST_RUN, "user-plus", "page.first_run", made_later("first_run", "FirstRunPage"), in_rail=False, framed=False),
    PageEntry(STARTING, "coffee", "page.starting", made_later("starting", "StartingPage"), in_rail=False, framed=False),
)


def entries(begun: Begun | None) -> tuple[PageEntry, ...]:
    """All pages; the Inbox takes over its list where it was shown before the window was put together."""

    def take_over(face: PageFace) -> Page:
        page: Page = import_module("app.ui.inbox.page").InboxPage(face, begun)
        return page

    return tuple(replace(entry, factory=take_over) if entry.id == INBOX and begun is not None else entry for entry in ENTRIES)
