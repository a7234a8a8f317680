"""The letter to a manager: the question first, what goes along, what is covered, and a subject that nothing can leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.models.customer import CustomerDetail
from app.models.escalation import Why
from app.models.manager import ManagerRow
from app.models.message import Attachment, ConversationDetail, CustomerRow, MessageKind, MessageRow, NoteRow, Visibility
from app.models.order import OrderRow
from app.runtime.words import Words
from app.services.escalation_letter import Told, covered, goes_along, letter_text, plain_line, subject_of
from app.services.paper_words import PaperCatalogues

NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
CATALOGUES = Path(__file__).resolve().parents[2] / "resources" / "translations"


def said(number: int, text: str, *, ours: bool = False, **more: object) -> MessageRow:
    kind = MessageKind.OURS if ours else MessageKind.MENTION
    row = MessageRow(
        number,
        1,
        kind,
        "Aurora" if ours else "Étienne",
        "@e",
        text,
        NOW - timedelta(hours=9 - number),
        Visibility.PUBLIC,
    )
    return replace(row, **more)  # type: ignore[arg-type]


def told(*messages: MessageRow, notes: tuple[NoteRow, ...] = (), **more: object) -> Told:
    customer = CustomerRow(1, "Étienne", "fr", NOW, 125, 1, ())
    detail = ConversationDetail(1, messages, notes, None, customer, "", None, Visibility.PUBLIC)
    card = CustomerDetail(1, "Étienne", "Étienne", "Lyon", "fr", "e@correo.example", "", (), (), NOW, 125, 1, ())
    made = Told(
        manager=ManagerRow(1, "Héctor Lima", "", "h@x.example"),
        shop="Discos Aurora",
        sender="Lucía",
        name="Étienne Marchal",
        handle="@etienne",
        network="Mastodon",
        question="Can we send it?",
        reasons=(Why.DECISION, Why.SLOW),
        remind_at=NOW + timedelta(hours=5),
        detail=detail,
        left_out=frozenset(),
        customer=card,
    )
    return made._replace(**more)  # type: ignore[arg-type]


def written(what: Told, language: str = "en") -> str:
    return letter_text(what, Words(CATALOGUES, language, "America/Mexico_City"), NOW)


def test_the_question_comes_first_then_by_when() -> None:
    lines = written(told(said(1, "Bonjour"))).splitlines()
    assert lines[0] == "Hello Héctor,"
    assert lines[2] == "Can we send it?"
    assert lines[4].startswith("Please answer by Wed 18 Nov, 15:00")
    assert "Needs a decision, Takes too long" in lines[6]


def test_it_is_in_the_managers_language() -> None:
    assert written(told(), "es").startswith("Hola, Héctor:")


@pytest.mark.parametrize(
    ("language", "begins", "holds"),
    [
        ("fr", "Bonjour Héctor,", "Ce qui a été dit"),
        ("ru", "Здравствуйте, Héctor!", "Переписка"),
        ("zh", "Héctor，您好：", "对话记录"),
    ],
)
def test_also_in_languages_that_the_window_does_not_speak(language: str, begins: str, holds: str) -> None:
    papers = CATALOGUES.parent / "language" / "paper_words.json"
    words = Words(PaperCatalogues(CATALOGUES, papers), language, "America/Mexico_City")
    text = letter_text(told(said(1, "Bonjour"), told="Nous revenons.", promise_at=NOW + timedelta(days=1)), words, NOW)
    assert text.startswith(begins)
    assert holds in text
    for english in ("Please", "Why", "What was said", "The customer", "Thank you", "Needs a decision"):
        assert english not in text


def test_a_picture_that_goes_along_is_named_beside_its_link() -> None:
    picture = Attachment("https://m.example/p.png", "image", "the parcel")
    text = written(told(said(4, "Bonjour", attachments=(picture,)), attached={"p4.0": "picture-1"}))
    assert "the parcel (picture-1): https://m.example/p.png" in text


def test_what_was_said_goes_along_in_time_with_links_and_pictures() -> None:
    picture = Attachment("https://m.example/p.png", "image", "the parcel")
    text = written(
        told(
            said(1, "Bonjour", url="https://m.example/1", attachments=(picture,)),
            said(3, "Oui", ours=True),
            notes=(NoteRow(4, "held, document missing", NOW - timedelta(hours=7)),),
        )
    )
    places = [
        text.index(part)
        for part in (
            "Bonjour",
            "the parcel: https://m.example/p.png",
            "https://m.example/1",
            "held, document missing",
            "Oui",
        )
    ]
    assert places == sorted(places)
    assert "Aurora (we)" in text
    assert "Our note" in text


def test_what_was_unticked_stays_here() -> None:
    text = written(
        told(said(1, "uno"), said(2, "dos"), notes=(NoteRow(4, "note", NOW),), left_out=frozenset({"m1", "n4"}))
    )
    assert "uno" not in text
    assert "dos" in text
    assert "Our note" not in text


def test_addresses_and_numbers_are_covered_for_managers_who_are_not_to_see_them() -> None:
    message = said(1, "Escríbeme a eva@correo.example o al +52 55 1234 5678, pedido A-20377")
    text = written(told(message))
    assert "eva@" not in text
    assert "1234" not in text
    assert "A-20377" in text
    assert text.count("[covered]") == 2
    open_to_all = told(message, manager=ManagerRow(1, "Héctor", "", "h@x.example", is_masked=False))
    assert "eva@correo.example" in written(open_to_all)


def test_the_customers_own_address_is_never_in_it() -> None:
    assert "e@correo.example" not in written(told(said(1, "Bonjour")))


def test_orders_go_along_where_they_were_ticked() -> None:
    order = OrderRow(1, "A-20377", "Caja chica", 145_000, "MXN", "enviado", NOW - timedelta(days=8))
    assert "A-20377" not in written(told())
    assert "Order A-20377 · Tue 10 Nov · Caja chica · enviado · 1,450 MXN" in written(told(orders=(order,)))


def test_what_the_customer_is_told_stands_in_it() -> None:
    text = written(told(told="Vous aurez notre réponse demain.", promise_at=NOW + timedelta(days=1)))
    assert "an answer promised by Thu 19 Nov, 10:00" in text
    assert "    Vous aurez notre réponse demain." in text


@pytest.mark.parametrize("evil", ["Eva\r\nBcc: x@y.example", "Eva\x00\x0b\u2028X: 1", "\u202eEva", "Eva\n\n.\r\nQUIT"])
def test_a_name_stays_one_line(evil: str) -> None:
    line = plain_line(evil)
    assert line.isprintable()
    assert subject_of(evil, evil).isprintable()
    assert len(written(told(name=evil, handle=evil)).splitlines()) == len(written(told()).splitlines())


def test_a_subject_is_short_and_says_who_and_what() -> None:
    assert subject_of("Étienne Marchal", "Can we send it?") == "Étienne Marchal: Can we send it?"
    assert len(subject_of("Étienne Marchal", "word " * 100)) <= 70


def test_only_what_was_sent_goes_along() -> None:
    detail = told(said(1, "a"), said(2, "gone", deleted=True), replace(said(3, "waits", ours=True), id=-5)).detail
    assert [name for name, _ in goes_along(detail)] == ["m1"]


def test_covering_leaves_the_rest_as_it_is() -> None:
    assert covered("a@b.example, sí; c@d.example", "·") == "·, sí; ·"
