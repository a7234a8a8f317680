"""What was asked of a manager and what came back, as blocks of the conversation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QPointF

from app.models.escalation import EscalationRow, EscalationState, LetterRow
from app.models.letter import LetterKind
from app.models.outbox import DeliveryState
from app.ui.inbox.escalation_block import EscalationBlock, blocks
from app.ui.look import Look
from tests.ui.pictures import painted

NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)


def asked(state: EscalationState = EscalationState.WAITING, *letters: LetterRow, **more: object) -> EscalationRow:
    row = EscalationRow(
        id=7,
        conversation_id=1,
        manager_id=3,
        manager="Héctor Lima",
        role="Envíos",
        address="hector@discosaurora.example",
        state=state,
        question="¿La mandamos hoy?",
        subject="Aduana",
        asked_at=NOW - timedelta(hours=3),
        remind_at=NOW + timedelta(hours=2),
        letters=letters,
    )
    return row._replace(**more)  # type: ignore[arg-type]


def came(kind: LetterKind = LetterKind.ANSWER, text: str = "Sí, sale hoy.", **more: object) -> LetterRow:
    row = LetterRow(9, kind, "Héctor Lima", "hector@discosaurora.example", "Re: Aduana", text, NOW - timedelta(hours=1))
    return row._replace(**more)  # type: ignore[arg-type]


def of(look: Look, row: EscalationRow) -> list[EscalationBlock]:
    return [block for _, block in blocks(look, [row], NOW)]


def test_a_question_says_until_when_it_waits(look: Look) -> None:
    (question,) = of(look, asked())
    assert "You asked" in question.name
    assert "Waiting for" in question.name
    assert "Today, 12:00" in question.name
    assert question.commands == ()


def test_what_was_not_answered_in_time_offers_what_may_be_done(look: Look) -> None:
    (question,) = of(look, asked(remind_at=NOW - timedelta(minutes=5)))
    assert "No answer from" in question.name
    assert question.commands == ("inbox.ask_again", "inbox.wait_longer", "inbox.close_escalation")
    assert question.about == 7


def test_a_letter_of_which_nobody_knows_is_to_be_looked_for_first(look: Look) -> None:
    (question,) = of(look, asked(delivery=DeliveryState.UNSURE, outbox_id=55))
    assert "look first" in question.name
    assert (question.commands, question.about) == (("inbox.is_out", "inbox.is_not_out"), 55)


def test_an_answer_can_be_made_the_reply_until_it_is(look: Look) -> None:
    _, answer = of(look, asked(EscalationState.ANSWERED, came()))
    assert "answered by e-mail" in answer.name
    assert (answer.commands, answer.about) == (("inbox.use_answer",), 9)
    _, used = of(look, asked(EscalationState.ANSWERED, came(used_at=NOW)))
    assert used.commands == ()


def test_an_automatic_answer_says_when_they_are_back_and_asks_nothing(look: Look) -> None:
    _, away = of(
        look, asked(EscalationState.WAITING, came(LetterKind.AUTOMATIC, "Gracias. Vuelvo el 24 de noviembre."))
    )
    assert "Vuelvo el 24 de noviembre." in away.name
    assert "The clock goes on" in away.name
    assert away.commands == ()


def test_a_forward_shows_the_address_it_came_from(look: Look) -> None:
    _, forward = of(look, asked(EscalationState.ANSWERED, came(LetterKind.FORWARD, from_address="ana@correo.example")))
    assert "ana@correo.example" in forward.name


def test_what_came_back_offers_another_way(look: Look) -> None:
    question, bounce = of(look, asked(EscalationState.BOUNCED, came(LetterKind.BOUNCE, "550 5.1.1 no such user")))
    assert "inbox.correct_address" in question.commands
    assert "550 5.1.1" in bounce.name
    again, _ = of(look, asked(EscalationState.BOUNCED, came(LetterKind.BOUNCE), closed_at=NOW))
    assert again.commands == ()


def test_an_unsure_letter_asks_the_user(look: Look) -> None:
    _, unsure = of(look, asked(EscalationState.WAITING, came(LetterKind.UNSURE)))
    assert unsure.commands == ("inbox.is_answer", "inbox.is_no_answer")


@pytest.mark.parametrize("kind", [each for each in LetterKind if each is not LetterKind.QUESTION])
def test_every_kind_is_painted(look: Look, kind: LetterKind) -> None:
    for block in of(look, asked(EscalationState.WAITING, came(kind, attachments=(("a.pdf", 10),)))):
        block.lay_out(500)
        assert block.height > 0
        painted(lambda painter, block=block: block.paint(painter, 4, True), 500, 200)
        assert block.spot(QPointF(60, 30)).url == ""


def test_hostile_text_stays_text(look: Look) -> None:
    letter = came(text="<b>no</b>\u202e https://example.org/x", from_name="Eva\n\u202eX")
    _, answer = of(look, asked(EscalationState.ANSWERED, letter))
    assert "<b>no</b>" in answer.text()
    assert "\u202e" not in answer.text() + answer._title
    answer.lay_out(500)
    assert [spot.url for spot in answer.opens()] == ["https://example.org/x"]
