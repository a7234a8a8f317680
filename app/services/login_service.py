"""The publishing service: `tertulia publish` started at login by the system's own means, so that posts leave without a window.

systemd's user units on Linux, launchd's agents on macOS, the Task Scheduler on Windows; each written as its own kind of file and
handed to the system's own tool. No secret is in any of them: the service reads the keyring as the user it runs for.
"""

from __future__ import annotations

import asyncio
import os
import plistlib
import re
import subprocess
import sys
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import app
from app.runtime.errors import UserMistake, disk_trouble
from app.runtime.words import message
from app.services.restart import program

PROGRAM_FOLDER = Path(app.__file__).resolve().parent.parent
TOOL_SECONDS = 30
LONGEST_SAID = 300
WITHOUT_CONSOLE = {"python.exe": "pythonw.exe", "tertulia.exe": "Tertulia window.exe"}
RESTART_SECONDS = 30
"""After it ended by a fault; not after it was stopped."""


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """How the publishing service stands."""

    supported: bool
    installed: bool
    running: bool
    file: Path | None
    """What the system starts it by."""


class System(ABC):
    """One platform's way. `run` hands a command to the system's tool and answers (exit code, what it said)."""

    def __init__(self, home: Path, environ: Mapping[str, str], name: str) -> None:
        """`name` tells the services of several profiles apart."""
        self.home = home
        self.environ = environ
        self.name = name

    @property
    @abstractmethod
    def file(self) -> Path:
        """Where the system looks for it."""

    @abstractmethod
    def text(self, command: Sequence[str], folder: Path) -> bytes:
        """The file's content: `command` run in `folder`."""

    @abstractmethod
    def starting(self) -> list[list[str]]:
        """What makes the system take the file and start the service."""

    @abstractmethod
    def stopping(self) -> list[list[str]]:
        """What stops it and makes the system forget it; the file is removed before the last of these."""

    @abstractmethod
    def starting_again(self) -> list[list[str]]:
        """Ways to start what is installed and does not run; the first that succeeds is enough."""

    @abstractmethod
    def asking(self) -> list[str]:
        """What tells whether the service runs."""

    def runs(self, code: int, said: str) -> bool:
        """By what `asking` ended with and what it said."""
        del said
        return not code


class Systemd(System):
    """A user unit; systemd.service(5), systemd.syntax(7)."""

    @property
    def file(self) -> Path:
        named = Path(self.environ.get("XDG_CONFIG_HOME", ""))
        folder = named if named.is_absolute() else self.home / ".config"
        return folder / "systemd" / "user" / f"{self.name}.service"

    def text(self, command: Sequence[str], folder: Path) -> bytes:
        lines = [
            "[Unit]",
            "Description=Tertulia",
            # Where the program was removed the unit rests, and does not fail twice a minute.
            f"ConditionFileIsExecutable={command[0].replace('%', '%%')}",
            "",
            "[Service]",
            "Type=exec",
            f"WorkingDirectory={str(folder).replace('%', '%%')}",
            f"ExecStart={' '.join(_for_systemd(word) for word in command)}",
            "Restart=on-failure",
            f"RestartSec={RESTART_SECONDS}",
            "NoNewPrivileges=yes",
            "",
            "[Install]",
            "WantedBy=default.target",
            "",
        ]
        return "\n".join(lines).encode()

    def starting(self) -> list[list[str]]:
        return [["systemctl", "--user", "daemon-reload"], ["systemctl", "--user", "enable", "--now", self.file.name]]

    def stopping(self) -> list[list[str]]:
        return [["systemctl", "--user", "disable", "--now", self.file.name], ["systemctl", "--user", "daemon-reload"]]

    def starting_again(self) -> list[list[str]]:
        return [["systemctl", "--user", "start", self.file.name]]

    def asking(self) -> list[str]:
        return ["systemctl", "--user", "--quiet", "is-active", self.file.name]


class Launchd(System):
    """A launch agent; launchd.plist(5), launchctl(1). Written from these, not run on a Mac."""

    @property
    def label(self) -> str:
        return f"app.{self.name}"

    @property
    def file(self) -> Path:
        return self.home / "Library" / "LaunchAgents" / f"{self.label}.plist"

    def text(self, command: Sequence[str], folder: Path) -> bytes:
        agent = {
            "Label": self.label,
            "ProgramArguments": list(command),
            "WorkingDirectory": str(folder),
            "RunAtLoad": True,
            "KeepAlive": {"SuccessfulExit": False},
            "ThrottleInterval": RESTART_SECONDS,
            "ProcessType": "Background",
        }
        return plistlib.dumps(agent)

    def starting(self) -> list[list[str]]:
        return [["launchctl", "bootstrap", self._domain, str(self.file)]]

    def stopping(self) -> list[list[str]]:
        return [["launchctl", "bootout", f"{self._domain}/{self.label}"]]

    def starting_again(self) -> list[list[str]]:
        return [["launchctl", "kickstart", f"{self._domain}/{self.label}"], *self.starting()]

    def asking(self) -> list[str]:
        return ["launchctl", "print", f"{self._domain}/{self.label}"]

    def runs(self, code: int, said: str) -> bool:
        """An agent that ended by itself is known to launchd still."""
        return not code and "state = running" in said

    @property
    def _domain(self) -> str:
        return f"gui/{getattr(os, 'getuid', lambda: 0)()}"


