"""Every text that the program asks for is in the catalogues, in English and in Spanish, and no catalogue holds a text nobody asks for."""

from __future__ import annotations

import ast
import os
import re
import string
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app.runtime import errors
from tests.rules.sources import APP, ROOT, called_name, name_of, prose_free_nodes, python_files, tree

TRANSLATIONS = ROOT / "resources" / "translations"
COMPLETE = ("en", "es", "fr", "ru", "zh")
OTHERS = COMPLETE[1:]
ID = re.compile(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_-]+)+")

# Ids that are put together from data the program reads (message kinds of a network, files of resources/), and where.
MADE_FROM_DATA: dict[str, str] = {}


@cache
def catalogue(language: str) -> dict[str, str | tuple[str, ...]]:
    found: dict[str, str | tuple[str, ...]] = {}
    for path in sorted((TRANSLATIONS / language).glob("*.po")):
        with path.open("rb") as file:
            found.update({entry_id(entry.id): entry.string for entry in read_po(file, locale=language) if entry.id})
    return found


def entry_id(value: str | tuple[str, ...] | list[str]) -> str:
    return value if isinstance(value, str) else value[0]


@cache
def literals() -> dict[str, str]:
    """Every text constant of the program that has the form of an id, and where it first stands."""
    found: dict[str, str] = {}
    for path in python_files(APP):
        for node in prose_free_nodes(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and ID.fullmatch(node.value):
                found.setdefault(node.value, f"{name_of(path)}:{node.lineno}")
    return found


@cache
def patterns() -> list[re.Pattern[str]]:
    """Ids that an f-string puts together: its constant parts with anything between them."""
    found = set()
    for path in python_files(APP):
        for node in prose_free_nodes(tree(path)):
            if isinstance(node, ast.JoinedStr) and "." in "".join(fixed(part) for part in node.values):
                found.add("".join(re.escape(fixed(part)) if isinstance(part, ast.Constant) else "[A-Za-z0-9_.-]+" for part in node.values))
    return [re.compile(pattern) for pattern in sorted(found) if re.match(r"[a-z_]+", pattern)]


def fixed(part: ast.AST) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else ""


def asked_for() -> dict[str, str]:
    """Ids given as a literal to `words.text(...)`, `Message(...)` or `message(...)`, and titles of commands."""
    found: dict[str, str] = {}
    for path in python_files(APP):
        for node in prose_free_nodes(tree(path)):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            value = node.args[0].value
            if not isinstance(value, str) or not ID.fullmatch(value):
                continue
            place = f"{name_of(path)}:{node.lineno}"
            if called_name(node) in {"text", "Message", "message"}:
                found.setdefault(value, place)
            elif called_name(node) == "command":
                found.setdefault(f"command.{value}", place)
                found.setdefault(f"command.{value}.help", place)
    return found


@pytest.mark.parametrize("language", COMPLETE)
def test_every_text_that_is_asked_for_is_there(language: str) -> None:
    missing = [f"{name} ({place})" for name, place in asked_for().items() if name not in catalogue(language)]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("language", COMPLETE)
def test_every_error_has_its_sentence(language: str) -> None:
    missing = {error.default_message().id for error in leaves(errors.AppError)} - set(catalogue(language))
    assert missing == set()


def leaves(error: type[errors.AppError]) -> set[type[errors.AppError]]:
    """Errors without a kind below them; only these are raised."""
    below = [kind for kind in error.__subclasses__() if kind.__module__ == errors.__name__]
    return set().union(*map(leaves, below)) if below else {error}


def test_no_text_is_left_that_nobody_asks_for() -> None:
    commands = {name for name in asked_for() if name.startswith("command.")}
    unused = [
        name
        for name in catalogue("en")
        if name not in literals()
        and name not in commands
        and not any(pattern.fullmatch(name) for pattern in patterns())
        and not any(name.startswith(prefix) for prefix in MADE_FROM_DATA)
    ]
    assert not unused, "\n".join(unused)


@pytest.mark.parametrize("language", OTHERS)
def test_all_languages_hold_the_same_texts(language: str) -> None:
    regional = re.compile(r"format\..+\.[A-Z]{2}")
    apart = set(catalogue("en")) ^ set(catalogue(language))
    assert {name for name in apart if not regional.fullmatch(name)} == set()


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_is_left_in_english(language: str) -> None:
    """Addresses and the names that a network's own pages use are the same everywhere."""
    english, left = catalogue("en"), []
    for name, text in catalogue(language).items():
        said = re.sub(r"\{[^}]*\}", "", text if isinstance(text, str) else text[0])
        same = text == english.get(name) and len(re.findall("[A-Za-z]{3,}", said)) >= 3
        if same and not re.search(r"@|\.example", said) and not name.startswith("network.secret."):
            left.append(f"{name}: {said}")
    assert left == []


@pytest.mark.parametrize("language", COMPLETE)
def test_no_text_is_empty(language: str) -> None:
    def is_empty(text: str | tuple[str, ...]) -> bool:
        return not text or (not isinstance(text, str) and not all(text))

    assert [name for name, text in catalogue(language).items() if is_empty(text)] == []


def test_the_compiled_catalogues_are_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "installer" / "compile_words.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_areas_of_all_languages_are_the_same_files() -> None:
    areas = [{path.name for path in folder(language).glob("*.po")} for language in COMPLETE]
    assert all(each == areas[0] for each in areas)


def folder(language: str) -> Path:
    return TRANSLATIONS / language


@pytest.mark.parametrize("language", OTHERS)
def test_each_text_writes_its_values_in_the_forms_that_english_has(language: str) -> None:
    """A moment without its form is a bare clock time, where another language names the day."""
    apart = []
    for name, text in catalogue("en").items():
        if not name.startswith("format.") and name in catalogue(language) and fields(catalogue(language)[name]) != fields(text):
            apart.append(f"{name}: {sorted(fields(catalogue(language)[name]) ^ fields(text))}")
    assert apart == []


def fields(text: str | tuple[str, ...]) -> set[tuple[str, str]]:
    """The blanks of all its forms, each with how it is written."""
    forms = (text,) if isinstance(text, str) else text
    return {(name, form or "") for each in forms for _, name, form, _ in string.Formatter().parse(each) if name is not None}


def test_what_commands_do_is_said_in_one_form_in_spanish() -> None:
    """Their names are infinitives, as on buttons ("Posponer"); the sentence below speaks to the user ("Apártala para más tarde")."""
    told = {name: str(said) for name, said in catalogue("es").items() if name.startswith("command.") and name.endswith(".help")}
    infinitive = re.compile(r"\w*(ar|er|ir)(l[aeo]s?|se)?\b", re.IGNORECASE)
    assert {name: said for name, said in told.items() if infinitive.match(said)} == {}


def test_what_commands_do_is_said_in_one_form_in_russian() -> None:
    """In infinitives, as their names and the buttons are ("Открыть папку"), not of the program ("Открывает папку", "Снова открывает папку")."""
    told = {name: str(said) for name, said in catalogue("ru").items() if name.startswith("command.") and name.endswith(".help")}
    of_the_program = re.compile(r"((Не|Снова) )?(?!Ответ\b)\w*(ет|ёт|ит|ют|ят)(ся)?\b")
    assert {name: said for name, said in told.items() if of_the_program.match(said)} == {}


def test_french_marks_never_stand_alone_on_a_line() -> None:
    """Before and within them stands a space at which no line ends."""
    ordinary = re.compile(r"\w [?!;:»%]|« |\} [?!;:»%]")
    assert {name: said for name, said in catalogue("fr").items() if ordinary.search(str(said))} == {}


FIXED_KEYS = {"setting.appearance.always_menu.help"}
"""Texts that name a key which no setting changes."""


@pytest.mark.parametrize("language", COMPLETE)
def test_no_text_names_a_key_that_the_user_may_have_changed(language: str) -> None:
    """Keys are shown by what knows the one in force: buttons, menus, the footer, the guide's marks."""
    key = re.compile(r"(Ctrl|Shift|Alt)\+[A-Z0-9]\b|\bF\d{1,2}\b")
    assert {name: said for name, said in catalogue(language).items() if name not in FIXED_KEYS and key.search(str(said))} == {}
