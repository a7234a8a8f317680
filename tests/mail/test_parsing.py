"""A letter's bytes become plain data: any charset, HTML alone, large or broken; header values on one line, nothing raised."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.mail.parsing import decoded, read_letter
from tests.mail.test_kinds import report

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def letter(head: str, body: str | bytes = "Hola") -> bytes:
    return (
        head.replace("\n", "\r\n").encode()
        + b"\r\n\r\n"
        + (body if isinstance(body, bytes) else body.replace("\n", "\r\n").encode())
    )


def test_everything_that_matters_is_read() -> None:
    raw = letter(
        "From: =?utf-8?q?Marta_R=C3=ADos?= <marta@tienda.example>\nTo: Lucía <lucia+r.abcdefghijkl@aurora.example>\nCc: x@y.example\n"
        "Delivered-To: lucia@aurora.example\nSubject: =?utf-8?q?Re=3A_=C2=BFQu=C3=A9?=\n =?utf-8?q?_hacemos=3F?=\nMessage-ID: <m@tienda.example>\n"
        "In-Reply-To: <k@aurora.example>\nReferences: <a@x.example>\n <k@aurora.example>\nDate: Sun, 22 Nov 2026 05:00:00 -0600",
        "Sí.\n\nEl dom, 22 nov 2026 a las 10:00, Lucía escribió:\n> ¿Qué?\n",
    )
    read = read_letter(raw, 7, AT, len(raw))
    assert (read.uid, read.remote_id, read.at) == (7, "<m@tienda.example>", AT)
    assert (read.from_name, read.from_address) == ("Marta Ríos", "marta@tienda.example")
    assert read.subject == "Re: ¿Qué hacemos?"
    assert (read.in_reply_to, read.chain) == ("<k@aurora.example>", ("<a@x.example>", "<k@aurora.example>"))
    assert read.to == ("lucia+r.abcdefghijkl@aurora.example", "x@y.example", "lucia@aurora.example")
    assert read.text == "Sí."
    assert "¿Qué?" in read.whole
    assert not read.is_automatic
    assert read_letter(raw, 7, None).at == datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("utf-8", "¿Qué tal? 你好"),
        ("iso-8859-1", "¿Qué tal?"),
        ("windows-1251", "Привет"),
        ("koi8-r", "Привет"),
        ("gb2312", "你好"),
        ("gb18030", "你好"),
        ("big5", "你好"),
        ("iso-2022-jp", "こんにちは"),
    ],
)
def test_any_charset(charset: str, text: str) -> None:
    raw = letter(
        f"From: m@t.example\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit",
        text.encode(charset),
    )
    assert read_letter(raw, 1, AT).text == text


def test_a_wrong_charset_is_not_the_end() -> None:
    raw = letter("From: m@t.example\nContent-Type: text/plain; charset=klingon", "Qué".encode())
    assert read_letter(raw, 1, AT).text == "Qué"


def test_html_alone_is_read_as_text() -> None:
    raw = letter(
        "From: m@t.example\nContent-Type: text/html; charset=utf-8",
        "<p>Sí, <b>adelante</b></p><blockquote>Hola</blockquote>",
    )
    assert read_letter(raw, 1, AT).text == "Sí, adelante"


def test_plain_text_goes_before_html_and_attachments_are_named() -> None:
    raw = letter(
        'From: m@t.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="o"',
        '--o\nContent-Type: multipart/alternative; boundary="i"\n\n--i\nContent-Type: text/plain\n\nSí\n--i\nContent-Type: text/html\n\n<b>No</b>\n--i--\n'
        '--o\nContent-Type: image/png; name="foto.png"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="=?utf-8?q?fot=C3=B3.png?="\n\naG9sYQ==\n--o--\n',
    )
    read = read_letter(raw, 1, AT, len(raw))
    assert read.text == "Sí"
    assert read.attachments == (("fotó.png", 4),)


def test_lines_that_were_broken_for_the_way_are_whole_again() -> None:
    raw = letter(
        "From: m@t.example\nContent-Type: text/plain; format=flowed", "Una frase \nque sigue.\nOtra.\n-- \nMarta"
    )
    assert read_letter(raw, 1, AT).text == "Una frase que sigue.\nOtra."


def test_a_bounce_is_told() -> None:
    read = read_letter(report(), 1, AT)
    assert read.is_bounce
    assert read.is_hard
    assert read.is_automatic
    assert read.bounced_id == "<k@aurora.example>"
    assert "no such user" in read.trouble


def test_a_letter_without_an_id_gets_the_same_one_each_time() -> None:
    raw = letter("From: m@t.example")
    assert read_letter(raw, 1, AT).remote_id == read_letter(raw, 9, AT).remote_id
    assert read_letter(raw, 1, AT).remote_id != read_letter(letter("From: n@t.example"), 1, AT).remote_id


def test_header_values_are_on_one_line_and_without_controls() -> None:
    raw = letter("From: =?utf-8?q?Marta=0D=0ABcc=3A_x?= <m@t.example>\nSubject: =?utf-8?q?Hola=0D=0AX=3A_y=00?=")
    read = read_letter(raw, 1, AT)
    assert read.subject == "Hola X: y"
    assert read.from_name == "Marta Bcc: x"
    assert decoded("=?klingon?q?x?=") == "x"


def test_an_id_with_a_control_in_it_is_none() -> None:
    read = read_letter(letter("Message-ID: <a\x00b@t.example>\nReferences: <\x01> <c@t.example>\nIn-Reply-To: <\x00>"), 1, AT)
    assert "\0" not in read.remote_id
    assert (read.chain, read.in_reply_to) == (("<c@t.example>",), "")


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_at_all_can_be_read(raw: bytes) -> None:
    read = read_letter(raw, 1, AT)
    assert read.uid == 1
    assert "\n" not in read.subject + read.from_name + read.from_address


PIECES = st.sampled_from(
    [b"From: ", b"To: ", b"Subject: ", b"=?utf-8?q?", b"?=", b"=?utf-8?b?", b"<", b">", b"@", b"\r\n", b"\r\n\r\n", b"\n ", b"Content-Type: ", b"multipart/mixed; boundary=b",
     b"multipart/report; report-type=delivery-status; boundary=b", b"--b\r\n", b"--b--", b"message/rfc822", b"message/delivery-status", b"text/html; charset=", b"utf-8", b"\xff\xfe", b'"', b"\\",
     b"Content-Transfer-Encoding: base64\r\n", b"Content-Disposition: attachment; filename*0*=utf-8''%E2", b"Message-ID: ", b"Date: ", b"99 Foo 99999", b"References: ", b"(", b")", b";", b"=", b"name*=", b"\0"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_what_looks_like_mail_and_is_none_can_be_read(pieces: list[bytes]) -> None:
    read = read_letter(b"".join(pieces), 1, AT, 10_000)
    for value in (read.subject, read.from_name, read.from_address, *read.to, read.remote_id, read.trouble):
        assert not any(each in value for each in "\r\n\0")


def test_deep_and_wide_letters_are_read_in_bounds() -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(500))
    read_letter(b"From: m@t.example\r\n" + deep + b"Content-Type: text/plain\r\n\r\nx", 1, AT)
    wide = b"From: m@t.example\r\nTo: " + b"a@b.example, " * 50_000 + b"\r\n\r\nHola"
    assert len(read_letter(wide, 1, AT).to) <= 100
