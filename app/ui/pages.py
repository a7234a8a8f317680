"""The one plain list of all pages, in the order of the rail."""

from __future__ import annotations

from app.models.conversation import View
from app.ui.composer.page import ComposerPage
from app.ui.first_run.page import FirstRunPage
from app.ui.inbox.page import InboxPage
from app.ui.page import PageEntry
from app.ui.settings.page import SettingsPage
from app.ui.starting.page import StartingPage
from app.ui.today.page import TodayPage

FIRST_RUN = "first_run"
STARTING = "starting"
HOME = "today"

ENTRIES: tuple[PageEntry, ...] = (
    PageEntry("today", "sun-horizon", "page.today", TodayPage),
    PageEntry(
        "inbox",
        "tray",
        "page.inbox",
        InboxPage,
        badge="accent",
        count=lambda queries: queries.conversation_count(View.NEEDS_ANSWER, None),
        count_tables=("conversation",),
    ),
    PageEntry("composer", "pencil-simple", "page.composer", ComposerPage, in_rail=False, rail_id="today"),
    PageEntry("settings", "gear-six", "page.settings", SettingsPage, at_bottom=True),
    PageEntry(FIRST_RUN, "user-plus", "page.first_run", FirstRunPage, in_rail=False, framed=False),
    PageEntry(STARTING, "coffee", "page.starting", StartingPage, in_rail=False, framed=False),
)
