"""The sample shop's needs-answer view worked empty with real keys: on US, Russian and French keyboards, and with a Chinese input method left on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.end_to_end.test_hour import (
    ALL,
    CAME_BACK,
    FROM_THE_PLAYBOOK,
    IN_OWN_WORDS,
    LIKED_AND_KEPT,
    SNOOZED,
    THANKED,
    TROLL,
    UNDONE,
    playbook_text,
)
from tests.system.desktop import Desktop, Program
from tests.system.parts import need, wait_until
from tests.system.test_input_method import choose_pinyin, composed, typing_chinese
from tests.system.test_keyboards import UNDO

__all__ = ["typing_chinese"]

pytestmark = [pytest.mark.system, pytest.mark.timeout(600)]

BY_PLACE = {"fr": {"m": "semicolon", "q": "a", "z": "w", "a": "q"}}
"""Where letters lie that the program takes by what they type."""


class Clipboard:
    """A program that owns the clipboard, as the one does in which the playbook's text was copied."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def put(self, text: str) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(text) + "\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "there\n"


@contextmanager
def clipboard(desktop: Desktop) -> Iterator[Clipboard]:
    command = [sys.executable, str(Path(__file__).with_name("clipboard.py"))]
    with subprocess.Popen(
        command,
        env=desktop.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield Clipboard(process)
        finally:
            process.terminate()


class Worker:
    """Presses keys by their place; looks where the program says that it is."""

    def __init__(self, program: Program, layout: str, clips: Clipboard) -> None:
        self.program = program
        self.layout = layout
        self.clips = clips
        self.languages = {row["author"]: row["language"] for row in program.tell("inbox", "list")}
        self.undone = False

    def key(self, *letters: str) -> None:
        self.program.desktop.press(*(BY_PLACE.get(self.layout, {}).get(letter, letter) for letter in letters))

    def work(self) -> None:
        program = self.program
        for _ in range(40):
            name = self.selected()
            if name is None:
                return
            if name not in ALL:
                self.key("j")  # somebody wrote meanwhile
                continue
            if name == UNDONE and not self.undone:
                self.do_and_undo(name)
                continue
            self.do(name)
            wait_until(f"{name} to leave", lambda name=name: self.selected() != name)
        pytest.fail(f"still there: {program.tell('inbox', 'list')}")

    def selected(self) -> str | None:
        """Whose conversation is selected; None when the list is empty."""
        while True:
            seen = self.program.seen()
            cells = [node for node in seen.all() if node.role == "table cell" and "selected" in node.states]
            if cells:
                return cells[0].name.split(",")[0]
            if any(
                "Everyone has an answer" in node.name or "Everyone has an answer" in node.text for node in seen.all()
            ):
                return None

    def do(self, name: str) -> None:
        if name == TROLL:
            self.key("m")
        elif name in CAME_BACK:
            self.key("e")
        elif name == THANKED:
            self.program.wait_for("the thanks to be offered", "push button", "^Thank", "showing")
            self.key("1")
        elif name == LIKED_AND_KEPT:
            self.key("l", "q")
        elif name == SNOOZED:
            self.snooze()
        elif name == IN_OWN_WORDS:
            self.own_words()
        else:
            self.open_reply()
            self.clips.put(playbook_text(name, self.languages[name]))
            self.program.desktop.press("shift+insert")  # where no layout types Latin letters, Qt knows no Ctrl+V
            wait_until("the text in the box", lambda: self.typed() != "")
            self.program.desktop.press("control+return")

    def do_and_undo(self, name: str) -> None:
        self.key("e")
        wait_until("the next one", lambda: self.selected() != name)
        self.program.desktop.press(UNDO[self.layout])
        wait_until("the conversation to be selected again", lambda: self.selected() == name)
        self.undone = True

    def open_reply(self) -> None:
        self.key("r")
        self.program.wait_for("the field for the answer", "text", ".", "focused", "editable")

    def typed(self) -> str:
        return next((node.text for node in self.program.seen().all() if {"focused", "editable"} <= node.states), "")

    def own_words(self) -> None:
        self.open_reply()
        self.program.desktop.press(*"ghbdtn")
        expected = "привет" if self.layout == "ru" else "ghbdtn"
        wait_until("the words in the box", lambda: self.typed() == expected)
        self.program.desktop.press("control+return")

    def snooze(self) -> None:
        self.program.desktop.press("s", "2")  # in three hours; the menu is open when the first key has been taken


class Composer(Worker):
    """Own words by an input method, which is left on for the rest of the hour."""

    def own_words(self) -> None:
        desktop = self.program.desktop
        self.open_reply()
        wait_until("the input method to write Chinese", lambda: choose_pinyin(desktop))
        desktop.press(*"nihao")
        desktop.press("control+return")
        assert self.selected() == IN_OWN_WORDS
        desktop.press("space")
        wait_until("the composed word", lambda: composed(self.program))
        desktop.press("control+return")


def check(program: Program) -> None:
    """All of it is owed or out, nothing went to the troll, and the rest is where it was put."""
    left = [row["author"] for row in program.tell("inbox", "list") if row["author"] in ALL]
    assert left == []
    ignored = [row["author"] for row in program.tell("inbox", "list", "--view", "ignored")]
    assert TROLL in ignored
    assert SNOOZED in [row["author"] for row in program.tell("inbox", "list", "--view", "snoozed")]
    assert LIKED_AND_KEPT in [row["author"] for row in program.tell("inbox", "list", "--view", "praise")]


@pytest.mark.parametrize("layout", ["us", "ru", "fr"])
def test_an_hour_is_worked_by_keys_alone(program: Program, layout: str) -> None:
    desktop = program.desktop
    desktop.press("g", "i")
    program.wait_for("a selected conversation", "table cell", ".", "selected")
    with clipboard(desktop) as clips:
        worker = Worker(program, layout, clips)
        assert set(worker.languages) == ALL
        assert len(worker.languages) == 16
        desktop.use_layout(layout)
        worker.work()
        assert worker.undone
    check(program)


def test_an_hour_is_worked_with_an_input_method_left_on(typing_chinese: Program) -> None:
    program = typing_chinese
    program.desktop.press("g", "i")
    program.wait_for("a selected conversation", "table cell", ".", "selected")
    with clipboard(program.desktop) as clips:
        Composer(program, "us", clips).work()
    check(program)


def test_the_parts_are_there() -> None:
    assert need("xdotool", "xdotool")
    assert set(FROM_THE_PLAYBOOK) < ALL
