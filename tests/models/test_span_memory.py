"""What is remembered of spans of time."""

from __future__ import annotations

from collections.abc import Callable

from app.models.span_memory import SpanMemory


def counting() -> tuple[list[str], Callable[[str], Callable[[], str]]]:
    made: list[str] = []

    def maker(name: str) -> Callable[[], str]:
        def make() -> str:
            made.append(name)
            return name

        return make

    return made, maker


def test_what_was_read_once_is_known_until_something_changes() -> None:
    made, maker = counting()
    memory = SpanMemory()
    assert [memory.get("a", maker("a")), memory.get("a", maker("a"))] == ["a", "a"]
    assert made == ["a"]
    memory.forget()
    memory.get("a", maker("a"))
    assert made == ["a", "a"]


def test_what_was_not_asked_for_longest_goes() -> None:
    made, maker = counting()
    memory = SpanMemory(2)
    for name in ("a", "b", "a", "c", "a", "b"):
        memory.get(name, maker(name))
    assert made == ["a", "b", "c", "b"]


def test_what_was_read_while_something_changed_is_not_kept() -> None:
    memory = SpanMemory()

    def make() -> str:
        memory.forget()
        return "old"

    assert memory.get("a", make) == "old"
    assert memory.get("a", lambda: "new") == "new"


def test_nothing_is_something_that_can_be_known() -> None:
    made, maker = counting()
    memory = SpanMemory()
    assert memory.get("none", lambda: None) is None
    assert memory.get("none", maker("again")) is None
    assert made == []
