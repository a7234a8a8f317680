"""`tertulia orders import FILE`: what could be read is stored, what could not is told by line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.program import Program

HEADER = "Folio;Fecha;Correo;Usuario;Producto;Importe"


def write(folder: Path, *rows: str, header: str = HEADER, encoding: str = "utf-8") -> Path:
    path = folder / "pedidos.csv"
    path.write_text("\n".join([header, *rows]), encoding)
    return path


def test_orders_come_in_and_come_in_once(sample: Program, tmp_path: Path) -> None:
    path = write(
        tmp_path, "A-1;18/11/2026;;@ximerobles;Marea;520,00", "A-2;19/11/2026;;;Niño;1.234,50", encoding="cp1252"
    )
    first = sample.run("orders", "import", path)
    assert (first.code, first.item["new"], first.item["wrong"]) == (0, 2, 0)
    again = sample.run("orders", "import", path)
    assert (again.item["new"], again.item["changed"]) == (0, 0)


def test_rows_left_out_are_named_and_the_exit_code_says_so(sample: Program, tmp_path: Path) -> None:
    ran = sample.run("orders", "import", write(tmp_path, "A-1;18/11/2026;;;;", ";18/11/2026;;;;", "A-3;ayer;;;;"))
    assert (ran.code, ran.item["new"], ran.item["wrong"]) == (1, 1, 2)
    assert "3" in ran.err
    assert "ayer" in ran.err


def test_days_that_are_not_clear_are_asked_for(sample: Program, tmp_path: Path) -> None:
    path = write(tmp_path, "A-1;03/04/2026;;;;")
    refused = sample.run("orders", "import", path)
    assert refused.code == 1
    assert "--days" in refused.err
    assert sample.run("orders", "import", path, "--days", "mdy").code == 0


def test_a_column_is_named_where_its_title_says_nothing(sample: Program, tmp_path: Path) -> None:
    path = write(tmp_path, "A-1;x", header="Algo;Otro")
    assert "--column" in sample.run("orders", "import", path).err
    assert sample.run("orders", "import", path, "--column", "number=algo").item["new"] == 1
    assert sample.run("orders", "import", path, "--column", "number=Nada").code == 1


def test_a_file_that_is_not_there_is_said(sample: Program, tmp_path: Path) -> None:
    assert sample.run("orders", "import", tmp_path / "none.csv").code == 1
