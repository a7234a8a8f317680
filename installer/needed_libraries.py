"""Which libraries of the system a folder of programs needs, and how Debian calls what brings them. Needs objdump; standard library only."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libcrypto.so.3": "libssl3",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libssl.so.3": "libssl3",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Debian 12's names; later ones with another name (libglib2.0-0t64) provide these as well."""

OF_LIBC = re.compile(r"(?:libc|libm|libdl|libpthread|librt|libresolv|libutil|ld-linux[a-z0-9-]*)\.so\.\d+")
GCC_OF_GLIBCXX = {(3, 4, 29): "11", (3, 4, 30): "12", (3, 4, 31): "13", (3, 4, 32): "13.2", (3, 4, 33): "14"}


@dataclass
class Needs:
    """What the files of a folder ask of the system together."""

    libraries: dict[str, list[str]] = field(default_factory=dict)
    """By name: the files that need it. Those that the folder has itself are left out."""
    newest: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """By family of symbols (GLIBC, GLIBCXX ...): the highest version."""


def of_folder(folder: Path) -> Needs:
    """Reads every library and program below it."""
    needs, own = Needs(), set()
    for path in programs(folder):
        own.add(path.name)
        told = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=True).stdout
        own.update(re.findall(r"^\s+SONAME\s+(\S+)$", told, flags=re.MULTILINE))
        for name in re.findall(r"^\s+NEEDED\s+(\S+)$", told, flags=re.MULTILINE):
            needs.libraries.setdefault(name, []).append(path.name)
        for family, number in re.findall(r"\s([A-Z]+)_([0-9.]+)$", told, flags=re.MULTILINE):
            version = tuple(int(part) for part in number.split("."))
            needs.newest[family] = max(needs.newest.get(family, ()), version)
    needs.libraries = {name: by for name, by in needs.libraries.items() if name not in own}
    return needs


def programs(folder: Path) -> Iterator[Path]:
    """ELF files, each once."""
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(place, name)
            if not path.is_symlink() and (".so" in name or os.access(path, os.X_OK)):
                with path.open("rb") as file:
                    if file.read(4) == b"\x7fELF":
                        yield path


def debian_packages(needs: Needs) -> list[str]:
    """What a package must declare, sorted. Raises `ValueError` that names a library whose package is not known here."""
    strange = sorted(name for name in needs.libraries if name not in PACKAGES and not OF_LIBC.fullmatch(name))
    if strange:
        told = "; ".join(f"{name} (needed by {', '.join(needs.libraries[name][:3])})" for name in strange)
        raise ValueError(f"no Debian package is known for {told}: add it to installer/needed_libraries.py, or ship it (contents.py)")
    wanted = {PACKAGES[name] for name in needs.libraries if name in PACKAGES} - {"libstdc++6"}
    wanted.add(f"libc6 (>= {'.'.join(map(str, needs.newest['GLIBC']))})")
    if "libstdc++.so.6" in needs.libraries:
        newest = needs.newest.get("GLIBCXX", ())
        release = next((gcc for symbols, gcc in sorted(GCC_OF_GLIBCXX.items()) if symbols >= newest), None)
        if release is None:
            raise ValueError(f"no release of libstdc++ is known for GLIBCXX_{'.'.join(map(str, newest))}")
        wanted.add(f"libstdc++6 (>= {release})")
    return sorted(wanted)
