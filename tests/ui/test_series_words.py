"""Rules of recurring posts in words."""

from __future__ import annotations

import pytest

from app.models.series import LAST, Every, Rule
from app.ui.look import Look
from app.ui.series_words import nth_name, rule_words, weeks_words

SAID = [
    (Rule(weekdays=(4,)), "Every week on Friday"),
    (Rule(weeks=2, weekdays=(0, 3)), "Every 2 weeks on Monday and Thursday"),
    (Rule(Every.MONTH, 1, (1,), 2), "Every month on the second Tuesday"),
    (Rule(Every.MONTH, 1, (6,), LAST), "Every month on the last Sunday"),
]


@pytest.mark.parametrize(("rule", "said"), SAID)
def test_a_rule_is_said(look: Look, rule: Rule, said: str) -> None:
    assert rule_words(look, rule) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Every week", "Every 2 weeks", "Every 21 weeks", "Every week on Friday"]),
        ("es", ["Cada semana", "Cada 2 semanas", "Cada 21 semanas", "Cada semana: viernes"]),
        ("fr", ["Chaque semaine", "Toutes les 2 semaines", "Toutes les 21 semaines", "Chaque semaine : vendredi"]),
        ("ru", ["Каждую неделю", "Каждые 2 недели", "Каждую 21 неделю", "Каждую неделю: пятница"]),
        ("zh", ["每周", "每2周", "每21周", "每周：星期五"]),
    ],
)
def test_weeks_are_said_without_a_figure_for_one(look: Look, language: str, said: list[str]) -> None:
    look.words.language = language
    words = [*(weeks_words(look, weeks) for weeks in (1, 2, 21)), rule_words(look, Rule(weekdays=(4,)))]
    assert [each.replace("\u00a0", " ") for each in words] == said


def test_each_place_of_a_month_has_a_name() -> None:
    assert [nth_name(nth) for nth in (1, 4, LAST)] == ["1", "4", "last"]
