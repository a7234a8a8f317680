"""`tertulia import ...`: posts, products and an account's history come in from files; what cannot be read is told by line."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from tests.cli.program import Program


def posts_file(folder: Path, *rows: str, header: str = "Texto,Fecha") -> Path:
    path = folder / "posts.csv"
    path.write_text("\n".join([header, *rows]), "utf-8")
    return path


def test_posts_come_in_as_ideas_and_wrong_rows_are_named(sample: Program, tmp_path: Path) -> None:
    path = posts_file(tmp_path, "Hola,2030-01-05 10:00", ",2030-01-05 10:00", "Otra,")
    looked = sample.run("import", "posts", path, "--preview")
    assert (looked.item["rows"], looked.item["layout"]) == (3, "own")
    ran = sample.run("import", "posts", path)
    assert (ran.code, ran.item["made"], ran.item["scheduled"], ran.item["wrong"]) == (1, 2, 0, 1)
    assert "3" in ran.err


def test_days_and_columns_that_are_not_clear_are_asked_for(sample: Program, tmp_path: Path) -> None:
    path = posts_file(tmp_path, "a,03/04/2030", header="algo,Fecha")
    assert "--column" in sample.run("import", "posts", path).err
    assert sample.run("import", "posts", path, "--column", "text=nada").code == 1
    named = ("import", "posts", path, "--column", "text=Algo")
    assert "--days" in sample.run(*named).err
    planned = sample.run(*named, "--days", "dmy", "--as", "scheduled", "--account", "2")
    assert (planned.code, planned.item["scheduled"]) == (0, 1)


def test_products_come_in_and_are_brought_up_to_date(sample: Program, tmp_path: Path) -> None:
    path = tmp_path / "discos.csv"
    path.write_text("id,title\n1,Uno\n2,Dos\n", "utf-8")
    assert sample.run("import", "products", path).item["new"] == 2
    path.write_text("id,title\n1,Uno\n", "utf-8")
    again = sample.run("import", "products", path)
    assert (again.item["new"], again.item["gone"]) == (0, 1)
    assert sample.run("import", "products", "http://a.example/feed").code == 1


def test_history_comes_in_once_and_for_an_account_of_its_network(sample: Program, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    tweet = {"id_str": "77", "full_text": "Hola", "created_at": "Wed Oct 10 20:19:24 +0000 2018", "favorite_count": "3"}
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("data/tweets.js", f"window.YTD.tweets.part0 = {json.dumps([{'tweet': tweet}])}")
    assert "--account" in sample.run("import", "archive", path).err
    account = next(each["id"] for each in sample.run("accounts", "list").items if each["network"] == "x")
    looked = sample.run("import", "archive", path, "--account", str(account), "--preview")
    assert (looked.item["new"], looked.item["account"]) == (1, account)
    assert sample.run("import", "archive", path, "--account", str(account)).item["posts"] == 1
    assert sample.run("import", "archive", path, "--account", str(account)).item["known"] == 1
    (tmp_path / "bad.zip").write_bytes(b"PK\x05\x06")
    assert sample.run("import", "archive", tmp_path / "bad.zip").code == 1


def test_figures_of_the_past_come_in_once(sample: Program, tmp_path: Path) -> None:
    path = tmp_path / "cifras.csv"
    path.write_text("Fecha,Seguidores\n2019-01-01,10\n2019-01-02,12\nnunca,3\n", "utf-8")
    ran = sample.run("import", "figures", path, "--account", "2")
    assert (ran.code, ran.item["days"], ran.item["wrong"]) == (1, 2, 1)
    assert "4" in ran.err
    assert sample.run("import", "figures", path, "--account", "2").item["known"] == 2
    path.write_text("Fecha,Seguidores\n03/04/2018,10\n", "utf-8")
    assert sample.run("import", "figures", path, "--account", "2").code == 1
    assert sample.run("import", "figures", path, "--account", "2", "--days", "dmy").item["days"] == 1
