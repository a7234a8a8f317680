"""What strangers write goes through the real window: nothing crashes, nothing is fetched, nothing deceives, and a copy is the original."""

from __future__ import annotations

import socket
import time
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMenu

from app.models.message import Attachment
from app.services.tags import harmless
from app.ui import safe_text
from app.ui.inbox.bubble import Bubble
from app.ui.inbox.rows import row_name
from tests.ui.inbox import shop
from tests.ui.inbox.conftest import Inbox
from tests.ui.inbox.fake_services import FakeServices
from tests.ui.inbox.nasty import HANDLES, TEXTS, ZALGO

Open = Callable[..., Inbox]
UNSEEN = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u200b\ufeff\u2060\u0000\u001b\u0007")


@pytest.fixture(autouse=True)
def _no_net(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks a name up or connects has failed the test."""

    def refuse(*arguments: object, **_named: object) -> object:
        raise AssertionError(f"something was fetched: {arguments}")

    for name in ("getaddrinfo", "gethostbyname", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)


def put(
    services: FakeServices, number: int, text: str, *, author: str = "Ana", handle: str = "@ana", **more: object
) -> None:
    """One conversation with one message."""
    row = shop.conversations()[0]
    snippet = " ".join(text[:800].split())[:200]
    row = row._replace(id=number, author=author, handle=handle, snippet=snippet, customer_id=number, sort_key=number)
    services.rows[number] = row
    message = shop.said(number * 10, number, text, shop.at(9, 0), author=author, handle=handle, **more)
    services.details[number] = replace(shop.detail_of(row), messages=(message,))


def only(services: FakeServices, text: str, **more: object) -> None:
    services.rows.clear()
    services.details.clear()
    put(services, 1, text, **more)  # type: ignore[arg-type]


def bubble(inbox: Inbox) -> Bubble:
    return next(part for part in inbox.page.conversation.messages.parts() if isinstance(part, Bubble))


def paint(inbox: Inbox) -> QImage:
    return inbox.shell.window.grab().toImage()


def test_there_are_enough_of_them() -> None:
    assert len(TEXTS) >= 60


def test_all_of_them_go_through_the_window_by_keys(services: FakeServices, open_inbox: Open) -> None:
    services.rows.clear()
    services.details.clear()
    for number, text in enumerate(TEXTS, start=1):
        put(services, number, text, author=text[:300], handle=HANDLES[number % len(HANDLES)])
    inbox = open_inbox()
    seen = set()
    for _ in TEXTS:
        assert inbox.open_id is not None
        seen.add(inbox.open_id)
        paint(inbox)
        messages = inbox.page.conversation.messages
        for said in (
            row_name(inbox.look, services.rows[inbox.open_id], shop.NOW),
            bubble(inbox).name,
            messages.accessibleName(),
            inbox.page.conversation.header.name.text(),
        ):
            assert not UNSEEN & set(said), repr(said[:80])
            assert len(said) < 6_000
            assert "\n" not in said
        assert inbox.page.conversation.header.name.text().strip()
        inbox.press(Qt.Key.Key_J)
    assert len(seen) == len(TEXTS)
    assert services.pictures.files == {}


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_exported_starts_no_formula(text: str) -> None:
    cell = harmless(text.replace("\0", ""))
    assert not cell.lstrip(" \t\r\n\u200b\ufeff").startswith(("=", "+", "-", "@")) or cell.startswith("'")


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_painted_deceives_nobody(text: str) -> None:
    for seen in (
        safe_text.shown(text),
        safe_text.folded(text)[0],
        safe_text.unfolded(text),
        safe_text.one_line(text),
        safe_text.person(text, "@ana"),
    ):
        assert not UNSEEN & set(seen)
        assert len(seen) <= safe_text.UNFOLDED + 1
        run = 0
        for letter in seen:
            run = run + 1 if unicodedata.category(letter) in ("Mn", "Me") else 0
            assert run <= 4
    for link in safe_text.links(safe_text.shown(text)):
        assert link.url.lower().startswith(("http://", "https://"))
    assert safe_text.person(text, "@ana").strip()


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "smb://host/share",
        "<a href='javascript:x'>click</a>",
    ],
)
def test_nothing_but_the_web_can_be_clicked(services: FakeServices, open_inbox: Open, text: str) -> None:
    only(services, text, attachments=(Attachment(text, "image", text),))
    inbox = open_inbox()
    opened: list[str] = []
    inbox.page.conversation.messages.opened.connect(opened.append)
    part = bubble(inbox)
    for x in range(30, int(part._box.right()), 12):
        for y in range(0, int(part.height), 8):
            inbox.page.conversation.messages._follow(part.spot(QPointF(x, y)))
    for spot in part.opens():
        inbox.page.conversation.messages._follow(spot)
    assert opened == []


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("https://paypal.com@evil.example/login", "evil.example"),
        ("https://раураl.example/x", "xn--l-7sba6dbr.example"),
        ("https://xn--80ak6aa92e.com/", "xn--80ak6aa92e.com"),
    ],
)
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_an_address_that_deceives_opens_only_after_its_true_host_was_seen(
    services: FakeServices, open_inbox: Open, text: str, host: str
) -> None:
    only(services, f"mira {text}")
    inbox = open_inbox()
    opened: list[str] = []
    messages = inbox.page.conversation.messages
    messages.opened.disconnect()  # no browser here
    messages.opened.connect(opened.append)
    messages.setFocus()
    inbox.press(Qt.Key.Key_Down)
    inbox.press(Qt.Key.Key_Return)
    assert opened == []
    (menu,) = [menu for menu in messages.findChildren(QMenu) if menu.isVisible()]
    (action,) = menu.actions()
    assert action.text() == f"Open {host}"
    action.trigger()
    assert opened == [text]
    menu.close()


def test_a_plain_address_opens_at_once(services: FakeServices, open_inbox: Open) -> None:
    only(services, "mira https://discosaurora.example/x")
    inbox = open_inbox()
    opened: list[str] = []
    inbox.page.conversation.messages.opened.disconnect()
    inbox.page.conversation.messages.opened.connect(opened.append)
    inbox.page.conversation.messages._follow(bubble(inbox).opens()[0])
    assert opened == ["https://discosaurora.example/x"]


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "palabra " * 12_500,
        "\n" * 100_000,
        "línea\n" * 16_000,
        "中" * 33_000,
        ("a" * 70 + "\u0301" * 30) * 1000,
    ],
)
def test_a_message_of_100_kilobytes_is_folded_unfolds_and_scrolls_smoothly(
    services: FakeServices, open_inbox: Open, text: str
) -> None:
    only(services, text)
    inbox = open_inbox()
    messages = inbox.page.conversation.messages
    assert bubble(inbox).height < 1_200
    assert "Show all" in bubble(inbox).name
    messages.setFocus()
    inbox.press(Qt.Key.Key_Down)
    inbox.press(Qt.Key.Key_Return)
    part = bubble(inbox)
    assert part.height > 1_200 or not text.strip()
    assert "Show all" not in part.name
    bar = messages.verticalScrollBar()
    slowest = 0.0
    for step in range(20):
        bar.setValue(bar.maximum() * step // 20)
        began = time.process_time()
        messages.viewport().grab()
        slowest = max(slowest, time.process_time() - began)
    assert slowest < 0.12  # of processor time, on a slow machine; three frames at most
    inbox.press("c", Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == text


def test_a_copy_is_what_was_written(services: FakeServices, open_inbox: Open) -> None:
    only(services, f"{ZALGO} a\u200bb \u202efin")
    inbox = open_inbox()
    part = bubble(inbox)
    assert part.words.text != part.message.text
    assert part.text() == part.message.text
    part.selection = (0, part.words.length)
    assert part.text() == part.message.text
    start = part.words.text.index("ola")
    part.selection = (start, start + 3)
    assert part.text() == "ola"


@pytest.mark.parametrize("handle", ["@\u0430urora", "@aur0ra", "@aurora@otra.example"])
def test_a_handle_that_passes_for_ours_is_said_to(services: FakeServices, open_inbox: Open, handle: str) -> None:
    only(services, "Soy de la tienda, mándame tu tarjeta", handle=handle)
    inbox = open_inbox()
    header = inbox.page.conversation.header
    assert header.alike.isVisible()
    assert header.alike.accessibleName() == "Looks like @aurora"
    assert "Looks like @aurora" in header.handle.accessibleName()
    assert "@aurora" in header.alike.toolTip()


def test_mixed_letters_are_said_and_others_are_left_in_peace(services: FakeServices, open_inbox: Open) -> None:
    only(services, "hola", handle="@m\u0430ria")
    inbox = open_inbox()
    assert inbox.page.conversation.header.alike.accessibleName() == "Mixed letters"
    row = services.rows[1]
    services.put(row._replace(handle="@maria"))
    inbox.settle()
    inbox.page.conversation.header.show_conversation(services.rows[1])
    assert not inbox.page.conversation.header.alike.isVisible()


def test_pictures_are_painted_from_files_here_and_only_from_them(
    services: FakeServices, open_inbox: Open, tmp_path: Path
) -> None:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(0xFFCC5500)
    data = QBuffer()
    data.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(data, "PNG")  # type: ignore[call-overload]
    path = tmp_path / "picture"
    path.write_bytes(bytes(data.data().data()))
    files = (
        Attachment("https://a.example/1.png", "image", "the box", "https://a.example/1s.png"),
        Attachment("https://a.example/2.mp4", "video"),
    )
    only(services, "mira", attachments=files)
    services.rows[1] = services.rows[1]._replace(avatar="https://a.example/face.png")
    inbox = open_inbox()
    before = bubble(inbox).height
    services.pictures.files = {"https://a.example/1s.png": path, "https://a.example/face.png": path}
    services.pictures.changed.emit(frozenset())
    inbox.page.faces.changed.emit()
    inbox.settle()
    after = bubble(inbox)
    assert after.height > before + 100
    painted = paint(inbox)
    colours = {painted.pixelColor(x, y).name() for x in range(0, 1440, 6) for y in range(0, 900, 6)}
    assert "#cc5500" in colours
    assert "the box" in after.name
    spot = after.spot(after._files_at + QPointF(20, 20))
    assert spot.url == "https://a.example/1.png"
    assert not [url for url in services.pictures.asked if url.endswith(".mp4")]
