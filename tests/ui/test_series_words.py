"""Rules of recurring posts in words."""

from __future__ import annotations

import pytest

from app.models.series import LAST, Every, Rule
from app.ui.look import Look
from app.ui.series_words import nth_name, rule_words

SAID = [
    (Rule(weekdays=(4,)), "Every week on Friday"),
    (Rule(weeks=2, weekdays=(0, 3)), "Every 2 weeks on Monday and Thursday"),
    (Rule(Every.MONTH, 1, (1,), 2), "Every month on the second Tuesday"),
    (Rule(Every.MONTH, 1, (6,), LAST), "Every month on the last Sunday"),
]


@pytest.mark.parametrize(("rule", "said"), SAID)
def test_a_rule_is_said(look: Look, rule: Rule, said: str) -> None:
    assert rule_words(look, rule) == said


def test_each_place_of_a_month_has_a_name() -> None:
    assert [nth_name(nth) for nth in (1, 4, LAST)] == ["1", "4", "last"]
