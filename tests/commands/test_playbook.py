"""Commands of the Playbook: each asks the page, and applies where there is something to do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from app.commands.command import Command, Context, State
from app.commands.playbook import (
    COMMANDS,
    duplicate,
    export_file,
    facts,
    import_file,
    next_language,
    previous_language,
    remove,
    save,
    starter,
    versions,
)

STORED = frozenset({"answer", "stored"})


@pytest.mark.parametrize(("made", "asked"), [
    (save, ("save", {})), (next_language, ("language", {"step": 1})), (previous_language, ("language", {"step": -1})),
    (duplicate, ("duplicate", {})), (remove, ("remove", {})), (versions, ("versions", {})), (facts, ("facts", {})),
    (starter, ("starter", {})), (import_file, ("import", {})), (export_file, ("export", {})),
])  # fmt: skip
async def test_each_asks_the_page(made: Command, asked: tuple[str, dict[str, Any]]) -> None:
    heard: list[Any] = []
    window = SimpleNamespace(in_page=lambda verb, **values: heard.append((verb, values)))
    await made.run(Context(State(), None, window, None, None))  # type: ignore[arg-type]
    assert heard == [asked]


def test_they_apply_where_an_answer_is_open() -> None:
    assert all(made.when(State(facts=STORED)) for made in COMMANDS)
    assert {made.id for made in COMMANDS if made.when(State())} == {
        "playbook.facts", "playbook.starter", "playbook.import_file",
    }  # fmt: skip
    assert not duplicate.when(State(facts=frozenset({"answer"})))


def test_a_profile_that_is_only_read_may_be_looked_at() -> None:
    allowed = {made.id for made in COMMANDS if made.when(State(facts=STORED, read_only=True))}
    assert allowed == {
        "playbook.next_language", "playbook.previous_language", "playbook.facts", "playbook.export_file",
    }  # fmt: skip
