"""What goes into the frozen program and what stays out; the spec and the tests read it. Standard library only.

Modules that are imported by name, and not by a statement that can be followed, are found here by reading the program's own files.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from installer.identity import LANGUAGES, ROOT

APP = ROOT / "app"
IMPORTERS = ("import_module", "__import__")

BEHIND_NAMES = {
    # what only a name in a library's own file leads to
    "logging.config",  # Alembic's
    "keyring.backends.SecretService",
    "keyring.backends.macOS",
    "keyring.backends.Windows",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
    "keyring.backends.chainer",
    "keyring.backends.fail",
    "keyring.backends.null",
    "sqlalchemy.dialects.sqlite",
    "alembic.ddl.sqlite",
    "anyio._backends._asyncio",
}

UNUSED_PYTHON = (
    "tkinter", "unittest", "doctest", "pydoc", "pydoc_data", "pdb", "lib2to3", "curses", "readline", "turtledemo", "ensurepip", "venv",
    # found by following imports that only run where these are installed, as they are on a developer's computer
    "pytest", "_pytest", "babel", "IPython", "setuptools", "pip", "uvloop", "hypothesis", "mypy", "ast_serialize", "trio", "fastapi",
    "starlette", "uvicorn", "orjson", "rich", "yaml", "pysqlite2", "MySQLdb", "psycopg2", "click", "pygments", "pip_licenses", "gi", "dbus",
    # parts of libraries that this program has no use for
    "numpy.f2py", "numpy.testing", "numpy.distutils", "numpy.ctypeslib", "pydantic.v1", "pydantic.mypy", "pydantic._hypothesis_plugin",
    "pytz", "alembic.testing", "sqlalchemy.testing", "sqlalchemy.dialects.mysql", "sqlalchemy.dialects.oracle", "sqlalchemy.dialects.mssql",
    "sqlalchemy.ext.mypy", "PIL.ImageQt", "PIL.ImageTk", "PIL._imagingtk", "PIL._imagingcms", "PIL._imagingmath",
)  # fmt: skip

# Parts of Qt that no Widgets program loads, and styles that need libraries of a desktop we do not ship.
UNUSED_QT = (
    "Qt6Qml", "Qt6Quick", "Qt6VirtualKeyboard", "Qt6Pdf", "Qt6Sql", "Qt6Test", "Qt6Designer", "Qt6Help", "Qt6UiTools",
    "Qt6EglF", "qtvirtualkeyboard", "qgtk3", "sqldrivers", "libqpdf", "qmltooling", "eglfs", "qvnc", "qlinuxfb", "qminimal",
    "qvkkhrdisplay", "plugins/generic", "plugins/tls",
)  # fmt: skip

SHIPPED_LIBRARIES = (
    # Python's own, in the version it was tested with
    "libpython3", "libsqlite3.so", "libffi.so", "libexpat.so", "libbz2.so", "liblzma.so", "libuuid.so", "libhunspell",
    # small parts of X that desktops often lack; they build on libxcb's stable face alone
    "libxcb-cursor.so", "libxcb-icccm.so", "libxcb-image.so", "libxcb-keysyms.so", "libxcb-render-util.so", "libxcb-util.so",
)  # fmt: skip
"""Of the system's libraries only these go along. The others must be those of the computer that the program runs on: its graphics driver
needs its own libstdc++, its fonts its own fontconfig, its keyboards its own xkbcommon, and its OpenSSL is mended by its own updates."""


def app_modules() -> list[str]:
    """Every module of the program by its dotted name."""
    names = []
    for path in sorted(APP.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


def hidden_imports() -> list[str]:
    """What PyInstaller would not find by itself."""
    return sorted({*app_modules(), *named_modules(), *BEHIND_NAMES})


def named_modules() -> set[str]:
    """Modules of libraries whose names the program hands to an importer."""
    own = set(app_modules())
    return {name for path in sorted(APP.rglob("*.py")) for name in _named_in(path) if name not in own}


def unclear_imports() -> list[str]:
    """Places (file:line) that import a name which cannot be read from their file and does not begin with `app.`."""
    places = []
    for path in sorted(APP.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = _constants(tree)
        for call in _imports(tree):
            if not _values(call.args[0], known) and not _is_own(call.args[0]):
                places.append(f"{path.relative_to(ROOT).as_posix()}:{call.lineno}")
    return places


def is_wanted(name: str) -> bool:
    """Does a file of PyInstaller's list, by the name it gets, go along?"""
    path = name.replace("\\", "/")
    if any(part in path for part in UNUSED_QT):
        return False
    if "/translations/" in path and path.endswith(".qm"):
        return path.rsplit("_", 1)[-1].partition(".")[0] in LANGUAGES or "_zh_" in path
    if path.startswith("resources/translations/") and path.endswith(".po"):
        return False  # the compiled catalogues are what is read
    if path.startswith("holidays/locale/"):
        return path.split("/")[2].partition("_")[0] in LANGUAGES
    return "__pycache__" not in path and not path.startswith("resources/pictures/")


def is_shipped(name: str, source: str) -> bool:
    """Does a library go along, or must the system have its own? `source` is where it was found."""
    if not re.match(r"/(?:usr/)?lib(?:64|/[a-z0-9_]+-linux-gnu)?/[^/]+$", source):
        return True
    return Path(name).name.startswith(SHIPPED_LIBRARIES)


def _imports(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in IMPORTERS:
                yield node


def _named_in(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    if not any(name in text for name in IMPORTERS):
        return set()
    tree = ast.parse(text)
    known = _constants(tree)
    return {value for call in _imports(tree) for value in _values(call.args[0], known)}


def _constants(tree: ast.Module) -> dict[str, list[str]]:
    """Names of a module that stand for a text or several, and loops over such names."""
    known: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            texts = _texts(node.value) if node.value is not None else []
            known.update({target.id: texts for target in targets if isinstance(target, ast.Name) and texts})
    for node in ast.walk(tree):
        if isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            parts = [part.value if isinstance(part, ast.Starred) else part for part in getattr(node.iter, "elts", [node.iter])]
            texts = [text for part in parts for text in _values(part, known)]
            if texts:
                known[node.target.id] = texts
    return known


def _values(node: ast.expr, known: dict[str, list[str]]) -> list[str]:
    return known.get(node.id, []) if isinstance(node, ast.Name) else _texts(node)


def _texts(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.Tuple | ast.List):
        return [text for element in node.elts for text in _texts(element)]
    return []


def _is_own(node: ast.expr) -> bool:
    """An f-string that begins with the program's own package: all of its modules go along anyway."""
    first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else None
    return isinstance(first, ast.Constant) and str(first.value).startswith("app.")
