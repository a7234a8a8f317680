"""The bridge from keys and buttons to commands: what applies, what waits for the loop, where errors go."""

from __future__ import annotations

import time
from collections.abc import Coroutine
from typing import Any

import pytest
from PySide6.QtGui import QKeySequence

from app.commands.command import Command, Context, State, command
from app.commands.registry import collect
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.actions import Actions
from app.ui.look import Look
from app.ui.shell import Shell
from tests.ui.stand_ins import PlainPage


def page(shell: Shell) -> PlainPage:
    shown = shell.window.page()
    assert isinstance(shown, PlainPage)
    return shown


def bridge(look: Look, made: Command, errors: list[Any]) -> Actions:
    actions = Actions(collect([made]), look)
    actions.serve(lambda: Context(State(), None, None, None, look.words), errors.append)  # type: ignore[arg-type]
    return actions


def test_a_command_that_applies_runs_at_once(shell: Shell, log: list[str]) -> None:
    shell.actions.run("stub.done")
    assert log == ["done"]
    assert "done" in page(shell).heard


def test_one_that_does_not_apply_does_not_run(shell: Shell, log: list[str]) -> None:
    page(shell).conversation = None
    shell.actions.run("stub.done")
    shell.actions.run("no.such.command")
    assert log == []
    assert not shell.actions.applies("stub.done")


def test_what_must_wait_for_the_loop_is_started_in_order_once_it_runs(shell: Shell, services: Any) -> None:
    services.undo.acts = 2
    shell.actions.run("edit.undo")
    shell.actions.run("edit.undo")
    started: list[tuple[str, Coroutine[Any, Any, Any]]] = []
    shell.actions.starts.ready(lambda name, work: started.append((name, work)))
    assert [name for name, _ in started] == ["edit.undo", "edit.undo"]
    for _, work in started:
        with pytest.raises(StopIteration):
            work.send(None)
    assert services.undo.acts == 0


def test_when_the_pages_go_nothing_is_begun_any_more(shell: Shell) -> None:
    started: list[str] = []
    shell.actions.starts.ready(lambda name, _work: started.append(name))

    async def work() -> None:
        """Closed without having begun."""

    shell.actions.rest()
    shell.actions.start("mark read", work())
    shell.actions.run("edit.undo")
    assert started == []


class Task:
    """Of a command that has not ended."""

    ended = False

    def __init__(self, _name: str, work: Coroutine[Any, Any, Any]) -> None:
        work.close()

    def done(self) -> bool:
        return self.ended


def test_what_is_being_done_can_be_taken_back_already(shell: Shell, services: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list shows what was committed a moment before it is among the acts: Z struck then must not be lost."""
    task: list[Task] = []
    shell.actions.starts.ready(lambda name, work: task.append(Task(name, work)) or task[-1])  # type: ignore[func-returns-value]
    services.undo.acts = 1
    shell.actions.run("edit.undo")
    services.undo.acts = 0
    assert shell.actions.applies("edit.undo")
    later = time.monotonic() + 2
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert not shell.actions.applies("edit.undo")  # what takes so long is no act of a moment ago
    monkeypatch.undo()
    task[0].ended = True
    assert not shell.actions.applies("edit.undo")


def test_work_of_a_widget_goes_the_same_way(shell: Shell) -> None:
    async def save() -> None:
        """Something a field does."""

    names: list[str] = []
    shell.actions.starts.ready(lambda name, work: (names.append(name), work.close()))
    shell.actions.start("save draft", save())
    assert names == ["save draft"]


def test_an_error_of_a_command_at_once_goes_to_the_notices(look: Look) -> None:
    @command("a.b", menu="view", at_once=True)
    async def fails(_ctx: Context) -> None:
        """Fail."""
        raise UserMistake(message("shell.close"))

    errors: list[Any] = []
    bridge(look, fails, errors).run("a.b")
    assert [error.message.id for error in errors] == ["shell.close"]


def test_a_command_marked_at_once_may_not_await(look: Look) -> None:
    class Wait:
        def __await__(self) -> Any:
            yield None

    @command("a.b", menu="view", at_once=True)
    async def waits(_ctx: Context) -> None:
        """Wait."""
        await Wait()

    with pytest.raises(RuntimeError, match="awaits something"):
        bridge(look, waits, []).run("a.b")


def test_nothing_runs_before_the_bridge_serves_somebody(look: Look) -> None:
    actions = Actions(collect([]), look)
    assert not actions.applies("a.b")
    with pytest.raises(RuntimeError):
        actions.state()


def test_an_action_shows_title_key_and_whether_it_applies(shell: Shell) -> None:
    done = shell.actions.action("stub.done")
    assert (done.text(), done.isEnabled(), done.shortcuts()) == ("Done\tE", True, [])
    send = shell.actions.action("stub.send")
    assert QKeySequence("Ctrl+Return") in send.shortcuts()
    assert QKeySequence("Ctrl+Enter") in send.shortcuts()
    page(shell).conversation = None
    shell.actions.refresh_now()
    assert not done.isEnabled()


def test_while_something_lies_on_top_the_pages_keys_rest(shell: Shell) -> None:
    send, go = shell.actions.action("stub.send"), shell.actions.action("go.today")
    shell.actions.hold(True)
    assert (send.isEnabled(), go.isEnabled()) == (False, True)
    shell.actions.hold(False)
    assert send.isEnabled()


def test_without_single_keys_the_twin_is_the_shortcut(shell: Shell) -> None:
    done = shell.actions.action("stub.done")
    shell.actions.choose_keys(single_keys=False)
    assert done.shortcuts() == [QKeySequence("Ctrl+Shift+D")]
    assert done in shell.actions.with_shortcuts()
    assert shell.actions.keys("stub.done") == ("Ctrl+Shift+D",)


def test_titles_follow_the_language(shell: Shell) -> None:
    action = shell.actions.action("go.inbox")
    shell.look.words.language = "es"
    assert action.text() == "Ir a la Bandeja"
    assert shell.actions.title("go.inbox") == "Ir a la Bandeja"
    assert shell.actions.help("go.inbox") == "Responde lo que llegó."


def test_work_can_be_ended_before_and_after_it_began(shell: Shell) -> None:
    began: list[str] = []

    class Task:
        def cancel(self) -> None:
            began.append("cancelled")

    async def work(name: str) -> None:
        began.append(name)

    early, late = shell.actions.start("early", work("early")), shell.actions.start("late", work("late"))
    early.cancel()

    def spawn(name: str, coro: Any) -> Task:
        began.append(name)
        coro.close()
        return Task()

    shell.actions.starts.ready(spawn)
    late.cancel()
    assert began == ["late", "cancelled"]