class TaskScheduler(System):
    """A task of the user's own; Task Scheduler schema 1.2, which schtasks reads as UTF-16. Written from Microsoft's documentation of
    schtasks and Get-ScheduledTask, not run on Windows.
    """

    @property
    def file(self) -> Path:
        local = self.environ.get("LOCALAPPDATA", "")
        return (Path(local) if local else self.home / "AppData" / "Local") / "tertulia" / f"{self.name}.xml"

    def text(self, command: Sequence[str], folder: Path) -> bytes:
        user = "\\".join(filter(None, (self.environ.get("USERDOMAIN", ""), self.environ.get("USERNAME", ""))))
        return TASK.format(
            user=escape(user),
            program=escape(_without_console(command[0])),
            arguments=escape(subprocess.list2cmdline(command[1:])),
            folder=escape(str(folder)),
        ).encode("utf-16")

    def starting(self) -> list[list[str]]:
        return [
            ["schtasks", "/Create", "/TN", self.name, "/XML", str(self.file), "/F"],
            ["schtasks", "/Run", "/TN", self.name],
        ]

    def stopping(self) -> list[list[str]]:
        return [["schtasks", "/End", "/TN", self.name], ["schtasks", "/Delete", "/TN", self.name, "/F"]]

    def starting_again(self) -> list[list[str]]:
        return [["schtasks", "/Run", "/TN", self.name]]

    def asking(self) -> list[str]:
        """`schtasks /Query` ends with 0 for any task and says its state in the system's language; the names of this enumeration are the
        same in each.
        """
        state = f"(Get-ScheduledTask -TaskName '{self.name}' -ErrorAction SilentlyContinue).State"
        return ["powershell", "-NoProfile", "-NonInteractive", "-Command", f"exit [int]({state} -ne 'Running')"]


TASK = """<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Tertulia</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Enabled>true</Enabled>
      <UserId>{user}</UserId>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>{user}</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>10</Count>
    </RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{folder}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


class LoginService:
    """Installs, removes and looks after the publishing service of one profile."""

    def __init__(
        self,
        profile: Path,
        has_vault: Callable[[], bool],
        *,
        simulated: bool = False,
        platform: str = sys.platform,
        home: Path | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        """`profile` is its folder; `has_vault`: its secrets lie in the vault, which opens with a passphrase alone; `simulated`: it is the
        sample shop, for which nobody works at night.
        """
        self._profile = profile
        self._simulated = simulated
        self._has_vault = has_vault
        kinds: dict[str, type[Systemd | Launchd | TaskScheduler]] = {"linux": Systemd, "darwin": Launchd, "win32": TaskScheduler}
        kind = kinds.get(platform)
        name = f"tertulia-publish-{zlib.crc32(os.fsencode(profile)):08x}"
        self._system = kind(home or Path.home(), os.environ if environ is None else environ, name) if kind is not None else None

    @property
    def command(self) -> list[str]:
        """What the system starts."""
        return [*program(), "--profile", str(self._profile), "publish"]

    async def install(self) -> Path:
        """Write the file, have the service started now and at each login. Raises `UserMistake` where that cannot be."""
        system = self._supported()
        if self._simulated:
            raise UserMistake(message("service.sample"))
        if self._has_vault():
            raise UserMistake(message("service.vault"))
        try:
            await asyncio.to_thread(_write, system.file, system.text(self.command, PROGRAM_FOLDER))
        except OSError as error:
            raise disk_trouble(error) from error
        for command in system.starting():
            code, said = await asyncio.to_thread(_run, command)
            if code:
                raise _refused(command, said)
        return system.file

    async def start(self) -> None:
        """Start what is installed and does not run. Raises `UserMistake` where the system does not."""
        refusals = []
        for command in self._supported().starting_again():
            code, said = await asyncio.to_thread(_run, command)
            if not code:
                return
            refusals.append(_refused(command, said))
        raise refusals[-1]

    async def remove(self) -> None:
        """Stop the service and forget it; nothing happens where there is none."""
        system = self._supported()
        commands = system.stopping()
        for number, command in enumerate(commands, start=1):
            if number == len(commands):
                try:
                    await asyncio.to_thread(system.file.unlink, missing_ok=True)
                except OSError as error:
                    raise disk_trouble(error) from error
            await asyncio.to_thread(_run, command)

    async def status(self) -> ServiceStatus:
        """Whether it is installed and runs."""
        system = self._system
        if system is None:
            return ServiceStatus(supported=False, installed=False, running=False, file=None)
        installed = await asyncio.to_thread(system.file.exists)
        running = installed and system.runs(*await asyncio.to_thread(_run, system.asking()))
        return ServiceStatus(supported=True, installed=installed, running=running, file=system.file if installed else None)

    def _supported(self) -> System:
        if self._system is None:
            raise UserMistake(message("service.not_here", platform=sys.platform))
        return self._system


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f"{file.name}.partial")
    partial.write_bytes(content)
    partial.replace(file)


def _run(command: Sequence[str]) -> tuple[int, str]:
    try:
        done = subprocess.run(  # noqa: S603  (the system's own tool, no text of others)
            command, capture_output=True, text=True, timeout=TOOL_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return 127, type(error).__name__
    return done.returncode, " ".join((done.stderr or done.stdout).split())


def _refused(command: Sequence[str], said: str) -> UserMistake:
    return UserMistake(message("service.refused", tool=command[0], said=said[:LONGEST_SAID]), technical=" ".join(command))


def _for_systemd(word: str) -> str:
    """Quoted: a percent sign or a dollar in a folder's name is no specifier and no variable."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return escaped if re.fullmatch(r"[\w@%+=:,./-]+", escaped) else f'"{escaped}"'


def _without_console(path: str) -> str:
    """Windows opens a black window for these; beside each stands one without."""
    return re.sub(r"[^\\/]+$", lambda found: WITHOUT_CONSOLE.get(found[0].lower(), found[0]), path)
