"""What the commands of the playbook's answers ask of services and window; no Qt is needed for that."""

from __future__ import annotations

from typing import Any

import pytest

from app.commands import answers, inbox, triage
from app.commands.answers import Refused
from app.commands.command import State
from app.commands.inbox import Written
from app.commands.registry import collect
from app.models.message import Visibility
from app.models.playbook import WordingRow
from app.models.prepared import Edited
from app.runtime.words import Words, message
from tests.commands.test_inbox import Desk, Recorder

OPEN = State(page="inbox", context="inbox", conversation=7, conversations=(7,))


@pytest.fixture
def desk(words: Words) -> Desk:
    made = Desk(words)
    made.services.suggesting = made.recorder.service("suggesting")  # type: ignore[attr-defined]
    made.services.playbook = made.recorder.service("playbook")  # type: ignore[attr-defined]
    return made


def named(recorder: Recorder | list[tuple[Any, ...]]) -> list[str]:
    calls = recorder.calls if isinstance(recorder, Recorder) else recorder
    return [call[0] for call in calls]


async def test_a_digit_shows_its_card(desk: Desk) -> None:
    await desk.run(answers.answer_1)
    await desk.run(answers.answer_2)
    await desk.run(answers.answer_3)
    assert desk.recorder.calls == [("show_answer", 1), ("show_answer", 2), ("show_answer", 3)]


async def test_shift_and_a_digit_send_as_ctrl_enter_does(desk: Desk) -> None:
    desk.answers |= {
        "answer_to_send": True,
        "take_reply": Written(7, "Ana", ("Hola",), Visibility.PUBLIC, "Hola", answer_title="Saludo"),
    }
    calls = await desk.run(answers.send_answer_2)
    assert calls[0] == ("answer_to_send", 2)
    assert named(calls)[-3:] == ["inbox.by_hand", "say", "offer_wording"]
    assert ("go_on", (7,)) in calls


async def test_what_may_not_go_does_not(desk: Desk) -> None:
    assert await desk.run(answers.send_answer_1) == [("answer_to_send", 1)]
    assert named(await desk.run(answers.send_answer_3)) == ["answer_to_send", "answer_to_send"]


async def test_an_answer_that_asks_for_a_decision_stays_and_goes_on_to_it(desk: Desk) -> None:
    desk.answers["take_reply"] = Written(7, "Ana", ("Hola",), Visibility.PUBLIC, "Hola", escalates=True)
    calls = await desk.run(inbox.send)
    assert "stay" in named(calls)
    assert "go_on" not in named(calls)
    assert named(calls)[-1] == "escalate_after"


async def test_an_edit_is_offered_and_kept(desk: Desk) -> None:
    edited = Edited(4, "Saludo", WordingRow("es", "Hola, {name}"))
    desk.answers |= {
        "take_reply": Written(7, "Ana", ("Hola",), Visibility.PUBLIC, "Hola", edited=edited),
        "offer_wording": message("suggestion.said_edited", title="Saludo"),
        "wording_to_keep": edited,
    }
    assert ("say", "suggestion.said_edited", False) in await desk.run(inbox.send)
    calls = await desk.run(answers.keep_wording)
    assert calls[-2:] == [("playbook.add_wording", 4, edited.wording), ("say", "suggestion.said_kept", True)]
    desk.recorder.gives["playbook.add_wording"] = False
    assert (await desk.run(answers.keep_wording))[-1] == ("say", "suggestion.said_known", False)


async def test_what_does_not_fit_is_said(desk: Desk) -> None:
    desk.answers["refuse_answer"] = Refused("late", 3, "Pedido tarde")
    calls = await desk.run(answers.not_this)
    assert calls[1:] == [("say", "suggestion.said_not_this", True), ("suggesting.not_this", "late", 3)]
    desk.answers["refuse_answer"] = None
    assert (await desk.run(answers.not_this))[-1] == ("refuse_answer",)
    desk.answers["wording_to_keep"] = None
    assert (await desk.run(answers.keep_wording))[-1] == ("wording_to_keep",)


async def test_all_answers_are_a_sheet_of_the_page(desk: Desk) -> None:
    assert await desk.run(answers.find_answer) == [("find_answer",)]


def test_they_apply_where_there_is_something_to_act_on() -> None:
    assert not answers.answer_1.when(OPEN)
    assert answers.answer_1.when(OPEN._replace(facts=frozenset({"answer_1"})))
    assert not answers.answer_2.when(OPEN._replace(facts=frozenset({"answer_1"})))
    assert answers.not_this.when(OPEN._replace(facts=frozenset({"answers"})))
    assert answers.keep_wording.when(OPEN._replace(facts=frozenset({"edited_answer"})))
    assert answers.find_answer.when(OPEN)
    assert not answers.find_answer.when(OPEN._replace(read_only=True))


def test_one_key_thanks_or_shows_but_never_both() -> None:
    registry = collect(inbox.COMMANDS, triage.COMMANDS, answers.COMMANDS)
    assert registry["inbox.thank"].shortcut == registry["inbox.answer_1"].shortcut == "1"
    assert registry["inbox.answer_1"].instead_of == "inbox.thank"
