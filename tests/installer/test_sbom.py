"""The list of parts names every package with its version, its licence and the hashes that the lock file lets in."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from app.version import VERSION
from installer import licences, sbom
from installer.identity import ROOT

MOMENT = 1_700_000_000
LOCK = """\
thing==1.0 \\
    --hash=sha256:{a} \\
    --hash=sha256:{b}
    # via pyproject.toml
other-thing==2.0 ; python_full_version < '3.12' \\
    --hash=sha256:{c}
other-thing==3.0 ; python_full_version >= '3.12' \\
    --hash=sha256:{d}
""".format(**{name: name * 64 for name in "abcd"})


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    library = tmp_path_factory.mktemp("sbom") / "libthing.so.1"
    library.write_bytes(b"a library")
    made: dict[str, Any] = json.loads(sbom.of_program([(library.name, library)], MOMENT))
    return made


def test_it_is_cyclonedx_about_this_version(bill: dict[str, Any]) -> None:
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert bill["metadata"]["timestamp"] == "2023-11-14T22:13:20Z"
    assert (bill["metadata"]["component"]["name"], bill["metadata"]["component"]["version"]) == ("Tertulia", VERSION)


def test_every_installed_package_of_the_lock_file_is_a_part(bill: dict[str, Any]) -> None:
    names = {part["name"] for part in bill["components"]}
    installed = licences.installed_licences(licences.shipped_packages((ROOT / "requirements.lock").read_text(encoding="utf-8")))
    assert set(installed) <= names
    assert {"CPython", "libthing.so.1"} <= names


def test_each_package_has_version_licence_and_hashes(bill: dict[str, Any]) -> None:
    for part in bill["components"]:
        if part.get("purl", "").startswith("pkg:pypi/"):
            assert part["purl"] == part["bom-ref"]
            assert part["version"] in part["purl"]
            assert part["licenses"], part["name"]
            hashes = [each["hashes"][0] for each in part["externalReferences"]]
            assert hashes, part["name"]
            assert all(each["alg"] == "SHA-256" and len(each["content"]) == 64 for each in hashes)


def test_a_shipped_library_has_the_hash_of_its_bytes(bill: dict[str, Any]) -> None:
    (part,) = (each for each in bill["components"] if each["name"] == "libthing.so.1")
    assert part["hashes"] == [{"alg": "SHA-256", "content": hashlib.sha256(b"a library").hexdigest()}]


def test_references_are_unique_and_the_program_depends_on_all(bill: dict[str, Any]) -> None:
    references = [part["bom-ref"] for part in bill["components"]]
    assert len(set(references)) == len(references)
    (depends,) = bill["dependencies"]
    assert depends == {"ref": bill["metadata"]["component"]["bom-ref"], "dependsOn": sorted(references)}


def test_it_names_no_address(bill: dict[str, Any]) -> None:
    assert "://" not in json.dumps(bill)


def test_the_same_parts_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "lib").write_bytes(b"x")
    assert sbom.of_program([("lib", tmp_path / "lib")], MOMENT) == sbom.of_program([("lib", tmp_path / "lib")], MOMENT)


def test_the_lock_file_is_read_with_its_markers() -> None:
    assert sbom.locked(LOCK) == {("thing", "1.0"): ["a" * 64, "b" * 64], ("other-thing", "2.0"): ["c" * 64], ("other-thing", "3.0"): ["d" * 64]}
