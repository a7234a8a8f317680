"""The short form of `run.py faults`: all networks, every fault, programs killed; nothing is out twice and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.proxy import Fault
from tests.faults.served import KEEPERS, KINDS
from tests.faults.sorts import Sort
from tests.faults.trial import Outcome, Plans, Trial
from tests.faults.verdict import DELETION


def assert_sound(outcome: Outcome) -> None:
    verdict, whole = outcome.verdict, outcome.verdict.all
    assert (verdict.twice, verdict.lost, verdict.wrong, verdict.failed, outcome.complaints) == ([], [], [], [], [])
    assert whole.out + whole.asked + whole.let_go == whole.deliveries


@pytest.mark.timeout(180)
async def test_a_service_that_is_killed_again_and_again_loses_nothing_and_says_nothing_twice(tmp_path: Path) -> None:
    plans = Plans([*KINDS, *KEEPERS], deliveries=80, seed="short 6", speed=80, span=3.0, kills=3, patience=120)
    outcome = await Trial(tmp_path, plans).run()
    assert_sound(outcome)
    figures = outcome.verdict.by_kind
    assert {each.value for each in Sort} | {DELETION} == set(figures)
    assert figures[Sort.CANCELLED].let_go
    whole = outcome.verdict.all
    assert (whole.found > 0, whole.not_there > 0) == (True, True)
    assert outcome.kills >= 3
    assert len(outcome.faults) > len(Fault) * 2 / 3


@pytest.mark.timeout(180)
async def test_a_window_and_a_service_on_one_profile_say_nothing_twice(tmp_path: Path) -> None:
    plans = Plans(
        list(KINDS),
        deliveries=12,
        seed="both",
        speed=30,
        span=2.0,
        programs=(("publish",), ()),
        kill_every=(2, 3),
        kills=1,
        patience=120,
    )
    outcome = await Trial(tmp_path, plans).run()
    assert_sound(outcome)
