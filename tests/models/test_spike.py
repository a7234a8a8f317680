"""A spike counts its conversations."""

from __future__ import annotations

from app.models.spike import Spike


def test_it_is_as_large_as_its_conversations_are_many() -> None:
    assert Spike("descarga", (3, 2, 1), 2, 1, 0, 0).many == 3
