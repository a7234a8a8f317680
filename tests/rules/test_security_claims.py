"""SECURITY.md claims nothing without a test: each test that it names exists, and each claim about an attacker names one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.rules.sources import ROOT, tree

CLAIMED = re.compile(r"`(?P<path>[^`\s]+\.py)::(?P<name>[^`\s]*)`")
PART = "## What an attacker can and cannot do"
ATTACKERS = ("(a)", "(b)", "(c)", "(d)", "(e)", "(f)")


def page() -> str:
    return (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def claims(text: str) -> list[str]:
    """The points below each kind of attacker, with the lines that go on with them."""
    part = text.partition(f"\n{PART}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\* .*(?:\n  .*)*", part, re.MULTILINE)


def in_file(module: ast.Module) -> Iterator[str]:
    """Functions that pytest runs by their own name: at the top level of a file, as all of ours are."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node.name


def missing(text: str) -> list[str]:
    """Tests that are named and are not there."""
    named = sorted({(found["path"], found["name"]) for found in CLAIMED.finditer(text)})
    return [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).is_file() or name not in in_file(tree(ROOT / path))
    ]


def test_every_test_that_is_named_exists() -> None:
    assert missing(page()) == []


def test_every_claim_about_an_attacker_names_a_test() -> None:
    found = claims(page())
    assert len(found) > 50
    assert [claim.partition("\n")[0] for claim in found if not CLAIMED.search(claim)] == []


def test_every_kind_of_attacker_is_spoken_of_and_what_is_left_open_is_said() -> None:
    titles = [line for line in page().splitlines() if line.startswith("#")]
    assert [each for each in ATTACKERS if not any(title.startswith(f"### {each} ") for title in titles)] == []
    assert {"## Reporting a fault", "## Not tested", "## Not defended"} <= set(titles)


def test_the_rule_finds_a_test_that_is_not_there_and_a_claim_without_one() -> None:
    here = "tests/rules/test_security_claims.py"
    named = ("test_every_test_that_is_named_exists", "test_none", "missing")
    text = " ".join([*(f"`{here}::{name}`" for name in named), "`tests/none.py::test_x`"])
    assert missing(text) == ["tests/none.py::test_x", f"{here}::missing", f"{here}::test_none"]
    (claim,) = claims(f"x\n{PART}\n\n* One\n  goes on.\n\n## Next\n\n* Two\n")
    assert claim == "* One\n  goes on."
