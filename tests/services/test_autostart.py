"""Starting with the session: the entry each system reads, and that the system's own list is what counts."""

from __future__ import annotations

import configparser
import plistlib
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from app.runtime.errors import DiskTrouble
from app.services.autostart import Autostart, FileEntry, RegistryEntry, entry_for

COMMAND = ["/opt/ter tulia/tertulia"]


def test_linux_reads_an_autostart_entry(tmp_path: Path) -> None:
    entry = entry_for("linux", tmp_path, {})
    assert isinstance(entry, FileEntry)
    autostart = Autostart(entry, COMMAND, tmp_path / 'a "b" 100%')
    assert not autostart.on
    autostart.switch(on=True)
    assert autostart.on
    assert entry.file == tmp_path / ".config/autostart/org.tertulia.Tertulia.desktop"
    read = configparser.RawConfigParser()
    read.read_string(entry.file.read_text("utf-8"))
    told = read["Desktop Entry"]
    assert told["TryExec"] == COMMAND[0]
    words = shlex.split(told["Exec"].replace("\\\\", "\\"))
    assert [word.replace("%%", "%") for word in words] == [
        *COMMAND,
        "--profile",
        str(tmp_path / 'a "b" 100%'),
        "--hidden",
    ]
    entry.file.write_text(entry.file.read_text("utf-8") + "Hidden=true\n", encoding="utf-8")
    assert not autostart.on  # switched off in the desktop's own settings
    autostart.switch(on=False)
    assert not entry.file.exists()
    autostart.switch(on=False)


def test_an_autostart_folder_of_ones_own_is_kept_to(tmp_path: Path) -> None:
    entry = entry_for("linux", tmp_path, {"XDG_CONFIG_HOME": str(tmp_path / "cfg")})
    assert isinstance(entry, FileEntry)
    assert entry.file.is_relative_to(tmp_path / "cfg")


def test_a_mac_reads_an_agent(tmp_path: Path) -> None:
    entry = entry_for("darwin", tmp_path, {})
    assert isinstance(entry, FileEntry)
    Autostart(entry, COMMAND, None).switch(on=True)
    assert plistlib.loads(entry.file.read_bytes())["ProgramArguments"] == [*COMMAND, "--hidden"]


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / ".config").write_text("no folder", encoding="utf-8")
    with pytest.raises(DiskTrouble):
        Autostart(entry_for("linux", tmp_path, {}), COMMAND, None).switch(on=True)


class Registry:
    """As much of winreg as is used."""

    HKEY_CURRENT_USER, REG_SZ = 1, 1

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    @contextmanager
    def CreateKey(self, _root: int, _path: str) -> Iterator[dict[str, str]]:  # noqa: N802
        yield self.values

    OpenKey = CreateKey

    def QueryValueEx(self, key: Any, name: str) -> tuple[str, int]:  # noqa: N802
        if name not in key:
            raise FileNotFoundError
        return key[name], 1

    def SetValueEx(self, key: Any, name: str, _reserved: int, _kind: int, value: str) -> None:  # noqa: N802
        key[name] = value

    def DeleteValue(self, key: Any, name: str) -> None:  # noqa: N802
        if name not in key:
            raise FileNotFoundError
        del key[name]


def test_windows_reads_a_value_of_the_registry() -> None:
    registry = Registry()
    autostart = Autostart(RegistryEntry(registry), [r"C:\Program Files\Tertulia\tertulia.exe"], None)
    autostart.switch(on=False)
    assert not autostart.on
    autostart.switch(on=True)
    assert registry.values == {"Tertulia": r'"C:\Program Files\Tertulia\tertulia.exe" --hidden'}
    assert autostart.on
    autostart.switch(on=False)
    assert not autostart.on
