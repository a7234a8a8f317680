"""What a report of a bug says: versions, where in the program it happened, what kind of error. Never what was in its hands.

An error's own words often hold what it stumbled over: a customer's message, an address, a name. So of each error only its kind is told, with
what is known to come from the system or from Python itself. Reports are files beside the log; nobody sends them but the user, by hand.
"""

from __future__ import annotations

import os
import platform
import re
import traceback
from datetime import datetime
from pathlib import Path

from app.runtime.errors import AppError
from app.runtime.log import redact

PREFIX = "crash-"
KEPT = 10
IDENTIFIER = re.compile(r"[A-Za-z_][\w.]{0,60}")
CODE_ERRORS = (
    AttributeError,
    NameError,
    ImportError,
    TypeError,
    IndexError,
    ZeroDivisionError,
    RecursionError,
    NotImplementedError,
)
"""Their words are Python's, about code: names of ours and of libraries."""
QUOTED = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*\"""")
PLAIN = re.compile(r"[\x20-\x7e]{1,200}")


def report(error: BaseException, version: str, qt: str = "") -> str:
    """The whole text, as it may be shown and sent."""
    head = f"Tertulia {version}, Python {platform.python_version()}, {f'Qt {qt}, ' if qt else ''}{platform.platform()}"
    return redact("\n".join([head, "", *_chain(error, set())]))


def write(folder: Path, text: str, now: datetime) -> Path | None:
    """Keep a report beside the log, the last ones alone; None where nothing can be written."""
    path = folder / f"{PREFIX}{now:%Y-%m-%dT%H-%M-%SZ}.txt"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
        for old in kept(folder)[KEPT:]:
            old.unlink()
    except OSError:
        return None
    return path


def kept(folder: Path) -> list[Path]:
    """The newest first."""
    return sorted(folder.glob(f"{PREFIX}*.txt"), reverse=True) if folder.is_dir() else []


def _chain(error: BaseException, seen: set[int]) -> list[str]:
    seen.add(id(error))
    lines = list[str]()
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        lines += [*_chain(before, seen), "", "and then:", ""]
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}")
        if frame.line:
            lines.append(f"    {frame.line}")  # of the program's own text, which is no secret
    lines.append(said(error))
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            if id(each) not in seen:
                lines += ["", *_chain(each, seen)]
    return lines


def said(error: BaseException) -> str:
    """The kind of an error, and of its words what cannot be a text of anybody."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    known = _known(error)
    return f"{kind}: {known}" if known else kind


def _known(error: BaseException) -> str:
    if isinstance(error, AppError):
        return error.message.id
    if isinstance(error, OSError):
        return f"[Errno {error.errno}] {os.strerror(error.errno)}" if error.errno else ""
    if hasattr(error, "sqlite_errorname"):
        return str(error.sqlite_errorname)
    if isinstance(error, UnicodeError):
        return str(getattr(error, "encoding", ""))
    if isinstance(error, KeyError):
        key = str(error.args[0]) if error.args else ""
        return key if IDENTIFIER.fullmatch(key) else ""
    if type(error) in CODE_ERRORS and not _is_raised_by_hand(error):
        words = QUOTED.sub(lambda found: found[0] if IDENTIFIER.fullmatch(found[0][1:-1]) else "<text>", str(error))
        return words if PLAIN.fullmatch(words) else ""
    return ""


def _is_raised_by_hand(error: BaseException) -> bool:
    """By a line of code, which may have put anything into its words, not by Python itself."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and (frames[-1].line or "raise").startswith("raise")


def _short(filename: str) -> str:
    """From the package on: what stands before it names the user."""
    parts = Path(filename).parts
    for name in ("app", "site-packages", "lib"):
        if name in parts:
            place = len(parts) - 1 - parts[::-1].index(name)
            return "/".join(parts[place:])
    return parts[-1] if parts else filename
