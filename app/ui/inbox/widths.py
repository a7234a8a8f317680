"""How wide the columns of the Inbox are, at 100 %, and from which width of the page on each is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

# Widths of the window from which on (interface.md section 10), less the rail's 76.
CARD_FROM = 1280 - 76
VIEWS_FROM = 1160 - 76
USUAL_LIST_FROM = 1080 - 76
WIDTHS = {"views": (168, 200, 260), "list": (288, 356, 480), "conversation": (440, 0, 0), "card": (248, 276, 360)}
"""Least, usual and greatest width."""
NARROW_LIST = 316
SMALLEST_LIST = 160
"""Where large text leaves too little for list and conversation together."""
SIDES = ("views", "list", "card")
"""The columns whose widths the user chooses, in the order in which they are remembered."""


class Mode(NamedTuple):
    """Which columns there is room for."""

    card: bool
    views: bool
    usual_list: bool


def mode_for(width: float) -> Mode:
    """In a page of this width, at 100 %."""
    return Mode(width >= CARD_FROM, width >= VIEWS_FROM, width >= USUAL_LIST_FROM)


def room_for_list(width: float, conversation: float) -> int:
    """What a conversation that needs so much leaves it in a page of this width, where nothing else stands beside it; at 100 %."""
    return max(SMALLEST_LIST, int(width - max(conversation, WIDTHS["conversation"][0])) - 2)


def chosen_widths(remembered: object) -> dict[str, int]:
    """What the INI file gives of the widths that were chosen: those of the sides, those never chosen left out."""
    widths = [int(width) for width in remembered if str(width).isdigit()] if isinstance(remembered, Sequence) and not isinstance(remembered, str) else []
    return {name: width for name, width in zip(SIDES, widths, strict=True) if width > 0} if len(widths) == len(SIDES) else {}


def width_of(column: str, mode: Mode, chosen: dict[str, int]) -> int:
    """At 100 %."""
    return chosen.get(column, NARROW_LIST if column == "list" and not mode.usual_list else WIDTHS[column][1])
