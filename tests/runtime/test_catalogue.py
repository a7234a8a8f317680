"""Catalogues are looked up where they lie, as gettext itself would."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from app.runtime.catalogue import Catalogue
from app.runtime.paths import resources


def made(folder: Path, locale: str = "es") -> Path:
    catalog = Catalog(locale=locale)
    catalog.add("inbox.done", "Listo")
    catalog.add("inbox.zebra", "Ñandú")
    catalog.add(("inbox.waiting", "inbox.waiting"), [f"form {number}" for number in range(catalog.num_plurals)])
    path = folder / "tertulia.mo"
    with path.open("wb") as file:
        write_mo(file, catalog)
    return path


def test_an_entry_is_found_and_a_missing_one_is_not(tmp_path: Path) -> None:
    catalogue = Catalogue(made(tmp_path))
    assert catalogue.find("inbox.zebra") == "Ñandú"
    assert catalogue.find("inbox.done", 5) == "Listo"
    assert catalogue.find("inbox.nothing") is None


@pytest.mark.parametrize("locale", ["es", "ru", "pl", "zh"])
def test_the_form_for_a_number_is_gettexts(tmp_path: Path, locale: str) -> None:
    path = made(tmp_path, locale)
    with path.open("rb") as file:
        theirs = gettext.GNUTranslations(file)
    ours = Catalogue(path)
    for n in (0, 1, 2, 5, 11, 21, 22, 101, 1_000_000):
        assert ours.find("inbox.waiting", n) == theirs.ngettext("inbox.waiting", "inbox.waiting", n)
    assert ours.find("inbox.waiting") == theirs.gettext("inbox.waiting")


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_entry_of_ours_is_found(language: str) -> None:
    path = resources() / "translations" / language / "LC_MESSAGES" / "tertulia.mo"
    with path.open("rb") as file:
        theirs = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    ours = Catalogue(path)
    assert len(theirs) > 1000
    for key, text in theirs.items():
        name, form = key if isinstance(key, tuple) else (key, 0)
        assert ours.find(name, 1 if form == 0 else 2) == text


@pytest.mark.parametrize("data", [b"", b"no catalogue", b"\0" * 40])
def test_what_is_no_catalogue_says_so(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.mo").write_bytes(data)
    with pytest.raises(ValueError, match="no catalogue"):
        Catalogue(tmp_path / "x.mo")
