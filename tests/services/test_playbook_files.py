"""Playbooks as files: all that belongs to them there and back, what an import would do said before, taken back after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from app.models.answer_content import AnswerContent, content_of
from app.models.playbook import FactRow, PlaybookAnswer, WordingRow
from app.models.playbook_file import Imported
from app.models.post import Picture
from app.runtime.clock import to_ms
from app.runtime.errors import UserMistake
from app.services.playbook_document import document
from app.services.playbook_files import PlaybookFiles, read
from app.services.playbook_sheet import sheet
from app.services.undo import Undo
from app.store.database import Database
from app.store.reading import playbook as reading
from app.store.reading import suggesting
from app.store.writing import playbook as writing
from tests.fakes.clock import FakeClock
from tests.services.shop import empty_data_file
from tests.services.whole_playbook import ANSWERS, FACTS, LATE


class Desk:
    """One profile."""

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        folder.mkdir()
        (folder / "tertulia.db").write_bytes(empty_data_file())
        self.clock = clock
        self.database = Database.open(folder / "tertulia.db", backups=folder, clock=clock)
        self.undo = Undo()
        self.media = folder / "media"
        self.files = PlaybookFiles(self.database, self.undo, clock, self.media)

    def answers(self) -> list[PlaybookAnswer]:
        return self.database.reader.now(reading.answers)

    def contents(self) -> dict[str, AnswerContent]:
        return {each.key: content_of(each) for each in self.answers()}

    def facts(self) -> list[FactRow]:
        return [each._replace(id=0, changed_at=None, used_by=0) for each in self.database.reader.now(reading.facts)]

    def examples(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return self.database.reader.now(suggesting.examples)

    def save(self, content: AnswerContent) -> int:
        return self.database.write_now(writing.create, "late", content, to_ms(self.clock.now()))


@pytest.fixture
def desk(tmp_path: Path, clock: FakeClock) -> Iterator[Desk]:
    made = Desk(tmp_path / "here", clock)
    yield made
    made.database.close_now()


@pytest.fixture
def other(tmp_path: Path, clock: FakeClock) -> Iterator[Desk]:
    made = Desk(tmp_path / "there", clock)
    yield made
    made.database.close_now()


def file_with_pictures(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text((document if name.endswith("json") else sheet)(ANSWERS, FACTS), "utf-8")
    Image.new("RGB", (40, 30), "teal").save(folder / "label.png")
    Image.new("RGB", (20, 30), "orange").save(folder / "box.png")
    return path


@pytest.mark.parametrize("name", ["p.csv", "p.json"])
async def test_what_goes_out_comes_in_elsewhere_as_it_was(tmp_path: Path, desk: Desk, other: Desk, name: str) -> None:
    first = await desk.files.import_file(file_with_pictures(tmp_path / "in", name))
    assert first == Imported(answers=2, examples=3, known=0, changed=0, facts=1, wrong=())
    late = desk.contents()["late"]
    assert replace(late, pictures=LATE.pictures) == replace(content_of(LATE), texts=late.texts)
    assert late.texts == LATE.texts
    assert [picture.alt for picture in late.pictures] == ['Dónde está "el número"', ""]
    assert desk.facts() == FACTS
    out = tmp_path / "out" / name
    out.parent.mkdir()
    assert await desk.files.export_file(out) == 2
    assert sorted(path.name for path in (out.parent / "p_pictures").iterdir()) == ["late-1.png", "late-2.png"]
    await other.files.import_file(out)
    assert other.contents() == desk.contents()
    assert (other.facts(), other.examples()) == (desk.facts(), desk.examples())
    assert all((other.media / picture.path).exists() for picture in other.contents()["late"].pictures)


@pytest.mark.parametrize("name", ["p.csv", "p.json"])
async def test_the_same_file_once_more_changes_nothing(tmp_path: Path, desk: Desk, name: str) -> None:
    path = file_with_pictures(tmp_path / "in", name)
    await desk.files.import_file(path)
    before = desk.answers()
    plan = await desk.files.preview(path)
    assert (plan.new, plan.changed, plan.same, plan.examples, plan.facts) == ((), (), 2, 0, ())
    assert not plan.does_something
    again = await desk.files.import_file(path)
    assert again == Imported(answers=0, examples=0, known=2, changed=0, facts=0, wrong=())
    assert desk.answers() == before
    out = tmp_path / name
    await desk.files.export_file(out)
    assert not (await desk.files.preview(out)).does_something


async def test_what_it_would_do_is_said_before_and_nothing_is_done(tmp_path: Path, desk: Desk) -> None:
    desk.save(AnswerContent(title={"es": "Tarde"}, texts=(WordingRow("es", "Ya va."),)))
    path = file_with_pictures(tmp_path / "in", "p.csv")
    path.write_text(path.read_text("utf-8") + "odd,nonsense\n", "utf-8")
    before = desk.answers()
    plan = await desk.files.preview(path)
    assert (plan.new, plan.changed, plan.same) == (("Thanks",), ("Tarde",), 0)
    assert (plan.examples, plan.facts) == (3, ("Plazo de envío",))
    assert [row.reason.id for row in plan.wrong] == ["playbook_file.empty_row"]
    assert desk.answers() == before
    assert not desk.media.exists()
    mended = {plan.wrong[0].line: {"key": "odd", "category": "other", "text": "Odd"}}
    assert (await desk.files.preview(path, mended)).new == ("Thanks", "odd")


async def test_bringing_in_is_taken_back_and_done_again(tmp_path: Path, desk: Desk) -> None:
    number = desk.save(AnswerContent(title={"es": "Tarde"}, texts=(WordingRow("es", "Ya va."),)))
    desk.database.write_now(writing.save_draft, writing.NEW, "{}", 1)
    before, facts = desk.contents(), desk.facts()
    result = await desk.files.import_file(file_with_pictures(tmp_path / "in", "p.json"))
    assert (result.answers, result.changed, result.known) == (1, 1, 1)
    after = desk.contents()
    assert after["late"].texts == LATE.texts
    assert len(desk.database.reader.now(reading.versions, number)) == 1
    assert writing.NEW in desk.database.reader.now(reading.drafts)
    said = await desk.undo.undo()
    assert said is not None
    assert said.id == "undone.playbook_imported"
    assert (desk.contents(), desk.facts(), desk.examples()) == (before, facts, {})
    await desk.undo.redo()
    assert (desk.contents(), desk.facts()) == (after, FACTS)
    await desk.undo.undo()
    assert desk.contents() == before


async def test_answers_that_are_here_may_be_left_as_they_are(tmp_path: Path, desk: Desk) -> None:
    desk.save(AnswerContent(title={"es": "Tarde"}, texts=(WordingRow("es", "Ya va."),)))
    before = desk.contents()["late"]
    result = await desk.files.import_file(file_with_pictures(tmp_path / "in", "p.csv"), leave=True)
    assert (result.answers, result.changed, result.known, result.examples) == (1, 0, 1, 3)
    assert desk.contents()["late"] == before


async def test_an_answer_that_was_removed_comes_back_as_the_file_tells_it(tmp_path: Path, desk: Desk) -> None:
    number = desk.save(AnswerContent(title={"es": "Tarde"}, texts=(WordingRow("fr", "En route."),)))
    desk.database.write_now(writing.remove, number, 5)
    path = file_with_pictures(tmp_path / "in", "p.json")
    assert (await desk.files.preview(path)).new == ("Tarde", "Thanks")
    assert (await desk.files.import_file(path)).answers == 2
    assert desk.contents()["late"].texts == LATE.texts
    await desk.undo.undo()
    assert desk.contents() == {}


@pytest.mark.parametrize(
    "path", ["/etc/hostname", "../secret.png", "C:\\secret.png", "..\\secret.png", "nothing.png", "notes.txt"]
)
async def test_pictures_from_elsewhere_and_what_is_none_stay_out(tmp_path: Path, desk: Desk, path: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    Image.new("RGB", (4, 4)).save(tmp_path / "secret.png")
    (folder / "notes.txt").write_text("no picture", "utf-8")
    answer = replace(ANSWERS[1], pictures=(Picture(path),))
    (folder / "p.json").write_text(document([answer]), "utf-8")
    result = await desk.files.import_file(folder / "p.json")
    assert (result.answers, len(result.wrong)) == (1, 1)
    assert desk.contents()["thanks"].pictures == ()


async def test_files_that_cannot_be_read_or_written_are_told(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(UserMistake):
        await desk.files.import_file(tmp_path / "nothing.csv")
    with pytest.raises(UserMistake):
        await desk.files.export_file(tmp_path / "no" / "where.csv")
    assert not desk.undo.can_undo()


async def test_the_list_of_what_was_left_out_is_saved(tmp_path: Path, desk: Desk) -> None:
    source = tmp_path / "p.csv"
    source.write_text("key,category,text\na,blue,x\n", "utf-8")
    plan = await desk.files.preview(source)
    await desk.files.save_left_out(tmp_path / "list.csv", plan.wrong, ["no such category"])
    assert "no such category,a,blue,x" in (tmp_path / "list.csv").read_text("utf-8-sig")


def test_json_is_known_by_what_it_begins_with(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_text(json.dumps({"answers": [{"key": "a", "texts": {"en": ["x"]}}]}), "utf-8-sig")
    book, wrong = read(path)
    assert (list(book.drafts), wrong) == (["a"], [])
