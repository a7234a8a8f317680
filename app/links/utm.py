"""Adds UTM parameters to a link by the user's pattern; pure text, nothing is fetched.

A pattern is written like a query, `utm_source={network}&utm_content={post}`. What the link says already is never said twice: the user's
own parameter wins, its query and fragment stay as they are. Values are in small letters of `a-z0-9-_`, so that every network still finds
the whole link. Convention: support.google.com/analytics/answer/10917952 (GA4).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlsplit, urlunsplit

DEFAULT_PATTERN = "utm_source={network}&utm_medium=social&utm_campaign={campaign}&utm_content={post}"
PLACEHOLDERS = ("network", "account", "campaign", "post", "pillar", "date")
LONGEST_VALUE = 60
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_FOREIGN = re.compile(r"[^a-z0-9_-]+")


class WrongPattern(ValueError):
    """The pattern cannot be used; `what` is the piece, `reason` one of "parameter", "placeholder", "twice"."""

    def __init__(self, reason: str, what: str) -> None:
        super().__init__(f"{reason}: {what}")
        self.reason = reason
        self.what = what


@dataclass(frozen=True, slots=True)
class Facts:
    """What placeholders stand for. Empty ones leave their parameter out."""

    network: str = ""
    account: str = ""
    campaign: str = ""
    post: str = ""
    """Tells one post on one account from all others."""
    pillar: str = ""
    date: date | None = None

    def values(self) -> dict[str, str]:
        return {
            "network": slug(self.network),
            "account": slug(self.account),
            "campaign": slug(self.campaign),
            "post": slug(self.post),
            "pillar": slug(self.pillar),
            "date": self.date.isoformat() if self.date is not None else "",
        }


@dataclass(frozen=True, slots=True)
class Pattern:
    """(name, value with placeholders) in order."""

    parameters: tuple[tuple[str, str], ...]

    @classmethod
    def read(cls, text: str) -> Pattern:
        """Raises `WrongPattern`. An empty text adds nothing."""
        parameters: list[tuple[str, str]] = []
        for piece in text.strip().lstrip("?&").split("&"):
            if not piece.strip():
                continue
            name, equals, value = (each.strip() for each in piece.partition("="))
            if not equals or _NAME.fullmatch(name) is None or not value:
                raise WrongPattern("parameter", piece.strip())
            for placeholder in _PLACEHOLDER.findall(value):
                if placeholder not in PLACEHOLDERS:
                    raise WrongPattern("placeholder", f"{{{placeholder}}}")
            if any(brace in _PLACEHOLDER.sub("", value) for brace in "{}"):
                raise WrongPattern("placeholder", value)
            if name.lower() in (known.lower() for known, _ in parameters):
                raise WrongPattern("twice", name)
            parameters.append((name, value))
        return cls(tuple(parameters))

    @property
    def tells_posts_apart(self) -> bool:
        """Whether the clicks of two posts can be told from each other."""
        return any("{post}" in value for _, value in self.parameters)

    def filled(self, facts: Facts) -> dict[str, str]:
        """What is added, by name; a parameter whose placeholders are all empty is left out."""
        values = facts.values()
        found = {}
        for name, template in self.parameters:
            named = _PLACEHOLDER.findall(template)
            if named and not any(values[each] for each in named):
                continue
            words = _PLACEHOLDER.sub(lambda match: values[match[1]], template)
            if words := slug(words):
                found[name] = words
        return found


def tagged(url: str, pattern: Pattern, facts: Facts) -> str:
    """The link with what the pattern adds; as it is where it is no web address, or says all of it already."""
    try:
        parts = urlsplit(url)
        said = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    except ValueError:
        return url
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return url
    added = "&".join(f"{name}={value}" for name, value in pattern.filled(facts).items() if name.lower() not in said)
    if not added:
        return url
    query = f"{parts.query}{'' if parts.query.endswith('&') else '&'}{added}" if parts.query else added
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))


def untagged(url: str, names: Mapping[str, str] | tuple[str, ...]) -> str:
    """The link without these parameters, for showing."""
    parts = urlsplit(url)
    kept = [piece for piece in parts.query.split("&") if piece.partition("=")[0] not in names]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "&".join(kept), parts.fragment))


def slug(words: str) -> str:
    """Small letters without accents, everything else a dash: "Santa Cecilia" is "santa-cecilia"."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii").lower()
    return _FOREIGN.sub("-", plain).strip("-")[:LONGEST_VALUE].strip("-")
