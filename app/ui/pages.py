"""The one plain list of all pages, in the order of the rail. A page's module is imported when the page is first shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from app.models.conversation import View
from app.ui.page import Page, PageEntry, PageFace

FIRST_RUN = "first_run"
STARTING = "starting"
HOME = "today"

PAGES = ("app.ui.inbox.page", "app.ui.today.page", "app.ui.composer.page", "app.ui.settings.page")
"""Modules worth importing before they are asked for, on the thread that loads late."""


def later(folder: str, name: str) -> Callable[[PageFace], Page]:
    """Makes the page `name` of a folder of ui; together the pages take longer to import than everything that is shown first."""

    def make(face: PageFace) -> Page:
        kind = cast("Callable[[PageFace], Page]", getattr(import_module(f"app.ui.{folder}.page"), name))
        return kind(face)

    return make


ENTRIES: tuple[PageEntry, ...] = (
    PageEntry("today", "sun-horizon", "page.today", later("today", "TodayPage")),
    PageEntry(
        "inbox",
        "tray",
        "page.inbox",
        later("inbox", "InboxPage"),
        badge="accent",
        count=lambda queries: queries.conversation_count(View.NEEDS_ANSWER, None),
        count_tables=("conversation",),
    ),
    PageEntry("composer", "pencil-simple", "page.composer", later("composer", "ComposerPage"), in_rail=False, rail_id="today"),
    PageEntry("settings", "gear-six", "page.settings", later("settings", "SettingsPage"), at_bottom=True),
    PageEntry(FIRST_RUN, "user-plus", "page.first_run", later("first_run", "FirstRunPage"), in_rail=False, framed=False),
    PageEntry(STARTING, "coffee", "page.starting", later("starting", "StartingPage"), in_rail=False, framed=False),
)
