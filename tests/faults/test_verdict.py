"""The fault suite can fail: a post too many, one that is missing and one in the wrong place are found and named; its faults follow the seed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from app.runtime.paths import Paths
from app.store.database import Database
from tests.fakes.clock import FakeClock
from tests.faults import owing
from tests.faults.owing import Debt, Owing
from tests.faults.proxy import Heard, Plan
from tests.faults.served import ServedMastodon, Stored
from tests.faults.verdict import Verdict, judge


class Told(ServedMastodon):
    """Says that it has what a test says."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock, keys=True)
        self.has: list[Stored] = []

    def stored(self) -> list[Stored]:
        return self.has


class Case:
    """Six deliveries, all out as they should be."""

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        self.paths = Paths.of(folder)
        self.paths.create()
        self.served = Told(clock)
        database = Database.open(self.paths.database, backups=self.paths.backups, clock=clock)
        ids = owing.open_profile(
            self.paths, database, folder / "keyring.json", [self.served], ["http://nowhere"], clock.now()
        )
        self.debts = Owing(database, ids, [self.served], "verdict").owe(6, clock.now(), timedelta(0))
        database.close_now()
        for number, debt in enumerate(self.debts):
            self.send(number, debt)

    def send(self, number: int, debt: Debt) -> None:
        above, progress = debt.owed.target, []
        for position, text in enumerate(debt.owed.parts):
            identity = f"{number}-{position}"
            self.served.has.append(Stored(identity, text, above))
            progress.append(f'{{"id": "{identity}", "url": ""}}')
            above = identity
        self.write(
            "UPDATE outbox SET state = 'out', progress = ? WHERE key = ?", f"[{', '.join(progress)}]", debt.owed.key
        )

    def write(self, sql: str, *values: str) -> None:
        with closing(sqlite3.connect(self.paths.database)) as connection, connection:
            connection.execute(sql, values)

    def judged(self) -> Verdict:
        return judge(self.paths.database, self.debts, [self.served])


@pytest.fixture
def case(tmp_path: Path, clock: FakeClock) -> Case:
    return Case(tmp_path, clock)


def names(*kinds: Sequence[str]) -> list[bool]:
    return [bool(kind) for kind in kinds]


def test_all_is_well_when_everything_is_there_once(case: Case) -> None:
    verdict = case.judged()
    assert verdict.sound
    assert (verdict.deliveries, verdict.out) == (6, 6)


def test_a_post_too_many_is_found(case: Case) -> None:
    case.served.has.append(Stored("again", case.served.has[0].text, ""))
    verdict = case.judged()
    assert names(verdict.twice, verdict.lost, verdict.wrong) == [True, False, False]


def test_a_post_that_is_missing_is_found(case: Case) -> None:
    del case.served.has[0]
    assert case.judged().lost


def test_a_post_that_nobody_knows_about_any_more_is_found(case: Case) -> None:
    case.write("UPDATE outbox SET state = 'claimed' WHERE key = ?", case.debts[0].owed.key)
    assert case.judged().lost


def test_two_deliveries_that_claim_the_same_post_are_found(case: Case) -> None:
    case.write(
        "UPDATE outbox SET progress = (SELECT progress FROM outbox WHERE key = ?) WHERE key = ?",
        *(debt.owed.key for debt in case.debts[:2]),
    )
    assert case.judged().wrong


def test_the_same_seed_meets_the_same_faults() -> None:
    asked = [
        Heard("POST", "/api/v1/statuses", b"", f'{{"status": "pieza {number % 40}: hoy"}}'.encode())
        for number in range(200)
    ]
    met = [[plan.of(heard)[0] for heard in asked] for plan in (Plan("1"), Plan("1"), Plan("2"))]
    assert met[0] == met[1]
    assert met[0] != met[2]
    assert len(set(met[0])) > 10
