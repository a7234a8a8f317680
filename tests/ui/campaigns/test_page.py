"""The Campaigns page over a real data file: what it shows, going about in it, and phases by mouse and by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.models.campaign import LaunchPlan, PhaseKind
from app.store.reading import campaigns as reading
from tests.ui.calendar.hands import LEFT, press, type_key
from tests.ui.campaign_window import DAY, TODAY, Window
from tests.ui.shop import nameless, texts

Opens = Callable[..., Any]
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


async def opened(window: Window, number: int) -> Any:
    """The page with a campaign open and its band under the keyboard."""
    window.page.open_campaign(number)
    await window.settle()
    window.page.campaign.timeline.setFocus()
    return window.page


async def test_without_campaigns_it_says_what_they_are_for(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        assert "No campaigns yet" in texts(window.page)
        assert nameless(window.page) == []


async def test_the_keyboard_goes_to_the_list_once_there_is_one(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        page = window.page
        page.first_focus().setFocus()
        assert page.list.new.hasFocus()
        await window.campaign("Buen Fin")
        await window.settle()
        assert page.list.campaigns.hasFocus()


async def test_the_list_opens_a_campaign_and_escape_leads_back(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        first = await window.campaign("Buen Fin")
        second = await window.campaign("Navidad", TODAY + 20 * DAY)
        await window.post("Ya mero", first, 24, announcement="remind")
        await window.shop.services.launches.save(LaunchPlan("Marea", TODAY + 2 * DAY, 600, campaign_id=first))
        await window.settle()
        page = window.page
        assert [row.plan.name for row in page.list.campaigns.rows] == ["Navidad", "Buen Fin"]
        assert [row.plan.title for row in page.list.launches.rows] == ["Marea"]
        page.first_focus().setFocus()
        type_key("j")
        press(Qt.Key.Key_Return)
        await window.settle()
        assert page.is_open
        assert page.desk.campaign_id == first
        shown = texts(page.campaign)
        assert {"Buen Fin", "0 of 1 is out"} <= set(shown)
        assert any("4,000 clicks · 0% so far" in each for each in shown)
        assert [each.announcement for each in page.campaign.announcements.rows] == ["remind"]
        assert nameless(page) == []
        type_key("[")
        await window.settle()
        assert page.desk.campaign_id == second
        type_key("]")
        await window.settle()
        assert page.desk.campaign_id == first
        press(Qt.Key.Key_Escape)
        await window.settle()
        assert not page.is_open


async def test_figures_that_nobody_measured_are_a_dash(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        page = await opened(window, await window.campaign())
        assert [fact.figure.text() for fact in page.campaign.facts.facts] == ["0", "—", "—", "—"]


async def test_enter_on_an_announcement_opens_its_post(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        number = await window.campaign()
        post = await window.post("Último día", number, 24, announcement="last_day")
        page = await opened(window, number)
        page.campaign.announcements.setFocus()
        press(Qt.Key.Key_Return)
        await window.settle()
        assert any(f"'post': {post}" in each for each in window.page.heard)


@pytest.mark.parametrize(
    ("key", "held", "first", "last"),
    [
        (Qt.Key.Key_Right, SHIFT, 1, 1),
        (Qt.Key.Key_Right, CTRL, 0, 1),
        (Qt.Key.Key_Left, CTRL, 0, -1),
        (Qt.Key.Key_Right, CTRL | SHIFT, 1, 0),
    ],
)
async def test_keys_move_and_stretch_the_chosen_phase(
    qapp: QApplication, opens: Opens, key: Qt.Key, held: Qt.KeyboardModifier, first: int, last: int
) -> None:
    async with opens() as window:
        number = await window.campaign()
        before = await window.plan(number)
        await opened(window, number)
        press(Qt.Key.Key_Right)
        press(key, held=held)
        await window.settle()
        after = (await window.plan(number)).phases
        assert after[0] == before.phases[0]
        assert (after[1].starts_on - before.phases[1].starts_on).days == first
        assert (after[1].ends_on - before.phases[1].ends_on).days == last
        type_key("z")
        await window.settle()
        assert await window.plan(number) == before


async def test_keys_faster_than_the_disk_add_up_and_are_taken_back_one_by_one(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        number = await window.campaign()
        ends = (await window.plan(number)).phases[1].ends_on
        await opened(window, number)
        press(Qt.Key.Key_Right)
        for _ in range(3):
            press(Qt.Key.Key_Right, held=CTRL)
        await window.settle()
        assert (await window.plan(number)).phases[1].ends_on == ends + 3 * DAY
        type_key("z")
        await window.settle()
        assert (await window.plan(number)).phases[1].ends_on == ends + 2 * DAY


async def test_a_phase_stops_at_its_neighbour(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        number = await window.campaign()
        before = await window.plan(number)
        await opened(window, number)
        press(Qt.Key.Key_Right, held=CTRL)
        await window.settle()
        assert await window.plan(number) == before
        assert "another phase stands there" in window.said()[-1]


@pytest.mark.parametrize(("grip", "first", "last"), [("both", 2, 2), ("last", 0, 2), ("first", 2, 0)])
async def test_the_mouse_moves_and_stretches_a_phase(
    qapp: QApplication, opens: Opens, grip: str, first: int, last: int
) -> None:
    async with opens() as window:
        number = await window.campaign()
        before = (await window.plan(number)).phases[1]
        page = await opened(window, number)
        timeline = page.campaign.timeline
        band = timeline.band_of(before)
        x = {"both": band.center().x(), "last": band.right() - 2, "first": band.left() + 2}[grip]
        begins = QPoint(round(x), round(band.center().y()))
        QTest.mousePress(timeline, LEFT, Qt.KeyboardModifier.NoModifier, begins)
        ends = begins + QPoint(round(2 * timeline.column), 0)
        for step in (1, 2, 3):
            QTest.mouseMove(timeline, begins + (ends - begins) * step / 3)
        QTest.mouseRelease(timeline, LEFT, Qt.KeyboardModifier.NoModifier, ends)
        await window.settle()
        after = (await window.plan(number)).phases[1]
        assert ((after.starts_on - before.starts_on).days, (after.ends_on - before.ends_on).days) == (first, last)
        assert page.desk.phase == 1


async def test_escape_puts_back_what_the_mouse_holds(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        number = await window.campaign()
        before = await window.plan(number)
        page = await opened(window, number)
        timeline = page.campaign.timeline
        begins = timeline.band_of(before.phases[1]).center().toPoint()
        QTest.mousePress(timeline, LEFT, Qt.KeyboardModifier.NoModifier, begins)
        QTest.mouseMove(timeline, begins + QPoint(round(2 * timeline.column), 0))
        press(Qt.Key.Key_Escape)
        QTest.mouseRelease(timeline, LEFT, Qt.KeyboardModifier.NoModifier, begins)
        await window.settle()
        assert await window.plan(number) == before
        assert page.is_open


async def test_a_phase_is_edited_added_and_removed_by_keys(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        number = await window.campaign()
        await opened(window, number)
        press(Qt.Key.Key_Return)
        sheet = window.sheet
        sheet.title_field.line.setText("El agua sube")
        sheet.a_day.choose(2)
        sheet.keep()
        await window.settle()
        first = (await window.plan(number)).phases[0]
        assert (first.title, first.posts_a_day, first.kind) == ("El agua sube", 2, PhaseKind.TEASER)
        type_key("p")
        sheet = window.sheet
        sheet.kind.choose(3)
        sheet.ends.line.setText(sheet.starts.text)
        sheet.keep()
        await window.settle()
        phases = (await window.plan(number)).phases
        assert (len(phases), phases[2].kind, phases[2].days) == (3, PhaseKind.STORY, 1)
        window.page.campaign.timeline.setFocus()
        press(Qt.Key.Key_Delete)
        await window.settle()
        assert len((await window.plan(number)).phases) == 2
        assert "Phase removed" in window.said()[-1]


async def test_a_removed_campaign_comes_back_by_z(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        await window.campaign()
        await window.settle()
        page = window.page
        page.list.campaigns.setFocus()
        press(Qt.Key.Key_Delete)
        await window.settle()
        assert page.list.campaigns.rows == ()
        type_key("z")
        await window.settle()
        assert len(page.list.campaigns.rows) == 1


async def test_a_profile_that_is_only_read_changes_nothing(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        number = await window.campaign()
        page = await opened(window, number)
        page._face.services.data.read_only = True
        page._face.actions.refresh()
        press(Qt.Key.Key_Right, held=SHIFT)
        press(Qt.Key.Key_Delete)
        type_key("n")
        await window.settle()
        assert window.sheet is None
        assert (await window.plan(number)).starts_on == TODAY - 2 * DAY


@pytest.mark.parametrize("width", [1440, 1024])
async def test_narrow_windows_have_one_column(qapp: QApplication, opens: Opens, width: int) -> None:
    async with opens(width=width) as window:
        page = await opened(window, await window.campaign())
        columns = page.campaign.columns
        beside = columns.left.geometry().right() < columns.right.geometry().left()
        assert beside is (width == 1440)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
async def test_the_menu_of_a_row_and_of_a_band_offer_what_keys_do(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        page = await opened(window, await window.campaign())
        page.campaign.timeline.customContextMenuRequested.emit(QPoint(5, 5))
        menu = next(each for each in window.shell.window.findChildren(QMenu) if each.isVisible())
        assert len(menu.actions()) == 3
        menu.close()


async def test_words_of_another_language_come_at_once(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        number = await window.campaign()
        page = await opened(window, number)
        window.shell.look.words.language = "es"
        page.retranslate()
        await window.settle()
        assert page.is_open
        assert "Campañas" in texts(page.campaign)
        window.shell.look.words.language = "en"


async def test_launches_are_listed_and_opened(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        number, _ = await window.shop.services.launches.save(LaunchPlan("Marea", TODAY + 2 * DAY, 600))
        await window.settle()
        page = window.page
        page.list.launches.setFocus()
        press(Qt.Key.Key_Return)
        sheet = window.sheet
        assert sheet.day is None
        sheet.link.line.setText("https://discosaurora.mx/marea")
        sheet.keep()
        await window.settle()
        row = await window.shop.database.read(reading.launch, number)
        assert row is not None
        assert row.plan.url == "https://discosaurora.mx/marea"


async def test_the_palette_finds_campaigns_and_launches_by_name(qapp: QApplication, opens: Opens) -> None:
    async with opens() as window:
        number = await window.campaign("Campaña de otoño")
        await window.shop.services.launches.save(LaunchPlan("Otoño en vinilo", TODAY + 2 * DAY))
        await window.settle()
        found: list[Any] = []
        offer = window.page.finders()[0]
        offer("otono", "", found.extend)
        assert [each.title for each in found] == ["Campaña de otoño", "Otoño en vinilo"]
        found[0].choose()
        await window.settle()
        assert window.page.desk.campaign_id == number
        found[1].choose()
        assert window.sheet.product.text == "Otoño en vinilo"
        window.sheet.close_now()
        offer("otono", "@", found.extend)
        offer("", "", found.extend)
        assert len(found) == 2
