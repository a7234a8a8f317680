"""What the store reads for the Answers tab, compared with what was put into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from app.models.conversation import Category
from app.models.insight import Period, Scope
from app.models.support_figures import CallMonth, CaseFacts, Measure, Support, behind
from app.models.tables.case import Case
from app.models.tables.conversation import Message
from app.models.tables.faq import FaqEntry, FaqUse
from app.models.tables.mail import Escalation, Manager
from app.runtime.clock import from_ms, from_wall, to_ms
from app.store.database import Database
from app.store.reading.queries import StoreQueries
from app.store.writing import call_months
from tests.fakes.clock import FakeClock
from tests.store.making import NOW, NOW_MS, add_account, arrival, keep, rows

ZONE = ZoneInfo("America/Mexico_City")
TODAY = NOW.astimezone(ZONE).date()
PERIOD = Period(TODAY - timedelta(days=28), TODAY - timedelta(days=1))
MINUTE = 60_000


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return from_wall(datetime.combine(day, time(hour, minute)), ZONE).at


def nine_to_seven(since: int, until: int) -> int:
    """Working time by the minute: each day from nine to seven."""
    minutes = 0
    moment = since
    while moment < until:
        step = min(MINUTE, until - moment)
        if 9 <= from_ms(moment).astimezone(ZONE).hour < 19:
            minutes += step
        moment += step
    return minutes


def read(database: Database, *accounts: int, period: Period = PERIOD, worked: Callable[[int, int], int] = nine_to_seven) -> Support:
    scope = Scope(period, period.before, accounts, ZONE, "es")
    return database.reader.now(lambda connection: StoreQueries(connection, FakeClock()).support(scope, worked))


def cases(database: Database, *accounts: int) -> Sequence[CaseFacts]:
    scope = Scope(PERIOD, PERIOD.before, accounts, ZONE, "es")
    return database.reader.now(lambda connection: StoreQueries(connection, FakeClock()).support_cases(scope, nine_to_seven))


def older(database: Database, account_id: int) -> None:
    """A message of before both periods: what came since is known whole."""
    keep(database, account_id, arrival("old", thread_key="old", at=at(PERIOD.before.first - timedelta(days=3)), author_id="u9", author_handle="@old"))


def case_of(database: Database, number: int, **fields: object) -> None:
    (found,) = rows(database, "SELECT id FROM support_case WHERE conversation_id = ?", number)
    def change(session: Session) -> None:
        case = session.get_one(Case, found[0])
        for name, value in fields.items():
            setattr(case, name, value)

    database.write_now(change)


def test_a_case_tells_its_first_and_its_further_answers_in_working_time(database: Database, account_id: int) -> None:
    older(database, account_id)
    day = PERIOD.first
    keep(
        database,
        account_id,
        arrival("m1", thread_key="a", at=at(day, 10)),
        arrival("o1", thread_key="a", ours=True, at=at(day, 10, 20)),
        arrival("m2", thread_key="a", at=at(day, 18, 50)),
        arrival("m3", thread_key="a", at=at(day, 22)),
        arrival("o2", thread_key="a", ours=True, at=at(day + timedelta(days=1), 9, 5)),
        arrival("m4", thread_key="a", at=at(day + timedelta(days=1), 11)),
    )
    case_of(database, 2, answered_in=20 * MINUTE, replies=2)
    found = read(database, account_id)
    (case,) = cases(database, account_id)
    assert [each / timedelta(minutes=1) for each in case.next_in] == [15]
    assert found.figure(Measure.NEXT).value == 15
    assert found.figure(Measure.FIRST).value == 20
    assert (case.working, case.hour, case.weekday, case.opened_on) == (True, 10, day.weekday(), day)
    assert found.figure(Measure.SOLVED).value == 0
    assert found.figure(Measure.HANDLED).before == 0


def test_a_case_that_began_at_night_is_told_apart(database: Database, account_id: int) -> None:
    older(database, account_id)
    keep(
        database,
        account_id,
        arrival("m1", thread_key="a", at=at(PERIOD.first, 23)),
        arrival("m2", thread_key="b", at=at(PERIOD.first, 19), author_id="u2"),
        arrival("m3", thread_key="c", at=at(PERIOD.first, 18, 59), author_id="u3"),
    )
    inside, outside = read(database, account_id).hours
    assert (inside.working, inside.came, outside.came) == (True, 1, 2)


def test_standard_answers_are_counted_once_a_case_with_links_to_the_faq(database: Database, account_id: int) -> None:
    older(database, account_id)
    for number in range(3):
        keep(
            database,
            account_id,
            arrival(f"m{number}", thread_key=f"t{number}", at=at(PERIOD.first), author_id=f"u{number}"),
            arrival(f"o{number}", thread_key=f"t{number}", ours=True, at=at(PERIOD.first, 13)),
            arrival(f"p{number}", thread_key=f"t{number}", ours=True, at=at(PERIOD.first, 14)),
        )
    database.write_now(lambda s: [setattr(row, "answer_title", "Envíos") for row in _ours(s, 2)])
    database.write_now(Session.add, FaqEntry(created_at=NOW_MS, changed_at=NOW_MS))
    database.write_now(Session.add, FaqUse(entry_id=1, conversation_id=3, at=to_ms(at(PERIOD.first, 13))))
    found = read(database, account_id)
    standard = found.figure(Measure.STANDARD)
    assert (round(standard.value or 0, 3), standard.samples) == (0.667, 3)
    assert [(each.title, each.cases) for each in found.standards] == [("Envíos", 1)]
    behind_it = behind(Measure.STANDARD, cases(database, account_id))
    assert [(case.standard, case.answers) for case in behind_it] == [(True, ()), (True, ("Envíos",)), (False, ())]


def _ours(session: Session, conversation_id: int) -> list[Message]:
    return list(session.exec(select(Message).where(Message.conversation_id == conversation_id, Message.kind == "ours")))


def test_spam_and_trolls_are_no_support(database: Database, account_id: int) -> None:
    older(database, account_id)
    keep(database, account_id, *(arrival(f"m{n}", thread_key=f"t{n}", at=at(PERIOD.first), author_id=f"u{n}") for n in range(3)))
    case_of(database, 2, category=Category.SPAM)
    case_of(database, 3, category=Category.COMPLAINT, solved_at=to_ms(at(PERIOD.last)), solved_in=90 * MINUTE, replies=2, answered_in=MINUTE)
    database.write_now(Session.add, Manager(name="Marta", email="marta@tienda.example"))
    asked = Escalation(conversation_id=3, manager_id=1, account_id=account_id, token="p7k3q9", asked_at=to_ms(at(PERIOD.first, 13)))
    database.write_now(Session.add, asked)
    found = read(database, account_id)
    assert found.came == 2
    assert {line.category: line.came for line in found.categories} == {Category.COMPLAINT: 1, Category.OTHER: 1}
    assert (found.figure(Measure.SOLVED).value, found.figure(Measure.SOLVED_IN).value, found.figure(Measure.POSTS).value) == (0.5, 90, 2)
    assert found.figure(Measure.WITHOUT_EMAIL).value == 0


def test_a_period_that_is_not_known_whole_is_compared_with_nothing(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival("m1", thread_key="a", at=at(PERIOD.before.first + timedelta(days=1))))
    found = read(database, account_id)
    assert not found.compares
    assert found.figure(Measure.HANDLED).before is None
    assert found.known_since == PERIOD.before.first + timedelta(days=1)
    assert read(database, add_account(database, "@otra", "x")).known_since is None


def test_other_accounts_count_nothing(database: Database, account_id: int) -> None:
    other = add_account(database, "@otra", "x")
    keep(database, other, arrival("m1", thread_key="a", at=at(PERIOD.first)))
    assert read(database, account_id).came == 0
    assert read(database, account_id, other).came == 1
    assert read(database, account_id, other).heat[PERIOD.first.weekday()][12] == 1


def test_months_stand_beside_the_call_centres(database: Database, account_id: int) -> None:
    keep(
        database,
        account_id,
        arrival("m1", thread_key="a", at=datetime(2026, 10, 31, 23, 59, tzinfo=ZONE).astimezone(UTC)),
        arrival("m2", thread_key="b", at=datetime(2026, 11, 1, 0, 0, tzinfo=ZONE).astimezone(UTC), author_id="u2"),
    )
    case_of(database, 1, answered_in=30 * MINUTE, answered_at=NOW_MS)
    database.write_now(call_months.save, [CallMonth("2026-10", 120, 95), CallMonth("2026-09", 80, None)], NOW_MS)
    found = read(database, account_id).months
    assert [line.month for line in found] == ["2026-09", "2026-10", "2026-11"]
    assert [(line.handled, line.mean_minutes, line.over) for line in found] == [(0, None, True), (1, 30, True), (0, None, False)]
    assert [line.calls.calls if line.calls else None for line in found] == [80, 120, None]
    months = database.reader.now(lambda c: StoreQueries(c, FakeClock()).call_months())
    assert [row.month for row in months] == ["2026-10", "2026-09"]
