"""The morning of the mockups as plain rows: nine conversations in five languages, one of them in full."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.models.account import AccountRow, AccountState
from app.models.conversation import Category, ConversationRow, ConversationState
from app.models.message import (
    ConversationDetail,
    CustomerRow,
    MessageKind,
    MessageRow,
    NoteRow,
    ParentPost,
    Visibility,
)
from app.models.outbox import DeliveryState

NOW = datetime(2026, 11, 18, 15, 41, tzinfo=UTC)
"""9:41 in Mexico City."""

ACCOUNTS = [
    AccountRow(1, "x", "", "@discosaurora", "Discos Aurora", "1", AccountState.READY),
    AccountRow(2, "instagram", "", "@discosaurora", "Discos Aurora", "2", AccountState.BY_HAND),
    AccountRow(3, "mastodon", "https://musica.example", "@aurora", "Discos Aurora", "3", AccountState.READY),
    AccountRow(4, "bluesky", "", "@aurora.mx", "Discos Aurora", "4", AccountState.READY),
]


def at(hour: int, minute: int, day: int = 18) -> datetime:
    """A wall time of November 2026 in Mexico City (UTC-6)."""
    return datetime(2026, 11, day, 0, 0, tzinfo=UTC) + timedelta(hours=hour + 6, minutes=minute)


def row(number: int, account: int, author: str, arrived: datetime, snippet: str, category: Category, language: str,
        due: datetime | None, *, unread: bool = False, handle: str = "", state: ConversationState = ConversationState.NEEDS_ANSWER,
        private: bool = False, snoozed: datetime | None = None) -> ConversationRow:  # fmt: skip
    network = next(a.network for a in ACCOUNTS if a.id == account)
    key = int((due or snoozed or arrived).timestamp())
    return ConversationRow(
        number, account, network, 100 + number, author, handle or f"@user{number}", snippet, state, category, language, private,
        unread, arrived, due if state is ConversationState.NEEDS_ANSWER else None, snoozed, "", key,
    )  # fmt: skip


def conversations() -> list[ConversationRow]:
    """In the order of the list."""
    return [
        row(1, 3, "Étienne Marchal", at(8, 32), "Bonjour, ma commande A-20377 est bloquée à la douane depuis neuf jours. J’ai déjà écrit deux fois, personne ne répond.", Category.COMPLAINT, "fr", at(9, 29), unread=True, handle="@etienne@musique.example"),
        row(2, 1, "Ximena Robles", at(9, 8), "Compré la preventa de «Marea» y el enlace de descarga ya caducó 😩 Estaba de viaje. ¿Me lo pueden reactivar?", Category.TECHNICAL, "es", at(10, 14), unread=True, handle="@ximerobles"),
        row(3, 2, "林晓雨", at(9, 15), "你好！请问《Marea》黑胶还有货吗？可以寄到上海吗？大概需要多少天，运费多少？", Category.QUESTION, "zh", at(10, 22), unread=True, handle="@linxiaoyu"),
        row(4, 3, "Катя Орлова", at(9, 21), "Здравствуйте! Доставляете ли вы винил в Алматы и сколько идёт посылка? Хочу «Marea» и ещё две пластинки.", Category.QUESTION, "ru", at(11, 21), unread=True, handle="@katya_vinyl"),
        row(5, 4, "Dana Whitfield", at(9, 2), "The preview player stops at 12 seconds on Firefox. Is it me or is it you? Happy to send a screen recording.", Category.TECHNICAL, "en", at(11, 30), unread=True),
        row(6, 1, "Memo Tapia", at(8, 51), "¿Para cuándo suben la discografía de AC/DC? Llevo meses preguntando y nomás dicen «pronto».", Category.REQUEST, "es", at(12, 0)),
        row(7, 1, "Bruno Sáenz", at(8, 40), "¿Ya salieron los ganadores de los cinco vinilos firmados? No encuentro la publicación.", Category.CONTEST, "es", at(13, 0)),
        row(8, 3, "Paul Okafor", at(8, 17), "Order A-20391: two of the three records arrived, the Niña Jacaranda one is missing from the box.", Category.ORDER, "en", at(13, 30)),
        row(9, 2, "Rocío Ledezma", at(7, 58), "Llegó mi vinilo de Niña Jacaranda y suena INCREÍBLE. El empaque, un 10. ¡Gracias, Aurora! 💙", Category.PRAISE, "es", at(15, 0)),
        row(10, 1, "Nadia Petit", at(17, 5, 17), "Merci pour la réponse rapide !", Category.OTHER, "fr", at(9, 30, 19)),
        row(20, 1, "Ana Ruiz", at(16, 0, 17), "Gracias, espero su correo.", Category.ORDER, "es", None, state=ConversationState.SNOOZED, snoozed=at(16, 0)),
        row(21, 3, "Old Friend", at(16, 0, 12), "All good now, thanks.", Category.OTHER, "en", None, state=ConversationState.DONE),
    ]  # fmt: skip


def said(number: int, conversation: int, text: str, when: datetime, *, ours: bool = False, **more: object) -> MessageRow:
    kind = MessageKind.OURS if ours else MessageKind.MENTION
    message = MessageRow(number, conversation, kind, "", "", text, when, Visibility.PUBLIC)
    return replace(message, **more)  # type: ignore[arg-type]


XIMENA = ConversationDetail(
    id=2,
    messages=(
        said(201, 2, "¡Por fin! Ya lo aparté. ¿La descarga es FLAC de 24 bits?", at(12, 26, 16), author="Ximena Robles", language="es"),
        said(202, 2, "¡Hola, Ximena! Sí: FLAC de 24 bits a 48 kHz y también MP3 de 320. El enlace llega a tu correo y dura 48 horas.", at(12, 41, 16), ours=True, delivery=DeliveryState.OUT, answer_title="Formats we sell"),
        said(203, 2, "Compré la preventa de «Marea» y el enlace de descarga ya caducó 😩 Estaba de viaje. ¿Me lo pueden reactivar? Es el pedido A-20418. https://discosaurora.example/pedido/20418", at(9, 8), author="Ximena Robles", language="es", url="https://x.example/ximerobles/1"),
    ),
    notes=(NoteRow(1, "A-20418 paid on 12 Nov, 0 of 3 downloads used.", at(9, 36)),),
    parent=ParentPost("Ya está aquí el adelanto de «Marea», lo nuevo de Lluvia Negra. Escúchalo antes de comprar…", "https://x.example/discosaurora/9", at(12, 0, 16), "releases", 214),
    customer=CustomerRow(102, "Ximena Robles", "es", datetime(2024, 3, 2, tzinfo=UTC), 1284, 5, (("x", "@ximerobles"), ("instagram", "@xime.robles")), ("collector", "post-rock", "preorder"), "Collects Mexican post-rock. Reviews records on her blog on Fridays. Asked twice for 24-bit files.", "Guadalajara"),
    draft="",
    draft_visibility=None,
    reply_visibility=Visibility.PUBLIC,
    earlier=12,
)  # fmt: skip


def detail_of(found: ConversationRow) -> ConversationDetail:
    """A plain one for every other conversation."""
    if found.id == 2:
        return XIMENA
    customer = CustomerRow(found.customer_id, found.author, found.language, found.last_at, None, 1, ((found.network, found.handle),))
    text = said(found.id * 100 + 1, found.id, found.snippet, found.last_at, author=found.author, language=found.language, url=f"https://net.example/{found.id}")
    return ConversationDetail(found.id, (text,), (), None, customer, "", None, Visibility.PUBLIC)
