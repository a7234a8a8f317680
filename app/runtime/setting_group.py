"""What a group of settings is made of: its kinds of values, how each is described, and the class that all groups are made from.

Groups stand in settings.py and the files it names; what is wrong with a value is said there too.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

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


class Setting(NamedTuple):
    """One setting as the settings page needs it."""

    group: str
    name: str
    kind: Kind
    default: object
    low: int = 0
    high: int = 0
    """Bounds of a number, both included; for text, `high` is the greatest length."""
    step: int = 1
    choices: tuple[str, ...] = ()

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


class Field(NamedTuple):
    """What stands in a group's class for a setting; a group that is made has the value instead."""

    kind: Kind
    default: object
    low: int = 0
    high: int = 0
    step: int = 1
    choices: tuple[str, ...] = ()


def a_switch(default: bool) -> Any:
    return Field(Kind.SWITCH, default)


def a_number(default: int, low: int, high: int, step: int = 1) -> Any:
    return Field(Kind.NUMBER, default, low, high, step)


def a_text(default: str, longest: int, kind: Kind = Kind.TEXT) -> Any:
    return Field(kind, default, high=longest)


def a_week(default: Hours) -> Any:
    return Field(Kind.HOURS, default)


def a_list(kind: Kind) -> Any:
    return Field(kind, ())


def one_of(default: str, *choices: str) -> Any:
    return Field(Kind.CHOICE, default, choices=choices)


class Group:
    """The root of all groups; `GROUP` is the first half of the keys. A group never changes.

    Not a dataclass: each takes a millisecond to define, and settings are needed before the first page.
    """

    GROUP: ClassVar[str]

    def __init__(self, **values: object) -> None:
        """What is not given has its default."""
        fields = fields_of(type(self))
        unknown = values.keys() - fields
        if unknown:
            raise TypeError(f"{self.GROUP} has no setting {', '.join(sorted(unknown))}")
        self.__dict__.update({name: field.default for name, field in fields.items()}, **values)

    def __setattr__(self, name: str, _value: object) -> None:
        raise AttributeError(f"{self.GROUP}.{name} is changed through Settings.change")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"


def fields_of(group: type[Group]) -> dict[str, Field]:
    """The settings of a group by name, in the order in which they stand in its class."""
    return {name: field for name, field in vars(group).items() if isinstance(field, Field)}


def describe(group: type[Group]) -> tuple[Setting, ...]:
    """The settings of a group in the order in which they are shown."""
    return tuple(Setting(group.GROUP, name, *field) for name, field in fields_of(group).items())
