"""Finds a promise in what was written: a sentence that says "we will" in one of five languages, or one that names a time."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo
from functools import cache
from typing import NamedTuple

from app.language.time_words import fold
from app.language.typed_time import find

LONGEST = 4000
SHOWN = 160
"""Characters of a promise's sentence."""
SENTENCE = re.compile(r"[^.!?…。！？\n]+(?:[.:](?=\d)[^.!?…。！？\n]+)*[.!?…。！？]*")
_TRAILING = re.compile(r"(?:\s+(?:y|e|and|et|и)|[和与])$", re.IGNORECASE)
_WILL = (
    r"(?:we|i)(?: wi|')ll|(?:we|i) (?:am|are) going to|we're going to|i'm going to|let (?:me|us) (?:check|look|find out|ask)|you(?: wi|')ll (?:have|get|receive|hear)",
    r"(?:te|le|les|os) (?:escribimos|escribo|avisamos|aviso|mandamos|mando|enviamos|envio|contamos|confirmamos|confirmo|respondemos|respondo|decimos|llamamos|devolvemos|reembolsamos|damos)",
    r"(?:te|le|les|lo|la) (?:\w+(?:aremos|eremos|iremos|are|ere|ire))|vamos a \w+r\w*|voy a \w+r\w*|(?:revisaremos|enviaremos|mandaremos|escribiremos|avisaremos|devolveremos|reembolsaremos|cambiaremos|repondremos|buscaremos|preguntaremos|confirmaremos)",
    r"nous (?:allons|vous \w+(?:rons|ons)|\w+rons)|je (?:vais|vous \w+rai|\w+rai)|on vous \w+|vous (?:recevrez|aurez)",
    r"(?:мы|я) (?:вам |вас |тебе |это |все )?(?:\w*(?:шлем|шлю|пишем|пишу|ответим|отвечу|вернем|верну|проверим|проверю|узнаем|узнаю|уточним|уточню|сообщим|сообщу|свяжемся|свяжусь|разберемся|постараемся|сделаем|сделаю|посмотрим|посмотрю|заменим))|обязательно \w+м|(?:напишем|ответим|вернем|пришлем|отправим|проверим|уточним|сообщим|свяжемся|разберемся) (?:вам|с вами|вас|это)?",
    r"(?:我们|我)(?:会|将|马上|尽快)|(?:给您|给你)(?:答复|回复|退款|寄|发)|尽快(?:处理|回复|答复|安排|给您)",
)  # fmt: skip
"""Over folded text."""


class Promising(NamedTuple):
    """The sentence, and the time it names (aware UTC)."""

    text: str
    due_at: datetime | None
    says_will: bool
    """Whether it says that something will be done, and does not merely name a time."""
    time: str = ""
    """The words that name it: "48 hours"."""


def promise_in(text: str, now: datetime, zone: tzinfo, language: str = "") -> Promising | None:
    """The likeliest promise of a text: "we will" with a time, else "we will", else a time alone. None where there is none."""
    best: tuple[int, Promising] | None = None
    for match in SENTENCE.finditer(text[:LONGEST]):
        sentence = " ".join(match[0].split())
        if not sentence:
            continue
        will = says_will(sentence)
        time = find(sentence, now, zone, language)
        rank = 2 * will + (time is not None)
        if rank and (best is None or rank > best[0]):
            words = "" if time is None else _time_words(sentence[time.start : time.end])
            best = rank, Promising(_shortened(sentence), time.at if time is not None else None, will, words)
    return best[1] if best is not None else None


def says_will(sentence: str) -> bool:
    """Whether it says that something will be done."""
    return _will().search(fold(sentence).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")) is not None


def _time_words(found: str) -> str:
    """Without the "and" that led on, and without what ended the sentence."""
    return _TRAILING.sub("", found).strip(" .,;:!?…。，！？")


def _shortened(sentence: str) -> str:
    return sentence if len(sentence) <= SHOWN else f"{sentence[: SHOWN - 1].rstrip()}…"


@cache
def _will() -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<!\w)(?:{fold(pattern)})" if "我" not in pattern else pattern for pattern in _WILL))
