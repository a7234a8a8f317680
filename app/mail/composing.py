"""Making a letter: headers that nobody's name, subject or address can break out of, text, attachments, and one Message-ID for ever.

Nothing is put together as text: `email.policy.SMTP` folds and encodes, and refuses line breaks; what comes in is freed of controls before.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Protocol

from app.mail.recognising import plus_address, with_token
from app.mail.servers import Mailbox, provider_of
from app.models.letter import Attached, Mail
from app.runtime.errors import UserMistake
from app.runtime.words import message

MOST_REFERENCES = 20
LONGEST_ADDRESS = 254
"""Characters (RFC 5321, 4.5.3.1.3)."""
LONGEST_SUBJECT = 900
LONGEST_NAME = 120
LARGEST_ATTACHED = 25_000_000
"""Bytes of all attachments; what the server takes is asked besides."""
_POLICY = policy.SMTP.clone(cte_type="7bit")
"""Seven bits: servers that take no more exist, and one that passes the letter on may be one of them."""
_CARRIERS = ("text", "message", "multipart")
"""Kinds that the standard library builds in its own way; a file of them goes along as plain bytes."""
_UNUSABLE = frozenset(' <>()[]\\,;:"')


class Picture(Protocol):
    """A picture that goes along."""

    @property
    def data(self) -> bytes: ...

    @property
    def content_type(self) -> str: ...

    @property
    def name(self) -> str: ...


def message_id(key: str, address: str) -> str:
    """The Message-ID of an outbox item, in angle brackets: the same over all attempts, and it tells nothing of the key.

    `key` is the item's own (`Owed.key`), `address` the mailbox's.
    """
    digest = base64.b32encode(hashlib.sha256(f"tertulia {key}".encode()).digest()[:20]).decode("ascii").lower()
    return f"<{digest}@{_ascii_domain(address.rpartition('@')[2])}>"


def check_address(text: str, *, field: str = "email") -> str:
    """An address as headers and servers may be given it: the domain in punycode. Raises `UserMistake`.

    What is outside ASCII before the `@` stays as it is: `needs_smtputf8` says so, and only some servers take it (RFC 6531).
    """
    address = unicodedata.normalize("NFC", text.strip())
    local, at, domain = address.rpartition("@")
    wrong = UserMistake(message("mail.error.not_an_address", address=one_line(text)[:LONGEST_ADDRESS]), field=field)
    if not at or not local or len(address) > LONGEST_ADDRESS:
        raise wrong
    # Halves of characters are not printable, and cannot be counted in bytes.
    if any(each in _UNUSABLE or not each.isprintable() or each == "@" for each in local) or len(local.encode()) > 64:
        raise wrong
    if local.startswith(".") or local.endswith(".") or ".." in local:
        raise wrong
    try:
        ascii_domain = _ascii_domain(domain)
    except UnicodeError as error:
        raise wrong from error
    labels = ascii_domain.split(".")
    if any(not _is_label(label) for label in labels) or (len(labels) < 2 and ascii_domain != "localhost"):
        raise wrong
    return f"{local}@{ascii_domain}"


def needs_smtputf8(address: str) -> bool:
    """Whether the server must know SMTPUTF8 to take it."""
    return not address.isascii()


def one_line(text: str) -> str:
    """Text as a header's value may hold it: white space joined, and no controls, marks of direction or halves of characters."""
    flat = " ".join(text.split())
    return "".join(
        each
        for each in flat
        if each == " " or (each.isprintable() and unicodedata.category(each) not in ("Cf", "Cs", "Cc", "Co"))
    )


def compose(
    mailbox: Mailbox, mail: Mail, text: str, key: str, at: datetime, pictures: Sequence[Picture] = ()
) -> EmailMessage:
    """The letter. Raises `UserMistake` for addresses and attachments that cannot be used. `at`: aware; the first attempt's time, so that
    all attempts are the same letter.
    """
    letter = EmailMessage(policy=_POLICY)
    sender = check_address(mailbox.address, field="from")
    letter["From"] = _address(sender, mailbox.sender_name)
    letter["To"] = _address(check_address(mail.to, field="to"), mail.to_name)
    letter["Subject"] = with_token(one_line(mail.subject)[:LONGEST_SUBJECT], mail.token)
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = message_id(key, mailbox.address)
    parent, chain = _id(mail.in_reply_to), [each for each in map(_id, mail.chain) if each]
    if parent:
        letter["In-Reply-To"] = parent
        chain = [each for each in chain if each != parent] + [parent]
    if chain:
        letter["References"] = " ".join(shortened(chain))
    provider = provider_of(mailbox)
    if mail.token and provider is not None and provider.plus:
        letter["Reply-To"] = _address(plus_address(sender, mail.token), mailbox.sender_name)
    letter.set_content(_body(text), charset="utf-8")
    room = LARGEST_ATTACHED
    for picture in pictures:
        room -= _attach(letter, picture.data, picture.content_type, picture.name, room)
    for each in mail.attached:
        room -= _attach_file(letter, each, room)
    return letter


