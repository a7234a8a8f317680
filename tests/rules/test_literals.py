"""No sentence for the user is written in the program: texts are catalogue entries, in every language alike."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.rules.sources import APP, called_name, name_of, prose_free_nodes, python_files, tree

# Qt's and our own calls whose first text is seen (or heard) by the user.
SHOWS_TEXT = {
    "setText", "setWindowTitle", "setToolTip", "setStatusTip", "setWhatsThis", "setAccessibleName", "setAccessibleDescription",
    "setPlaceholderText", "setTitle", "setLabelText", "setPlainText", "setHtml", "setInformativeText", "setApplicationDisplayName",
    "addAction", "addMenu", "addTab", "addItem", "QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QGroupBox",
    "QAction", "QMenu", "setHeaderData", "showMessage", "drawText", "add_argument", "add_parser",
}  # fmt: skip
NAME = "Tertulia"  # the same in every language
TAKES_ID = {"Message", "message", "text"}
SYMBOLIC = re.compile(r"[a-z][a-z0-9_]*(\.[a-zA-Z0-9_]+)+")

WORD = r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’]*"
PROSE = re.compile(rf"\b{WORD},? {WORD},? {WORD}")
SENTENCE = re.compile(rf"\b[A-ZÀ-Þ][a-zà-ÿ'’]+,? [a-zà-ÿ'’]+,? {WORD}")
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|PRAGMA|FROM|WHERE|ORDER BY|GROUP BY|JOIN|BEGIN|COMMIT|VALUES|REINDEX|VACUUM|LIMIT)\b")
STYLE_SHEET = re.compile(r"\{[^}]*:|:\s*[^;{}]+;|[{};]")
LOGS = {"debug", "info", "warning", "error", "exception", "critical", "log", "complain"}
NAMES_A_TASK = {"spawn", "start", "_start"}
BUGS = {"RuntimeError", "ValueError", "TypeError", "KeyError", "LookupError", "AssertionError", "NotImplementedError"}

# What customers of the sample shop say, and other content that is invented data and not the program's own voice.
CONTENT: dict[str, str] = {
    "app/language/claims.py": "words that are looked for in what customers write, in five languages",
    "app/mail/troubles.py": "words that are looked for in what mail servers answer",
    "app/language/manners.py": "greetings and forms of address that are looked for in replies, in a dozen languages",
    "app/language/promising.py": "patterns of promises that are looked for in what was written, in five languages",
    "app/language/settling.py": "patterns of refunds, exchanges and the like that are looked for in replies, in five languages",
    "app/language/thanks.py": "words of thanks that are looked for in what customers write, in five languages",
    "app/language/time_words.py": "words of times that are looked for in what is typed, in five languages",
}


def test_texts_for_the_user_come_from_the_catalogues() -> None:
    paths = [path for path in python_files(APP) if name_of(path) not in CONTENT]
    shown = [(name_of(path), each) for path in paths for each in texts_for_the_user(tree(path), in_store=bool({"store", "tables"} & set(path.parts)))]
    assert shown == []


@pytest.mark.parametrize(
    "line",
    [
        'label.setText("Undo")',
        'QPushButton("Send now", parent)',
        'label.setText(f"{n} waiting")',
        'Message("Sign in again")',
        'reason = "the server did not answer"',
        'parser.add_argument("--once", help="send once")',
        'raise UserMistake(explain("Write a text first"))',
    ],
)
def test_the_rule_finds_a_text_in_the_program(line: str) -> None:
    assert texts_for_the_user(ast.parse(line))


@pytest.mark.parametrize(
    "line",
    [
        '"""What this is for."""',
        'label.setText(words.text("inbox.waiting", n=3))',
        'label.setText("")',
        'button.setText("+")',
        'log.warning("the server said nothing at all")',
        'raise ValueError("a wall time carries no zone")',
        'query = "SELECT id FROM post WHERE state = 1"',
        'style = "QLabel { border: none; }"',
        'parser.add_argument("--profile")',
    ],
)
def test_the_rule_leaves_other_texts_alone(line: str) -> None:
    assert not texts_for_the_user(ast.parse(line))


def texts_for_the_user(module: ast.Module, *, in_store: bool = False) -> list[str]:
    internal = {id(part) for node in ast.walk(module) for part in parts_for_developers(node)}
    ids = [] if in_store else ids_that_are_sentences(module)  # there `text(...)` is SQL
    return [*texts_shown_by_calls(module), *ids, *prose(module, internal, in_store=in_store)]


def texts_shown_by_calls(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if called_name(node) in SHOWS_TEXT:
            assert isinstance(node, ast.Call)
            for part in node.args[:2]:
                text = constant(part)
                if re.search(r"[^\W\d_]{2,}", text) and not looks_symbolic(text) and text != NAME:
                    yield f"line {node.lineno}: {called_name(node)}({text!r})"
            for keyword in node.keywords:
                if keyword.arg in {"help", "description", "title", "text", "metavar"} and " " in constant(keyword.value):
                    yield f"line {node.lineno}: {keyword.arg}={constant(keyword.value)!r}"


def ids_that_are_sentences(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if called_name(node) in TAKES_ID and isinstance(node, ast.Call) and node.args and " " in constant(node.args[0]):
            yield f"line {node.lineno}: {constant(node.args[0])!r} is no id"


def prose(module: ast.Module, internal: set[int], *, in_store: bool) -> Iterator[str]:
    """Three words in a row, outside docstrings, logs, SQL, style sheets and errors that mean a bug."""
    pattern = SENTENCE if in_store else PROSE
    for node in prose_free_nodes(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in internal:
            text = node.value
            if pattern.search(text) and not SQL.search(text) and not STYLE_SHEET.search(text):
                yield f"line {node.lineno}: {text[:70]!r}"


def parts_for_developers(node: ast.AST) -> Iterator[ast.AST]:
    """Strings inside logs, asserts, raised errors that mean a bug, and regular expressions."""
    if isinstance(node, ast.Raise) and called_name(node.exc or node) not in for_the_user():
        yield from ast.walk(node)
    elif isinstance(node, ast.Assert) and node.msg is not None:
        yield from ast.walk(node.msg)
    elif isinstance(node, ast.keyword) and node.arg == "technical":  # goes to the log, never to the screen
        yield from ast.walk(node.value)
    elif called_name(node) in NAMES_A_TASK and isinstance(node, ast.Call):
        yield from ast.walk(node.args[0]) if node.args else ()
    elif called_name(node) in LOGS | BUGS | {"compile"}:
        yield from ast.walk(node)


@cache
def for_the_user() -> set[str]:
    """Names of the errors that are shown with a sentence and a next step; any other error means a bug."""
    return {node.name for node in tree(APP / "runtime" / "errors.py").body if isinstance(node, ast.ClassDef)}


def constant(node: ast.AST) -> str:
    """The text of a literal, placeholders of an f-string left out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(constant(part) for part in node.values)
    return ""


def looks_symbolic(text: str) -> bool:
    """An id, an icon's or object's name, an option: lower case, no space, not a word of a language on its own."""
    return bool(SYMBOLIC.fullmatch(text)) or bool(re.fullmatch(r"-{0,2}[a-z0-9]+([-_:.][a-z0-9]+)*", text))
