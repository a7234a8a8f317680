"""The sections of Settings and which settings each shows. A setting that has no effect yet is not in here."""

from __future__ import annotations

from dataclasses import dataclass

from app.runtime.settings import (
    Analytics,
    Answer,
    Appearance,
    Desktop,
    Group,
    Hour,
    Keyboard,
    Links,
    Notifications,
    Plan,
    Posting,
    Reading,
    Reports,
    Sending,
    Setting,
    Shop,
    Sorting,
    Spelling,
    Spending,
    Style,
    describe,
)

GENERAL, ACCOUNTS, SPENDING, ANSWER, RULES, MAIL, DATA = "general", "accounts", "spending", "answer", "rules", "mail", "data"
CALENDARS = "calendars"
LINKS = "links"
ANALYTICS = "analytics"
REPORTS = "reports"

SLOTS = "slots"
SORTING = "sorting"
KEYBOARD, NOTIFICATIONS = "keyboard", "notifications"

Shown = tuple[type[Group], tuple[str, ...]]
"""A group and those of its settings that are shown, in order."""


@dataclass(frozen=True, slots=True)
class Section:
    """One entry of the column at the left. Its title is `settings.section.<id>`, what it says below `settings.section.<id>.said`."""

    id: str
    icon: str
    groups: tuple[Shown, ...] = ()

    @property
    def title_id(self) -> str:
        return f"settings.section.{self.id}"


SECTIONS: tuple[Section, ...] = (
    Section(
        GENERAL,
        "sliders-horizontal",
        (
            (Shop, ("name", "country", "zone", "language", "clock", "first_weekday", "terms")),
            (Hour, ("enabled", "minutes")),
            (Reading, ("minutes", "live", "pictures")),
            (Sending, ("undo_seconds", "numbering", "cooling")),
            (Style, ("address", "greeting", "forbidden", "posts")),
            (Posting, ("late", "late_minutes", "server_holds", "hashtags")),
            (Spelling, ("on", "words")),
        ),
    ),
    Section(ACCOUNTS, "users-three"),
    Section(SPENDING, "coins", ((Spending, ("limit", "minutes")),)),
    Section(
        ANSWER,
        "hourglass-medium",
        (
            (
                Answer,
                (
                    *("minutes", "next_minutes", "solved_minutes", "targets", "hours", "holiday_country", "holiday_region"),
                    *("closed_days", "open_days"),
                ),
            ),
        ),
    ),
    Section(SLOTS, "star", ((Posting, ("day_limit", "silence_days", "paces", "selling")),)),
    Section(RULES, "funnel"),
    Section(SORTING, "tag-simple", ((Sorting, ("pillars", "categories")),)),
    Section(MAIL, "envelope-simple"),
    Section(LINKS, "link-simple", ((Links, ("shortener", "server", "domain", "failing", "pattern")),)),
    Section(ANALYTICS, "globe", ((Analytics, ("server", "site")),)),
    Section(REPORTS, "file-pdf", ((Reports, ("rhythm", "weekday", "hour", "form", "language", "folder", "mail")),)),
    Section(CALENDARS, "calendar-blank", ((Plan, ("folder",)),)),
    Section(KEYBOARD, "keyboard", ((Keyboard, ("single_keys", "preset")),)),
    Section("appearance", "text-aa", ((Appearance, ("theme", "contrast", "density", "zoom", "motion", "footer_keys", "always_menu")),)),
    Section(
        NOTIFICATIONS,
        "bell",
        (
            (Notifications, ("on", "late", "private", "complaint", "manager", "post", "by_hand", "spike", "said", "quiet", "quiet_from", "quiet_until")),
            (Desktop, ("tray", "stay", "autostart", "sparing")),
        ),
    ),
    Section(DATA, "hard-drives"),
)


def settings_of(shown: Shown) -> tuple[Setting, ...]:
    """The described settings of a group, in the order in which they are shown."""
    group, names = shown
    known = {setting.name: setting for setting in describe(group)}
    return tuple(known[name] for name in names)
