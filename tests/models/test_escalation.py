"""Escalations as plain data: drafts survive the way through the data file, and rows say how they stand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.models.escalation import EscalationRow, EscalationState, LetterRow, SheetDraft, Why
from app.models.letter import LetterKind

NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)


def row(state: EscalationState = EscalationState.WAITING, *letters: LetterRow) -> EscalationRow:
    return EscalationRow(
        1, 1, 1, "Héctor Lima", "", "h@x.example", state, "¿?", "", NOW, NOW + timedelta(hours=1), letters=letters
    )


def letter(kind: LetterKind, used_at: datetime | None = None) -> LetterRow:
    return LetterRow(1, kind, "", "", "", "sí", NOW, used_at=used_at)


def test_a_draft_comes_back_as_it_was() -> None:
    draft = SheetDraft(3, (Why.SLOW,), "¿?", ("m1", "n2"), True, NOW, "Lo vemos", True, False, NOW, "wait", 9)
    assert SheetDraft.from_json(draft.to_json()) == draft
    assert SheetDraft.from_json(SheetDraft().to_json()) == SheetDraft()


def test_what_cannot_be_used_of_a_draft_costs_only_itself() -> None:
    assert SheetDraft.from_json("broken") == SheetDraft()
    assert SheetDraft.from_json("[1]") == SheetDraft()
    found = SheetDraft.from_json('{"question": "¿?", "reasons": ["slow", "newer"], "remind_at": "soon", "unknown": 1}')
    assert found == SheetDraft(question="¿?", reasons=(Why.SLOW,))


def test_a_draft_with_nothing_of_the_users_own_is_empty() -> None:
    assert SheetDraft(manager_id=1, told="written by the program").is_empty
    assert not SheetDraft(told_is_own=True).is_empty


def test_it_is_overdue_once_its_time_has_come_and_nobody_answered() -> None:
    assert not row().is_overdue(NOW)
    assert row().is_overdue(NOW + timedelta(hours=1))
    assert not row(EscalationState.ANSWERED).is_overdue(NOW + timedelta(hours=2))


def test_the_answer_is_the_newest_that_was_not_used() -> None:
    assert row(EscalationState.WAITING, letter(LetterKind.AUTOMATIC)).answer is None
    assert row(EscalationState.ANSWERED, letter(LetterKind.FORWARD), letter(LetterKind.ANSWER, NOW)).answer is not None
    assert row(EscalationState.ANSWERED, letter(LetterKind.ANSWER, NOW)).answer is None


def test_a_colleague_is_called_by_the_first_name() -> None:
    assert row().first_name == "Héctor"
    assert row()._replace(manager="").first_name == "h@x.example"
