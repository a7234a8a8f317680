"""Good times, the mix and the rhythm on the Calendar page, by keys and by mouse, over stand-ins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.models.calendar import PhaseRow
from app.models.mix import Mix
from app.models.outbox import DeliveryState
from app.models.post import PostFormat, PostState
from app.models.rhythm import WarningKind
from app.runtime.settings import Posting
from app.ui.calendar.desk import Slot
from app.ui.calendar.good_times import stars
from app.ui.calendar.page import CalendarPage
from tests.ui.calendar.fake_slots import FakeSlots, weekly
from tests.ui.calendar.fakes import FakeCalendar, post
from tests.ui.calendar.hands import LEFT, chip_point, drag, press, type_key
from tests.ui.shop import NOW, Shop, nameless, texts

Opens = Callable[..., tuple[Shop, FakeCalendar]]
SHIFT = Qt.KeyboardModifier.ShiftModifier
THURSDAY, FRIDAY, SATURDAY = date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 21)
PROMO = PostFormat.PROMO


@pytest.fixture
def open_plan(open_page: Opens) -> Callable[..., tuple[CalendarPage, FakeCalendar, FakeSlots, Shop]]:
    def opens(fake: FakeCalendar | None = None, **how: int) -> tuple[CalendarPage, FakeCalendar, FakeSlots, Shop]:
        made = fake or FakeCalendar()
        slots = FakeSlots(made)
        shop, _ = open_page(made, **how)
        slots.lend(shop)
        page = shop.page
        assert isinstance(page, CalendarPage)
        return page, made, slots, shop

    return opens


Plans = Callable[..., tuple[CalendarPage, FakeCalendar, FakeSlots, Shop]]


def flooded() -> FakeCalendar:
    """Seven on Thursday for both accounts, two more than the limit; a post a day around."""
    there = [post(number, f"Número {number}", 22 + number, accounts=(1, 2)) for number in range(1, 8)]
    around = [post(20 + day, "Cada día", 24 * day + 1, accounts=(1, 2)) for day in (0, 2, 3, 4, 5, 6)]
    return FakeCalendar(
        planned=[*there, *around],
        phases=(),
        grid=weekly((1, 4, 19 * 60), (2, 4, 19 * 60), (1, 5, 19 * 60), (2, 5, 19 * 60)),
    )


def warnings(page: CalendarPage) -> list[tuple[WarningKind, int]]:
    return [(each.kind, each.first.day) for each in page.desk.shown.outlook.warnings]


# -- good times


def test_free_good_times_are_drawn_where_nothing_stands(open_plan: Plans) -> None:
    grid = weekly((1, 2, 13 * 60), (1, 2, 19 * 60), (1, 1, 19 * 60), (2, 4, 660), (1, 4, 660))
    page, _, _, _ = open_plan(FakeCalendar(grid=grid))
    shown = [(star.slot.day.day, star.slot.minute, star.good.account_ids) for star in stars(page.grid)]
    assert shown == [(18, 19 * 60, (1,)), (20, 660, (1, 2))], "none in the past, none where a chip is"
    page.grid.grab()


def test_on_a_day_at_its_limit_no_good_time_is_offered(open_plan: Plans) -> None:
    fake = flooded()
    fake.grid = weekly((1, 3, 20 * 60), (1, 4, 19 * 60))
    page, _, _, _ = open_plan(fake)
    assert [star.slot.day.day for star in stars(page.grid)] == [20]


def test_what_is_dropped_on_a_good_time_takes_its_exact_minute(open_plan: Plans) -> None:
    fake = FakeCalendar(grid=weekly((1, 5, 11 * 60 + 7)))
    page, _, _, _ = open_plan(fake)
    begins = chip_point(page, 3)
    star = next(iter(stars(page.grid)))
    ends = star.rect.topLeft() - page.grid.offset() + QPoint(20, 8 + 5)
    drag(page.grid, begins, ends)
    (move,) = fake.asked[-1][1]
    assert move.at == star.good.at
    drag(page.grid, chip_point(page, 3), ends + QPoint(0, 30))
    assert fake.asked[-1][1][0].at.minute % 15 == 0


def test_arrows_stop_at_good_times_and_a_post_begins_there(open_plan: Plans) -> None:
    page, _, _, shop = open_plan(FakeCalendar(grid=weekly((1, 5, 11 * 60 + 7))))
    page.desk.choose(None, Slot(SATURDAY, 10 * 60))
    for _ in range(2):
        press(Qt.Key.Key_Down)
    assert page.desk.slot == Slot(SATURDAY, 11 * 60 + 7)
    press(Qt.Key.Key_Down)
    assert page.desk.slot == Slot(SATURDAY, 11 * 60 + 30)
    press(Qt.Key.Key_Up)
    assert page.desk.slot == Slot(SATURDAY, 11 * 60 + 7)
    type_key("n")
    assert any("'at': datetime" in heard for heard in shop.page.heard)


def test_the_next_good_time_is_one_key_away_for_ideas_and_posts(open_plan: Plans) -> None:
    fake = FakeCalendar(grid=weekly((1, 4, 660), (2, 4, 660), (1, 5, 660), (2, 5, 660)))
    page, _, slots, shop = open_plan(fake)
    page.desk.choose(11)
    type_key("q")
    assert fake.asked[-1][0] == "move"
    assert "Put at the next good time, Fri 20 Nov, 11:00" in shop.said()[-1]
    assert page.desk.post_id == 11
    page.desk.choose(3)
    press(Qt.Key.Key_Q, held=SHIFT)
    assert slots.asked[-1] == ("places", (3,), True)
    assert "Sat 21 Nov, 11:00" in shop.said()[-1]
    page.desk.choose(1)
    type_key("q")
    assert slots.asked[-1][1] == (3,), "what is published stays"


def test_a_full_queue_and_one_without_times_say_so(open_plan: Plans) -> None:
    page, fake, _, shop = open_plan(FakeCalendar())
    page.desk.choose(11)
    type_key("q")
    assert "no good times yet" in shop.said()[-1]
    fake.grid = weekly((1, 4, 660))
    fake.planned += [
        post(300 + week, "Lleno", planned_at=NOW.replace(hour=17) + timedelta(days=2, weeks=week)) for week in range(12)
    ]
    type_key("q")
    assert "full until" in shop.said()[-1]
    assert not fake.asked


# -- the mix


def test_the_mix_counts_what_informs_and_what_sells(open_plan: Plans) -> None:
    fake = FakeCalendar()
    fake.planned[3] = replace(fake.planned[3], format=PROMO)
    page, _, _, _ = open_plan(fake)
    gauge = page.rhythm.strip.gauge
    assert gauge.mix == Mix(4, 1, 20)
    assert gauge.accessibleName() == "This week 5 posts, 80 to 20, goal 80 to 20"
    fake.phases = (PhaseRow(1, 1, "Marea", "blue", "promo", FRIDAY, SATURDAY),)
    page.desk.read()
    assert gauge.mix.goal == 50
    type_key("m")
    assert gauge.accessibleName().startswith("November 5 posts")
    type_key("a")
    page.grid.grab()


def test_the_mix_is_live_while_something_is_dragged(open_plan: Plans) -> None:
    page, _, _, _ = open_plan()
    gauge = page.rhythm.strip.gauge
    sells = replace(post(12, "Un borrador", None, state=PostState.DRAFT), format=PROMO)
    page.dragging.begin(sells, QPoint(5, 5))
    view = page.grid.viewport()
    page.dragging.follow(view.mapToGlobal(view.rect().center()), Qt.KeyboardModifier.NoModifier)
    assert (gauge.mix, gauge.is_live) == (Mix(5, 1, 20), True)
    page.dragging.cancel()
    assert (gauge.mix, gauge.is_live) == (Mix(5, 0, 20), False)


def test_a_teaser_refuses_what_sells_by_mouse_and_by_keys(open_plan: Plans) -> None:
    fake = FakeCalendar()
    fake.planned = [replace(each, format=PROMO, campaign_id=1) if each.id == 5 else each for each in fake.planned]
    page, _, _, shop = open_plan(fake)
    begins = chip_point(page, 5)
    column = page.grid.rect_of(Slot(THURSDAY, 0))
    drag(page.grid, begins, QPoint(column.center().x() - page.grid.offset().x(), begins.y()))
    assert "nothing sells yet" in shop.said()[-1]
    page.desk.choose(5)
    press(Qt.Key.Key_Left, held=SHIFT)
    assert "nothing sells yet" in shop.said()[-1]
    assert not fake.asked
    press(Qt.Key.Key_Right, held=SHIFT)
    assert fake.asked


# -- the rhythm


def test_floods_and_silences_are_told_with_their_mends(open_plan: Plans) -> None:
    page, fake, _, shop = open_plan(flooded())
    assert warnings(page) == [(WarningKind.FLOOD, 19)]
    assert "Thursday: 7 posts" in [line.text for line, _ in page.rhythm.strip.lines if line.isVisible()]
    assert "Spread" in texts(page.rhythm.strip)
    page.grid.grab()
    fake.planned = [each for each in fake.planned if each.planned_at and each.planned_at < NOW + timedelta(days=1)]
    page.desk.read()
    assert warnings(page)[-1][0] is WarningKind.SILENCE
    assert "Fill" in texts(page.rhythm.strip)
    assert nameless(page.rhythm.strip) == []
    type_key("m")
    page.grid.grab()
    shop.services.settings.change(Posting, day_limit=9)


def test_spread_shows_ghosts_that_one_key_accepts_as_one_act(open_plan: Plans) -> None:
    page, fake, _, shop = open_plan(flooded())
    page.perform("spread")
    ghosts = page.rhythm.ghosts
    assert ghosts.proposal is not None
    assert [ghost.slot.day for ghost in ghosts.proposal.ghosts] == [FRIDAY, SATURDAY]
    assert page.grid.lifted == {ghost.post.id for ghost in ghosts.proposal.ghosts}
    assert "2 posts would move" in page.rhythm.strip.more.text
    page.grid.grab()
    assert not fake.asked
    press(Qt.Key.Key_Return)
    assert [asked[0] for asked in fake.asked] == ["move"]
    assert len(fake.asked[0][1]) == 2
    assert ghosts.proposal is None
    assert warnings(page) == []
    assert "2 posts moved" in shop.said()[-1]


def test_each_ghost_can_be_refused_by_key_and_by_mouse_and_escape_ends_it(open_plan: Plans) -> None:
    page, fake, _, _ = open_plan(flooded())
    page.perform("spread")
    ghosts = page.rhythm.ghosts
    assert ghosts.proposal is not None
    press(Qt.Key.Key_Right)
    assert ghosts.proposal.at == 1
    press(Qt.Key.Key_Delete)
    assert [ghost.slot.day for ghost in ghosts.proposal.ghosts] == [FRIDAY]
    page.perform("spread")
    page.grid.scroll_to(ghosts.rects(page.grid)[1])
    second = ghosts.rects(page.grid)[1].translated(-page.grid.offset())
    QTest.mouseClick(page.grid.viewport(), LEFT, pos=second.center())
    assert ghosts.proposal.at == 1
    QTest.mouseClick(page.grid.viewport(), LEFT, pos=second.topRight() + QPoint(-5, 5))
    assert len(ghosts.proposal.ghosts) == 1
    press(Qt.Key.Key_Escape)
    assert ghosts.proposal is None
    assert not page.grid.lifted
    assert not fake.asked


def test_a_proposal_goes_along_to_other_pages_and_lets_go_of_what_left(open_plan: Plans) -> None:
    page, fake, _, _ = open_plan(flooded())
    page.perform("spread")
    proposal = page.rhythm.ghosts.proposal
    assert proposal is not None
    week, lifted = page.grid, page.grid.lifted
    type_key("m")
    assert page.grid is not week
    assert (week.lifted, page.grid.lifted) == (frozenset(), lifted)
    page.grid.grab()
    first, second = (ghost.post.id for ghost in proposal.ghosts)
    fake.planned = [replace(each, out=1) if each.id == first else each for each in fake.planned]
    page.desk.read()
    assert page.grid.lifted == {second}
    fake.planned = [each for each in fake.planned if each.id != second]
    page.desk.read()
    assert page.rhythm.ghosts.proposal is None
    assert page.grid.lifted == frozenset()


def test_the_agenda_makes_room_for_ghosts_below_the_posts_of_their_days(open_plan: Plans) -> None:
    page, fake, _, _ = open_plan(flooded())
    type_key("a")
    page.perform("spread")
    ghosts, agenda = page.rhythm.ghosts, page.grid
    assert page.desk.shown.view == "agenda"
    assert ghosts.proposal is not None
    rects = ghosts.rects(agenda)
    assert all(rect.isValid() for rect in rects)
    assert not any(rect.intersects(placed.rect) for rect in rects for placed in agenda.placed)
    for ghost, rect in zip(ghosts.proposal.ghosts, rects, strict=True):
        assert rect.top() > agenda.rect_of(ghost.slot).top()
        assert all(placed.rect.bottom() < rect.top() for placed in agenda.placed if placed.day <= ghost.slot.day)
        assert all(placed.rect.top() > rect.bottom() for placed in agenda.placed if placed.day > ghost.slot.day)
    agenda.grab()
    press(Qt.Key.Key_Delete)
    assert len([rect for rect in ghosts.rects(agenda) if rect.isValid()]) == 1
    type_key("w")
    assert ghosts.rects(agenda) != rects
    type_key("a")
    press(Qt.Key.Key_Return)
    assert [asked[0] for asked in fake.asked] == ["move"]
    assert ghosts.proposal is None


def test_fill_proposes_what_waits_and_says_where_nothing_does(open_plan: Plans) -> None:
    daily = [post(20 + day, "Cada día", 24 * day + 1, accounts=(1,)) for day in range(7)]
    quiet = [post(40 + day, "Otra", 24 * day + 4, accounts=(2,)) for day in (-1, 0, 4)]
    fake = FakeCalendar(planned=[*daily, *quiet], phases=(), grid=weekly((2, 4, 19 * 60)))
    page, _, _, shop = open_plan(fake)
    assert warnings(page) == [(WarningKind.SILENCE, 18)]
    assert [line.text for line, _ in page.rhythm.strip.lines if line.isVisible()] == ["Mastodon quiet Wed–Sun"]
    page.perform("fill")
    ghosts = page.rhythm.ghosts
    assert ghosts.proposal is not None
    assert [ghost.post.id for ghost in ghosts.proposal.ghosts] == [12]
    type_key("m")
    page.grid.grab()
    press(Qt.Key.Key_Escape)
    fake.ideas = []
    page.desk.read()
    page.perform("fill")
    assert "No idea and no draft waits for Mastodon" in shop.said()[-1]


def test_brackets_go_through_posts_in_trouble_and_days_alike(open_plan: Plans) -> None:
    fake = flooded()
    fake.planned.append(post(50, "Detrás del escenario", -14, shown=DeliveryState.FAILED))
    page, _, _, _ = open_plan(fake)
    type_key("]")
    assert (page.desk.post_id, page.rhythm.strip.warning) == (50, None)
    type_key("]")
    assert page.rhythm.strip.warning is page.desk.shown.outlook.warnings[0]
    assert page.desk.post_id == 1
    type_key("]")
    assert page.desk.post_id == 50
    type_key("[")
    assert page.desk.post_id == 1


@pytest.mark.parametrize("width", [1024, 1180, 1440])
def test_the_strip_fits_at_every_width(open_plan: Plans, width: int) -> None:
    page, _, _, _ = open_plan(flooded(), width=width)
    strip = page.rhythm.strip
    shown = [part for pair in strip.lines for part in pair if part.isVisible()]
    assert shown
    assert all(strip.rect().contains(part.geometry()) for part in shown)
    assert strip.gauge.width() >= 150
    strip.grab()
