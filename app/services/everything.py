"""All that the program keeps, in files that people and other programs read: JSON, tables for spreadsheets, the media, and what is what.

Secrets are not among it: they are in the keyring, which nobody reads here. Cells that a spreadsheet would run are made harmless.
"""

from __future__ import annotations

import csv
import json
import shutil
import zipfile
from collections.abc import Iterable
from pathlib import Path

from app.models.safekeeping import Progress, Step, Tell
from app.runtime.errors import UserMistake, disk_trouble
from app.runtime.words import Words, message
from app.services.tags import BOM, harmless
from app.store import exporting
from app.store.backup_file import media_files
from app.store.exporting import Row, Snapshot, Table

README, JSON, CSV = "README.txt", "json", "csv"
CONVERSATIONS = "conversations"
DESCRIBED = (
    "account", "conversation", "message", "customer", "identity", "note", "support_case", "shop_order", "post", "outbox", "campaign",
    "phase", "mark", "answer", "wording", "faq_entry", "agreement", "promise", "sample", "product", "manager", "escalation", "setting",
)  # fmt: skip
"""Tables that the README tells of by a sentence of their own."""


def export_everything(database: Path, root: Path, target: Path, words: Words, tell: Tell) -> Path:
    """Write it to a new folder, or to a zip where the name ends so; answers `target`, which is there whole or not at all.

    Raises `UserMistake` for a place that holds something else already, DiskTrouble, `Stopped`. Blocks: for a thread.
    """
    as_zip = target.suffix.lower() == ".zip"
    if not as_zip and target.is_dir() and any(target.iterdir()):
        raise UserMistake(message("export.not_empty", folder=target.name), field="folder")
    part = target.with_name(f".{target.name}.part")
    try:
        _forget(part)
        (part / JSON).mkdir(parents=True)
        (part / CSV).mkdir()
        with exporting.one_moment(database) as snapshot:
            tables = snapshot.tables()
            for number, table in enumerate(tables):
                tell(Progress(Step.TABLES, number, len(tables)))
                _write_table(snapshot, table, part, tell)
            _write_json(part / JSON / f"{CONVERSATIONS}.json", snapshot.conversations(), tell)
        files = _copy_media(root, part, tell)
        (part / README).write_text(_readme(tables, files, words), encoding="utf-8")
        if as_zip:
            _zip(part, target, tell)
        else:
            if target.is_dir():
                target.rmdir()
            part.replace(target)
    except OSError as error:
        raise disk_trouble(error) from error
    finally:
        _forget(part)
    return target


def _write_table(snapshot: Snapshot, table: Table, part: Path, tell: Tell) -> None:
    names = snapshot.columns(table.name)
    _write_json(part / JSON / f"{table.name}.json", snapshot.rows(table.name), tell)
    with (part / CSV / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(BOM.decode())
        writer = csv.writer(file)
        writer.writerow(names)
        for number, row in enumerate(snapshot.rows(table.name)):
            _now_and_then(number, tell)
            writer.writerow([harmless(_cell(row[name])) for name in names])


def _write_json(path: Path, rows: Iterable[Row], tell: Tell) -> None:
    """One row a line, so that no size is too large for whoever reads it."""
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for number, row in enumerate(rows):
            _now_and_then(number, tell)
            file.write(("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False))
        file.write("\n]\n")


def _now_and_then(number: int, tell: Tell) -> None:
    if number % 5000 == 0 and number:
        tell(Progress(Step.TABLES, 0, 0))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return str(value)


def _copy_media(root: Path, target: Path, tell: Tell) -> int:
    names = media_files(root)
    for number, name in enumerate(names):
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / name, copy)
        tell(Progress(Step.MEDIA, number + 1, len(names)))
    return len(names)


def _zip(part: Path, target: Path, tell: Tell) -> None:
    unfinished = target.with_name(f".{target.name}.zip-part")
    try:
        files = sorted(path for path in part.rglob("*") if path.is_file())
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            for number, path in enumerate(files):
                archive.write(path, f"{target.stem}/{path.relative_to(part).as_posix()}")
                tell(Progress(Step.PACK, number + 1, len(files)))
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _readme(tables: list[Table], files: int, words: Words) -> str:
    lines = [
        words.text("export.readme_title"),
        "",
        words.text("export.readme_about"),
        "",
        words.text("export.readme_secrets"),
        "",
    ]
    lines += [f"  json/{CONVERSATIONS}.json", f"      {words.text('export.table.conversations')}"]
    for table in tables:
        lines.append(f"  json/{table.name}.json, csv/{table.name}.csv ({words.text('export.rows', n=table.rows)})")
        if table.name in DESCRIBED:
            lines.append(f"      {words.text(f'export.table.{table.name}')}")
    lines += [f"  media/ ({words.text('export.files', n=files)})", f"      {words.text('export.table.media')}", ""]
    return "\n".join(lines)


def _forget(part: Path) -> None:
    if part.exists():
        shutil.rmtree(part)
