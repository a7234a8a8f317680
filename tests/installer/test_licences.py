"""Help > About shows what the program is made of, and what is installed carries the texts."""

from __future__ import annotations

import json

from installer import licences
from installer.identity import ROOT

PACKAGES = licences.shipped_packages((ROOT / "requirements.lock").read_text(encoding="utf-8"))


def test_the_list_that_is_shown_is_that_of_the_lock_file() -> None:
    """After a change of requirements.lock: python -m installer.licences --write"""
    found = licences.installed_licences(PACKAGES)
    shown = json.loads(licences.SHOWN.read_text(encoding="utf-8"))
    wanted = json.loads(licences.shown_text(found, PACKAGES))
    # Each system installs packages of its own; what another one does not install is not said here.
    assert [each["name"].casefold() for each in shown] == [each["name"].casefold() for each in wanted]
    told = {each["name"]: each["licence"] for each in shown}
    assert {name: told[name] for name in found} == found


def test_each_part_is_shown_once() -> None:
    names = [each["name"] for each in json.loads(licences.SHOWN.read_text(encoding="utf-8"))]
    assert len(set(names)) == len(names)


def test_what_is_no_package_is_named_too() -> None:
    named = {name.split(",")[0].split(" (")[0] for name, _ in licences.BESIDES}
    assert {"Python", "Qt", "SQLite", "Phosphor Icons", "English dictionary", "Spanish dictionary", "French dictionary", "Russian dictionary"} <= named


def test_every_package_brings_the_text_of_its_licence() -> None:
    found = licences.installed_licences(PACKAGES)
    assert [name for name in found if not licences.texts(name)] == []


def test_what_says_no_licence_text_gets_ours() -> None:
    """Qt's wheels name the LGPL and do not hold it."""
    assert {name for name, _ in licences.texts("shiboken6")} == {"LGPL-3.0.txt", "GPL-3.0.txt"}
