"""The publishing service is installed by the system's own means: the file each system gets, letter by letter, and what its tool is asked."""

from __future__ import annotations

import plistlib
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
ConditionFileIsExecutable=/opt/Tertulia 1/tertulia

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


def test_the_installed_program_starts_without_a_black_window(tmp_path: Path) -> None:
    task = TaskScheduler(tmp_path, {}, NAME)
    content = task.text(["C:\\Programs\\Tertulia\\tertulia.exe", "publish"], Path("C:/Tertulia")).decode("utf-16")
    assert "<Command>C:\\Programs\\Tertulia\\Tertulia window.exe</Command>" in content


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
    tools.said = "com.example = {\n\tstate = running\n}"
    status = await service.status()
    assert (status.supported, status.installed, status.running, status.file) == (True, True, True, file)
    tools.code = 3
    assert not (await service.status()).running
    await service.remove()
    assert not file.exists()
    assert tools.asked[-1][: len(last)] == last
    await service.remove()  # there is none any more


async def test_an_agent_that_ended_is_known_to_launchd_and_does_not_run(tmp_path: Path, tools: Tools) -> None:
    service = LoginService(tmp_path / "profile", no_vault, platform="darwin", home=tmp_path, environ={})
    await service.install()
    tools.said = "state = not running"
    status = await service.status()
    assert (status.installed, status.running) == (True, False)


async def test_windows_is_asked_for_the_state_in_no_language(tmp_path: Path, tools: Tools) -> None:
    service = LoginService(tmp_path / "profile", no_vault, platform="win32", home=tmp_path, environ={})
    await service.install()
    await service.status()
    assert tools.asked[-1][0] == "powershell"
    assert tools.asked[-1][-1].endswith(".State -ne 'Running')")


@pytest.mark.parametrize(
    ("platform", "asked"),
    [
        ("linux", [["systemctl", "--user", "start"]]),
        ("darwin", [["launchctl", "kickstart"], ["launchctl", "bootstrap"]]),
        ("win32", [["schtasks", "/Run"]]),
    ],
)
async def test_one_that_stopped_is_started_by_the_first_way_that_does(
    tmp_path: Path, tools: Tools, platform: str, asked: list[list[str]]
) -> None:
    service = LoginService(tmp_path / "profile", no_vault, platform=platform, home=tmp_path, environ={})
    await service.start()
    assert [command[: len(asked[0])] for command in tools.asked] == asked[:1]
    tools.asked.clear()
    tools.code, tools.said = 5, "no such process"
    with pytest.raises(UserMistake) as caught:
        await service.start()
    assert caught.value.message.values["said"] == "no such process"
    assert [command[: len(way)] for command, way in zip(tools.asked, asked, strict=True)] == asked


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
