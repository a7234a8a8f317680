"""Three simulated days again: before the real window, in finer steps and by several seeds, and on a disk that really fills up."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.end_to_end.test_three_days import live, told
from tests.system.disks import closed_later

pytestmark = [pytest.mark.system, pytest.mark.timeout(1800)]


@pytest.mark.parametrize("seed", [50, 51])
def test_three_days_before_the_window(tmp_path: Path, seed: int) -> None:
    """The whole program, with somebody before its window by day."""
    found = live(
        tmp_path, seed, "--grid", "240", "--minutes", "90", "--calm", "1.5", program="tests.end_to_end.three_days_window"
    )
    assert not found["wrong"], told(found)
    done = found["figures"]["done"]
    assert found["figures"]["sent"] > 3, told(found)
    assert min(done.get(name, 0) for name in ("hidden", "lock", "language", "theme", "triage", "conversations")) > 1, told(found)
    assert sum(count for name, count in done.items() if name.startswith("ran ")) > 100, told(found)


@pytest.mark.parametrize("seed", range(20, 26))
def test_three_days_minute_by_minute(tmp_path: Path, seed: int) -> None:
    found = live(tmp_path, seed, "--grid", "60", "--minutes", "30")
    assert not found["wrong"], told(found)


@pytest.mark.parametrize("seed", [30, 31])
def test_three_days_on_a_disk_that_is_full_to_the_last_byte(tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "rest"
    folder.mkdir()
    with closed_later(tmp_path / "disk"):
        found = live(folder, seed, "--grid", "60", "--minutes", "30", "--disk", str(tmp_path / "disk"))
    assert not found["wrong"], told(found)


def test_three_days_second_by_second(tmp_path: Path) -> None:
    """Every nap as short as it is, and accounts read as often as usual: about ten minutes of a quiet machine."""
    found = live(tmp_path, 40, "--grid", "2", "--minutes", "5")
    assert not found["wrong"], told(found)
