"""Lengths of time as they are typed and read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.ui.durations import duration_text, every_text, minutes_text, minutes_typed
from app.ui.look import Look


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("45", 45), ("45 min", 45), ("2 h", 120), ("2h", 120), ("1 h 30", 90), ("1 h 30 min", 90), ("1:30", 90), ("1.5 h", 90), ("1,5 horas", 90),
        ("24 hours", 1440), ("90 minutos", 90), ("0", 0), ("", None), ("soon", None), ("-5", None), ("2 d", None), ("1 h 30 s", None),
        ("45 мин", 45), ("1 ч 30 мин", 90), ("2 часа", 120), ("2 heures", 120), ("45分钟", 45), ("1小时30分钟", 90), ("1个小时30分", 90),
    ],
)  # fmt: skip
def test_a_length_is_read_in_many_spellings(typed: str, minutes: int | None) -> None:
    assert minutes_typed(typed) == minutes


@pytest.mark.parametrize(("minutes", "text"), [(45, "45 min"), (120, "2 h"), (90, "1 h 30 min"), (2880, "48 h")])
def test_what_is_shown_can_be_typed(look: Look, minutes: int, text: str) -> None:
    assert minutes_text(look, minutes) == text
    assert minutes_typed(text) == minutes


def test_less_than_a_minute_is_said_as_one(look: Look) -> None:
    assert duration_text(look, timedelta(seconds=4)) == "1 min"
    assert duration_text(look, timedelta(minutes=34, seconds=20)) == "34 min"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["every minute", "every 5 minutes", "every 21 minutes", "every hour", "every 2 hours"]),
        ("es", ["cada minuto", "cada 5 minutos", "cada 21 minutos", "cada hora", "cada 2 horas"]),
        ("fr", ["chaque minute", "toutes les 5 minutes", "toutes les 21 minutes", "chaque heure", "toutes les 2 heures"]),
        ("ru", ["раз в минуту", "раз в 5 минут", "раз в 21 минуту", "раз в час", "раз в 2 часа"]),
        ("zh", ["每分钟", "每5分钟", "每21分钟", "每小时", "每2小时"]),
    ],
)
def test_how_often_is_said_without_a_figure_for_one(look: Look, language: str, said: list[str]) -> None:
    look.words.language = language
    assert [every_text(look, minutes).replace("\u00a0", " ") for minutes in (1, 5, 21, 60, 120)] == said
