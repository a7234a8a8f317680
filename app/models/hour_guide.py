"""The steps of a guided hour, in their order, and what each has left. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Step(StrEnum):
    """The steps of a guided hour, in their order."""

    LATE = "late"
    ANSWER = "answer"
    DECIDE = "decide"
    PLAN = "plan"
    LOOK = "look"


STEPS = tuple(Step)


class Work(NamedTuple):
    """What is there to do."""

    late: int = 0
    waiting: int = 0
    """Those that are late included."""
    decide: int = 0
    plan: int = 0
    """Floods and silences of the next days."""

    def left(self, step: Step) -> int | None:
        """How much a step has; None where that is nothing to count."""
        return {Step.LATE: self.late, Step.ANSWER: self.waiting, Step.DECIDE: self.decide, Step.PLAN: self.plan}.get(
            step
        )


class Guide(NamedTuple):
    """Where a guided hour stands. Begun anew each day; leaving it is always possible, and nothing waits for it."""

    day: str
    """The session's day (ISO): it begins at 4 in the morning."""
    step: Step
    paused: bool = False

    def to_text(self) -> str:
        return f"{self.day} {self.step} {'paused' if self.paused else 'on'}"

    @classmethod
    def from_text(cls, text: str) -> Guide | None:
        """None where nothing was begun."""
        day, _, rest = text.partition(" ")
        step, _, how = rest.partition(" ")
        return cls(day, Step(step), how == "paused") if step in set(Step) else None


def first_step(work: Work) -> Step:
    """The first one with something to do: planning and looking always have."""
    return next(step for step in STEPS if has_work(step, work))


def step_after(step: Step, work: Work) -> Step | None:
    """The next one with something to do; None after the last."""
    return next((each for each in STEPS[STEPS.index(step) + 1 :] if has_work(each, work)), None)


def has_work(step: Step, work: Work) -> bool:
    """Planning and looking are worth a visit however much there is to count."""
    return step in (Step.PLAN, Step.LOOK) or bool(work.left(step))
