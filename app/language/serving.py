"""The process that suggests: the encoder lives in it, so that loading and thinking never stop a window, and leaving it gives the memory back.

One JSON value a line, in and out. In: `{"load": [known...]}`, `{"learn": known}`, `{"ask": [texts], "limit": n}`; `known` is the list
`[answer, text, weight, fits]`. Out: `{"ready": true}` after the encoder is there, `{"found": [[[answer, score, [words]]...]...]}` for each
`ask`, `{"ok": true}` for the rest. It ends with its input.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from app.language.meaning import Meaning
from app.language.suggestion import Known, Suggester, read_chatter


def serve(chatter: Path, lines: IO[str], answers: IO[str]) -> int:
    """Until the input ends."""
    small_talk = read_chatter(chatter)
    suggester = Suggester(small_talk, Meaning())
    _say(answers, {"ready": True})
    for line in lines:
        asked = json.loads(line)
        if "load" in asked:
            suggester = Suggester(small_talk, suggester.emptied())
            suggester.load(_known(each) for each in asked["load"])
            _say(answers, {"ok": True})
        elif "learn" in asked:
            suggester.learn(_known(asked["learn"]))
            _say(answers, {"ok": True})
        else:
            found = suggester.suggest_all(asked["ask"], asked["limit"])
            _say(answers, {"found": [[[each.answer, each.score, each.words] for each in one] for one in found]})
    return 0


def _known(values: list[Any]) -> Known:
    answer, text, weight, fits = values
    return Known(answer, text, weight, fits)


def _say(answers: IO[str], value: Mapping[str, Any]) -> None:
    answers.write(json.dumps(value, ensure_ascii=True) + "\n")
    answers.flush()
