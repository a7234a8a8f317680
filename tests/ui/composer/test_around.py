"""What the plan says around the post: good times, campaign and phase, the mix of the week, full days, and networks left minutes apart."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.models.calendar import CalendarPost, CalendarSpan, PhaseRow
from app.models.campaign import CampaignPhase, CampaignPlan, CampaignRow, PhaseKind
from app.models.post import PostDraft, PostFormat, PostState
from app.models.slot import GoodTime, QueueFull, Slot, SlotGrid
from app.runtime.settings import Posting, Shop
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import BLUESKY, MASTODON, X

DAY = timedelta(days=1)


def other(number: int, at: datetime, kind: PostFormat = PostFormat.INFORMS, accounts: tuple[int, ...] = (X,)) -> CalendarPost:
    return CalendarPost(number, f"Post {number}", PostState.SCHEDULED, None, 1, 0, at, "", kind, ("x",), accounts=accounts)


def opened(window: Window, span: CalendarSpan = CalendarSpan(), at: datetime | None = None, **draft: object) -> None:  # noqa: B008
    window.store.span = span
    fields: dict[str, object] = {"parts": ("Hoy llega el disco",), "accounts": (X,), "planned_at": at, "language": "es"} | draft
    window.store.drafts[3] = PostDraft(id=3, **fields)  # type: ignore[arg-type]
    window.open(post=3)
    window.pause()


def slots(*minutes: int) -> SlotGrid:
    return SlotGrid(tuple(Slot(number, X, weekday, minute, "America/Mexico_City") for number, minute in enumerate(minutes) for weekday in range(7)))


def test_the_next_good_times_are_offered_and_one_click_takes_one(window: Window) -> None:
    window.store.grid = slots(11 * 60, 16 * 60)
    opened(window)
    when = window.page.bench.plan.when
    chips = when.good.chips()
    assert 0 < len(chips) <= 4
    QTest.mouseClick(chips[1], Qt.MouseButton.LeftButton)
    assert window.draft.planned_at == chips[1].good.at
    assert [chip.isChecked() for chip in when.good.chips()][1]


def test_a_taken_good_time_is_not_offered(window: Window) -> None:
    window.store.grid = slots(11 * 60, 16 * 60)
    opened(window)
    first = window.page.bench.plan.when.good.chips()[0].good.at
    opened(window, CalendarSpan((other(9, first),)))
    window.page.desk.around.forget()
    window.page.bench.look_over()
    assert first not in [chip.good.at for chip in window.page.bench.plan.when.good.chips()]


def test_the_day_line_takes_the_good_time_that_is_clicked(window: Window) -> None:
    window.store.grid = slots(21 * 60)
    opened(window)
    line = window.page.bench.plan.when.good.line
    (good,) = window.page.desk.around.facts.day_times
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=line.mark_of(good.at).center().toPoint())
    assert window.draft.planned_at == good.at
    QTest.mouseClick(line, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert window.draft.planned_at == good.at


def test_without_good_times_the_quick_choices_stay(window: Window) -> None:
    opened(window)
    when = window.page.bench.plan.when
    assert (when.good.isHidden(), when.hour.isHidden(), when.tomorrow.isHidden()) == (True, False, False)


def test_the_next_good_time_is_one_key_and_asks_for_this_post(window: Window) -> None:
    at = window.store.clock.now() + 2 * DAY
    window.services.slots.found = GoodTime(at, (X,))
    opened(window, pillar="scene", format=PostFormat.PROMO, campaign_id=2)
    window.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert window.draft.planned_at == at
    assert window.services.slots.asked == [((X,), "scene", None, {"post_id": 3, "sells_in": 2})]


@pytest.mark.parametrize(("until", "said"), [(None, "composer.said.no_good_times"), (60 * DAY, "composer.said.queue_full")])
def test_a_full_queue_is_said(window: Window, until: timedelta | None, said: str) -> None:
    moment = window.store.clock.now() + until if until is not None else None
    window.services.slots.found = QueueFull(moment)
    opened(window)
    window.run("composer.next_good_time")
    assert said in window.said()
    assert window.draft.planned_at is None


def a_campaign(window: Window, kind: PhaseKind) -> PhaseRow:
    today = window.store.clock.now().date()
    phase = CampaignPhase(kind, today - DAY, today + 5 * DAY, id=1)
    window.store.campaigns = [CampaignRow(CampaignPlan("Santa Cecilia", hue="blue", phases=(phase,), id=2))]
    return PhaseRow(1, 2, "Santa Cecilia", "blue", str(kind), phase.starts_on, phase.ends_on)


def test_a_campaign_is_chosen_with_the_phase_it_is_in(window: Window) -> None:
    opened(window, CalendarSpan(phases=(a_campaign(window, PhaseKind.PROMO),)))
    select = window.page.bench.plan.part.campaign
    assert select.itemText(0) == "None"
    assert select.itemText(1).endswith("· promo phase"), "a long name gives way, the phase does not"
    select.setCurrentIndex(1)
    select.activated.emit(1)
    assert (window.draft.campaign_id, select.toolTip()) == (2, "Santa Cecilia")
    select.setCurrentIndex(0)
    select.activated.emit(0)
    assert window.draft.campaign_id is None


def test_a_campaign_that_is_gone_is_said_to_be(window: Window) -> None:
    opened(window, campaign_id=9)
    assert window.page.bench.plan.part.campaign.currentText() == "Removed campaign"


def test_a_promo_in_its_teaser_is_to_be_mended_and_announcing_mends_it(window: Window) -> None:
    opened(window, CalendarSpan(phases=(a_campaign(window, PhaseKind.TEASER),)), format=PostFormat.PROMO, campaign_id=2)
    assert "teaser" in window.checks()
    assert window.page.bench.to_fix() is not None
    mend(window, "teaser")
    assert window.draft.format is PostFormat.ANNOUNCES
    assert "teaser" not in window.checks()


def mend(window: Window, check: str) -> None:
    row = next(row for row in window.page.bench.plan.checks.rows() if row.check.said.id == f"composer.check.{check}")
    assert row.button is not None
    row.button.click()


def test_what_the_post_counts_as_and_where_it_brings_the_week(window: Window) -> None:
    at = window.store.clock.now()
    posts = [other(10 + number, at, PostFormat.PROMO if number < 2 else PostFormat.MEDIA) for number in range(5)]
    opened(window, CalendarSpan((*posts, other(20, at + 9 * DAY))))
    counts = window.page.bench.plan.part.counts
    assert counts.text() == "Counts as <b>informs</b>: week goes to 4 and 2."
    window.page.bench.plan.part.format.chosen.emit(4)
    assert counts.text() == "Counts as <b>sells</b>: week goes to 3 and 3."


@pytest.mark.parametrize(("begins", "counted"), [("monday", 2), ("sunday", 3)])
def test_the_week_is_the_one_that_the_calendar_shows(window: Window, begins: str, counted: int) -> None:
    window.services.settings.change(Shop, first_weekday=begins)
    wednesday = window.store.clock.now()
    opened(window, CalendarSpan((other(10, wednesday), other(11, wednesday - 3 * DAY))))
    assert f"week goes to {counted} and 0" in window.page.bench.plan.part.counts.text()


def test_a_week_that_sells_too_much_is_to_be_looked_at_where_a_promotion_runs_or_there_is_a_goal_of_its_own(window: Window) -> None:
    at = window.store.clock.now()
    posts = tuple(other(10 + number, at + number * timedelta(hours=1), PostFormat.PROMO) for number in range(6))
    opened(window, CalendarSpan(posts))
    assert "mix" not in window.checks()
    opened(window, CalendarSpan(posts, (a_campaign(window, PhaseKind.PROMO),)))
    window.page.desk.around.forget()
    window.page.bench.look_over()
    assert "mix" in window.checks()
    window.store.span = CalendarSpan(posts)
    window.page.desk.around.forget()
    window.page.bench.look_over()
    assert "mix" not in window.checks()
    window.services.settings.change(Posting, selling=30)
    window.page.bench.look_over()
    assert "mix" in window.checks()


def test_nothing_is_said_of_the_plan_while_nothing_is_written(window: Window) -> None:
    at = window.store.clock.now() + timedelta(hours=4)
    opened(window, CalendarSpan(tuple(other(10 + number, at) for number in range(5))), at=at, parts=("",))
    assert not {"flood", "close", "mix", "not_said"} & set(window.checks())


def test_a_full_day_is_a_flood_and_its_mend_looks_for_another_time(window: Window) -> None:
    at = window.store.clock.now() + timedelta(hours=4)
    window.services.slots.found = GoodTime(at + 2 * DAY, (X,))
    opened(window, CalendarSpan(tuple(other(10 + number, at) for number in range(5))), at=at)
    assert "flood" in window.checks()
    mend(window, "flood")
    assert window.draft.planned_at == at + 2 * DAY
    assert "flood" not in window.checks()


def test_posts_of_other_accounts_make_no_flood(window: Window) -> None:
    at = window.store.clock.now() + timedelta(hours=4)
    opened(window, CalendarSpan(tuple(other(10 + number, at, accounts=(MASTODON,)) for number in range(9))), at=at)
    assert not {"flood", "close"} & set(window.checks())


def test_two_posts_close_together_are_to_be_looked_at(window: Window) -> None:
    at = window.store.clock.now() + timedelta(hours=4)
    opened(window, CalendarSpan((other(10, at + timedelta(minutes=20)),)), at=at)
    assert "close" in window.checks()


def test_networks_are_left_ten_minutes_apart_and_the_previews_say_when_each_gets_it(window: Window) -> None:
    at = window.store.clock.now() + timedelta(hours=4)
    opened(window, at=at, accounts=(X, MASTODON, BLUESKY))
    row = window.page.bench.plan.spacing
    assert not row.isHidden()
    row.switch.click()
    assert window.draft.spacing == 10
    window.page.bench.preview.many.choose(1)
    window.page.bench.preview.many.chosen.emit(1)
    words = window.page._face.words
    shown = [card.shown.when for card in window.page.bench.preview.cards() if card.shown is not None]
    assert shown == [words.day_and_time(at + minutes * timedelta(minutes=1)) for minutes in (0, 10, 20)]
    row.switch.click()
    assert window.draft.spacing == 0


def test_one_account_needs_no_spacing(window: Window) -> None:
    opened(window)
    assert window.page.bench.plan.spacing.isHidden()


def test_a_draft_of_another_week_asks_for_that_week(window: Window) -> None:
    opened(window, at=window.store.clock.now() + 21 * DAY)
    assert window.page.desk.around.facts.first is not None
    assert window.page.desk.around.facts.first.weekday() == date(2026, 11, 16).weekday()
