"""What the commands of courtesy and promises ask of services and window."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from app.commands import inbox, triage
from app.commands.command import Command, State
from app.commands.registry import collect
from app.commands.triage import Promised
from app.models.conversation import Category
from app.models.courtesy import Thanked
from app.models.outbox import Reacted
from app.runtime.settings import Sending
from app.runtime.words import Words
from tests.commands.test_inbox import Desk


@pytest.fixture
def desk(words: Words) -> Desk:
    return Desk(words)


async def test_a_thanks_is_owed_and_the_next_one_opens(desk: Desk) -> None:
    desk.recorder.gives["courtesies.thank"] = Thanked(1, "¡Gracias, Ana!", "Ana", 2)
    assert await desk.run(triage.thank) == [
        ("courtesies.thank", 7),
        ("go_on", (7,)),
        ("say", "inbox.said.thanked", True),
    ]


async def test_the_sixth_public_thanks_of_a_day_looks_staged(desk: Desk) -> None:
    desk.recorder.gives["courtesies.thank"] = Thanked(1, "¡Gracias, Ana!", "Ana", 6)
    assert ("say", "inbox.said.thanked_many", True) in await desk.run(triage.thank)


async def test_without_an_undo_time_thanks_are_sent_at_once(desk: Desk) -> None:
    desk.services.settings.change(Sending, undo_seconds=0)
    desk.recorder.gives["courtesies.thank"] = Thanked(1, "¡Gracias, Ana!", "Ana", 1)
    assert (await desk.run(triage.thank))[-1] == ("say", "inbox.said.sent", False)


@pytest.mark.parametrize(
    ("command", "service", "became", "said"),
    [
        (triage.like, "inbox.like", Reacted(1, on=True), ("inbox.said.like", True)),
        (triage.like, "inbox.like", Reacted(1, on=False), ("inbox.said.like_back", True)),
        (triage.like, "inbox.like", Reacted(0, on=False), ("inbox.said.like_not_sent", False)),
        (triage.boost, "inbox.boost", Reacted(2, on=True), ("inbox.said.boost", True)),
        (triage.boost, "inbox.boost", Reacted(0, on=True), ("inbox.said.no_boost", False)),
    ],
)
async def test_a_like_says_when_it_leaves(
    desk: Desk, command: Command, service: str, became: Reacted, said: tuple[str, bool]
) -> None:
    desk.recorder.gives[service] = became
    assert await desk.run(command) == [(service, (7,)), ("say", *said)]


async def test_somebody_is_ignored_politely_and_it_is_noted_why(desk: Desk) -> None:
    desk.answers["snippet"] = "jajaja"
    calls = await desk.run(triage.ignore)
    assert calls[1:3] == [("go_on", (7,)), ("say", "inbox.said.ignored", True)]
    assert calls[3] == (
        "inbox.ignore",
        (7,),
        Category.TROLL,
        ("mute", True),
        ("why", "Ignored politely after: “jajaja”"),
    )


async def test_of_several_no_single_reason_is_noted(desk: Desk) -> None:
    desk.ids = (7, 8)
    desk.answers["snippet"] = "jajaja"
    assert ("why", "Ignored politely") in (await desk.run(triage.ignore))[-1]


async def test_one_closing_answer_and_then_no_more(desk: Desk) -> None:
    desk.recorder.gives["courtesies.close"] = Thanked(1, "Que te vaya bien.", "Troll", 0)
    calls = await desk.run(triage.closing)
    assert [call[0] for call in calls] == ["snippet", "courtesies.close", "go_on", "say"]


async def test_somebody_is_heard_again(desk: Desk) -> None:
    assert await desk.run(triage.hear) == [("courtesies.hear", (7,)), ("say", "inbox.said.heard", True)]


async def test_a_promise_is_remembered(desk: Desk) -> None:
    assert await desk.run(triage.promise) == [("choose_promise",)]
    desk.recorder.calls.clear()
    assert await desk.run(triage.promise_chosen) == [("promise_chosen",)]
    due = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)
    desk.answers["promise_chosen"] = Promised(7, "Mandar el enlace", due, 3)
    calls: list[tuple[Any, ...]] = await desk.run(triage.promise_chosen)
    assert calls[-2:] == [("promises.remember", 7, "Mandar el enlace", due, 3), ("say", "inbox.said.promised", True)]


def test_what_applies() -> None:
    one = State(
        page="inbox", context="inbox", conversation=7, conversations=(7,), facts=frozenset({"praise", "like", "read"})
    )
    several = one._replace(conversations=(7, 8))
    nobody = one._replace(conversation=None, conversations=())
    assert all(command.when(one) for command in (triage.thank, triage.like, triage.ignore, triage.promise))
    assert not any(command.when(one) for command in (triage.boost, triage.closing, triage.hear))
    assert not triage.thank.when(several)
    assert all(command.when(several) for command in (triage.like, triage.boost, triage.ignore))
    assert not any(command.when(nobody) for command in triage.COMMANDS)
    assert not any(command.when(one._replace(read_only=True)) for command in triage.COMMANDS)


def test_the_commands_fit_together() -> None:
    registry = collect(inbox.COMMANDS, triage.COMMANDS)
    assert len(registry) == len(inbox.COMMANDS) + len(triage.COMMANDS)
