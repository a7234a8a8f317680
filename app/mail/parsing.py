"""A letter's bytes as a `ReadLetter`: headers on one line, the text in plain words, what is new in it, and what kind it is.

Everything was written by strangers. Headers are taken raw, cut to a sane length and decoded here: the standard library's structured headers
raise on, or take long over, what a hostile letter may hold; its parser of parts is told to expect anything.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import NamedTuple

from app.mail import kinds
from app.mail.composing import one_line
from app.mail.html_letters import plain_text
from app.mail.quoting import new_text
from app.models.letter import ReadLetter

LONGEST_HEADER = 16_000
MOST_HEADERS = 500
MOST_PARTS = 200
DEEPEST = 20
LONGEST_TEXT = 1_000_000
MOST_REFERENCES = 100
MOST_ADDRESSES = 100

_ID = re.compile(r"<[^<>\s\x00-\x1f\x7f]{1,500}>")
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "latin-1": "cp1252",
    "unknown-8bit": "utf-8",
}
_BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError)
"""What the standard library's mail parser has been seen to raise on broken letters."""


class _Content(NamedTuple):
    whole: str
    attachments: tuple[tuple[str, int], ...]


def read_letter(raw: bytes, uid: int, at: datetime | None, size: int = 0) -> ReadLetter:
    """`raw` may be cut off (`size` is then more than its length). `at`: when the server got it (aware), where it tells."""
    letter = _parsed(raw)
    headers = headers_of(letter)

    def first(name: str) -> str:
        return (headers.get(name) or [""])[0]

    subject = decoded(first("subject"))
    from_name, from_address = _person(first("from"))
    content = _content(letter, max(0, size - len(raw)))
    bounce = _guarded_bounce(letter, from_address)
    moment = at or _date(first("date"))
    references = _ID.findall(" ".join(headers.get("references", ())))
    answers = _ID.findall(first("in-reply-to"))
    return ReadLetter(
        uid=uid,
        remote_id=next(iter(_ID.findall(first("message-id"))), "") or _made_up(raw),
        from_address=from_address,
        subject=subject,
        text=new_text(content.whole),
        whole=content.whole,
        at=moment.astimezone(UTC),
        from_name=from_name,
        to=_addresses(
            [value for name in ("to", "cc", "delivered-to", "x-original-to") for value in headers.get(name, ())]
        ),
        in_reply_to=answers[0] if answers else "",
        chain=tuple(dict.fromkeys(references))[-MOST_REFERENCES:],
        is_automatic=bounce is not None or kinds.is_automatic(headers, from_address, subject, _kind_of(letter)),
        is_bounce=bounce is not None,
        bounced_id=bounce.letter_id if bounce is not None else "",
        is_hard=bounce is not None and bounce.is_hard,
        trouble=bounce.said if bounce is not None else "",
        attachments=content.attachments,
    )


def headers_of(letter: Message) -> Mapping[str, Sequence[str]]:
    """Lower-case name -> values, each on one line, still encoded."""
    found: dict[str, list[str]] = {}
    for name, value in list(letter.raw_items())[:MOST_HEADERS]:
        found.setdefault(name.lower(), []).append(" ".join(_unescaped(str(value)[:LONGEST_HEADER]).split()))
    return found


def decoded(value: str) -> str:
    """A header's text on one line, whatever encoding its words are in."""
    pieces: list[str] = []
    try:
        for piece, charset in decode_header(value[:LONGEST_HEADER]):
            pieces.append(_text_of(piece, charset or "utf-8") if isinstance(piece, bytes) else piece)
    except _BROKEN:
        return one_line(value)
    return one_line("".join(pieces))


def _parsed(raw: bytes) -> Message:
    try:
        return message_from_bytes(raw, policy=policy.compat32)
    except _BROKEN:
        # Its parts cannot be told apart: what stands after the head is one text.
        head, _, body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
        kept = b"\n".join(
            line for line in head.split(b"\n") if not line.lower().startswith((b"content-type", b"content-transfer"))
        )
        return message_from_bytes(kept[:LONGEST_HEADER] + b"\n\n" + body, policy=policy.compat32)


