"""Amounts as sentences have them."""

from __future__ import annotations

import pytest

from app.models.spending import amount
from app.runtime.paths import resources
from app.runtime.words import Words


@pytest.mark.parametrize(
    ("millionths", "shown"),
    [
        (0, "0.00 USD"),
        (5_000_000, "5.00 USD"),
        (200_000, "0.20 USD"),
        (15_000, "0.0150 USD"),
        (1_000, "0.0010 USD"),
        (1_234_567, "1.23 USD"),
    ],
)
def test_no_price_reads_as_nothing(millionths: int, shown: str) -> None:
    assert Words(resources() / "translations", "en").text(amount(millionths, "USD")) == shown
