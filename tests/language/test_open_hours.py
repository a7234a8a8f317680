"""Opening hours read as somebody would write them."""

from __future__ import annotations

import pytest

from app.language.open_hours import hours_in_words

WEEK = (((9 * 60, 18 * 60),),) * 5
SHOP = (*WEEK, ((10 * 60, 14 * 60 + 30),), ())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", "de lunes a viernes de 9:00 a 18:00 h, los sábados de 10:00 a 14:30 h"),
        ("en", "Monday to Friday from 9:00 to 18:00, Saturdays from 10:00 to 14:30"),
        ("fr", "du lundi au vendredi de 9 h à 18 h, le samedi de 10 h à 14 h 30"),
        ("ru", "с понедельника по пятницу с 9:00 до 18:00, по субботам с 10:00 до 14:30"),
        ("zh", "周一至周五 9:00至18:00，周六 10:00至14:30"),
        ("pl", ""),
    ],
)
def test_days_with_the_same_hours_are_said_together(language: str, said: str) -> None:
    assert hours_in_words(SHOP, language) == said


def test_every_day_and_around_the_clock_have_words_of_their_own() -> None:
    assert hours_in_words((((540, 1260),),) * 7, "es") == "todos los días de 9:00 a 21:00 h"
    assert hours_in_words((((0, 1440),),) * 7, "en") == "around the clock, every day"


def test_a_pause_at_noon_is_said_and_a_shop_without_hours_says_none() -> None:
    noon = (((540, 840), (960, 1140)), *((),) * 6)
    assert hours_in_words(noon, "es") == "los lunes de 9:00 a 14:00 h y de 16:00 a 19:00 h"
    assert hours_in_words(((),) * 7, "es") == ""
