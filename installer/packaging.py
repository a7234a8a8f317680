"""Builds what a user installs on this platform, into dist/: the frozen program, its list of parts, and package and archive around them.

    python3 run.py package [folder | deb | archive | setup | dmg ...]     without a word: all that this platform can

The bytes depend on the sources, the pinned packages, this Python and this system alone; times come from SOURCE_DATE_EPOCH, or
from the last commit. `folder` is built anew each time; the others take the folder that is there when they are named alone.
"""

from __future__ import annotations

import ast
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from installer import archives, contents, icons, identity, licences, needed_libraries, sbom
from installer.archives import Entry
from installer.identity import ROOT

DIST, BUILD = ROOT / "dist", ROOT / "build"
FOLDER = DIST / identity.COMMAND
INSIDE = FOLDER / "_internal"
LINUX = ROOT / "installer" / "linux"
HOME = f"usr/lib/{identity.COMMAND}"
"""Where the package puts the folder."""

RECOMMENDED = (
    "gnome-keyring | kwalletmanager | keepassxc",
    "fonts-noto-core",
    "fonts-noto-cjk",
    "fonts-noto-color-emoji",
    "xdg-utils",
)
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
LICENCE_FOLDER = "licences"
KEEP_CODE = "import sys; from app.runtime.compiled import KeptCode\nwith KeptCode(sys.argv[1]): import PySide6.QtCore"


def main(arguments: list[str]) -> int:
    kinds = KINDS.get(sys.platform, {})
    unknown = [word for word in arguments if word not in kinds]
    if unknown:
        print(f"This platform builds: {', '.join(kinds)}; not {', '.join(unknown)}.", file=sys.stderr)
        return 2
    moment = source_moment()
    for word in arguments or kinds:
        if word != "folder" and not FOLDER.exists():
            build_folder(moment)
        for made in kinds[word](moment):
            tell(made)
    return 0


def source_moment() -> int:
    """Seconds since the epoch that every file in an archive carries."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    if told.isdigit():
        return int(told)
    asked = subprocess.run(["git", "-c", f"safe.directory={ROOT}", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(asked.stdout) if asked.returncode == 0 and asked.stdout.strip() else 0


# ---- the frozen program


def build_folder(moment: int) -> list[Path]:
    """Runs PyInstaller and finishes what it made."""
    icons_folder = BUILD / "icons"
    run([sys.executable, "-P", "-m", "installer.icons", str(icons_folder)])
    (BUILD / "version.txt").write_text(windows_version(), encoding="utf-8")
    command = [sys.executable, "-P", "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", "--distpath", str(DIST)]
    # Sets of names are walked by PyInstaller: with a fixed seed always in the same order.
    fixed = {"SOURCE_DATE_EPOCH": str(moment), "PYTHONHASHSEED": "0"}
    run([*command, "--workpath", str(BUILD), str(ROOT / "installer" / "tertulia.spec")], fixed)
    finish(moment)
    return [FOLDER]


def finish(moment: int) -> None:
    """What PyInstaller does not do: refuse what is missing or not pinned, keep code that would be compiled at each start, strip what bears it, gather
    licences, list the parts.
    """
    if missing := missing_modules(INSIDE):
        raise ValueError(f"{', '.join(missing)} did not go along: something that it imports is missing or left out (installer/contents.py)")
    if strangers := strange_packages(INSIDE, sbom.LOCK.read_text(encoding="utf-8")):
        raise ValueError(f"{', '.join(strangers)} went along and is not in requirements.lock: leave it out (installer/contents.py) or pin it")
    keep_code()
    if sys.platform.startswith("linux"):
        for path in needed_libraries.programs(INSIDE):
            strip(path)
    gather_licences()
    (INSIDE / "sbom.cdx.json").write_bytes(sbom.of_program(shipped_system_libraries(), moment))


def missing_modules(inside: Path) -> list[str]:
    """Modules of the program that the folder lacks: PyInstaller only murmurs of these."""
    places = {name: inside.joinpath(*name.split(".")) for name in contents.app_modules()}
    return [name for name, place in places.items() if not place.with_suffix(".pyc").exists() and not (place / "__init__.pyc").exists()]


def strange_packages(inside: Path, lock: str) -> list[str]:
    """Packages of the developer's environment that some library would take if it is there, and that nobody pinned for the user."""
    pinned = {re.sub(r"[-_.]+", "-", name).lower() for name in licences.shipped_packages(lock)}
    known = metadata.packages_distributions()
    found = set()
    for path in inside.iterdir():
        module = path.name.split(".")[0]
        owners = known.get(module, []) if module not in sys.stdlib_module_names and not path.name.endswith(".dist-info") else []
        if owners and not any(re.sub(r"[-_.]+", "-", owner).lower() in pinned for owner in owners):
            found.update(owners)
    return sorted(found)


