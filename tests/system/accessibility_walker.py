"""Stays on the accessibility bus as a screen reader does: tells what is showing in one program, and what it has heard of it since it was asked last.

Run by the system's own Python, whose gi knows AT-SPI. Each line on its standard input is a word (`ready`, `tree`, `focus`, `heard`), each answer one line of JSON.
"""

import json
import sys
import threading

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

MOST_CHILDREN = 80
MOST_TEXT = 200
HEARD = ("object:state-changed:focused", "object:announcement", "object:property-change:accessible-name")
"""Qt says only what somebody listens to."""
POLITE = 1


def say(answer):
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


class Walker:
    def __init__(self, wanted):
        self.wanted = wanted.lower()
        self.heard = []

    # ---- what is there

    def program(self):
        """The newest of this name: one that has ended may be told of for a while."""
        screen = Atspi.get_desktop(0)
        found = None
        for number in range(screen.get_child_count()):
            program = screen.get_child_at_index(number)
            if program is not None and self.wanted in (program.get_name() or "").lower():
                found = program
        return found

    def tree(self):
        program = self.program()
        return self.attempt(program) if program is not None else None

    def describe(self, thing):
        names = [state.value_nick for state in thing.get_state_set().get_states()]
        role = thing.get_role_name()
        if role == "filler" and thing.get_name():
            thing.clear_cache_single()  # it was asked before it had a name
            role = thing.get_role_name()
        shown = "showing" in names or role == "application"
        told = {
            "role": role,
            "name": thing.get_name() or "",
            "description": thing.get_description() or "",
            "states": names,
            "text": "",
            "value": None,
        }
        told["place"] = self.place(thing)
        if thing.get_text_iface():
            # Beyond its end some of Qt's fields answer nothing at all.
            told["text"] = Atspi.Text.get_text(thing, 0, min(MOST_TEXT, Atspi.Text.get_character_count(thing)))
        if thing.get_value_iface():
            told["value"] = Atspi.Value.get_current_value(thing)
        if thing.get_action_iface():
            told["acts"] = [
                Atspi.Action.get_action_name(thing, number) for number in range(Atspi.Action.get_n_actions(thing))
            ]
        many = min(thing.get_child_count(), MOST_CHILDREN) if shown else 0
        children = [thing.get_child_at_index(number) for number in range(many)]
        told["children"] = [
            described for child in children if child is not None for described in [self.attempt(child)] if described
        ]
        return told

    def place(self, thing):
        if not thing.get_component_iface():
            return [0, 0, 0, 0]
        box = Atspi.Component.get_extents(thing, Atspi.CoordType.SCREEN)
        return [box.x, box.y, box.width, box.height]

    def attempt(self, thing):
        """None for what vanished while it was being read, and for what is not showing."""
        try:
            told = self.describe(thing)
        except GLib.Error:
            return None
        return told if "showing" in told["states"] or told["role"] == "application" else None

    # ---- what is heard

    def listen(self):
        self.listener = Atspi.EventListener.new(self.hear)
        for kind in HEARD:
            self.listener.register(kind)

    def hear(self, event):
        try:
            if self.wanted not in (event.source.get_application().get_name() or "").lower():
                return
            if event.type.endswith("focused") and not event.detail1:
                return
            thing = event.source
            data = event.any_data
            told = {"kind": event.type.split(":")[1], "role": thing.get_role_name(), "name": thing.get_name() or ""}
            told["said"] = data if isinstance(data, str) else ""
            told["polite"] = event.detail1 == POLITE
            self.heard.append(told)
        except GLib.Error:
            return  # it has gone meanwhile

    # ---- what is asked

    def answer(self, word):
        if word == "tree":
            say(self.tree())
        elif word == "heard":
            heard, self.heard = self.heard, []
            say(heard)
        else:
            say("ready")
        return False

    def read_lines(self):
        for line in sys.stdin:
            GLib.idle_add(self.answer, line.strip())
        GLib.idle_add(Atspi.event_quit)


def main():
    walker = Walker(sys.argv[1])
    walker.listen()
    threading.Thread(target=walker.read_lines, daemon=True).start()
    Atspi.event_main()


main()
