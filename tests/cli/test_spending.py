"""The meter as the command line gives it to programs."""

from __future__ import annotations

from datetime import UTC, datetime

from app.cli.spending import spending_values
from app.models.spending import Meter, MonthSpent

END = datetime(2026, 12, 1, tzinfo=UTC)


def test_amounts_are_in_the_networks_currency() -> None:
    meter = Meter(MonthSpent("x", 7, 1_215_000, 15_000), "USD", 5_000_000, 15, 600_000, END)
    assert spending_values(meter) == {
        "currency": "USD",
        "spent": 1.215,
        "set_aside": 0.015,
        "limit": 5.0,
        "calls": 7,
        "until": END,
    }
