"""The Insights page: figures beside the ones before, other periods and accounts by keys, what is behind a figure, and all of it as files."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.models.insight import Metric
from tests.ui.calendar.hands import press, type_key
from tests.ui.insights.conftest import measured
from tests.ui.shop import nameless, texts

Opens = Callable[..., Any]


async def test_nothing_measured_shows_no_figure_and_no_change(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        view = window.page.view
        assert view.kpis[Metric.CLICKS].figure.text() == "—"
        assert not view.kpis[Metric.CLICKS].delta.isVisible()
        assert "no post of the period was measured" in texts(window.page)
        assert window.page.strip.isHidden()
        assert nameless(window.page) == []


async def test_a_figure_stands_beside_the_one_before_with_what_it_rests_on(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        window.page.read()
        followers = window.page.view.kpis[Metric.FOLLOWERS]
        assert followers.figure.text() == "500"
        assert followers.delta.isVisible()
        assert followers.before.text() == "444 before"
        assert "from 1 account" in followers.accessibleName()
        assert window.page.view.kpis[Metric.CLICKS].figure.text() == "40"
        assert [post.title for post in window.page.view.top.rows] == ["Ya llegó «Marea»"]
        assert window.page.view.followers.lines[0].last == 56
        assert window.page.strip.isHidden()


async def test_too_few_days_say_when_the_comparison_starts(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window, weeks=1)
        window.page.read()
        assert not window.page.strip.isHidden()
        assert "The comparison starts on" in window.page.strip.label.text()
        assert not window.page.view.kpis[Metric.FOLLOWERS].delta.isVisible()


async def test_arrows_turn_to_other_periods_and_never_beyond_the_last_full_days(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        page = window.page
        now = page.period
        page.first_focus().setFocus()
        press(Qt.Key.Key_Left)
        assert page.period == now.before
        assert page.view.kpis[Metric.CLICKS].figure.text() == "—"
        press(Qt.Key.Key_Right)
        press(Qt.Key.Key_Right)
        assert page.period == now
        assert not page.header.later.isEnabled()
        press(Qt.Key.Key_Left)
        type_key("t")
        assert page.period == now
        window.shell.actions.run("insights.week")
        assert page.period.days == 7
        assert page.resumable() == {"days": 7, "comparison": "before", "tab": "summary"}


async def test_only_the_chosen_accounts_count(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        window.shop.add_account("@otra")
        page = window.page
        page.read()
        (other,) = [each.id for each in page.choosing.known if each.handle == "@otra"]
        page.choose(frozenset({other}))
        assert page.view.kpis[Metric.FOLLOWERS].figure.text() == "—"
        assert "@otra" in page.header.accounts.text()
        page.choose(frozenset())
        assert page.view.kpis[Metric.FOLLOWERS].figure.text() == "500"


async def test_enter_opens_what_is_behind_a_figure(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        page = window.page
        page.read()
        page.view.kpis[Metric.REPOSTS].setFocus()
        press(Qt.Key.Key_Return)
        assert page.view.top.hasFocus()
        assert page.view.top.by is Metric.REPOSTS
        press(Qt.Key.Key_Return)
        await window.settle()
        assert window.shell.window.current == "composer"


async def test_a_chart_is_walked_by_keys_and_copied_as_a_table(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        page = window.page
        page.read()
        chart = page.view.clicks
        chart.setFocus()
        press(Qt.Key.Key_End)
        period = page.period
        assert "40" in chart.accessibleDescription()
        press(Qt.Key.Key_Left)
        assert "—" in chart.accessibleDescription()
        assert page.period == period
        press(Qt.Key.Key_C, held=Qt.KeyboardModifier.ControlModifier)
        lines = QGuiApplication.clipboard().text().splitlines()
        assert len(lines) == 29
        assert lines[-1].split("\t")[1] == "40"


async def test_all_tables_are_saved_as_files(qapp: QApplication, opens: Opens, tmp_path: Path) -> None:
    async with opens("insights") as window:
        await measured(window)
        window.page.read()
        folder = tmp_path / "cifras"
        folder.mkdir()
        window.page.files.save_to(folder)
        await window.settle()
        files = sorted(path.name for path in folder.iterdir())
        assert files == sorted(f"{name}.csv" for name in (
            "summary", "new-followers", "clicks-on-our-links", "time-to-answer", "reposts", "replies-received",
            "posts-that-inform-posts-that-sell", "what-travelled-furthest", "most-asked",
        ))  # fmt: skip
        rows = list(csv.reader((folder / "summary.csv").read_text("utf-8-sig").splitlines()))
        assert rows[1][:3] == ["Followers", "500", "444"]
        assert any("files are in" in said for said in window.said())


async def test_a_folder_that_is_gone_is_said_and_nothing_is_lost(qapp: QApplication, opens: Opens, tmp_path: Path) -> None:
    async with opens("insights") as window:
        window.page.files.save_to(tmp_path / "nowhere")
        await window.settle()
        assert any("takes no files" in said for said in window.said())


async def test_a_narrow_window_lays_two_charts_a_row(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights", 1024) as window:
        view = window.page.view
        assert view.cards["clicks"].y() == view.cards["followers"].y()
        assert view.cards["times"].y() > view.cards["clicks"].y()
        window.shell.window.resize(1440, 900)
        await window.settle()
        assert view.cards["times"].y() == view.cards["clicks"].y()


async def test_another_language_says_everything_anew(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        window.shell.look.words.language = "es"
        window.page.retranslate()
        await window.settle()
        assert "Seguidores" in texts(window.page)
        assert "Seguidores" in window.page.view.kpis[Metric.FOLLOWERS].accessibleName()


async def test_in_a_narrow_header_words_give_way_one_after_the_other(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        await measured(window)
        window.shell.window.resize(1024, 640)
        await window.settle()
        header = window.page.header
        parts = (header.tabs, header.period, header.accounts, header.report)
        named, days = [part.accessibleName() for part in parts], header._names[1]
        told = []
        while header.report.text() and len(days) < 300:
            days += "."
            header._names = ("", days)
            header._fit()
            assert header._holds(*parts) or not header.report.text()
            told.append((bool(header.accounts.text()), bool(header.report.text())))
        assert list(dict.fromkeys(told)) == [(True, True), (False, True), (False, False)]
        assert header.report.toolTip() == named[3]
        assert [part.accessibleName() for part in parts if part is not header.period] == [named[0], *named[2:]]
        header._names = ("", days[:-60])
        header._fit()
        assert header.report.text() == named[3]
        assert header.report.toolTip() == ""
