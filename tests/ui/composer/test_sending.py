"""Sending and planning from the Composer: checks first, exactly one post, planned ones that are edited, and taking back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostState
from app.runtime.errors import UserMistake
from app.runtime.words import message
from tests.fakes.clock import FakeClock
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import BLUESKY, INSTAGRAM, MASTODON, X, delivery

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
SUNDAY = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
LONG = "Una frase de prueba, con algunas palabras. " * 8


def test_ctrl_enter_goes_to_what_is_to_be_fixed_and_sends_nothing(window: Window) -> None:
    window.open(new=True)
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.posts.scheduled == []
    focus = QApplication.focusWidget()
    assert focus is window.page.bench.plan.checks.rows()[0].button
    assert "composer.said.fix_first" in window.said()
    window.press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is window.page.bench.text.editors()[0]


def test_ctrl_enter_sends_now_with_undo_and_shows_where_it_stands(window: Window) -> None:
    window.open(new=True)
    window.type("Ya salió")
    window.press(Qt.Key.Key_Return, CTRL)
    draft, at = window.posts.scheduled[0]
    assert (draft.parts, at) == (("Ya salió",), None)
    assert len(window.store.drafts) == 1
    assert window.said()[-1] == "composer.said.leaves"
    assert [box.row.account_id for box in window.page.bench.deliveries.boxes()] == [X, MASTODON, BLUESKY]
    assert QApplication.focusWidget() is window.page.bench.header.back_button


def test_while_it_can_be_taken_back_it_says_so_and_is_not_sent_twice(window: Window, clock: FakeClock) -> None:
    window.open(new=True)
    window.type("Ya sale")
    window.press(Qt.Key.Key_Return, CTRL)
    header = window.page.bench.header
    assert header.state._chip.text == "Leaves in 10 s"
    assert header.primary.isHidden()
    assert (header.draft.isHidden(), header.draft.text()) == (False, "Undo")
    assert window.page.bench.text.editors()[0].isReadOnly()
    assert not window.shell.actions.applies("composer.schedule")
    window.press(Qt.Key.Key_Return, CTRL)
    window.run("composer.publish_now")
    assert len(window.posts.scheduled) == 1
    clock.advance(4)
    window.page.bench._counting.timeout.emit()
    assert header.state._chip.text == "Leaves in 6 s"
    header.draft.click()
    window.commit()
    assert header.state._chip.text == "Draft"
    assert (header.primary.isHidden(), header.primary.text()) == (False, "Publish now")
    editor = window.page.bench.text.editors()[0]
    assert editor.hasFocus()
    assert not editor.isReadOnly()
    assert [toast.text() for toast in window.shell.window.toasts.toasts()] == ["A draft again. Nothing leaves."]


def test_the_keyboard_is_in_the_words_also_where_it_is_heard_of_late(window: Window, clock: FakeClock) -> None:
    """On a busy machine the news that it is a draft again may come when the seconds have run out."""
    window.open(new=True)
    window.type("Ya sale")
    window.press(Qt.Key.Key_Return, CTRL)
    clock.advance(9)
    window.page.bench.header.draft.click()
    clock.advance(60)
    window.page.bench._counting.timeout.emit()
    editor = window.page.bench.text.editors()[0]
    assert not editor.hasFocus()
    window.commit()
    assert editor.hasFocus()


def test_the_keyboard_stays_where_it_is_when_a_post_is_out(window: Window, clock: FakeClock) -> None:
    window.open(new=True)
    window.type("Ya sale")
    window.press(Qt.Key.Key_Return, CTRL)
    clock.advance(11)
    window.store.outbox[1] = [replace(row, state=DeliveryState.OUT) for row in window.store.outbox[1]]
    window.commit()
    assert QApplication.focusWidget() is window.page.bench.header.back_button


def test_what_is_done_by_hand_is_not_published_a_second_time(window: Window) -> None:
    window.store.drafts[3] = PostDraft(id=3, parts=("Hola",), accounts=(INSTAGRAM,))
    window.open(post=3)
    window.run("composer.publish_now")
    header = window.page.bench.header
    assert header.state._chip.text == "By hand"
    assert header.primary.isHidden()
    window.page.bench.plan.when.choose(SUNDAY)
    assert (header.primary.isHidden(), header.primary.text()) == (False, "Save, Sun 22 Nov, 11:00")


def test_the_footer_says_of_the_key_what_the_button_says(window: Window, qtbot: QtBot) -> None:
    window.open(new=True, text="Hola")

    def first_hint() -> tuple[tuple[str, ...], str]:
        return window.shell.window.footer.hints()[0]

    qtbot.waitUntil(lambda: first_hint() == (("Ctrl+Return",), "publish now"), timeout=30_000)
    window.page.bench.plan.when.choose(SUNDAY)
    qtbot.waitUntil(lambda: first_hint() == (("Ctrl+Return",), "schedule"), timeout=30_000)


def test_nothing_of_the_editor_lies_under_what_is_said(window: Window) -> None:
    window.open(new=True)
    area = window.page.bench.area
    before = area.height()
    window.press(Qt.Key.Key_Return, CTRL)
    (toast,) = window.shell.window.toasts.toasts()
    window.application.processEvents()
    assert area.height() == before - (toast.height() - toast.margin)
    toast.end()
    window.application.processEvents()
    assert area.height() == before


def test_what_still_waits_after_its_time_can_be_changed_again(window: Window, clock: FakeClock) -> None:
    window.open(new=True)
    window.type("Ya sale")
    window.press(Qt.Key.Key_Return, CTRL)
    clock.advance(12)
    window.page.bench._counting.timeout.emit()
    assert not window.shell.actions.applies("composer.schedule")  # it is being taken up
    clock.advance(60)
    window.page.bench._counting.timeout.emit()
    assert not window.page.bench._counting.isActive()
    assert window.shell.actions.applies("composer.schedule")


def test_two_saves_on_their_way_never_make_two_posts(window: Window) -> None:
    window.open(new=True)
    window.runner.hold = True
    window.type("Uno")
    window.page.desk._keeper.keep_now()
    window.press(Qt.Key.Key_Return, CTRL)
    window.type("!")
    assert window.posts.scheduled == []
    window.runner.release()
    assert list(window.store.drafts) == [1]
    assert [draft.id for draft, _ in window.posts.scheduled] == [1]


def test_a_planned_post_leaves_at_its_time_and_the_button_says_so(window: Window) -> None:
    window.open(new=True)
    window.type("El domingo")
    window.press(Qt.Key.Key_T, CTRL)
    window.type("sun 11:00")
    window.press(Qt.Key.Key_Return)
    assert window.page.bench.header.primary.text() == "Schedule Sun 22 Nov, 11:00"
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.posts.scheduled[0][1] == SUNDAY
    assert window.said()[-1] == "composer.said.scheduled"
    assert window.page.bench.header.state._chip.text == "Scheduled"


def test_a_time_typed_but_not_left_counts_when_the_post_is_sent(window: Window) -> None:
    window.open(new=True)
    window.type("A las nueve")
    window.run("composer.time")
    window.type("tomorrow 9")
    window.press(Qt.Key.Key_Return, CTRL)
    assert window.posts.scheduled[0][1] == datetime(2026, 11, 19, 15, 0, tzinfo=UTC)


def test_publish_now_forgets_the_time(window: Window) -> None:
    window.store.drafts[3] = PostDraft(id=3, parts=("Hola",), accounts=(X,), planned_at=SUNDAY)
    window.open(post=3)
    window.run("composer.publish_now")
    assert window.posts.scheduled[0][1] is None


def test_what_the_service_refuses_is_shown_at_its_place(window: Window) -> None:
    window.store.drafts[3] = PostDraft(id=3, parts=("Hola",), accounts=(X,))
    window.open(post=3)
    window.posts.fault = UserMistake(message("composer.empty"), field="text")
    window.run("composer.schedule")
    assert [error.message.id for error in window.runner.errors] == ["composer.empty"]
    window.posts.fault = None
    window.run("composer.schedule")
    assert len(window.posts.scheduled) == 1


def planned(window: Window, parts: tuple[str, ...] = ("Plan",)) -> None:
    window.store.drafts[3] = PostDraft(id=3, parts=parts, accounts=(X, MASTODON), planned_at=SUNDAY, zone="America/Mexico_City")
    window.store.states[3] = PostState.SCHEDULED
    window.store.outbox[3] = [delivery(1, X, DeliveryState.WAITING, SUNDAY), delivery(2, MASTODON, DeliveryState.WAITING, SUNDAY)]
    window.open(post=3)


def test_a_planned_post_that_is_changed_is_planned_anew_when_one_leaves(window: Window) -> None:
    planned(window)
    window.type("!")
    window.press(Qt.Key.Key_Escape)
    draft, at = window.posts.scheduled[0]
    assert "!" in draft.parts[0]
    assert at == SUNDAY
    assert window.said()[-1] == "composer.said.planned_anew"


def test_a_planned_post_that_is_only_looked_at_stays_as_it_is(window: Window) -> None:
    planned(window)
    window.press(Qt.Key.Key_Escape)
    assert window.posts.scheduled == []
    assert window.posts.saved == []


def test_a_planned_post_that_no_longer_fits_is_kept_but_goes_out_as_planned(window: Window) -> None:
    planned(window)
    window.page.bench.edit(lambda draft: replace(draft, parts=(LONG,)))
    window.press(Qt.Key.Key_Escape)
    assert window.posts.scheduled == []
    assert window.store.drafts[3].parts == (LONG,)
    assert window.said()[-1] == "composer.said.not_planned_anew"


def test_another_time_of_a_planned_post_is_not_in_lists_before_it_is_planned(window: Window) -> None:
    planned(window)
    window.page.bench.plan.when.choose(SUNDAY + timedelta(hours=1))
    window.pause()
    assert window.posts.saved[-1].planned_at == SUNDAY
    window.run("composer.schedule")
    assert window.posts.scheduled[0][1] == SUNDAY + timedelta(hours=1)


def test_back_to_draft_takes_it_back(window: Window) -> None:
    planned(window)
    window.run("composer.back_to_draft")
    window.commit()
    assert window.store.states[3] is PostState.DRAFT
    assert window.page.bench.header.state._chip.text == "Draft"
    assert window.page.bench.deliveries.isHidden()


def test_an_undone_sending_shows_the_draft_again(window: Window) -> None:
    window.open(new=True)
    window.type("Vuelve")
    window.run("composer.schedule")
    window.store.states[1], window.store.outbox[1] = PostState.DRAFT, []
    window.commit()
    assert window.page.bench.header.state._chip.text == "Draft"
    assert window.draft.planned_at is None
    assert not window.page.bench.text.editors()[0].isReadOnly()


def test_a_post_that_is_out_everywhere_can_no_longer_be_written(window: Window) -> None:
    window.store.drafts[3] = PostDraft(id=3, parts=("Fuera",), accounts=(X,))
    window.store.states[3] = PostState.SCHEDULED
    window.store.outbox[3] = [delivery(1, X, DeliveryState.OUT, SUNDAY, url="https://x.example/1", sent_at=SUNDAY)]
    window.open(post=3)
    assert window.page.bench.text.editors()[0].isReadOnly()
    assert window.page.bench.header.primary.isHidden()
    assert not window.shell.actions.applies("composer.schedule")
    assert window.checks() == []
