"""Taking acts back."""

import asyncio

import pytest

from app.runtime.tasks import Tasks
from app.runtime.words import Message
from app.services.undo import COMMANDS, KEPT, Act, Undo


def act(log: list[str], name: str, *, again: bool = True) -> Act:
    async def back() -> None:
        log.append(f"undo {name}")

    async def forth() -> None:
        log.append(f"redo {name}")

    return Act(Message(f"undone.{name}"), back, forth if again else None)


async def test_the_last_act_is_taken_back_first() -> None:
    log: list[str] = []
    undo = Undo()
    undo.did(act(log, "a"))
    undo.did(act(log, "b"))
    said = await undo.undo()
    assert said is not None
    assert said.id == "undone.b"
    await undo.undo()
    assert log == ["undo b", "undo a"]
    assert not undo.can_undo()
    assert await undo.undo() is None


async def test_what_was_undone_can_be_done_again_until_something_new_is_done() -> None:
    log: list[str] = []
    undo = Undo()
    undo.did(act(log, "a"))
    await undo.undo()
    await undo.redo()
    assert log == ["undo a", "redo a"]
    await undo.undo()
    undo.did(act(log, "b"))
    assert not undo.can_redo()


async def test_the_other_way_is_offered_while_the_first_is_still_under_way_and_follows_it() -> None:
    log: list[str] = []
    go_on = asyncio.Event()

    async def back() -> None:
        await go_on.wait()
        log.append("undo")

    async def forth() -> None:
        log.append("redo")

    undo = Undo()
    undo.did(Act(Message("x"), back, forth))
    errors: list[Exception] = []
    tasks = Tasks(errors.append, errors.append)
    taking_back = tasks.spawn(COMMANDS[0], undo.undo())
    undo_offers = [undo.can_redo()]
    await asyncio.sleep(0)
    undo_offers.append(undo.can_redo())
    doing_again = tasks.spawn(COMMANDS[1], undo.redo([taking_back]))
    await asyncio.sleep(0)
    go_on.set()
    await doing_again
    assert undo_offers == [False, True]
    assert log == ["undo", "redo"]
    assert undo.can_undo()
    assert not errors


async def test_an_act_whose_way_back_fails_is_not_offered_again() -> None:
    async def fail() -> None:
        raise ValueError("too late")

    async def forth() -> None: ...

    undo = Undo()
    undo.did(Act(Message("x"), fail, forth))
    with pytest.raises(ValueError, match="too late"):
        await undo.undo()
    assert not undo.can_redo()


async def test_an_act_without_a_way_forward_is_not_offered_again() -> None:
    undo = Undo()
    undo.did(act([], "sent", again=False))
    await undo.undo()
    assert not undo.can_redo()


async def test_fifty_acts_are_kept() -> None:
    log: list[str] = []
    undo = Undo()
    for number in range(KEPT + 5):
        undo.did(act(log, str(number)))
    while undo.can_undo():
        await undo.undo()
    assert len(log) == KEPT
    assert log[-1] == "undo 5"


async def test_a_reply_that_has_left_is_forgotten() -> None:
    undo = Undo()
    gone = act([], "reply")
    undo.did(gone)
    undo.forget(gone)
    assert not undo.can_undo()


async def test_an_act_that_cannot_be_undone_is_dropped_and_says_why() -> None:
    async def fail() -> None:
        raise ValueError("too late")

    undo = Undo()
    undo.did(Act(Message("x"), fail))
    with pytest.raises(ValueError, match="too late"):
        await undo.undo()
    assert not undo.can_undo()


async def test_an_act_that_is_being_committed_is_taken_back_and_not_the_one_before_it() -> None:
    log: list[str] = []
    undo = Undo()
    undo.did(act(log, "before"))
    committed = asyncio.Event()

    async def later() -> None:
        await committed.wait()
        undo.did(act(log, "just now"))

    errors: list[Exception] = []
    tasks = Tasks(errors.append, errors.append)
    doing = tasks.spawn("act", later())
    taking_back = tasks.spawn("undo", undo.undo([doing]))
    committed.set()
    await taking_back
    assert log == ["undo just now"]
    assert not errors


async def test_a_command_that_takes_long_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.undo.PATIENCE_SECONDS", 0.01)
    log: list[str] = []
    undo = Undo()
    undo.did(act(log, "before"))
    errors: list[Exception] = []
    tasks = Tasks(errors.append, errors.append)
    reading = tasks.spawn("reads for long", asyncio.Event().wait())
    await undo.undo([reading])
    assert log == ["undo before"]
    assert not reading.done()
    await tasks.shutdown()


async def test_one_act_is_taken_back_after_the_other_however_long_the_first_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.undo.PATIENCE_SECONDS", 0.0)
    log: list[str] = []
    slow = asyncio.Event()

    async def back() -> None:
        await slow.wait()
        log.append("undo slow")

    undo = Undo()
    undo.did(act(log, "first"))
    undo.did(Act(Message("undone.slow"), back))
    errors: list[Exception] = []
    tasks = Tasks(errors.append, errors.append)
    one = tasks.spawn("edit.undo", undo.undo())
    other = tasks.spawn("edit.undo", undo.undo([one]))
    for _ in range(5):
        await asyncio.sleep(0)
    slow.set()
    await other
    assert log == ["undo slow", "undo first"]


def test_a_screen_reader_gives_more_time_from_when_it_is_there() -> None:
    at_work: list[bool] = []
    undo = Undo(lambda: bool(at_work))
    assert [undo.seconds(chosen) for chosen in (0, 5, 10, 30)] == [0, 5, 10, 30]
    at_work.append(True)
    assert [undo.seconds(chosen) for chosen in (0, 5, 10, 30)] == [0, 30, 30, 30]
