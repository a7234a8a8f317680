"""What systems are told about the program: desktop entry, metainfo, kinds of files, service, and the installers of Windows and macOS.

Each has its own spelling of the same names; here they are compared with installer/identity.py, wherever the tests run.
"""

from __future__ import annotations

import configparser
import plistlib
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from app.version import VERSION
from installer import identity, packaging
from installer.identity import ROOT

LINUX, WINDOWS, MACOS = (ROOT / "installer" / name for name in ("linux", "windows", "macos"))
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MOMENT = 1_700_000_000
"""14 November 2023"""


@pytest.fixture
def entry() -> configparser.ConfigParser:
    read = configparser.ConfigParser(interpolation=None, strict=True)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(LINUX / f"{identity.ID}.desktop", encoding="utf-8")
    return read


def test_the_version_is_told_alike_everywhere() -> None:
    assert identity.version() == VERSION
    assert tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"] == VERSION
    assert repr(VERSION) in packaging.windows_version()


def test_the_desktop_entry_starts_the_command_and_takes_our_links_and_files(entry: configparser.ConfigParser) -> None:
    main = entry["Desktop Entry"]
    assert shlex.split(main["Exec"])[0] == main["TryExec"] == identity.COMMAND
    assert shlex.split(main["Exec"])[1:] == ["%u"], "one link or file a start"
    assert main["Icon"] == identity.ID
    assert main["Name"] == identity.NAME
    assert main["Comment"] == identity.SUMMARY
    taken = [f"x-scheme-handler/{identity.SCHEME}", *(kind.mime for kind in identity.FILE_KINDS)]
    assert main["MimeType"].rstrip(";").split(";") == taken
    for action in main["Actions"].rstrip(";").split(";"):
        assert shlex.split(entry[f"Desktop Action {action}"]["Exec"])[0] == identity.COMMAND


def test_the_desktop_entry_speaks_every_language(entry: configparser.ConfigParser) -> None:
    others = {"zh_CN" if language == "zh" else language for language in identity.LANGUAGES} - {"en"}
    for section, name in (("Desktop Entry", "GenericName"), ("Desktop Entry", "Comment"), ("Desktop Action sample", "Name")):
        spoken = {found[1] for key in entry[section] if (found := re.fullmatch(rf"{name}\[(\w+)\]", key))}
        assert spoken == others, f"{section} {name}"


def test_the_window_says_the_name_that_the_desktop_entry_waits_for(entry: configparser.ConfigParser) -> None:
    assert entry["Desktop Entry"]["StartupWMClass"] == identity.COMMAND


def test_kinds_of_files_are_known_by_ending_and_content() -> None:
    kinds = {node.get("type"): node for node in ET.parse(LINUX / f"{identity.ID}.xml").getroot()}
    assert list(kinds) == [kind.mime for kind in identity.FILE_KINDS]
    for kind in identity.FILE_KINDS:
        node = kinds[kind.mime]
        assert [glob.get("pattern") for glob in node.iter(f"{MIME}glob")] == [f"*{kind.ending}"]
        assert next(comment.text for comment in node.iter(f"{MIME}comment") if comment.get(LANG) is None) == kind.comment
        assert len({comment.get(LANG) for comment in node.iter(f"{MIME}comment")}) == len(identity.LANGUAGES)
        matches = [(match.get("offset"), match.get("value")) for match in node.iter(f"{MIME}match")]
        assert matches == ([(str(kind.offset), kind.magic.decode())] if kind.magic else [])


def test_the_metainfo_names_this_version_its_day_and_the_desktop_entry() -> None:
    root = ET.fromstring(packaging.metainfo(MOMENT))
    assert root.findtext("id") == identity.ID
    assert root.findtext("name") == identity.NAME
    assert root.findtext("summary") == identity.SUMMARY
    assert root.findtext("launchable") == f"{identity.ID}.desktop"
    assert root.findtext("project_license") == "MIT"
    assert [(release.get("version"), release.get("date")) for release in root.iter("release")] == [(VERSION, "2023-11-14")]
    assert {node.text for node in root.iter("mediatype")} == {kind.mime for kind in identity.FILE_KINDS}
    assert root.findtext("provides/binary") == identity.COMMAND


def test_the_service_starts_the_program_where_the_package_puts_it() -> None:
    unit = configparser.ConfigParser(interpolation=None, strict=True)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(LINUX / "tertulia-publish.service", encoding="utf-8")
    assert unit["Service"]["ExecStart"] == f"/{packaging.HOME}/{identity.COMMAND} publish"
    assert unit["Install"]["WantedBy"] == "default.target"


@pytest.mark.parametrize("script", [LINUX / "tertulia.sh", MACOS / "dmg.sh"], ids=lambda path: path.name)
def test_the_shell_reads_its_scripts(script: Path) -> None:
    if shutil.which("sh") is None:
        pytest.skip("no POSIX shell here")
    read = subprocess.run(["sh", "-n", str(script)], capture_output=True, text=True, check=False)
    assert (read.returncode, read.stderr) == (0, "")


