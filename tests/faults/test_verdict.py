"""The fault suite can fail: a post too many, one that is missing and one in the wrong place are found and named; its faults follow the seed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.runtime.paths import Paths
from app.store.database import Database
from tests.fakes.clock import FakeClock
from tests.faults import owing
from tests.faults.mastodons import ServedMastodon
from tests.faults.owing import Debt, Owing
from tests.faults.proxy import Heard, Plan
from tests.faults.sorts import SPOKEN, Sort
from tests.faults.stored import Stored
from tests.faults.verdict import Verdict, judge


class Told(ServedMastodon):
    """Says that it has what a test says."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock, "told")
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
        self.debts = Owing(database, ids, [self.served], "verdict", SPOKEN).owe(6, clock.now(), timedelta(0))
        database.close_now()
        for number, debt in enumerate(self.debts):
            self.send(number, debt)

    def send(self, number: int, debt: Debt) -> None:
        above, progress = debt.owed.target, []
        for position, text in enumerate(debt.owed.parts):
            identity = f"{number}-{position}"
            self.served.has.append(Stored(identity, text, above, 0 if position else len(debt.owed.pictures)))
            progress.append(f'{{"id": "{identity}", "url": ""}}')
            above = identity
        self.write(
            "UPDATE outbox SET state = 'out', sent_at = due_at, progress = ? WHERE key = ?",
            f"[{', '.join(progress)}]",
            debt.owed.key,
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
    assert (verdict.all.deliveries, verdict.all.out) == (6, 6)


def test_a_post_too_many_is_found(case: Case) -> None:
    case.served.has.append(Stored("again", case.served.has[0].text, ""))
    verdict = case.judged()
    assert names(verdict.twice, verdict.lost, verdict.wrong) == [True, False, False]


def test_a_post_that_is_missing_is_found(case: Case) -> None:
    del case.served.has[0]
    assert case.judged().lost


def test_a_post_without_its_picture_is_found(case: Case) -> None:
    number, stored = next((at, each) for at, each in enumerate(case.served.has) if each.pictures)
    case.served.has[number] = replace(stored, pictures=0)
    assert names(case.judged().twice, case.judged().lost, case.judged().wrong) == [False, False, True]


def test_what_left_before_its_time_is_found(case: Case) -> None:
    case.write("UPDATE outbox SET sent_at = due_at - 1 WHERE key = ?", case.debts[0].owed.key)
    assert case.judged().wrong


def test_what_was_deleted_and_still_stands_there_is_found(case: Case) -> None:
    case.write("UPDATE outbox SET deleted_at = sent_at WHERE key = ?", case.debts[0].owed.key)
    assert case.judged().twice


def test_what_was_taken_back_and_stands_there_is_found(case: Case) -> None:
    case.debts[0] = replace(case.debts[0], sort=Sort.CANCELLED)
    case.write("UPDATE outbox SET state = 'let_go' WHERE key = ?", case.debts[0].owed.key)
    assert case.judged().twice
    del case.served.has[0 : len(case.debts[0].owed.parts)]
    assert case.judged().all.let_go == 1


def test_the_figures_of_all_kinds_make_the_whole(case: Case) -> None:
    verdict = case.judged()
    assert sum(figures.out for figures in verdict.by_kind.values()) == 6
    assert set(verdict.by_kind) == {debt.sort.value for debt in case.debts}


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