def shortened(chain: Sequence[str]) -> list[str]:
    """References: the first, which names the exchange, and the last twenty."""
    once = list(dict.fromkeys(chain))
    return once if len(once) <= MOST_REFERENCES + 1 else [once[0], *once[-MOST_REFERENCES:]]


def as_bytes(letter: EmailMessage, *, utf8: bool = False) -> bytes:
    """The letter as it goes over the wire, and as an .eml file: CRLF at each line's end. `utf8`: for addresses that need SMTPUTF8."""
    made = letter.as_bytes(policy=_POLICY.clone(utf8=utf8))
    return b"\r\n".join(made.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))


def file_name(text: str) -> str:
    """A name for an attachment that breaks out of nothing: one line, without folders."""
    name = one_line(text).replace("/", "_").replace("\\", "_").replace('"', "'").strip(". ")
    return name[-LONGEST_NAME:] or "file"


def _address(address: str, name: str) -> Address:
    local, _, domain = address.rpartition("@")
    try:
        return Address(display_name=one_line(name)[:LONGEST_NAME], username=local, domain=domain)
    except (MessageError, ValueError, IndexError) as error:
        raise UserMistake(message("mail.error.not_an_address", address=one_line(address)), field="email") from error


def _id(text: str) -> str:
    """A Message-ID as a header may repeat it; empty where it is none: what strangers sent is not passed on as it came."""
    bare = one_line(text).strip()
    inner = bare[1:-1]
    if not (bare.startswith("<") and bare.endswith(">") and 3 <= len(bare) <= 500 and "@" in inner):
        return ""
    return bare if bare.isascii() and not any(each in "<> \t" for each in inner) else ""


def _body(text: str) -> str:
    """Line ends and controls as mail takes them."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(each for each in lines if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs"))
    return kept if kept.endswith("\n") else kept + "\n"


def _attach_file(letter: EmailMessage, attached: Attached, room: int) -> int:
    path = Path(attached.path)
    try:
        if path.stat().st_size > room:
            raise _too_large(path.stat().st_size - room)
        data = path.read_bytes()
    except OSError as error:
        gone = message("mail.error.attachment_gone", name=one_line(attached.name))
        raise UserMistake(gone, field="attached", technical=str(error)) from error
    return _attach(letter, data, attached.content_type, attached.name, room)


def _attach(letter: EmailMessage, data: bytes, content_type: str, name: str, room: int) -> int:
    if len(data) > room:
        raise _too_large(len(data) - room)
    main, _, sub = content_type.partition("/")
    plain = (
        main.isascii() and main.isalpha() and sub.isascii() and re.fullmatch(r"[A-Za-z0-9.+-]{1,80}", sub) is not None
    )
    if not plain or main.lower() in _CARRIERS:
        main, sub = "application", "octet-stream"
    letter.add_attachment(data, maintype=main, subtype=sub, filename=file_name(name))
    return len(data)


def _too_large(over: int) -> UserMistake:
    size, most = f"{(LARGEST_ATTACHED + over) / 1_000_000:.1f}", f"{LARGEST_ATTACHED / 1_000_000:.0f}"
    return UserMistake(message("mail.error.too_large", size=size, most=most), field="attached")


def _ascii_domain(domain: str) -> str:
    """Punycode where it is needed, in lower case; raises UnicodeError for what is no domain."""
    lower = domain.strip().rstrip(".").lower()
    return lower if lower.isascii() else lower.encode("idna").decode("ascii")


def _is_label(label: str) -> bool:
    bare = label.replace("-", "")
    return (
        0 < len(label) <= 63
        and bare.isascii()
        and bare.isalnum()
        and not label.startswith("-")
        and not label.endswith("-")
    )
