"""Commands of the Composer: what is handed over is sent once, what fails is handed back, and each act says what can be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from app.commands.command import Context, State
from app.commands.composer import COMMANDS, Plan
from app.commands.registry import collect
from app.commands.view import COMMANDS as VIEW
from app.models.post import PostDraft
from app.runtime.errors import DiskFull, UserMistake
from app.runtime.settings import Sending, Settings
from app.runtime.words import Message, Words, message
from app.services.undo import Undo

REGISTRY = collect(VIEW, COMMANDS)
AT = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)


class Window:
    """Answers verbs as told and notes what it was asked."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.asked: list[tuple[str, dict[str, object]]] = []
        self.shown: list[tuple[str, dict[str, object]]] = []

    def in_page(self, verb: str, **values: object) -> Any:
        self.asked.append((verb, values))
        return self.answers.get(verb)

    def show_page(self, page: str, **target: object) -> None:
        self.shown.append((page, target))


class Stage:
    """A context, and what became of a plan."""

    def __init__(self, words: Words, *, state: State | None = None, fault: BaseException | None = None, **answers: Any) -> None:
        self.window = Window(**answers)
        self.settled: list[tuple[int | None, str | None]] = []
        self.did: list[tuple[str, Any]] = []
        self.said: list[tuple[Message, dict[str, Any]]] = []
        self.fault = fault
        self.made: int | None = 5
        """The id that services answer."""

        def act(name: str) -> Callable[..., Any]:
            async def run(*values: Any) -> int | None:
                self.did.append((name, values))
                if self.fault is not None:
                    raise self.fault
                return self.made

            return run

        posts = SimpleNamespace(schedule=act("schedule"), back_to_draft=act("back_to_draft"), delete=act("delete"))
        self.settings = Settings(dict, lambda _group, _text: None)
        self.screen_reader = False
        outbox = SimpleNamespace(due_by_hand=act("due_by_hand"))
        services: Any = SimpleNamespace(posts=posts, outbox=outbox, settings=self.settings, undo=Undo(lambda: self.screen_reader))
        notices: Any = SimpleNamespace(say=lambda said, **more: self.said.append((said, more)), dismiss_undo=lambda: self.did.append(("dismiss_undo", ())))
        window: Any = self.window
        self.context = Context(state or State(page="composer", context="composer"), services, window, notices, words)

    def plan(self, at: datetime | None, post_id: int | None = 5) -> Plan:
        return Plan(PostDraft(id=post_id, parts=("Hola",), accounts=(1, 2)), at, lambda done, field: self.settled.append((done, field)))


async def test_a_post_for_later_is_scheduled_and_can_be_undone(words: Words) -> None:
    stage = Stage(words)
    stage.window.answers["take"] = stage.plan(AT)
    await REGISTRY["composer.schedule"].run(stage.context)
    assert stage.did == [("schedule", (stage.plan(AT).draft, AT))]
    assert stage.settled == [(5, None)]
    said, more = stage.said[0]
    assert said == message("composer.said.scheduled", when=AT)
    assert more["undo"] is True


async def test_a_post_for_now_counts_down_the_time_to_undo(words: Words) -> None:
    stage = Stage(words)
    stage.settings.change(Sending, undo_seconds=20)
    stage.window.answers["take"] = stage.plan(None)
    await REGISTRY["composer.publish_now"].run(stage.context)
    said, more = stage.said[0]
    assert said.id == "composer.said.leaves"
    assert (more["undo"], more["seconds"]) == (True, 20)
    assert stage.window.asked == [("take", {"command": "composer.publish_now", "now": True})]


@pytest.mark.parametrize(("chosen", "offered"), [(5, True), (30, True), (0, False)])
async def test_a_screen_reader_gives_more_time_to_undo_where_there_is_any(words: Words, chosen: int, offered: bool) -> None:
    stage = Stage(words)
    stage.screen_reader = True
    stage.settings.change(Sending, undo_seconds=chosen)
    stage.window.answers["take"] = stage.plan(None)
    await REGISTRY["composer.publish_now"].run(stage.context)
    _, more = stage.said[0]
    assert more["undo"] is offered
    assert not offered or more["seconds"] == 30


