"""What Today says of each thing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.models.outbox import DeliveryState, OutboxKind
from app.models.today import Figure
from app.runtime.words import message
from app.ui.look import Look
from app.ui.today.sentences import (
    answer_line,
    answer_minutes,
    decide_line,
    figure,
    greeting,
    standing,
    start_label,
    to_decide,
)
from tests.ui.shop import NOW, brief, conversation, owed, post


def plain(text: str) -> str:
    return text.replace("\u2068", "").replace("\u2069", "")


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-12, "Étienne waits 12 minutes too long"),
        (-1, "Étienne waits 1 minute too long"),
        (-300, "Étienne waits 5 hours too long"),
        (-3 * 24 * 60, "Étienne waits 3 days too long"),
        (33, "Answer Étienne within 33 minutes"),
        (240, "Answer Étienne before 14:00"),
        (None, "Étienne waits for an answer"),
    ],
)
def test_how_urgent_an_answer_is(look: Look, minutes: float | None, said: str) -> None:
    line = answer_line(conversation(1, "Étienne", minutes), "question", NOW)
    assert plain(look.text(line.title)) == said


def test_only_what_is_late_is_red_and_only_the_next_hour_amber(look: Look) -> None:
    late, soon, later = (answer_line(conversation(1, "A", minutes), "question", NOW) for minutes in (-5, 5, 500))
    assert (late.icon, late.colour) == ("warning-circle-fill", "status.danger.strong")
    assert (soon.icon, soon.colour) == ("hourglass-medium", "status.warn.strong")
    assert (later.icon, later.colour) == ("question", "text.secondary")


def test_a_strangers_name_cannot_turn_the_sentence_around(look: Look) -> None:
    line = answer_line(conversation(1, "\u202egnp.exe\nBruno", -5), "question", NOW)
    assert look.text(line.title) == "\u2068�gnp.exe Bruno\u2069 waits 5 minutes too long"


def test_what_the_user_must_decide(look: Look) -> None:
    reason = message("network.refused.status", code=1, status=500).to_json()
    failed = decide_line([owed(1, DeliveryState.FAILED, reason=reason)])
    assert plain(look.text(failed.title)) == "“Detrás del escenario” did not go out"
    assert plain(look.text(failed.detail)).startswith("Mastodon @aurora, 09:00. the server gave no reason")
    unsure = decide_line([owed(1, DeliveryState.UNSURE, kind=OutboxKind.REPLY, text="Hola, Bruno")])
    assert plain(look.text(unsure.title)) == "Your answer “Hola, Bruno” may be out: look first"
    by_hand = decide_line([owed(1, DeliveryState.BY_HAND)], {1: "Marea"})
    assert plain(look.text(by_hand.title)) == "Publish “Marea” by hand"
    like = decide_line([owed(1, DeliveryState.FAILED, kind=OutboxKind.LIKE, text="")])
    assert look.text(like.title) == "A like or a boost did not arrive"


def test_a_post_that_failed_on_two_networks_is_one_thing_and_doubts_come_first() -> None:
    one = owed(1, DeliveryState.FAILED, post_id=7)
    two = owed(2, DeliveryState.FAILED, post_id=7, network="x")
    doubt = owed(3, DeliveryState.UNSURE, post_id=8)
    assert [tuple(row.id for row in group) for group in to_decide([one, two, doubt])] == [(3,), (1, 2)]


def test_a_reason_that_cannot_be_read_is_left_out(look: Look) -> None:
    assert plain(look.text(decide_line([owed(1, DeliveryState.FAILED, reason="{")]).detail)) == "Mastodon @aurora, 09:00"


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        (DeliveryState.OUT, "out"),
        (DeliveryState.CLAIMED, "going out, 0 of 2"),
        (DeliveryState.WAITING, "scheduled"),
        (DeliveryState.FAILED, "did not go out"),
        (DeliveryState.UNSURE, "to decide"),
        (DeliveryState.BY_HAND, "by hand"),
        (DeliveryState.LET_GO, "let go"),
        (None, "scheduled"),
    ],
)
def test_where_a_post_stands(look: Look, shown: DeliveryState | None, said: str) -> None:
    assert look.text(standing(post(1, "Marea", 2, shown)).said) == said


@pytest.mark.parametrize("shown", [DeliveryState.WAITING, DeliveryState.HELD, DeliveryState.BY_HAND])
def test_a_post_with_a_failing_check_is_amber_while_there_is_time(look: Look, shown: DeliveryState) -> None:
    stands = standing(replace(post(1, "Marea", 2, shown), warnings=(message("check.paused", handle="@aurora"),)))
    assert (look.text(stands.said), stands.colour) == ("1 thing to check", "status.warn.text")


def test_a_figure_beside_that_of_the_day_before(look: Look) -> None:
    gained = figure(look, Figure("followers", 38, 26))
    assert (gained.value, gained.change, gained.arrow, gained.good) == ("+38", "12", "arrow-up-bold", 1)
    clicks = figure(look, Figure("clicks", 612, 561))
    assert (clicks.value, clicks.change) == ("612", "9%")
    faster = figure(look, Figure("answer_minutes", 23, 31))
    assert (faster.value, faster.change, faster.arrow, faster.good) == ("23 min", "8 min", "arrow-down-bold", 1)
    slower = figure(look, Figure("answer_minutes", 31, 23))
    assert slower.good == -1
    assert figure(look, Figure("reposts", 54, 54)).change == "same"


def test_what_was_not_measured_is_a_dash_without_a_change(look: Look) -> None:
    missing = figure(look, Figure("clicks", None, 5))
    assert (missing.value, missing.change) == ("—", "")
    assert figure(look, Figure("clicks", 5, None)).change == ""


def test_the_estimate_is_the_users_own_pace_and_nothing_where_it_is_unknown() -> None:
    assert answer_minutes(brief(waiting=14, pace_seconds=75)) == 18
    assert answer_minutes(brief(pace_seconds=None)) is None


def test_greeting_and_main_button() -> None:
    assert [greeting(hour) for hour in (0, 3, 4, 11, 12, 18, 19)] == [
        "today.hello", "today.hello", "today.good_morning", "today.good_morning", "today.good_afternoon", "today.good_afternoon", "today.good_evening",
    ]  # fmt: skip
    assert [start_label(brief(late=late)) for late in (0, 1, 2)] == ["today.start", "today.start_late", "today.start_lates"]
