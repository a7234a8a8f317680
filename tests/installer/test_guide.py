"""The guide as one HTML file a language: whole, readable alone, and asking nothing of the net; and it goes along with the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QImageReader

from app.commands.catalogue import LISTS
from app.commands.registry import Registry, collect
from app.language.guide_pages import FOLDER, PAGES
from installer import guide
from installer.contents import is_wanted
from installer.identity import LANGUAGES, ROOT


@pytest.fixture(scope="module")
def registry() -> Registry:
    return collect(*LISTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_html_needs_nothing_beside_it(registry: Registry, language: str) -> None:
    text = guide.document(language, registry)
    assert f'<html lang="{language}">' in text
    outside = re.sub(r'src="data:image/webp;base64,[A-Za-z0-9+/=]+"', "", text)
    assert "src=" not in outside
    assert "url(" not in outside
    assert not re.search(r"<(script|link|iframe|object|form)\b", outside)
    links = set(re.findall(r'href="([^"]+)"', outside))
    assert {link for link in links if not link.startswith(("#", "tertulia:"))} == set()
    names = re.findall(r'\bid="([^"]+)"', outside)
    assert len(names) == len(set(names)), "every place is there once"
    assert {link[1:] for link in links if link.startswith("#")} <= set(names)
    assert {name for name in PAGES if f'<section id="{name}">' not in outside} == set()
    assert not re.search(r"\{(key|command|word|default|cap|find|keys):", outside)
    assert text.count("<img ") == len(re.findall(r'<img [^>]*alt="[^"]+"', text)) >= len(guide.picture_names())


def test_it_is_written_under_the_name_of_its_language(registry: Registry, tmp_path: Path) -> None:
    path = guide.write("es", registry, tmp_path / "guide")
    assert path.name == "tertulia-es.html"
    assert "Guía de uso" in path.read_text(encoding="utf-8")


def test_a_picture_is_named_for_the_page_it_shows() -> None:
    assert guide.page_of("inbox") == "inbox"
    assert guide.page_of("settings-accounts") == "settings:accounts"
    assert len(guide.picture_names()) == len(set(guide.picture_names())) > 10


def test_pages_and_pictures_go_along_with_the_frozen_program() -> None:
    files = [path for path in (ROOT / "resources" / FOLDER).rglob("*") if path.is_file()]
    assert len(files) >= len(LANGUAGES) * (len(PAGES) + len(guide.picture_names()))
    assert [path for path in files if not is_wanted(path.relative_to(ROOT).as_posix())] == []
    assert is_wanted("PySide6/Qt/plugins/imageformats/libqwebp.so")
    assert b"webp" in {bytes(each.data()) for each in QImageReader.supportedImageFormats()}
