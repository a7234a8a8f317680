"""A morning before the window: what came in is answered, put aside or put away, by keyboard alone."""

from __future__ import annotations

from tests.end_to_end.morning import Person


async def test_the_day_begins_with_today_and_goes_on_in_the_inbox(me: Person) -> None:
    assert me.shell.window.current == "today"
    await me.go_to("inbox", "g", "i")
    assert me.open_name == me.listed[0] != ""
    await me.press("j")
    assert me.open_name == me.listed[1]
    await me.press("k")
    assert me.open_name == me.listed[0]
