"""Settings of what posts and messages are sorted by: content pillars, and the categories of messages."""

from __future__ import annotations

from typing import ClassVar

from app.runtime.setting_group import Group, Kind, a_list
from app.runtime.setting_values import Sorts


class Sorting(Group):
    """What the user made of them; models/sorting.py says what that comes to with those that the program brings along."""

    GROUP: ClassVar[str] = "sorting"
    pillars: Sorts = a_list(Kind.SORTS)
    categories: Sorts = a_list(Kind.SORTS)
