"""Mail of programs is told from mail of people, and a delivery report names the letter that came back; whatever arrives can be read."""

from __future__ import annotations

from email import message_from_bytes

import pytest

from app.mail.kinds import bounce_of, is_automatic

PERSON = "marta@tienda.example"


@pytest.mark.parametrize(
    ("headers", "sender", "subject", "kind"),
    [
        ({"auto-submitted": ["auto-replied"]}, PERSON, "x", "text/plain"),
        ({"auto-submitted": ["auto-generated; x=y"]}, PERSON, "x", "text/plain"),
        ({"return-path": ["<>"]}, PERSON, "x", "text/plain"),
        ({"precedence": ["bulk"]}, PERSON, "x", "text/plain"),
        ({"precedence": ["Auto_Reply"]}, PERSON, "x", "text/plain"),
        ({"list-id": ["<x.y>"]}, PERSON, "x", "text/plain"),
        ({"list-unsubscribe": ["<mailto:x@y>"]}, PERSON, "x", "text/plain"),
        ({"x-auto-response-suppress": ["DR, OOF"]}, PERSON, "x", "text/plain"),
        ({"x-autoreply": ["yes"]}, PERSON, "x", "text/plain"),
        ({"x-autorespond": ["1"]}, PERSON, "x", "text/plain"),
        ({"x-loop": ["x"]}, PERSON, "x", "text/plain"),
        ({}, PERSON, "x", "multipart/report"),
        ({}, "MAILER-DAEMON@x.example", "x", "text/plain"),
        ({}, "no-reply@x.example", "x", "text/plain"),
        ({}, "postmaster@x.example", "x", "text/plain"),
        ({}, PERSON, "Automatic reply: Pregunta", "text/plain"),
        ({}, PERSON, "Out of Office", "text/plain"),
        ({}, PERSON, "Respuesta automática: Pregunta", "text/plain"),
        ({}, PERSON, "Réponse automatique : x", "text/plain"),
        ({}, PERSON, "Автоматический ответ: x", "text/plain"),
        ({}, PERSON, "自动回复: x", "text/plain"),
        ({}, PERSON, "Undelivered Mail Returned to Sender", "text/plain"),
    ],
)
def test_a_program_wrote_it(headers: dict[str, list[str]], sender: str, subject: str, kind: str) -> None:
    assert is_automatic(headers, sender, subject, kind)


@pytest.mark.parametrize(
    ("headers", "sender", "subject"),
    [
        ({}, PERSON, "Re: Pregunta"),
        ({"auto-submitted": ["no"]}, PERSON, "Re: Pregunta"),
        ({"return-path": [f"<{PERSON}>"]}, PERSON, "¿Está fuera de la oficina Pedro?"),
        ({"x-auto-response-suppress": ["none"]}, "noreen@tienda.example", "x"),
        ({"precedence": ["normal"]}, PERSON, "x"),
    ],
)
def test_a_person_wrote_it(headers: dict[str, list[str]], sender: str, subject: str) -> None:
    assert not is_automatic(headers, sender, subject, "text/plain")


def report(
    status: str = "5.1.1", action: str = "failed", third: str = "message/rfc822", letter_id: str = "<k@aurora.example>"
) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; x@bounce.example\r\nAction: {action}\r\nStatus: {status}\r\nDiagnostic-Code: smtp; 550 {status} no such user\r\n\r\n"
        f"--b\r\nContent-Type: {third}\r\n\r\nSubject: Pregunta\r\nMessage-ID: {letter_id}\r\n\r\nHola\r\n--b--\r\n"
    ).encode()


@pytest.mark.parametrize("third", ["message/rfc822", "text/rfc822-headers"])
def test_a_report_names_the_letter_and_the_reason(third: str) -> None:
    found = bounce_of(message_from_bytes(report(third=third)), "mailer-daemon@mx.example")
    assert found is not None
    assert found.letter_id == "<k@aurora.example>"
    assert found.is_hard
    assert found.recipient == "x@bounce.example"
    assert "no such user" in found.said


def test_later_is_not_never() -> None:
    soft = bounce_of(message_from_bytes(report("4.4.1", "delayed")), "x@mx.example")
    assert soft is not None
    assert not soft.is_hard


def test_success_is_no_bounce() -> None:
    assert bounce_of(message_from_bytes(report("2.0.0", "delivered")), "x@mx.example") is None


def test_reports_of_a_server_s_own_making_are_read_as_well() -> None:
    raw = b"From: MAILER-DAEMON@mx.example\r\n\r\n<x@bounce.example>: 550 5.1.1 unknown\r\n\r\n--- copy ---\r\nMessage-ID: <k@aurora.example>\r\n"
    found = bounce_of(message_from_bytes(raw), "MAILER-DAEMON@mx.example")
    assert found is not None
    assert (found.letter_id, found.is_hard) == ("<k@aurora.example>", True)
    assert bounce_of(message_from_bytes(raw), "marta@tienda.example") is None
