"""How much there is of each pillar: posts, good times, patterns and recurring posts that are still there."""

from __future__ import annotations

from datetime import date

from app.models.campaign import Pattern, Step
from app.models.post import PostDraft
from app.models.series import Rule, Series
from app.models.sorting import Uses
from app.store.database import Database
from app.store.reading import pillars
from app.store.writing import accounts, campaigns, posts, series, slots
from tests.store.making import NOW_MS, add_account


def test_nothing_is_counted_where_there_is_nothing(database: Database, account_id: int) -> None:
    database.write_now(lambda s: posts.save(s, PostDraft(parts=("Hola",), accounts=(account_id,)), NOW_MS))
    database.write_now(lambda s: slots.add(s, account_id, 2, 600, "UTC"))
    assert database.reader.now(pillars.uses) == {}


def test_each_is_counted_by_its_pillar_and_what_has_gone_is_not(database: Database, account_id: int) -> None:
    other = add_account(database, "@discos", "x")
    drafts = [
        PostDraft(parts=("Hola",), accounts=(account_id,), pillar=pillar) for pillar in ("offers", "offers", "own1")
    ]
    numbers = [database.write_now(lambda s, draft=draft: posts.save(s, draft, NOW_MS)) for draft in drafts]
    for account in (account_id, other):
        database.write_now(lambda s, account=account: slots.add(s, account, 2, 600, "UTC", "offers"))
    steps = (Step(0, 600, "a", pillar="offers"), Step(1, 600, "b", pillar="offers"), Step(2, 600, "c", pillar=""))
    pattern = database.write_now(lambda s: campaigns.save_pattern(s, Pattern("Salida", steps)))
    lunes = Series("Lunes", PostDraft(parts=("Lunes",), pillar="own1"), Rule(), 600, "UTC", date(2026, 11, 16))
    monday = database.write_now(lambda s: series.add(s, lunes))
    assert database.reader.now(pillars.uses) == {"offers": Uses(2, 2, 1), "own1": Uses(1, 0, 0, 1)}
    database.write_now(lambda s: posts.delete(s, numbers[0], NOW_MS))
    database.write_now(lambda s: accounts.remove(s, other, NOW_MS))
    database.write_now(lambda s: campaigns.remove_pattern(s, pattern, NOW_MS))
    database.write_now(lambda s: series.end(s, monday, NOW_MS))
    assert database.reader.now(pillars.uses) == {"offers": Uses(1, 1), "own1": Uses(1)}
    assert Uses().any is False
    assert Uses(series=1).any is True
