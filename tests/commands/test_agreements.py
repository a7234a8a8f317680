"""What the commands about agreements, promises and going on by e-mail ask of services and window."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from app.commands import agreements
from app.commands.agreements import FirstLetter, OfferedPromise
from app.commands.command import Command, State
from app.models.invitation import ToEmail
from app.models.promise import Promised
from app.runtime.errors import UserMistake
from app.runtime.settings import Sending
from app.runtime.words import Words, message
from tests.commands.test_inbox import Desk

DUE = datetime(2026, 11, 20, 15, tzinfo=UTC)
LETTER = FirstLetter(ToEmail(7, 2, "t", "a@b.example", "words"), "Ana", "ana@c.example", "Hola", "Texto")


@pytest.fixture
def desk(words: Words) -> Desk:
    desk = Desk(words)
    services: Any = desk.services
    services.invitations = desk.recorder.service("invitations")
    return desk


@pytest.mark.parametrize(
    ("command", "verb"),
    [
        (agreements.agreement, ("record_agreement",)),
        (agreements.agreements, ("show_agreements",)),
        (agreements.promise_kept, ("end_promise", True)),
        (agreements.promise_let_go, ("end_promise", False)),
    ],
)
async def test_the_page_is_asked(desk: Desk, command: Command, verb: tuple[Any, ...]) -> None:
    assert await desk.run(command) == [verb]


async def test_the_promise_of_a_reply_that_was_sent_is_remembered(desk: Desk) -> None:
    desk.answers["promise_sent"] = OfferedPromise(7, "Ana", Promised("Hoy va", "hoy", DUE))
    assert await desk.run(agreements.promise_sent) == [
        ("promise_sent",),
        ("promises.remember", 7, "Hoy va", DUE),
        ("say", "inbox.said.promised", True),
    ]


async def test_without_such_a_promise_nothing_happens(desk: Desk) -> None:
    desk.answers["promise_sent"] = None
    assert await desk.run(agreements.promise_sent) == [("promise_sent",)]


async def test_going_on_by_e_mail_is_prepared_in_the_language_of_the_reply(desk: Desk) -> None:
    desk.answers["language_of_reply"] = "fr"
    desk.recorder.gives["invitations.prepare"] = LETTER.prepared
    assert await desk.run(agreements.to_email) == [
        ("language_of_reply",),
        ("invitations.prepare", 7, "fr"),
        ("go_on_by_email", LETTER.prepared),
    ]


async def test_a_first_letter_leaves_and_can_be_taken_back(desk: Desk) -> None:
    desk.answers["first_letter"] = LETTER
    assert await desk.run(agreements.letter_written) == [
        ("first_letter",),
        ("invitations.write", LETTER.prepared, "ana@c.example", "Hola", "Texto"),
        ("first_letter_sent",),
        ("say", "inbox.said.leaves", True),
    ]
    desk.services.settings.change(Sending, undo_seconds=0)
    assert (await desk.run(agreements.letter_written))[-1] == ("say", "inbox.said.sent", False)


async def test_a_letter_that_is_refused_stays_open(desk: Desk) -> None:
    desk.answers["first_letter"] = LETTER
    desk.recorder.raises = UserMistake(message("invitation.no_subject"), field="subject")
    calls = await desk.run(agreements.letter_written)
    assert calls[-1] == ("first_letter_refused", desk.recorder.raises)


async def test_the_promise_that_is_due_first_is_opened(desk: Desk) -> None:
    found: list[Any] = [SimpleNamespace(conversation_id=9)]
    services: Any = desk.services
    services.reads = SimpleNamespace(now=lambda _query: found)
    assert await desk.run(agreements.go_promise_due) == [("show_page", "inbox", {"view": "all", "conversation": 9})]
    found.clear()
    assert (await desk.run(agreements.go_promise_due))[-1] == ("say", "promise.none", False)


async def test_the_mailbox_is_set_up_in_the_settings(desk: Desk) -> None:
    assert await desk.run(agreements.go_mail) == [("show_page", "settings", {"section": "mail"})]


def test_when_they_apply() -> None:
    cards = {each.id: each for each in agreements.COMMANDS}
    one = State(conversation=7, conversations=(7,))
    assert cards["inbox.agreement"].when(one)
    assert not cards["inbox.agreement"].when(one._replace(read_only=True))
    assert not cards["inbox.agreement"].when(one._replace(conversations=(7, 8)))
    assert not cards["inbox.promise_kept"].when(one)
    assert cards["inbox.promise_kept"].when(one._replace(facts=frozenset({"promises"})))
    assert cards["inbox.agreements"].when(one._replace(facts=frozenset({"agreements"}), read_only=True))