async def test_without_time_to_undo_none_is_offered(words: Words) -> None:
    stage = Stage(words)
    stage.settings.change(Sending, undo_seconds=0)
    stage.window.answers["take"] = stage.plan(None)
    await REGISTRY["composer.schedule"].run(stage.context)
    assert stage.said[0][0].id == "composer.said.going"
    assert stage.said[0][1]["undo"] is False


async def test_nothing_is_sent_while_something_is_to_be_fixed(words: Words) -> None:
    stage = Stage(words)
    await REGISTRY["composer.schedule"].run(stage.context)
    assert stage.did == []


@pytest.mark.parametrize(
    ("fault", "settled"), [(UserMistake(message("composer.empty"), field="text"), (None, "text")), (DiskFull(), (None, None))]
)
async def test_what_is_refused_is_handed_back(words: Words, fault: BaseException, settled: tuple[None, str | None]) -> None:
    stage = Stage(words, fault=fault)
    stage.window.answers["take"] = stage.plan(AT)
    with pytest.raises(type(fault)):
        await REGISTRY["composer.schedule"].run(stage.context)
    assert stage.settled == [settled]
    assert stage.said == []


async def test_a_deleted_post_leaves_the_page_and_can_be_undone(words: Words) -> None:
    stage = Stage(words)
    stage.window.answers["take_away"] = stage.plan(None)
    await REGISTRY["composer.delete"].run(stage.context)
    assert stage.did == [("delete", (5,))]
    assert stage.settled == [(None, None)]
    assert stage.said[0][1]["undo"] is True


async def test_back_to_draft_acts_on_the_post_in_hand(words: Words) -> None:
    stage = Stage(words, state=State(page="composer", context="composer", post=7))
    await REGISTRY["composer.back_to_draft"].run(stage.context)
    assert stage.did == [("back_to_draft", (7,)), ("dismiss_undo", ())]
    assert stage.said == [(message("composer.said.draft"), {"undone": True})]


async def test_a_new_post_from_a_message_takes_its_words_along(words: Words) -> None:
    stage = Stage(words, state=State(page="inbox", context="inbox"), message_text="¿Tienen vinilos?")
    await REGISTRY["post.new"].run(stage.context)
    assert stage.window.shown == [("composer", {"new": True, "origin": "inbox", "text": "¿Tienen vinilos?"})]


async def test_a_new_post_in_the_composer_stays_there(words: Words) -> None:
    stage = Stage(words)
    await REGISTRY["post.new"].run(stage.context)
    assert stage.window.asked == [("new", {})]
    assert stage.window.shown == []


@pytest.mark.parametrize(
    ("command", "verb"),
    [
        ("composer.keep", "keep"), ("composer.next_text", "turn"), ("composer.previous_text", "turn"), ("composer.add_part", "add_part"),
        ("composer.picture", "add_picture"), ("composer.poll", "toggle_poll"), ("composer.quote", "ask_quote"), ("composer.warning", "toggle_warning"),
        ("composer.next_check", "step_check"), ("composer.previous_check", "step_check"), ("composer.time", "edit_time"),
        ("composer.title", "edit_title"), ("composer.base_again", "base_again"),
    ],
)  # fmt: skip
async def test_what_concerns_the_page_alone_is_asked_of_it(words: Words, command: str, verb: str) -> None:
    stage = Stage(words)
    await REGISTRY[command].run(stage.context)
    assert stage.window.asked[0][0] == verb


async def test_what_is_to_be_published_by_hand_is_opened(words: Words) -> None:
    stage = Stage(words)
    await REGISTRY["composer.by_hand"].run(stage.context)
    assert stage.window.shown == [("composer", {"post": 5})]


async def test_where_nothing_is_to_be_done_by_hand_that_is_said(words: Words) -> None:
    stage = Stage(words)
    stage.made = None
    await REGISTRY["composer.by_hand"].run(stage.context)
    assert stage.window.shown == []
    assert [said.id for said, _ in stage.said] == ["composer.said.nothing_by_hand"]


def test_nothing_that_writes_applies_where_the_profile_is_read_only() -> None:
    state = State(page="composer", context="composer", post=1, facts=frozenset({"writes", "scheduled", "deletes"}), read_only=True)
    for name in ("composer.schedule", "composer.publish_now", "composer.keep", "composer.delete", "composer.back_to_draft", "post.new"):
        assert not REGISTRY[name].when(state)