def keep_code() -> None:
    """The frozen program writes nothing beside itself, so what app/ui/__init__.py would keep at its first start goes along."""
    name = f"pyside.{sys.implementation.cache_tag}-{sys.hexversion:x}.kept"
    target = INSIDE / "app" / "ui" / "__pycache__" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    run([sys.executable, "-P", "-c", KEEP_CODE, str(target)], {"PYTHONDONTWRITEBYTECODE": None})
    if not target.exists():
        raise RuntimeError(f"{target} was not made")


def strip(path: Path) -> None:
    """Takes out what only a debugger reads, where there is any: libraries without it were made by tools that strip breaks."""
    told = subprocess.run(["objdump", "-h", str(path)], capture_output=True, text=True, check=False)
    if ".debug_info" in told.stdout:
        run(["strip", "--strip-debug", str(path)])


def gather_licences() -> None:
    """Every licence text beside the program, one folder a part."""
    target = INSIDE / LICENCE_FOLDER
    for name in licences.installed_licences(licences.shipped_packages(sbom.LOCK.read_text(encoding="utf-8"))):
        for file, text in licences.texts(name):
            place = target / name / file
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
    for source in (*(ROOT / "resources").rglob("LICENSE*"), Path(sys.base_prefix) / "LICENSE.txt", *Path(sys.base_prefix, "lib").glob("python3.*/LICENSE.txt")):
        if source.is_file():
            place = target / ("Python" if source.is_relative_to(sys.base_prefix) and not source.is_relative_to(ROOT) else source.parent.name)
            place.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place / source.name)
    for name, path in shipped_system_libraries():
        owner, _ = sbom.debian_owner(path)
        said = Path("/usr/share/doc") / owner / "copyright"
        if owner and said.is_file():
            (target / owner).mkdir(parents=True, exist_ok=True)
            shutil.copyfile(said, target / owner / f"copyright-{name}.txt")


def shipped_system_libraries() -> list[tuple[str, Path]]:
    """(name, where it was found) of libraries in the folder that came from this system."""
    if not sys.platform.startswith("linux"):
        return []
    collected = next((BUILD / identity.COMMAND).glob("COLLECT-*.toc")).read_text(encoding="utf-8")
    entries = next(part for part in ast.literal_eval(collected) if isinstance(part, list))
    listed = [(Path(name), Path(source)) for name, source, kind, *_ in entries if kind == "BINARY"]
    return sorted((name.name, source) for name, source in listed if len(name.parts) == 1 and name.name.startswith(contents.SHIPPED_LIBRARIES))


def windows_version() -> str:
    """What Windows shows of tertulia.exe: PyInstaller's own notation."""
    numbers = tuple([*(int(part) for part in re.findall(r"\d+", identity.version())), 0, 0, 0][:4])
    texts = {
        "CompanyName": identity.AUTHORS,
        "FileDescription": identity.NAME,
        "FileVersion": identity.version(),
        "InternalName": identity.COMMAND,
        "LegalCopyright": f"{identity.AUTHORS}, MIT licence",
        "OriginalFilename": f"{identity.COMMAND}.exe",
        "ProductName": identity.NAME,
        "ProductVersion": identity.version(),
    }
    table = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in texts.items())
    fixed = f"FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0))"
    return f"VSVersionInfo(ffi={fixed}, kids=[StringFileInfo([StringTable('040904B0', [{table}])]), VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"


# ---- Linux


def build_deb(moment: int) -> list[Path]:
    architecture = ARCHITECTURES.get(platform.machine(), platform.machine())
    target = DIST / f"{identity.COMMAND}_{identity.version()}_{architecture}.deb"
    control = {
        "Package": identity.COMMAND,
        "Version": identity.version(),
        "Architecture": architecture,
        "Maintainer": identity.AUTHORS,
        "Section": "net",
        "Priority": "optional",
        "Depends": ", ".join(needed_libraries.debian_packages(needed_libraries.of_folder(FOLDER))),
        "Recommends": ", ".join(RECOMMENDED),
        "Suggests": "ffmpeg",
        "Description": f"{identity.SUMMARY}\n {description()}",
    }
    archives.write_deb(target, control, deb_entries(moment), moment)
    return [target]


def description() -> str:
    return (
        "For the one person who speaks for a shop on social networks: plans what\n goes out, answers what comes in and shows what it brought. "
        "Data stays on\n this computer, in one local file; secrets stay in its keyring."
    )


