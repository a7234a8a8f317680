"""Days and times as people type them, in the window's language and in English."""

from __future__ import annotations

from datetime import date, time

import pytest

from app.runtime.words import Words
from app.ui.composer.typed import Typed, read

WEDNESDAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("fri 19:30", date(2026, 11, 20), time(19, 30)),
        ("Friday 7:30 pm", date(2026, 11, 20), time(19, 30)),
        ("tomorrow 9", date(2026, 11, 19), time(9)),
        ("today 18:05", WEDNESDAY, time(18, 5)),
        ("sun 22", date(2026, 11, 22), None),
        ("Sun 22 Nov", date(2026, 11, 22), None),
        ("Sun 22 Nov, 11:00", date(2026, 11, 22), time(11)),
        ("22 nov 2027", date(2027, 11, 22), None),
        ("3 nov", date(2027, 11, 3), None),
        ("november 22", date(2026, 11, 22), None),
        ("2026-12-24", date(2026, 12, 24), None),
        ("24/12", date(2026, 12, 24), None),
        ("24.12.2026 10:00", date(2026, 12, 24), time(10)),
        ("11:00", None, time(11)),
        ("11.30", None, time(11, 30)),
        ("1130", None, time(11, 30)),
        ("18h", None, time(18)),
        ("12 am", None, time(0)),
        ("12:15 p.m.", None, time(12, 15)),
        ("", None, None),
    ],
)
def test_english(words: Words, text: str, day: date | None, clock: time | None) -> None:
    assert read(text, words, WEDNESDAY) == Typed(day, clock)


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("mañana 9", date(2026, 11, 19), time(9)),
        ("manana 9:15", date(2026, 11, 19), time(9, 15)),
        ("hoy 6:05 p.m.", WEDNESDAY, time(18, 5)),
        ("dom 22 nov", date(2026, 11, 22), None),
        ("sábado 10:00", date(2026, 11, 21), time(10)),
        ("24 de diciembre", date(2026, 12, 24), None),
        ("1 ene", date(2027, 1, 1), None),
        ("mar 24", date(2026, 11, 24), None),
        ("15 marzo", date(2027, 3, 15), None),
        ("fri 19:30", date(2026, 11, 20), time(19, 30)),
    ],
)
def test_spanish(words: Words, text: str, day: date | None, clock: time | None) -> None:
    words.language = "es"
    assert read(text, words, WEDNESDAY) == Typed(day, clock)


@pytest.mark.parametrize("text", ["soon", "25:00", "99", "32 nov", "asdf 12:99", "12 13 14", "13 pm"])
def test_what_is_no_time_is_not_guessed(words: Words, text: str) -> None:
    assert read(text, words, WEDNESDAY) is None


def test_a_lone_number_is_an_hour_or_a_day_depending_on_the_field(words: Words) -> None:
    assert read("9", words, WEDNESDAY, alone="time") == Typed(None, time(9))
    assert read("9", words, WEDNESDAY, alone="day") == Typed(date(2026, 12, 9), None)
    assert read("22", words, WEDNESDAY, alone="day") == Typed(date(2026, 11, 22), None)
    assert read("24", words, WEDNESDAY, alone="time") is None


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_the_fields_show_can_be_read_again(words: Words, language: str) -> None:
    words.language = language
    for month in range(1, 13):
        for number in (1, 9, 22):
            day = date(2027, month, number)
            assert read(words.day(day), words, date(2026, 12, 31), alone="day") == Typed(day, None), words.day(day)
