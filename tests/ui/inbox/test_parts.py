"""The parts of the page on their own: bubbles and deliveries, groups, sources, rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.models.conversation import Category, ConversationRow, ConversationState, View
from app.models.message import Attachment, MessageRow, NoteRow
from app.models.outbox import DeliveryState
from app.runtime.words import message
from app.ui.inbox.bubble import Bubble
from app.ui.inbox.groups import Group, group_of, titles
from app.ui.inbox.rows import RowPainter, row_name
from app.ui.inbox.sources import FoundSource, ViewSource
from app.ui.inbox.thread import ThreadView
from app.ui.inbox.thread_parts import Divider, Note, Parent
from app.ui.look import Look
from app.ui.widgets.row_list import BY_KEYBOARD, SELECTED
from app.ui.windowed_model import WindowedModel
from tests.fakes.clock import FakeClock
from tests.ui.inbox import shop
from tests.ui.inbox.fake_services import FakeQueries, FakeServices
from tests.ui.inbox.window import make_look


@pytest.fixture
def look(qapp: QApplication, page_clock: FakeClock) -> Look:
    return make_look(page_clock, "en", "Inter")


def bubble(look: Look, said: MessageRow) -> Bubble:
    made = Bubble(look, said, shop.NOW, customer=1, undo_seconds=10, with_language=True)
    made.lay_out(500)
    return made


# ---- bubbles


@pytest.mark.parametrize(
    ("changes", "words", "commands"),
    [
        ({"delivery": DeliveryState.WAITING, "leaves_at": shop.NOW + timedelta(seconds=7)}, "Leaves in 7 s", ()),
        ({"delivery": DeliveryState.CLAIMED}, "Sending", ()),
        ({"delivery": DeliveryState.WAITING}, "Waits to leave", ()),
        ({"delivery": DeliveryState.FAILED}, "Not sent", ("inbox.retry", "inbox.edit_reply")),
        ({"delivery": DeliveryState.UNSURE}, "May be out: look first", ("inbox.look_there", "inbox.is_out", "inbox.is_not_out")),
        ({"delivery": DeliveryState.BY_HAND}, "Send it by hand at the network", ("inbox.copy_reply", "inbox.is_out", "inbox.edit_reply")),
        ({"delivery": DeliveryState.OUT}, "Today, 09:08", ()),
    ],
)
def test_a_reply_says_how_its_delivery_stands(look: Look, changes: dict[str, object], words: str, commands: tuple[str, ...]) -> None:
    made = bubble(look, shop.said(1, 1, "Hola", shop.at(9, 8), ours=True, outbox_id=5, **changes))
    assert words in made.name
    assert made.commands == commands


def test_the_reason_of_a_failure_is_said(look: Look) -> None:
    reason = message("error.rate_limited", until=shop.at(9, 46)).to_json()
    made = bubble(look, shop.said(1, 1, "Hola", shop.NOW, ours=True, delivery=DeliveryState.FAILED, outbox_id=5, reason=reason))
    assert "09:46" in made.name
    broken = bubble(look, shop.said(1, 1, "Hola", shop.NOW, ours=True, delivery=DeliveryState.FAILED, outbox_id=5, reason="{nonsense"))
    assert "Not sent" in broken.name


def test_attachments_are_named_and_nothing_is_fetched(look: Look) -> None:
    files = (Attachment("https://net.example/1.jpg", "image", "La caja"), Attachment("file:///etc/passwd", "weird"))
    made = bubble(look, shop.said(1, 1, "", shop.NOW, author="Ana", attachments=files))
    assert "Picture: La caja." in made.name
    assert "File." in made.name
    assert [spot.url for spot in made.opens()] == ["https://net.example/1.jpg", "file:///etc/passwd"]


def test_the_thread_opens_the_web_alone(look: Look) -> None:
    thread = ThreadView(look, lambda: shop.NOW)
    thread.resize(500, 400)
    files = (Attachment("file:///etc/passwd", "image"),)
    detail = replace(shop.XIMENA, messages=(shop.said(1, 2, "https://ok.example/a", shop.NOW, author="X"), shop.said(2, 2, "", shop.NOW, author="X", attachments=files)), notes=(), parent=None, earlier=0)  # fmt: skip
    thread.show_detail(detail, 1)
    opened: list[str] = []
    thread.opened.connect(opened.append)
    QTest.keyClick(thread, Qt.Key.Key_Up)
    QTest.keyClick(thread, Qt.Key.Key_Return)
    assert opened == []
    QTest.keyClick(thread, Qt.Key.Key_Up)
    assert thread.accessibleDescription().startswith("X, Today, 09:41")
    QTest.keyClick(thread, Qt.Key.Key_Return)
    assert opened == ["https://ok.example/a"]


def test_a_conversation_has_its_parts_in_time(look: Look) -> None:
    thread = ThreadView(look, lambda: shop.NOW)
    thread.show_detail(shop.XIMENA, 1)
    kinds = [type(part).__name__ for part in thread.parts()]
    assert kinds == ["Divider", "Parent", "Bubble", "Bubble", "Divider", "Bubble", "Note"]
    assert [part.name for part in thread.parts() if isinstance(part, Divider)] == ["12 earlier messages", "Today"]
    parent = thread.parts()[1]
    assert isinstance(parent, Parent)
    assert parent.name.startswith("Under our post · Mon 16 Nov, 12:00 · 214 clicks: Ya está aquí")
    note = thread.parts()[-1]
    assert isinstance(note, Note)
    assert note.text() == "A-20418 paid on 12 Nov, 0 of 3 downloads used."


def test_text_is_selected_by_mouse_and_copied(look: Look) -> None:
    thread = ThreadView(look, lambda: shop.NOW)
    thread.resize(500, 300)
    detail = replace(shop.XIMENA, messages=(shop.said(1, 2, "pedido", shop.NOW, author="X"),), notes=(), parent=None, earlier=0)
    thread.show_detail(detail, 1)
    part = thread.parts()[0]
    assert isinstance(part, Bubble)
    part.selection = (0, 3)
    QTest.keyClick(thread, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "ped"


# ---- groups and sources


def test_a_group_goes_by_the_shops_day(look: Look) -> None:
    base = shop.conversations()[0]
    due = {shop.at(9, 0): Group.WITHIN_THE_HOUR, shop.at(10, 41): Group.WITHIN_THE_HOUR, shop.at(10, 42): Group.LATER_TODAY}
    due |= {shop.at(23, 59): Group.LATER_TODAY, shop.at(0, 1, 19): Group.TOMORROW, shop.at(9, 0, 20): Group.LATER}
    for moment, group in due.items():
        assert group_of(look, View.NEEDS_ANSWER, base._replace(answer_by=moment), shop.NOW) is group
    assert group_of(look, View.DONE, base, shop.NOW) is None
    back = base._replace(state=ConversationState.SNOOZED, snoozed_until=shop.at(9, 0, 19))
    assert group_of(look, View.SNOOZED, back, shop.NOW) is Group.BACK_TOMORROW


def test_the_count_of_a_group_is_said_only_when_its_end_is_known(look: Look) -> None:
    base = shop.conversations()[0]
    late = [base._replace(id=number, answer_by=shop.at(9, 0)) for number in range(600)]
    found = titles(look, View.NEEDS_ANSWER, 600, lambda place: late[place], shop.NOW)
    assert [(place, title.many) for place, title in found.items()] == [(0, None)]
    found = titles(look, View.NEEDS_ANSWER, 300, lambda place: late[place] if place < 256 else None, shop.NOW)
    assert found[0].many is None
    assert titles(look, View.NEEDS_ANSWER, 0, lambda _place: None, shop.NOW) == {}


def test_groups_are_found_without_looking_at_every_row(look: Look) -> None:
    base = shop.conversations()[0]
    chance = Random(20261122)
    for _ in range(40):
        many = chance.randrange(1, 500)
        minutes = sorted(chance.randrange(-600, 4000) for _ in range(many))
        rows = [base._replace(id=place, answer_by=shop.NOW + timedelta(minutes=after)) for place, after in enumerate(minutes)]
        looked: list[int] = []

        def row_at(place: int, rows: list[ConversationRow] = rows, looked: list[int] = looked) -> ConversationRow:
            looked.append(place)
            return rows[place]

        found = titles(look, View.NEEDS_ANSWER, many, row_at, shop.NOW)
        groups = [group_of(look, View.NEEDS_ANSWER, row, shop.NOW) for row in rows]
        begins = [place for place, group in enumerate(groups) if not place or groups[place - 1] is not group]
        assert [(place, title.group, title.many) for place, title in found.items()] == [
            (begin, groups[begin], groups.count(groups[begin])) for begin in begins
        ]
        assert len(looked) <= 50


def test_rows_belong_to_their_view(services: FakeServices) -> None:
    queries = FakeQueries(services)
    source = ViewSource(View.DUE_SOON, None, lambda row: row.author, lambda: shop.NOW)
    rows = source.page(queries, None, 10)  # type: ignore[arg-type]
    assert [row.id for row in rows] == [1, 2, 3]
    assert not source.belongs(rows[0]._replace(state=ConversationState.DONE))
    assert not source.belongs(rows[0]._replace(answer_by=shop.at(15, 0)))
    assert not ViewSource(View.ALL, 4, lambda row: row.author, lambda: shop.NOW).belongs(rows[0])
    assert list(source.ids(queries)) == [1, 2, 3]  # type: ignore[arg-type]


def test_finds_stay_in_the_order_they_were_found(services: FakeServices, qapp: QApplication) -> None:
    queries = FakeQueries(services)
    found = [services.rows[9], services.rows[2], services.rows[7]]
    source = FoundSource("find:a", [9, 2, 7], lambda row: row.author)
    model: WindowedModel = WindowedModel(source, services.reads.later)  # type: ignore[type-arg]
    model.show(source, 3, found)
    services.rows[2] = services.rows[2]._replace(category=Category.OTHER)
    model.follow([2, 5])
    assert model.held_ids() == [9, 2, 7]
    assert model.row_at(1).category is Category.OTHER
    assert [row.id for row in source.page(queries, (0, 9), 10)] == [2, 7]  # type: ignore[arg-type]


# ---- rows

HOSTILE = "\u202eевил\x00<img src=file:///x>" + "界" * 300


@pytest.mark.parametrize("density", ["comfortable", "compact"])
@pytest.mark.parametrize("author", ["", "林晓雨", "Катя Орлова-Вознесенская-Длиннофамильная", HOSTILE, "مرحبا"])
def test_a_row_of_any_name_is_painted_inside_its_box(look: Look, services: FakeServices, density: str, author: str) -> None:
    look.theme.choose(density=density)  # type: ignore[arg-type]
    row = services.rows[2]._replace(author=author, snippet=author * 3 or "x", language="zh-Hant")
    source = ViewSource(View.ALL, None, lambda found: row_name(look, found, shop.NOW), lambda: shop.NOW)
    model: WindowedModel = WindowedModel(source, services.reads.later)  # type: ignore[type-arg]
    model.show(source, 1, [row])
    painter_of_rows = RowPainter(look, lambda: shop.NOW, lambda _place: None, lambda _row: SELECTED | BY_KEYBOARD, lambda: True)
    image = QImage(420, 140, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    box = QRectF(0, 0, 316, painter_of_rows.row_height)
    painter = QPainter(image)
    painter_of_rows.paint(painter, box, 0, row)
    painter_of_rows.paint(painter, box, 0, row)
    painter.end()
    blank = image.pixelColor(419, 139)
    assert all(image.pixelColor(x, y) == blank for x in range(318, 420, 5) for y in range(0, 140, 3))
    assert "\u202e" not in model.data(model.index(0, 0))


def test_a_row_is_painted_anew_when_it_or_the_time_changed(look: Look, services: FakeServices) -> None:
    row = services.rows[2]._replace(answer_by=shop.NOW + timedelta(minutes=30))
    now = [shop.NOW]
    painter_of_rows = RowPainter(look, lambda: now[0], lambda _place: None, lambda _row: 0, lambda: True)

    def painted(shown: ConversationRow) -> QImage:
        image = QImage(316, painter_of_rows.row_height, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter_of_rows.paint(painter, QRectF(0, 0, 316, painter_of_rows.row_height), 0, shown)
        painter.end()
        return image

    first = painted(row)
    assert painted(row) == first
    now[0] += timedelta(minutes=5)
    assert painted(row) == first  # the page says when time has passed: nothing moves under the eyes while going through the list
    painter_of_rows.time_passes()
    later = painted(row)
    assert later != first
    assert painted(row._replace(snippet="Another message")) != later


def test_notes_and_parents_survive_hostile_text(look: Look) -> None:
    note = Note(look, NoteRow(1, HOSTILE, shop.NOW), shop.NOW)
    note.lay_out(300)
    assert note.height > 40
