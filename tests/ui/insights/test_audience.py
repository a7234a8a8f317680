"""The Audience tab: growth, who writes, influence with its formula, interests put away by a key, and lists that hold only who may stand on them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from app.models.audience import Growth
from app.models.customer import CustomerWords, Flag
from app.models.insight import Period
from app.models.interest import Kind, Term
from app.runtime.clock import to_ms
from app.store.writing import customers, interests, samples
from app.ui.insights.audience import AudienceTab
from app.ui.insights.days_sheet import CountedDay, DaysSheet, counted_days
from app.ui.insights.posts import PostsTab
from tests.store.making import arrival, keep
from tests.ui.calendar.hands import press
from tests.ui.campaign_window import Window
from tests.ui.shop import nameless, texts

Opens = Callable[..., Any]
TERMS = [Term(Kind.TITLE, "marea", "Marea"), Term(Kind.MAKER, "mar de cal", "=Mar de Cal"), Term(Kind.STYLE, "hola", "Hola")]


def peopled(window: Window) -> None:
    """Two people wrote; both spoke of something, one of them wants the newsletter."""
    shop = window.shop
    now = shop.clock.now()
    day = timedelta(days=1)
    keep(
        shop.database,
        shop.account_id,
        arrival("old", thread_key="z", at=now - 80 * day, author_id="u0", author_handle="@old"),
        arrival("m1", "Hola, ¿Marea?", thread_key="a", at=now - 5 * day, author_id="u1", author_name="Memo", author_followers=999),
        arrival("m2", "Mar de Cal y Marea", thread_key="b", at=now - 4 * day, author_id="u2", author_name="Zoé", language="fr"),
        now_ms=to_ms(now),
    )
    rows = [("followers", "account", shop.account_id, to_ms(now - back * day), 500 - 2 * back) for back in range(60)]
    shop.database.write_now(samples.add, rows)
    shop.database.write_now(interests.keep_terms, TERMS, bulk=True)
    ids = dict(shop.database.reader.now(lambda c: c.execute("SELECT remote_id, id FROM message").fetchall()))
    spoken = [(ids["m1"], "title", "marea"), (ids["m1"], "style", "hola"), (ids["m2"], "title", "marea"), (ids["m2"], "maker", "mar de cal")]
    shop.database.write_now(interests.keep_spoken, spoken, bulk=True)
    people = dict(shop.database.reader.now(lambda c: c.execute("SELECT name, customer_id FROM identity").fetchall()))
    for name, flags in (("Memo", ()), ("Zoé", (Flag.NEWSLETTER,))):
        words = CustomerWords("", "", "fr", f"{'zoe' if flags else 'memo'}@correo.example", "", ())
        shop.database.write_now(customers.describe, people[name], words)
        shop.database.write_now(customers.set_flags, people[name], flags, to_ms(now))


async def shown(window: Window) -> AudienceTab:
    peopled(window)
    window.shell.window.show_page("insights", tab="audience")
    await window.settle()
    tab = window.page.tab
    assert isinstance(tab, AudienceTab)
    return tab


async def test_growth_writers_and_influence_are_told(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await shown(window)
        assert (tab.cards["people"].figure.text(), tab.cards["new"].figure.text(), tab.cards["returning"].figure.text()) == ("2", "2", "0")
        assert tab.cards["wrote"].figure.text() == "at most 0.6%"
        (grown,) = tab.growth.rows
        assert (grown.won, grown.lost, grown.net) == (56, 0, 56)
        assert tab.gains.lines[0].last == 56
        assert [column.name for column in tab.languages.columns] == ["Spanish", "French"]
        assert [row.name for row in tab.top.rows] == ["Memo", "Zoé"]
        assert any("log₁₀(1 + followers)" in said for said in texts(window.page))
        assert nameless(window.page) == []


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
async def test_interests_are_counted_by_people_and_a_common_word_is_put_away(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await shown(window)
        assert [(row.name, row.people) for row in tab.interests.rows] == [("Marea", 2), ("=Mar de Cal", 1), ("Hola", 1)]
        tab.kind.choose(3)
        tab._show_interests()
        assert [row.name for row in tab.interests.rows] == ["Hola"]
        tab.interests.setFocus()
        press(Qt.Key.Key_Delete)
        await window.settle()
        window.page.read()
        await window.settle()
        assert tab.interests.rows == ()
        assert window.page.perform("put_back")
        (menu,) = [each for each in tab.findChildren(QMenu) if each.isVisible()]
        assert "Hola" in menu.actions()[0].text()
        menu.actions()[0].trigger()
        menu.close()
        await window.settle()
        await window.shop.services.undo.undo()
        assert any("no interest any more" in said for said in window.said())
        await window.shop.services.undo.undo()
        window.page.read()
        await window.settle()
        assert [row.name for row in tab.interests.rows] == ["Hola"]


async def test_enter_opens_who_wrote_and_where_something_was_spoken_of(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await shown(window)
        opened: list[tuple[str, dict[str, Any]]] = []
        tab.interests.activated_row.emit(0)
        await window.settle()
        assert [row.author for row in window.sheet.rows.rows] == ["Zoé", "Memo"]
        window.sheet.close_now()
        await window.settle()
        window.shell.window.activateWindow()
        tab._face.window.show_page = lambda page, **target: opened.append((page, target))
        tab.top.setFocus()
        press(Qt.Key.Key_Return)
        assert opened == [("inbox", {"conversation": tab.top.rows[0].conversation_id})]


async def test_growth_opens_its_days_and_reach_the_posts_of_the_account(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        tab = await shown(window)
        tab.growth.activated_row.emit(0)
        await window.settle()
        sheet = window.sheet
        assert isinstance(sheet, DaysSheet)
        assert len(sheet.rows.rows) == 28
        newest = sheet.rows.rows[0]
        assert (newest.followers, newest.gained) == (tab.growth.rows[0].followers, 2)
        assert "500" not in texts(sheet)
        sheet.close_now()
        await window.settle()
        tab.reach.activated_row.emit(0)
        await window.settle()
        assert isinstance(window.page.tab, PostsTab)
        assert window.page.choosing.accounts == frozenset({window.shop.account_id})


def test_a_day_without_a_measurement_is_no_row() -> None:
    period = Period(date(2026, 11, 2), date(2026, 11, 5))
    grown = Growth(1, "x", "@a", 120, None, None, None, None, 3, (0, None, 15, 20))
    assert counted_days(grown, period) == [
        CountedDay(date(2026, 11, 5), 120, 5),
        CountedDay(date(2026, 11, 4), 115, 15),
        CountedDay(date(2026, 11, 2), 100, None),
    ]
    assert counted_days(grown._replace(followers=None, series=(None,) * 4), period) == []


async def test_lists_hold_only_who_may_stand_on_them_and_no_formula(qapp: QApplication, opens: Opens, tmp_path: Path) -> None:
    async with opens("insights") as window:
        tab = await shown(window)
        assert "holds 1 person" in tab.consent.text()
        for which in ("newsletter", "purchasing"):
            tab.save_list(which, tmp_path)
            await window.settle()
        newsletter = list(csv.reader((tmp_path / "newsletter.csv").read_text("utf-8-sig").splitlines()))
        assert newsletter[1:] == [["zoe@correo.example", "Zoé", "fr", "'=Mar de Cal; Marea", "2026-11-18"]]
        purchasing = list(csv.reader((tmp_path / "interests-for-purchasing.csv").read_text("utf-8-sig").splitlines()))
        assert [row[0] for row in purchasing[1:]] == ["Marea", "'=Mar de Cal", "Hola"]
        assert "@" not in str(purchasing)
        tab.save_list("newsletter", tmp_path / "nowhere")
        await window.settle()
        assert any("takes no files" in said for said in window.said())


async def test_without_anything_it_says_what_is_missing(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        window.shell.window.show_page("insights", tab="audience")
        await window.settle()
        tab = window.page.tab
        assert tab.no_names.isVisible()
        assert not tab.newsletter.isEnabled()
        assert not tab.purchasing.isEnabled()
        assert tab.cards["wrote"].before.text() == "not measured"
        assert all(len(row) == len(table.columns) for table in tab.tables() for row in table.rows)
        window.shell.look.words.language = "es"
        window.page.retranslate()
        await window.settle()
        assert "Personas que escribieron" in texts(window.page)
