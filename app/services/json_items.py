"""The items of a large JSON list, one after the other, out of a stream: a file of years takes no more room than its longest item."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import IO, Any

from app.runtime.errors import UserMistake
from app.runtime.words import message

CHUNK = 256 * 1024
LONGEST_ITEM = 4_000_000
"""Characters."""
LONGEST_START = 2_000_000
"""Characters before the list begins."""


def items(stream: IO[bytes], before: str) -> Iterator[Any]:
    """What the list holds that begins at the first "[" after `before` ("": the first at all). Raises UserMistake for what is no such file."""
    decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
    decoder = json.JSONDecoder()
    text, ended = "", False

    def more() -> bool:
        nonlocal text, ended
        data = stream.read(CHUNK)
        ended = not data
        text += decode(data, ended)
        return not ended

    place = -1
    while place < 0:
        if len(text) > LONGEST_START or not more():
            raise _broken("no list in it")
        named = text.find(before) if before else 0
        place = text.find("[", named) if named >= 0 else -1
    place += 1
    while True:
        while place < len(text) and text[place] in " \t\r\n,":
            place += 1
        if place < len(text) and text[place] == "]":
            return
        try:
            found, end = decoder.raw_decode(text, place)
            if end >= len(text) and not ended:  # a number may go on
                raise json.JSONDecodeError("cut", text, end)
        except json.JSONDecodeError as error:
            text, place = text[place:], 0
            if ended or len(text) > LONGEST_ITEM or not more():
                raise _broken(str(error)) from error
        except (ValueError, RecursionError) as error:
            raise _broken(type(error).__name__) from error
        else:
            yield found
            place = end
            if place > CHUNK:
                text, place = text[place:], 0


def _broken(why: str) -> UserMistake:
    return UserMistake(message("import.broken"), technical=why)
