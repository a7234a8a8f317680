"""Months of the call centre are written over, forgotten, and restored from what saving answers."""

from __future__ import annotations

from app.models.support_figures import CallMonth
from app.store.database import Database
from app.store.reading.support_figures import call_months as stored
from app.store.writing import call_months
from tests.store.making import NOW_MS


def test_what_saving_answers_takes_it_back(database: Database) -> None:
    october, november = CallMonth("2026-10", 120, 95), CallMonth("2026-11", 90, None)
    assert database.write_now(call_months.save, [october, november], NOW_MS) == [CallMonth("2026-10", None, None), CallMonth("2026-11", None, None)]
    before = database.write_now(call_months.save, [CallMonth("2026-10", None, None), CallMonth("2026-11", 91, 60)], NOW_MS)
    assert database.reader.now(stored) == [CallMonth("2026-11", 91, 60)]
    database.write_now(call_months.save, before, NOW_MS)
    assert database.reader.now(stored) == [november, october]
