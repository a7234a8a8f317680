"""The steps of a guided hour: in their order, with something to do, kept as a line."""

from __future__ import annotations

from app.models.hour_guide import Guide, Step, Work, first_step, step_after


def test_an_hour_begins_with_the_first_step_that_has_something_to_do() -> None:
    assert first_step(Work(late=1, waiting=3)) is Step.LATE
    assert first_step(Work(waiting=3)) is Step.ANSWER
    assert first_step(Work(decide=2)) is Step.DECIDE
    assert first_step(Work()) is Step.PLAN


def test_steps_without_anything_to_do_are_passed_over_and_the_last_ends_it() -> None:
    work = Work(late=1, waiting=1)
    assert step_after(Step.LATE, work) is Step.ANSWER
    assert step_after(Step.ANSWER, work) is Step.PLAN
    assert step_after(Step.PLAN, work) is Step.LOOK
    assert step_after(Step.LOOK, work) is None


def test_a_step_says_what_it_has_left_where_that_can_be_counted() -> None:
    work = Work(1, 14, 3, 2)
    assert [work.left(step) for step in Step] == [1, 14, 3, 2, None]


def test_a_guide_is_kept_as_a_line() -> None:
    for guide in (Guide("2026-11-18", Step.DECIDE), Guide("2026-11-18", Step.LATE, paused=True)):
        assert Guide.from_text(guide.to_text()) == guide
    assert Guide.from_text("") is Guide.from_text("2026-11-18 dance on") is None
