"""Settings of the program on its desktop: keys, notifications, tray, start at login, and what battery and network allow."""

from __future__ import annotations

from typing import ClassVar

from app.runtime.setting_group import Group, Kind, a_list, a_number, a_switch, a_text, one_of

HALF_HOUR = 30
LAST_HALF_HOUR = 23 * 60 + HALF_HOUR

MODIFIERS = "modifiers"
"""The preset without single keys."""

Keys = tuple[tuple[str, tuple[str, ...]], ...]
"""(command id, its keys) of commands whose keys the user chose."""


class Keyboard(Group):
    """Which keys act: those of a preset, the user's own before them."""

    GROUP: ClassVar[str] = "keyboard"
    single_keys: bool = a_switch(True)
    preset: str = one_of("tertulia", "tertulia", "gmail", "tweetdeck", MODIFIERS)
    own: Keys = a_list(Kind.KEYS)


class Notifications(Group):
    """What the desktop tells while the window is elsewhere."""

    GROUP: ClassVar[str] = "notifications"
    on: bool = a_switch(True)
    late: bool = a_switch(True)
    """Answers that come due."""
    private: bool = a_switch(True)
    """Private messages."""
    complaint: bool = a_switch(True)
    manager: bool = a_switch(True)
    """A manager's answer."""
    post: bool = a_switch(True)
    """Posts that failed or need a decision."""
    by_hand: bool = a_switch(True)
    spike: bool = a_switch(True)
    said: str = one_of("unlocked", "always", "unlocked", "never")
    """When names and texts of customers may be shown."""
    quiet: bool = a_switch(True)
    quiet_from: int = a_number(20 * 60, 0, LAST_HALF_HOUR, HALF_HOUR)
    """Minutes since midnight, in the shop's zone, as is the next."""
    quiet_until: int = a_number(8 * 60, 0, LAST_HALF_HOUR, HALF_HOUR)


class Desktop(Group):
    """The program among others on this computer."""

    GROUP: ClassVar[str] = "desktop"
    tray: bool = a_switch(True)
    stay: bool = a_switch(True)
    """Whether closing the window leaves the program in the tray."""
    autostart: bool = a_switch(False)
    sparing: bool = a_switch(True)
    """Less on battery and where the network is paid for by the amount."""
    paused: str = a_text("", 80)
    """ISO 8601 interval in which nothing is sent or read, over or not; not shown among the settings."""
