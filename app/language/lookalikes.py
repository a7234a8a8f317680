"""Names that look alike to the eye and are not the same: a skeleton per name, equal where a person would be deceived."""

from __future__ import annotations

import unicodedata

_SAME = str.maketrans(
    {
        # Cyrillic and Greek letters that look like Latin ones
        **dict(zip("аеорсухкмтвнԁіјѕһԛԝгпьё", "aeopcyxkmtbhdijshqwrnbe", strict=True)),
        **dict(zip("αβεικνορτυχγηω", "abeikvoptuxynw", strict=True)),
        # figures and letters that stand for each other
        **dict(zip("01|!5$3@", "olllss3a", strict=True)),
        "ı": "l",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "_": "",
        "-": "",
        ".": "",
    }
)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def skeleton(name: str) -> str:
    """What is left of a name when what the eye confuses is made one."""
    plain = unicodedata.normalize("NFKD", name.replace("I", "l")).casefold()
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf")
    kept = kept.translate(_SAME).replace("i", "l")
    for pair, single in _PAIRS:
        kept = kept.replace(pair, single)
    return kept


def look_alike(one: str, other: str) -> bool:
    """Whether two names are different and could be taken for each other."""
    return one.casefold() != other.casefold() and skeleton(one) == skeleton(other)
