"""Code that comes as text is compiled once and found again, as long as the text is the same."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

import pytest

from app.runtime.compiled import KeptCode, beside


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """File names that were really compiled."""
    names: list[str] = []
    real = builtins.compile

    def note(source: Any, filename: Any, *args: Any, **values: Any) -> Any:
        names.append(str(filename))
        return real(source, filename, *args, **values)

    monkeypatch.setattr(builtins, "compile", note)
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return names


def run(code: Any) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(code, names)
    return names


def test_the_second_time_nothing_is_compiled(tmp_path: Path, compiled: list[str]) -> None:
    for _ in range(2):
        with KeptCode(str(tmp_path / "folder" / "x.kept")):
            assert run(compile(b"answer = 41 + 1", "inside.py", "exec"))["answer"] == 42
    assert compiled == ["inside.py"]


def test_another_text_is_another_code(tmp_path: Path, compiled: list[str]) -> None:
    for text in ("a = 1", "a = 2"):
        with KeptCode(str(tmp_path / "x.kept")):
            assert run(compile(text, "inside.py", "exec"))["a"] == int(text[-1])
    assert compiled == ["inside.py"] * 2


def test_what_is_not_a_plain_module_is_not_kept(tmp_path: Path, compiled: list[str]) -> None:
    for _ in range(2):
        with KeptCode(str(tmp_path / "x.kept")):
            assert eval(compile("1 + 1", "sum", "eval")) == 2
    assert compiled == ["sum"] * 2
    assert not (tmp_path / "x.kept").exists()


def test_a_damaged_file_is_made_anew(tmp_path: Path, compiled: list[str]) -> None:
    (tmp_path / "x.kept").write_bytes(b"nonsense")
    for _ in range(2):
        with KeptCode(str(tmp_path / "x.kept")):
            run(compile("a = 1", "inside.py", "exec"))
    assert compiled == ["inside.py"]


def test_compile_is_as_before_afterwards_and_errors_pass(tmp_path: Path) -> None:
    before = builtins.compile
    with pytest.raises(SyntaxError), KeptCode(str(tmp_path / "x.kept")):
        compile("a =", "inside.py", "exec")
    assert builtins.compile is before


def test_where_nothing_can_be_written_it_works_all_the_same(tmp_path: Path, compiled: list[str]) -> None:
    (tmp_path / "file").write_text("")
    with KeptCode(str(tmp_path / "file" / "x.kept")):
        assert run(compile("a = 1", "inside.py", "exec"))["a"] == 1


def test_it_lies_with_the_compiled_code_of_its_module() -> None:
    assert Path(beside("/somewhere/app/ui/__init__.py", "pyside")).parent == Path("/somewhere/app/ui/__pycache__")
