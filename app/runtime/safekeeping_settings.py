"""Settings of how the data is kept safe."""

from __future__ import annotations

from typing import ClassVar

from app.runtime.setting_group import Group, a_switch


class Safekeeping(Group):
    """Backups that make themselves."""

    GROUP: ClassVar[str] = "safekeeping"
    automatic: bool = a_switch(True)
    """Whether a backup is made each day."""
