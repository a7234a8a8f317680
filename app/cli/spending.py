"""What calls to networks that charge have cost, as values for programs that read the command line's answers."""

from __future__ import annotations

from app.models.spending import MILLION, Meter


def spending_values(meter: Meter) -> dict[str, object]:
    """A month of UTC, amounts in the network's currency."""
    return {
        "currency": meter.currency,
        "spent": meter.month.spent / MILLION,
        "set_aside": meter.month.set_aside / MILLION,
        "limit": meter.limit / MILLION,
        "calls": meter.month.calls,
        "until": meter.ends_at,
    }
