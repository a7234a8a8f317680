"""The misspelt words of one editor: where they stand while one goes on typing, as Qt counts positions."""

from __future__ import annotations

from collections.abc import Callable, Sequence


class Misspelt:
    """`changed` is called when other words are to be underlined."""

    def __init__(self, text: Callable[[], str], changed: Callable[[], object]) -> None:
        self._text = text
        self._changed = changed
        self.spans: tuple[tuple[int, int], ...] = ()
        """(start, end) in UTF-16 units of the whole text."""

    def show(self, found: Sequence[tuple[int, int]]) -> None:
        """Other words; positions in code points."""
        text = self._text()
        spans = tuple(found) if text.isascii() else _in_utf16(text, found)
        if spans != self.spans:
            self.spans = spans
            self._changed()

    def move(self, place: int, removed: int, added: int) -> None:
        """The text changed there: words behind go along, a word that was touched is looked at anew later."""
        by = added - removed
        kept = []
        for start, end in self.spans:
            if end < place:
                kept.append((start, end))
            elif start > place + removed:
                kept.append((start + by, end + by))
        self.spans = tuple(kept)

    def at(self, place: int) -> tuple[int, int] | None:
        """The word that a position stands in or beside."""
        return next((span for span in self.spans if span[0] <= place <= span[1]), None)


def _in_utf16(text: str, found: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    spans, position, units = [], 0, 0
    for start, end in found:
        units += len(text[position:start].encode("utf-16-le")) // 2
        first = units
        units += len(text[start:end].encode("utf-16-le")) // 2
        position = end
        spans.append((first, units))
    return tuple(spans)
