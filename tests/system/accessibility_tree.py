"""Prints what a screen reader sees of one program as JSON (`null`: not there). Run by the system's own Python, whose gi knows AT-SPI."""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

MOST_CHILDREN = 60


def describe(thing):
    """A table may say that it has a million rows: only the first children are asked for, and all that are showing."""
    states = thing.get_state_set()
    names = [state.value_nick for state in states.get_states()]
    text = ""
    if thing.get_text_iface():
        # Beyond its end some of Qt's fields answer nothing at all.
        text = Atspi.Text.get_text(thing, 0, min(200, Atspi.Text.get_character_count(thing)))
    children = [thing.get_child_at_index(number) for number in range(min(thing.get_child_count(), MOST_CHILDREN))]
    return {
        "role": thing.get_role_name(),
        "name": thing.get_name() or "",
        "description": thing.get_description() or "",
        "states": names,
        "text": text,
        "children": [described for child in children if child is not None for described in [attempt(child)] if described],
    }


def attempt(thing):
    """None for what vanished while it was being read."""
    try:
        return describe(thing)
    except GLib.Error:
        return None


def main():
    screen = Atspi.get_desktop(0)
    for number in range(screen.get_child_count()):
        program = screen.get_child_at_index(number)
        if program is not None and sys.argv[1].lower() in (program.get_name() or "").lower():
            print(json.dumps(attempt(program)))
            return
    print("null")


main()
