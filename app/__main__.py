"""The `tertulia` command: reads the command line, then opens the window or runs one act without it."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from app.runtime.start import SUGGEST_WORDS, UNDERSTAND, Options, has_display, reached

ADDRESS, FILE_ADDRESS, FILES = "tertulia:", "file:", (".tertulia-backup", ".tertulia-playbook")
"""What may stand alone on the command line and opens the window: see commands/addresses.py."""


def main(arguments: list[str] | None = None) -> int:
    """Answers the exit code: 0 done, 1 an error told in one sentence, 2 a mistake of usage."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments == [UNDERSTAND]:
        return understand()
    if arguments == [SUGGEST_WORDS]:
        return suggest_words()
    options = window_options(arguments)
    if options is None:
        from app.headless import run  # noqa: PLC0415  (the window does not need it)

        return run(arguments)
    if not has_display():
        from app.window import tell_that_no_display  # noqa: PLC0415  (the words are not for the first frame)

        return tell_that_no_display(options)
    # What is imported stays: looking through it for garbage, again and again, takes a tenth of the time to the first page.
    # `Program` lets it be collected when the page is there.
    gc.disable()
    from app.ui import first_frame  # noqa: PLC0415  (Qt is not for the command line)

    start = first_frame.begin(options, arguments)
    if start is None:
        return 0
    reached("first_frame")
    from app.runtime.quick_enums import quick_enums  # noqa: PLC0415  (not for the first frame)

    with quick_enums():  # importing the list names Qt's namespace
        from app.early import open_early  # noqa: PLC0415  (profile and list, once something is on the screen)

    start.frame.answer_once()
    if closed(start.frame):
        return 0
    early = open_early(options, start)
    start.frame.answer_during(lambda: import_module("app.window"))
    if closed(start.frame):
        return 0
    from app.window import open_window  # noqa: PLC0415  (everything else)

    return open_window(options, start, early)


def understand() -> int:
    """The process that suggests answers: it needs nothing of the program but its matching of texts."""
    from app.language.serving import serve  # noqa: PLC0415  (the encoder is for this process alone)
    from app.runtime.paths import resources  # noqa: PLC0415  (not before the first frame)

    return serve(resources() / "language" / "chatter.json", sys.stdin, sys.stdout)


def suggest_words() -> int:
    """What a misspelt word may mean: asked and answered in one line of JSON."""
    from app.language.spelling import answer  # noqa: PLC0415  (Hunspell is for this process)
    from app.runtime.paths import resources  # noqa: PLC0415  (not before the first frame)

    return answer(resources() / "dictionaries", sys.stdin.buffer, sys.stdout.buffer)


def closed(frame: Any) -> bool:
    """Whether the user closed the window while it was not whole yet."""
    return bool(frame.wants_to_close)


def window_options(arguments: list[str]) -> Options | None:
    """The options of a start with a window; None when there is anything else. By hand: argparse would cost the first frame 10 ms."""
    values: dict[str, str] = {}
    sample, hidden, target = False, False, ""
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        name, equals, value = word.partition("=")
        if word == "--sample":
            sample = True
        elif word == "--hidden":
            hidden = True
        elif not target and (word.startswith(ADDRESS) or word.endswith(FILES)):
            target = target_of(word)
        elif name in ("--profile", "--language", "--page") and (equals or rest):
            values[name] = value if equals else rest.pop(0)
        else:
            return None
    profile = Path(values["--profile"]) if "--profile" in values else None
    return Options(profile, sample, values.get("--language", ""), values.get("--page", ""), target, hidden)


def target_of(word: str) -> str:
    """What another process, started elsewhere, can find too: links as they are, files by their whole path. Desktops that hand over
    addresses (`%u`) give `file:` for a file.
    """
    if word.startswith(ADDRESS):
        return word
    if word.startswith(FILE_ADDRESS):
        from urllib.parse import unquote, urlsplit  # noqa: PLC0415  (not for other starts)

        path = unquote(urlsplit(word).path)
        word = path.lstrip("/") if os.name == "nt" else path  # file:///C:/...
    return os.path.abspath(word)  # noqa: PTH100  (as text: nothing else is needed of it)


if __name__ == "__main__":
    sys.exit(main())
