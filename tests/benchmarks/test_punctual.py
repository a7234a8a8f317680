"""The measure of punctuality measures: each item arrives once, and none before its time."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.punctual import lateness


async def test_every_item_is_measured_and_none_leaves_before_its_time(tmp_path: Path) -> None:
    late = await lateness(tmp_path / "p", items=8, spread=1.0, starting=1.5)
    assert len(late) == 8
    assert min(late) >= 0
