"""A morning before the window: what came in is answered, put aside or put away, by keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from app.models.conversation import View
from app.runtime.settings import Sending
from tests.end_to_end.morning import Person

POPUP = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)
ANSWER = "Ya lo revisamos, hoy mismo te escribimos."


async def begin(me: Person) -> str:
    """In the inbox; who is first there."""
    await me.go_to("inbox", "g", "i")
    await me.until(lambda: me.open_name, "an open conversation")
    return me.open_name


async def show(me: Person, view: View) -> list[str]:
    """Who stands in another view."""
    await me.outside(lambda: me.shell.window.show_page("inbox", view=str(view)))
    await me.until(lambda: me.page.desk.view is view and me.listed, f"the view {view}")
    return me.listed


def said_by_us(me: Person) -> tuple[int, int]:
    """How much the networks have of us: posts and replies, likes and boosts. Pictures may be on their way to them."""
    world = me.server._world.look()
    return len(world.posts), len(world.acts)


async def test_the_day_begins_with_today_and_goes_on_in_the_inbox(me: Person) -> None:
    assert me.shell.window.current == "today"
    first = await begin(me)
    assert first == me.listed[0]
    await me.press("j")
    assert me.open_name == me.listed[1]
    await me.press("k")
    assert me.open_name == first


async def test_return_on_today_opens_what_is_most_urgent(me: Person) -> None:
    await me.until(lambda: "answer_1" in me.page.state()["facts"], "the first answer of today")
    await me.press("return")
    await me.until(lambda: me.shell.window.current == "inbox" and me.open_name == me.listed[0], "the first conversation")


async def test_a_reply_leaves_after_its_undo_time_and_once(me: Person) -> None:
    first = await begin(me)
    second = me.listed[1]
    await me.press("r")
    await me.write(ANSWER)
    assert me.reply == ANSWER
    await me.press("ctrl+return")
    await me.until(lambda: me.open_name == second and first not in me.listed, "the next conversation")
    assert me.page.list.rows.current_row == 0
    await me.until(lambda: me.states(ANSWER) == ["waiting"], "the reply to be owed")
    await me.breathe()
    assert me.focus is me.page.list.rows
    assert me.out(ANSWER) == 0
    me.watch.advance(9)
    await me.breathe()
    assert me.out(ANSWER) == 0
    me.watch.advance(3)
    await me.until(lambda: me.states(ANSWER) == ["out"], "the reply to be out")
    assert me.out(ANSWER) == 1
    me.watch.advance(120)
    await me.breathe()
    assert me.out(ANSWER) == 1


async def test_z_brings_the_text_back_exactly(me: Person) -> None:
    first = await begin(me)
    text = "  Hola:\n\nsí, «Marea» llega el martes. 🎧 "
    await me.press("r")
    await me.outside(lambda: me.page.conversation.reply.editor.insertPlainText(text))
    await me.press("ctrl+return")
    await me.until(lambda: me.open_name != first and me.said, "the next conversation")
    await me.press("z")
    await me.until(lambda: me.open_name == first and me.reply, "the text to be back")
    assert me.reply == text
    await me.until(lambda: me.focus is me.page.conversation.reply.editor, "the keyboard in the text")
    me.watch.advance(60)
    await me.breathe()
    assert me.states("Marea» llega el martes") == ["let_go"]
    assert me.out("«Marea» llega el martes") == 0


async def test_taken_back_and_sent_again_only_the_sending_is_told(me: Person) -> None:
    said = "Gracias por contarnos esto."  # promises nothing: a promise would be offered to be remembered
    await begin(me)
    await me.press("r")
    await me.write(said)
    await me.press("ctrl+return")
    await me.until(lambda: me.states(said) == ["waiting"] and me.said, "the reply to be owed")
    await me.press("z")
    await me.until(lambda: me.reply == said and me.focus is me.page.conversation.reply.editor, "the text to be back")
    await me.press("ctrl+return")
    await me.until(lambda: me.states(said) == ["let_go", "waiting"], "the reply to be owed again")
    await me.until(lambda: "leaves in" in me.said[0], "the sending to be told")
    assert len(me.shell.window.toasts.toasts()) == 1
    me.watch.advance(12)
    await me.until(lambda: me.states(said) == ["let_go", "out"], "the reply to be out")


async def test_without_an_undo_time_a_reply_leaves_at_once(me: Person) -> None:
    me.settings().change(Sending, undo_seconds=0)
    await begin(me)
    await me.press("r")
    await me.write(ANSWER)
    await me.press("ctrl+return")
    await me.until(lambda: me.states(ANSWER) == ["out"], "the reply to be out")
    assert me.out(ANSWER) == 1


@pytest.mark.parametrize("layout", ["us", "ru", "fr"])
async def test_done_and_undone_on_each_layout(me: Person, layout: str) -> None:
    first = await begin(me)
    me.layout = layout
    second = me.listed[1]
    await me.press("j", "k", "e")
    await me.until(lambda: first not in me.listed, "the conversation to leave the list")
    assert me.open_name == second
    await me.press("z")
    await me.until(lambda: me.listed[0] == first, "the conversation to be back")


@POPUP
@pytest.mark.parametrize("layout", ["us", "ru", "fr"])
async def test_snoozed_for_three_hours_and_back(me: Person, layout: str) -> None:
    first = await begin(me)
    me.layout = layout
    await me.press("s")
    await me.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu of times")
    await (me.press("down", "down", "return") if layout == "fr" else me.press("2"))
    await me.until(lambda: first not in me.listed, "the conversation to be put aside")
    assert first in await show(me, View.SNOOZED)
    await show(me, View.NEEDS_ANSWER)
    me.watch.advance(3 * 3600 + 60)
    await me.until(lambda: first in me.listed, "the conversation to come back")


async def test_ignored_politely(me: Person) -> None:
    first = await begin(me)
    before = said_by_us(me)
    await me.press("m")
    await me.until(lambda: first not in me.listed, "the conversation to be put away")
    assert first in await show(me, View.IGNORED)
    assert said_by_us(me) == before


async def test_kind_words_are_kept(me: Person) -> None:
    first = await begin(me)
    await me.press("q")
    await me.until(lambda: first not in me.listed, "the conversation to be kept")
    assert first in await show(me, View.PRAISE)


@POPUP
async def test_a_category_is_changed_by_its_digit(me: Person) -> None:
    await begin(me)
    await me.press("t")
    await me.until(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu of categories")
    await me.press("4")
    await me.until(lambda: me.page.desk.row is not None and me.page.desk.row.category == "request", "the category")
    await me.until(lambda: me.shell.actions.action("edit.undo").isEnabled(), "something to take back")
    await me.press("z")
    await me.until(lambda: me.page.desk.row is not None and me.page.desk.row.category != "request", "the category before")


async def test_a_note_stays_here(me: Person) -> None:
    first = await begin(me)
    before = said_by_us(me)
    await me.press("n")
    await me.write("Llamar el lunes")
    await me.press("ctrl+return")
    await me.until(lambda: me.rows("SELECT count(*) FROM note WHERE text = 'Llamar el lunes'") == [(1,)], "the note")
    assert me.open_name == first
    assert said_by_us(me) == before


async def test_search_finds_and_escape_leaves_it(me: Person) -> None:
    await begin(me)
    everyone = me.listed
    await me.press("/")
    await me.write("aduana douane")
    await me.until(lambda: me.page.desk.searched is not None, "the search")
    await me.press("escape")
    await me.until(lambda: me.listed == everyone, "the list as before")


async def test_ticked_conversations_are_done_together(me: Person) -> None:
    await begin(me)
    gone = me.listed[:3]
    await me.press("shift+j", "shift+j")
    await me.press("e")
    await me.until(lambda: not set(gone) & set(me.listed), "three conversations to be done")
    await me.press("z")
    await me.until(lambda: me.listed[:3] == gone, "all three to be back")


async def test_the_inbox_worked_empty_offers_what_comes_next(me: Person) -> None:
    await begin(me)
    for _ in range(40):
        if not me.listed:
            break
        await me.press("e")
        await me.until(lambda: True)
    await me.until(lambda: me.page.desk.model.rowCount() == 0, "an empty list")
    await me.until(lambda: me.page.desk.row is None, "nothing to be open")
    assert me.page.footer_keys()[0].keys == ("G P",)


async def test_f6_goes_through_the_panes_and_escape_comes_back(me: Person) -> None:
    await begin(me)
    panes = set()
    for _ in range(5):
        await me.press("f6")
        panes.add(me.focus)
    assert len(panes) >= 4
    await me.press("r", "escape")
    assert me.focus is me.page.list.rows
