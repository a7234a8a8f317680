"""Compiled catalogues (gettext's .mo), looked up where they lie: nothing is read but what is asked for.

`gettext.GNUTranslations` makes a dict of the whole catalogue when it is opened, which takes 3 ms and a megabyte before the first page.
Format: https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html
"""

from __future__ import annotations

import gettext
import struct
from collections.abc import Callable
from pathlib import Path

_MAGIC = 0x950412DE
_HEADER = struct.Struct("<7I")
_PLACE = struct.Struct("<2I")


class Catalogue:
    """One language. Raises `OSError` when the file cannot be read, ValueError when it is no catalogue."""

    def __init__(self, path: Path) -> None:
        self._data = path.read_bytes()
        try:
            magic, version, count, ids, texts, _, _ = _HEADER.unpack_from(self._data)
        except struct.error as error:
            raise ValueError(f"{path} is no catalogue") from error
        if magic != _MAGIC or version >> 16:
            raise ValueError(f"{path} is no catalogue that we can read")
        self._count: int = count
        self._ids: int = ids
        self._texts: int = texts
        self._found: dict[str, list[str] | None] = {}
        self._plural = _plural_rule(self.find("") or "")

    def find(self, message_id: str, n: int | None = None) -> str | None:
        """The entry, in the form for `n` of something (for one, where nothing is counted); None when there is none."""
        forms = self._forms(message_id)
        if forms is None:
            return None
        form = self._plural(1 if n is None else n) if len(forms) > 1 else 0
        return forms[min(form, len(forms) - 1)]

    def _forms(self, message_id: str) -> list[str] | None:
        if message_id not in self._found:
            place = self._place_of(message_id.encode())
            self._found[message_id] = None if place is None else self._bytes(self._texts, place).decode().split("\0")
        return self._found[message_id]

    def _place_of(self, wanted: bytes) -> int | None:
        """By halving: the ids are in order."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            here = self._bytes(self._ids, middle).partition(b"\0")[
                0
            ]  # behind it stands the id of the plural, which is the same
            if here == wanted:
                return middle
            if here < wanted:
                low = middle + 1
            else:
                high = middle
        return None

    def _bytes(self, table: int, place: int) -> bytes:
        length, start = _PLACE.unpack_from(self._data, table + place * _PLACE.size)
        return self._data[start : start + length]


def _plural_rule(header: str) -> Callable[[int], int]:
    """From the catalogue's header: `Plural-Forms: nplurals=2; plural=(n != 1);`."""
    for line in header.splitlines():
        if line.lower().startswith("plural-forms:"):
            rule = line.partition("plural=")[2].strip().rstrip(";")
            if rule and rule != "(n != 1)":
                made: Callable[[int], int] = gettext.c2py(rule)
                return made
    return lambda n: int(n != 1)


def has_figure(text: str) -> bool:
    """`{n}` or one of its forms; `{name}` is none."""
    return "{n}" in text or "{n:" in text
