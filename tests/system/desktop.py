"""A real little X11 desktop of our own: virtual display, window manager, session bus, accessibility bus and unlocked keyring."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.system.parts import need, need_file, read_line_from, running, wait_until

ROOT = Path(__file__).resolve().parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's own: the accessibility library's Python part is made for it and not for our environment."""

# Qt 6 says this about itself whenever a screen reader asks; nothing of ours can change it.
NOISE = "qt.accessibility.atspi:"

# Keys by their place, as X11 counts them (US letters): the layout decides what they type.
KEYCODES = {name: 24 + place for place, name in enumerate("qwertyuiop")}
KEYCODES |= {name: 38 + place for place, name in enumerate("asdfghjkl")}
KEYCODES |= {name: 52 + place for place, name in enumerate("zxcvbnm")}
KEYCODES |= {name: 10 + place for place, name in enumerate("1234567890")}
KEYCODES |= {"control": 37, "space": 65, "return": 36, "alt": 64, "f4": 70, "tab": 23, "semicolon": 47, "shift": 50, "insert": 118}


@dataclass(frozen=True)
class Node:
    """One thing that a screen reader would find."""

    role: str
    name: str
    description: str
    states: frozenset[str]
    text: str
    children: tuple[Node, ...] = ()

    def all(self) -> Iterator[Node]:
        yield self
        for child in self.children:
            yield from child.all()

    def outline(self, depth: int = 0) -> str:
        """For failure messages."""
        line = f"{'  ' * depth}{self.role} {self.name!r} {self.text!r} [{' '.join(sorted(self.states))}]"
        return "\n".join([line, *(child.outline(depth + 1) for child in self.children)])


