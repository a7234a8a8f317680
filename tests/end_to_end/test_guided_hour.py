"""The guided hour in the real window over the sample shop, by keys alone: begun, gone through, broken off, and a suggestion put aside."""

from __future__ import annotations

import pytest

from tests.end_to_end.morning import Person

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


async def test_the_hour_leads_from_step_to_step_and_stands_in_nobodys_way(me: Person) -> None:
    await me.go_to("today", "g", "t")
    await me.until(lambda: me.page.late is not None, "the days ahead")
    await me.press("g", "h")
    await me.until(
        lambda: me.shell.window.current == "inbox" and me.open_name == "Étienne Marchal", "who waits too long"
    )
    guide = me.shell.guide._made
    assert (str(guide.guide.step), guide.work.waiting > 10) == ("late", True)
    await me.press("f9")
    await me.until(lambda: str(guide.guide.step) == "answer", "the answers")  # the late one still waits, and nobody minds
    await me.press("f9")
    await me.until(
        lambda: me.shell.window.current == "today" and "decide" in str(me.focus and me.focus.objectName()),
        "the first decision",
    )
    await me.press("f9")
    await me.until(lambda: me.shell.window.current == "calendar", "the plan")
    await me.press("shift+f9")
    assert me.shell.hour.paused
    await me.go_to("today", "g", "t")
    await me.press("shift+f9", "f9")
    await me.until(lambda: me.shell.window.current == "insights", "the figures")
    await me.press("f9")
    await me.until(lambda: guide.guide is None, "the end")
    assert me.said[0].startswith("The hour is through")


async def test_a_suggestion_is_put_aside_and_brought_back(me: Person) -> None:
    await me.go_to("today", "g", "t")
    await me.until(lambda: me.page.late is not None and me.page.late.ahead.tip is not None, "a suggestion")
    key = me.page.late.ahead.tip.key
    await me.outside(lambda: me.shell.actions.run("today.put_aside"))
    await me.until(lambda: me.page.late.ahead.tip is None or me.page.late.ahead.tip.key != key, "another one, or none")
    await me.until(lambda: me.said[:1] == ["Not shown for a week"], "it to be said")
    await me.take_back()
    await me.until(lambda: me.page.late.ahead.tip is not None and me.page.late.ahead.tip.key == key, "it to come back")
