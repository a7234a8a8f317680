"""Banners about accounts in trouble."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.models.account import AccountState
from app.models.outbox import DeliveryState, OutboxKind
from app.runtime.errors import NoKeyring, Offline, PaymentNeeded, RateLimited, SignedOut, VaultLocked
from app.ui.alerts import BY_HAND, LOCKED, OFFLINE, RATE_LIMITED, SIGNED_OUT, Alerts
from app.ui.look import Look
from app.ui.notices import Notices
from tests.fakes.clock import FakeClock
from tests.ui.shop import MASTODON, NOW, Store, X, make_services, owed
from tests.ui.stand_ins import TouchedAll


class Desk:
    """Alerts over a store."""

    def __init__(self, look: Look, clock: FakeClock, folder: Path) -> None:
        look.words.clock = clock
        self.look = look
        self.store = Store()
        self.services: Any = make_services(self.store, folder, [])
        self.notices = Notices(look, clock)
        self.alerts = Alerts(self.services, self.notices, look)

    def trouble(self, account: int, error: Any) -> None:
        """As sync does: the row first, then the word."""
        place = next(place for place, row in enumerate(self.store.rows) if row.id == account)
        text = error.message.to_json() if error is not None else ""
        state = AccountState.SIGNED_OUT if isinstance(error, SignedOut) else self.store.rows[place].state
        self.store.rows[place] = replace(self.store.rows[place], trouble=text, state=state, state_since=NOW)
        self.services.changed.emit(TouchedAll("account"))
        self.services.sync.trouble.emit(account, error)

    def recovered(self, account: int) -> None:
        self.store.rows = [replace(row, trouble="", state=AccountState.READY) if row.id == account else row for row in self.store.rows]
        self.services.changed.emit(TouchedAll("account"))

    def shown(self) -> dict[str, tuple[str, str | None]]:
        banners = self.notices.banners()
        return {each.key: (f"{self.plain(each.message)} {self.plain(each.detail)}", each.command) for each in banners}

    def plain(self, said: Any) -> str:
        return self.look.text(said).replace("\u2068", "").replace("\u2069", "") if said is not None else ""

    def said(self) -> list[str]:
        return [self.plain(line.message) for line in self.notices.history()]


@pytest.fixture
def desk(look: Look, clock: FakeClock, tmp_path: Path) -> Desk:
    return Desk(look, clock, tmp_path)


def test_all_well_says_nothing(desk: Desk) -> None:
    assert desk.shown() == {}
    assert desk.said() == []


def test_no_connection_says_since_when_and_what_waits_and_both_ways_once(desk: Desk, clock: FakeClock) -> None:
    reply = owed(3, DeliveryState.WAITING, kind=OutboxKind.REPLY, post_id=None)
    desk.store.outbox_rows = [owed(1, DeliveryState.WAITING), owed(2, DeliveryState.WAITING, post_id=1), reply, replace(reply, id=4)]
    desk.trouble(MASTODON, Offline())
    clock.advance(timedelta(minutes=20))
    desk.trouble(X, Offline())
    words, command = desk.shown()[OFFLINE]
    assert words == "No connection since 10:00. Go on working. Waiting here: 2 answers and 1 post. It leaves when the connection is back."
    assert command == "sync.now"
    desk.recovered(MASTODON)
    assert OFFLINE in desk.shown()
    desk.recovered(X)
    assert desk.shown() == {}
    assert desk.said().count("Back online") == 1


def test_an_account_signed_out_is_named_with_what_is_held(desk: Desk) -> None:
    desk.store.outbox_rows = [owed(1, DeliveryState.WAITING), owed(2, DeliveryState.WAITING, account_id=X)]
    desk.trouble(MASTODON, SignedOut())
    words, command = desk.shown()[SIGNED_OUT]
    assert words == "Mastodon signed @aurora out. Waiting here: 1 post."
    assert command == "accounts.sign_in_again"
    desk.trouble(X, SignedOut())
    assert desk.shown()[SIGNED_OUT][0].startswith("2 accounts are signed out: X and Mastodon.")
    desk.recovered(X)
    desk.recovered(MASTODON)
    assert desk.shown() == {}


def test_an_account_signed_out_in_an_earlier_run_is_said_at_the_start(look: Look, clock: FakeClock, tmp_path: Path) -> None:
    desk = Desk(look, clock, tmp_path)
    desk.trouble(MASTODON, SignedOut())
    again = Notices(look, clock)
    Alerts(desk.services, again, look)
    assert [banner.key for banner in again.banners()] == [SIGNED_OUT]


def test_a_banner_closed_by_the_user_stays_closed_until_the_trouble_is_another(desk: Desk) -> None:
    desk.trouble(MASTODON, SignedOut())
    desk.notices.clear(SIGNED_OUT)
    desk.store.outbox_rows = [owed(1, DeliveryState.WAITING)]
    desk.services.changed.emit(TouchedAll("outbox"))
    assert desk.shown() == {}
    desk.trouble(X, SignedOut())
    assert SIGNED_OUT in desk.shown()


def test_patience_is_asked_until_a_time_and_ends_without_a_word(desk: Desk) -> None:
    desk.trouble(MASTODON, RateLimited(NOW + timedelta(minutes=14)))
    assert desk.shown()[RATE_LIMITED][0] == "Mastodon takes no more requests until 10:14. Tertulia goes on by itself then."
    desk.recovered(MASTODON)
    assert desk.shown() == {}
    assert "Back online" not in desk.said()


def test_locked_passwords_offer_what_helps(desk: Desk) -> None:
    desk.trouble(MASTODON, VaultLocked())
    assert desk.shown()[LOCKED][1] == "accounts.unlock_vault"
    desk.trouble(MASTODON, NoKeyring())
    assert desk.shown()[LOCKED][1] == "accounts.use_vault"
    desk.services.sync.trouble.emit(MASTODON, None)
    assert desk.shown() == {}


def test_any_other_trouble_is_said_once(desk: Desk) -> None:
    desk.trouble(MASTODON, PaymentNeeded())
    desk.trouble(MASTODON, PaymentNeeded())
    assert len(desk.said()) == 1
    desk.services.sync.trouble.emit(MASTODON, None)
    desk.trouble(MASTODON, PaymentNeeded())
    assert len(desk.said()) == 2


def test_a_post_by_hand_is_remembered_at_its_time(desk: Desk, clock: FakeClock) -> None:
    due = NOW + timedelta(minutes=5)
    desk.store.outbox_rows = [owed(1, DeliveryState.BY_HAND, network="instagram", due_at=due)]
    desk.services.changed.emit(TouchedAll("outbox"))
    assert BY_HAND not in desk.shown()
    assert desk.alerts._due.isActive()
    clock.advance(timedelta(minutes=5))
    desk.alerts._due.timeout.emit()
    words, command = desk.shown()[BY_HAND]
    assert words.startswith("Time to publish on Instagram by hand: “Detrás del escenario”. Planned for 10:05.")
    assert command == "composer.by_hand"


def test_several_posts_by_hand_are_one_reminder_until_they_are_out(desk: Desk) -> None:
    desk.store.outbox_rows = [owed(number, DeliveryState.BY_HAND, network="instagram") for number in (1, 2, 3)]
    desk.services.changed.emit(TouchedAll("outbox"))
    assert "2 more wait to be published by hand." in desk.shown()[BY_HAND][0]
    desk.store.outbox_rows = []
    desk.services.changed.emit(TouchedAll("outbox"))
    assert BY_HAND not in desk.shown()


def test_a_reply_by_hand_is_no_reason_for_a_banner(desk: Desk) -> None:
    desk.store.outbox_rows = [owed(1, DeliveryState.BY_HAND, kind=OutboxKind.REPLY, post_id=None)]
    desk.services.changed.emit(TouchedAll("outbox"))
    assert desk.shown() == {}
