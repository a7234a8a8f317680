"""The hour counts active minutes alone, keeps them for the day, and begins anew at four in the morning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSettings

from app.ui.hour import ActiveMinutes, session_day
from tests.fakes.clock import FakeClock

MEXICO = ZoneInfo("America/Mexico_City")


def hour(clock: FakeClock, path: Path, active: bool = True) -> ActiveMinutes:
    return ActiveMinutes(clock, lambda: MEXICO, lambda: active, QSettings(str(path / "w.ini"), QSettings.Format.IniFormat))


def test_four_quarters_make_a_minute(clock: FakeClock, tmp_path: Path) -> None:
    counted, heard = hour(clock, tmp_path), []
    counted.changed.connect(heard.append)
    for _ in range(8):
        counted.step()
    assert (counted.minutes, heard) == (2, [1, 2])


def test_idle_time_does_not_count(clock: FakeClock, tmp_path: Path) -> None:
    counted = hour(clock, tmp_path, active=False)
    for _ in range(8):
        counted.step()
    assert counted.minutes == 0


def test_a_second_start_goes_on_counting(clock: FakeClock, tmp_path: Path) -> None:
    first = hour(clock, tmp_path)
    for _ in range(4):
        first.step()
    again, heard = hour(clock, tmp_path), []
    again.changed.connect(heard.append)
    again.start()
    assert heard == [1]


def test_the_day_begins_at_four(clock: FakeClock, tmp_path: Path) -> None:
    counted = hour(clock, tmp_path)
    for _ in range(4):
        counted.step()
    clock.advance(timedelta(hours=17, minutes=59).total_seconds())  # 3:59 the next morning
    assert counted.minutes == 1
    clock.advance(120)
    assert counted.minutes == 0
    assert session_day(datetime(2026, 11, 19, 9, 59, tzinfo=UTC), MEXICO) == "2026-11-18"
