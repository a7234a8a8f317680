"""What goes into the frozen program: each module that the program asks for by name, and nothing that it needs is left out."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from installer import contents
from installer.identity import ROOT

SPEC = ROOT / "installer" / "tertulia.spec"

# Writes which modules the program's own files ask an importer for, while it paints a page and writes a calendar.
WATCH = """
import importlib, json, sys
asked, real = set(), importlib.import_module
def watching(name, package=None):
    if sys._getframe(1).f_globals.get("__name__", "").startswith("app."):
        asked.add(name)
    return real(name, package)
importlib.import_module = watching
from app.__main__ import main
folder = sys.argv[1]
for act in (["picture", "today", folder + "/today.png"], ["picture", "inbox", folder + "/inbox.png"], ["plan", "export", folder + "/plan.ics"]):
    assert main(["--profile", folder + "/profile", "--sample", *act]) == 0
    importlib.import_module = watching
json.dump(sorted(asked), open(folder + "/asked.json", "w"))
"""


def test_every_module_of_the_program_goes_along() -> None:
    named = set(contents.app_modules())
    assert {"app", "app.ui.inbox.page", "app.language.serving", "app.services.login_service"} <= named
    assert len(named) == len(list((ROOT / "app").rglob("*.py")))


def test_libraries_that_are_named_in_texts_go_along() -> None:
    assert {"icalendar", "holidays"} <= set(contents.hidden_imports())


def test_each_import_by_name_can_be_read_from_its_file() -> None:
    """Otherwise the frozen program may lack what it names: give the name as a constant, or let it begin with `app.`."""
    assert contents.unclear_imports() == []


def test_an_import_whose_name_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "app").mkdir()
    lines = [
        "from importlib import import_module",
        "LATER = 'known'",
        "NAMES = ('first', *LATER)",
        "import_module(LATER)",
        "for name in ('second', LATER):",
        "    import_module(name)",
        "import_module(f'app.{LATER}')",
        "def late(what):",
        "    import_module(what)",
    ]
    (tmp_path / "app" / "one.py").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setattr(contents, "ROOT", tmp_path)
    monkeypatch.setattr(contents, "APP", tmp_path / "app")
    assert contents.unclear_imports() == ["app/one.py:9"]
    assert contents.named_modules() == {"known", "second"}


def test_what_a_running_program_imports_by_name_is_among_what_goes_along(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", WATCH, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr
    asked = set(json.loads((tmp_path / "asked.json").read_text(encoding="utf-8")))
    assert "icalendar" in asked
    assert asked - set(contents.hidden_imports()) - set(sys.stdlib_module_names) == set()


def test_each_module_that_goes_along_unseen_exists() -> None:
    elsewhere = {"keyring.backends.Windows", "keyring.backends.macOS"}
    assert [name for name in contents.BEHIND_NAMES - elsewhere if importlib.util.find_spec(name) is None] == []


def test_nothing_that_the_program_imports_is_left_out() -> None:
    imported = {name for path in (ROOT / "app").rglob("*.py") for name in imports(path)}
    left_out = [name for name in imported if any(name == unused or name.startswith(f"{unused}.") for unused in contents.UNUSED_PYTHON)]
    assert left_out == []


@pytest.mark.parametrize(
    ("file", "wanted"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", False),
        ("PySide6/Qt/translations/qtbase_es.qm", True),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_de.qm", False),
        ("resources/translations/es/inbox.po", False),
        ("resources/translations/es/LC_MESSAGES/tertulia.mo", True),
        ("resources/dictionaries/ru.dic", True),
        ("holidays/locale/es/LC_MESSAGES/MX.mo", True),
        ("holidays/locale/en_US/LC_MESSAGES/MX.mo", True),
        ("holidays/locale/th/LC_MESSAGES/TH.mo", False),
        ("app/store/migrations/__pycache__/env.cpython-311.pyc", False),
    ],
)
def test_files_are_chosen_by_name(file: str, wanted: bool) -> None:
    assert contents.is_wanted(file) is wanted


@pytest.mark.parametrize(
    ("name", "source", "shipped"),
    [
        ("libsqlite3.so.0", "/lib/x86_64-linux-gnu/libsqlite3.so.0", True),
        ("libxcb-cursor.so.0", "/usr/lib64/libxcb-cursor.so.0", True),
        ("libstdc++.so.6", "/usr/lib/x86_64-linux-gnu/libstdc++.so.6", False),
        ("libfontconfig.so.1", "/usr/lib/x86_64-linux-gnu/libfontconfig.so.1", False),
        ("libpython3.12.so.1.0", "/opt/python/lib/libpython3.12.so.1.0", True),
        ("PySide6/Qt/lib/libQt6Core.so.6", "/home/x/.venv/lib/python3.12/site-packages/PySide6/Qt/lib/libQt6Core.so.6", True),
    ],
)
def test_graphics_fonts_and_encryption_stay_the_systems_own(name: str, source: str, shipped: bool) -> None:
    assert contents.is_shipped(name, source) is shipped


def test_the_spec_can_be_read_and_every_file_that_it_names_exists() -> None:
    tree = ast.parse(SPEC.read_text(encoding="utf-8"))
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "os.path.join"]
    paths = [[part.value for part in call.args[1:] if isinstance(part, ast.Constant)] for call in joined if ast.unparse(call.args[0]) == "ROOT"]
    assert ["resources"] in paths
    assert ["installer", "frozen.py"] in paths
    assert [path for path in paths if path[0] != "build" and not ROOT.joinpath(*path).exists()] == []


def test_the_spec_takes_names_and_contents_from_where_they_are_tested() -> None:
    text = SPEC.read_text(encoding="utf-8")
    for needed in ("contents.hidden_imports()", "contents.UNUSED_PYTHON", "contents.is_wanted", "contents.is_shipped", "identity.COMMAND", "identity.ID"):
        assert needed in text, needed


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found
