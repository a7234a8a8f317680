"""What a late post does is kept as a short text and read back the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.lateness import LATE_FROM, Lateness, LateRule, lateness_of


@pytest.mark.parametrize("rule", list(LateRule))
def test_a_rule_comes_back_as_it_was_kept(rule: LateRule) -> None:
    assert lateness_of(Lateness(rule, 60).to_text()) == Lateness(rule, 60)


def test_patience_is_in_minutes() -> None:
    lateness = lateness_of("fine_until:90")
    assert lateness is not None
    assert lateness.patience == timedelta(hours=1, minutes=30)


def test_without_a_rule_the_setting_holds() -> None:
    assert lateness_of("") is None


def test_what_is_no_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="whenever"):
        lateness_of("whenever")


def test_patience_beyond_a_day_is_no_rule() -> None:
    """Nothing goes out two days late unasked."""
    assert lateness_of("fine_until:1440") == Lateness(LateRule.FINE_UNTIL, 1440)
    for text in ("fine_until:1441", "fine_until:0", "ask:5"):
        with pytest.raises(ValueError, match="not a"):
            lateness_of(text)
    with pytest.raises(ValueError, match="not a patience"):
        Lateness(LateRule.FINE_UNTIL, 1441)


def test_what_is_hardly_late_is_not_late_under_any_rule() -> None:
    assert {Lateness(rule, 60).patience for rule in LateRule if rule is not LateRule.FINE_UNTIL} == {LATE_FROM}
