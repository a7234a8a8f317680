"""Pairs are packed and come out as they went in."""

from __future__ import annotations

import gc

from app.language.nearby import Nearby


def test_they_come_out_as_they_went_in_as_often_as_asked() -> None:
    near = Nearby([(0, 1, 0.5)])
    near.add([(1, 2, 0.75), (3, 4, 1.0)])
    assert len(near) == 3
    assert list(near) == list(near) == [(0, 1, 0.5), (1, 2, 0.75), (3, 4, 1.0)]
    assert list(Nearby()) == []


def test_many_are_nothing_to_sweep() -> None:
    gc.collect()
    before = len(gc.get_objects())
    near = Nearby((number, number + 1, 0.5) for number in range(50_000))
    assert len(gc.get_objects()) - before < 1000
    assert len(near) == 50_000
