"""Finds in an automatic answer when somebody is back: the sentence that says so, in five languages."""

from __future__ import annotations

import re

LONGEST = 140
_SENTENCE = re.compile(r"[^.!?。！？\n]*(?:\.\d[^.!?。！？\n]*)*[.!?。！？]?")
_BACK = re.compile(
    r"\b(?:back|returning|return|until|vuelvo|volver[ée]|regreso|regresar[ée]|estar[ée] de vuelta|hasta el|de retour|jusqu['’]au|reviens|reviendrai)\b"
    r"|вернусь|возвращаюсь|буду на месте|отсутствую до|回来|返回|恢复办公",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\d|monday|tuesday|wednesday|thursday|friday|lunes|martes|mi[ée]rcoles|jueves|viernes|lundi|mardi|mercredi|jeudi|vendredi|понедельник|вторник|сред[аую]|четверг|пятниц|周|星期|tomorrow|ma[ñn]ana|demain|завтра|明天",
    re.IGNORECASE,
)


def returning(text: str) -> str:
    """The sentence, without white space around; empty where none says it."""
    for found in _SENTENCE.finditer(text[:4000]):
        sentence = " ".join(found[0].split())
        if sentence and _BACK.search(sentence) and _WHEN.search(sentence):
            return sentence if len(sentence) <= LONGEST else sentence[: LONGEST - 1] + "…"
    return ""
