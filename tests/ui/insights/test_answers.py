"""The Answers tab: figures of real cases, what is behind each by keys, the call centre's months typed in, and all of it as tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlmodel import select

from app.models.conversation import Category, ConversationState
from app.models.support_figures import CallMonth, Measure
from app.models.tables.conversation import Message
from app.runtime.clock import to_ms
from app.store.writing import conversations
from app.ui.insights.answers import AnswersTab
from app.ui.insights.call_sheet import CallSheet
from app.ui.insights.cases_sheet import CasesSheet
from tests.store.making import arrival, keep
from tests.ui.calendar.hands import press
from tests.ui.campaign_window import Window
from tests.ui.shop import nameless, texts

Opens = Callable[..., Any]


def worked_through(window: Window) -> None:
    """Three cases in the period: a complaint that was answered and solved, a question answered late, an order nobody answered."""
    shop = window.shop
    now = shop.clock.now()

    def at(days: float, minutes: int = 0) -> Any:
        return now - timedelta(days=days) + timedelta(minutes=minutes)

    keep(
        shop.database,
        shop.account_id,
        arrival("old", thread_key="z", at=at(80), author_id="u0", author_handle="@old"),
        arrival("m1", "Llegó roto", thread_key="a", at=at(5), author_id="u1", author_name="Memo"),
        arrival("o1", "Lo sentimos", thread_key="a", ours=True, at=at(5, 30)),
        arrival("m2", "¿Abren hoy?", thread_key="b", at=at(4), author_id="u2", author_name="Zoé"),
        arrival("o2", "Sí", thread_key="b", ours=True, at=at(4, 90)),
        arrival("m3", "¿Y mi pedido?", thread_key="c", at=at(3), author_id="u3", author_name="Ana"),
        now_ms=to_ms(now),
    )
    threads = dict(shop.database.reader.now(lambda c: c.execute("SELECT thread_key, id FROM conversation").fetchall()))
    for thread, category in (("a", Category.COMPLAINT), ("b", Category.QUESTION), ("c", Category.ORDER)):
        shop.database.write_now(conversations.categorize, threads[thread], category)
    shop.database.write_now(conversations.set_state, threads["a"], ConversationState.DONE, to_ms(now))


READINGS = 8


async def shown(window: Window) -> AnswersTab:
    worked_through(window)
    window.shell.window.show_page("insights", tab="answers")
    await window.settle()
    tab = window.page.tab
    assert isinstance(tab, AnswersTab)
    return tab


async def test_figures_of_answering_say_on_how_much_they_rest(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await shown(window)
        assert tab.cards[Measure.HANDLED].figure.text() == "2"
        assert tab.cards[Measure.SOLVED].figure.text() == "33%"
        assert "n = 3" in tab.cards[Measure.SOLVED].many.text()
        assert [line.category for line in tab.categories.rows] == [Category.COMPLAINT, Category.ORDER, Category.QUESTION]
        assert tab.titled["categories"].about.text() == "3 cases came in"
        assert "0 before" in tab.cards[Measure.HANDLED].before.text()
        assert tab.support is not None
        assert sum(map(sum, tab.support.heat)) == 3
        assert nameless(window.page) == []


async def test_nothing_that_came_is_no_figure(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        window.shell.window.show_page("insights", tab="answers")
        await window.settle()
        tab = window.page.tab
        assert tab.cards[Measure.FIRST].figure.text() == "—"
        assert not tab.cards[Measure.FIRST].delta.isVisible()
        assert not tab.categories.isVisible()
        tab.cards[Measure.FIRST].setFocus()
        press(Qt.Key.Key_Return)
        await window.settle()
        assert "No conversation counts for this figure." in texts(window.sheet)


async def test_enter_on_a_figure_lists_its_conversations_and_opens_one(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await shown(window)
        opened: list[tuple[str, dict[str, Any]]] = []
        tab._face.window.show_page = lambda page, **target: opened.append((page, target))
        tab.cards[Measure.FIRST].setFocus()
        press(Qt.Key.Key_Return)
        await window.settle()
        sheet = window.sheet
        assert isinstance(sheet, CasesSheet)
        assert [row.author for row in sheet.rows.rows] == ["Zoé", "Memo"]
        sheet.rows.setFocus()
        press(Qt.Key.Key_Return)
        assert opened == [("inbox", {"conversation": sheet.rows.rows[0].id})]


async def test_rows_and_hours_open_what_is_behind_them_too(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await shown(window)
        place = [line.category for line in tab.categories.rows].index(Category.ORDER)
        tab.categories.activated_row.emit(place)
        await window.settle()
        assert [row.author for row in window.sheet.rows.rows] == ["Ana"]
        window.sheet.close_now()
        services = tab._face.services
        case = services.reads.now(lambda queries: queries.support_cases(tab.found.scope, services.answering.worked))[0]
        hours = [place for place in range(tab.heat.places) if tab.heat.value(place)]
        assert hours
        tab.heat.opened.emit(tab._weekdays().index(case.weekday) * 24 + case.hour)
        await window.settle()
        assert "Memo" in [row.author for row in window.sheet.rows.rows]
        window.sheet.close_now()
        tab.hours.activated_row.emit(0)
        await window.settle()
        assert isinstance(window.sheet, CasesSheet)


async def test_an_answer_of_the_playbook_opens_the_conversations_in_which_it_was_sent(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await shown(window)
        titled = lambda s: [setattr(row, "answer_title", "Horario") for row in s.exec(select(Message).where(Message.text == "Sí"))]  # noqa: E731
        window.shop.database.write_now(titled)
        tab.forget()
        window.page.read()
        await window.settle()
        assert [row.title for row in tab.standards.rows] == ["Horario"]
        tab.standards.activated_row.emit(0)
        await window.settle()
        assert [row.author for row in window.sheet.rows.rows] == ["Zoé"]


async def test_a_period_that_was_read_is_not_read_again_until_something_changes(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await shown(window)
        window.page.read()
        await window.settle()
        reads: list[object] = []
        remember = tab._memory.get

        def get(key: Any, make: Any) -> Any:
            return remember(key, lambda: (reads.append(key), make())[1])

        tab._memory.get = get
        for _ in range(READINGS):  # what was stored before may still be heard of: then it is read once more
            reads.clear()
            window.page.read()
            await window.settle()
            if not reads:
                break
        assert reads == []
        keep(window.shop.database, window.shop.account_id, arrival("m9", "Otra más", thread_key="e", author_id="u9", author_handle="@nueve"))
        await window.settle()
        window.page.read()
        await window.settle()
        assert reads
        assert tab.support is not None


async def test_the_call_centres_month_is_typed_in_and_stands_beside_ours(qapp: QApplication, opens: Opens, tmp_path: Path) -> None:
    async with opens("insights") as window:
        tab = await shown(window)
        tab.type_calls()
        await window.settle()
        sheet = window.sheet
        assert isinstance(sheet, CallSheet)
        month = next(iter(sheet.fields))
        calls, mean = sheet.fields[month]
        calls.setText("many")
        sheet.take()
        assert sheet.complaint.isVisible()
        calls.setText("1 204")
        mean.setText("1:35")
        sheet.take()
        await window.settle()
        assert window.sheet is None
        await window.settle()
        window.page.read()
        await window.settle()
        row = next(row for row in tab.months.rows if row.month == month)
        assert row.calls == CallMonth(month, 1204, 95)
        told = dict(zip(tab.months.table().columns, tab.months.table().rows[tab.months.rows.index(row)], strict=True))
        assert (told["Calls"], told["Mean there"]) == ("1,204", "1:35 min")
        tab.type_calls()
        await window.settle()
        assert window.sheet.fields[month][1].text() == "1:35"
        path = tmp_path / "calls.csv"
        path.write_text("Month,Calls\n2026-09,7\nx,y\n", "utf-8")
        window.sheet.read_file(path)
        await window.settle()
        assert any("1 month was read; rows left out: 1" in said for said in window.said())
        tab.type_calls()
        await window.settle()
        window.sheet.read_file(tmp_path / "none.csv")
        await window.settle()
        assert window.sheet.complaint.text()


async def test_all_figures_are_tables_in_both_languages(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await shown(window)
        tables = tab.tables()
        assert [table.title for table in tables] == [
            "Answers", "By kind", "In and out of working hours", "Prepared answers sent", "When customers write", "Beside the call centre",
        ]  # fmt: skip
        assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
        assert len(tables[0].rows) == len(Measure)
        assert [chart.accessibleName() for chart in tab.charts()] == ["When customers write"]
        window.shell.look.words.language = "es"
        window.page.retranslate()
        await window.settle()
        assert "Atendidos" in texts(window.page)
