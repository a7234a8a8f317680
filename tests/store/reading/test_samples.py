"""Measured values, asked for in each of the ways that screens need."""

from __future__ import annotations

from app.store.database import Database
from app.store.reading import samples
from app.store.writing import samples as acts


def measured(database: Database, subject: str, number: int, *values: tuple[int, int]) -> None:
    database.write_now(acts.add, [("likes", subject, number, at, value) for at, value in values], bulk=True)


def test_the_latest_value(database: Database):
    measured(database, "post", 1, (10, 3), (20, 5))
    assert database.reader.now(samples.latest, "likes", "post", 1) == 5
    assert database.reader.now(samples.latest, "likes", "post", 1, 20) == 3
    assert database.reader.now(samples.latest, "likes", "post", 1, 10) is None
    assert database.reader.now(samples.latest, "likes", "post", 2) is None


def test_a_series_in_time_order(database: Database):
    measured(database, "post", 1, (20, 5), (10, 3), (30, 8))
    assert database.reader.now(samples.series, "likes", "post", 1, 20) == [(20, 5), (30, 8)]


def test_what_was_gained_within_a_span(database: Database):
    measured(database, "account", 1, (5, 100), (15, 110), (25, 130))
    measured(database, "account", 2, (15, 50), (18, 52))
    assert database.reader.now(samples.gained, "likes", "account", [1, 2], 10, 20) == 12
    assert database.reader.now(samples.gained, "likes", "account", [1], 10, 30) == 30
    assert database.reader.now(samples.gained, "likes", "account", [1], 30, 40) is None
    assert database.reader.now(samples.gained, "likes", "account", [], 0, 40) is None


def test_a_post_begins_at_nothing(database: Database):
    measured(database, "post", 1, (15, 7))
    assert database.reader.now(samples.gained, "likes", "post", [1], 10, 20) == 7


def test_a_loss_is_less_than_nothing(database: Database):
    measured(database, "account", 1, (5, 100), (15, 96))
    assert database.reader.now(samples.gained, "likes", "account", [1], 10, 20) == -4
