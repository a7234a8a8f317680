"""The Posts tab: sorted and filtered by keys, one post beside with its curve, and all of it as tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.models.post import PostFormat
from app.models.post_table import Column, PostFilter
from app.runtime.clock import to_ms
from app.store.writing import samples
from app.ui.insights.post_rows import places
from app.ui.insights.posts import PostsTab
from app.ui.widgets.text import text_width
from tests.ui.calendar.hands import press
from tests.ui.campaign_window import Window
from tests.ui.shop import nameless, texts

Opens = Callable[..., Any]
DAY = timedelta(days=1)


async def two_posts(window: Window) -> PostsTab:
    """One with 40 clicks and one nobody measured the clicks of, both yesterday; the tab is shown."""
    shop = window.shop
    first = await shop.post("Ya llegó «Marea»")
    second = await shop.post("Alud toca a oscuras")
    await shop.services.publishing.send_due()
    shop.clock.advance(6 * 3600)
    now = to_ms(shop.clock.now())
    hour = 3_600_000
    rows = [("clicks", "post", first, now - hour, 10), ("clicks", "post", first, now, 40), ("likes", "post", first, now, 3)]
    await shop.database.write(samples.add, [*rows, ("likes", "post", second, now, 8), ("impressions", "post", second, now, 80)])
    shop.clock.advance(24 * 3600)
    window.shell.window.show_page("insights", tab="posts")
    await window.settle()
    tab = window.page.tab
    assert isinstance(tab, PostsTab)
    return tab


def titles(tab: PostsTab) -> list[str]:
    return [line.title for line in tab.rows.rows]


async def test_without_posts_the_tab_says_so(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        window.shell.window.show_page("insights", tab="posts")
        await window.settle()
        assert "No posts here" in texts(window.page)
        assert nameless(window.page) == []


async def test_a_column_is_sorted_by_keys_and_turned_by_the_same_key(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await two_posts(window)
        assert nameless(window.page) == []
        tab.header.setFocus()
        period = window.page.period
        press(Qt.Key.Key_End)
        press(Qt.Key.Key_Left)
        assert window.page.period == period
        press(Qt.Key.Key_Return)
        assert tab.by is Column.CLICKS
        assert titles(tab) == ["Ya llegó «Marea»", "Alud toca a oscuras"]
        press(Qt.Key.Key_Return)
        assert titles(tab) == ["Ya llegó «Marea»", "Alud toca a oscuras"], "what was not measured is last either way"
        press(Qt.Key.Key_End)
        press(Qt.Key.Key_Return)
        assert titles(tab) == ["Alud toca a oscuras", "Ya llegó «Marea»"]
        assert "Sorted by Rate, most first" in tab.header.accessibleName()
        assert window.page.resumable()["posts_by"] == "rate"


async def test_columns_nobody_told_anything_for_are_left_out(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await two_posts(window)
        assert Column.RATE in tab.rows.figures
        assert tab.rows.told(tab.rows.rows[0], Column.RATE) in ("10%", "10.0%", "—")
        window.page.step(-1)
        await window.settle()
        assert tab.lines == []
        assert "Nothing went out in these days." in texts(window.page)


async def test_a_filter_leaves_what_is_like_it_and_escape_shows_all(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await two_posts(window)
        tab.format.choose(PostFormat.PROMO.value)
        assert tab.filter == PostFilter(format=PostFormat.PROMO)
        assert titles(tab) == []
        assert "None of the period is like this. Esc shows all of them." in texts(window.page)
        press(Qt.Key.Key_Escape)
        assert len(titles(tab)) == 2


async def test_the_chosen_post_stands_beside_with_its_curve(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await two_posts(window)
        tab.sort_by(Column.CLICKS)
        tab.rows.choose(0)
        await window.settle()
        assert tab.beside.title.text() == "\u2068Ya llegó «Marea»\u2069"
        tab.beside.counted.choose("clicks")
        assert tab.beside.chart.places == 2
        assert "40" in tab.beside.chart.said(1)
        tab.rows.setFocus()
        press(Qt.Key.Key_Return)
        await window.settle()
        assert window.shell.window.current == "composer"


async def test_the_table_is_copied_and_told_again_for_each_network(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await two_posts(window)
        tab.rows.setFocus()
        press(Qt.Key.Key_C, held=Qt.KeyboardModifier.ControlModifier)
        lines = QGuiApplication.clipboard().text().splitlines()
        assert len(lines) == 3
        names = [table.title for table in tab.tables()]
        assert names[:2] == ["Posts", "Posts by network"]
        assert len(tab.charts()) == 1
        (row,) = [row for row in tab.tables()[1].rows if row[1] == "Ya llegó «Marea»"]
        assert "40" in row


async def test_a_figure_of_the_summary_opens_its_posts(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await two_posts(window)
        page = window.page
        page.turn_to(0)
        await window.settle()
        page.view.clicks.setFocus()
        press(Qt.Key.Key_End)
        press(Qt.Key.Key_Return)
        await window.settle()
        assert isinstance(page.tab, PostsTab)
        assert page.tab.by is Column.CLICKS


async def test_the_list_goes_on_standing_where_it_was_after_a_commit(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await two_posts(window)
        tab.rows.choose(1)
        chosen = tab.rows.current
        assert chosen is not None
        await window.shop.database.write(samples.add, [("likes", "post", chosen.deliveries[0].outbox_id, to_ms(window.shop.clock.now()), 99)])
        window.page.read()
        await window.settle()
        assert tab.rows.current is not None
        assert tab.rows.current.id == chosen.id
        assert tab.rows.current.of(next(iter(chosen.deliveries[0].figures))) is not None


async def test_in_a_narrow_table_columns_are_as_narrow_as_their_names_and_figures(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await two_posts(window)
        look, rows = tab.rows.face.look, tab.rows
        assert rows.figures[Column.CLICKS] == "40"
        tab.sort_by(Column.CLICKS)
        wide, narrow = (places(look, QRectF(0, 0, width, 30), rows.widths) for width in (1100, 640))
        bold = look.theme.font("captionStrong")
        for column in rows.figures:
            name = look.text(f"insights.column.{column}")
            assert wide.of[column][1] >= narrow.of[column][1] >= text_width(name, bold)
        assert narrow.of[Column.CLICKS][1] >= text_width(look.text("insights.column.clicks") + " \u2193", bold)
        assert narrow.networks is None
        assert narrow.of[Column.TITLE][1] > 640 / 4
