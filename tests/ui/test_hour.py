"""The hour counts active minutes alone, keeps them for the day, and begins anew at four in the morning."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSettings

from app.models.hour import Activity
from app.ui.hour import GUIDE, ActiveMinutes, GuideDoor, session_day
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


def test_minutes_are_noted_by_the_page_in_front_and_kept(clock: FakeClock, tmp_path: Path) -> None:
    remembered = QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat)
    pages = iter(["inbox", "inbox", "composer", "today"])
    counted = ActiveMinutes(clock, lambda: MEXICO, lambda: True, remembered, lambda: next(pages))
    for _ in range(4):
        counted.step()
    again = ActiveMinutes(clock, lambda: MEXICO, lambda: True, remembered)
    assert [again.log.spent(again.day, each) for each in (Activity.ANSWER, Activity.PLAN)] == [30, 15]


def test_a_break_counts_nothing(clock: FakeClock, tmp_path: Path) -> None:
    counted = hour(clock, tmp_path)
    counted.paused = True
    for _ in range(8):
        counted.step()
    assert counted.minutes == 0


class GuideFake:
    """Notes what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.facts = frozenset({"guided"})

    def perform(self, verb: str) -> None:
        self.asked.append(verb)

    def resume(self) -> bool:
        self.asked.append("resume")
        return True


def test_the_guided_hour_is_made_when_it_is_first_asked_for(tmp_path: Path) -> None:
    remembered, made = QSettings(str(tmp_path / "w.ini"), QSettings.Format.IniFormat), list[GuideFake]()

    def make() -> GuideFake:
        made.append(GuideFake())
        return made[-1]

    door = GuideDoor(make, remembered)
    door.resume()
    assert (door.facts, made) == (frozenset(), [])
    door.perform("begin")
    door.perform("next")
    assert (door.facts, made[0].asked) == (frozenset({"guided"}), ["begin", "next"])
    remembered.setValue(GUIDE, "2026-11-18 decide on")
    GuideDoor(make, remembered).resume()
    assert made[1].asked == ["resume"]
