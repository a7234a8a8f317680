"""What the store reads for a summary, compared with figures found by plain SQL over the same rows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from app.models.insight import Metric, Period, Scope, Summary
from app.models.outbox import DeliveryState
from app.models.post import PostDraft, PostFormat
from app.models.tables.case import Case
from app.models.tables.faq import FaqAsked, FaqEntry
from app.models.tables.mail import Escalation, Manager
from app.runtime.clock import from_wall, to_ms
from app.store.database import Database
from app.store.reading.insight_queries import StoreInsightQueries
from app.store.rollup import days
from app.store.writing import calendar, outbox, posts, rollup, samples
from tests.fakes.clock import FakeClock
from tests.store.making import NOW, NOW_MS, add_account, arrival, keep, owe

ZONE = ZoneInfo("America/Mexico_City")
TODAY = NOW.astimezone(ZONE).date()
PERIOD = Period(TODAY - timedelta(days=28), TODAY - timedelta(days=1))


def at(day: date, hour: int = 12) -> int:
    return to_ms(from_wall(datetime.combine(day, time(hour)), ZONE).at)


def summary(database: Database, *accounts: int, period: Period = PERIOD, beside: Period | None = None) -> Summary:
    scope = Scope(period, beside or period.before, accounts, ZONE, "es")
    return database.reader.now(lambda connection: StoreInsightQueries(connection, FakeClock()).summary(scope))


def out(database: Database, account_id: int, day: date, *, kind: PostFormat = PostFormat.INFORMS, title: str = "Marea") -> tuple[int, int]:
    """A post that went out at noon; answers (post, delivery)."""
    post_id = database.write_now(lambda s: posts.save(s, PostDraft(title=title, parts=("hola",), accounts=(account_id,), format=kind), at(day)))
    item = owe(database, account_id, post_id=post_id, due_at=from_wall(datetime.combine(day, time(12)), ZONE).at)
    database.write_now(outbox.claim, at(day), "p", 60)
    database.write_now(outbox.record_progress, item, f"remote {item}", "", at(day))
    database.write_now(outbox.move, item, DeliveryState.OUT, at(day))
    return post_id, item


def test_gains_are_counted_by_the_shops_days_and_compared_with_the_days_before(database: Database, account_id: int) -> None:
    database.write_now(rollup.set_days, days(ZONE), bulk=True)
    first, last = PERIOD.first, PERIOD.last
    _, older = out(database, account_id, first - timedelta(days=3))
    _, newer = out(database, account_id, first)
    rows = [
        ("clicks", "post", older, at(first - timedelta(days=2)), 10),
        ("clicks", "post", older, at(first, 0), 14),
        ("clicks", "post", newer, at(first, 13), 5),
        ("clicks", "post", newer, at(last, 23), 30),
        ("clicks", "post", newer, at(TODAY, 1), 300),
        ("followers", "account", account_id, at(PERIOD.before.first), 100),
        ("followers", "account", account_id, at(PERIOD.before.last, 3), 100),
        ("followers", "account", account_id, at(first), 100),
        ("followers", "account", account_id, at(last), 120),
    ]
    database.write_now(samples.add, rows)
    found = summary(database, account_id)
    clicks = found.kpi(Metric.CLICKS)
    assert (clicks.value, clicks.before) == (4 + 5 + 25, 10)
    assert clicks.series[0] == 9
    assert clicks.series[1] is None
    assert clicks.series[-1] == 25
    followers = found.kpi(Metric.FOLLOWERS)
    assert (followers.value, followers.before) == (120, 100)
    assert found.followers[0].last == 20
    assert found.compares_from is None


def test_an_account_that_is_not_looked_at_counts_nothing(database: Database, account_id: int) -> None:
    database.write_now(rollup.set_days, days(ZONE), bulk=True)
    other = add_account(database, "@otra", "x")
    _, item = out(database, other, PERIOD.first)
    database.write_now(samples.add, [("clicks", "post", item, at(PERIOD.first, 14), 5)])
    assert summary(database, account_id).kpi(Metric.CLICKS).value is None
    assert summary(database, account_id, other).kpi(Metric.CLICKS).value == 5
    assert summary(database, account_id).posts == ()


def test_posts_of_the_period_have_the_sum_of_their_accounts_last_figures(database: Database, account_id: int) -> None:
    post_id, item = out(database, account_id, PERIOD.first, kind=PostFormat.PROMO, title="Tres por dos")
    out(database, account_id, PERIOD.first - timedelta(days=1))
    out(database, account_id, TODAY)
    database.write_now(samples.add, [("clicks", "post", item, at(PERIOD.first, 14), 5), ("clicks", "post", item, at(PERIOD.last), 9)])
    found = summary(database, account_id)
    (post,) = found.posts
    assert (post.post_id, post.title, post.figures, post.networks) == (post_id, "Tres por dos", {Metric.CLICKS: 9}, ("mastodon",))
    assert (found.informs, found.sells) == (0, 1)


def test_cases_tell_how_soon_they_were_answered_and_whether_by_e_mail(database: Database, account_id: int) -> None:
    keep(database, account_id, arrival("m1", thread_key="a"), arrival("m2", thread_key="b"))
    minute = 60_000
    opened = at(PERIOD.first)
    rows = [
        Case(conversation_id=1, opened_at=opened, answered_at=opened + 10 * minute, answered_in=10 * minute, solved_at=opened + 20 * minute),
        Case(conversation_id=2, opened_at=opened, answered_at=opened + 40 * minute, answered_in=40 * minute, solved_at=opened + 90 * minute),
        Case(conversation_id=2, opened_at=at(PERIOD.before.first), answered_in=80 * minute, answered_at=opened),
        Case(conversation_id=2, opened_at=at(TODAY)),
        Manager(name="Marta", email="marta@tienda.example"),
        Escalation(conversation_id=2, manager_id=1, account_id=account_id, token="p7k3q9", asked_at=opened + minute),
    ]
    for row in rows:
        database.write_now(Session.add, row)
    found = summary(database, account_id)
    answer, without = found.kpi(Metric.ANSWER_MINUTES), found.kpi(Metric.WITHOUT_EMAIL)
    assert (answer.value, answer.before, answer.samples, answer.samples_before) == (25, 80, 2, 1)
    assert (without.value, without.samples) == (0.5, 2)


def test_the_questions_asked_most_come_first(database: Database, account_id: int) -> None:
    keep(database, account_id, *(arrival(f"m{number}", thread_key=f"t{number}") for number in range(4)))
    for row in (
        FaqEntry(state="published", question='{"es": "¿Cuándo llega?"}', created_at=NOW_MS, changed_at=NOW_MS),
        FaqEntry(state="asked", question='{"es": "¿Hay vinilo?"}', created_at=NOW_MS, changed_at=NOW_MS),
        FaqEntry(state="hidden", created_at=NOW_MS, changed_at=NOW_MS),
        FaqAsked(entry_id=2, message_id=1, at=at(PERIOD.last)),
        FaqAsked(entry_id=2, message_id=2, at=at(PERIOD.first, 0)),
        FaqAsked(entry_id=1, message_id=3, at=at(PERIOD.last)),
        FaqAsked(entry_id=3, message_id=4, at=at(PERIOD.last)),
    ):
        database.write_now(Session.add, row)
    found = summary(database, account_id)
    assert [(row.question, row.times, row.published) for row in found.asked] == [("¿Hay vinilo?", 2, False), ("¿Cuándo llega?", 1, True)]
    assert found.questions == 3


def test_launches_and_phases_explain_the_figures_and_deadlines_do_not(database: Database, account_id: int) -> None:
    campaign = database.write_now(calendar.add_campaign, "Buen Fin", "", "orange")
    database.write_now(calendar.add_phase, campaign, "promo", str(PERIOD.first - timedelta(days=3)), str(PERIOD.first))
    database.write_now(calendar.add_phase, campaign, "teaser", str(PERIOD.first), str(PERIOD.last))
    database.write_now(calendar.add_mark, "launch", "Marea", str(PERIOD.last))
    database.write_now(calendar.add_mark, "deadline", "Renta", str(PERIOD.last))
    assert [note.title for note in summary(database, account_id).notes] == ["Buen Fin", "Buen Fin", "Marea"]


def test_before_56_days_nothing_is_compared(database: Database, account_id: int) -> None:
    database.write_now(samples.add, [("followers", "account", account_id, at(PERIOD.first, 23), 7)])
    found = summary(database, account_id)
    assert found.kpi(Metric.FOLLOWERS).change is None
    assert found.compares_from == PERIOD.first + timedelta(days=56)


def test_a_summary_reads_no_table_of_samples_as_a_whole(database: Database, account_id: int) -> None:
    seen: list[str] = []
    with_plans = database.reader.now(lambda connection: connection)
    with_plans.set_trace_callback(seen.append)
    summary(database, account_id)
    with_plans.set_trace_callback(None)
    asked = [sql for sql in seen if sql.lstrip().upper().startswith("SELECT")]
    plans = [
        row[3]
        for sql in asked
        for row in database.reader.now(lambda connection, sql=sql: connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall())
    ]
    assert any("sample" in plan for plan in plans)
    big = ("sample", "figure_day", "outbox", "message", "faq_asked", "s", "o", "q")
    assert not [plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] in big]
