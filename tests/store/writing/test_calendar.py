"""Campaigns, phases and marks are stored as told."""

from __future__ import annotations

from app.store.database import Database
from app.store.writing import calendar
from tests.store.making import rows


def test_a_campaign_with_a_phase_and_a_mark(database: Database):
    campaign = database.write_now(calendar.add_campaign, "Marea", "300 copias", "teal")
    phase = database.write_now(calendar.add_phase, campaign, "teaser", "2026-11-16", "2026-11-19")
    mark = database.write_now(calendar.add_mark, "launch", "«Marea» sale a la venta", "2026-11-20")
    assert rows(database, "SELECT id, name, goal, hue FROM campaign") == [(campaign, "Marea", "300 copias", "teal")]
    assert rows(database, "SELECT id, campaign_id, kind, starts_on, ends_on FROM phase") == [(phase, campaign, "teaser", "2026-11-16", "2026-11-19")]
    assert rows(database, "SELECT id, kind, title, on_day FROM mark") == [(mark, "launch", "«Marea» sale a la venta", "2026-11-20")]
