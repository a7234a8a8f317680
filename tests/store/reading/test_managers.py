"""Managers as lists show them, and the time each usually takes."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from app.models.manager import ManagerRow
from app.models.tables.mail import Escalation
from app.store.database import Database
from app.store.reading import managers as reading
from app.store.reading.queries import StoreQueries
from app.store.writing import managers
from tests.fakes.clock import FakeClock
from tests.store.making import NOW_MS, add_account, arrival, keep, rows

MINUTE = 60_000
MARTA = ManagerRow(
    0,
    "Marta",
    "Gerente",
    "marta@tienda.example",
    ("complaint",),
    ("es", "en"),
    "",
    (((540, 1080),),) * 5 + ((),) * 2,
    True,
)


def answered(database: Database, manager_id: int, *minutes: int | None) -> None:
    account_id = add_account(database)
    keep(database, account_id, arrival())
    ((conversation_id,),) = rows(database, "SELECT id FROM conversation LIMIT 1")

    def act(session: Session) -> None:
        for place, took in enumerate(minutes):
            values: dict[str, Any] = {
                "conversation_id": conversation_id,
                "manager_id": manager_id,
                "account_id": account_id,
                "token": f"t{manager_id}-{place}",
            }
            session.add(
                Escalation(**values, asked_at=NOW_MS, answered_at=None if took is None else NOW_MS + took * MINUTE)
            )

    database.write_now(act)


def test_they_stand_by_name_with_all_that_is_known(database: Database, clock: FakeClock) -> None:
    first = database.write_now(managers.save, MARTA)
    second = database.write_now(managers.save, ManagerRow(0, "ana", "", "ana@tienda.example"))
    found = database.reader.now(reading.managers)
    assert [row.id for row in found] == [second, first]
    assert found[1] == MARTA._replace(id=first)
    assert database.reader.now(lambda c: StoreQueries(c, clock).managers()) == found


def test_they_say_when_the_last_answers_were_asked_and_came(database: Database) -> None:
    number = database.write_now(managers.save, MARTA)
    assert database.reader.now(reading.answer_times, number) == ()
    answered(database, number, 10, 30, 500, None)
    row = database.reader.now(reading.manager, number)
    assert row is not None
    assert [(came - asked) // MINUTE for asked, came in row.answer_times] == [500, 30, 10]


def test_removed_ones_are_known_by_number_alone(database: Database) -> None:
    number = database.write_now(managers.save, MARTA)
    assert database.reader.now(reading.by_email, " MARTA@tienda.example ") is not None
    database.write_now(managers.remove, number, NOW_MS)
    assert database.reader.now(reading.managers) == []
    assert database.reader.now(reading.by_email, "marta@tienda.example") is None
    assert database.reader.now(reading.manager, number) is not None
