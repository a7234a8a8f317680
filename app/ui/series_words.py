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
    return look.text("series.weeks", n=rule.weeks, days=look.words.listing(names))


def nth_name(nth: int) -> str:
    """In message ids."""
    return "last" if nth == LAST else str(nth)
