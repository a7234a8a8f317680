"""What a late post does is kept as a short text and read back the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.lateness import Lateness, LateRule, lateness_of


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
