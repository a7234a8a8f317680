"""The publishing service is installed by the system's own means: the file each system gets, letter by letter, and what its tool is asked."""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from app.runtime.errors import UserMistake
from app.services import login_service
from app.services.login_service import Launchd, LoginService, Systemd, TaskScheduler

COMMAND = ["/opt/Tertulia 1/tertulia", "--profile", "/home/ana/100 % $mía", "publish"]
NAME = "tertulia-publish-0badcafe"
GOLDEN_UNIT = r"""[Unit]
Description=Tertulia

[Service]
Type=exec
WorkingDirectory=/opt/Tertulia 1
ExecStart="/opt/Tertulia 1/tertulia" --profile "/home/ana/100 %% $$mía" publish
Restart=on-failure
RestartSec=30
NoNewPrivileges=yes

[Install]
WantedBy=default.target
"""


def no_vault() -> bool:
    return False


class Tools:
    """Stands for systemctl, launchctl and schtasks."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[list[str]] = []
        self.code = 0
        self.said = ""
        monkeypatch.setattr(login_service, "_run", self._run)

    def _run(self, command: list[str]) -> tuple[int, str]:
        self.asked.append(list(command))
        return self.code, self.said


@pytest.fixture
def tools(monkeypatch: pytest.MonkeyPatch) -> Tools:
    return Tools(monkeypatch)


def test_the_unit_is_what_systemd_reads(tmp_path: Path) -> None:
    unit = Systemd(tmp_path, {}, NAME)
    assert unit.text(COMMAND, Path("/opt/Tertulia 1")).decode() == GOLDEN_UNIT
    assert unit.file == tmp_path / ".config/systemd/user" / f"{NAME}.service"
    assert Systemd(tmp_path, {"XDG_CONFIG_HOME": "/elsewhere"}, NAME).file.parent == Path("/elsewhere/systemd/user")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here to ask")
def test_systemd_itself_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    file = tmp_path / f"{NAME}.service"
    file.write_bytes(Systemd(tmp_path, {}, NAME).text([sys.executable, "-m", "app", "--profile", "/home/ana/100 % $mía", "publish"], tmp_path))
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", "--man=no", str(file)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_agent_is_what_launchd_reads(tmp_path: Path) -> None:
    agent = Launchd(tmp_path, {}, NAME)
    assert plistlib.loads(agent.text(COMMAND, Path("/opt"))) == {
        "Label": f"app.{NAME}",
        "ProgramArguments": COMMAND,
        "WorkingDirectory": "/opt",
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ThrottleInterval": 30,
        "ProcessType": "Background",
    }
    assert agent.file == tmp_path / "Library/LaunchAgents" / f"app.{NAME}.plist"


def test_the_task_is_what_the_task_scheduler_reads(tmp_path: Path) -> None:
    task = TaskScheduler(tmp_path, {"USERDOMAIN": "AURORA", "USERNAME": "ana & co"}, NAME)
    command = ["C:\\Program Files\\Python\\python.exe", "-m", "app", "--profile", "C:\\Ana's <shop>", "publish"]
    content = task.text(command, Path("C:/Tertulia"))
    assert content.startswith(b"\xff\xfe")
    text = content.decode("utf-16")
    root = ET.fromstring(text.partition("?>")[2])
    found = {element.tag.rpartition("}")[2]: element.text for element in root.iter()}
    assert found["UserId"] == "AURORA\\ana & co"
    assert found["Command"] == "C:\\Program Files\\Python\\pythonw.exe"  # no black window
    assert found["Arguments"] == '-m app --profile "C:\\Ana\'s <shop>" publish'
    assert (found["LogonType"], found["RunLevel"], found["ExecutionTimeLimit"]) == ("InteractiveToken", "LeastPrivilege", "PT0S")


@pytest.mark.parametrize(
    ("platform", "first", "last"),
    [
        ("linux", ["systemctl", "--user", "daemon-reload"], ["systemctl", "--user", "daemon-reload"]),
        ("darwin", ["launchctl", "bootstrap"], ["launchctl", "bootout"]),
        ("win32", ["schtasks", "/Create"], ["schtasks", "/Delete"]),
    ],
)
async def test_installed_asked_and_removed(tmp_path: Path, tools: Tools, platform: str, first: list[str], last: list[str]) -> None:
    service = LoginService(tmp_path / "profile", no_vault, platform=platform, home=tmp_path, environ={})
    assert not (await service.status()).installed
    file = await service.install()
    assert file.is_file()
    assert tools.asked[0][: len(first)] == first
    status = await service.status()
    assert (status.supported, status.installed, status.running, status.file) == (True, True, True, file)
    tools.code = 3
    assert not (await service.status()).running
    await service.remove()
    assert not file.exists()
    assert tools.asked[-1][: len(last)] == last
    await service.remove()  # there is none any more


async def test_two_profiles_have_two_services(tmp_path: Path, tools: Tools) -> None:
    services = [LoginService(tmp_path / name, no_vault, platform="linux", home=tmp_path, environ={}) for name in ("one", "two")]
    files = [await service.install() for service in services]
    assert files[0] != files[1]
    assert b"one" in files[0].read_bytes()


async def test_a_tool_that_refuses_is_quoted(tmp_path: Path, tools: Tools) -> None:
    tools.code, tools.said = 1, "Failed to connect to bus"
    with pytest.raises(UserMistake) as caught:
        await LoginService(tmp_path, no_vault, platform="linux", home=tmp_path, environ={}).install()
    assert caught.value.message.values == {"tool": "systemctl", "said": "Failed to connect to bus"}


async def test_a_vault_opens_for_nobody_at_login(tmp_path: Path, tools: Tools) -> None:
    service = LoginService(tmp_path, lambda: True, platform="linux", home=tmp_path, environ={})
    with pytest.raises(UserMistake) as caught:
        await service.install()
    assert caught.value.message.id == "service.vault"
    assert tools.asked == []


async def test_a_system_without_such_a_place_says_so(tmp_path: Path, tools: Tools) -> None:
    service = LoginService(tmp_path, no_vault, platform="sunos5", home=tmp_path, environ={})
    assert not (await service.status()).supported
    with pytest.raises(UserMistake):
        await service.install()


def test_a_tool_that_is_not_there_is_an_answer_too() -> None:
    code, said = login_service._run(["tertulia-has-no-such-tool"])
    assert (code, said) == (127, "FileNotFoundError")
