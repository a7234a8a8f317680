"""Notices what should not be said in public: an e-mail address or a telephone number in a text. It only suggests."""

from __future__ import annotations

import re
from typing import Literal

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w#-])(?:\+|\()?\d(?:[\s().-]{0,2}\d){8,14}(?![\w-])")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def personal_data(text: str) -> Literal["email", "phone"] | None:
    """The first kind found. Telephone numbers have 9 to 15 digits (E.164 allows 15); shorter rows of digits are orders and prices."""
    if _EMAIL.search(text):
        return "email"
    return "phone" if _PHONE.search(_DATE.sub("", text)) else None
