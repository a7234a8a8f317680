"""Ideas on the Calendar page: what the cards say of where they came from, the sheets that make more of them, and what comes in from files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.models.archive import ArchiveResult
from app.models.idea import Origin, OriginKind
from app.models.post_import import ImportAs, PostImportResult
from app.models.product import FeedResult
from app.runtime.errors import UserMistake
from app.runtime.words import message
from app.ui.calendar.idea_openings import make_menu, open_named
from app.ui.calendar.idea_sheets import OlderSheet, PraiseSheet
from app.ui.calendar.import_archive import ArchiveSheet
from app.ui.calendar.import_posts import PostImportSheet, open_import
from app.ui.calendar.origins import origin_text
from app.ui.calendar.products import AddFeedSheet, ProductsSheet
from tests.ui.calendar.fake_ideas import WRONG, FakeIdeas, archive_seen, posts_seen
from tests.ui.calendar.fakes import FakeCalendar, post
from tests.ui.shop import NOW, Shop, X

Opens = Callable[..., tuple[Shop, FakeCalendar]]
W = TypeVar("W", bound=QWidget)
PATH = Path("/shop/posts.csv")


def opened(shop: Shop, kind: type[W]) -> W:
    """The one sheet of a kind that is shown."""
    found = [each for each in shop.shell.window.findChildren(kind) if not each.isHidden()]
    assert len(found) == 1
    return found[0]


@pytest.fixture
def shop(open_page: Opens) -> tuple[Shop, FakeIdeas]:
    shop, _ = open_page()
    fake = FakeIdeas()
    fake.lend(shop)
    return shop, fake


def open_sheet(shop: Shop, name: str, kind: type[W]) -> W:
    open_named(shop.page._face, shop.page, name)
    shop.go_on()
    return opened(shop, kind)


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        (Origin(), "yours, Wed 18 Nov"),
        (Origin(OriginKind.FAQ, 3, 11), "asked 11 times"),
        (Origin(OriginKind.PRAISE, 1, 6), "6 kind words collected"),
        (Origin(OriginKind.REPEAT, 1, 412, "2026-05-03"), "repeat of May, 412 replies"),
        (Origin(OriginKind.REPEAT, 1, 0, "2025-05-03"), "repeat of May 2025"),
        (Origin(OriginKind.REPEAT, 1, 0, "x"), "repeat"),
        (Origin(OriginKind.MESSAGE, 1, note="Paul Okafor"), "from \u2068Paul Okafor\u2069"),
        (Origin(OriginKind.PRODUCT, 1), "a product"),
        (Origin(OriginKind.EVERGREEN), "evergreen"),
    ],
)
def test_a_card_says_where_its_idea_came_from(shop: tuple[Shop, FakeIdeas], origin: Origin, said: str) -> None:
    face = shop[0].page._face
    assert origin_text(face, post(1, hours=None, origin=origin.to_text())) == said


def test_a_card_is_as_high_as_its_title_needs_also_beside_a_scroll_bar(open_page: Opens, qapp: QApplication) -> None:
    words = ["Diez", "discos", "que", "cumplen", "diez", "años", "en", "otoño"]
    titles = [" ".join(words[: 1 + number % len(words)]) for number in range(24)]
    shop, _ = open_page(FakeCalendar(ideas=[post(number, title, None) for number, title in enumerate(titles, 1)]))
    shop.go_on()
    cards = shop.page.tray.cards()
    assert len(cards) == len(titles)
    assert shop.page.tray.area.verticalScrollBar().isVisible()
    assert {len(card._lines(card.width())) for card in cards} == {1, 2}
    assert [card.height() for card in cards] == [card.heightForWidth(card.width()) for card in cards]


@pytest.mark.parametrize("kind", OriginKind)
def test_every_origin_has_its_words_in_both_forms(shop: tuple[Shop, FakeIdeas], kind: OriginKind) -> None:
    face = shop[0].page._face
    for origin in (Origin(kind, 1, 2, "Ana"), Origin(kind)):
        assert "origin." not in origin_text(face, replace(post(1, hours=None), origin=origin.to_text()))


def test_the_plus_of_the_tray_leads_to_all_of_them(shop: tuple[Shop, FakeIdeas]) -> None:
    page = shop[0].page
    menu = make_menu(page._face, page.tray.add)
    assert [action.text().partition("\t")[0] for action in menu.actions() if not action.isSeparator()] == [
        "New post here",
        "Repeat an older post…",
        "Idea from kind words…",
        "Ideas from products…",
        "Import posts from a spreadsheet…",
        "Import an account's history…",
    ]


def test_older_posts_are_found_by_their_words_and_repeated_by_keys(shop: tuple[Shop, FakeIdeas]) -> None:
    there, fake = shop
    sheet = open_sheet(there, "older", OlderSheet)
    assert [pick.title for pick in sheet.list.picks.rows] == ["Adivina la canción", "Feliz día"]
    assert sheet.list.picks.rows[0].aside == "412 replies · 2 reposts"
    assert "this time of year" in sheet.list.picks.rows[1].detail
    sheet.search.setText("cancion")
    assert [pick.key for pick in sheet.list.picks.rows] == [1]
    sheet.search.setText("nada")
    assert sheet.none.text() == "No older post has these words."
    assert not sheet.go.isEnabled()
    sheet.search.setText("")
    sheet.list.setFocus()
    QTest.keyClick(sheet.list, Qt.Key.Key_Space)
    QTest.keyClick(sheet.list, Qt.Key.Key_J)
    QTest.keyClick(sheet.list, Qt.Key.Key_X)
    assert sheet.go.text() == "Make 2 ideas of them"
    QTest.keyClick(sheet.list, Qt.Key.Key_Return)
    there.go_on()
    assert fake.asked_for("repeat") == [("repeat", (1, 2))]
    assert there.said()[-1].startswith("2 ideas kept")


def test_kind_words_that_are_ticked_become_one_idea(shop: tuple[Shop, FakeIdeas]) -> None:
    there, fake = shop
    sheet = open_sheet(there, "praise", PraiseSheet)
    sheet.list.tick(0)
    sheet.list.tick(1)
    assert sheet.go.text() == "Make one idea of these 2"
    sheet.make()
    there.go_on()
    assert fake.asked_for("praise") == [("praise", (31, 32))]


def test_without_anything_to_pick_the_sheet_says_what_to_do(shop: tuple[Shop, FakeIdeas]) -> None:
    there, fake = shop
    fake.offered, fake.lists, fake.goods = [], [], []
    assert "archive" in open_sheet(there, "older", OlderSheet).none.text()
    there.shell.window.findChildren(OlderSheet)[0].close_now()
    sheet = open_sheet(there, "products", ProductsSheet)
    assert not sheet.search.isVisible()
    assert sheet.add.isVisible()
    assert not sheet.go.isEnabled()


def test_products_are_found_as_one_types_and_become_ideas_by_the_template(shop: tuple[Shop, FakeIdeas]) -> None:
    there, fake = shop
    sheet = open_sheet(there, "products", ProductsSheet)
    assert [pick.title for pick in sheet.list.picks.rows] == ["Marea", "Niño"]
    assert sheet.example.text() == "Reads: \u2068Marea: 520 MXN\u2069"
    sheet.list.tick(0)
    sheet.search.setText("niñ")
    sheet._soon.timeout.emit()
    assert [pick.title for pick in sheet.list.picks.rows] == ["Niño"]
    sheet.list.tick(0)
    sheet.template.setPlainText("Hoy {title}")
    assert sheet.example.text() == "Reads: \u2068Hoy Niño\u2069"
    sheet.pictures.setChecked(True)
    sheet.make()
    there.go_on()
    assert fake.asked_for("template") == [("template", 1, "Hoy {title}")]
    assert fake.asked_for("make") == [("make", (1, 2), True)]


def test_a_feed_is_read_with_progress_and_can_be_stopped(shop: tuple[Shop, FakeIdeas]) -> None:
    there, fake = shop
    sheet = open_sheet(there, "products", ProductsSheet)
    fake.waits = True
    sheet.read_again.click()
    assert sheet.progress.isVisible()
    assert sheet.progress.accessibleName() == "1,000 products read"
    assert sheet.read_again.text() == "Stop"
    sheet.read_again.click()
    assert fake.asked_for("stop")
    there.go_on()
    assert not sheet.progress.isVisible()
    assert "2 products read, 1 new, 1 gone from the list." in sheet.trouble.label.text()


def test_rows_left_out_and_a_feed_that_cannot_be_had_are_said_in_the_sheet(shop: tuple[Shop, FakeIdeas]) -> None:
    there, fake = shop
    sheet = open_sheet(there, "products", ProductsSheet)
    fake.result = FeedResult(read=2, wrong_count=3, wrong=(WRONG,))
    sheet.read()
    there.go_on()
    assert "3 rows were left out. Line 7: no text" in sheet.trouble.label.text()
    fake.fails = UserMistake(message("products.not_fetched"))
    sheet.read()
    there.go_on()
    assert "could not be fetched" in sheet.trouble.label.text()


def test_a_feed_is_added_by_its_address_and_removed_with_a_way_back(shop: tuple[Shop, FakeIdeas]) -> None:
    there, fake = shop
    sheet = open_sheet(there, "products", ProductsSheet)
    sheet.add.click()
    adding = opened(there, AddFeedSheet)
    adding.add()
    assert "Where is it?" in adding.where.accessibleDescription() + " ".join(_texts(adding))
    fake.fails = UserMistake(message("products.no_https"))
    adding.where.line.setText("http://a.example")
    adding.add()
    there.go_on()
    assert not adding.isHidden()
    fake.fails = None
    adding.where.line.setText("https://a.example/feed")
    adding.add()
    there.go_on()
    there.go_on()
    assert fake.asked_for("read") == [("read", 2)]
    sheet.feed.choose(1)
    sheet.remove.click()
    there.go_on()
    assert fake.asked_for("remove") == [("remove", 1)]


def test_a_file_of_posts_is_shown_asked_about_and_brought_in(shop: tuple[Shop, FakeIdeas]) -> None:
    there, fake = shop
    fake.preview_of, fake.result = posts_seen(ambiguous=True), PostImportResult(5, 3, 1, 1, 2, (WRONG,))
    open_import(there.page._face, there.shell.window, PATH)
    there.go_on()
    sheet = opened(there, PostImportSheet)
    assert "12 rows" in sheet.said.text()
    assert "Buffer" in sheet.said.text()
    sheet.go.click()
    assert sheet.trouble.isVisible()
    assert not fake.asked_for("import")
    sheet.form.days.choose("dmy")
    sheet.become.choose(2)
    sheet.go.click()
    assert not fake.asked_for("import"), "to plan posts, accounts are wanted"
    sheet.accounts[X].setChecked(True)
    fake.waits = True
    sheet.go.click()
    assert sheet.progress.share == 0.5
    sheet.go.click()
    assert fake.asked_for("stop")
    there.go_on()
    ((_, name, mapped, become, accounts, how),) = fake.asked_for("import")
    assert (name, str(mapped.days), become, accounts) == ("posts.csv", "dmy", ImportAs.SCHEDULED, [X])
    assert how["pictures"] is False
    for said in ("5 posts came in.", "3 of them are planned.", "1 had a time that has passed", "is a draft"):
        assert said in sheet.result.text()
    assert "7" in sheet.wrong.text()
    assert there.said()[-1].startswith("5 posts came in")
    sheet.go.click()
    assert sheet.isHidden()


def test_a_file_without_texts_is_asked_for_the_column(shop: tuple[Shop, FakeIdeas]) -> None:
    there, fake = shop
    fake.preview_of = posts_seen(text=False)
    open_import(there.page._face, there.shell.window, PATH)
    there.go_on()
    sheet = opened(there, PostImportSheet)
    sheet.go.click()
    assert "Which column holds the texts?" in sheet.trouble.label.text()


def test_an_archive_is_looked_into_before_anything_comes_in(shop: tuple[Shop, FakeIdeas]) -> None:
    there, fake = shop
    fake.preview_of, fake.result = archive_seen(), ArchiveResult(37, 3, 4, 1)
    there.page._face.window.open_sheet(ArchiveSheet(there.page._face, there.shell.window, Path("/shop/x.zip")))
    QApplication.processEvents()
    there.go_on()
    sheet = opened(there, ArchiveSheet)
    for said in (
        "37 posts of X would come in.",
        "3 are here already.",
        "9 stay outside",
        "None is ever published again.",
    ):
        assert said in sheet.said.text()
    assert sheet.account.currentData() == X
    sheet.media.setChecked(True)
    assert sheet.go.text() == "Bring in 37 posts"
    sheet.go.click()
    there.go_on()
    assert fake.asked_for("import") == [("import", "x.zip", X, {"media": True})]
    assert "37 posts came in as history." in sheet.said.text()
    assert there.said()[-1].startswith("37 posts came in as history")


def test_an_archive_of_a_network_without_an_account_says_so(shop: tuple[Shop, FakeIdeas]) -> None:
    there, fake = shop
    there.store.accounts_listed = [each for each in there.store.accounts() if each.network != "x"]  # type: ignore[attr-defined]
    there.services.reads.queries.accounts = lambda: there.store.accounts_listed  # type: ignore[attr-defined]
    fake.preview_of = archive_seen(account_id=None)
    there.page._face.window.open_sheet(ArchiveSheet(there.page._face, there.shell.window, Path("/shop/x.zip")))
    QApplication.processEvents()
    there.go_on()
    sheet = opened(there, ArchiveSheet)
    assert "Connect it first" in sheet.trouble.label.text()
    assert not sheet.go.isEnabled()


def test_a_broken_archive_is_told_and_the_sheet_goes(shop: tuple[Shop, FakeIdeas]) -> None:
    there, fake = shop
    fake.fails = UserMistake(message("import.hostile"))
    sheet = ArchiveSheet(there.page._face, there.shell.window, Path("/shop/x.zip"))
    there.page._face.window.open_sheet(sheet)
    QApplication.processEvents()
    there.go_on()
    assert sheet.gone
    assert "made to do harm" in there.said()[-1]


@pytest.mark.parametrize("name", ["import_posts", "import_archive"])
def test_files_are_chosen_in_the_systems_dialog_which_stops_nothing(shop: tuple[Shop, FakeIdeas], name: str) -> None:
    there, _ = shop
    open_named(there.page._face, there.page, name)
    dialog = there.shell.window.findChildren(QFileDialog)[-1]
    assert dialog.isVisible()
    dialog.close()
    open_named(there.page._face, there.page, "nothing of the kind")


def test_the_sheets_fit_a_low_window(open_page: Opens, qapp: QApplication) -> None:
    there, _ = open_page(width=1024)
    FakeIdeas().lend(there)
    there.shell.window.resize(1024, 640)
    qapp.processEvents()
    sheet = open_sheet(there, "products", ProductsSheet)
    qapp.processEvents()
    assert sheet.panel.height() <= 640 - 40
    assert sheet.go.isVisible()
    assert sheet.panel.rect().contains(sheet.go.geometry())
    assert NOW


def _texts(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(QWidget) if hasattr(each, "text") and callable(each.text)]
