"""What the customer is told while a manager decides: in their language, by the playbook where it has such an answer."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.models.conversation import Category
from app.models.playbook import PlaybookAnswer
from app.runtime.errors import Damaged
from app.runtime.settings import Settings
from app.services.holding_line import TAG, HoldingLines
from app.services.playbook import Playbook
from tests.fakes.clock import FakeClock

FILE = Path(__file__).resolve().parents[2] / "resources" / "language" / "holding.json"
THURSDAY = datetime(2026, 11, 19, 18, 0, tzinfo=UTC)
VALUES = {"name": "Étienne"}


def lines(file: Path = FILE) -> HoldingLines:
    playbook: Any = Playbook(None, None, FakeClock(), Settings(dict, lambda _name, _value: None), list)  # type: ignore[arg-type]
    return HoldingLines(file, playbook, lambda: ZoneInfo("America/Mexico_City"))


def test_without_an_answer_of_ones_own_it_is_the_shipped_one() -> None:
    found = lines().line([], [], "fr", VALUES, "Héctor Lima", THURSDAY)
    assert found.text.startswith("Étienne, vous avez raison")
    assert "Héctor, qui en décide" in found.text
    assert "jeudi 19 novembre à 12:00" in found.text
    assert [found.text[start:end] for start, end in found.filled] == ["Étienne", "Héctor", "jeudi 19 novembre à 12:00"]
    assert found.answer_key == ""


@pytest.mark.parametrize("language", ["en", "es", "fr", "ru", "zh"])
def test_every_language_has_one_and_a_way_to_say_when(language: str) -> None:
    text = lines().line([], [], language, VALUES, "Héctor Lima", THURSDAY).text
    assert "{" not in text
    assert "12:00" in text


def test_another_language_gets_english_all_of_it() -> None:
    text = lines().line([], [], "tr", VALUES, "Héctor", THURSDAY).text
    assert "Thursday 19 November, 12:00" in text


def test_the_playbooks_own_goes_before_it_in_its_languages() -> None:
    own = PlaybookAnswer(
        "wait", Category.COMPLAINT, {"es": "Espera"}, {"es": ("{name}, {manager} te escribe el {when}.",)}, tags=(TAG,)
    )
    found = lines().line([own], [], "es", VALUES, "Héctor Lima", THURSDAY)
    assert found.text == "Étienne, Héctor te escribe el jueves 19 de noviembre, 12:00."
    assert (found.answer_key, found.title) == ("wait", "Espera")
    assert lines().line([own], [], "fr", VALUES, "Héctor", THURSDAY).answer_key == ""


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        lines(tmp_path / "none.json").line([], [], "es", VALUES, "H", THURSDAY)


def test_the_file_says_as_much_in_each_language() -> None:
    shipped = json.loads(FILE.read_text(encoding="utf-8"))
    assert shipped["texts"].keys() == shipped["when"].keys() == shipped["weekdays"].keys() == shipped["months"].keys()
    assert {len(days) for days in shipped["weekdays"].values()} == {7}
    assert {len(months) for months in shipped["months"].values()} == {12}
