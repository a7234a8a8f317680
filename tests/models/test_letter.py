"""What a letter has besides its text survives the outbox."""

from __future__ import annotations

from app.models.letter import Attached, Mail, mail_from_json, mail_to_json


def test_a_letter_comes_back_from_the_outbox_as_it_went_in() -> None:
    mail = Mail(
        "marta@tienda.example", "¿Devolución?", "Marta", "<a@b>", ("<1@b>", "<a@b>"), "p7k3q9", (Attached("/a.png", "a.png"),)
    )
    assert mail_from_json(mail_to_json(mail)) == mail


def test_what_is_no_letter_has_nothing() -> None:
    assert mail_to_json(None) == ""
    assert mail_from_json("") is None
