"""The compiler of catalogues: stable bytes, and every gap refused."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer.compile_words import compiled, main
from tests.conftest import TRANSLATIONS

ROOT = TRANSLATIONS.parents[1]
HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def entry(name: str, text: str) -> str:
    return f'msgid "{name}"\nmsgstr "{text}"\n\n'


def plural(name: str, *texts: str) -> str:
    forms = "".join(f'msgstr[{number}] "{text}"\n' for number, text in enumerate(texts))
    return f'msgid "{name}"\nmsgid_plural "{name}"\n{forms}\n'


def catalogues(folder: Path, **files: str) -> Path:
    """`en_shell="..."` is en/shell.po."""
    for name, content in files.items():
        language, _, area = name.partition("_")
        (folder / language).mkdir(exist_ok=True)
        (folder / language / f"{area}.po").write_text(HEADER + content, encoding="utf-8")
    return folder


def test_the_committed_catalogues_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, "installer/compile_words.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_bytes_depend_on_the_words_alone(tmp_path: Path) -> None:
    one = catalogues(tmp_path, en_a=entry("b", "B") + entry("a", "A"), es_a=entry("a", "Á") + entry("b", "B"))
    shutil.copytree(one, two := tmp_path / "copy", ignore=shutil.ignore_patterns("copy"))
    first, second = (list(compiled(folder)[0].values()) for folder in (one, two))
    assert first == second
    assert b"Babel" not in first[0]


def test_checking_writes_nothing_and_names_what_is_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalogues(tmp_path, en_a=entry("a", "A"), es_a=entry("a", "Á"))
    assert main(["--check", str(tmp_path)]) == 1
    assert "stale: en" in capsys.readouterr().err
    assert not (tmp_path / "en" / "LC_MESSAGES").exists()
    assert main([str(tmp_path)]) == 0
    assert main(["--check", str(tmp_path)]) == 0


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        (
            {"en_a": entry("a", "A"), "en_b": entry("a", "B"), "es_a": entry("a", "Á")},
            "en/b.po: a stands in en/a.po too",
        ),
        ({"en_a": entry("a", "A") + entry("a", "B"), "es_a": entry("a", "Á")}, "en/a.po: a stands there 2 times"),
        ({"en_a": entry("a", "A {x}"), "es_a": entry("a", "Á")}, "es: a: its placeholders must be: x"),
        ({"en_a": entry("a", "A"), "es_a": entry("a", "Á {x}")}, "es: a: its placeholders must be: none"),
        ({"en_a": entry("a", "A"), "es_a": ""}, "es: a is missing"),
        ({"en_a": "", "es_a": entry("a", "Á")}, "es: a is not in English"),
        ({"en_a": entry("a", "")}, "en/a.po: a: has no text"),
        ({"en_a": entry("a", "A {x")}, "en/a.po: a: expected '}' before end of string in 'A {x'"),
        ({"en_a": plural("a", "one"), "es_a": plural("a", "uno", "dos")}, "en/a.po: a: needs 2 plural forms"),
        ({"en_a": plural("a", "one", "{n}"), "es_a": plural("a", "uno", "")}, "es/a.po: a: needs 2 plural forms"),
        (
            {"en_a": plural("a", "one", "two"), "es_a": entry("a", "uno")},
            "es: a has plural forms in one language and none in the other",
        ),
        ({"en_a": "#, fuzzy\n" + entry("a", "A"), "es_a": entry("a", "Á")}, "en/a.po: a: is marked fuzzy"),
    ],
)
def test_gaps_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], files: dict[str, str], complaint: str
) -> None:
    assert main([str(catalogues(tmp_path, **files))]) == 1
    assert complaint in capsys.readouterr().err.splitlines()
    assert not list(tmp_path.glob("*/LC_MESSAGES"))


def test_a_language_that_is_begun_may_lack_words(tmp_path: Path) -> None:
    catalogues(
        tmp_path, en_a=entry("a", "A") + entry("b", "B"), es_a=entry("a", "Á") + entry("b", "B"), pt_a=entry("a", "À")
    )
    assert main([str(tmp_path)]) == 0
