"""Figures and their changes in words: counts, minutes, shares; what is missing is "—"."""

from __future__ import annotations

from app.models.insight import SHARES, Change, Kpi, Metric
from app.ui.look import Look

HOUR, DAY = 60, 24 * 60


def figure(look: Look, metric: Metric, value: float | None) -> str:
    """As it stands on a card."""
    if value is None:
        return look.text("insights.nothing")
    if metric is Metric.ANSWER_MINUTES:
        return minutes(look, value)
    if metric in SHARES:
        return look.words.percent(value, 0)
    return look.number(round(value))


def minutes(look: Look, value: float) -> str:
    """26 min, 3 h 5 min, 2 days."""
    whole = round(value)
    if abs(whole) < HOUR:
        return look.text("insights.minutes", n=whole)
    if whole % HOUR == 0 and abs(whole) < DAY:
        return look.text("insights.hours_alone", n=whole // HOUR)
    if abs(whole) < DAY:
        return look.text("insights.hours", hours=whole // HOUR, minutes=whole % HOUR)
    return look.text("insights.days_long", n=round(whole / DAY))


def change(look: Look, metric: Metric, changed: Change) -> str:
    """With its sign: +6.1 %, −9 min, −2 pts."""
    sign = {1: "+", 0: "±", -1: "\u2212"}[changed.direction]
    size = abs(changed.amount)
    if changed.relative:
        return sign + look.words.percent(size, 1 if size < 0.1 else 0)
    if metric is Metric.ANSWER_MINUTES:
        return sign + minutes(look, size)
    return sign + look.text("insights.points", n=round(size * 100))


def rests_on(look: Look, kpi: Kpi) -> str:
    """What a figure and the one before it were taken from."""
    kind = "accounts" if kpi.metric is Metric.FOLLOWERS else "cases" if kpi.metric in (Metric.ANSWER_MINUTES, Metric.WITHOUT_EMAIL) else "posts"
    now = look.text(f"insights.n_{kind}", n=kpi.samples)
    if kpi.before is None:
        return now
    return look.text("insights.rests_on", now=now, before=look.text(f"insights.n_{kind}", n=kpi.samples_before))


def sampled(look: Look, kpi: Kpi) -> str:
    """The same in short: n = 214 · 198; the first is this period's."""
    if kpi.value is None:
        return ""
    now = look.number(kpi.samples)
    return look.text("insights.n", n=now if kpi.before is None else f"{now} · {look.number(kpi.samples_before)}")
