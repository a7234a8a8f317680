"""A question goes to a manager and the answer to the customer, by keys alone, in the sample shop."""

from __future__ import annotations

from app.models.conversation import ConversationState
from app.models.escalation import EscalationState
from app.ui.inbox.escalation_sheet import EscalationSheet
from tests.end_to_end.morning import Person

QUESTION = "La aduana pide la factura, ¿la mandamos hoy?"
ANSWERED_AFTER = 80


def told(me: Person) -> list[str]:
    """Where the word to the customer stands."""
    like = "%prend votre demande en charge%"
    return [state for (state,) in me.rows("SELECT state FROM outbox WHERE kind = 'reply' AND parts LIKE ?", like)]


async def the_sheet(me: Person) -> EscalationSheet:
    await me.until(lambda: isinstance(me.shell.window.overlay(), EscalationSheet), "the sheet")
    sheet = me.shell.window.overlay()
    assert isinstance(sheet, EscalationSheet)
    return sheet


async def test_a_question_goes_out_and_the_answer_becomes_the_reply(me: Person) -> None:
    await me.go_to("inbox", "g", "i")
    await me.until(lambda: me.open_name == "Étienne Marchal", "the first conversation")
    await me.until(lambda: me.page.desk.detail is not None, "what was said")
    number = me.page.desk.row.id
    await me.press("f")
    sheet = await the_sheet(me)
    await me.until(lambda: me.focus is sheet.question, "the keyboard in the question")
    assert "Iván" in sheet.told.editor.text()  # orders are his
    await me.write(QUESTION)
    await me.press("ctrl+return")
    await me.until(lambda: me.states(QUESTION) == ["waiting"], "the letter to be owed")
    assert told(me) == ["waiting"]
    assert me.rows("SELECT state FROM conversation WHERE id = ?", number) == [(ConversationState.ESCALATED,)]
    await me.until(lambda: me.open_name != "Étienne Marchal", "the next conversation")
    me.watch.advance(12)
    await me.until(lambda: me.states(QUESTION) == ["out"], "the letter to be out")
    await me.until(lambda: told(me) == ["out"], "the customer to be told")
    me.watch.advance(ANSWERED_AFTER)
    answered = EscalationState.ANSWERED
    await me.until(
        lambda: (answered,) in me.rows("SELECT state FROM escalation WHERE conversation_id = ?", number), "the answer"
    )
    await me.until(lambda: any("Iván Ocampo" in said for said in me.said), "the word of it")
    assert me.rows("SELECT state FROM conversation WHERE id = ?", number) == [(ConversationState.NEEDS_ANSWER,)]
    await me.outside(lambda: me.page.opening.bring(number))
    strip = me.page.conversation.reply.strip
    await me.until(lambda: not strip.isHidden() and strip.advice.about == "answered", "the strip")
    await me.press("ctrl+j")
    await me.until(lambda: "Ya lo revisé en almacén" in me.reply, "the answer in the box")
    assert me.states("Ya lo revisé") == []  # nothing leaves by itself
    await me.press("ctrl+return")
    await me.until(lambda: me.states("Ya lo revisé") == ["waiting"], "the reply to be owed")
    me.watch.advance(12)
    await me.until(lambda: me.out("Ya lo revisé en almacén") == 1, "the reply to be out")
    assert me.out(QUESTION) == 1
    used = me.rows("SELECT used_at IS NOT NULL FROM letter WHERE conversation_id = ? AND NOT is_ours", number)
    assert used == [(1,)]


async def test_what_was_typed_in_the_sheet_is_there_after_escape_and_undo(me: Person) -> None:
    await me.go_to("inbox", "g", "i")
    await me.until(lambda: me.page.desk.detail is not None, "a conversation")
    number = me.page.desk.row.id
    await me.press("f")
    await the_sheet(me)
    await me.write(QUESTION)
    await me.press("escape")
    await me.until(lambda: me.shell.window.overlay() is None, "the sheet to close")
    await me.until(lambda: me.rows("SELECT 1 FROM setting WHERE name = ?", f"escalation.draft.{number}"), "the draft")
    await me.press("f")
    sheet = await the_sheet(me)
    assert sheet.question.toPlainText() == QUESTION
    told = sheet.told.editor.text()
    await me.press("ctrl+return")
    await me.until(lambda: me.states(QUESTION) == ["waiting"], "the letter to be owed")
    await me.until(lambda: me.shell.window.overlay() is None, "the sheet to be gone")
    await me.take_back()
    await me.until(lambda: me.states(QUESTION) == ["let_go"], "the letter to be taken back")
    assert me.rows("SELECT count(*) FROM promise WHERE conversation_id = ?", number) == [(0,)]
    assert me.rows("SELECT count(*) FROM escalation WHERE conversation_id = ?", number) == [(0,)]
    sheet = await the_sheet(me)
    assert (sheet.question.toPlainText(), sheet.told.editor.text()) == (QUESTION, told)
    await me.press("escape")
