"""Nothing opens a second event loop: `.exec()` inside a coroutine stops every other task under qasync."""

from __future__ import annotations

from tests.rules.sources import APP, called_name, name_of, prose_free_nodes, python_files, tree

# Where Qt lives; `session.exec(...)` of the store is another thing.
FILES = (*python_files(APP / "ui"), *APP.glob("*.py"))

# Where there is no loop that could be stopped.
ALLOWED = {
    "app/window.py": "starts the program's first loop, before qasync is imported",
    "app/desktop.py": "the session ends when its handler returns: what was typed must be stored within it",
    "app/mending.py": "starts the only loop where nothing could be opened",
    "app/ui/first_frame.py": "waits for the first frame, when nothing else runs yet",
    "app/ui/painting/pages.py": "paints for the command line, where no loop of Qt runs",
}


OPENS_ONE = {"exec", "exec_", "processEvents"}
"""Use open() and a future on `finished`."""


def test_nothing_opens_a_second_event_loop() -> None:
    paths = [path for path in FILES if name_of(path) not in ALLOWED]
    assert [f"{name_of(path)}:{node.lineno}" for path in paths for node in prose_free_nodes(tree(path)) if called_name(node) in OPENS_ONE] == []  # type: ignore[attr-defined]
