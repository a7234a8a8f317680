"""Where a post stands at each account, and what the user can do about it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.models.outbox import DeliveryState, Keeper
from app.models.post import Picture, PostDraft, PostState
from app.runtime.words import message
from app.ui.composer.deliveries_card import DeliveryBox
from app.ui.composer.header import state_of
from app.ui.widgets.text import Label
from tests.ui.composer.conftest import Window
from tests.ui.composer.fakes import INSTAGRAM, MASTODON, X, delivery


def show(window: Window, state: DeliveryState, account: int = MASTODON, **more: object) -> DeliveryBox:
    due = window.store.clock.now() + timedelta(minutes=5)
    window.store.drafts[3] = PostDraft(id=3, parts=("Uno", "Dos"), accounts=(account,), pictures=(Picture("a.png", "a"),))
    window.store.states[3] = PostState.SCHEDULED
    window.store.outbox[3] = [delivery(9, account, state, due, **more)]
    window.open(post=3)
    return window.page.bench.deliveries.boxes()[0]


def press(box: DeliveryBox, text: str) -> None:
    next(button for button in box.buttons() if button.text() == text).click()


@pytest.mark.parametrize(
    ("state", "more", "said"),
    [
        (DeliveryState.WAITING, {}, "waits till 10:05"),
        (DeliveryState.CLAIMED, {"parts": 3, "parts_out": 1}, "going out, part 2 of 3"),
        (DeliveryState.FAILED, {}, "did not go out"),
        (DeliveryState.UNSURE, {}, "may be out: look first"),
        (DeliveryState.BY_HAND, {}, "by hand, for 10:05"),
        (DeliveryState.HELD, {}, "the network holds it till 10:05"),
        (DeliveryState.LET_GO, {}, "not sent"),
    ],
)
def test_each_state_is_said_in_words(window: Window, state: DeliveryState, more: dict[str, object], said: str) -> None:
    assert show(window, state, **more).said.text() == said


@pytest.mark.parametrize(
    ("keeper", "said"),
    [
        (Keeper.SERVER, "The network’s server holds it: this computer may be off."),
        (Keeper.COMPUTER, "This computer must be on, with Tertulia open."),
        (Keeper.SERVICE, "This computer must be on; the publishing service sends it without a window."),
    ],
)
def test_who_keeps_the_promise_is_said_where_the_deliveries_differ_in_it(window: Window, keeper: Keeper, said: str) -> None:
    state = DeliveryState.HELD if keeper is Keeper.SERVER else DeliveryState.WAITING
    box = show(window, state, keeper=keeper)
    assert said not in [label.text() for label in box.findChildren(Label)]  # the time above says it for the whole post
    other = Keeper.COMPUTER if keeper is Keeper.SERVER else Keeper.SERVER
    window.store.outbox[3].append(delivery(10, X, DeliveryState.WAITING, window.store.clock.now() + timedelta(minutes=5), keeper=other))
    window.commit()
    box = next(box for box in window.page.bench.deliveries.boxes() if box.row.id == 9)
    assert said in [label.text() for label in box.findChildren(Label)]


def test_a_keeper_is_not_compared_with_what_is_out_already(window: Window) -> None:
    show(window, DeliveryState.WAITING, keeper=Keeper.COMPUTER)
    window.store.outbox[3].append(delivery(10, X, DeliveryState.OUT, window.store.clock.now()))
    window.commit()
    said = [label.text() for box in window.page.bench.deliveries.boxes() for label in box.findChildren(Label)]
    assert "This computer must be on, with Tertulia open." not in said


def test_what_a_check_found_is_said_while_it_can_be_mended(window: Window) -> None:
    box = show(window, DeliveryState.WAITING, warnings=(message("check.link_dead", link="https://discosaurora.mx"),), keeper=Keeper.COMPUTER)
    said = [label.text() for label in box.findChildren(Label)]
    assert "The page https://discosaurora.mx does not answer. Check the link." in said
    assert "does not answer" in box.accessibleName()
    assert "This computer must be on, with Tertulia open." not in said  # one thing at a time: mend it first


def test_what_failed_says_why_and_is_sent_again_or_done_by_hand(window: Window) -> None:
    box = show(window, DeliveryState.FAILED, reason=message("composer.said.gone").to_json())
    assert "This post was deleted." in box.accessibleName()
    press(box, "Send again")
    press(box, "By hand")
    press(box, "Let it go")
    assert [verb for verb, _, _ in window.services.outbox.decided] == ["retry", "by_hand", "cancel"]


def test_what_may_be_out_is_decided_by_the_user(window: Window) -> None:
    box = show(window, DeliveryState.UNSURE)
    opened: list[str] = []
    window.shell.face.open_url = opened.append
    press(box, "Open at the network")
    press(box, "It is out")
    press(box, "It is not")
    assert opened == ["https://musica.example/@aurora"]
    assert window.services.outbox.decided == [("settle", 9, {"is_out": True}), ("settle", 9, {"is_out": False})]


def test_by_hand_copies_the_words_and_takes_the_link_back(window: Window) -> None:
    box = show(window, DeliveryState.BY_HAND, INSTAGRAM)
    press(box, "Copy text")
    assert QGuiApplication.clipboard().text() == "Uno\n\nDos"
    box.link.setFocus()
    window.type("instagram.com/p/1")
    window.press(Qt.Key.Key_Return)
    assert window.services.outbox.decided == [("settle", 9, {"is_out": True, "url": "https://instagram.com/p/1"})]


def test_a_link_that_is_being_pasted_survives_news_from_elsewhere(window: Window) -> None:
    box = show(window, DeliveryState.BY_HAND, INSTAGRAM)
    box.link.setText("instagram.com/p/1")
    window.store.outbox[3].append(delivery(10, X, DeliveryState.OUT, window.store.clock.now()))
    window.commit()
    boxes = window.page.bench.deliveries.boxes()
    assert len(boxes) == 2
    assert [box.link.text() for box in boxes if box.row.id == 9] == ["instagram.com/p/1"]


def test_what_is_out_opens_and_gives_its_link(window: Window) -> None:
    box = show(window, DeliveryState.OUT, url="https://musica.example/1", sent_at=window.store.clock.now())
    press(box, "Copy link")
    assert QGuiApplication.clipboard().text() == "https://musica.example/1"


def test_what_is_out_without_an_address_can_still_be_deleted(window: Window) -> None:
    box = show(window, DeliveryState.OUT, sent_at=window.store.clock.now())
    assert [button.text() for button in box.buttons()] == ["Delete…"]


def test_a_delivery_that_was_replaced_is_not_shown(window: Window) -> None:
    now = window.store.clock.now()
    show(window, DeliveryState.LET_GO)
    window.store.outbox[3].append(delivery(10, MASTODON, DeliveryState.WAITING, now))
    window.commit()
    assert [box.row.id for box in window.page.bench.deliveries.boxes()] == [10]


@pytest.mark.parametrize(
    ("states", "word"),
    [
        ((DeliveryState.UNSURE, DeliveryState.OUT), "unsure"),
        ((DeliveryState.FAILED, DeliveryState.OUT), "partly"),
        ((DeliveryState.FAILED, DeliveryState.WAITING), "failed"),
        ((DeliveryState.OUT, DeliveryState.OUT), "out"),
        ((DeliveryState.OUT, DeliveryState.WAITING), "going"),
        ((DeliveryState.BY_HAND, DeliveryState.BY_HAND), "by_hand"),
        ((DeliveryState.WAITING, DeliveryState.BY_HAND), "scheduled"),
    ],
)
def test_the_word_of_a_post_is_that_of_its_worst_delivery(window: Window, states: tuple[DeliveryState, ...], word: str) -> None:
    show(window, states[0])
    now = window.store.clock.now()
    later = now + timedelta(hours=1)
    window.store.outbox[3] = [delivery(9, MASTODON, states[0], later), delivery(10, X, states[1], later)]
    window.commit()
    assert state_of(window.page.bench.composition())[0] == word


def test_a_planned_post_whose_checks_failed_is_amber_with_their_count(window: Window) -> None:
    dead, bare = message("check.link_dead", link="https://discosaurora.mx"), message("check.alt_missing", position=1)
    show(window, DeliveryState.WAITING)
    later = window.store.clock.now() + timedelta(hours=1)
    rows = [delivery(9, MASTODON, DeliveryState.WAITING, later, warnings=(dead, bare)), delivery(10, X, DeliveryState.WAITING, later, warnings=(bare,))]
    window.store.outbox[3] = rows
    window.commit()
    assert state_of(window.page.bench.composition()) == ("amber", {"n": 2})
    assert window.page.bench.header.state.accessibleName() == "Scheduled · 2 warnings"


@pytest.mark.parametrize(
    ("keeper", "said"),
    [
        (Keeper.SERVER, "The network’s server holds it: this computer may be off."),
        (Keeper.COMPUTER, "This computer must be on, with Tertulia open."),
        (None, "This computer must be on then."),
    ],
)
def test_the_time_says_who_keeps_the_promise(window: Window, keeper: Keeper | None, said: str) -> None:
    later = window.store.clock.now() + timedelta(hours=1)
    window.store.drafts[3] = PostDraft(id=3, parts=("Uno",), accounts=(MASTODON,), planned_at=later)
    window.store.states[3] = PostState.SCHEDULED
    window.store.outbox[3] = [delivery(9, MASTODON, DeliveryState.WAITING, later, keeper=keeper)]
    window.open(post=3)
    assert window.page.bench.plan.when.promise.text() == said
