"""What the customer is told while a manager decides: the playbook's own answer for it, else a sentence that ships with the program."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.language.filling import render
from app.models.conversation import Category
from app.models.escalation import HoldingLine
from app.models.playbook import FactRow, PlaybookAnswer, WordingRow
from app.runtime.errors import Damaged
from app.runtime.words import message
from app.services.playbook import Playbook

TAG = "escalation"
"""Answers of the playbook with this tag are such sentences."""
FALLBACK = "en"
KEY = ""
"""What ships with the program is no answer of the playbook: its use is not counted."""


class HoldingLines:
    """Asked when the sheet opens and whenever manager or promise change; answers at once."""

    def __init__(self, file: Path, playbook: Playbook, zone: Any) -> None:
        """`file`: `resources/language/holding.json`; `zone`: answers the shop's zone."""
        self._file = file
        self._playbook = playbook
        self._zone = zone
        self._shipped: Mapping[str, Any] = {}

    def line(
        self,
        answers: Sequence[PlaybookAnswer],
        facts: Sequence[FactRow],
        language: str,
        values: Mapping[str, str],
        manager: str,
        promise_at: datetime | None,
    ) -> HoldingLine:
        """In the customer's language where there is one in it; never half in another. `values` are those of every answer."""
        answer = next((each for each in answers if TAG in each.tags and each.wordings.get(language)), None)
        key, title = (answer.key, answer.titled(language)) if answer is not None else (KEY, "")
        shipped = self._read()["texts"]
        tongue = language if answer is not None or language in shipped else FALLBACK
        chosen = answer or PlaybookAnswer("holding", Category.COMPLAINT, {}, {tongue: tuple(shipped[tongue])})
        wording = self._playbook.choose(chosen, tongue, {}) or WordingRow(tongue, chosen.wordings[tongue][0])
        told = {**values, "manager": first_name(manager), "when": self.when(promise_at, tongue)}
        rendered = render(wording.text, tongue, told, chosen.blanks, facts, self._playbook.today())
        return HoldingLine(title, rendered.text, rendered.filled, key, told)

    def when(self, moment: datetime | None, language: str) -> str:
        """A moment as a sentence in that language says it; empty for none."""
        if moment is None:
            return ""
        shipped = self._read()
        tongue = language if language in shipped["when"] else FALLBACK
        zone: ZoneInfo = self._zone()
        local = moment.astimezone(zone)
        return str(shipped["when"][tongue]).format(
            weekday=shipped["weekdays"][tongue][local.weekday()],
            day=local.day,
            month=shipped["months"][tongue][local.month - 1],
            time=f"{local.hour}:{local.minute:02}",
        )

    def _read(self) -> Mapping[str, Any]:
        if not self._shipped:
            try:
                self._shipped = json.loads(self._file.read_text(encoding="utf-8"))
            except (OSError, ValueError) as error:
                raise Damaged(message("sample.content_missing", file=self._file.name), technical=str(error)) from error
        return self._shipped


def first_name(name: str) -> str:
    """How one speaks of a colleague."""
    return name.split()[0] if name.split() else ""
