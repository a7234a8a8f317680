"""The starter playbook comes in once and never over the user's own words."""

from __future__ import annotations

from dataclasses import replace

from app.models.answer_content import AnswerContent, content_of, from_json
from app.models.conversation import Category
from app.models.playbook import AfterSending, PlaybookAnswer, WordingRow
from app.models.post import Picture
from app.store.database import Database
from app.store.reading import playbook as reading
from app.store.writing import playbook
from tests.store.making import NOW_MS, add_account, arrival, keep, rows


def answer(key: str, text: str) -> PlaybookAnswer:
    return PlaybookAnswer(key, Category.ORDER, {"es": "Título"}, {"es": (text,)})


def test_known_keys_stay_as_they_are(database: Database):
    assert database.write_now(playbook.import_answers, [answer("a", "mío")]) == 1
    assert (
        database.write_now(
            playbook.import_answers, [answer("a", "de fábrica"), answer("b", "nuevo"), answer("b", "doble")]
        )
        == 1
    )
    assert database.reader.now(reading.answers) == [answer("a", "mío"), answer("b", "nuevo")]


def test_uses_are_counted(database: Database):
    database.write_now(playbook.import_answers, [answer("a", "x")])
    database.write_now(playbook.used, "a")
    database.write_now(playbook.used, "a")
    database.write_now(playbook.used, "unknown")
    assert rows(database, "SELECT uses FROM answer") == [(2,)]


def test_a_reply_is_known_by_the_wording_it_came_from(database: Database):
    keep(database, add_account(database), arrival("m1", "¿Y mi pedido?"))
    words = ("¡Hola, {name}! Tu pedido {order} va.", "Sigue en camino, {name}: {fact:plazo}.")
    database.write_now(playbook.import_answers, [PlaybookAnswer("a", Category.ORDER, {"es": "T"}, {"es": words})])
    for sent in (
        "¡Hola, Ana! Tu pedido A-1 va.",
        "¡Hola! Tu pedido A-1 va.",
        "Sigue en camino, Ana: 3 días.",
        "Va. Saludos.",
    ):
        database.write_now(playbook.used, "a", playbook.Used(1, None, NOW_MS, sent))
    assert rows(database, "SELECT wording_id, edited, sent FROM answer_use ORDER BY id") == [
        (1, 0, ""), (1, 0, ""), (2, 0, ""), (None, 1, "Va. Saludos."),
    ]  # fmt: skip


def test_wordings_keep_their_ids_while_others_come_and_go(database: Database):
    first = AnswerContent(Category.ORDER, "es", {"es": "T"}, (WordingRow("es", "uno"), WordingRow("es", "dos")))
    number = database.write_now(playbook.create, "a", first, NOW_MS)
    there = database.write_now(playbook.content_now, number)
    changed = replace(there, texts=(there.texts[1], WordingRow("en", "three")))
    assert database.write_now(playbook.save, number, changed, NOW_MS + 1)
    assert rows(database, "SELECT id, language, text, changed_at FROM wording ORDER BY id") == [
        (2, "es", "dos", NOW_MS), (3, "en", "three", NOW_MS + 1),
    ]  # fmt: skip


def test_pictures_and_what_follows_sending_are_kept(database: Database):
    after = AfterSending(done=True, escalate=True, promise_hours=48)
    pictures = (Picture("label.png", "Dónde está el número"), Picture("box.png"))
    first = AnswerContent(Category.ORDER, "es", {"es": "T"}, (WordingRow("es", "uno"),), after=after, pictures=pictures)
    number = database.write_now(playbook.create, "a", first, NOW_MS)
    [read] = database.reader.now(reading.answers)
    assert (read.after, read.pictures) == (after, pictures)
    assert content_of(read) == database.write_now(playbook.content_now, number)
    turned = replace(first, pictures=pictures[::-1])
    assert database.write_now(playbook.save, number, turned, NOW_MS + 1)
    assert database.reader.now(reading.answers)[0].pictures == pictures[::-1]
    assert from_json(database.reader.now(reading.versions, number)[0].content).pictures == pictures


def test_an_answer_that_comes_in_brings_its_pictures(database: Database):
    taken = replace(answer("a", "x"), pictures=(Picture("p.png", "P"),))
    database.write_now(playbook.import_answers, [taken])
    assert database.reader.now(reading.answers) == [taken]
