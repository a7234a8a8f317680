"""What is to be said about a reply while it is written: does it hold what concerns one person, is it angry, does it speak of money; and texts for it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from app.language.heat import Heat, Sign, heat
from app.language.personal import Kind, personal
from app.language.terms import about_money
from app.models.order import OrderRow
from app.models.playbook import PlaybookAnswer
from app.runtime.errors import Damaged
from app.runtime.words import Message, message

FALLBACK = "en"
SHOUTED = 60
"""Letters of what is shouted that are shown."""


class Seen(NamedTuple):
    """What was noticed in a reply and in what it answers."""

    holds: str = ""
    """Of the reply: `email`, `phone`, `address` or `order`; empty for nothing."""
    they_hold: str = ""
    """The same of the customer's message."""
    money: bool = False
    has_terms: bool = False
    """Whether the link to the terms stands in it already."""


class Replies:
    """Asked at pauses in typing; answers at once."""

    def __init__(self, phrases: Path, terms: Callable[[], str], cooling: Callable[[], bool]) -> None:
        """`phrases`: `resources/language/phrases.json`; `terms`: where the shop's terms stand, `cooling`: whether anger is held back."""
        self._file = phrases
        self._terms = terms
        self._cooling = cooling
        self._phrases: Mapping[str, Mapping[str, object]] = {}
        self._theirs = ("", "")
        """The customer's message looked at last, and what was found in it."""

    # -- what is in it ---------------------------------------------------------------------------------------------------------

    def look(self, text: str, theirs: str) -> Seen:
        """Everything that may be worth a word; `theirs` is the customer's last message."""
        if self._theirs[0] != theirs:  # it is asked about at each pause, and may be long
            self._theirs = (theirs, _kind(theirs))
        return Seen(
            _kind(text), self._theirs[1], about_money(text), bool(self._terms()) and _bare(self._terms()) in text
        )

    def anger(self, text: str, theirs: str, replies: int) -> tuple[Message, ...]:
        """Why it should wait, as reasons to be read; none where it may leave. `replies`: how many this person got in ten minutes, this
        one among them.
        """
        return tuple(_reason(each) for each in heat(text, theirs=theirs, replies=replies)) if self._cooling() else ()

    # -- texts for it ----------------------------------------------------------------------------------------------------------

    def openings(self, language: str) -> tuple[str, ...]:
        """Calm beginnings in the customer's language."""
        found = self._of("calm", language)
        return tuple(str(each) for each in found) if isinstance(found, list) else ()

    def terms(self, language: str) -> str:
        """The sentence that points to the terms; empty while the shop has not said where they stand."""
        link = self._terms()
        if not link:
            return ""
        address = link if link.startswith(("http://", "https://")) else f"https://{link}"
        return str(self._of("terms", language)).replace("{link}", address)

    def privately(self, language: str) -> str:
        """The sentence that asks to go on in private."""
        return str(self._of("privately", language))

    def search(
        self, answers: Sequence[PlaybookAnswer], typed: str, language: str, category: str = ""
    ) -> tuple[PlaybookAnswer, ...]:
        """Those that hold all that was typed in their titles, tags or words, the best first; with nothing typed, all of them. Those that
        have words in `language` stand before the others.
        """
        wanted = _folded(typed).split()
        found = []
        for answer in answers:
            title = _folded(" ".join(dict.fromkeys((answer.titled(language), *answer.title.values()))))
            spoken = answer.wordings.get(language, ())
            words = _folded(" ".join(spoken or (text for texts in answer.wordings.values() for text in texts)))
            rank = _rank(title, _folded(" ".join(answer.tags)), words, wanted)
            if rank and words:
                found.append((bool(spoken), rank + (answer.category == category), answer.uses, answer))
        found.sort(key=lambda each: (not each[0], -each[1], -each[2], each[3].titled(language)))
        return tuple(each[3] for each in found)

    def values(
        self, name: str, theirs: Sequence[str], handle: str = "", orders: Sequence[OrderRow] = ()
    ) -> dict[str, str]:
        """What is known for the placeholders of an answer. The order is the one they wrote of last (`theirs`: their messages, the last
        first), else the only one they have.
        """
        first = name.split()[0].strip(",.") if name.split() else ""
        number = next(filter(None, map(_order_in, theirs)), "")
        same = [order for order in orders if order.number == number]
        own = same or ([orders[0]] if len(orders) == 1 and not number else [])
        return {
            "name": first,
            "handle": handle,
            "order": number or (own[0].number if own else ""),
            "product": own[0].products if own else "",
        }

    def _of(self, kind: str, language: str) -> object:
        if not self._phrases:
            self._phrases = _read(self._file)
        return self._phrases[kind].get(language) or self._phrases[kind][FALLBACK]


def _read(file: Path) -> Mapping[str, Mapping[str, object]]:
    try:
        found: Mapping[str, Mapping[str, object]] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise Damaged(message("sample.content_missing", file=file.name), technical=str(error)) from error
    return found


def _kind(text: str) -> str:
    found = personal(text)
    return str(found[0].kind) if found else ""


def _bare(link: str) -> str:
    return link.removeprefix("https://").removeprefix("http://").rstrip("/")


def _reason(found: Heat) -> Message:
    if found.sign is Sign.REPLIES:
        return message("replies.heat.replies", n=int(found.evidence))
    said = found.evidence if len(found.evidence) <= SHOUTED else found.evidence[:SHOUTED] + "…"
    return message(f"replies.heat.{found.sign}", said=said)


def _order_in(text: str) -> str:
    orders = [text[each.start : each.end] for each in personal(text) if each.kind is Kind.ORDER]
    return "".join(orders[0].split()[-1:]).lstrip("#№＃:：") if orders else ""


def _rank(title: str, tags: str, text: str, wanted: Sequence[str]) -> int:
    """0: does not fit; a word of the title counts more than a tag, and that more than one of the text."""
    if not wanted:
        return 1
    total = 0
    for word in wanted:
        if f" {word}" in f" {title}":
            total += 8
        elif word in title:
            total += 4
        elif word in tags:
            total += 3
        elif word in text:
            total += 2
        else:
            return 0
    return total


def _folded(text: str) -> str:
    return "".join(
        letter for letter in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(letter)
    )
