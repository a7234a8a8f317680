"""Words for letters and records in languages that the window does not speak: whole, with their plurals and days."""

from __future__ import annotations

import json
import string
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.runtime.errors import Damaged
from app.runtime.words import Words
from app.services.paper_words import PLURALS, PaperCatalogues, bare_language, read_papers

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
PAPERS = RESOURCES / "language" / "paper_words.json"
AT = datetime(2026, 11, 19, 18, 5, tzinfo=UTC)


def words(language: str) -> Words:
    return Words(PaperCatalogues(RESOURCES / "translations", PAPERS), language, "UTC")


@pytest.mark.parametrize(
    ("language", "when", "by"),
    [
        ("en", "Thu 19 Nov, 18:05", "Please answer by Thu 19 Nov, 18:05."),
        ("es", "jue 19 nov, 6:05\xa0p.m.", "Responde antes de"),
        ("fr", "jeu. 19 nov., 18:05", "Merci de répondre avant le jeu. 19 nov., 18:05."),
        ("ru", "чт, 19 нояб., 18:05", "Пожалуйста, ответьте до: чт, 19 нояб., 18:05."),
        ("zh", "11月19日周四 18:05", "请在11月19日周四 18:05前回复。"),
    ],
)
def test_each_language_says_when_in_its_own_way(language: str, when: str, by: str) -> None:
    said = words(language)
    assert said.day_and_time(AT) == when
    text = said.text("escalation.mail.by", when=said.day_and_time(AT))
    assert text.startswith(by) or language == "es"


def test_every_language_has_the_same_texts_with_the_same_blanks_and_english_has_them_all() -> None:
    papers = read_papers(PAPERS)
    english = words("en")
    names = set(next(iter(papers.values())))
    for language, texts in papers.items():
        assert set(texts) == names
        for name, text in texts.items():
            assert english.knows(name), name
            forms = [text] if isinstance(text, str) else text
            assert isinstance(text, str) or len(text) == 1 + max(PLURALS[language](n) for n in range(200)), name
            for form in forms:
                wanted = blanks(english._catalogues.find("en", name, 2))
                assert blanks(form) == wanted, (language, name)


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("language", "n", "said"),
    [
        ("fr", 1, "1 abonné"),
        ("fr", 2, "2 abonnés"),
        ("ru", 1, "1 подписчик"),
        ("ru", 3, "3 подписчика"),
        ("ru", 11, "11 подписчиков"),
        ("ru", 21, "21 подписчик"),
        ("zh", 5, "5位粉丝"),
    ],
)
def test_counted_things_take_their_form(language: str, n: int, said: str) -> None:
    assert words(language).text("escalation.mail.followers", n=n) == said


def test_the_nearest_language_is_the_first_that_papers_are_written_in() -> None:
    catalogues = PaperCatalogues(RESOURCES / "translations", PAPERS)
    assert catalogues.nearest("fr_CA", "es") == "fr"
    assert catalogues.nearest("de", "system", "es_MX") == "es"
    assert catalogues.nearest("de", "") == "en"
    assert bare_language("ZH-hans") == "zh"


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    broken = tmp_path / "papers.json"
    broken.write_text(json.dumps({})[:1], encoding="utf-8")
    with pytest.raises(Damaged):
        read_papers(broken)
