"""The list of the Inbox alone, shown before the window around it is put together: the first thing a shop needs in the morning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from PySide6.QtCore import QRect, QSize

from app.commands.lists import ListReads
from app.models.conversation import View
from app.ui.inbox.list_pane import ListPane
from app.ui.inbox.listing import Listing
from app.ui.inbox.widths import chosen_widths, mode_for, width_of
from app.ui.look import Look

FIRST_ROWS = 40
"""More than any window shows; the rest of the first page is read behind it."""


class Begun(NamedTuple):
    """What the page takes over."""

    listing: Listing
    pane: ListPane


def begin(look: Look, reads: ListReads, now: Callable[[], datetime], remembered: Mapping[str, Any]) -> Begun | None:
    """The view that was shown last (`remembered` is what the page kept), its first row chosen; None where there is nothing to show."""
    listing = Listing(reads, look, now)
    view = str(remembered.get("view", ""))
    if view in {str(known) for known in View}:
        listing.view = View(view)
    listing.read(FIRST_ROWS)
    if not listing.model.rowCount():
        return None
    pane = ListPane(look, listing.model, now)
    pane.title.show_title(listing.title(), listing.model.rowCount())
    pane.show_titles(listing.group_titles(of_held_rows=True))
    pane.rows.choose(0)
    return Begun(listing, pane)


def stand_in(window: QSize, begun: Begun, look: Look, remembered: Mapping[str, Any], *, footer: bool) -> QRect:
    """Where the list will be once the window is put together; it is told whether there is room for the views beside it."""
    theme = look.theme
    rail = theme.size("railCompact" if theme.density == "compact" else "rail")
    mode, chosen = mode_for((window.width() - rail) / theme.scale), chosen_widths(remembered.get("widths"))
    begun.pane.be_narrow(not mode.views)
    left = rail + (theme.px(width_of("views", mode, chosen)) if mode.views else 0)
    line = 1  # between the list and the conversation
    height = window.height() - (theme.size("footer") if footer else 0)
    return QRect(left, 0, theme.px(width_of("list", mode, chosen)) - line, height)
