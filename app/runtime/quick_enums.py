"""Makes the enumerations of a library faster while it is imported.

Whoever first names Qt's namespace has PySide make 93 enumerations with 1,195 members through `Enum("Name", [("MEMBER", 1), ...])`, and
`enum` makes each member in a roundabout way that only classes with a body need: a twentieth of the time to the inbox's list. Here the
class is made by `enum` itself, without members, and these are put into it as `enum` would. What is not plain - a member named as
something that the class has, values that are no integers - is left to `enum`.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_PLAIN = {
    base: frozenset(name for kind in base.__mro__ for name in vars(kind))
    for base in (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
}
"""By what an enumeration is made of: the names that its members may not have."""
_set = type.__setattr__  # `EnumType` looks for the name among the members before


@contextmanager
def quick_enums() -> Iterator[None]:
    """Within its `with`, enumerations made by a call are made quickly. They are the same in everything that can be asked of them."""
    create: Any = enum.EnumType._create_  # type: ignore[attr-defined]

    def quickly(base: Any, class_name: str, names: Any, **values: Any) -> Any:
        if values.get("type") is not None or not _are_plain(names, _PLAIN.get(base)):
            return create(base, class_name, names, **values)
        made = create(base, class_name, [], **values)
        fill(made, names)
        return made

    enum.EnumType._create_ = quickly  # type: ignore[attr-defined]
    try:
        yield
    finally:
        enum.EnumType._create_ = create  # type: ignore[attr-defined]


def fill(made: Any, members: list[tuple[str, int]]) -> None:
    """Put members into an enumeration that has none, in their order; a value that is there already makes an alias."""
    whole, flags = issubclass(made, int), issubclass(made, enum.Flag)
    by_name, by_value, names = made._member_map_, made._value2member_map_, made._member_names_
    hashable = made.__dict__.get("_hashable_values_")  # from Python 3.13 on
    mask = singles = 0
    for name, value in members:
        member = by_value.get(value)
        if member is None:
            member = by_value[value] = int.__new__(made, value) if whole else object.__new__(made)
            kept = member.__dict__
            kept["_value_"], kept["_name_"], kept["__objclass__"], kept["_sort_order_"] = value, name, made, len(names)
            if hashable is not None:
                hashable.append(value)
            if not flags:
                names.append(name)
            elif value & (value - 1) == 0 and value:  # a combination and 0 are aliases to `enum`
                names.append(name)
                singles |= value
        mask |= value
        by_name[name] = member
        _set(made, name, member)
    if flags:
        made._flag_mask_, made._singles_mask_, made._all_bits_ = mask, singles, 2 ** mask.bit_length() - 1
        order = [by_name[name]._value_ for name in names]
        if order != sorted(order):
            made._iter_member_ = made._iter_member_by_def_


def _are_plain(names: Any, taken: frozenset[str] | None) -> bool:
    return (
        taken is not None
        and isinstance(names, list)
        and all(
            type(pair) is tuple and len(pair) == 2 and type(pair[1]) is int and pair[1] >= 0
            and pair[0] not in taken and not pair[0].startswith("_")
            for pair in names
        )
    )  # fmt: skip
