"""What settings of several values must be like."""

from __future__ import annotations

import re

import pytest

from app.runtime.setting_values import (
    LINK,
    is_absolute,
    is_closed_time,
    is_date,
    is_day,
    is_open_day,
    is_pace,
    is_rows,
    is_target,
)


def test_days_and_times() -> None:
    assert [is_date(each) for each in ("2026-11-22", "2026-02-30", "22/11/2026", 7)] == [True, False, False, False]
    assert [is_day(each) for each in (((540, 840), (900, 1140)), ((540, 840), (840, 900)), ((0, 1441),), [])] == [
        True,
        False,
        False,
        False,
    ]
    assert is_open_day(("2026-12-24", ((600, 900),)))
    assert not is_open_day(("2026-12-24",))


def test_closed_times_and_targets() -> None:
    assert is_closed_time(("Inventario", "2026-01-02", "2026-01-04"), 80)
    assert not is_closed_time(("Inventario", "2026-01-04", "2026-01-02"), 80)
    assert not is_closed_time(("Inventario", "2026-01-02", "2026-01-04"), 3)
    assert is_target((0, "order", 30, None, 0), 60)
    assert not is_target((0, "", 30, None, 0), 60)
    assert not is_target((0, "order", 90, None, 0), 60)


def test_rows_and_paths() -> None:
    assert is_rows(((1,), ()))
    assert not is_rows(([1],))
    assert [is_absolute(each) for each in ("/a", "C:\\a", "\\\\nas\\a", "a", "/a\x00b")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("discosaurora.mx/terminos", True),
        ("https://a.mx:80/x?y", True),
        ("", True),
        ("a b.mx", False),
        ("hola@a.mx", False),
    ],
)
def test_addresses(text: str, fits: bool) -> None:
    assert (re.fullmatch(LINK, text) is not None) is fits


@pytest.mark.parametrize(
    ("row", "good"),
    [((1, 3, 0), True), ((1, 0, 30), True), ((1, 0, 0), False), ((0, 3, 1), False), ((1, 51, 1), False), ((1, 3, 31), False), ((1, 3), False), ((1, "3", 1), False)],
)
def test_limits_of_an_account_are_whole_numbers_within_bounds(row: tuple[object, ...], good: bool) -> None:
    assert is_pace(row) is good
