"""What a screen reader must be told of everything that is showing: names, roles, states and values."""

from __future__ import annotations

from collections.abc import Iterator

from tests.system.screen_reader import Thing

ACTS = {
    "button", "push button", "toggle button", "check box", "radio button", "page tab", "combo box", "spin button", "text", "entry", "password text",
    "slider", "link", "list", "list item", "table", "table cell", "menu", "menu item", "check menu item", "radio menu item", "chart", "document text",
    "separator", "calendar", "editbar", "paragraph", "tool bar", "menu bar", "switch", "dialog", "label", "panel",
}  # fmt: skip
"""Roles that something the keyboard stops at may have: each says what can be done with it. A label's text can be selected, a panel scrolls."""
MEANINGLESS = {"filler", "unknown", "invalid"}
"""Screen readers pass over these, with their names."""


def faults(root: Thing) -> list[str]:
    """In the words of whoever has to mend it."""
    return [*_nameless(root), *_meaningless(root), *_stateless(root), *_alike(root)]


def _nameless(root: Thing) -> Iterator[str]:
    for thing in root.all():
        if (
            "focusable" in thing.states
            and "enabled" in thing.states
            and not thing.name.strip()
            and thing.role != "label"
        ) or (thing.role in ("image", "icon", "chart", "dialog", "alert", "notification") and not thing.name.strip()):
            yield f"no name: {thing}"


def _meaningless(root: Thing) -> Iterator[str]:
    for thing in root.all():
        if thing.role in MEANINGLESS and thing.name.strip():
            yield f"a name that nobody says: {thing}"
        elif thing.role == "unknown":
            yield f"no role: {thing}"
        elif "focusable" in thing.states and "enabled" in thing.states and thing.role not in ACTS:
            yield f"nothing that one does something with: {thing}"


def _stateless(root: Thing) -> Iterator[str]:
    for thing in root.all():
        if thing.role in ("check box", "radio button", "switch") and "checkable" not in thing.states:
            yield f"cannot say whether it is on: {thing}"
        if thing.role == "page tab" and "selectable" not in thing.states:
            yield f"cannot say whether it is in front: {thing}"
        if thing.role in ("slider", "spin button", "progress bar") and thing.value is None:
            yield f"no value: {thing}"
        if thing.role == "page tab list":
            lit = [each for each in thing.all() if each.role == "page tab" and "selected" in each.states]
            if len(lit) > 1:
                yield f"more than one is in front: {thing}"


def _alike(root: Thing) -> Iterator[str]:
    """Buttons side by side that nobody can tell apart."""
    for thing in root.all():
        known: dict[tuple[str, str, str], Thing] = {}
        for child in thing.children:
            if child.role not in ("push button", "button", "check box", "toggle button"):
                continue
            key = (child.role, child.name, child.description)
            if key in known:
                yield f"two alike beside each other: {child}"
            known[key] = child
