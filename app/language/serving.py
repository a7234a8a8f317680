"""The process that suggests: the encoder lives in it, so that loading and thinking never stop a window, and leaving it gives the memory back.

One JSON value a line, in and out. In: `{"load": [known...]}`, `{"learn": known}`, `{"ask": [texts], "limit": n}`; `known` is the list
`[answer, text, weight, fits]`. Texts that are compared with each other: `{"hold": [texts], "anew": false}`, then `{"pairs": [[numbers]...],
"least": 0.5}` of groups of them. How texts sound: `{"hear": [texts]}`. Out: `{"ready": true}` after the encoder is there, `{"found": [[[answer,
score, [words]]...]...]}` for each `ask`, `{"pairs": [[first, second, score]...], "more": false}` for `pairs`,
in several lines where there are many, `{"moods": [-1, 0 or 1...]}` for `hear`,
`{"ok": true}` for the rest. It ends with its input.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from app.language.everyday import read_everyday
from app.language.meaning import Hearing, Meaning
from app.language.suggestion import Known, Suggester, read_chatter

EVERYDAY = "everyday.json"
MOOD_LINES = "mood_lines.tsv"
PAIRS_A_LINE = 2_000
"""Whoever reads a line has no time for anything else meanwhile."""


def serve(chatter: Path, lines: IO[str], answers: IO[str]) -> int:
    """Until the input ends."""
    small_talk = read_chatter(chatter)
    meaning = Meaning(everyday=read_everyday(chatter.parent / EVERYDAY))
    suggester, likeness = Suggester(small_talk, meaning), meaning.likeness()
    hearing: Hearing | None = None
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
        elif "hold" in asked:
            likeness.hold(asked["hold"], anew=asked["anew"])
            _say(answers, {"ok": True})
        elif "hear" in asked:
            hearing = hearing or meaning.hearing(_moods(chatter.parent / MOOD_LINES))
            _say(answers, {"moods": hearing.moods(asked["hear"])})
        elif "pairs" in asked:
            found = likeness.pairs(asked["pairs"], asked["least"])
            for begin in range(0, max(1, len(found)), PAIRS_A_LINE):
                part = found[begin : begin + PAIRS_A_LINE]
                _say(answers, {"pairs": part, "more": begin + PAIRS_A_LINE < len(found)})
        else:
            fitting = suggester.suggest_all(asked["ask"], asked["limit"])
            _say(answers, {"found": [[[each.answer, each.score, each.words] for each in one] for one in fitting]})
    return 0


def _moods(file: Path) -> list[tuple[int, str]]:
    """Lines of language, mood and text."""
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    return [(int(heard), text) for _, heard, text in rows]


def _known(values: list[Any]) -> Known:
    answer, text, weight, fits = values
    return Known(answer, text, weight, fits)


def _say(answers: IO[str], value: Mapping[str, Any]) -> None:
    answers.write(json.dumps(value, ensure_ascii=True) + "\n")
    answers.flush()
