"""The starter playbook that ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.conversation import Category
from app.runtime.errors import Damaged
from app.runtime.paths import resources
from app.services.starter_playbook import read_starter


def test_each_answer_has_a_title_and_wordings_in_five_languages() -> None:
    answers = read_starter(resources() / "playbook" / "starter.json")
    assert len(answers) == 12
    assert len({answer.key for answer in answers}) == 12
    for answer in answers:
        assert answer.category in Category
        assert answer.title.keys() == answer.wordings.keys() == {"es", "en", "fr", "ru", "zh"}
        assert all(texts and all(texts) for texts in answer.wordings.values())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Damaged) as trouble:
        read_starter(tmp_path / "starter.json")
    assert trouble.value.message.values == {"file": "starter.json"}
