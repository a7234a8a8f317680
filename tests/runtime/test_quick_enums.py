"""Enumerations made quickly are those that the standard library makes: compared with all that Qt's namespaces hold, and with odd ones."""

from __future__ import annotations

import enum
import pickle
from typing import Any

import pytest
from PySide6 import QtCore, QtGui, QtWidgets

from app.runtime.quick_enums import quick_enums

OF_QT = [
    found
    for holder in (
        QtCore.Qt,
        QtCore.QEvent,
        QtGui.QPainter,
        QtGui.QFont,
        QtWidgets.QStyle,
        QtWidgets.QSizePolicy,
        QtWidgets.QFrame,
    )
    for found in vars(holder).values()
    if isinstance(found, enum.EnumType)
]
ODD = [
    (enum.Flag, [("NONE", 0), ("A", 1), ("B", 2), ("BOTH", 3), ("AGAIN", 2), ("D", 8)]),
    (enum.IntFlag, [("D", 8), ("A", 1), ("B", 2), ("MASK", 0xFF)]),
    (enum.Enum, [("A", 1), ("ALIAS", 1), ("B", 0)]),
    (enum.IntEnum, [("A", 5), ("B", 3)]),
    (enum.IntEnum, [("real", 5), ("B", 3)]),
    (enum.Enum, [("name", 5), ("value", 3)]),
    (enum.Enum, [("A", "text"), ("B", -1)]),
    (enum.Flag, [("A", -2), ("B", 1)]),
    (enum.Enum, [("A", [1]), ("B", (1, 2))]),
    (enum.Enum, ["ONE", "TWO"]),
    (enum.Enum, "ONE TWO"),
]


def both_ways(base: Any, members: Any) -> tuple[Any, Any]:
    values = {"module": __name__, "qualname": "Made", "boundary": enum.KEEP}
    slowly = _outcome(base, members, values)
    with quick_enums():
        quickly = _outcome(base, members, values)
    return slowly, quickly


def _outcome(base: Any, members: Any, values: dict[str, Any]) -> Any:
    try:
        return base("Made", members, **values)
    except (TypeError, ValueError) as error:
        return repr(error)


def told(made: Any) -> Any:
    """All that a class of members keeps, where the members themselves stand for their names and what they keep."""
    if not isinstance(made, enum.EnumType):
        return made

    def plain(value: Any) -> Any:
        if isinstance(value, enum.Enum):
            return (
                "member",
                {name: told if name != "__objclass__" else "itself" for name, told in vars(value).items()},
            )
        if isinstance(value, dict):
            return {key: plain(each) for key, each in value.items()}
        return value if isinstance(value, int | str | list | tuple | type(None)) else type(value).__name__

    return {name: plain(value) for name, value in vars(made).items()}


def answers(made: Any) -> list[Any]:
    """What is asked of an enumeration in daily use."""
    members = list(made.__members__.values())
    said: list[Any] = [
        [each.name for each in made],
        len(made),
        [(repr(each), str(each), f"{each}", hash(each), bool(each)) for each in members],
    ]
    said += [[made(each.value) is each for each in members], [made[each.name] is each for each in members if each.name]]
    if issubclass(made, enum.Flag):
        for one in members[:8]:
            for other in members[:8]:
                joined = one | other
                said += [
                    repr(joined),
                    joined.value,
                    _inside(joined),
                    one in joined,
                    (one & other).value,
                    (one ^ other).value,
                ]
            said += [(~one).value, repr(made(1 << 20))]
    else:
        with pytest.raises(ValueError, match="is not a valid") as refused:
            made(123_456_789)
        said.append(str(refused.value))
    return said


def _inside(joined: Any) -> Any:
    try:
        return [each.name for each in joined]
    except AttributeError as error:  # bits that no member has
        return repr(error)


@pytest.mark.parametrize("of_qt", OF_QT, ids=lambda each: each.__qualname__)
def test_each_of_qt_is_the_same(of_qt: Any) -> None:
    members = [(name, member.value) for name, member in of_qt.__members__.items()]
    slowly, quickly = both_ways(of_qt.__mro__[1], members)
    assert told(quickly) == told(slowly)
    assert answers(quickly) == answers(slowly)


@pytest.mark.parametrize(("base", "members"), ODD, ids=str)
def test_odd_ones_are_the_same_or_refused_alike(base: Any, members: Any) -> None:
    slowly, quickly = both_ways(base, members)
    assert told(quickly) == told(slowly)


def test_a_member_can_be_kept_and_read_again() -> None:
    with quick_enums():
        globals()["Made"] = enum.Enum("Made", [("A", 1), ("B", 2)], module=__name__, qualname="Made")
    member = globals()["Made"].B
    assert pickle.loads(pickle.dumps(member)) is member


def test_afterwards_all_is_as_it_was() -> None:
    before = enum.EnumType._create_  # type: ignore[attr-defined]
    with quick_enums():
        assert enum.EnumType._create_ is not before  # type: ignore[attr-defined]
    assert enum.EnumType._create_ is before  # type: ignore[attr-defined]
