"""The FAQ as one page to be put on the shop's site: HTML that fetches nothing and runs nothing, or Markdown. What customers wrote stays text."""

from __future__ import annotations

import asyncio
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.models.faq import FaqEntryWords
from app.runtime.clock import Clock
from app.runtime.errors import UserMistake
from app.runtime.settings import Settings, Shop
from app.runtime.words import message
from app.services.whole_files import write_whole
from app.store.database import Database
from app.store.reading import faq as reading
from app.store.writing import faq as writing

FALLBACK = "en"
MARKDOWN = frozenset({".md", ".markdown"})
LONGEST_KEY = 60
TOP = "top"
"""The anchor of the page's head."""
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "yi"})
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&])")
_AT_BEGIN = re.compile(r"^(\s*)([#+\-=:]|\d+(?=[.)]))")
"""What makes a heading, a list, a rule or a definition at the beginning of a line."""
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]"
)
"""Signs that steer what is shown, or that a page must not hold."""


class Frame(NamedTuple):
    """What stands round the entries."""

    language: str
    title: str
    contents: str
    back: str
    changed: str


class FaqFiles:
    """Writes the page."""

    def __init__(self, database: Database, settings: Settings, clock: Clock, folder: Path) -> None:
        """`folder`: `resources/faq`."""
        self._database = database
        self._settings = settings
        self._clock = clock
        self._folder = folder

    async def export(self, path: Path, language: str, entry_ids: Sequence[int]) -> int:
        """These entries in this order, HTML or Markdown by the ending of the name; answers how many. Those without question or answer in
        the language are left out. The order is remembered. Raises UserMistake.
        """
        entries = with_keys(await self._database.read(reading.in_language, language, list(entry_ids)))
        if not entries:
            raise UserMistake(message("faq.nothing_to_export", language=language.upper()))
        await asyncio.to_thread(self._write, path, language, entries)
        if not self._database.read_only:
            await self._database.write(writing.put_in_order, list(entry_ids))
        return len(entries)

    async def published(self) -> list[int]:
        """Ids of the published entries, in the order of the FAQ. For the command line."""
        return await self._database.read(reading.published_ids)

    def _write(self, path: Path, language: str, entries: Sequence[FaqEntryWords]) -> None:
        shop = self._settings.get(Shop)
        today = self._clock.now().astimezone(ZoneInfo(shop.zone or "UTC")).date()
        frame = framed(
            json.loads((self._folder / "words.json").read_text(encoding="utf-8")), language, shop.name, today
        )
        if path.suffix.casefold() in MARKDOWN:
            text = markdown_page(frame, entries)
        else:
            text = html_page((self._folder / "page.html").read_text(encoding="utf-8"), frame, entries)
        write_whole(path, text.encode())


def framed(words: Mapping[str, Mapping[str, str]], language: str, shop: str, today: date) -> Frame:
    """The words round the entries in the language of the page."""
    own = words.get(language, words[FALLBACK])
    title = own["of"].replace("{shop}", clean(shop)) if shop.strip() else own["title"]
    return Frame(language, title, own["contents"], own["back"], own["changed"].replace("{day}", today.isoformat()))


def with_keys(entries: Sequence[tuple[str, str]]) -> list[FaqEntryWords]:
    """Each with an anchor of its own, made of its question, so that a link to it stays right when others come."""
    found: list[FaqEntryWords] = []
    taken = {TOP}
    for number, (question, answer) in enumerate(entries, 1):
        split = unicodedata.normalize("NFKD", clean(question).casefold())
        key = "-".join(re.findall(r"[^\W_]+", "".join(sign for sign in split if not unicodedata.combining(sign))))
        key = wanted = key[:LONGEST_KEY].strip("-") or f"q{number}"
        further = 1
        while key in taken:
            further += 1
            key = f"{wanted}-{further}"
        taken.add(key)
        found.append(FaqEntryWords(clean(question), clean(answer), key))
    return found


def html_page(template: str, frame: Frame, entries: Sequence[FaqEntryWords]) -> str:
    """One page, complete in itself."""
    contents = "\n".join(f'<li><a href="#{escape(each.key)}">{escape(each.question)}</a></li>' for each in entries)
    sections = "\n".join(_section(frame, each) for each in entries)
    values = {
        "language": escape(frame.language),
        "direction": "rtl" if frame.language in RIGHT_TO_LEFT else "ltr",
        "title": escape(frame.title),
        "contents": escape(frame.contents),
        "entries": contents,
        "sections": sections,
        "changed": escape(frame.changed),
    }
    return re.sub(
        r"\{(language|direction|title|contents|entries|sections|changed)\}", lambda found: values[found[1]], template
    )


def markdown_page(frame: Frame, entries: Sequence[FaqEntryWords]) -> str:
    """The same, with anchors that every reader of Markdown understands."""
    lines = [f"# {marked(frame.title)}", "", f"## {marked(frame.contents)}", ""]
    lines += [f"- [{marked(each.question)}](#{each.key})" for each in entries]
    for each in entries:
        lines += ["", f'<a id="{escape(each.key)}"></a>', "", f"## {marked(each.question)}", ""]
        lines += "\n\n".join(
            "  \n".join(marked(line) for line in part.split("\n")) for part in paragraphs(each.answer)
        ).split("\n")
    return "\n".join([*lines, "", f"{marked(frame.changed)}", ""])


def marked(text: str) -> str:
    """One line of which Markdown makes nothing but itself."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    begin = _AT_BEGIN.match(line)
    if begin is None:
        return line
    if begin[2].isdigit():
        return f"{line[: begin.end()]}\\{line[begin.end() :]}"
    return f"{begin[1]}\\{line[begin.start(2) :]}"


def paragraphs(text: str) -> list[str]:
    """Parts between empty lines."""
    return [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def clean(text: str) -> str:
    """Without signs that steer what is shown."""
    return _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _section(frame: Frame, entry: FaqEntryWords) -> str:
    answer = "\n".join(
        "<p>" + "<br>\n".join(escape(line) for line in part.split("\n")) + "</p>" for part in paragraphs(entry.answer)
    )
    key = escape(entry.key)
    back = f'<p class="back"><a href="#top">{escape(frame.back)}</a></p>'
    return (
        f'<section aria-labelledby="{key}">\n<h2 id="{key}">{escape(entry.question)}</h2>\n{answer}\n{back}\n</section>'
    )
