"""Merges the .po files of each language into its tertulia.mo, and refuses catalogues that would show gaps to the user.

    python installer/compile_words.py [--check] [FOLDER]

FOLDER holds one folder a language, with one .po file an area; default: resources/translations of this checkout. With --check nothing
is written and the exit code is 1 if a .mo is stale. Faults of the catalogues are listed on stderr, exit code 1. The bytes depend on
the .po files alone.
"""

from __future__ import annotations

import io
import os
import re
import string
import sys
from collections import Counter
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

DEFAULT_FOLDER = Path(__file__).resolve().parents[1] / "resources" / "translations"
ENGLISH = "en"
COMPLETE = ("en", "es", "fr", "ru", "zh")
"""Languages that must have every id; one that is begun may lack some, which then show in English."""

REGIONAL = re.compile(r"^format\..+\.[A-Z]{2}$")
"""Forms of one country ("format.day.US"): each language has its own."""


class MergedCatalog(Catalog):
    """A catalogue whose header says only what gettext needs, so that no date or tool version gets into the bytes."""

    plural_header = ""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_header),
        ]


def merge(folder: Path, language: str, faults: list[str]) -> MergedCatalog:
    """All areas of a language in one catalogue; what is wrong within the language is added to `faults`."""
    merged = MergedCatalog(locale=language, fuzzy=False)
    origin: dict[str, str] = {}
    for path in sorted((folder / language).glob("*.po")):
        place = f"{language}/{path.name}"
        content = path.read_bytes()
        for twice, times in Counter(re.findall(rb'^msgid "(.+)"\s*$', content, re.MULTILINE)).items():
            if times > 1:
                faults.append(f"{place}: {twice.decode()} stands there {times} times")
        try:
            catalog = read_po(io.BytesIO(content), locale=language, abort_invalid=True)
        except (PoFileError, ValueError) as error:
            faults.append(f"{place}: {error}")
            continue
        forms = catalog.plural_forms
        if merged.plural_header and merged.plural_header != forms:
            faults.append(f"{place}: its Plural-Forms differ from those of the other files")
        merged.plural_header = forms
        for entry in catalog:
            if not entry.id:
                continue
            name = id_of(entry)
            if name in origin:
                faults.append(f"{place}: {name} stands in {origin[name]} too")
                continue
            origin[name] = place
            faults.extend(f"{place}: {name}: {fault}" for fault in faults_of(entry, catalog.num_plurals))
            merged.add(entry.id, entry.string)
    return merged


def id_of(entry: Message) -> str:
    return str(entry.id if isinstance(entry.id, str) else entry.id[0])


def texts_of(entry: Message) -> list[str]:
    return [entry.string] if isinstance(entry.string, str) else [text or "" for text in entry.string]


def faults_of(entry: Message, plural_forms: int) -> list[str]:
    faults = []
    if entry.fuzzy:
        faults.append("is marked fuzzy")
    if not isinstance(entry.id, str):
        if entry.id[0] != entry.id[1]:
            faults.append("msgid_plural must be the id again")
        if len(texts_of(entry)) != plural_forms or not all(texts_of(entry)):
            faults.append(f"needs {plural_forms} plural forms")
    elif not entry.string:
        faults.append("has no text")
    for text in texts_of(entry):
        try:
            list(string.Formatter().parse(text))
        except ValueError as error:
            faults.append(f"{error} in {text!r}")
    return faults


def placeholders(entry: Message) -> set[str]:
    names: set[str] = set()
    for text in texts_of(entry):
        try:
            names |= {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        except ValueError:
            continue  # already a fault
    return names


def compare(language: str, merged: Catalog, english: Catalog) -> list[str]:
    """What a language lacks, or has too much, beside English."""
    theirs = {id_of(entry): entry for entry in merged if entry.id}
    ours = {id_of(entry): entry for entry in english if entry.id}
    faults = []
    for name, entry in sorted(theirs.items()):
        if name not in ours:
            if not REGIONAL.match(name):
                faults.append(f"{language}: {name} is not in English")
        elif isinstance(entry.id, str) != isinstance(ours[name].id, str):
            faults.append(f"{language}: {name} has plural forms in one language and none in the other")
        elif not name.startswith("format.") and placeholders(entry) != placeholders(ours[name]):
            wanted = ", ".join(sorted(placeholders(ours[name]))) or "none"
            faults.append(f"{language}: {name}: its placeholders must be: {wanted}")
    if language in COMPLETE:
        faults += [
            f"{language}: {name} is missing" for name in sorted(ours.keys() - theirs.keys()) if not REGIONAL.match(name)
        ]
    return faults


def compiled(folder: Path) -> tuple[dict[Path, bytes], list[str]]:
    """The bytes of each .mo by path, and the faults found."""
    faults: list[str] = []
    languages = sorted({path.parent.name for path in folder.glob("*/*.po")} | {ENGLISH})
    catalogues = {language: merge(folder, language, faults) for language in languages}
    results = {}
    for language, merged in catalogues.items():
        if language != ENGLISH:
            faults += compare(language, merged, catalogues[ENGLISH])
        buffer = io.BytesIO()
        write_mo(buffer, merged)
        results[folder / language / "LC_MESSAGES" / "tertulia.mo"] = buffer.getvalue()
    return results, faults


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(path)


def main(arguments: list[str]) -> int:
    check = "--check" in arguments
    rest = [argument for argument in arguments if argument != "--check"]
    folder = Path(rest[0]) if rest else DEFAULT_FOLDER
    results, faults = compiled(folder)
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    stale = [path for path, content in results.items() if not path.is_file() or path.read_bytes() != content]
    if check and stale:
        print("stale: " + ", ".join(str(path.relative_to(folder)) for path in stale), file=sys.stderr)
        return 1
    for path in stale:
        write(path, results[path])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
