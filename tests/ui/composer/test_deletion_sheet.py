"""What is published goes only for a spelling mistake, meant by typing the handle."""

from __future__ import annotations

from datetime import timedelta

from app.models.outbox import DeleteReason, DeliveryState
from app.models.post import PostDraft, PostState
from app.ui.composer.deletion_sheet import DeletionSheet
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import MASTODON, delivery


def published(window: Window, **more: object) -> None:
    now = window.store.clock.now()
    window.store.drafts[3] = PostDraft(id=3, parts=("Uno",), accounts=(MASTODON,))
    window.store.states[3] = PostState.SCHEDULED
    window.store.outbox[3] = [
        delivery(9, MASTODON, DeliveryState.OUT, now - timedelta(minutes=5), url="https://musica.example/1", **more)
    ]
    window.open(post=3)


def guard(window: Window) -> DeletionSheet:
    published(window)
    buttons = window.page.bench.deliveries.boxes()[0].buttons()
    next(button for button in buttons if button.text() == "Delete…").click()
    return window.shell.window.findChildren(DeletionSheet)[-1]


def test_a_spelling_mistake_is_deleted_once_the_handle_is_typed(window: Window) -> None:
    sheet = guard(window)
    sheet.handle.line.setText("@aurora")
    sheet.button.click()
    assert window.services.deletion.owed == [(9, True)]
    assert window.said() == ["composer.said.deletes"]


def test_without_the_handle_it_stays(window: Window) -> None:
    sheet = guard(window)
    sheet.button.click()
    assert window.services.deletion.owed == []
    assert sheet.handle.line.accessibleDescription() == "Type @aurora to delete it."
    sheet.close_now()


def test_another_reason_is_answered_with_advice(window: Window) -> None:
    sheet = guard(window)
    sheet.reason.setCurrentIndex(sheet.reason.findData(DeleteReason.REGRET))
    sheet.handle.line.setText("@aurora")
    sheet.button.click()
    assert window.services.deletion.owed == []
    assert sheet.advice.text().startswith("Published posts stay")
    assert not sheet.advice.isHidden()
    sheet.close_now()


def test_what_was_deleted_says_so_and_offers_nothing(window: Window) -> None:
    published(window, deleted_at=window.store.clock.now())
    box = window.page.bench.deliveries.boxes()[0]
    assert box.said.text().startswith("deleted")
    assert box.buttons() == []
