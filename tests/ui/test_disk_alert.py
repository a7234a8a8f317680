"""A full disk is told once an episode, and again when it is over; what the user waits for is told each time."""

from __future__ import annotations

import pytest

from app.runtime.errors import DiskFull
from app.runtime.words import message
from app.ui.disk_alert import DISK_FULL, DiskAlert
from app.ui.look import Look
from app.ui.notices import Notices
from tests.fakes.clock import FakeClock


@pytest.fixture
def notices(look: Look, clock: FakeClock) -> Notices:
    return Notices(look, clock)


def said(notices: Notices) -> list[str]:
    return [line.message.id for line in notices.history()]


def test_an_episode_is_one_banner_that_goes_when_there_is_room(notices: Notices) -> None:
    alert = DiskAlert(notices)
    alert.hear(DiskFull())
    assert [(banner.key, banner.level) for banner in notices.banners()] == [(DISK_FULL, "danger")]
    assert alert.is_told(DiskFull(), asked=True), "what the episode began with"
    assert all(alert.is_told(DiskFull(), asked=False) for _ in range(12))
    assert not alert.is_told(DiskFull(), asked=True), "the next thing that the user does"
    alert.hear(None)
    assert notices.banners() == []
    assert said(notices) == ["error.disk_full", "alerts.disk_room"]
    alert.hear(DiskFull())
    assert said(notices)[2:] == ["error.disk_full"], "another episode"


def test_without_an_episode_nothing_is_kept_back(notices: Notices) -> None:
    alert = DiskAlert(notices)
    assert not alert.is_told(DiskFull(), asked=False), "another disk than that of the data"
    alert.hear(DiskFull())
    assert not alert.is_told(DiskFull(message("files.not_written")), asked=False), "another word"
    alert.hear(None)
    alert.hear(None)
    assert said(notices) == ["error.disk_full", "alerts.disk_room"]
