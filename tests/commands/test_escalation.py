"""What the commands about managers ask of services and window."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.commands import escalation
from app.commands.command import State
from app.commands.escalation import Answer, Pasted, Sheet, Waiting
from app.models.escalation import Asked, Asking, Goes, SheetDraft
from app.models.outbox import HandOver
from app.runtime.errors import UserMistake
from app.runtime.settings import Sending
from app.runtime.words import Words, message
from tests.commands.test_inbox import Desk

LATER = datetime(2026, 11, 19, 18, 0, tzinfo=UTC)
ASKING = Asking(7, SheetDraft(question="¿Sí?"), ("Lo vemos",))


@pytest.fixture
def desk(words: Words) -> Desk:
    return Desk(words)


def names(calls: list[tuple[Any, ...]]) -> list[str]:
    return [call[0] for call in calls]


async def test_both_leave_and_the_next_conversation_opens(desk: Desk) -> None:
    desk.answers["escalation_written"] = Sheet(ASKING, Goes.BOTH, "Ana")
    desk.recorder.gives["escalations.ask"] = Asked(1, 5, "Héctor Lima")
    calls = await desk.run(escalation.escalate_send)
    assert names(calls) == ["escalation_written", "escalations.ask", "escalation_sent", "go_on", "inbox.by_hand", "say"]
    assert calls[-1] == ("say", "escalation.said.both", True)


async def test_without_an_undo_time_it_is_sent_at_once(desk: Desk) -> None:
    desk.services.settings.change(Sending, undo_seconds=0)
    desk.answers["escalation_written"] = Sheet(ASKING, Goes.MAIL, "Ana")
    desk.recorder.gives["escalations.ask"] = Asked(1, None, "Héctor")
    assert (await desk.run(escalation.escalate_send))[-1] == ("say", "escalation.said.mail_sent", False)


async def test_what_is_wrong_is_said_in_the_sheet(desk: Desk) -> None:
    desk.answers["escalation_written"] = Sheet(ASKING, Goes.BOTH, "Ana")
    desk.answers["escalation_wrong"] = True
    desk.recorder.raises = UserMistake(message("escalation.no_question"), field="question")
    assert names(await desk.run(escalation.escalate_send)) == [
        "escalation_written",
        "escalations.ask",
        "escalation_wrong",
    ]


async def test_what_is_wrong_is_raised_where_the_sheet_is_gone(desk: Desk) -> None:
    desk.answers["escalation_written"] = Sheet(ASKING, Goes.BOTH, "Ana")
    desk.recorder.raises = UserMistake(message("escalation.no_question"))
    with pytest.raises(UserMistake):
        await desk.run(escalation.escalate_send)


async def test_a_reply_that_no_program_may_send_is_handed_over(desk: Desk) -> None:
    desk.answers["escalation_written"] = Sheet(ASKING, Goes.BOTH, "Ana")
    desk.recorder.gives["escalations.ask"] = Asked(1, 5, "Héctor")
    desk.recorder.gives["inbox.by_hand"] = HandOver("Lo vemos", "https://x.example/1", "Instagram")
    assert names(await desk.run(escalation.escalate_send))[-3:] == ["copy", "open_url", "say"]


async def test_the_users_own_mail_program_opens_the_letter(desk: Desk) -> None:
    desk.answers["escalation_written"] = Sheet(ASKING, Goes.BY_HAND, "Ana")
    desk.recorder.gives["escalations.hand_over"] = (Asked(1, None, "Héctor"), Path("a.eml"))
    assert ("open_letter", Path("a.eml")) in await desk.run(escalation.escalate_send)


@pytest.mark.parametrize(
    ("command", "verb", "answer", "call"),
    [
        (escalation.use_answer, "use_answer", Answer(9, 7), ("escalations.use", 9, 7)),
        (escalation.wait_chosen, "wait_chosen", Waiting(3, LATER), ("escalations.wait_longer", 3, LATER)),
        (escalation.close_escalation, "escalation", 3, ("escalations.close", 3)),
        (
            escalation.answer_pasted,
            "answer_pasted",
            Pasted(3, "sí", "Héctor"),
            ("escalations.answered_elsewhere", 3, "sí"),
        ),
        (escalation.is_answer, "unsure_letter", 9, ("escalations.judge", 9, ("is_answer", True))),
        (escalation.is_no_answer, "unsure_letter", 9, ("escalations.judge", 9, ("is_answer", False))),
    ],
)
async def test_an_act_is_one_call_of_the_service(
    desk: Desk, command: Any, verb: str, answer: object, call: tuple[Any, ...]
) -> None:
    desk.answers[verb] = answer
    assert call in await desk.run(command)


@pytest.mark.parametrize(
    "command",
    [
        escalation.use_answer,
        escalation.wait_chosen,
        escalation.close_escalation,
        escalation.answer_pasted,
        escalation.is_answer,
        escalation.escalate_send,
    ],
)
async def test_nothing_is_asked_where_the_page_has_nothing(desk: Desk, command: Any) -> None:
    assert not [name for name in names(await desk.run(command)) if name.startswith("escalations.")]


@pytest.mark.parametrize(
    ("command", "call"),
    [
        (escalation.escalate, ("escalate",)),
        (escalation.escalate_by_hand, ("escalate", True)),
        (escalation.ask_again, ("escalate", True)),
        (escalation.wait_longer, ("choose_wait",)),
        (escalation.paste_answer, ("paste_answer",)),
        (escalation.correct_address, ("show_page", "settings", {"section": "mail"})),
    ],
)
async def test_what_opens_something(desk: Desk, command: Any, call: tuple[Any, ...]) -> None:
    assert await desk.run(command) == [call]


def test_what_applies_when() -> None:
    one = State(page="inbox", context="inbox", conversation=7, conversations=(7,))
    assert escalation.escalate.when(one)
    assert not escalation.escalate.when(one._replace(conversations=(7, 8)))
    assert not escalation.escalate.when(one._replace(read_only=True))
    assert not escalation.use_answer.when(one)
    assert escalation.use_answer.when(one._replace(facts=frozenset({"answered"})))
    assert not escalation.is_answer.when(one._replace(facts=frozenset({"escalation"})))
