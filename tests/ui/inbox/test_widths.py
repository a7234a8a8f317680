"""How wide the columns of the Inbox are, by the width of the page alone."""

from __future__ import annotations

from app.ui.inbox.widths import SMALLEST_LIST, WIDTHS, mode_for, room_for_list, width_of


def test_the_list_gives_way_before_the_conversation_does() -> None:
    assert room_for_list(1100, 440) > WIDTHS["list"][1]
    assert room_for_list(640, 440) == 198
    assert room_for_list(640, 460) == 178  # a conversation that needs more gets it
    assert room_for_list(300, 440) == SMALLEST_LIST


def test_a_width_that_was_chosen_is_kept() -> None:
    assert width_of("list", mode_for(1300), {"list": 400}) == 400
    assert width_of("list", mode_for(900), {}) < width_of("list", mode_for(1300), {})