def deb_entries(moment: int) -> list[Entry]:
    """The files of the package by where they go."""
    share = "usr/share"
    entries = archives.of_folder(FOLDER, HOME)
    entries.append(Entry(f"usr/bin/{identity.COMMAND}", link=f"../lib/{identity.COMMAND}/{identity.COMMAND}"))
    entries.append(Entry(f"{share}/applications/{identity.ID}.desktop", source=LINUX / f"{identity.ID}.desktop"))
    entries.append(Entry(f"{share}/mime/packages/{identity.ID}.xml", source=LINUX / f"{identity.ID}.xml"))
    entries.append(Entry(f"{share}/metainfo/{identity.ID}.metainfo.xml", content=metainfo(moment)))
    entries.append(Entry("usr/lib/systemd/user/tertulia-publish.service", source=LINUX / "tertulia-publish.service"))
    entries.append(Entry(f"{share}/icons/hicolor/scalable/apps/{identity.ID}.svg", source=icons.DRAWING))
    entries += [Entry(f"{share}/icons/hicolor/{size}x{size}/apps/{identity.ID}.png", source=BUILD / "icons" / f"tertulia-{size}.png") for size in icons.SIZES]
    entries.append(Entry(f"{share}/doc/{identity.COMMAND}/copyright", content=copyright_text()))
    entries.append(Entry(f"{share}/doc/{identity.COMMAND}/changelog.md", source=ROOT / "CHANGELOG.md"))
    return entries


def metainfo(moment: int) -> bytes:
    text = (LINUX / f"{identity.ID}.metainfo.xml").read_text(encoding="utf-8")
    day = datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d")
    return text.replace("@VERSION@", identity.version()).replace("@DATE@", day).encode()


def copyright_text() -> bytes:
    """Debian's form, for the program; its parts are named with where their texts stand."""
    own = (ROOT / "LICENSE").read_text(encoding="utf-8")
    body = "\n".join(f" {line}" if line.strip() else " ." for line in own.splitlines())
    lines = [
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/",
        f"Upstream-Name: {identity.NAME}",
        "",
        "Files: *",
        f"Copyright: {identity.AUTHORS}",
        "License: Expat",
        body,
        "Comment:",
        f" The parts that go along have licences of their own: /{HOME}/_internal/{LICENCE_FOLDER}",
        f" The list of parts is /{HOME}/_internal/sbom.cdx.json",
    ]
    return ("\n".join(lines) + "\n").encode()


def build_archive(moment: int) -> list[Path]:
    """The portable folder: start script, program, licence."""
    name = f"{identity.COMMAND}-{identity.version()}-linux-{platform.machine()}"
    entries = archives.of_folder(FOLDER, f"{name}/program")
    entries.append(Entry(f"{name}/tertulia.sh", source=LINUX / "tertulia.sh", executable=True))
    entries.append(Entry(f"{name}/LICENSE", source=ROOT / "LICENSE"))
    target = DIST / f"{name}.tar.xz"
    archives.write_tar_xz(target, entries, moment)
    return [target]


# ---- Windows and macOS


def build_setup(_moment: int) -> list[Path]:
    """The Windows installer, by NSIS (makensis on PATH)."""
    script = ROOT / "installer" / "windows" / "tertulia.nsi"
    target = DIST / f"tertulia-{identity.version()}-setup.exe"
    run(["makensis", "-V2", "-NOCD", *nsis_values(FOLDER, BUILD / "icons" / "tertulia.ico", target), str(script)])
    return [target]


def nsis_values(folder: Path, icon: Path, target: Path) -> list[str]:
    """What the script is told from outside."""
    values = {"VERSION": identity.version(), "FOLDER": folder, "ICON": icon, "LICENSE": ROOT / "LICENSE", "TARGET": target}
    return [f"-D{name}={value}" for name, value in values.items()]


def build_dmg(_moment: int) -> list[Path]:
    target = DIST / f"{identity.NAME}-{identity.version()}.dmg"
    run(["sh", str(ROOT / "installer" / "macos" / "dmg.sh"), str(DIST / f"{identity.NAME}.app"), str(target), identity.NAME])
    return [target]


# ---- telling and running


def tell(made: Path) -> None:
    """Name, size and, of a file, its sum: what a page of downloads would say."""
    if made.is_dir():
        size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file() and not path.is_symlink())
        print(f"{made}  {size / 1e6:.1f} MB", flush=True)
        return
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    print(f"{made}  {made.stat().st_size / 1e6:.1f} MB  sha256 {digest}", flush=True)


def run(command: list[str], extra: dict[str, str | None] | None = None) -> None:
    """A tool, in the checkout; its failure ends the build."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for name, value in (extra or {}).items():
        if value is None:
            environment.pop(name, None)
        else:
            environment[name] = value
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


KINDS: dict[str, dict[str, Callable[[int], list[Path]]]] = {
    "linux": {"folder": build_folder, "deb": build_deb, "archive": build_archive},
    "win32": {"folder": build_folder, "setup": build_setup},
    "darwin": {"folder": build_folder, "dmg": build_dmg},
}

if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (subprocess.CalledProcessError, ValueError) as error:
        print(f"package: {error}", file=sys.stderr)
        sys.exit(1)
