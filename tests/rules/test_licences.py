"""Everything the program is shipped with may be shipped, and the pinned packages name no address."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer import licences
from tests.rules.sources import ROOT


def test_every_shipped_package_is_under_a_licence_we_may_ship() -> None:
    names = licences.shipped_packages((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    found = licences.installed_licences(names)
    assert len(found) > 30
    assert {name: licence for name, licence in found.items() if not licences.is_allowed(licence)} == {}


@pytest.mark.parametrize("licence", ["MIT", "Apache-2.0 AND CNRI-Python", "MPL-2.0 AND (Apache-2.0 OR MIT)", "LGPL-3.0-only OR GPL-3.0-only"])
def test_a_licence_that_may_be_shipped_is_allowed(licence: str) -> None:
    assert licences.is_allowed(licence)


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "MIT AND GPL-3.0-only", "AGPL-3.0", "UNKNOWN", "", "CC-BY-SA-4.0"])
def test_a_licence_that_may_not_be_shipped_is_refused(licence: str) -> None:
    assert not licences.is_allowed(licence)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_pinned_packages_have_hashes_and_no_address(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in lock
    pinned = licences.shipped_packages(lock)
    blocks = lock.count("\n    --hash=sha256:")
    assert pinned
    assert blocks >= len(pinned)
    assert "pyside6-addons" not in pinned, "QtCharts and QtGraphs are under the GPL alone"


def test_both_lock_files_pin_the_same_versions() -> None:
    runtime, dev = (pins(name) for name in ("requirements.lock", "requirements-dev.lock"))
    assert runtime.items() <= dev.items()


@pytest.mark.parametrize("folder", ["phosphor", "brands"])
def test_icons_come_with_their_licence(folder: str) -> None:
    assert list((ROOT / "resources" / "icons" / folder).glob("LICENSE*"))


@pytest.mark.parametrize("dictionary", sorted((ROOT / "resources" / "dictionaries").glob("*.dic")), ids=lambda path: path.stem)
def test_dictionaries_come_with_their_licence(dictionary: Path) -> None:
    said = (dictionary.parent / f"LICENSE-{dictionary.stem}.txt").read_text(encoding="utf-8", errors="replace")
    assert any(name in said for name in ("Mozilla Public License", "MPL", "Redistribution and use", "BSD", "Permission to use"))


def test_the_project_is_under_the_mit_licence() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")
    assert "The Tertulia authors" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def pins(name: str) -> dict[str, str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ")[0].split("==") for line in lines if "==" in line and not line.startswith((" ", "#")))
