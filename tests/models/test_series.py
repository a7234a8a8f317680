"""Rules of recurring posts as tables keep them."""

from __future__ import annotations

from datetime import date

import pytest
from dateutil.rrule import rrulestr

from app.models.series import LAST, Every, Rule, usual_rule


@pytest.mark.parametrize(
    "rule", [Rule(), Rule(weeks=3, weekdays=(0, 2, 6)), Rule(Every.MONTH, 1, (4,), 2), Rule(Every.MONTH, 1, (0,), LAST)]
)
def test_a_rule_comes_back_as_it_was_kept(rule: Rule) -> None:
    assert Rule.from_text(rule.to_text()) == rule
    assert rrulestr(rule.to_text()) is not None  # others read it too


@pytest.mark.parametrize("text", ["", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO", "FREQ=MONTHLY;BYDAY=+2XX"])
def test_a_rule_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a rule of ours"):
        Rule.from_text(text)


def test_every_week_on_its_weekday_is_proposed() -> None:
    assert usual_rule(date(2026, 11, 20)) == Rule(weekdays=(4,))