def _content(letter: Message, missing: int) -> _Content:
    plain: list[str] = []
    html: list[str] = []
    attachments: list[tuple[str, int]] = []
    for part in _leaves(letter, 0)[:MOST_PARTS]:
        kind, name = _kind_of(part), _file_name(part)
        inline = _disposition(part) != "attachment"
        if kind == "text/plain" and inline and not (name and plain):
            plain.append(_flowed(part, _body_of(part)))
        elif kind == "text/html" and inline and not (name and html):
            html.append(_body_of(part))
        elif not kind.startswith("multipart/"):
            attachments.append((name or "", len(_bytes_of(part))))
    if missing and attachments:  # the letter was cut off in the last of them
        name, got = attachments[-1]
        attachments[-1] = (name, got + missing * 3 // 4)
    whole = "\n".join(each for each in plain if each.strip())
    if not whole.strip() and html:
        whole = "\n".join(plain_text(each) for each in html)
    return _Content(_clean(whole[:LONGEST_TEXT]), tuple(attachments))


def _leaves(part: Message, depth: int) -> list[Message]:
    """What is no container; a letter that hangs on this one is one leaf."""
    content = part.get_payload()
    if not part.is_multipart() or not isinstance(content, list) or _kind_of(part).startswith("message/"):
        return [part]
    if depth >= DEEPEST:
        return []
    return [leaf for each in content[:MOST_PARTS] if isinstance(each, Message) for leaf in _leaves(each, depth + 1)]


def _kind_of(part: Message) -> str:
    try:
        return part.get_content_type()
    except _BROKEN:
        return "text/plain"


def _disposition(part: Message) -> str:
    try:
        return part.get_content_disposition() or ""
    except _BROKEN:
        return ""


def _file_name(part: Message) -> str:
    try:
        return decoded(part.get_filename("") or "")[:200]
    except _BROKEN:
        return ""


def _bytes_of(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except _BROKEN:
        return b""
    return content if isinstance(content, bytes) else b""


def _body_of(part: Message) -> str:
    try:
        charset = part.get_content_charset() or "utf-8"
    except _BROKEN:
        charset = "utf-8"
    return _text_of(_bytes_of(part)[: LONGEST_TEXT * 2], charset)


def _text_of(content: bytes, charset: str) -> str:
    name = charset.lower().strip()
    try:
        return content.decode(
            _ALIASES.get(name, name), "strict" if name in ("utf-8", "us-ascii", "ascii") else "replace"
        )
    except UnicodeDecodeError:
        try:
            return content.decode("utf-8") if name != "utf-8" else content.decode("cp1252")
        except UnicodeDecodeError:
            return content.decode("utf-8", "replace")
    except (LookupError, ValueError, TypeError):
        return content.decode("utf-8", "replace")


def _flowed(part: Message, text: str) -> str:
    """Lines that a program broke for the way only (RFC 3676) are whole again."""
    try:
        flowed = str(part.get_param("format", "")).lower() == "flowed"
        joins_bare = str(part.get_param("delsp", "")).lower() == "yes"
    except _BROKEN:
        return text
    if not flowed:
        return text
    lines: list[str] = []
    soft = False
    for line in text.replace("\r\n", "\n").split("\n"):
        marks = len(line) - len(line.lstrip(">"))
        bare = line[marks:].removeprefix(" ")
        before = len(lines[-1]) - len(lines[-1].lstrip(">")) if lines else 0
        if soft and marks == before and line != "-- ":
            lines[-1] = lines[-1].removesuffix(" ") + bare if joins_bare else lines[-1] + bare
        else:
            lines.append(f"{'>' * marks} {bare}" if marks else bare)
        soft = bare.endswith(" ") and bare != "-- "
    return "\n".join(line.rstrip() if line != "-- " else line for line in lines)


def _clean(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        each
        for each in lines
        if each in "\n\t"
        or (
            each >= " "
            and each not in "\x7f\ufeff"
            and not "\x80" <= each <= "\x9f"
            and not "\ud800" <= each <= "\udfff"
        )
    )


def _person(value: str) -> tuple[str, str]:
    """(name, address) of a From; strangers may leave either out."""
    found = _pairs([value])
    return (decoded(found[0][0]), found[0][1]) if found else ("", "")


def _addresses(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address for _, address in _pairs(values)))[:MOST_ADDRESSES]


def _pairs(values: Sequence[str]) -> list[tuple[str, str]]:
    try:
        found = getaddresses([value[:LONGEST_HEADER] for value in values[:MOST_ADDRESSES]])
    except _BROKEN:
        return []
    return [(name, one_line(address)) for name, address in found[:MOST_ADDRESSES] if "@" in address]


def _date(value: str) -> datetime:
    try:
        moment = parsedate_to_datetime(value)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    except (*_BROKEN, OverflowError):
        return datetime(1970, 1, 1, tzinfo=UTC)


def _guarded_bounce(letter: Message, from_address: str) -> kinds.Bounce | None:
    try:
        return kinds.bounce_of(letter, from_address)
    except _BROKEN:
        return None


def _made_up(raw: bytes) -> str:
    """For a letter without an id: of its content, so that the same letter has the same one when it is read again."""
    return f"<{hashlib.sha256(raw).hexdigest()[:32]}@without-id.invalid>"


def _unescaped(value: str) -> str:
    """Bytes outside ASCII that a header bore raw: UTF-8 as nearly always."""
    if value.isascii():
        return value
    return (
        value.encode("ascii", "surrogateescape").decode("utf-8", "replace")
        if any("\udc80" <= each <= "\udcff" for each in value)
        else value
    )
