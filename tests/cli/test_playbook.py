"""`tertulia playbook import|export FILE` and `tertulia suggest TEXT`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.program import Program

ROWS = """key,category,language,title,text,example
late,order,en,Order late,"Hi {name}, it is on its way.",where is my order
late,,es,Pedido tarde,"Hola {name}, va en camino.",dónde está mi pedido
parking,question,en,Parking,Park behind the shop.,where can i park my car
bad,nonsense,en,x,y,z
"""


def test_a_playbook_comes_in_teaches_and_goes_out_again(empty: Program, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(ROWS, "utf-8")
    asked = empty.run("playbook", "import", path, "--preview")
    assert (asked.code, asked.item["new"], asked.item["wrong"]) == (1, ["Order late", "Parking"], 1)
    ran = empty.run("playbook", "import", path)
    came = {"new": 2, "known": 0, "changed": 0, "facts": 0, "examples": 3, "wrong": 1}
    assert (ran.code, ran.item) == (1, came)
    assert "5" in ran.err
    assert "nonsense" in ran.err
    found = empty.run("suggest", "--quick", "Where is my order?", "🎸").items
    assert [[each["answer"] for each in one["suggestions"]] for one in found] == [["late"], []]
    assert found[0]["suggestions"][0]["words"] == ["where", "order"]
    spanish = empty.run("suggest", "--quick", "¿dónde está mi pedido?").item["suggestions"][0]
    assert (spanish["language"], spanish["text"]) == ("es", "Hola {name}, va en camino.")
    out = tmp_path / "out.json"
    assert empty.run("playbook", "export", out).item == {"answers": 2, "file": str(out)}
    late = next(each for each in json.loads(out.read_text("utf-8"))["answers"] if each["key"] == "late")
    assert late["examples"] == {"en": ["where is my order"], "es": ["dónde está mi pedido"]}


def test_messages_may_come_line_by_line_and_people_read_the_reason(empty: Program, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(ROWS, "utf-8")
    empty.run("playbook", "import", path)
    ran = empty.run("suggest", "--quick", stdin="where is my order\n\nlovely weather\n", as_json=False)
    assert len(ran.out.splitlines()) == 2
    assert "where, order" in ran.out
