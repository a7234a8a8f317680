"""Where things are: the folders of a profile and the program's own resources. The only place that knows the platforms' habits."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import app

PROFILE_VARIABLE = "TERTULIA_PROFILE"
NAME = "tertulia"


class Paths(NamedTuple):
    """One profile: a folder that can be copied, moved or deleted as a whole."""

    root: Path
    database: Path
    media: Path
    backups: Path
    logs: Path
    cache: Path
    vault: Path
    """The encrypted file for secrets, where the user chose it instead of the system's keyring."""
    window_ini: Path
    """Sizes and positions of windows and panes."""
    lock: Path
    """Held by the window that may write."""
    socket: str
    """The name under which that window can be asked to come to the front (a local socket or a named pipe)."""

    @classmethod
    def of(cls, root: Path) -> Paths:
        root = Path(os.path.abspath(root))  # noqa: PTH100  (resolve() would follow links and so change the user's own path)
        return cls(
            root=root,
            database=root / "tertulia.db",
            media=root / "media",
            backups=root / "backups",
            logs=root / "logs",
            cache=root / "cache",
            vault=root / "secrets.vault",
            window_ini=root / "window.ini",
            lock=root / "window.lock",
            socket=_socket(root),
        )

    def create(self) -> None:
        """Makes the folders, closed to other users. Raises `ReadOnly`, `DiskFull` or another `DiskTrouble`."""
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            for folder in (self.media, self.backups, self.logs, self.cache):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            from app.runtime.errors import disk_trouble  # noqa: PLC0415  (with its words it would cost the first frame 8 ms)

            raise disk_trouble(error) from error


def choose(profile: Path | None, sample: bool, environ: Mapping[str, str] | None = None) -> Paths:
    """The profile named on the command line, else by TERTULIA_PROFILE, else the platform's data folder.

    The sample shop lives beside it, so that it can never mix with real data.
    """
    environ = os.environ if environ is None else environ
    named = environ.get(PROFILE_VARIABLE, "")
    root = profile or (Path(named).expanduser() if named else data_folder(sys.platform, environ, Path.home()) / NAME)
    paths = Paths.of(root)
    return Paths.of(paths.root.with_name(f"{paths.root.name}-sample")) if sample else paths


def data_folder(platform: str, environ: Mapping[str, str], home: Path) -> Path:
    """As platformdirs answers, which costs 20 ms before the first frame; a test compares the two."""
    if platform == "win32":
        local = environ.get("LOCALAPPDATA", "")
        return Path(local) if local else home / "AppData" / "Local"
    if platform == "darwin":
        return home / "Library" / "Application Support"
    # The specification says to ignore a relative XDG_DATA_HOME.
    named = environ.get("XDG_DATA_HOME", "").strip()
    return Path(named) if Path(named).is_absolute() else home / ".local" / "share"


def resources() -> Path:
    """The program's icons, words, tokens and samples: alike in a checkout, installed by pip, and frozen by PyInstaller."""
    package = Path(app.__file__).resolve().parent
    places = [package / "resources", package.parent / "resources"]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        places.insert(0, Path(frozen) / "resources")
    for place in places:
        if (place / "translations").is_dir():
            return place
    raise FileNotFoundError(f"resources are missing; looked in {', '.join(map(str, places))}")


def _socket(root: Path) -> str:
    # A path inside the profile may be longer than the 108 bytes that a socket's name may have.
    name = f"{NAME}-{zlib.crc32(os.fsencode(root)):08x}"
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return str(Path(folder) / name) if folder and Path(folder).is_dir() else name
