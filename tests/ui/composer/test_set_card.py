"""Image sets, questions, evergreen and recurring posts in the composer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from app.models.outbox import DeliveryState
from app.models.post import Picture, PostDraft, PostState
from app.models.series import Occurrence, Rule, Series
from app.runtime.words import message
from app.ui.composer.set_card import WaitingRow
from app.ui.series_sheet import SeriesSheet
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import INSTAGRAM, MASTODON, Store, X, delivery

PICTURES = (Picture("a.png", "a"), Picture("b.png", "b"))


class Recurring:
    """Notes what it is asked; runs one series."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.series: list[Series] = []

    async def all_of(self) -> list[Series]:
        return self.series

    async def coming(self, _series_id: int) -> list[Occurrence]:
        day = datetime(2026, 11, 20, tzinfo=UTC).date()
        return [Occurrence(day, 5), Occurrence(day + timedelta(days=7), None, True)]

    async def begin(self, series: Series, post_id: int | None = None) -> int:
        self.asked.append(("begin", series, post_id))
        return 1

    async def change(self, series_id: int, series: Series) -> None:
        self.asked.append(("change", series_id, series))

    async def pause(self, series_id: int, *, paused: bool = True) -> None:
        self.asked.append(("pause", series_id, paused))

    async def end(self, series_id: int) -> None:
        self.asked.append(("end", series_id))

    async def skip(self, series_id: int, day: object) -> None:
        self.asked.append(("skip", series_id, day))

    async def unskip(self, series_id: int, day: object) -> None:
        self.asked.append(("unskip", series_id, day))


class Sets:
    """Notes what was decided."""

    def __init__(self) -> None:
        self.decided: list[tuple[Any, ...]] = []

    async def send_without(self, outbox_ids: list[int]) -> None:
        self.decided.append(("without", *outbox_ids))

    async def give_link(self, outbox_id: int, url: str) -> None:
        self.decided.append(("link", outbox_id, url))


def opened(window: Window, store: Store, **fields: Any) -> None:
    values: dict[str, Any] = {"accounts": (X, MASTODON, INSTAGRAM), "pictures": PICTURES, "parts": ("Portadas",)}
    store.drafts[1] = PostDraft(id=1, **{**values, **fields})
    window.services.recurring = getattr(window.services, "recurring", None) or Recurring()
    window.services.image_sets = Sets()
    window.open(post=1)


def test_a_set_is_chosen_where_there_are_pictures_and_several_accounts(window: Window, store: Store) -> None:
    opened(window, store, pictures=())
    card = window.page.bench.set_card
    assert card.isHidden()
    store.drafts[2] = PostDraft(id=2, accounts=(X, MASTODON, INSTAGRAM), pictures=PICTURES)
    window.open(post=2)
    assert not card.isHidden()
    card.account.choose(INSTAGRAM)
    card.account.activated.emit(card.account.currentIndex())
    assert window.draft.set_account_id == INSTAGRAM
    assert "X and Mastodon" in card.said.text()
    assert "{set}" in card.said.text()


def test_previews_show_what_each_account_gets(window: Window, store: Store) -> None:
    opened(window, store, set_account_id=INSTAGRAM)
    composition = window.page.bench.composition()
    assert composition.leaving(X) == ("Portadas\n{set}",)
    assert composition.leaving(INSTAGRAM) == ("Portadas",)


def test_while_it_waits_it_can_leave_without_the_link_or_be_given_it(window: Window, store: Store) -> None:
    due = store.clock.now() + timedelta(hours=1)
    store.states[1] = PostState.SCHEDULED
    store.outbox[1] = [
        delivery(11, INSTAGRAM, DeliveryState.BY_HAND, due),
        delivery(
            12, X, DeliveryState.FAILED, due, waits_for=11, reason=message("set.no_link", network="Instagram").to_json()
        ),
        delivery(
            13,
            MASTODON,
            DeliveryState.WAITING,
            due,
            waits_for=11,
            reason=message("set.waits_by_hand", network="Instagram").to_json(),
        ),
    ]
    opened(window, store, set_account_id=INSTAGRAM)
    failed, waiting = sorted(window.page.bench.deliveries.findChildren(WaitingRow), key=lambda row: row.link.isHidden())
    assert not failed.link.isHidden()
    assert waiting.link.isHidden()
    failed.link.setText("instagram.com/p/1")
    failed.link.returnPressed.emit()
    waiting.without.click()
    assert window.services.image_sets.decided == [("link", 12, "https://instagram.com/p/1"), ("without", 13)]


def test_a_question_and_an_evergreen_post_are_marked(window: Window, store: Store) -> None:
    opened(window, store)
    card = window.page.bench.series
    card.question.click()
    card.evergreen.click()
    assert window.draft.question
    assert window.draft.evergreen
    window.open(new=True, question=True)
    assert window.draft.question
    assert card.question.isChecked()
    assert not card.evergreen.isChecked()


def test_a_post_is_repeated_by_keys_alone(window: Window, store: Store) -> None:
    at = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)  # a Friday
    opened(window, store, planned_at=at, zone="UTC")
    window.run("composer.repeat")
    [sheet] = window.shell.window.findChildren(SeriesSheet)
    assert sheet.rule() == Rule(weekdays=(4,))
    assert sheet.said.text() == "Every week on Friday"
    sheet.every.choose(2)
    sheet.days[0].setChecked(True)
    assert sheet.said.text() == "Every 2 weeks on Monday and Friday"
    sheet.time.line.setText("18:30")
    sheet.ends.line.setText("nonsense")
    sheet.take()
    assert window.services.recurring.asked == []
    sheet.ends.line.setText("")
    sheet.take()
    [(verb, series, post_id)] = window.services.recurring.asked
    assert (verb, post_id) == ("begin", 1)
    assert (series.rule, series.minute, series.state) == (Rule(weeks=2, weekdays=(0, 4)), 18 * 60 + 30, PostState.DRAFT)
    assert series.draft.id is None
    assert series.draft.planned_at is None


def test_monthly_by_weekday(window: Window, store: Store) -> None:
    opened(window, store, planned_at=datetime(2026, 11, 20, 16, 0, tzinfo=UTC))
    window.run("composer.repeat")
    [sheet] = window.shell.window.findChildren(SeriesSheet)
    sheet.every.choose(0)
    sheet.nth.choose(-1)
    sheet._show_rule()
    assert sheet.said.text() == "Every month on the last Friday"
    assert sheet.week.isHidden()


def test_an_occurrence_says_its_rule_and_changes_all_to_come(window: Window, store: Store) -> None:
    at = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    draft = PostDraft(parts=("Oferta",), accounts=(X,))
    window.services.recurring = Recurring()
    window.services.recurring.series = [Series("Oferta", draft, Rule(weekdays=(4,)), 600, "UTC", at.date(), id=7)]
    opened(window, store, planned_at=at, series_id=7, series_day="2026-11-20", parts=("Oferta nueva",))
    card = window.page.bench.series
    assert not card.said.isHidden()
    assert card.said.text() == "Every week on Friday"
    card.all.click()
    verb, number, series = window.services.recurring.asked[0]
    assert (verb, number, series.draft.parts) == ("change", 7, ("Oferta nueva",))
    window.run("composer.repeat")
    sheet = window.shell.window.findChildren(SeriesSheet)[-1]
    assert [row.text() for row in sheet.rows] == ["Skip", "Bring back"]
    sheet.rows[0].click()
    assert window.services.recurring.asked[-1][:2] == ("skip", 7)
    assert replace(series, draft=draft) == window.services.recurring.series[0]
