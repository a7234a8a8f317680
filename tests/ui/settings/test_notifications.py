"""Settings, Notifications: times of day are chosen as times, and a notification can be tried."""

from __future__ import annotations

from app.runtime.settings import Notifications
from app.ui.settings.notifications import NotificationsPane
from app.ui.widgets.select import Select
from tests.ui.shop import Shop


def test_quiet_hours_are_chosen_as_times(shop: Shop) -> None:
    shop.shell.window.show_page("settings", section="notifications")
    pane = shop.page.stack.currentWidget()
    assert isinstance(pane, NotificationsPane)
    select = pane.row("notifications.quiet_from").editor.widget
    assert isinstance(select, Select)
    assert (select.currentText(), select.count()) == ("20:00", 48)
    select.setCurrentIndex(43)
    select.activated.emit(43)
    assert shop.services.settings.get(Notifications).quiet_from == 21 * 60 + 30


def test_one_can_be_tried(shop: Shop) -> None:
    tried: list[bool] = []
    shop.shell.face.try_notification = lambda: tried.append(True)
    shop.shell.window.show_page("settings", section="notifications")
    pane = shop.page.stack.currentWidget()
    assert isinstance(pane, NotificationsPane)
    pane.trial.click()
    assert tried == [True]
