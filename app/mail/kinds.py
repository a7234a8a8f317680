"""What kind of letter came: written by a person or by a program, or the news that ours did not arrive. Pure functions on parsed letters.

Rules: RFC 3834 and what programs do in practice for automatic mail; RFC 3464 for delivery reports. Nothing is ever answered because of one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from email.message import Message
from typing import NamedTuple

_BULK = frozenset(["bulk", "list", "junk", "auto_reply"])
_ROBOTS = re.compile(
    r"^(?:mailer-daemon|postmaster|no-?_?\.?reply|do-?_?not-?_?reply|donotreply|noresponder|no-responder|nepasrepondre|ne-pas-repondre|bounces?|notifications?|mailerdaemon)(?:[+\-_.].*)?@",
    re.IGNORECASE,
)
_SUBJECTS = re.compile(
    r"^\s*(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response|responder)|autoreply|out of (?:the )?office|away from (?:the )?office|"
    r"undeliver(?:ed|able)|delivery (?:status notification|failure|has failed|report)|mail delivery (?:failed|subsystem|system)|returned mail|failure notice|"
    r"respuesta autom[áa]tica|fuera de (?:la )?oficina|no entregado|no se pudo entregar|"
    r"réponse automatique|absence du bureau|absent du bureau|non remis|échec de (?:la )?remise|"
    r"автоматический ответ|автоответ|вне офиса|отсутствие на рабочем месте|не доставлено|недоставленное|"
    r"自动回复|自動回覆|自动答复|外出|不在办公室|退信|未送达|系统退信|"
    r"automatische antwort|abwesen|unzustellbar)",
    re.IGNORECASE,
)
_STATUS = re.compile(r"(?<![\d.])([245])\.\d{1,3}\.\d{1,3}(?![\d.])")
_ID = re.compile(r"^\s*message-id\s*:\s*(<[^<>\s]{3,400}>)", re.IGNORECASE | re.MULTILINE)
_DAEMON = re.compile(r"^(?:mailer-daemon|postmaster|mailerdaemon)@", re.IGNORECASE)
LONGEST_REPORT = 100_000


class Bounce(NamedTuple):
    """What a delivery report says of a letter of ours."""

    letter_id: str
    """Message-ID of what came back; empty where the report does not tell."""
    is_hard: bool
    said: str
    recipient: str = ""


def is_automatic(headers: Mapping[str, Sequence[str]], from_address: str, subject: str, content_type: str) -> bool:
    """Whether a program sent it. `headers`: lower-case name -> values, on one line each."""

    def value(name: str) -> str:
        return (headers.get(name) or [""])[0].strip().lower()

    submitted = value("auto-submitted")
    if submitted and submitted.split(";")[0].strip() != "no":
        return True
    if any(each.strip() == "<>" for each in headers.get("return-path", ())):
        return True
    if value("precedence") in _BULK:
        return True
    if any(
        name in headers
        for name in (
            "list-id",
            "list-unsubscribe",
            "x-autoreply",
            "x-autorespond",
            "x-loop",
            "x-autoresponse",
            "feedback-id",
        )
    ):
        return True
    suppressed = {each.strip() for each in value("x-auto-response-suppress").split(",")}
    if suppressed & {"oof", "autoreply", "all"}:
        return True
    if content_type == "multipart/report":
        return True
    return bool(_ROBOTS.match(from_address) or _SUBJECTS.match(subject))


def bounce_of(letter: Message, from_address: str) -> Bounce | None:
    """What a delivery report says; None for what is none, or tells of success."""
    if letter.get_content_type() == "multipart/report" and letter.is_multipart():
        found = _report(letter)
        if found is not None:
            return found
        if str(letter.get_param("report-type", "")).lower() == "disposition-notification":
            return None
    if not _DAEMON.match(from_address):
        return None
    return _plain_report(letter)


def _report(letter: Message) -> Bounce | None:
    parts = [part for part in letter.get_payload() if isinstance(part, Message)][:10]
    status = next(
        (
            part
            for part in parts
            if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status")
        ),
        None,
    )
    if status is None:
        return None
    fields = _fields(status)
    actions = [value.lower() for name, value in fields if name == "action"]
    codes = [found[1] for name, value in fields if name == "status" and (found := _STATUS.search(value))]
    if actions and all(action in ("delivered", "relayed", "expanded") for action in actions):
        return None
    told = next((value for name, value in fields if name == "diagnostic-code"), "")
    recipient = next((value for name, value in fields if name in ("final-recipient", "original-recipient")), "")
    is_hard = any(code == "5" for code in codes) if codes else "failed" in actions
    if "delayed" in actions and "failed" not in actions:
        is_hard = False
    return Bounce(
        _returned_id(parts),
        is_hard,
        _one_line(told.partition(";")[2] or told),
        _one_line(recipient.partition(";")[2] or recipient),
    )


def _fields(status: Message) -> list[tuple[str, str]]:
    """Of all blocks of a delivery status, whether the parser took them for messages or left them as text."""
    content = status.get_payload()
    blocks = [part for part in content if isinstance(part, Message)][:50] if isinstance(content, list) else []
    fields = [(name.lower(), _one_line(str(value))) for block in blocks for name, value in block.items()]
    if isinstance(content, str):
        for line in content[:LONGEST_REPORT].splitlines():
            name, colon, value = line.partition(":")
            if colon:
                fields.append((name.strip().lower(), _one_line(value)))
    return fields


def _returned_id(parts: Sequence[Message]) -> str:
    """The Message-ID of the letter that came back, in the report's third part: whole, or its headers alone."""
    for part in parts[1:]:
        kind, content = part.get_content_type(), part.get_payload()
        if (
            kind in ("message/rfc822", "message/global")
            and isinstance(content, list)
            and content
            and isinstance(content[0], Message)
        ):
            return _identity(str(content[0].get("Message-ID", "")))
        if kind in ("text/rfc822-headers", "message/rfc822-headers", "message/rfc822", "message/global-headers"):
            found = _ID.search(_text(part))
            if found:
                return found[1]
    return ""


def _plain_report(letter: Message) -> Bounce | None:
    """Of a server that reports in its own way: whatever in it looks like a Message-ID and a status."""
    text = "\n".join(_text(part) for part in list(letter.walk())[:20] if not part.is_multipart())[:LONGEST_REPORT]
    found, status = _ID.search(text), _STATUS.search(text)
    if found is None and status is None:
        return None
    line = next((each for each in text.splitlines() if _STATUS.search(each)), "")
    return Bounce(found[1] if found else "", status is None or status[1] == "5", _one_line(line))


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return (
        content[:LONGEST_REPORT].decode("utf-8", "replace")
        if isinstance(content, bytes)
        else str(part.get_payload())[:LONGEST_REPORT]
    )


def _identity(text: str) -> str:
    bare = _one_line(text)
    return bare if bare.startswith("<") and bare.endswith(">") else ""


def _one_line(text: str) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in text[:2000]).split())[:500]
