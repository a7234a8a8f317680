"""Answers come back with all their wordings."""

from __future__ import annotations

from datetime import date

from app.models.answer_content import AnswerContent
from app.models.arrival import Arrival
from app.models.conversation import Category
from app.models.judgement import Judgement
from app.models.message import MessageKind
from app.models.playbook import ListFigures, PlaybookAnswer, PlaybookCare, WordingRow
from app.runtime.clock import from_ms
from app.store.database import Database
from app.store.reading import playbook
from app.store.writing import playbook as acts
from app.store.writing.messages import keep
from tests.store.making import HOUR_MS, NOW_MS, add_account, arrival, rows, within_an_hour


def test_answers_by_category_and_key(database: Database):
    late = PlaybookAnswer(
        "order.late",
        Category.ORDER,
        {"es": "Pedido tarde", "en": "Late order"},
        {"es": ("Uno", "Dos"), "en": ("One",)},
        ("envío",),
    )
    thanks = PlaybookAnswer("praise.thanks", Category.PRAISE, {"es": "Gracias"}, {"es": ("¡Gracias!",)})
    database.write_now(acts.import_answers, [thanks, late])
    assert database.reader.now(playbook.answers) == [late, thanks]


DAY_MS = 24 * HOUR_MS


def test_the_figures_are_those_that_a_count_by_hand_gives(database: Database):
    """Ten replies from one answer and one from another, each to a customer of its own; what became of each stands beside it."""
    account = add_account(database)
    replies = [
        # days ago, words sent, [(hours later, what the customer or we wrote)]
        (1, "Va.", []),  # too young to judge
        (2, "Va.", [(5, "¿y ahora?")]),  # too young to judge, though they came back
        (4, "Va.", []),  # solved
        (5, "Va. Saludos.", [(1, "gracias")]),  # edited; a thanks is no return: solved
        (6, "Va. Saludos.", [(71, "sigue sin llegar")]),  # edited, reopened
        (7, "Va.", [(73, "otra cosa")]),  # came back too late to count: solved
        (8, "Va.", [(1, None)]),  # we wrote again, they did not: solved
        (30, "Va.", [(2, "no"), (3, "gracias")]),  # reopened
        (89, "Va.", []),  # solved
        (91, "Va.", []),  # older than ninety days
    ]
    answers = [
        PlaybookAnswer("a", Category.ORDER, {"es": "A"}, {"es": ("Va.",)}),
        PlaybookAnswer("b", Category.ORDER, {"es": "B"}, {"es": ("Ya.",)}),
    ]
    database.write_now(acts.import_answers, answers)

    def hear(*arrivals: Arrival) -> None:
        database.write_now(
            lambda session: keep(
                session,
                account,
                arrivals,
                "mentions",
                "c",
                NOW_MS,
                within_an_hour,
                lambda heard: Judgement(thanks=heard.arrival.text == "gracias"),
            ),
            bulk=True,
        )

    for place, (days, sent, later) in enumerate([*replies, (10, "Ya.", [])], 1):
        at = NOW_MS - days * DAY_MS
        about = {"thread_key": f"t{place}", "author_id": f"u{place}", "author_handle": f"@u{place}"}
        hear(arrival(f"m{place}", "¿Y?", at=from_ms(at - HOUR_MS), **about))
        ((number,),) = rows(database, "SELECT max(id) FROM conversation")
        for step, (hours, text) in enumerate(later):
            kind = {} if text else {"kind": MessageKind.OURS}
            reply = arrival(f"m{place}.{step}", text or "¿Algo más?", at=from_ms(at + hours * HOUR_MS), **about, **kind)
            hear(reply)
        database.write_now(acts.used, "b" if sent == "Ya." else "a", acts.Used(number, None, at, sent))

    listed = database.reader.now(playbook.figures, NOW_MS)
    assert listed == {1: ListFigures(uses=9, judged=7, solved=5, edited=2), 2: ListFigures(1, 1, 1)}
    whole = database.reader.now(playbook.figures_of, 1, NOW_MS)
    assert (whole.uses, whole.judged, whole.solved, whole.reopened, whole.edited) == (9, 7, 5, 2, 2)
    assert whole.addition == "Saludos."
    assert sum(whole.weeks) == 9
    assert (whole.weeks[-1], whole.weeks[-2]) == (5, 2)
    assert rows(database, "SELECT uses FROM answer ORDER BY id") == [(10,), (1,)]


def test_what_wants_looking_at_is_told_three_days_ahead(database: Database):
    today = date(2026, 11, 18)
    assert database.reader.now(playbook.care, today) == PlaybookCare()
    ends = {
        "gone": "2026-11-17",
        "today": "2026-11-18",
        "soon": "2026-11-21",
        "later": "2026-11-22",
        "unused": "2026-11-01",
    }
    for key, day in ends.items():
        database.write_now(acts.add_fact, acts.FactWords(key, key.title(), '{"es": "x"}', day), NOW_MS)
    text = " ".join(f"{{fact:{key}}}" for key in ends if key != "unused")
    for review in (date(2026, 11, 18), date(2026, 11, 19), None):
        content = AnswerContent(title={"es": "A"}, texts=(WordingRow("es", text),), review_on=review)
        database.write_now(acts.create, f"a{review}", content, NOW_MS)
    found = database.reader.now(playbook.care, today)
    assert found == PlaybookCare(("Gone",), ("Soon", "Today"), 1)
