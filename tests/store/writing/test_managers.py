"""Managers are added, changed, removed and brought back."""

from __future__ import annotations

from app.models.manager import ManagerRow
from app.store.database import Database
from app.store.reading import managers as reading
from app.store.writing import managers
from tests.store.making import NOW_MS

MARTA = ManagerRow(0, "Marta", "", "marta@tienda.example")


def test_one_is_changed_removed_and_brought_back(database: Database) -> None:
    number = database.write_now(managers.save, MARTA)
    assert (
        database.write_now(
            managers.save, MARTA._replace(id=number, role="Dueña", topics=("refund",), zone="Europe/Madrid")
        )
        == number
    )
    (row,) = database.reader.now(reading.managers)
    assert (row.role, row.topics, row.zone) == ("Dueña", ("refund",), "Europe/Madrid")
    database.write_now(managers.remove, number, NOW_MS)
    assert database.reader.now(reading.managers) == []
    database.write_now(managers.restore, number)
    assert len(database.reader.now(reading.managers)) == 1
