"""The libraries and fonts that Qt takes from a Linux system: which are missing, how they are called there, and installing them.

Standard library only. Keeps to itself the names of packages in Debian's and Fedora's families.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn


@dataclass(frozen=True)
class Library:
    file: str
    debian: str
    fedora: str

    def is_missing(self) -> bool:
        try:
            ctypes.CDLL(self.file)
        except OSError:
            return True
        return False


# Checked in a Debian 12 made with `debootstrap --variant=minbase`: nothing else is needed.
PAINTING = (
    Library("libEGL.so.1", "libegl1", "libglvnd-egl"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
)
WINDOW = (
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
)


@dataclass(frozen=True)
class Script:
    """A script that some font must be able to write, in fontconfig's name for its language."""

    language: str
    debian: str
    fedora: str


SCRIPTS = (
    Script("es", "fonts-noto-core", "google-noto-sans-vf-fonts"),
    Script("ru", "fonts-noto-core", "google-noto-sans-vf-fonts"),
    Script("zh-cn", "fonts-noto-cjk", "google-noto-sans-cjk-vf-fonts"),
    Script("und-zsye", "fonts-noto-color-emoji", "google-noto-color-emoji-fonts"),
)


def ensure(*, window: bool, stamps: Path) -> None:
    """Install what is missing where we may (root on Debian or Ubuntu), else stop with the exact line to type.

    `stamps`: a folder in which a good answer is remembered. Missing fonts are said and never a reason to stop.
    """
    stamp = stamps / (".libraries-window" if window else ".libraries-painting")
    if not sys.platform.startswith("linux") or stamp.exists():
        return
    needed = PAINTING + WINDOW if window else PAINTING
    missing = [library for library in needed if library.is_missing()]
    if missing and can_install():
        install([library.debian for library in missing])
        missing = [library for library in missing if library.is_missing()]
    if missing:
        _stop(
            f"Tertulia needs libraries of this system that are missing: {', '.join(library.file for library in missing)}.",
            _line([library.debian for library in missing], [library.fedora for library in missing]),
        )
    _ensure_fonts()
    if stamps.is_dir():
        stamp.touch()


def ensure_packaging_tools() -> None:
    """PyInstaller reads libraries with objdump on Linux."""
    if not sys.platform.startswith("linux") or shutil.which("objdump"):
        return
    if not can_install():
        _stop("Packaging needs objdump.", _line(["binutils"], ["binutils"]))
    install(["binutils"])


def can_install() -> bool:
    return sys.platform.startswith("linux") and os.geteuid() == 0 and _family() == "debian" and shutil.which("apt-get") is not None


def install(packages: list[str], *, recommended: bool = False) -> None:
    """Install Debian packages as root; stops with apt's own words where that fails."""
    names = list(dict.fromkeys(packages))
    print("Installing system packages: " + " ".join(names), flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    extra = [] if recommended else ["--no-install-recommends"]
    for command in ([*apt, "update"], [*apt, "install", "-y", *extra, *names]):
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode:
            _stop(f"{' '.join(command)} failed:", done.stdout.strip()[-2000:])


def scripts_without_font() -> list[Script]:
    """Scripts that no installed font can write; empty where fontconfig itself is missing."""
    try:
        fontconfig = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return []
    for function in ("FcConfigGetCurrent", "FcNameParse", "FcObjectSetCreate", "FcFontList"):
        getattr(fontconfig, function).restype = ctypes.c_void_p
    found = []
    for script in SCRIPTS:
        pattern = ctypes.c_void_p(fontconfig.FcNameParse(f":lang={script.language}".encode()))
        objects = ctypes.c_void_p(fontconfig.FcObjectSetCreate())
        fonts = fontconfig.FcFontList(None, pattern, objects)
        # FcFontSet begins with `int nfont`. The few bytes are not given back: this runs once per set-up.
        if not fonts or ctypes.c_int.from_address(fonts).value == 0:
            found.append(script)
    return found


def _ensure_fonts() -> None:
    without = scripts_without_font()
    if not without:
        return
    if can_install():
        install([script.debian for script in without])
        return
    fedora = [script.fedora for script in without]
    print("Some texts will show as boxes until fonts are installed. " + _line([script.debian for script in without], fedora), file=sys.stderr)


def _line(debian: list[str], fedora: list[str]) -> str:
    """What to type on this system."""
    if _family() == "debian":
        return "Type: sudo apt install " + " ".join(dict.fromkeys(debian))
    if _family() == "fedora":
        return "Type: sudo dnf install " + " ".join(dict.fromkeys(fedora))
    return f"Debian calls the packages {' '.join(dict.fromkeys(debian))}; Fedora: {' '.join(dict.fromkeys(fedora))}."


def _family() -> str:
    try:
        lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    fields = dict(line.split("=", 1) for line in lines if "=" in line)
    names = f"{fields.get('ID', '')} {fields.get('ID_LIKE', '')}".replace('"', "").split()
    if "debian" in names or "ubuntu" in names:
        return "debian"
    return "fedora" if {"fedora", "rhel", "centos"} & set(names) else ""


def _stop(*sentences: str) -> NoReturn:
    print("\n".join(sentences), file=sys.stderr)
    raise SystemExit(1)