def test_the_windows_script_says_the_same_names() -> None:
    text = (WINDOWS / "tertulia.nsi").read_text(encoding="utf-8")
    told = dict(re.findall(r'^!define (\w+) "([^"]*)"', text, flags=re.MULTILINE))
    same = {
        "NAME": identity.NAME,
        "ID": identity.ID,
        "COMMAND": f"{identity.COMMAND}.exe",
        "WINDOW": "Tertulia window.exe",
        "SCHEME": identity.SCHEME,
        "BACKUP_ENDING": identity.BACKUP.ending,
        "BACKUP_MIME": identity.BACKUP.mime,
        "PLAYBOOK_ENDING": identity.PLAYBOOK.ending,
        "PLAYBOOK_MIME": identity.PLAYBOOK.mime,
    }
    assert {name: told[name] for name in same} == same
    assert f'"{identity.AUTHORS}"' in text
    spec = (ROOT / "installer" / "tertulia.spec").read_text(encoding="utf-8")
    assert f'name="{told["WINDOW"].removesuffix(".exe")}"' in spec
    languages = re.findall(r'MUI_LANGUAGE "(\w+)"', text)
    assert len(languages) == len(identity.LANGUAGES)


def test_the_windows_script_is_told_all_that_it_asks_for() -> None:
    text = (WINDOWS / "tertulia.nsi").read_text(encoding="utf-8")
    defined = set(re.findall(r"^!define (\w+)", text, flags=re.MULTILINE)) | {"GetSize"}
    macros = set(re.findall(r"^!macro \w+ (.+)$", text, flags=re.MULTILINE))
    asked = set(re.findall(r"\$\{(\w+)\}", text)) - defined - {word for line in macros for word in line.split()}
    given = {value[2:].partition("=")[0] for value in packaging.nsis_values(Path("folder"), Path("icon"), Path("target"))}
    assert asked == given
    assert (ROOT / "LICENSE").exists()


def test_what_the_windows_script_writes_it_takes_away_again() -> None:
    text = (WINDOWS / "tertulia.nsi").read_text(encoding="utf-8")
    install, _, uninstall = text.partition('Section "Uninstall"')
    keys = set(re.findall(r'WriteReg\w+ HKCU "([^"]+)"', install))
    deleted = re.findall(r'DeleteRegKey HKCU "([^"]+)"', text)
    assert [key for key in keys if not any(key == gone or key.startswith(f"{gone}\\") for gone in deleted)] == []
    assert install.count("insertmacro OpenWith") == uninstall.count("insertmacro OpenNoMore") == len(identity.FILE_KINDS)


def test_the_mac_is_told_the_same_links_and_kinds_of_files() -> None:
    spec = (ROOT / "installer" / "tertulia.spec").read_text(encoding="utf-8")
    for needed in ("identity.SCHEME", "identity.FILE_KINDS", "identity.version()", "CFBundleURLTypes", "UTExportedTypeDeclarations"):
        assert needed in spec, needed
    rights = plistlib.loads((MACOS / "entitlements.plist").read_bytes())
    assert set(rights) == {"com.apple.security.cs.allow-unsigned-executable-memory", "com.apple.security.cs.disable-library-validation"}


@pytest.mark.system
def test_the_tools_of_the_desktop_accept_entry_and_metainfo(tmp_path: Path) -> None:
    from tests.system.parts import need

    subprocess.run([need("desktop-file-validate", "desktop-file-utils"), str(LINUX / f"{identity.ID}.desktop")], check=True)
    (tmp_path / f"{identity.ID}.metainfo.xml").write_bytes(packaging.metainfo(MOMENT))
    subprocess.run([need("appstreamcli", "appstream"), "validate", "--no-net", str(tmp_path / f"{identity.ID}.metainfo.xml")], check=True)
    (tmp_path / "mime" / "packages").mkdir(parents=True)
    shutil.copy(LINUX / f"{identity.ID}.xml", tmp_path / "mime" / "packages")
    subprocess.run([need("update-mime-database", "shared-mime-info"), str(tmp_path / "mime")], check=True, capture_output=True)
    assert all((tmp_path / "mime" / f"{kind.mime}.xml").exists() for kind in identity.FILE_KINDS)


@pytest.mark.system
def test_the_windows_script_compiles(tmp_path: Path) -> None:
    from tests.system.parts import need

    folder = tmp_path / "folder"
    (folder / "_internal").mkdir(parents=True)
    for name in ("tertulia.exe", "Tertulia window.exe", "_internal/data"):
        (folder / name).write_bytes(b"MZ")
    icons = tmp_path / "icons"
    packaging.run([packaging.sys.executable, "-P", "-m", "installer.icons", str(icons)])
    target = tmp_path / f"tertulia-{VERSION}-setup.exe"
    subprocess.run([need("makensis", "nsis"), "-V2", "-NOCD", "-WX", *packaging.nsis_values(folder, icons / "tertulia.ico", target), str(WINDOWS / "tertulia.nsi")], check=True)
    assert target.read_bytes().startswith(b"MZ")
