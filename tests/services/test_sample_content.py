"""Relative days and minutes of the content files become moments of today."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.runtime.clock import from_ms
from app.runtime.errors import Damaged
from app.runtime.paths import resources
from app.services.sample_content import Days, opening_minutes, read_content, server_of
from tests.fakes.clock import WEDNESDAY_MORNING

MEXICO = ZoneInfo("America/Mexico_City")


def moment(days: Days, **item: int) -> datetime:
    found = days.moment(item)
    assert found is not None
    return from_ms(found)


def test_days_are_those_of_the_shop_and_not_of_greenwich() -> None:
    days = Days(datetime(2026, 11, 18, 3, 0, tzinfo=UTC), MEXICO)
    assert days.today == date(2026, 11, 17)
    assert moment(days, day=0, minute=0) == datetime(2026, 11, 17, 6, 0, tzinfo=UTC)
    assert moment(days, day=-2, minute=90) == datetime(2026, 11, 15, 7, 30, tzinfo=UTC)


def test_a_wall_time_stays_where_the_clock_is_put_back() -> None:
    days = Days(datetime(2026, 11, 2, 12, 0, tzinfo=UTC), ZoneInfo("America/New_York"))
    assert moment(days, day=-2, minute=600) == datetime(2026, 10, 31, 14, 0, tzinfo=UTC)
    assert moment(days, day=0, minute=600) == datetime(2026, 11, 2, 15, 0, tzinfo=UTC)


def test_minutes_count_from_now() -> None:
    days = Days(WEDNESDAY_MORNING, MEXICO)
    assert moment(days, minutes_ago=48) == WEDNESDAY_MORNING - timedelta(minutes=48)
    assert moment(days, minutes_ahead=95) == WEDNESDAY_MORNING + timedelta(minutes=95)
    assert days.moment({"key": "an idea"}) is None


@pytest.mark.parametrize(
    ("now", "ago", "ahead"),
    [
        ("2026-11-18 15:30", "2026-11-18 14:05", "2026-11-18 17:05"),
        ("2026-11-18 00:41", "2026-11-17 19:35", "2026-11-18 10:35"),  # at night
        ("2026-11-18 22:10", "2026-11-18 19:35", "2026-11-19 10:35"),  # after closing
        ("2026-11-18 09:20", "2026-11-17 19:55", "2026-11-18 10:55"),  # just opened
    ],
)
def test_the_shop_posts_while_it_is_open_whenever_somebody_looks(now: str, ago: str, ahead: str) -> None:
    looked = datetime.fromisoformat(now).replace(tzinfo=MEXICO)
    days = Days(looked, MEXICO, *opening_minutes({"public_hours": [["09:00", "14:00"], ["16:00", "21:00"]]}))

    def posted(**item: int) -> str:
        at = days.posted(item)
        assert at is not None
        return from_ms(at).astimezone(MEXICO).strftime("%Y-%m-%d %H:%M")

    assert posted(minutes_ago=85) == ago
    assert posted(minutes_ahead=95) == ahead
    assert posted(day=-1, minute=600) == "2026-11-17 10:00"
    assert days.posted({"key": "an idea"}) is None


@pytest.mark.parametrize(
    ("named", "nearest"), [("11-22", date(2026, 11, 22)), ("06-21", date(2026, 6, 21)), ("01-06", date(2027, 1, 6))]
)
def test_a_yearly_day_is_the_nearest_one(named: str, nearest: date) -> None:
    assert Days(WEDNESDAY_MORNING, MEXICO).yearly(named) == nearest


def test_a_server_is_an_address_where_there_is_one() -> None:
    assert server_of({"server": "musica.example"}) == "https://musica.example"
    assert server_of({"handle": "@discosaurora"}) == ""


def test_the_files_that_ship_are_complete() -> None:
    content = read_content(resources() / "sample")
    assert len(content.conversations) == 300
    assert len(content.shop["accounts"]) == 4
    languages = {"es", "en", "fr", "ru", "zh"}
    assert content.visitors.keys() == {"mention", "comment", "private", "thanks"}
    assert all(lines.keys() == languages and all(lines.values()) for lines in content.visitors.values())
    for texts in content.visitors["mention"].values():
        assert all(text.startswith("{us} ") for text in texts)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "campaigns.json").write_text("{", encoding="utf-8")
    with pytest.raises(Damaged) as trouble:
        read_content(tmp_path)
    assert trouble.value.message.values == {"file": "campaigns.json"}
