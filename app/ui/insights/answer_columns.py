"""Columns of the lists of the Answers tab."""

from __future__ import annotations

from app.models.support_figures import Measure, MonthLine
from app.ui.insights.answer_words import month_name, seconds_text, told
from app.ui.insights.column_list import Figures
from app.ui.insights.figures import minutes
from app.ui.look import Look


def span(look: Look, value: float | None) -> str:
    """Minutes, or that there is no figure."""
    return look.text("insights.nothing") if value is None else minutes(look, value)


def hours_name(look: Look, working: bool) -> str:
    return look.text("support.within_hours" if working else "support.outside_hours")


def category_columns(look: Look) -> list[Figures]:
    text = look.text
    nothing = text("insights.nothing")
    return [
        Figures(text("support.category"), lambda line: text(f"category.{line.category}")),
        Figures(text("support.cases"), lambda line: look.number(line.came), 56, strong=True),
        Figures(text("insights.before"), lambda line: nothing if line.before is None else look.number(line.before), 56),
        Figures(text("support.short.first"), lambda line: span(look, line.first), 90),
        Figures(text("support.short.solved"), lambda line: told(look, Measure.SOLVED, line.solved), 64),
        Figures(text("support.short.posts"), lambda line: told(look, Measure.POSTS, line.posts), 72),
    ]


def hours_columns(look: Look) -> list[Figures]:
    text = look.text
    return [
        Figures(text("support.began"), lambda row: hours_name(look, row.working)),
        Figures(text("support.cases"), lambda row: look.number(row.came), 56, strong=True),
        Figures(text("support.short.first"), lambda row: span(look, row.first), 90),
    ]


def standard_columns(look: Look) -> list[Figures]:
    text = look.text
    return [
        Figures(text("support.answer"), lambda row: str(row.title)),
        Figures(text("support.cases"), lambda row: look.number(row.cases), 56, strong=True),
    ]


def month_columns(look: Look) -> list[Figures]:
    text = look.text
    nothing = text("insights.nothing")

    def name(line: MonthLine) -> str:
        named = month_name(look, line.month)
        return named if line.over else text("support.so_far", month=named)

    def calls(line: MonthLine) -> str:
        return nothing if line.calls is None or line.calls.calls is None else look.number(line.calls.calls)

    def mean(line: MonthLine) -> str:
        seconds = None if line.calls is None else line.calls.mean_seconds
        return nothing if seconds is None else text("support.call.minutes", time=seconds_text(seconds))

    return [
        Figures(text("support.call.month"), name),
        Figures(text("support.here"), lambda line: look.number(line.handled), 64, strong=True),
        Figures(text("support.mean_here"), lambda line: span(look, line.mean_minutes), 84),
        Figures(text("support.call.calls"), calls, 64, strong=True),
        Figures(text("support.call.mean_short"), mean, 84),
    ]
