"""Starting with the user's session, the window hidden: an autostart entry (Linux), a key of the registry (Windows), an agent (macOS)."""

from __future__ import annotations

import plistlib
import subprocess
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from app.runtime.errors import disk_trouble

APPLICATION = "org.tertulia.Tertulia"
HIDDEN = "--hidden"
RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


class Entry(Protocol):
    """One system's way. Raises OSError."""

    def exists(self) -> bool: ...

    def write(self, command: Sequence[str]) -> None: ...

    def remove(self) -> None: ...


class FileEntry:
    """A file whose being there is enough; `text` makes it."""

    def __init__(self, file: Path, text: Callable[[Sequence[str]], bytes]) -> None:
        self.file = file
        self._text = text

    def exists(self) -> bool:
        return self.file.is_file() and b"\nHidden=true" not in self.file.read_bytes()

    def write(self, command: Sequence[str]) -> None:
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = self.file.with_name(f".{self.file.name}.new")
        made.write_bytes(self._text(command))
        made.replace(self.file)

    def remove(self) -> None:
        self.file.unlink(missing_ok=True)


class RegistryEntry:
    """A value under HKCU\\...\\Run. Written from Microsoft's description; its tests run on a registry of their own."""

    def __init__(self, registry: Any) -> None:
        self._registry = registry

    def exists(self) -> bool:
        try:
            with self._registry.OpenKey(self._registry.HKEY_CURRENT_USER, RUN_KEY) as key:
                self._registry.QueryValueEx(key, "Tertulia")
        except FileNotFoundError:
            return False
        return True

    def write(self, command: Sequence[str]) -> None:
        with self._registry.CreateKey(self._registry.HKEY_CURRENT_USER, RUN_KEY) as key:
            self._registry.SetValueEx(key, "Tertulia", 0, self._registry.REG_SZ, subprocess.list2cmdline(command))

    def remove(self) -> None:
        try:
            with self._registry.CreateKey(self._registry.HKEY_CURRENT_USER, RUN_KEY) as key:
                self._registry.DeleteValue(key, "Tertulia")
        except FileNotFoundError:
            return


class Autostart:
    """`on` asks the system itself: the user may have changed it there."""

    def __init__(self, entry: Entry, program: Sequence[str], root: Path | None) -> None:
        """`root`: the profile's folder where it is not the usual one."""
        self._entry = entry
        profile = ["--profile", str(root)] if root is not None else []
        self._command = [*program, *profile, HIDDEN]

    @property
    def on(self) -> bool:
        try:
            return self._entry.exists()
        except OSError:
            return False

    def switch(self, on: bool) -> None:
        """Raises `DiskTrouble`."""
        try:
            if on:
                self._entry.write(self._command)
            else:
                self._entry.remove()
        except OSError as error:
            raise disk_trouble(error) from error


def desktop_entry(command: Sequence[str]) -> bytes:
    """Desktop Application Autostart Specification; nothing happens where the program was removed."""
    lines = [
        "[Desktop Entry]",
        "Type=Application",
        "Name=Tertulia",
        f"Icon={APPLICATION}",
        f"TryExec={_plain(command[0])}",
        f"Exec={' '.join(_word(word) for word in command)}",
        "Terminal=false",
        "X-GNOME-Autostart-enabled=true",
        "",
    ]
    return "\n".join(lines).encode()


def _plain(text: str) -> str:
    """A string value: backslashes doubled."""
    return text.replace("\\", "\\\\")


def _word(word: str) -> str:
    """One argument of Exec: quoted, its four signs escaped, % doubled; and the whole once more as a string value."""
    for sign in '\\"`$':
        word = word.replace(sign, f"\\{sign}")
    return _plain(f'"{word.replace("%", "%%")}"')


def launch_agent(command: Sequence[str]) -> bytes:
    """launchd.plist(5)."""
    return plistlib.dumps(
        {"Label": APPLICATION, "ProgramArguments": list(command), "RunAtLoad": True, "ProcessType": "Interactive"}
    )


def entry_for(platform: str, home: Path, environ: Mapping[str, str]) -> Entry:
    """This system's way."""
    if platform == "win32":
        return RegistryEntry(import_module("winreg"))
    if platform == "darwin":
        return FileEntry(home / "Library" / "LaunchAgents" / f"{APPLICATION}.plist", launch_agent)
    named = Path(environ.get("XDG_CONFIG_HOME", ""))
    folder = named if named.is_absolute() else home / ".config"
    return FileEntry(folder / "autostart" / f"{APPLICATION}.desktop", desktop_entry)
