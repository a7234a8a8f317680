"""Figures of answering in words: times, shares, posts a solution, months, and what each figure rests on."""

from __future__ import annotations

from datetime import date

from app.models.support_figures import SHARES, TIMES, CaseFacts, Figure, Measure
from app.ui.insights.figures import minutes
from app.ui.look import Look


def told(look: Look, measure: Measure, value: float | None) -> str:
    """As it stands on a card."""
    if value is None:
        return look.text("insights.nothing")
    if measure in TIMES:
        return minutes(look, value)
    if measure in SHARES:
        return look.words.percent(value, 0)
    return look.number(round(value)) if measure is Measure.HANDLED else look.words.number(value, 2)


def changed(look: Look, figure: Figure) -> str:
    """With its sign; empty where there is nothing to compare with."""
    change = figure.change
    if change is None:
        return ""
    sign = {1: "+", 0: "±", -1: "\u2212"}[change.direction]
    size = abs(change.amount)
    if change.relative:
        return sign + look.words.percent(size, 1 if size < 0.1 else 0)
    if figure.measure in TIMES:
        return sign + minutes(look, size)
    if figure.measure in SHARES:
        return sign + look.text("insights.points", n=round(size * 100))
    return sign + look.words.number(size, 2)


def rests(look: Look, figure: Figure) -> str:
    """What it was taken from, now and before; means beside medians."""
    kind = "replies" if figure.measure is Measure.NEXT else "cases"
    now = look.text(f"support.n_{kind}", n=figure.samples)
    if figure.before is not None:
        now = look.text("insights.rests_on", now=now, before=look.text(f"support.n_{kind}", n=figure.samples_before))
    if figure.mean is not None:
        now = f"{now} · {look.text('support.mean', time=minutes(look, figure.mean))}"
    return f"{look.text(f'support.about.{figure.measure}')} {now}"


def counted(look: Look, measure: Measure, case: CaseFacts) -> str:
    """What one case counted for in a figure."""
    span = {Measure.FIRST: case.answered_in, Measure.NEXT: max(case.next_in, default=None), Measure.SOLVED_IN: case.solved_in}.get(measure)
    if span is not None:
        return minutes(look, span.total_seconds() / 60)
    if measure is Measure.POSTS:
        return look.text("support.n_replies", n=case.replies)
    yes = {
        Measure.HANDLED: case.handled,
        Measure.SOLVED: case.solved,
        Measure.WITHOUT_EMAIL: not case.by_email,
        Measure.STANDARD: case.standard,
    }.get(measure, False)
    return look.text("support.yes" if yes else "support.no")


def month_name(look: Look, month: str) -> str:
    """ "2026-11" as November 2026."""
    year, number = month.split("-")
    return look.words.month(date(int(year), int(number), 1))


def seconds_text(seconds: int) -> str:
    """ "1:35"; with hours "1:02:35"."""
    hours, rest = divmod(seconds, 3600)
    shown = f"{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
    return f"{hours}:{shown}" if hours else shown
