"""Customers for tests of the card: Ximena as the shop knows her, and services that note what was asked of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.models.conversation import Category, ConversationState
from app.models.customer import (
    Candidate,
    CaseLine,
    CustomerDetail,
    CustomerNote,
    Flag,
    HistoryLine,
    Likeness,
    MoodMark,
    OtherConversation,
    Profile,
    PromiseLine,
)
from app.models.order import Column, FileForm, FilePreview, ImportResult, Mapped, OrderRow
from app.runtime.errors import AppError
from tests.ui.inbox import shop

SAID = (
    ("¡Por fin! Ya lo aparté.", 1),
    ("¿La descarga es FLAC de 24 bits?", 0),
    ("¡Me encantó el empaque!", 1),
    ("Gracias, ya quedó", 1),
    ("¿Y el póster?", 0),
    ("El enlace ya caducó 😩", -1),
    ("¡Mil gracias!", 1),
    ("No funciona", -1),
)
ORDERS = tuple(
    OrderRow(
        n,
        f"A-{20418 - n}",
        ("Marea (FLAC)", "Camiseta M", "Sombra (LP)")[n % 3],
        52_000 + n * 1000,
        "MXN",
        "pagado",
        shop.NOW - timedelta(days=6 + n * 40),
    )
    for n in range(12)
)

XIMENA = CustomerDetail(
    id=102,
    name="Ximena Robles",
    own_name="Ximena Robles",
    city="Guadalajara",
    language="es",
    email="xime@correo.example",
    about="Collects Mexican post-rock. Reviews records on her blog on Fridays. Asked twice for 24-bit files.",
    tags=("collector", "post-rock", "preorder"),
    flags=(Flag.VIP, Flag.PRESS),
    first_at=shop.NOW - timedelta(days=990),
    followers=1284,
    conversation_count=5,
    profiles=(
        Profile(1, "x", "@ximerobles", "Ximena Robles", "", 1284),
        Profile(2, "instagram", "@xime.robles", "Xime", "", 598, joining_id=7),
    ),
    moods=tuple(
        MoodMark(200 + n, mood, n == 2, shop.NOW - timedelta(days=8 - n), text) for n, (text, mood) in enumerate(SAID)
    ),
    promises=(
        PromiseLine(2, "New link after the trip", shop.at(18, 0)),
        PromiseLine(1, "Signed poster with her next order", shop.NOW + timedelta(days=12)),
    ),
    cases=(
        CaseLine(1, 4, Category.ORDER, shop.NOW - timedelta(days=65), "Wrong T-shirt size", shop.NOW, 2 * 3_600_000),
        CaseLine(2, 5, Category.PRAISE, shop.NOW - timedelta(days=108), "“El mejor empaque de México”", shop.NOW, None),
        CaseLine(
            3,
            6,
            Category.QUESTION,
            shop.NOW - timedelta(days=120),
            "Does the preorder ship early?",
            shop.NOW,
            18 * 60_000,
        ),
    ),
    case_count=5,
    others=(
        OtherConversation(
            4,
            "instagram",
            ConversationState.DONE,
            Category.ORDER,
            "Pedí talla M y llegó S",
            shop.NOW - timedelta(days=65),
        ),
        OtherConversation(
            5,
            "x",
            ConversationState.NEEDS_ANSWER,
            Category.PRAISE,
            "El mejor empaque de México",
            shop.NOW - timedelta(hours=3),
        ),
    ),
    notes=(CustomerNote(3, 2, "A-20418 paid on 12 Nov, 0 of 3 downloads used.", shop.at(9, 36)),),
    orders=ORDERS[:3],
    order_count=12,
)

SAME = (
    Candidate(301, "Ximena R.", (("mastodon", "@ximerobles@tocadiscos.example"),), 2, Likeness.HANDLE, "@ximerobles"),
    Candidate(302, "Xime", (("bluesky", "@xime.example"),), 1, Likeness.EMAIL, "xime@correo.example"),
)
FOUND = (
    Candidate(303, "Xirnena Robles", (("x", "@xirnerobles"),), 1),
    Candidate(304, "Paul Okafor", (("x", "@paul"), ("mastodon", "@paul@a.example")), 4),
)


class FakeCustomers:
    """Notes what was asked; what `fails` holds is raised instead."""

    def __init__(self, world: Any) -> None:
        self._world = world
        self.details: dict[int, CustomerDetail] = {}
        self.fails: AppError | None = None

    def __getattr__(self, name: str) -> Callable[..., Any]:
        async def act(*values: object) -> int:
            if self.fails is not None:
                raise self.fails
            self._world.asked.append((name, *values))
            return 1

        return act


class FakeOrders:
    """One file with two columns; an import ends as told."""

    def __init__(self, world: Any) -> None:
        self._world = world
        self.seen = FilePreview(
            FileForm("utf-8", ";"),
            ("Folio", "Fecha", "Algo"),
            (("A-1", "03/04/2026", "x"),),
            Mapped({Column.NUMBER: 0, Column.DATE: 1}),
            True,
            120,
        )
        self.result = ImportResult(read=118, new=100, changed=2, matched=40, wrong_count=2)

    async def preview(self, path: Path, encoding: str = "") -> FilePreview:
        self._world.asked.append(("preview", path.name, encoding))
        return self.seen

    async def import_file(
        self, path: Path, mapped: Mapped, progress: Callable[[int, int], object] | None = None, encoding: str = ""
    ) -> ImportResult:
        self._world.asked.append(("import", path.name, mapped, encoding))
        if progress is not None:
            progress(60, 240)
        return self.result

    def stop(self) -> None:
        self._world.asked.append(("stop_import",))


def history() -> list[HistoryLine]:
    return [
        HistoryLine(
            n,
            4 if n % 2 else 2,
            "instagram" if n % 2 else "x",
            n % 3 == 2,
            "Ximena Robles",
            f"{text} ({n})",
            shop.NOW - timedelta(days=30 - n),
        )
        for n, (text, _) in enumerate(SAID * 3)
    ]
