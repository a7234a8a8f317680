"""Where the links of a text are, and the text with others in their place; pure.

Found as X finds them, with or without their scheme, on every network: what is put in their place has its scheme and is a link everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from urllib.parse import urlsplit

from app.language.entities import Span, find

NETWORKS_OWN = frozenset(
    {
        "x.com",
        "twitter.com",
        "t.co",
        "bsky.app",
        "instagram.com",
        "facebook.com",
        "fb.com",
        "threads.net",
        "threads.com",
        "linkedin.com",
        "t.me",
    }
)
"""A link to a post or a profile there is shown by networks as what it leads to, and would be no more if it were changed."""


def links_of(text: str, never: Collection[str] = ()) -> Iterator[tuple[Span, str]]:
    """Each with its address as it is counted: with a scheme. `never`: hosts whose links are left alone."""
    if "." not in text:
        return
    for span in find(text, "x").links:
        bare = "://" not in span.value
        if bare and not span.value.partition("/")[0].islower():
            continue  # "ASP.NET", or a full stop without the blank after it
        url = f"https://{span.value}" if bare else span.value
        host = host_of(url)
        if host and host not in NETWORKS_OWN and host not in never:
            yield span, url


def host_of(url: str) -> str:
    """The name of the server, without "www."; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def put_in(text: str, instead: Mapping[str, str], never: Collection[str] = ()) -> str:
    """The text with other links in place of its own, by their addresses."""
    pieces: list[str] = []
    position = 0
    for span, url in links_of(text, never):
        if instead.get(url, url) != url:
            pieces += [text[position : span.start], instead[url]]
            position = span.end
    return "".join([*pieces, text[position:]])
