"""The section of what calls cost: the meter, the limit, the interval with its price."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from app.models.spending import ItemSpent
from app.runtime.settings import Spending
from app.ui.settings.spending import STEPS, IntervalEditor, MeterBar, SpendingPane
from app.ui.widgets.stepper import Stepper
from tests.ui.shop import Shop, nameless, texts
from tests.ui.stand_ins import TouchedAll


@pytest.fixture
def pane(shop: Shop, qapp: QApplication) -> SpendingPane:
    shop.shell.actions.run("spending.open")
    qapp.processEvents()
    found = shop.page.stack.currentWidget()
    assert isinstance(found, SpendingPane)
    return found


def interval(pane: SpendingPane) -> IntervalEditor:
    found = pane.row("spending.minutes").editor
    assert isinstance(found, IntervalEditor)
    return found


def test_the_meter_shows_the_month_and_what_it_went_for(pane: SpendingPane) -> None:
    said = texts(pane)
    assert "X, this month" in said
    assert "1.12 USD of 5.00 USD" in said
    assert {"4 posts with a link", "0.80 USD", "212 mentions and own posts read", "7 posts"} <= set(said)
    assert any(text.startswith("42 calls. A new month begins on") for text in said)
    assert nameless(pane) == []


def test_a_new_charge_and_a_new_limit_show_at_once(shop: Shop, pane: SpendingPane) -> None:
    shop.services.money.spent = (ItemSpent("post", 1, 1, 15_000),)
    shop.services.changed.emit(TouchedAll("charge"))
    assert "0.0150 USD of 5.00 USD" in texts(pane)
    stepper = pane.row("spending.limit").editor.widget
    assert isinstance(stepper, Stepper)
    stepper.box.setValue(12)
    assert shop.services.settings.get(Spending).limit == 12
    assert "0.0150 USD of 12.00 USD" in texts(pane)


def test_what_is_set_aside_and_a_limit_that_is_reached_are_told(shop: Shop, pane: SpendingPane) -> None:
    shop.services.money.set_aside = 4_000_000
    pane.read()
    said = " ".join(texts(pane))
    assert "4.00 USD of it is set aside" in said
    assert "Nothing more is called until you raise the limit." in said


def test_the_slider_tells_what_each_interval_costs(shop: Shop, pane: SpendingPane) -> None:
    editor = interval(pane)
    assert editor.minutes == 15
    assert (
        editor.said.text()
        == "Every 15 minutes: about 0.60 USD a month without new messages, at most 57.60 USD if the network billed every look."
    )
    editor.slider.setValue(STEPS.index(60))
    assert shop.services.settings.get(Spending).minutes == 60
    assert editor.said.text().startswith("Every hour")
    assert "14.40 USD" in editor.slider.accessibleDescription()


def test_an_interval_between_two_steps_is_shown_as_the_nearer_one(shop: Shop, pane: SpendingPane) -> None:
    shop.services.settings.change(Spending, minutes=50)
    assert interval(pane).minutes == 60
    assert shop.services.settings.get(Spending).minutes == 50


@pytest.mark.parametrize("share", [0.0, 0.2, 0.85, 1.0, 7.0])
def test_the_bar_is_painted_at_every_share(pane: SpendingPane, share: float) -> None:
    (bar,) = pane.findChildren(MeterBar)
    bar.show_share(share, "X")
    assert not bar.grab().isNull()


def test_a_month_without_calls(shop: Shop, pane: SpendingPane) -> None:
    shop.services.money = replace(shop.services.money, spent=())
    pane.read()
    assert "0.00 USD of 5.00 USD" in texts(pane)
