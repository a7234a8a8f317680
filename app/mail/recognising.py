"""What an answer is recognised by where a mail program lost the reference: a token in the subject or in a plus-address, and bare subjects."""

from __future__ import annotations

import re
import secrets

TOKEN_LENGTH = 12
"""Characters of base32, five bits each: nobody hits one by guessing, and it says nothing of anybody."""
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_BODY = "[a-z2-7]{10,32}"
_IN_TEXT = re.compile(rf"\[\s?#\s?({_BODY})\s?\]", re.IGNORECASE)
_IN_ADDRESS = re.compile(rf"\+r\.({_BODY})@", re.IGNORECASE)
_PREFIX = re.compile(
    # Reply and forward in the languages of the mail programs that put them in front, also numbered: "Re[2]:", "AW:", "RV:", "回复:".
    r"\s*(?:re|r|aw|antw|antwort|sv|vs|odp|ynt|res|resp|rif|ref|fwd?|fw|wg|rv|tr|enc|reenv|rép|回复|回覆|答复|转发|轉寄|отв|ответ|на|пересл)"
    r"\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]",
    re.IGNORECASE,
)
_MOST_PREFIXES = 20


def token() -> str:
    """A new one. Not to be guessed, without a meaning of its own."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(TOKEN_LENGTH))


def with_token(subject: str, mark: str) -> str:
    """`subject` with the token behind it, once."""
    if not mark or mark in tokens_in(subject):
        return subject
    return f"{subject} [#{mark}]".lstrip()


def tokens_in(text: str) -> tuple[str, ...]:
    """All tokens of a subject or a text, in lower case, in order and each once."""
    return tuple(dict.fromkeys(found[1].lower() for found in _IN_TEXT.finditer(text)))


def without_tokens(text: str) -> str:
    """The text as it was before `with_token`."""
    return " ".join(_IN_TEXT.sub(" ", text).split())


def plus_address(address: str, mark: str) -> str:
    """The address to which an answer carries its token by itself: `me+r.TOKEN@example.com`."""
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}+r.{mark}{at}{domain}"


def plus_token(address: str) -> str:
    """The token of such an address; empty without one."""
    found = _IN_ADDRESS.search(address)
    return found[1].lower() if found else ""


def base_subject(subject: str) -> str:
    """What two letters of one exchange have in common: without "Re:", "Fwd:" and the token, on one line, folded for comparing."""
    bare = without_tokens(subject)
    for _ in range(_MOST_PREFIXES):
        found = _PREFIX.match(bare)
        if found is None:
            break
        bare = bare[found.end() :]
    return " ".join(bare.split()).casefold()
