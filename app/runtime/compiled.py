"""Keeps the code of modules that come as text and would be compiled anew at each start.

PySide is such a one: shiboken carries 17 modules as source inside its library and compiles them whenever it is imported, an eighth of
the time to the first frame. Python keeps the code of every module that has a file; this does the same for those that have none, in
the same folder, under the very text that was compiled. (PySide's own way, SBK_EMBED=0, writes into PySide's installation.)
"""

from __future__ import annotations

import builtins
import marshal
import os
import sys
from types import CodeType, TracebackType
from typing import Any

Known = dict[tuple[str, str], CodeType]
"""By file name and text."""


class KeptCode:
    """Within its `with`, `compile` looks among what `path` keeps before it compiles; what was new is kept at the end."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._known: Known = {}
        self._new = False
        self._compile: Any = None

    def __enter__(self) -> None:
        self._known = _read(self._path)
        self._compile = builtins.compile
        builtins.compile = self._look_up

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        builtins.compile = self._compile
        if self._new and not sys.dont_write_bytecode:
            _write(self._path, self._known)

    def _look_up(self, source: Any, filename: Any, mode: str, *args: Any, **values: Any) -> Any:
        text = source.decode() if isinstance(source, bytes) else source
        if mode != "exec" or args or values or not isinstance(text, str):
            return self._compile(source, filename, mode, *args, **values)
        key = (str(filename), text)
        if key not in self._known:
            self._known[key] = self._compile(source, filename, mode)
            self._new = True
        return self._known[key]


def beside(file: str, name: str) -> str:
    """Where the code is kept for a module with a file of its own: in the folder of its compiled code, for this Python alone."""
    folder = file.rpartition(os.sep)[0]  # pathlib is not imported yet
    return f"{folder}{os.sep}__pycache__{os.sep}{name}.{sys.implementation.cache_tag}-{sys.hexversion:x}.kept"


def _read(path: str) -> Known:
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            known: Known = marshal.load(file)  # noqa: S302  (as safe as the compiled modules beside it)
    except (OSError, EOFError, ValueError, TypeError):
        return {}
    return known


def _write(path: str, known: Known) -> None:
    """All or nothing: another start may read at this moment."""
    half = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103,PTH120
        with open(half, "wb") as file:  # noqa: PTH123
            marshal.dump(known, file)
        os.replace(half, path)  # noqa: PTH105
    except OSError:
        return  # an installation that cannot be written compiles each time
