"""The program as a screen reader has it, on a real desktop: every page, tab, section of Settings and sheet; what is said unasked; and the keyboard."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.ui.insights.tabs import TABS
from app.ui.pages import ENTRIES, STARTING
from app.ui.settings.sections import SECTIONS
from tests.system.accessibility_rules import faults
from tests.system.desktop import ROOT, Desktop
from tests.system.parts import wait_until
from tests.system.screen_reader import Event, ScreenReader, Thing, screen_reader
from tests.ui.catalogues import catalogue
from tests.ui.scenes import SCENES

pytestmark = [pytest.mark.system, pytest.mark.timeout(1200)]

PAGES = tuple(entry.id for entry in ENTRIES if entry.id != STARTING)
"""Starting goes by itself, as soon as the data is there."""
PLACES = (
    *(f"page {page}" for page in PAGES),
    *(f"page insights:{tab.id}" for tab in TABS),
    *(f"section {section.id}" for section in SECTIONS),
)
LONGEST_WAY = 120
"""Stops of the keyboard on one page."""


class Stage:
    """The other end of on_stage.py."""

    def __init__(self, process: subprocess.Popen[str], complaints: Path) -> None:
        self._process = process
        self._complaints = complaints

    def show(self, words: str) -> str:
        """What lies on top of the page then: the kind of a sheet or menu, "-" for nothing."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{words}\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline().strip()
        assert answer, f"{words}:\n{self._complaints.read_text('utf-8')[-4000:]}"
        return answer


@pytest.fixture(scope="module")
def stage(desktop: Desktop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """The window over the sample shop, which shows what it is told."""
    complaints = tmp_path_factory.mktemp("stage") / "complaints.txt"
    command = [sys.executable, "-P", "-m", "tests.system.on_stage"]
    with (
        complaints.open("w") as log,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env=desktop.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        try:
            yield Stage(process, complaints)
        finally:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.close()  # type: ignore[union-attr]
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture(scope="module")
def reader(desktop: Desktop, stage: Stage) -> Iterator[ScreenReader]:
    stage.show("page today")
    with screen_reader(desktop) as made:
        yield made


def test_every_page_tab_and_section_says_what_it_is(stage: Stage, reader: ScreenReader) -> None:
    found: dict[str, str] = {}
    for place in PLACES:
        if place.startswith("section"):
            stage.show("page settings")
        stage.show(place)
        for fault in faults(reader.tree()):
            found.setdefault(fault.split(" at (")[0], place)
    assert not found, "\n".join(f"{place}: {fault}" for fault, place in found.items())


def test_every_sheet_and_question_says_what_it_is(stage: Stage, reader: ScreenReader) -> None:
    """Menus are Qt's own, which tells screen readers of them."""
    found: dict[str, str] = {}
    for scene in SCENES:
        on_top = stage.show(f"scene {scene}")
        tree = reader.tree()
        for fault in faults(tree):
            found.setdefault(fault.split(" at (")[0], scene)
        if on_top.endswith("Sheet") and not any(thing.role == "dialog" for thing in tree.all()):
            found.setdefault(f"no dialog: {on_top}", scene)
        stage.show("clear")
    assert not found, "\n".join(f"{scene}: {fault}" for fault, scene in found.items())


def test_what_passes_is_said_politely_and_what_failed_at_once(stage: Stage, reader: ScreenReader) -> None:
    words = catalogue("en")["shell.crash_title"][0]
    stage.show("page today")
    for verb, polite in (("toast", True), ("fail", False)):
        reader.forget()
        stage.show(f"{verb} shell.crash_title")
        said = reader.wait_for("it to be said", lambda event: event.kind == "announcement" and words in event.said)
        assert said.polite is polite, verb
        stage.show("clear")
    reader.forget()
    stage.show("banner shell.crash_title")
    assert reader.wait_for(
        "the banner to be said", lambda event: event.kind == "announcement" and words in event.said
    ).polite
    assert any(thing.role == "alert" and words in thing.name for thing in reader.tree().all())
    stage.show("clear")


def test_tab_goes_round_the_inbox_and_back_again(desktop: Desktop, stage: Stage, reader: ScreenReader) -> None:
    stage.show("clear")
    stage.show("page inbox")
    way = walked(desktop, reader, "tab")
    assert len(way) > 10
    assert {"table Conversations", "list Conversation"} <= set(way)
    assert any(stop.startswith("text Reply to") for stop in way)
    assert any(stop.startswith("page tab Inbox") for stop in way)
    back = walked(desktop, reader, "shift+tab")
    assert set(back) == set(way)


def test_escape_leaves_a_sheet_and_the_keyboard_is_where_it_was(
    desktop: Desktop, stage: Stage, reader: ScreenReader
) -> None:
    stage.show("clear")
    stage.show("page inbox")
    before = focused(reader.tree())
    stage.show("scene promise")
    (sheet,) = (thing for thing in reader.tree().all() if thing.role == "dialog")
    inside = focused(sheet)
    assert inside is not None
    assert inside.role == "text"
    assert inside != before
    reader.forget()
    desktop.press("escape")
    wait_until("the sheet to go", lambda: not any(thing.role == "dialog" for thing in reader.tree().all()))
    assert before is not None
    after = wait_until("the keyboard to come back", lambda: focused(reader.tree()))
    assert (after.role, after.name) == (before.role, before.name)


def focused(root: Thing) -> Thing | None:
    """What has the keyboard; of a list and its row the list."""
    return next((thing for thing in root.all() if "focused" in thing.states), None)


def walked(desktop: Desktop, reader: ScreenReader, key: str) -> list[str]:
    """Every stop from here until the keyboard goes the same way again, by role and name; two of them may be called alike."""
    way: list[str] = []
    for _ in range(LONGEST_WAY):
        reader.forget()
        desktop.press(key)
        way.append(told(reader.wait_for(f"a stop after {way[-3:]}", lambda event: event.kind == "state-changed")))
        if len(way) > 3 and way[-2:] == way[:2]:
            return way[:-2]
    raise AssertionError(f"no end of it: {way[-10:]}")


def told(event: Event) -> str:
    return f"{event.role} {event.name}"
