"""Prints where the calendar's cells, posts and cards stand on the screen, as JSON. Run by the system's own Python, whose gi knows AT-SPI."""

import json

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402


def box(thing):
    found = Atspi.Component.get_extents(thing, Atspi.CoordType.SCREEN)
    return [found.x, found.y, found.width, found.height]


def children(thing):
    found = (thing.get_child_at_index(number) for number in range(thing.get_child_count()))
    return [child for child in found if child is not None]


def walk(thing, depth=0):
    yield thing
    if depth < 30 and thing.get_role_name() != "table":
        for child in children(thing):
            try:
                yield from walk(child, depth + 1)
            except GLib.Error:
                continue  # it vanished while it was being read


def is_showing(thing):
    return thing.get_state_set().contains(Atspi.StateType.SHOWING)


def main():
    screen = Atspi.get_desktop(0)
    told = {"cells": [], "posts": [], "cards": []}
    for number in range(screen.get_child_count()):
        program = screen.get_child_at_index(number)
        if program is None or "tertulia" not in (program.get_name() or "").lower():
            continue
        for thing in walk(program):
            try:
                tell(thing, told)
            except GLib.Error:
                continue  # it vanished while it was being read
    print(json.dumps(told))


def tell(thing, told):
    role, name = thing.get_role_name(), thing.get_name() or ""
    if role == "table" and name == "Calendar" and is_showing(thing):
        told["page"] = box(thing)
        for cell in children(thing):
            told["cells"].append([cell.get_name(), box(cell)])
            told["posts"] += [[post.get_name(), box(post)] for post in children(cell)]
    elif role in ("push button", "button") and "draft" in name.lower() and is_showing(thing):
        told["cards"].append([name, box(thing)])


main()
