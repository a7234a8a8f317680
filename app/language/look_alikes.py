"""Names that look like another: written with letters of other alphabets, or with digits and signs that pass for letters.

A small table of our own, made from what keyboards offer: the letters of Cyrillic, Greek, Armenian and Cherokee and the signs that are drawn like
Latin ones in usual fonts. Letters with marks, wide, bold and circled ones come apart by Unicode itself (NFKD).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_ALIKE = {
    "a": "аɑα@", "b": "ЬьƄвβ", "c": "сϲᴄⅽ", "d": "ԁɗⅾđ", "e": "еҽєε℮3", "f": "ғƒϝ", "g": "ɡցԍ", "h": "һհнⱨ", "i": "іıɩιⅰɪӏ|1!lł", "j": "јϳ",
    "k": "кκқ", "m": "мⅿ", "n": "ոпηո", "o": "оοօ0ჿ๐໐ø", "p": "рρ", "q": "ԛգ", "r": "гᴦꭇ", "s": "ѕꜱ5$", "t": "тτ†", "u": "υսцᴜ", "v": "νѵⅴ",
    "w": "ԝѡωա", "x": "хχⅹ×", "y": "уүγყ", "z": "ᴢ2",
}  # fmt: skip
_TO_LATIN = {ord(other): latin for latin, others in _ALIKE.items() for other in others.casefold() + others}
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "HEBREW", "ARABIC", "GEORGIAN", "COPTIC")
LONGEST = 80
SHORTEST_HANDLE, SHORTEST_NAME = 3, 5
"""Letters below which a likeness means nothing."""


def skeleton(name: str) -> str:
    """What a name looks like at a glance; names that look alike have the same one."""
    apart = unicodedata.normalize("NFKD", name[:LONGEST]).casefold()
    letters = "".join(
        each for each in apart if not unicodedata.combining(each) and unicodedata.category(each)[0] != "C"
    )
    seen = "".join(_TO_LATIN.get(ord(each), each) for each in letters)
    for pair, single in _PAIRS:
        seen = seen.replace(pair, single)
    return "".join(each for each in seen if each.isalnum())


def mixes_scripts(name: str) -> bool:
    """Whether letters of several alphabets stand in one word, as no language writes: `аurora` with a Cyrillic first letter."""
    for word in _words(name[:LONGEST]):
        scripts = {_script(letter) for letter in word} - {""}
        if len(scripts) > 1:
            return True
    return False


def looks_like(handle: str, name: str, own: Iterable[tuple[str, str]]) -> str:
    """Which of our own (handle, name) somebody else's handle or name looks like: its handle; empty where none."""
    local, shown = skeleton(_local(handle)), skeleton(name)
    known = list(own)
    if handle.casefold() in {own_handle.casefold() for own_handle, _ in known}:
        return ""  # one of ours, perhaps on another network
    by_handle = (own for own, _ in known if len(local) >= SHORTEST_HANDLE and local == skeleton(_local(own)))
    by_name = (own for own, own_name in known if len(shown) >= SHORTEST_NAME and shown == skeleton(own_name))
    return next(by_handle, "") or next(by_name, "")


def look_alike(one: str, other: str) -> bool:
    """Whether two names are different and could be taken for each other."""
    seen = skeleton(one)
    return one.casefold() != other.casefold() and bool(seen) and seen == skeleton(other)


def _local(handle: str) -> str:
    """`@aurora@musica.example` and `@aurora.bsky.social` are both `aurora`."""
    return handle.lstrip("@").partition("@")[0].partition(".")[0]


def _words(name: str) -> list[str]:
    return "".join(each if each.isalpha() else " " for each in name).split()


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), "")
