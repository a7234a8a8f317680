"""The short form of `run.py faults`: all networks, every fault, programs killed; nothing is out twice and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.proxy import Fault
from tests.faults.served import KINDS
from tests.faults.trial import Outcome, Plans, Trial


def assert_sound(outcome: Outcome) -> None:
    verdict = outcome.verdict
    assert (verdict.twice, verdict.lost, verdict.wrong, verdict.failed, outcome.complaints) == ([], [], [], [], [])
    assert verdict.out + verdict.asked == verdict.deliveries


@pytest.mark.timeout(180)
async def test_a_service_that_is_killed_again_and_again_loses_nothing_and_says_nothing_twice(tmp_path: Path) -> None:
    plans = Plans(list(KINDS), deliveries=60, seed="short", speed=30, span=5.0, kills=3, patience=120)
    outcome = await Trial(tmp_path, plans).run()
    assert_sound(outcome)
    assert outcome.verdict.found
    assert outcome.verdict.not_there
    assert outcome.kills >= 3
    assert len(outcome.faults) > len(Fault) * 2 / 3


@pytest.mark.timeout(180)
async def test_a_window_and_a_service_on_one_profile_say_nothing_twice(tmp_path: Path) -> None:
    plans = Plans(
        list(KINDS),
        deliveries=16,
        seed="both",
        speed=15,
        span=4.0,
        programs=(("publish",), ()),
        kill_every=(3, 5),
        kills=2,
        patience=120,
    )
    outcome = await Trial(tmp_path, plans).run()
    assert_sound(outcome)
