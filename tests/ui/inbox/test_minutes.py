"""The minute that passes while the Inbox is in front, driven by a clock that stands still otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.models.conversation import ConversationState, View
from app.ui.inbox.rows import RowPainter, counts_down, row_name
from tests.ui.inbox.conftest import Inbox
from tests.ui.inbox.fake_services import FakeServices

MINUTE = timedelta(minutes=1)


@pytest.fixture
def painted(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rows as they are painted, by place."""
    places: list[int] = []
    paint = RowPainter.paint

    def note(self: RowPainter, painter: object, box: object, place: int, *rest: object, **more: object) -> None:
        places.append(place)
        paint(self, painter, box, place, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(RowPainter, "paint", note)
    inbox.settle()
    places.clear()
    return places


def in_sight(inbox: Inbox) -> set[int]:
    rows = inbox.page.list.rows
    last = rows.rowAt(rows.viewport().height() - 1)
    return set(range(rows.rowAt(0), (last if last >= 0 else inbox.page.desk.model.rowCount() - 1) + 1))


def due_in(inbox: Inbox, place: int) -> str:
    row = inbox.page.desk.model.row_at(place)
    assert row is not None
    return row_name(inbox.look, row, inbox.clock.now())


def pass_minutes(inbox: Inbox, minutes: int) -> None:
    inbox.clock.advance(minutes * MINUTE)
    inbox.page.minutes.timer.timeout.emit()
    inbox.settle()


def test_the_rows_in_sight_are_painted_anew_and_no_other(inbox: Inbox, painted: list[int]) -> None:
    pass_minutes(inbox, 1)
    assert set(painted) == in_sight(inbox)
    assert len(set(painted)) < inbox.page.desk.model.rowCount(), "some rows lie further down"


def test_what_does_not_count_down_stays_as_it_is(inbox: Inbox, painted: list[int]) -> None:
    inbox.page.desk.show_view(View.DONE, None)
    inbox.settle()
    rows = [inbox.page.desk.model.row_at(place) for place in in_sight(inbox)]
    assert rows
    assert not any(row is not None and counts_down(row) for row in rows)
    painted.clear()
    pass_minutes(inbox, 1)
    assert painted == []


def test_on_another_day_every_row_in_sight_is(inbox: Inbox, painted: list[int]) -> None:
    inbox.page.desk.show_view(View.DONE, None)
    inbox.settle()
    painted.clear()
    pass_minutes(inbox, 24 * 60)
    assert set(painted) == in_sight(inbox)


def test_the_minutes_left_are_written_anew(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    first = inbox.page.desk.model.row_at(1)
    assert first is not None
    assert first.answer_by is not None
    left = int((first.answer_by - inbox.clock.now()) / MINUTE)
    assert f"{left} min" in due_in(inbox, 1)
    pass_minutes(inbox, 2)
    assert f"{left - 2} min" in due_in(inbox, 1)
    pass_minutes(inbox, left)
    assert "late" in due_in(inbox, 1)


def test_groups_and_the_header_move_on(inbox: Inbox) -> None:
    row = inbox.page.desk.row
    assert row is not None
    assert row.answer_by is not None
    inbox.page.conversation.header.due.show_due(None, None)
    inbox.page.desk.read_detail()
    inbox.settle()
    due = inbox.page.conversation.header.due
    before = due.said
    assert before
    many = [title.many for title in inbox.page.desk.group_titles().values()]
    pass_minutes(inbox, 90)
    assert due.said != before
    assert [title.many for title in inbox.page.desk.group_titles().values()] != many


def test_the_timer_waits_for_the_next_minute_of_the_clock_and_rests_when_the_page_is_away(inbox: Inbox) -> None:
    minutes = inbox.page.minutes
    inbox.clock.advance(timedelta(seconds=17))
    minutes.start()
    second = inbox.clock.now().second
    assert minutes.timer.interval() == (60 - second) * 1000 + 50
    inbox.page.hidden()
    assert not minutes.timer.isActive()


def test_what_becomes_due_soon_comes_into_its_view(services: FakeServices, open_inbox: Callable[..., Inbox]) -> None:
    later = next(
        row
        for row in services.rows.values()
        if row.state is ConversationState.NEEDS_ANSWER
        and row.answer_by is not None
        and row.answer_by > services.clock.now() + 90 * MINUTE
    )
    inbox = open_inbox()
    inbox.page.desk.show_view(View.DUE_SOON, None)
    inbox.settle()
    assert later.id not in inbox.listed()
    assert later.answer_by is not None
    pass_minutes(inbox, int((later.answer_by - inbox.clock.now()) / MINUTE) - 10)
    inbox.settle()
    assert later.id in inbox.listed()
