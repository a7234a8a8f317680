"""The calendar before the real window: posts dragged with the mouse and moved by keys, and what then stands in the data file."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication

from app.runtime.clock import from_ms
from app.ui.calendar.days import at, day_of, minute_of
from app.ui.calendar.desk import Slot
from tests.end_to_end.morning import Person
from tests.end_to_end.pointing import Mouse, inside

FRIDAY, SATURDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 17)
LISTEN = "Escucha 30 segundos"
NOON = 12 * 60


BY_HAND = "SELECT count(*) FROM post WHERE series_id IS NULL"
"""Recurring posts are made beside."""


async def begin(me: Person, view: str = "week") -> Mouse:
    await me.go_to("calendar", "ctrl+3")
    await me.press(view[0])
    await me.until(lambda: me.page.desk.shown.view == view and me.page.desk.shown.span.posts, f"the {view}")
    await me.breathe()
    return Mouse(me)


def post_id(me: Person, title: str) -> int:
    return next(post.id for post in (*me.page.desk.shown.span.posts, *me.page.desk.to_place) if title in post.title)


def planned(me: Person, number: int) -> datetime | None:
    ((at_ms,),) = me.rows("SELECT planned_at FROM post WHERE id = ?", number)
    return None if at_ms is None else from_ms(at_ms)


def stood(me: Person, number: int) -> tuple[str, set[datetime]]:
    """State, and when what is still owed is due."""
    ((state,),) = me.rows("SELECT state FROM post WHERE id = ?", number)
    due = me.rows("SELECT due_at FROM outbox WHERE post_id = ? AND state IN ('waiting', 'held', 'by_hand')", number)
    return state, {from_ms(moment) for (moment,) in due}


def when(me: Person, day: date, minute: int) -> datetime:
    return at(day, minute, me.shell.look.words.zone)


async def chip(me: Person, mouse: Mouse, number: int) -> QPoint:
    """A point on a chip, in the window, scrolled to."""
    grid = me.page.grid
    await me.outside(lambda: grid.scroll_to(grid.chip_of(number).rect))
    return mouse.point(grid.viewport(), inside(grid.chip_of(number).rect) - grid.offset())


async def place(me: Person, mouse: Mouse, day: date, minute: int) -> QPoint:
    """A point at which a chip held as `inside` holds it begins at this time."""
    grid = me.page.grid
    rect = grid.rect_of(Slot(day, minute))
    return mouse.point(grid.viewport(), inside(rect) - grid.offset())


async def test_between_days_and_hours_of_a_week_and_back_with_undo(me: Person) -> None:
    mouse = await begin(me)
    number = post_id(me, LISTEN)
    before = planned(me, number)
    await mouse.drag(await chip(me, mouse, number), await place(me, mouse, SATURDAY, 15 * 60 + 30))
    there = when(me, SATURDAY, 15 * 60 + 30)
    await me.until(lambda: planned(me, number) == there, "the post to be moved")
    assert stood(me, number) == ("scheduled", {there})
    await me.until(lambda: me.said and "Moved to Sat 21 Nov, 15:30" in me.said[0], "the toast")
    await me.until(lambda: me.page.grid.chip_of(number).day == SATURDAY, "the chip on its new day")
    await me.press("z")
    await me.until(lambda: planned(me, number) == before, "the post to be back")
    assert stood(me, number) == ("scheduled", {before})


async def test_the_target_shows_its_exact_time_and_what_it_does_to_the_day(me: Person) -> None:
    mouse = await begin(me)
    number = post_id(me, LISTEN)
    begins, ends = await chip(me, mouse, number), await place(me, mouse, SATURDAY, 16 * 60 + 7)
    await mouse.press(begins)
    await mouse.move(begins, ends)
    assert me.page.grid.target.said == "Sat 21 Nov, 16:00 · 3rd post that day"
    assert me.page.grid.target.level == "ok"
    await me.outside(lambda: me.page.dragging.held(Qt.KeyboardModifier.ShiftModifier))
    assert me.page.grid.target.said.startswith("Sat 21 Nov, 16:05")
    close = await place(me, mouse, SATURDAY, 19 * 60 + 15)
    await me.outside(lambda: me.page.dragging.held(Qt.KeyboardModifier.NoModifier))
    await mouse.move(ends, close)
    assert (me.page.grid.target.level, "15 min from" in me.page.grid.target.said) == ("warn", True)
    await me.press("escape")
    assert me.page.grid.target is None
    before = planned(me, number)
    await mouse.move(close, ends)
    await mouse.let_go(ends)
    await me.breathe()
    assert (planned(me, number), me.page.dragging.active) == (before, False)


async def test_past_and_published_refuse_with_a_sentence(me: Person) -> None:
    mouse = await begin(me)
    number = post_id(me, LISTEN)
    before = planned(me, number)
    await mouse.drag(await chip(me, mouse, number), await place(me, mouse, TUESDAY, 14 * 60))
    await me.until(lambda: me.said and "has passed" in me.said[0], "the sentence")
    out = post_id(me, "Así se prensa")
    stays = planned(me, out)
    await mouse.drag(await chip(me, mouse, out), await place(me, mouse, SATURDAY, 14 * 60))
    await me.until(lambda: "What is published stays" in me.said[0], "the other sentence")
    await me.breathe()
    assert (planned(me, number), planned(me, out)) == (before, stays)


async def test_ctrl_drags_a_copy_of_what_is_published(me: Person) -> None:
    mouse = await begin(me)
    out = post_id(me, "Así se prensa")
    posts = me.rows(BY_HAND)
    begins, ends = await chip(me, mouse, out), await place(me, mouse, SATURDAY, 14 * 60)
    await mouse.press(begins)
    await mouse.move(begins, ends)
    mouse.held = Qt.KeyboardModifier.ControlModifier
    await mouse.let_go(ends)
    await me.until(lambda: me.rows(BY_HAND) == [(posts[0][0] + 1,)], "the copy")
    ((copied, state, at_ms),) = me.rows("SELECT id, state, planned_at FROM post WHERE series_id IS NULL ORDER BY id DESC LIMIT 1")
    assert (state, from_ms(at_ms)) == ("draft", when(me, SATURDAY, 14 * 60))
    assert me.rows("SELECT parts FROM post WHERE id = ?", copied) == me.rows("SELECT parts FROM post WHERE id = ?", out)
    assert me.rows("SELECT count(*) FROM outbox WHERE post_id = ?", copied) == [(0,)]


@pytest.mark.parametrize("view", ["week", "month"])
async def test_an_idea_from_the_tray_becomes_a_draft_with_a_time(me: Person, view: str) -> None:
    mouse = await begin(me, view)
    number = post_id(me, "El casete más raro")
    if view == "week":
        grid = me.page.grid
        await me.outside(lambda: grid.scroll_to(grid.rect_of(Slot(SATURDAY, 15 * 60))))
        ends = await place(me, mouse, SATURDAY, 15 * 60)
    else:
        ends = mouse.point(me.page.grid.viewport(), me.page.grid.rect_of(Slot(SATURDAY, 0)).center())
    card = next(card for card in me.page.tray.cards() if card.post.id == number)
    await mouse.drag(mouse.point(card, QPoint(40, 20)), ends)
    await me.until(lambda: planned(me, number) is not None, "the idea to have a time")
    moment = planned(me, number)
    assert moment is not None
    assert day_of(moment, me.shell.look.words.zone) == SATURDAY
    assert stood(me, number) == ("draft", set())
    await me.until(lambda: number not in [card.post.id for card in me.page.tray.cards()], "the card to go")
    assert me.page.desk.post_id == number
    await me.press("delete")
    await me.until(lambda: stood(me, number)[0] == "idea" and planned(me, number) is None, "the idea to be back")


async def test_a_month_keeps_the_time_of_day(me: Person) -> None:
    mouse = await begin(me, "month")
    number = post_id(me, LISTEN)
    minute = minute_of(planned(me, number), me.shell.look.words.zone)
    target = mouse.point(me.page.grid.viewport(), me.page.grid.rect_of(Slot(date(2026, 11, 27), 0)).center())
    await mouse.drag(await chip(me, mouse, number), target)
    there = when(me, date(2026, 11, 27), minute)
    await me.until(lambda: planned(me, number) == there, "the post to be moved")
    assert stood(me, number) == ("scheduled", {there})


async def test_the_same_by_keys(me: Person) -> None:
    await begin(me)
    number = post_id(me, LISTEN)
    before = planned(me, number)
    assert before is not None
    await me.outside(lambda: me.page.desk.choose(number))
    await me.press("shift+down", "shift+down", "shift+right", "shift+up")
    there = before + timedelta(days=1, minutes=15)
    await me.until(lambda: planned(me, number) == there, "the post to be moved")
    assert stood(me, number) == ("scheduled", {there})
    await me.until(lambda: sum("Moved to" in line for line in me.said) == 4, "all to be told")
    for left in (3, 2, 1, 0):
        await me.press("z")
        await me.until(lambda left=left: sum("Moved back" in line for line in me.said) == 4 - left, "a step back")
    await me.until(lambda: planned(me, number) == before, "the post to be back")
    await me.press("ctrl+t")
    await me.until(lambda: me.shell.window.overlay() is not None, "the sheet")
    await me.write("sáb 18:40")
    await me.press("return")
    await me.until(lambda: planned(me, number) == when(me, SATURDAY, 18 * 60 + 40), "the typed time")


async def test_several_are_ticked_and_move_together(me: Person) -> None:
    await begin(me)
    numbers = [post_id(me, LISTEN), post_id(me, "«Marea» ya a la venta")]
    before = [planned(me, number) for number in numbers]
    for number in numbers:
        await me.outside(lambda number=number: me.page.desk.choose(number))
        await me.press("x")
    await me.press("shift+right")
    await me.until(
        lambda: [planned(me, number) for number in numbers] == [each + timedelta(days=1) for each in before if each],
        "both to be moved",
    )
    await me.until(lambda: me.said and "2 posts moved" in me.said[0], "it to be told")
    await me.press("z")
    await me.until(lambda: [planned(me, number) for number in numbers] == before, "both to be back")


async def test_pages_today_and_the_composer(me: Person) -> None:
    await begin(me)
    first = me.page.desk.shown.days[0]
    await me.press("pagedown")
    await me.until(lambda: me.page.desk.shown.days[0] == first + timedelta(days=7), "the next week")
    await me.press("t")
    await me.until(lambda: me.page.desk.shown.days[0] == first, "this week")
    await me.outside(lambda: me.page.desk.choose(None, Slot(SATURDAY, NOON)))
    await me.press("n")
    await me.until(lambda: me.shell.window.current == "composer", "the composer")
    await me.until(lambda: me.page.bench.plan.when.at == when(me, SATURDAY, NOON), "the time of the place")
    await me.press("escape")
    await me.until(lambda: me.shell.window.current == "calendar", "the calendar again")
    number = post_id(me, LISTEN)
    await me.outside(lambda: me.page.desk.choose(number))
    await me.press("space")
    await me.until(lambda: me.shell.window.overlay() is not None, "the quick look")
    await me.press("escape")
    await me.until(lambda: me.shell.window.overlay() is None, "the quick look to be closed")
    await me.press("return")
    await me.until(
        lambda: me.shell.window.current == "composer" and me.page.desk.draft.id == number, "the post in the composer"
    )


async def test_what_another_program_drops_becomes_a_draft_there(me: Person) -> None:
    await begin(me)
    grid = me.page.grid
    picture = me.paths.root / "tapa.png"
    QImage(20, 20, QImage.Format.Format_RGB32).save(str(picture))
    things = QMimeData()
    things.setUrls([QUrl.fromLocalFile(str(picture))])
    place = QPointF(grid.rect_of(Slot(SATURDAY, 15 * 60)).topLeft() + QPoint(9, 3) - grid.offset())

    def drop() -> None:
        enters = QDragEnterEvent(
            place.toPoint(), Qt.DropAction.CopyAction, things, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(grid.viewport(), enters)
        moves = QDragMoveEvent(
            place.toPoint(), Qt.DropAction.CopyAction, things, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(grid.viewport(), moves)
        assert grid.target.said.startswith("Sat 21 Nov, 15:00")
        event = QDropEvent(
            place, Qt.DropAction.CopyAction, things, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(grid.viewport(), event)

    posts = me.rows("SELECT max(id) FROM post WHERE series_id IS NULL")[0][0]
    await me.outside(drop)
    await me.until(lambda: me.rows("SELECT max(id) FROM post WHERE series_id IS NULL")[0][0] > posts, "the draft")
    number = me.rows("SELECT max(id) FROM post WHERE series_id IS NULL")[0][0]
    assert planned(me, number) == when(me, SATURDAY, 15 * 60)
    assert me.rows("SELECT count(*) FROM post_picture WHERE post_id = ?", number) == [(1,)]
    assert json.loads(me.rows("SELECT parts FROM post WHERE id = ?", number)[0][0]) == [""]