@dataclass
class Desktop:
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *command: str, seconds: float = 60, stdin: str | None = None, extra: Mapping[str, str] | None = None) -> str:
        """Run a command on this desktop and return what it printed; a failure shows what it complained about."""
        done = subprocess.run(
            command, env={**self.environment, **(extra or {})}, input=stdin, capture_output=True, text=True, check=False, timeout=seconds
        )
        assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}{done.stderr}"
        return done.stdout

    def use_layout(self, layout: str) -> None:
        self.run(need("setxkbmap", "x11-xkb-utils"), layout)

    def press(self, *places: str) -> None:
        """Press keys one after the other by their place on the board; "control+2" holds the first down."""
        for chord in places:
            keys = ["Escape" if name == "escape" else str(KEYCODES[name]) for name in chord.split("+")]  # xdotool takes its code, 9, for a digit
            down = [part for key in keys for part in ("keydown", key)]
            up = [part for key in reversed(keys) for part in ("keyup", key)]
            self.run(need("xdotool", "xdotool"), *down, *up)

    def type(self, text: str) -> None:
        """Whatever keys the layout has for it; ASCII alone is certain to arrive."""
        self.run(need("xdotool", "xdotool"), "type", "--delay", "5", text)

    def windows(self, title: str) -> list[str]:
        done = subprocess.run(
            [need("xdotool", "xdotool"), "search", "--onlyvisible", "--name", title], env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout.split()

    def has_name(self, name: str) -> bool:
        """Does a program on the session bus own this name?"""
        answer = self.run(
            need("dbus-send", "dbus"), "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", f"string:{name}"
        )
        return "true" in answer

    def accessible(self, application: str) -> Node | None:
        """What a screen reader sees of a program, by the name under which it is on the accessibility bus; None: not there (yet)."""
        script = str(Path(__file__).with_name("accessibility_tree.py"))
        found = json.loads(self.run(SYSTEM_PYTHON, script, application))
        return node(found) if found else None


def node(found: Mapping[str, Any]) -> Node:
    children = tuple(node(child) for child in found["children"])
    return Node(found["role"], found["name"], found["description"], frozenset(found["states"]), found["text"], children)


@contextlib.contextmanager
def desktop(folder: Path) -> Iterator[Desktop]:
    """Everything is started by us on a display and buses of its own, in folders of its own, and ended afterwards."""
    made = Desktop(folder, private_environment(folder))
    with contextlib.ExitStack() as parts:

        def start(name: str, *command: str, **options: Any) -> subprocess.Popen[bytes]:
            return parts.enter_context(running(command, folder / f"{name}.log", made.environment, **options))

        screen = ("-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset")
        xvfb = need("Xvfb", "xvfb")
        number = read_line_from(lambda ready: start("xvfb", xvfb, "-displayfd", str(ready), *screen, pass_fds=[ready]))
        made.environment["DISPLAY"] = f":{number}"

        bus = need("dbus-daemon", "dbus")
        address = read_line_from(lambda ready: start("bus", bus, "--session", "--nofork", f"--print-address={ready}", pass_fds=[ready]))
        made.environment["DBUS_SESSION_BUS_ADDRESS"] = address

        start("openbox", need("openbox", "openbox"), "--sm-disable")
        switch_accessibility_on(made)
        unlock_keyring(made, start)
        yield made


def private_environment(folder: Path) -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("QT_", "XDG_", "DBUS_", "WAYLAND_", "PYTHON"))}
    for name, place in {"RUNTIME_DIR": "run", "CONFIG_HOME": "config", "DATA_HOME": "data", "CACHE_HOME": "cache"}.items():
        (folder / place).mkdir(mode=0o700)
        environment[f"XDG_{name}"] = str(folder / place)
    return environment | {"HOME": str(folder), "LC_ALL": "C.UTF-8", "XDG_SESSION_TYPE": "x11", "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}


def switch_accessibility_on(desktop: Desktop) -> None:
    """As a screen reader does when it starts: toolkits then build their trees."""
    need_file("/usr/libexec/at-spi-bus-launcher", "at-spi2-core")
    status = ("--dest=org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties.Set", "string:org.a11y.Status")
    for switch in ("IsEnabled", "ScreenReaderEnabled"):
        desktop.run(need("dbus-send", "dbus"), "--session", "--print-reply", *status, f"string:{switch}", "variant:boolean:true")


def unlock_keyring(desktop: Desktop, start: Any) -> None:
    password = desktop.folder / "password"
    password.write_text("of the system tests", encoding="utf-8")
    with password.open("rb") as file:
        start("keyring", need("gnome-keyring-daemon", "gnome-keyring"), "-f", "--unlock", "--components=secrets", stdin=file)
        wait_until("the keyring on the session bus", lambda: desktop.has_name("org.freedesktop.secrets"))
    password.unlink()


@dataclass
class Program:
    """Tertulia running on the desktop with a profile of its own."""

    desktop: Desktop
    process: subprocess.Popen[bytes]
    profile: Path
    complaints: Path
    """What it wrote to its standard error."""
    options: tuple[str, ...] = ("--sample",)

    def window(self, title: str = "Tertulia") -> str:
        def look() -> str | None:
            assert self.process.poll() is None, f"the program ended with {self.process.returncode}:\n{self.complaints.read_text('utf-8')}"
            return next(iter(self.desktop.windows(title)), None)

        return wait_until("Tertulia's window", look, 60)

    def seen(self) -> Node:
        """What a screen reader sees now."""
        return wait_until("Tertulia on the accessibility bus", lambda: self.desktop.accessible("tertulia"))

    def wait_for(self, what: str, role: str | None, name: str, *states: str) -> Node:
        """The first thing of this role (None: of any) whose name fits the pattern and which has these states."""
        latest: list[Node] = []

        def look() -> Node | None:
            latest[:] = [self.seen()]
            fitting = (node for node in latest[0].all() if role in (None, node.role) and re.search(name, node.name) and set(states) <= node.states)
            return next(fitting, None)

        try:
            return wait_until(what, look)
        except BaseException:
            print(latest[0].outline() if latest else "nothing was seen")
            raise

    def complained(self) -> list[str]:
        """The lines on its standard error that are not Qt's own."""
        lines = self.complaints.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.strip() and not line.startswith(NOISE)]

    def tell(self, *arguments: str) -> list[dict[str, Any]]:
        """The command line on the same profile; one JSON object a line."""
        told = self.desktop.run(sys.executable, "-P", "-m", "app", "--profile", str(self.profile), *self.options, "--json", *arguments)
        return [json.loads(line) for line in told.splitlines()]


@contextlib.contextmanager
def started(
    desktop: Desktop, folder: Path, options: Sequence[str], extra: Mapping[str, str] | None = None, profile: Path | None = None
) -> Iterator[Program]:
    """Start the program and wait for its window to come to the front. The profile is in the folder unless it is told to be elsewhere."""
    profile, complaints = profile or folder / "profile", folder / "complaints.txt"
    command = [sys.executable, "-P", "-m", "app", "--profile", str(profile), *options]
    with running(command, complaints, {**desktop.environment, **(extra or {})}) as process:
        made = Program(desktop, process, profile, complaints, tuple(options))
        desktop.run(need("xdotool", "xdotool"), "windowactivate", "--sync", made.window())
        yield made


@contextlib.contextmanager
def program(desktop: Desktop, folder: Path, extra: Mapping[str, str] | None = None) -> Iterator[Program]:
    """Start the program on the sample shop and wait for its first page."""
    with started(desktop, folder, ["--sample"], extra) as made:
        # On its first start the program makes the sample shop behind a page of its own, which answers to no command yet.
        made.wait_for("the first page", "page tab", "^Today", "showing", "selected")
        yield made
