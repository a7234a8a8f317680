"""The list of parts of a built program, as CycloneDX 1.6 in JSON: packages with the hashes of requirements.lock, libraries with their own.

The same input gives the same bytes: the serial number comes out of the content, the time from SOURCE_DATE_EPOCH.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
import subprocess
import uuid
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from installer import identity, licences

LOCK = identity.ROOT / "requirements.lock"
SPDX = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+()-]+)*")


def of_program(libraries: list[tuple[str, Path]], moment: int) -> bytes:
    """`libraries`: shipped files of the system (name there, where they were found); `moment`: seconds since the epoch."""
    parts = [*packages(LOCK.read_text(encoding="utf-8")), python(), *(library(name, path) for name, path in sorted(libraries))]
    subject = {
        "type": "application",
        "bom-ref": f"pkg:generic/{identity.COMMAND}@{identity.version()}",
        "name": identity.NAME,
        "version": identity.version(),
        "description": identity.SUMMARY,
        "licenses": [{"license": {"id": "MIT"}}],
        "purl": f"pkg:generic/{identity.COMMAND}@{identity.version()}",
    }
    content = json.dumps([subject, parts], sort_keys=True)
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, content)}",
        "version": 1,
        "metadata": {"timestamp": datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), "component": subject},
        "components": parts,
        "dependencies": [{"ref": subject["bom-ref"], "dependsOn": sorted(part["bom-ref"] for part in parts)}],
    }
    return (json.dumps(bill, indent=1, ensure_ascii=False) + "\n").encode()


def packages(lock: str) -> list[dict[str, Any]]:
    """What of the lock file is installed here, in the installed version, with the hashes that it was let in by."""
    pinned = locked(lock)
    found = licences.installed_licences(sorted({name for name, _ in pinned}))
    parts = []
    for name, licence in sorted(found.items(), key=lambda each: each[0].lower()):
        version = metadata.version(name)
        normal = re.sub(r"[-_.]+", "-", name).lower()
        purl = f"pkg:pypi/{normal}@{version}"
        hashes = [{"alg": "SHA-256", "content": each} for each in pinned[normal, version]]
        parts.append(
            {
                "type": "library",
                "bom-ref": purl,
                "name": name,
                "version": version,
                "licenses": _licences(licence),
                "purl": purl,
                # One of these files was installed; the lock file lets in no other.
                "externalReferences": [{"type": "distribution", "url": purl, "hashes": [each]} for each in hashes],
            }
        )
    return parts


def locked(lock: str) -> dict[tuple[str, str], list[str]]:
    """(name, version) to the SHA-256 of each file that may be installed."""
    pinned: dict[tuple[str, str], list[str]] = {}
    here: list[str] = []
    for line in lock.splitlines():
        if found := re.match(r"([A-Za-z0-9._-]+)==([^\s;\\]+)", line):
            here = pinned.setdefault((re.sub(r"[-_.]+", "-", found[1]).lower(), found[2]), [])
        here += re.findall(r"--hash=sha256:([0-9a-f]{64})", line)
    return pinned


def python() -> dict[str, Any]:
    version = platform.python_version()
    purl = f"pkg:generic/python@{version}"
    return {"type": "platform", "bom-ref": purl, "name": "CPython", "version": version, "licenses": _licences("PSF-2.0"), "purl": purl}


def library(name: str, path: Path) -> dict[str, Any]:
    """One of the system's libraries that goes along; where dpkg knows it, as the package that it came from."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    owner, version = debian_owner(path)
    about: dict[str, Any] = {"type": "library", "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}
    if owner:
        about |= {"version": version, "purl": f"pkg:deb/debian/{owner}@{version.replace('+', '%2B').replace(':', '%3A')}"}
    return {"bom-ref": f"{name}#{digest[:16]}", **about}


def debian_owner(path: Path) -> tuple[str, str]:
    """(package, version), empty where dpkg does not know the file."""
    for place in (path, path.resolve(), Path("/usr") / str(path).lstrip("/")):
        try:
            asked = subprocess.run(["dpkg-query", "-S", str(place)], capture_output=True, text=True, check=False)
        except FileNotFoundError:
            return "", ""
        if asked.returncode == 0:
            package = asked.stdout.split(": ")[0].split(",")[0]
            told = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True, check=False)
            return package.partition(":")[0], told.stdout.strip()
    return "", ""


def _licences(said: str) -> list[dict[str, Any]]:
    """CycloneDX wants an expression, or names; what is not written as SPDX is a name."""
    names = [part.strip() for part in said.split(";") if part.strip()]
    if len(names) == 1 and SPDX.fullmatch(names[0]):
        return [{"expression": names[0]}] if " " in names[0] else [{"license": {"id": names[0]}}]
    return [{"license": {"name": name}} for name in names]
