"""Paints the pictures of the user's guide anew, in every language, and writes the guide as one HTML file a language to dist/guide/.

    python -m installer.guide           pictures into resources/guide/pictures/, then the HTML
    python -m installer.guide --html    the HTML alone, with the pictures that are there

The pictures are the program's own (`tertulia picture`), of the sample shop, in a profile that is thrown away. The HTML needs nothing
beside it and fetches nothing: pictures are inside.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from html import escape
from pathlib import Path

from PIL import Image

from app.commands.catalogue import LISTS
from app.commands.registry import Registry, collect
from app.language.guide_html import Dress, html, said
from app.language.guide_pages import (
    FALLBACK,
    FOLDER,
    PAGES,
    PICTURES,
    Picture,
    picture_file,
    place_of,
    read_page,
)
from app.runtime.words import Words
from app.ui.guide.filling import ProgramFilling
from installer.identity import LANGUAGES, ROOT

RESOURCES = ROOT / "resources"
TARGET = ROOT / "dist" / "guide"
SIZE = "1024x640"
QUALITY = 62
"""Of WebP: all pictures of five languages together stay below 3 MB, and small type can be read."""
STYLE = """
:root { color-scheme: light dark; }
body { margin: 0 auto; padding: 2rem 1.2rem 6rem; max-width: 46rem; font: 1rem/1.55 system-ui, sans-serif; background: Canvas;
  color: CanvasText; }
h1 { margin: 3.5rem 0 1rem; font-size: 1.7rem; line-height: 1.25; }
h2 { margin: 2.2rem 0 .6rem; font-size: 1.25rem; }
h3 { margin: 1.6rem 0 .4rem; font-size: 1.05rem; }
a { color: LinkText; }
img { display: block; max-width: 100%; height: auto; border: 1px solid GrayText; border-radius: 6px; margin: 1rem 0; }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid ButtonBorder; }
code, .key { font-family: ui-monospace, monospace; font-size: .88em; }
.key { border: 1px solid ButtonBorder; border-bottom-width: 2px; border-radius: 4px; white-space: nowrap; }
nav { margin: 1.5rem 0 3rem; }
nav li { margin: .2rem 0; }
@media print { h1 { break-before: page; } img, table { break-inside: avoid; } nav { break-after: page; } }
"""


def picture_names(resources: Path = RESOURCES) -> list[str]:
    """Those that the pages show, in their order."""
    found = [picture.name for name in PAGES for picture in read_page(resources, FALLBACK, name).pictures]
    return list(dict.fromkeys(found))


def page_of(picture: str) -> str:
    """What `tertulia picture` calls it: "settings-accounts" is the section "accounts" of Settings."""
    return picture.replace("-", ":", 1)


def paint(language: str, scratch: Path, resources: Path = RESOURCES) -> None:
    """All pictures of a language. Raises `CalledProcessError` where one cannot be painted."""
    target = resources / FOLDER / PICTURES / language
    target.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "HOME": str(scratch),
        "XDG_DATA_HOME": str(scratch),
        "XDG_CONFIG_HOME": str(scratch),
        "QT_QPA_PLATFORM": "offscreen",
    }
    for name in picture_names(resources):
        painted = scratch / f"{name}.png"
        command = [
            sys.executable,
            "-m",
            "app",
            "--profile",
            str(scratch / "guide"),
            "--sample",
            "picture",
            page_of(name),
            str(painted),
        ]
        options = ["--theme", "light", "--size", SIZE, "--language", language]
        subprocess.run([*command, *options], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        with Image.open(painted) as image:
            image.convert("RGB").save(target / f"{name}.webp", "WEBP", quality=QUALITY, method=6)
    wanted = {f"{name}.webp" for name in picture_names(resources)}
    for path in target.glob("*.webp"):
        if path.name not in wanted:
            path.unlink()


def document(language: str, registry: Registry, resources: Path = RESOURCES) -> str:
    """The whole guide of a language as one page for a browser."""
    words = Words(resources / "translations", language, "UTC")
    filling = ProgramFilling(words, registry, lambda name: registry[name].all_keys, apple=False)
    head = (words.text("guide.key"), words.text("guide.does"))
    pages = [(name, read_page(resources, language, name)) for name in PAGES]
    contents = "".join(f'<li><a href="#{name}">{escape(said(page.title, filling))}</a></li>' for name, page in pages)
    shown = partial(_embedded, resources, language)
    bodies = "\n".join(
        f'<section id="{name}">{html(page, filling, Dress(shown, _href, head, f"{name}-"))}</section>'
        for name, page in pages
    )
    title = escape(f"Tertulia · {words.text('guide.title')}")
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
        f"<style>{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
        f'<nav aria-label="{escape(words.text("guide.contents"))}"><ol>{contents}</ol></nav>\n{bodies}\n</body>\n</html>\n'
    )


def write(language: str, registry: Registry, target: Path = TARGET, resources: Path = RESOURCES) -> Path:
    """The file that was written."""
    target.mkdir(parents=True, exist_ok=True)
    path = target / f"tertulia-{language}.html"
    path.write_text(document(language, registry, resources), encoding="utf-8", newline="\n")
    return path


def _embedded(resources: Path, language: str, picture: Picture) -> str:
    path = picture_file(resources, language, picture.name)
    data = base64.b64encode(path.read_bytes()).decode("ascii")
    return f'<img src="data:image/webp;base64,{data}" alt="{escape(picture.alt)}">'


def _href(target: str) -> str:
    """Within the document, or to a place of the installed program; commands are the program's own matter."""
    if target.startswith("guide:"):
        name, anchor = place_of(target.removeprefix("guide:"))
        return f"#{name}-{anchor}" if anchor else f"#{name}"
    return target if target.startswith("tertulia:") else ""


def main(arguments: Sequence[str]) -> int:
    registry = collect(*LISTS)
    if "--html" not in arguments:
        with tempfile.TemporaryDirectory(prefix="tertulia-guide-") as scratch:
            for language in LANGUAGES:
                paint(language, Path(scratch))
                print(f"{language}: {len(picture_names())} pictures", flush=True)
    for language in LANGUAGES:
        print(write(language, registry))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
