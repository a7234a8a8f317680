"""What IMAP servers' answers hold, and how we write days and texts for them. Pure functions; nothing of a stranger's breaks out of a quote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from imap_tools.errors import ImapToolsError

UID = re.compile(rb"\bUID (\d{1,10})\b")
SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,15})\b")
WHEN = re.compile(rb'\bINTERNALDATE "([^"]{10,40})"')
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SENT_NAMES = ("sent", "sent items", "sent messages", "sent mail", "enviados", "elementos enviados", "envoyés", "éléments envoyés", "messages envoyés",
    "отправленные", "已发送", "已发送邮件", "寄件備份", "gesendet", "gesendete elemente", "posta inviata", "itens enviados", "inbox.sent", "inbox/sent")  # fmt: skip


def words(error: Exception) -> str:
    """What the server said, out of the shapes that the libraries wrap it in."""
    if isinstance(error, ImapToolsError) and isinstance(result := getattr(error, "command_result", None), tuple):
        return bytes_words(result[1])
    text = str(error.args[0]) if error.args else ""
    if error.args and isinstance(error.args[0], bytes):
        text = error.args[0].decode("utf-8", "replace")
    return re.sub(r"^b'(.*)'$", r"\1", text)


def bytes_words(answer: object) -> str:
    """The same of an answer that is no error."""
    pieces = answer if isinstance(answer, list | tuple) else [answer]
    return " ".join(each.decode("utf-8", "replace") for each in pieces if isinstance(each, bytes))


def lines_of(answer: tuple[str, Sequence[object]]) -> list[bytes]:
    """The lines of a FETCH, without the letters in them."""
    status, content = answer
    if status != "OK":
        return []
    return [each if isinstance(each, bytes) else bytes(each[0]) for each in content if isinstance(each, bytes | tuple)]


def is_news(line: bytes) -> bool:
    """Whether a line that came unasked means that something may be new, or that the server leaves."""
    said = line.split()
    return (
        len(said) >= 3 and said[0] == b"*" and said[2].upper() in (b"EXISTS", b"RECENT")
    ) or line.upper().startswith(b"* BYE")


def moment_of(line: bytes) -> datetime | None:
    """When the server got a letter; read by hand, for names of months are others in other languages of a computer."""
    found = WHEN.search(line)
    if found is None:
        return None
    return _moment(found[1].replace(b"-", b" ", 2))


def _moment(text: bytes) -> datetime | None:
    found = re.search(rb"(\d{1,2}) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) ([+-]\d{4})", text)
    if found is None:
        return None
    day, month, *rest = (each.decode("ascii", "replace") for each in found.groups())
    try:
        return datetime.strptime(
            f"{day} {MONTHS.index(month) + 1} {' '.join(rest)}", "%d %m %Y %H %M %S %z"
        ).astimezone(UTC)
    except ValueError:
        return None


def day_of(moment: datetime) -> str:
    """As IMAP writes days, whatever language this computer speaks."""
    day = moment.astimezone(UTC)
    return f"{day.day:02d}-{MONTHS[day.month - 1]}-{day.year}"


def quotable(text: str) -> str:
    """Text as a quoted string of a search may hold it; our own ids and tokens hold nothing else."""
    return "".join(each for each in text if each.isascii() and each.isprintable() and each not in '"\\')


def same_second(header: bytes, moment: datetime) -> bool:
    """Whether a Date header says this moment."""
    found = _moment(header)
    return found is not None and abs((found - moment).total_seconds()) < 2
