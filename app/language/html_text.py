"""Plain text from the HTML that servers send: links in full, mentions by name, nothing that runs. Keeps the parsing to itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlsplit

LONGEST = 100_000
"""Characters of HTML that are looked at: no post is longer, and a hostile one must not stop the program."""

MOST_TAGS = 2_000
"""The parser takes quadratic time over thousands of unfinished tags; no post has that many."""

BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tr", "ul"]
)
PARAGRAPHS = frozenset(["blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"])
SILENT = frozenset(["head", "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title", "xmp"])
"""Elements whose content is no text of the author's."""
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"])

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_BLANK = re.compile(r"[ \t\n\r\f]+")


def plain_text(html: str, names: Mapping[str, str] | None = None) -> str:
    """The text of a post. `names`: profile address -> handle (`@user@host`), for mentions that show the first half alone."""
    html = _within(html[:LONGEST]).replace("<![", "&lt;![")
    reader = _Reader(names or {})
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:
        # html.parser gives up like this on some broken declarations: then the text is all between the tags.
        return tidy(unescape(re.sub(r"<[^>]*>?", " ", html)))
    return tidy("".join(reader.parts))


def tidy(text: str) -> str:
    """Without what nobody sees, at most one empty line in a row, and nothing at the ends."""
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = re.sub(r"[ \t\xa0]+\n", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _within(html: str) -> str:
    if html.count("<") <= MOST_TAGS:
        return html
    position = -1
    for _ in range(MOST_TAGS):
        position = html.find("<", position + 1)
    return html[:position]


class _Link(NamedTuple):
    address: str
    start: int
    """Where its text begins in `parts`."""
    mention: bool


class _Reader(HTMLParser):
    """Collects text piece by piece."""

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._names = names
        self._silent: list[str] = []
        self._link: _Link | None = None
        self._kept = 0
        """How many `pre` are open."""
        self._lists: list[int] = []
        """For each open list the number of its last item; -1 where it has no numbers."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent:
            if tag == self._silent[-1] and tag not in VOID:
                self._silent.append(tag)
            return
        if tag in SILENT or (tag in BLOCKS and _is_fallback(attrs)):
            self._silent.append(tag)
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "a":
            self._end_link()
            self._start_link({name: value or "" for name, value in attrs})
        elif tag == "img":
            self._picture({name: value or "" for name, value in attrs})
        elif tag in BLOCKS:
            self._break(paragraph=tag in PARAGRAPHS)
            self._open(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<script/>` opens nothing here, unlike in a browser: what follows is text, which is harmless."""
        if tag in VOID or tag in BLOCKS:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
            return
        if tag == "a":
            self._end_link()
        elif tag in BLOCKS:
            self._break(paragraph=tag in PARAGRAPHS)
            if tag == "pre" and self._kept:
                self._kept -= 1
            elif tag in ("ol", "ul") and self._lists:
                self._lists.pop()

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if not self._kept:
            data = _BLANK.sub(" ", data)
            if data.startswith(" ") and (not self.parts or self.parts[-1].endswith((" ", "\n"))):
                data = data[1:]
        if data:
            self.parts.append(data)

    def close(self) -> None:
        super().close()
        self._end_link()

    # --- inside

    def _open(self, tag: str) -> None:
        if tag == "pre":
            self._kept += 1
        elif tag in ("ol", "ul"):
            self._lists.append(0 if tag == "ol" else -1)
        elif tag == "li":
            if self._lists and self._lists[-1] >= 0:
                self._lists[-1] += 1
                self.parts.append(f"{self._lists[-1]}. ")
            else:
                self.parts.append("- ")
        elif tag == "blockquote":
            self.parts.append("> ")

    def _break(self, *, paragraph: bool) -> None:
        """A new line, or an empty one; never more than that, and none at the start."""
        if not self.parts:
            return
        ending = "".join(self.parts[-2:])[-2:]
        wanted = 2 if paragraph else 1
        present = 0 if not ending.endswith("\n") else 2 if ending == "\n\n" else 1
        if present < wanted:
            self.parts.append("\n" * (wanted - present))

    def _picture(self, attributes: dict[str, str]) -> None:
        """A server's own emoji are pictures whose description is `:name:`."""
        if re.fullmatch(r":\w+:", attributes.get("alt", "")):
            self.parts.append(attributes["alt"])

    def _start_link(self, attributes: dict[str, str]) -> None:
        classes = attributes.get("class", "").split()
        mention = "mention" in classes and "hashtag" not in classes
        self._link = _Link(attributes.get("href", "").strip(), len(self.parts), mention)

    def _end_link(self) -> None:
        """Puts the address in place of a shortened one, and beside any other words, so that nobody is led astray."""
        link, self._link = self._link, None
        if link is None:
            return
        shown = "".join(self.parts[link.start :])
        label = shown.strip()
        if link.mention or label.startswith("@"):
            name = self._names.get(link.address, "")
            if name and re.fullmatch(r"@[\w.-]+(@[\w.:-]+)?", label):
                self.parts[link.start :] = [shown.replace(label, name)]
            return
        if label.startswith(("#", "\uff03")) or not link.address.lower().startswith(("http://", "https://")):
            return
        if _same_address(label, link.address) or not label:
            self.parts[link.start :] = [shown.replace(label, link.address) if label else link.address]
        else:
            blank = shown[len(shown.rstrip()) :]
            self.parts[link.start :] = [f"{shown.rstrip()} ({link.address}){blank}"]


def _is_fallback(attributes: list[tuple[str, str | None]]) -> bool:
    """Mastodon 4.5 puts "RE: address" into a quoting post for programs that know no quotes."""
    return any(name == "class" and "quote-inline" in (value or "").split() for name, value in attributes)


def _same_address(label: str, address: str) -> bool:
    """Whether the words of a link are its own address, whole or shortened at its end, with or without the scheme."""
    bare = re.sub(r"^https?://(www\.)?", "", address, flags=re.IGNORECASE)
    shown = re.sub(r"^(https?://)?(www\.)?", "", label, flags=re.IGNORECASE).rstrip("….")
    if not shown or " " in shown:
        return False
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    # A shortened address still shows the whole host: anything less could be another site's.
    return bare.rstrip("/") == shown.rstrip("/") or (bare.startswith(shown) and len(shown) >= len(host.removeprefix("www.")))
