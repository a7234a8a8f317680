"""How the rule of a recurring post is said, and what can be chosen for one."""

from __future__ import annotations

from app.models.series import LAST, Every, Rule
from app.ui.look import Look

WEEKS = (1, 2, 3, 4)
NTH = (1, 2, 3, 4, LAST)


def rule_words(look: Look, rule: Rule) -> str:
    """ "Every week on Friday", "Every month on the last Friday"."""
    names = [look.words.weekday(day + 1, long=True) for day in rule.weekdays]
    if rule.every is Every.MONTH:
        return look.text(f"series.month.{nth_name(rule.nth)}", day=names[0])
    days = look.words.listing(names)
    return look.text("series.week", days=days) if rule.weeks == 1 else look.text("series.weeks", n=rule.weeks, days=days)


def weeks_words(look: Look, weeks: int) -> str:
    """ "Every week", "Every 2 weeks": as a choice."""
    return look.text("series.every_week") if weeks == 1 else look.text("series.every_weeks", n=weeks)


def nth_name(nth: int) -> str:
    """In message ids."""
    return "last" if nth == LAST else str(nth)
