"""A letter says what it should, is the same over all attempts, and nobody's name, subject, address or file name breaks out of its place."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.mail.composing import (
    as_bytes,
    check_address,
    compose,
    file_name,
    message_id,
    needs_smtputf8,
    one_line,
    shortened,
)
from app.mail.servers import Mailbox, Server
from app.models.letter import Attached, Mail
from app.networks.outgoing import Upload
from app.runtime.errors import UserMistake

AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PLAIN = Mailbox(
    "lucia@aurora.example", Server("smtp.aurora.example", 465), Server("imap.aurora.example", 993), sender_name="Lucía"
)
GMAIL = Mailbox("lucia@gmail.com", Server("smtp.gmail.com", 465), Server("imap.gmail.com", 993))
MAIL = Mail("marta@tienda.example", "¿Qué hacemos?", to_name="Marta Ríos", token="abcdefghijkl")
KNOWN = {
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Reply-To",
    "Content-Type",
    "Content-Transfer-Encoding",
    "MIME-Version",
}


def read(mailbox: Mailbox, mail: Mail, text: str = "Hola", key: str = "k") -> EmailMessage:
    made = message_from_bytes(as_bytes(compose(mailbox, mail, text, key, AT)), policy=policy.default)
    assert isinstance(made, EmailMessage)
    return made


def test_all_that_belongs_into_a_letter_is_there() -> None:
    letter = read(
        PLAIN,
        Mail("marta@tienda.example", "Asunto", to_name="Marta", in_reply_to="<b@x>", chain=("<a@x>",)),
        "Hola 你好\n",
    )
    assert letter["From"] == "Lucía <lucia@aurora.example>"
    assert letter["To"] == "Marta <marta@tienda.example>"
    assert letter["In-Reply-To"] == "<b@x>"
    assert letter["References"] == "<a@x> <b@x>"
    assert letter["Date"].datetime == AT
    assert letter.get_content().splitlines() == ["Hola 你好"]
    assert letter["Auto-Submitted"] is None  # a person approved it


def test_the_message_id_is_the_same_over_all_attempts_and_tells_nothing() -> None:
    assert message_id("k1", "lucia@aurora.example") == message_id("k1", "other@AURORA.example")
    assert message_id("k1", "lucia@aurora.example") != message_id("k2", "lucia@aurora.example")
    assert message_id("secret-key", "a@b.example").endswith("@b.example>")
    assert "secret" not in message_id("secret-key", "a@b.example")
    assert as_bytes(compose(PLAIN, MAIL, "x", "k", AT)) == as_bytes(compose(PLAIN, MAIL, "x", "k", AT))


def test_an_answer_finds_back_by_subject_and_where_the_provider_can_by_address() -> None:
    assert read(PLAIN, MAIL)["Subject"] == "¿Qué hacemos? [#abcdefghijkl]"
    assert read(PLAIN, MAIL)["Reply-To"] is None
    assert "lucia+r.abcdefghijkl@gmail.com" in read(GMAIL, MAIL)["Reply-To"]


def test_long_chains_keep_their_beginning_and_their_end() -> None:
    chain = [f"<{number}@x>" for number in range(60)]
    assert shortened(chain) == ["<0@x>", *chain[-20:]]


HOSTILE = st.text(
    alphabet=st.one_of(st.characters(), st.sampled_from('\r\n\0\x0b\x85\u2028\u202e<>,;:"@=?')), max_size=120
)


@settings(max_examples=150, deadline=None)
@given(name=HOSTILE, subject=HOSTILE, reference=HOSTILE, sender=HOSTILE)
def test_nothing_breaks_out_of_a_header(name: str, subject: str, reference: str, sender: str) -> None:
    mailbox = Mailbox("lucia@aurora.example", PLAIN.smtp, PLAIN.imap, sender_name=sender)
    mail = Mail(
        "marta@tienda.example",
        f"{subject}\r\nBcc: evil@x.example",
        to_name=name,
        in_reply_to=reference,
        chain=(reference, "<ok@x>"),
    )
    letter = read(mailbox, mail, "cuerpo")
    assert set(letter.keys()) <= KNOWN
    assert len(letter.get_all("To")) == len(letter.get_all("From")) == 1
    assert [each.addr_spec for each in letter["To"].addresses] == ["marta@tienda.example"]
    assert [each.addr_spec for each in letter["From"].addresses] == ["lucia@aurora.example"]
    assert letter.get_content().strip() == "cuerpo"


@settings(max_examples=200, deadline=None)
@given(HOSTILE)
def test_an_address_is_usable_or_refused(text: str) -> None:
    try:
        checked = check_address(text)
    except UserMistake:
        return
    assert not any(each in checked for each in ' <>()\r\n\0\t,;:"[]\\')
    assert checked.count("@") == 1
    assert checked.partition("@")[2].isascii()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "lucia",
        "lucia@",
        "@aurora.example",
        "lu cia@aurora.example",
        "lucia@aurora.example\r\nRCPT TO:<x@y>",
        "<lucia@aurora.example>",
        "a@b@c.example",
        "a..b@c.example",
        "lucia@-x.example",
        "lucia@a_b.example",
        "lucia@aurora",
        "\ud800@c.example",
        f"{'x' * 65}@c.example",
    ],
)
def test_what_is_no_address_is_refused_beside_its_field(address: str) -> None:
    with pytest.raises(UserMistake) as raised:
        check_address(address, field="to")
    assert raised.value.field == "to"


def test_domains_of_other_letters_are_written_in_punycode() -> None:
    assert check_address(" pedro@peña.example ") == "pedro@xn--pea-8na.example".replace(
        "xn--pea-8na", "peña".encode("idna").decode()
    )
    assert needs_smtputf8(check_address("josé@tienda.example"))
    assert not needs_smtputf8(check_address("pedro@peña.example"))


def test_attachments_go_along_with_harmless_names(tmp_path: Path) -> None:
    file = tmp_path / "foto"
    file.write_bytes(b"\x89PNG")
    mail = Mail(
        "marta@tienda.example",
        "x",
        attached=(
            Attached(str(file), '../a\r\nX: y"/b.png', "image/png"),
            Attached(str(file), "c", "text/html\r\nX: y"),
        ),
    )
    letter = read(PLAIN, mail)
    names = [part.get_filename() for part in letter.iter_attachments()]
    assert names == ["_a X_ y'_b.png".replace("X_ y", "X: y"), "c"]
    assert [part.get_content_type() for part in letter.iter_attachments()] == ["image/png", "application/octet-stream"]
    assert all(part.get_content() == b"\x89PNG" for part in letter.iter_attachments())


def test_attachments_that_are_gone_or_too_large_are_said(tmp_path: Path) -> None:
    gone = Mail("marta@tienda.example", "x", attached=(Attached(str(tmp_path / "no"), "no.png"),))
    with pytest.raises(UserMistake) as raised:
        compose(PLAIN, gone, "x", "k", AT)
    assert raised.value.message.id == "mail.error.attachment_gone"
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(26_000_000)
    with pytest.raises(UserMistake) as raised:
        compose(PLAIN, Mail("marta@tienda.example", "x", attached=(Attached(str(large), "l"),)), "x", "k", AT)
    assert raised.value.message.id == "mail.error.too_large"


@given(HOSTILE)
def test_file_names_hold_no_folders_and_no_controls(text: str) -> None:
    name = file_name(text)
    assert name
    assert not any(each in name for each in '/\\\r\n\0"')
    assert name not in (".", "..")


@given(st.text(max_size=300))
def test_one_line_is_one_line(text: str) -> None:
    assert one_line(text).splitlines() in ([], [one_line(text)])


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("\r\n.")), max_size=400))
def test_every_line_ends_as_mail_wants_it(text: str) -> None:
    wire = as_bytes(compose(PLAIN, MAIL, text, "k", AT))
    assert b"\n" not in wire.replace(b"\r\n", b"")
    assert b"\r" not in wire.replace(b"\r\n", b"")
    assert all(len(line) <= 998 for line in wire.split(b"\r\n"))


def test_an_address_beyond_ascii_stands_in_the_header_as_it_is() -> None:
    letter = compose(PLAIN, Mail("josé@tienda.example", "x"), "Hola", "k", AT)
    assert "To: josé@tienda.example".encode() in as_bytes(letter, utf8=True)


def test_pictures_go_along() -> None:
    picture = Upload(b"\x89PNG", "image/png", "foto.png")
    letter = message_from_bytes(as_bytes(compose(PLAIN, MAIL, "x", "k", AT, [picture])), policy=policy.default)
    assert isinstance(letter, EmailMessage)
    assert [part.get_content() for part in letter.iter_attachments()] == [b"\x89PNG"]
