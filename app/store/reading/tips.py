"""What tips are drawn from: questions of a week, what posts got, and how long first answers took. Each is one bounded, indexed question."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta, tzinfo

from app.models.conversation import Category
from app.models.faq import FaqState, FaqWords
from app.models.insight import Asked
from app.models.outbox import DeliveryState, OutboxKind
from app.models.post import PostFormat
from app.models.tip import Tip
from app.models.tips import ASKED_DAYS, RIPE, WEEKS, FirstAnswer, PostResult, QuestionDay, TipFacts, tips
from app.runtime.clock import from_ms, to_ms
from app.store.reading import today as brief

PUT_ASIDE = "today.put_aside"
"""The setting that keeps which suggestions are put aside, and until when."""
MOST_POSTS = 4_000
LATE_MS = 30 * 86_400_000
"""A post that went out later than this after its time is not looked for."""
MOST_CASES = 20_000
MOST_TRIED = 200
DAY = timedelta(days=1)
GAINED = ("clicks", "reposts", "replies")


def told(
    connection: sqlite3.Connection,
    now: datetime,
    zone: tzinfo,
    starts: Callable[[date], int],
    language: str,
    promise_minutes: int,
) -> list[Tip]:
    """All tips but those that are put aside."""
    aside = put_aside(connection)
    found = tips(facts(connection, now, zone, starts, language, promise_minutes))
    return [tip for tip in found if tip.key not in aside or aside[tip.key] <= now]


def facts(
    connection: sqlite3.Connection,
    now: datetime,
    zone: tzinfo,
    starts: Callable[[date], int],
    language: str,
    promise_minutes: int,
) -> TipFacts:
    """`starts` tells when a day of the shop begins; only full days count. Questions are told in `language`."""
    today = now.astimezone(zone).date()
    since, until = starts(today - WEEKS * 7 * DAY), starts(today)
    return TipFacts(
        today=today,
        asked=_asked(
            connection, starts(today - 2 * ASKED_DAYS * DAY), starts(today - ASKED_DAYS * DAY), until, language
        ),
        posts=_posts(connection, since, min(until, to_ms(now - RIPE)), zone),
        answers=_answers(connection, since, until, zone, promise_minutes),
        promise_minutes=promise_minutes,
        seconds_an_answer=brief.pace_seconds(connection, to_ms(now)),
        questions=_questions(connection, since, until, zone, today),
    )


def _asked(connection: sqlite3.Connection, since: int, middle: int, until: int, language: str) -> list[Asked]:
    count = "(SELECT count(*) FROM faq_asked AS q WHERE q.entry_id = e.id AND q.at >= ? AND q.at < ?)"
    sql = (
        f"SELECT e.id, e.question, e.category, {count}, {count} FROM faq_entry AS e"
        " WHERE e.state IN (?, ?) AND e.removed_at IS NULL ORDER BY 4 DESC LIMIT ?"
    )
    values = (middle, until, since, middle, FaqState.ASKED, FaqState.DRAFT, MOST_TRIED)
    return [
        Asked(
            number,
            FaqWords(json.loads(question)).asked_in(language),
            category,
            published=False,
            times=now,
            before=before,
        )
        for number, question, category, now, before in connection.execute(sql, values)
        if now
    ]


def _posts(connection: sqlite3.Connection, since: int, until: int, zone: tzinfo) -> list[PostResult]:
    """Deliveries of posts that went out in the span, where anything was measured."""
    latest = ", ".join(
        f"(SELECT value FROM sample AS s WHERE s.metric = '{metric}' AND s.subject = 'post' AND s.subject_id = o.id ORDER BY s.at DESC LIMIT 1)"
        for metric in GAINED
    )
    sql = (
        f"SELECT o.post_id, o.account_id, o.sent_at, p.pillar, p.format, {latest} FROM outbox AS o JOIN post AS p ON p.id = o.post_id"
        " WHERE o.kind = ? AND o.state = ? AND o.due_at >= ? AND o.due_at < ? AND o.sent_at >= ? AND o.sent_at < ?"
        " AND p.deleted_at IS NULL ORDER BY o.due_at DESC LIMIT ?"
    )
    found = []
    for post_id, account_id, sent, pillar, kind, *counts in connection.execute(
        sql, (OutboxKind.POST, DeliveryState.OUT, since - LATE_MS, until, since, until, MOST_POSTS)
    ):
        known = [count for count in counts if count is not None]
        if known:
            local = from_ms(sent).astimezone(zone)
            found.append(
                PostResult(post_id, account_id, local.weekday(), local.hour, pillar, PostFormat(kind), sum(known))
            )
    return found


def _answers(
    connection: sqlite3.Connection, since: int, until: int, zone: tzinfo, promise_minutes: int
) -> list[FirstAnswer]:
    sql = (
        "SELECT opened_at, answered_in FROM support_case WHERE opened_at >= ? AND opened_at < ? AND answered_in IS NOT NULL"
        " AND category NOT IN ('spam', 'troll') ORDER BY opened_at DESC LIMIT ?"
    )
    return [
        FirstAnswer(from_ms(opened).astimezone(zone).weekday(), took > promise_minutes * 60_000)
        for opened, took in connection.execute(sql, (since, until, MOST_CASES))
    ]


def _questions(connection: sqlite3.Connection, since: int, until: int, zone: tzinfo, today: date) -> list[QuestionDay]:
    """Of each day from that of the first question on."""
    asked = "SELECT opened_at FROM support_case WHERE opened_at >= ? AND opened_at < ? AND category = ? ORDER BY opened_at DESC LIMIT ?"
    many = Counter(
        from_ms(at).astimezone(zone).date() for (at,) in connection.execute(asked, (since, until, Category.QUESTION, MOST_CASES))
    )
    if not many:
        return []
    sold = (
        "SELECT o.sent_at FROM outbox AS o JOIN post AS p ON p.id = o.post_id WHERE o.kind = ? AND o.state = ? AND o.due_at >= ?"
        " AND o.due_at < ? AND o.sent_at >= ? AND o.sent_at < ? AND p.format = ? LIMIT ?"
    )
    values = (OutboxKind.POST, DeliveryState.OUT, since - LATE_MS, until, since, until, PostFormat.PROMO, MOST_POSTS)
    days = {from_ms(at).astimezone(zone).date() for (at,) in connection.execute(sold, values)}
    first = min(many)
    return [
        QuestionDay(many[day], day in days or day - DAY in days)
        for day in (first + number * DAY for number in range((today - first).days))
    ]


def put_aside(connection: sqlite3.Connection) -> dict[str, datetime]:
    """Suggestions that the user does not want to see, and until when (aware UTC)."""
    found = connection.execute("SELECT value FROM setting WHERE name = ?", (PUT_ASIDE,)).fetchone()
    return aside_of(found[0] if found is not None else "")


def aside_of(text: str) -> dict[str, datetime]:
    """As the setting keeps it; what cannot be read puts nothing aside."""
    try:
        read = json.loads(text) if text else {}
        return {str(key): from_ms(int(until)) for key, until in dict(read).items()}
    except (ValueError, TypeError):
        return {}
