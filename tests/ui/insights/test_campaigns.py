"""The Campaigns tab: a campaign's report with what it sold and cost, other campaigns by keys, costs and coupons as they are typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.models.campaign import Goal
from app.models.insight import Scope
from app.models.order import ReadOrder
from app.runtime.clock import to_ms
from app.store.writing import orders, samples
from app.store.writing import sales as writing
from app.ui.insights.campaigns import CampaignsTab
from tests.store.making import add_account
from tests.ui.calendar.hands import press, type_key
from tests.ui.campaign_window import TODAY, Window, write
from tests.ui.shop import nameless, texts

Opens = Callable[..., Any]
DAY = timedelta(days=1)


async def sold(window: Window) -> tuple[int, CampaignsTab]:
    """A campaign with one post, three sales in its teaser, and visits; the tab is shown."""
    shop = window.shop
    number = await window.campaign(goal=Goal("Vender", 100, orders=6))
    post = await window.post("Ya llegó «Marea» https://discosaurora.mx/marea", number, 0.01)
    shop.clock.advance(60)
    await shop.services.publishing.send_due()
    items = await shop.deliveries(post)
    content = f"p{post}-{shop.account_id}"
    now = shop.clock.now()
    await shop.database.write(samples.add, [("clicks", "post", items[-1].id, to_ms(now), 40)])
    read = [
        ReadOrder(
            place,
            f"A-{place}",
            amount=50_000,
            currency="MXN",
            ordered_at=to_ms(now),
            email="x@correo.example",
            campaign="buen-fin",
            content=content,
        )
        for place in range(3)
    ]
    await shop.database.write(orders.keep, read, {}, to_ms(now))
    day = TODAY.toordinal()
    await shop.database.write(
        writing.set_visits,
        TODAY - DAY,
        TODAY,
        [(day, "buen-fin", content, "", 30), (day, "buen-fin", content, "Compra", 3)],
    )
    await window.settle()
    window.shell.window.show_page("insights", tab="campaigns")
    await window.settle()
    tab = window.page.tab
    assert isinstance(tab, CampaignsTab)
    return number, tab


def figures(tab: CampaignsTab) -> dict[str, tuple[str, str]]:
    return {name: (card.figure.text(), card.below.text()) for name, card in tab.cards.items()}


async def test_without_a_campaign_the_tab_says_so(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        window.shell.window.show_page("insights", tab="campaigns")
        await window.settle()
        assert "No campaign yet" in texts(window.page)
        assert nameless(window.page) == []
        assert window.page.tab.tables() == ()


async def test_without_orders_sales_are_unknown_and_the_tab_says_what_is_wanted(
    qapp: QApplication, opens: Opens
) -> None:
    async with opens("insights") as window:
        await window.campaign()
        window.shell.window.show_page("insights", tab="campaigns")
        await window.settle()
        assert figures(window.page.tab)["orders"][0] == "—"
        assert "no orders of the shop were read" in window.page.strip.label.text()


async def test_a_report_stands_beside_its_goal(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        _, tab = await sold(window)
        assert nameless(window.page) == []
        shown = figures(tab)
        assert shown["clicks"] == ("40", "40% of 100 wanted")
        assert shown["visits"] == ("30", "\u2068Compra\u2069 3")
        assert shown["orders"] == ("3", "50% of 6 wanted")
        assert shown["earned"][0] == "1,500 MXN"
        assert shown["cost"] == ("—", "no cost is written down")
        assert shown["buyers"] == ("0", "of 1 buyer · 0 bought again since")
        assert window.page.strip.isHidden()
        assert [line.cells[5:8] for line in tab.posts.rows.rows] == [("30", "3", "3")]
        assert [line.cells[7] for line in tab.phases.rows.rows] == ["3", "—", "3"]
        assert tab.links.rows.rows[0].cells[-2:] == ("3", "1,500 MXN")
        (chart, _) = tab.charts()
        assert [value.value for value in chart.columns] == [None, None, 3.0]


async def test_a_cost_typed_gives_the_cost_of_a_sale_and_is_taken_back(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        _, tab = await sold(window)
        tab.posts.rows.setFocus()
        type_key("o")
        sheet = window.sheet
        assert nameless(sheet) == []
        assert sheet.day_field.day == TODAY
        sheet.keep()
        await window.settle()
        assert "Say what was paid for" in sheet.title_field.line.accessibleDescription()
        write(sheet.title_field, "Anuncio")
        write(sheet.amount, "450")
        sheet.keep()
        await window.settle()
        window.page.read()
        assert window.sheet is None
        assert figures(tab)["cost"] == ("150 MXN", "450 MXN in all")
        assert figures(tab)["earned"][1] == "3.3 for each 1 of cost"
        tab.costs.rows.setFocus()
        press(Qt.Key.Key_Return)
        write(window.sheet.amount, "900 MXN")
        window.sheet.keep()
        await window.settle()
        window.page.read()
        assert figures(tab)["cost"][0] == "300 MXN"
        tab.costs.rows.setFocus()
        press(Qt.Key.Key_Return)
        window.sheet.remove_button.click()
        await window.settle()
        window.page.read()
        assert figures(tab)["cost"][0] == "—"
        window.shell.actions.run("edit.undo")
        await window.settle()
        window.page.read()
        assert figures(tab)["cost"][0] == "300 MXN"


async def test_coupons_bring_their_orders(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        _, tab = await sold(window)
        now = to_ms(window.shop.clock.now())
        order = ReadOrder(9, "B-1", amount=10_000, currency="MXN", ordered_at=now, coupon="fin10")
        await window.shop.database.write(orders.keep, [order], {}, now)
        window.shell.actions.run("sales.coupons")
        write(window.sheet.codes, "FIN10, " + "x" * 70)
        window.sheet.keep()
        await window.settle()
        assert "At most 50 coupons" in window.sheet.codes.line.accessibleDescription()
        write(window.sheet.codes, "FIN10")
        window.sheet.keep()
        await window.settle()
        window.page.read()
        assert figures(tab)["orders"][0] == "4"


async def test_the_chosen_accounts_are_told_alone_and_it_says_what_is_left_out(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        _, tab = await sold(window)
        other = add_account(window.shop.database, "@otra", "x")
        window.page.choose(frozenset({other}))
        await window.settle()
        assert figures(tab)["clicks"][0] == "—"
        assert tab.said.text().startswith("Of the chosen accounts alone")
        assert tab.table_cards[tab.posts].isHidden()
        window.page.choose(frozenset())
        await window.settle()
        assert figures(tab)["clicks"] == ("40", "40% of 100 wanted")
        assert not tab.said.text().startswith("Of the chosen accounts alone")


async def test_other_campaigns_by_keys(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        first, tab = await sold(window)
        second = await window.campaign("Vinilos", TODAY - 30 * DAY)
        window.page.read()
        tab.select.setFocus()
        assert tab.chosen == first
        assert [row.plan.id for row in tab.rows] == [first, second]
        type_key("]")
        assert tab.chosen == second
        assert tab.report is not None
        assert tab.report.plan.name == "Vinilos"
        type_key("[")
        assert tab.chosen == first
        kept = window.page.resumable()
        assert kept["campaigns_campaign"] == first
        window.shell.window.show_page("insights", tab="campaigns", campaign=second)
        await window.settle()
        assert tab.chosen == second


async def test_enter_opens_what_a_row_is_about_and_ctrl_c_copies_its_table(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        number, tab = await sold(window)
        tab.phases.rows.setFocus()
        press(Qt.Key.Key_C, held=Qt.KeyboardModifier.ControlModifier)
        lines = QGuiApplication.clipboard().text().splitlines()
        assert lines[0].split("\t")[:3] == ["Phase", "Posts", "Clicks"]
        assert len(lines) == 4
        tab.posts.rows.setFocus()
        press(Qt.Key.Key_Return)
        await window.settle()
        assert window.shell.window.current == "composer"
        window.shell.window.show_page("insights", tab="campaigns")
        await window.settle()
        tab.phases.rows.setFocus()
        press(Qt.Key.Key_Return)
        await window.settle()
        assert window.shell.window.current == "campaigns"
        assert number


async def test_all_figures_are_tables_also_of_a_tab_that_was_never_shown(qapp: QApplication, opens: Opens) -> None:
    async with opens("insights") as window:
        _, shown = await sold(window)
        tab = CampaignsTab(window.page._face)
        found = window.page._face.services.reads.now(lambda queries: tab.ask(queries, _scope(window)))
        tab.show_found(found)
        assert [table.rows for table in tab.tables()] == [table.rows for table in shown.tables()]
        assert [table.title for table in tab.tables()][:3] == ["Campaign Buen Fin", "Phases", "Posts of the campaign"]
        tab.deleteLater()


def _scope(window: Window) -> Any:
    page = window.page
    return Scope(page.period, page.compared, (window.shop.account_id,), page._face.words.zone, "en")
