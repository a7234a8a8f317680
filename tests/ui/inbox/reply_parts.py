"""A reply box in a window of its own, for tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.language.split import split
from app.models.message import Visibility
from app.models.prepared import Gap, Prepared
from app.services.replies import Replies
from app.ui.inbox.drafts import NOTHING, Draft
from app.ui.inbox.reply_box import ReplyBox
from app.ui.inbox.reply_to import Asked, ReplyTo
from app.ui.look import Look
from tests.fakes.clock import FakeClock
from tests.ui.inbox.fake_services import RESOURCES
from tests.ui.inbox.window import make_look

ANSWER = Prepared(
    "download",
    "Enlace caducado",
    "¡Hola, Ximena! Tu pedido {order} tiene enlace nuevo: {link}",
    language="es",
    filled=((7, 13),),
    gaps=(Gap("order", "order"), Gap("link", "link")),
)


@pytest.fixture(name="box_look")
def _box_look(qapp: QApplication, page_clock: FakeClock) -> Look:
    return make_look(page_clock, "en", "Inter")


def reply_to(
    number: int = 1, *, default: Visibility = Visibility.PUBLIC, limit: int = 20, threads: bool = True
) -> ReplyTo:
    return ReplyTo(
        number,
        "Ana",
        default,
        lambda text: (len(text), limit),
        lambda text: tuple(split(text, "plain", limit - 4)),
        threads,
        why_no_threads="" if threads else "No threads here.",
        language="es",
        pictures=2,
    )


@pytest.fixture(name="kept")
def _kept() -> list[tuple[int, Draft]]:
    return []


@pytest.fixture(name="terms")
def _terms() -> list[str]:
    """Where the shop's terms stand; empty: it has not said."""
    return []


@pytest.fixture(name="asked")
def _asked(page_clock: FakeClock, terms: list[str]) -> Asked:
    replies = Replies(RESOURCES / "language" / "phrases.json", lambda: "".join(terms), lambda: True)

    def answers(typed: str, _language: str, deliver: Callable[[Sequence[Prepared]], None]) -> None:
        deliver([ANSWER, ANSWER._replace(title="Otro", text="Otra cosa")] if "x" not in typed else [])

    return Asked(
        look=replies.look,
        anger=lambda text: [each.id for each in replies.anger(text, "", 1)],
        openings=replies.openings,
        terms=replies.terms,
        privately=replies.privately,
        answers=answers,
        now=page_clock.now,
    )


@pytest.fixture(name="box")
def _box(box_look: Look, kept: list[tuple[int, Draft]], asked: Asked) -> Iterator[ReplyBox]:
    made = ReplyBox(box_look, lambda *what: kept.append(what))
    window = QWidget()
    window.resize(620, 900)
    QVBoxLayout(window).addWidget(made)
    window.show()
    window.activateWindow()
    made.show_reply(reply_to(), NOTHING, asked)
    made.editor.setFocus()
    QApplication.processEvents()
    yield made
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def write(box: ReplyBox, text: str) -> None:
    box.editor.insertPlainText(text)
    box.measure()
