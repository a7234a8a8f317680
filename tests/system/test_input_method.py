"""Chinese typed with a real input method (IBus, libpinyin): while a word is being composed, no key of ours acts."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system import desktop as desktops
from tests.system.desktop import Desktop, Program
from tests.system.parts import need, need_file, running, wait_until
from tests.system.test_keyboards import selected

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]


@pytest.fixture
def typing_chinese(desktop: Desktop, tmp_path: Path) -> Iterator[Program]:
    desktop.use_layout("us")
    need_file("/usr/share/ibus/component/libpinyin.xml", "ibus-libpinyin")
    command = [need("ibus-daemon", "ibus"), "--panel=disable"]
    with running(command, tmp_path / "ibus.log", desktop.environment):
        wait_until("the input method on the session bus", lambda: desktop.has_name("org.freedesktop.IBus"))
        with desktops.program(desktop, tmp_path, {"QT_IM_MODULE": "ibus"}) as program:
            yield program


def choose_pinyin(desktop: Desktop) -> bool:
    """The engine can be chosen once a text field has the focus."""
    ibus = need("ibus", "ibus")
    subprocess.run([ibus, "engine", "libpinyin"], env=desktop.environment, capture_output=True, check=False)
    now = subprocess.run([ibus, "engine"], env=desktop.environment, capture_output=True, text=True, check=False)
    return now.stdout.strip() == "libpinyin"


def answers(program: Program) -> list[object]:
    """What is owed to customers; planned posts go their own way meanwhile, some to the server that holds them."""
    return [item["id"] for item in program.tell("outbox", "list") if item["kind"] == "reply"]


def test_a_word_is_composed_without_any_key_acting(typing_chinese: Program) -> None:
    program, desktop = typing_chinese, typing_chinese.desktop
    desktop.press("control+2")
    customer = selected(program)
    owed = answers(program)

    desktop.press("r")
    program.wait_for("the field for the answer", "text", ".", "focused", "editable")
    wait_until("the input method to write Chinese", lambda: choose_pinyin(desktop))
    desktop.press(*"nihao")
    desktop.press("control+return")
    assert answers(program) == owed
    desktop.press("space")

    field = wait_until("the composed word", lambda: composed(program))
    assert field == "你好"
    assert selected(program) == customer


def composed(program: Program) -> str:
    texts = (node.text for node in program.seen().all() if {"focused", "editable"} <= node.states)
    return next((text for text in texts if "你" in text), "")
