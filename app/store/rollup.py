"""What the posts of an account gained on each day: triggers keep the table `figure_day` right under every way of writing samples.

A sample is a running total of one delivery. What it gained is its distance from the sample before; it came on the day on which it was
seen. Gains of days before we measured (`past_day`, out of the user's own file) are added to them. Days are the shop's: the table `local_day` says when each begins, so that a day of 23 or 25 hours is one day. A question about
weeks then reads a row a day instead of every sample.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from app.runtime.clock import from_wall, to_ms

METRICS = ("likes", "reposts", "replies", "quotes", "clicks", "impressions", "profile_visits")
FIRST_DAY, LAST_DAY = date(2006, 3, 21), date(2045, 12, 31)
"""From the first post on the oldest of the networks."""
SEEN_IN_TIME_MS = 2 * 86_400_000
"""A post whose first sample is older than this at its taking brought it on days that nobody measured: no day gets it."""

_METRICS = ", ".join(f"'{each}'" for each in METRICS)
_EPOCH = date(1970, 1, 1).toordinal()
_DAY_MS = 86_400_000
_DAY = (
    "coalesce((SELECT day FROM local_day WHERE starts_at <= {at} ORDER BY starts_at DESC LIMIT 1),"
    f" {{at}} / {_DAY_MS} + {_EPOCH})"
)
_BEFORE = (
    "coalesce((SELECT s.value FROM sample AS s WHERE s.metric = {row}.metric AND s.subject = 'post' AND s.subject_id = {row}.subject_id"
    f" AND s.at < {{row}}.at ORDER BY s.at DESC LIMIT 1), CASE WHEN {{of}}.at - coalesce(o.sent_at, o.due_at) <= {SEEN_IN_TIME_MS}"
    " THEN 0 ELSE {of}.value END)"
)
"""The total before `row`, from which the gain of `of` is counted; where there is none, that is nothing, or itself."""
_MORE = " ON CONFLICT (metric, account_id, day) DO UPDATE SET gained = gained + excluded.gained;"
_INTO = "INSERT INTO figure_day (metric, account_id, day, gained)"
_NEXT = (
    " FROM sample AS n JOIN outbox AS o ON o.id = n.subject_id WHERE n.metric = {row}.metric AND n.subject = 'post'"
    " AND n.subject_id = {row}.subject_id AND n.at = (SELECT min(m.at) FROM sample AS m WHERE m.metric = {row}.metric"
    " AND m.subject = 'post' AND m.subject_id = {row}.subject_id AND m.at > {row}.at)"
)


def _own(row: str, sign: str) -> str:
    """What a sample itself gained, put onto its day or (`-`) taken off."""
    return (
        f"{_INTO} SELECT {row}.metric, o.account_id, {_DAY.format(at=f'{row}.at')}, {sign}({row}.value - {_BEFORE.format(row=row, of=row)})"
        f" FROM outbox AS o WHERE o.id = {row}.subject_id{_MORE}"
    )


def _next(row: str, sign: str) -> str:
    """The sample after it counts from it, and no longer from the one before; or (`-`) the other way round."""
    return (
        f"{_INTO} SELECT n.metric, o.account_id, {_DAY.format(at='n.at')}, {sign}({_BEFORE.format(row=row, of='n')} - {row}.value)"
        f"{_NEXT.format(row=row)}{_MORE}"
    )


def statements() -> tuple[str, ...]:
    """What a migration executes to make the triggers."""
    counts = "{row}.subject = 'post' AND {row}.metric IN (" + _METRICS + ")"
    put, taken = _own("NEW", "+") + _next("NEW", "+"), _own("OLD", "-") + _next("OLD", "-")
    return (
        f"CREATE TRIGGER figure_noted AFTER INSERT ON sample WHEN {counts.format(row='NEW')} BEGIN {put} END",
        f"CREATE TRIGGER figure_taken AFTER DELETE ON sample WHEN {counts.format(row='OLD')} BEGIN {taken} END",
        f"CREATE TRIGGER figure_changed AFTER UPDATE OF value ON sample WHEN {counts.format(row='NEW')} AND OLD.value <> NEW.value"
        f" BEGIN {_changed()} END",
        f"CREATE TRIGGER past_noted AFTER INSERT ON past_day BEGIN {_past('NEW', '+')} END",
        f"CREATE TRIGGER past_taken AFTER DELETE ON past_day BEGIN {_past('OLD', '-')} END",
        f"CREATE TRIGGER past_changed AFTER UPDATE ON past_day BEGIN {_past('OLD', '-')}{_past('NEW', '+')} END",
    )


def _past(row: str, sign: str) -> str:
    """A day out of a file, put on or (`-`) taken off; the day itself is forgotten where nothing else was counted on it."""
    values = f"{row}.metric, {row}.account_id, {row}.day, {sign}{row}.gained"
    # "WHERE true": SQLite would else take ON CONFLICT for a join's.
    put = f"{_INTO} SELECT {values} WHERE true{_MORE}"
    if sign == "+":
        return put
    # A file never says anything of a day that was measured: what is left of it is nothing, and no nought.
    return (
        f"{put} DELETE FROM figure_day WHERE metric = {row}.metric AND account_id = {row}.account_id AND day = {row}.day AND gained = 0;"
    )


def _changed() -> str:
    """Another value at the same time: its own day gains the difference, unless it is the base the others count from; the next one's loses it."""
    difference = "NEW.value - OLD.value"
    base = (
        "NOT EXISTS (SELECT 1 FROM sample AS s WHERE s.metric = NEW.metric AND s.subject = 'post' AND s.subject_id = NEW.subject_id"
        f" AND s.at < NEW.at) AND NEW.at - coalesce(o.sent_at, o.due_at) > {SEEN_IN_TIME_MS}"
    )
    return (
        f"{_INTO} SELECT NEW.metric, o.account_id, {_DAY.format(at='NEW.at')}, {difference} FROM outbox AS o"
        f" WHERE o.id = NEW.subject_id AND NOT ({base}){_MORE}"
        f"{_INTO} SELECT n.metric, o.account_id, {_DAY.format(at='n.at')}, -({difference}){_NEXT.format(row='NEW')}{_MORE}"
    )


def days(zone: tzinfo) -> list[tuple[int, int]]:
    """(when it begins in UTC milliseconds, its ordinal) of each day of a zone. Samoa had no 30 December 2011: a day that never was is none."""
    each = (FIRST_DAY + timedelta(days=number) for number in range((LAST_DAY - FIRST_DAY).days + 1))
    return list({to_ms(from_wall(datetime.combine(day, time()), zone).at): day.toordinal() for day in each}.items())


REBUILT = f"""
INSERT INTO figure_day (metric, account_id, day, gained)
SELECT metric, account_id, day, sum(gained) FROM (
    SELECT s.metric, o.account_id, {_DAY.format(at="s.at")} AS day,
        s.value - coalesce(lag(s.value) OVER (PARTITION BY s.metric, s.subject_id ORDER BY s.at),
            CASE WHEN s.at - coalesce(o.sent_at, o.due_at) <= {SEEN_IN_TIME_MS} THEN 0 ELSE s.value END) AS gained
    FROM sample AS s JOIN outbox AS o ON o.id = s.subject_id WHERE s.subject = 'post' AND s.metric IN ({_METRICS})
    UNION ALL SELECT metric, account_id, day, gained FROM past_day
) GROUP BY metric, account_id, day
"""
"""All of it from the samples and the days of files: after the shop moved to another zone."""
