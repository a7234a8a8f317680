"""What a group of settings is made of: its kinds of values, how each is described, and the class that all groups are made from.

Groups stand in settings.py and the files it names; what is wrong with a value is said there too.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar

Hours = tuple[tuple[tuple[int, int], ...], ...]
"""Seven days from Monday, each a row of blocks (from, to) in minutes since midnight, in order, apart from each other."""

Targets = tuple[tuple[int, str, int | None, int | None, int | None], ...]
"""(account id or 0 for all, category or empty for all, minutes to the first answer, to the next, to the solution): 0 promises nothing,
None leaves it to the next wider rule. Each pair of account and category once, never both for all.
"""


class Kind(StrEnum):
    """How a setting is shown and checked."""

    SWITCH = "switch"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    COUNTRY = "country"
    ZONE = "zone"
    HOURS = "hours"
    LINK = "link"
    CLOSED_DAYS = "closed_days"
    OPEN_DAYS = "open_days"
    TARGETS = "targets"
    PACES = "paces"
    FOLDER = "folder"
    KEYS = "keys"
    SORTS = "sorts"


class Setting:
    """One setting: what stands in its group's class, and what the settings page is made from. A group that is made has the value instead."""

    __slots__ = ("choices", "default", "group", "high", "kind", "low", "name", "step")

    def __init__(self, kind: Kind, default: object, low: int = 0, high: int = 0, step: int = 1, choices: tuple[str, ...] = ()) -> None:
        """`low` and `high` are the bounds of a number, both included; for text, `high` is the greatest length."""
        self.kind, self.default = kind, default
        self.low, self.high, self.step, self.choices = low, high, step, choices
        self.group = self.name = ""

    def __set_name__(self, group: type[Group], name: str) -> None:
        """Its place in the class names it."""
        self.group, self.name = group.GROUP, name

    @property
    def key(self) -> str:
        return f"{self.group}.{self.name}"

    @property
    def title_id(self) -> str:
        return f"setting.{self.key}"

    @property
    def help_id(self) -> str:
        return f"setting.{self.key}.help"

    def choice_id(self, choice: str) -> str:
        return f"setting.{self.key}.{choice}"


def a_switch(default: bool) -> Any:
    return Setting(Kind.SWITCH, default)


def a_number(default: int, low: int, high: int, step: int = 1) -> Any:
    return Setting(Kind.NUMBER, default, low, high, step)


def a_text(default: str, longest: int, kind: Kind = Kind.TEXT) -> Any:
    return Setting(kind, default, high=longest)


def a_week(default: Hours) -> Any:
    return Setting(Kind.HOURS, default)


def a_list(kind: Kind) -> Any:
    return Setting(kind, ())


def one_of(default: str, *choices: str) -> Any:
    return Setting(Kind.CHOICE, default, choices=choices)


class Group:
    """The root of all groups; `GROUP` is the first half of the keys. A group never changes.

    Not a dataclass: each takes a millisecond to define, and settings are needed before the first page.
    """

    GROUP: ClassVar[str]

    def __init__(self, **values: object) -> None:
        """What is not given has its default."""
        known = {setting.name: setting.default for setting in describe(type(self))}
        unknown = values.keys() - known
        if unknown:
            raise TypeError(f"{self.GROUP} has no setting {', '.join(sorted(unknown))}")
        self.__dict__.update({**known, **values})

    def __setattr__(self, name: str, _value: object) -> None:
        raise AttributeError(f"{self.GROUP}.{name} is changed through Settings.change")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


def describe(group: type[Group]) -> tuple[Setting, ...]:
    """The settings of a group, in the order in which they stand in its class."""
    return tuple(setting for setting in vars(group).values() if isinstance(setting, Setting))
