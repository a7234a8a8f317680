"""Plain text of a letter that came as HTML: nothing is fetched or run, quotes get their `>` marks. Keeps the reading of tags to itself.

Not the reader of posts (language/html_text.py): letters are longer, made of tables, and their quotes must stay recognisable. Tags are found
by patterns that look at each character once, whatever a stranger sends.
"""

from __future__ import annotations

import re
from html import unescape

LONGEST = 600_000
"""Characters of HTML that are looked at."""
DEEPEST_QUOTE = 8

_DECLARED = re.compile(r"<[!?][^<>]*>")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,20})([^<>]{0,20000})>")
_HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^\s"'>]{1,2000}))""", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_BLANK = re.compile(r"[ \t\r\n\f\xa0\u200b\u200c\ufeff]+")
_SILENT = frozenset(
    [
        "head",
        "style",
        "script",
        "title",
        "template",
        "noscript",
        "object",
        "svg",
        "math",
        "select",
        "textarea",
        "iframe",
        "xml",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
_PARAGRAPHS = frozenset(["p", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre"])
_VOID = frozenset(["br", "hr", "img", "input", "link", "meta", "area", "base", "col", "wbr"])


def plain_text(html: str) -> str:
    """The text, with `> ` in front of the lines of each quote."""
    reader = _Reader()
    source = _DECLARED.sub(" ", _without_comments(html[:LONGEST]))
    place = 0
    for found in _TAG.finditer(source):
        reader.text(source[place : found.start()])
        reader.tag(found[2].lower(), closes=bool(found[1]), rest=found[3])
        place = found.end()
    reader.text(source[place:])
    return reader.done()


def _without_comments(html: str) -> str:
    pieces: list[str] = []
    place = 0
    while (begins := html.find("<!--", place)) >= 0 and (ends := html.find("-->", begins + 4)) >= 0:
        pieces.append(html[place:begins])
        place = ends + 3
    return "".join([*pieces, html[place:]])


class _Reader:
    """Collects lines with the depth of quotes that they stand in."""

    def __init__(self) -> None:
        self._lines: list[tuple[int, str]] = []
        self._line: list[str] = []
        self._depth = 0
        self._silent = ""
        self._silent_depth = 0
        self._kept = 0
        self._link = ""
        self._label_from = 0

    def text(self, piece: str) -> None:
        if self._silent or not piece:
            return
        said = unescape(piece)
        if self._kept:
            first, *others = said.split("\n")
            self._line.append(first)
            for other in others:
                self._end_line()
                self._line.append(other)
            return
        said = _BLANK.sub(" ", said)
        if said.startswith(" ") and (not self._line or self._line[-1].endswith(" ")):
            said = said[1:]
        if said:
            self._line.append(said)

    def tag(self, name: str, *, closes: bool, rest: str) -> None:
        if self._silent:
            if name == self._silent:
                self._silent_depth += -1 if closes else 1
                if self._silent_depth <= 0:
                    self._silent = ""
            return
        alone = rest.rstrip().endswith("/") or name in _VOID
        if not closes and not alone and (name in _SILENT or (name not in ("html", "body") and _HIDDEN.search(rest))):
            self._silent, self._silent_depth = name, 1
        elif name == "br":
            self._end_line()
        elif name == "a":
            self._anchor(rest, closes=closes)
        elif name in ("td", "th"):
            if self._line and not self._line[-1].endswith(" "):
                self._line.append(" ")
        elif name in _BLOCKS:
            self._block(name, closes=closes)

    def done(self) -> str:
        self._end_line()
        shown = [f"{'> ' * depth}{line}".rstrip() for depth, line in self._lines]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(shown)).strip()

    def _block(self, name: str, *, closes: bool) -> None:
        if self._line:
            self._end_line()
        if name in _PARAGRAPHS and self._lines and self._lines[-1][1]:
            self._lines.append((self._depth, ""))
        if name == "blockquote":
            self._depth = max(0, self._depth - 1) if closes else min(DEEPEST_QUOTE, self._depth + 1)
        elif name == "pre":
            self._kept = max(0, self._kept + (-1 if closes else 1))
        elif name == "li" and not closes:
            self._line.append("- ")

    def _anchor(self, rest: str, *, closes: bool) -> None:
        """A link whose words do not say where it leads is followed by its address."""
        if not closes:
            found = _HREF.search(rest)
            self._link = unescape(next((each for each in found.groups() if each), "")) if found else ""
            self._label_from = len(self._line)
            return
        label, address = "".join(self._line[self._label_from :]).strip(), self._link
        self._link = ""
        if address.lower().startswith(("http://", "https://")) and label and _bare(address) not in _bare(label):
            self._line.append(f" ({address.split()[0]})")

    def _end_line(self) -> None:
        self._lines.append((self._depth, "".join(self._line).strip(" ") if not self._kept else "".join(self._line)))
        self._line, self._label_from = [], 0


def _bare(address: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", address.strip().lower()).rstrip("/")
