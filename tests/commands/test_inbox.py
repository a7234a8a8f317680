"""What each command of the Inbox asks of services and window; no Qt is needed for that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.commands import inbox
from app.commands.command import Command, Context, State
from app.commands.inbox import Jotted, Owed, Written, snooze_choices
from app.commands.registry import collect
from app.models.conversation import Category
from app.models.message import Visibility
from app.models.outbox import HandOver
from app.models.post import QuotedPost
from app.runtime.errors import ReadOnly, UserMistake
from app.runtime.settings import Sending, Settings
from app.runtime.words import Message, Words
from app.services.undo import Undo

MEXICO = ZoneInfo("America/Mexico_City")


@dataclass
class Recorder:
    """Notes calls by name, in order; what `raises` is raised by the service."""

    calls: list[tuple[Any, ...]] = field(default_factory=list)
    raises: Exception | None = None
    gives: dict[str, Any] = field(default_factory=dict)
    """What a service answers, by its name; 1 otherwise."""

    def service(self, kind: str) -> Any:
        recorder = self

        class Service:
            def __getattr__(self, name: str) -> Any:
                async def call(*given: Any, **named: Any) -> Any:
                    recorder.calls.append((f"{kind}.{name}", *given, *named.items()))
                    if recorder.raises is not None:
                        raise recorder.raises
                    return recorder.gives.get(f"{kind}.{name}", 1)

                return call

        return Service()


class FakeWindow:
    """Answers verbs from a table and notes them."""

    def __init__(self, recorder: Recorder, answers: dict[str, Any]) -> None:
        self._recorder = recorder
        self._answers = answers

    def in_page(self, verb: str, **values: object) -> Any:
        self._recorder.calls.append((verb, *values.values()))
        return self._answers.get(verb)

    def open_url(self, url: str) -> None:
        self._recorder.calls.append(("open_url", url))

    def show_page(self, page: str, **target: object) -> None:
        self._recorder.calls.append(("show_page", page, target))

    def copy(self, text: str) -> None:
        self._recorder.calls.append(("copy", text))


class FakeNotices:
    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def say(self, said: Message, **how: object) -> None:
        self._recorder.calls.append(("say", said.id, bool(how.get("undo"))))


class FakeServices:
    def __init__(self, recorder: Recorder) -> None:
        self.inbox = recorder.service("inbox")
        self.outbox = recorder.service("outbox")
        self.posts = recorder.service("posts")
        self.courtesies = recorder.service("courtesies")
        self.promises = recorder.service("promises")
        self.escalations = recorder.service("escalations")
        self.settings = Settings(dict, lambda _name, _text: None)
        self.undo = Undo()


@dataclass
class Desk:
    """A context over recorders."""

    words: Words
    recorder: Recorder = field(default_factory=Recorder)
    answers: dict[str, Any] = field(default_factory=dict)
    ids: Sequence[int] = (7,)

    def __post_init__(self) -> None:
        self.recorder.gives["inbox.by_hand"] = None
        self.services = FakeServices(self.recorder)

    async def run(self, command: Command) -> list[tuple[Any, ...]]:
        state = State(page="inbox", context="inbox", conversation=7, conversations=tuple(self.ids))
        window = FakeWindow(self.recorder, self.answers)
        context = Context(state, self.services, window, FakeNotices(self.recorder), self.words)  # type: ignore[arg-type]
        await command.run(context)
        return self.recorder.calls


@pytest.fixture
def desk(words: Words) -> Desk:
    return Desk(words)


WRITTEN = Written(7, "Ana", ("Hola",), Visibility.PUBLIC, " Hola ")


async def test_the_next_conversation_opens_before_the_act(desk: Desk) -> None:
    desk.ids = (7, 8)
    assert await desk.run(inbox.done) == [("go_on", (7, 8)), ("say", "inbox.said.done", True), ("inbox.close", (7, 8))]


@pytest.mark.parametrize(
    ("command", "call"),
    [
        (inbox.needs_answer, ("inbox.reopen", (7,))),
        (inbox.keep, ("inbox.keep", (7,))),
        (inbox.spam, ("inbox.ignore", (7,), Category.SPAM)),
    ],
)
async def test_an_act_is_one_call_of_a_service(desk: Desk, command: Command, call: tuple[Any, ...]) -> None:
    assert call in await desk.run(command)


async def test_of_very_many_it_is_said_how_many_it_became(desk: Desk) -> None:
    desk.ids = range(1000)
    desk.recorder.gives["inbox.close"] = 700  # somebody stopped it
    calls = [call[0] for call in await desk.run(inbox.done)]
    assert calls == ["go_on", "inbox.close", "say"]


async def test_a_message_is_quoted_in_a_post_of_its_account(desk: Desk) -> None:
    quoted = QuotedPost("https://musica.example/@ana/1", "@ana", "¿Hay?", ((3, "1"),))
    desk.answers["message_to_quote"] = (3, quoted.url)
    desk.recorder.gives["posts.quoted"] = quoted
    assert await desk.run(inbox.quote) == [
        ("message_to_quote",),
        ("posts.quoted", quoted.url, (3,)),
        ("show_page", "composer", {"new": True, "origin": "inbox", "quote": quoted}),
    ]


async def test_what_cannot_be_quoted_begins_no_post(desk: Desk) -> None:
    assert await desk.run(inbox.quote) == [("message_to_quote",)]


async def test_a_reply_is_sent_and_can_be_taken_back(desk: Desk) -> None:
    desk.answers["take_reply"] = WRITTEN
    assert await desk.run(inbox.send) == [
        ("take_note",),
        ("take_reply",),
        ("go_on", (7,)),
        ("inbox.reply", 7, ("Hola",), Visibility.PUBLIC, ("answer_title", ""), ("written", None)),
        ("sent", WRITTEN),
        ("inbox.by_hand", 1),
        ("say", "inbox.said.leaves", True),
        ("offer_wording", WRITTEN),
    ]


async def test_what_no_program_may_send_is_handed_over(desk: Desk) -> None:
    desk.answers["take_reply"] = WRITTEN
    desk.recorder.gives["inbox.by_hand"] = HandOver("@ana Hola", "https://x.com/ana/status/1", "X")
    assert (await desk.run(inbox.send))[-4:] == [
        ("copy", "@ana Hola"),
        ("open_url", "https://x.com/ana/status/1"),
        ("say", "inbox.said.by_hand", True),
        ("offer_wording", WRITTEN),
    ]


async def test_where_no_address_is_known_the_text_is_copied_all_the_same(desk: Desk) -> None:
    desk.answers["take_reply"] = WRITTEN
    desk.recorder.gives["inbox.by_hand"] = HandOver("@ana Hola", "", "X")
    assert (await desk.run(inbox.send))[-3:-1] == [("copy", "@ana Hola"), ("say", "inbox.said.by_hand", True)]


async def test_sending_and_staying_does_not_go_on(desk: Desk) -> None:
    desk.answers["take_reply"] = WRITTEN
    calls = await desk.run(inbox.send_stay)
    assert ("stay",) in calls
    assert not any(call[0] == "go_on" for call in calls)


async def test_without_an_undo_time_nothing_offers_to_undo(desk: Desk) -> None:
    desk.answers["take_reply"] = WRITTEN
    desk.services.settings.change(Sending, undo_seconds=0)
    assert ("say", "inbox.said.sent", False) in await desk.run(inbox.send)


async def test_a_refused_reply_is_given_back_whole(desk: Desk) -> None:
    desk.answers["take_reply"] = WRITTEN
    desk.recorder.raises = UserMistake()
    with pytest.raises(UserMistake):
        await desk.run(inbox.send)
    assert desk.recorder.calls[-1] == ("give_back", WRITTEN)


async def test_nothing_to_send_asks_nothing(desk: Desk) -> None:
    assert await desk.run(inbox.send) == [("take_note",), ("take_reply",)]


async def test_a_note_is_kept_instead_of_sent(desk: Desk) -> None:
    desk.answers |= {"take_note": Jotted(7, "Call them"), "take_reply": WRITTEN}
    assert await desk.run(inbox.send) == [("take_note",), ("inbox.note", 7, "Call them")]


async def test_a_note_that_cannot_be_kept_is_given_back(desk: Desk) -> None:
    desk.answers["take_note"] = Jotted(7, "Call them")
    desk.recorder.raises = ReadOnly()
    with pytest.raises(ReadOnly):
        await desk.run(inbox.send)
    assert desk.recorder.calls[-1] == ("give_note_back", Jotted(7, "Call them"))


async def test_snoozing_needs_a_time(desk: Desk) -> None:
    assert await desk.run(inbox.snooze_chosen) == [("snooze_chosen",)]
    until = datetime(2026, 11, 19, 15, 0, tzinfo=UTC)
    desk.answers["snooze_chosen"] = until
    assert ("inbox.snooze", (7,), until) in await desk.run(inbox.snooze_chosen)


async def test_a_chosen_category_is_set_on_all(desk: Desk) -> None:
    assert await desk.run(inbox.category_chosen) == [("category_chosen",)]
    desk.answers["category_chosen"] = Category.ORDER
    assert ("inbox.categorize", (7,), Category.ORDER) in await desk.run(inbox.category_chosen)


@pytest.mark.parametrize(
    ("command", "call"),
    [
        (inbox.retry, ("outbox.retry", 5)),
        (inbox.edit_reply, ("outbox.cancel", 5)),
        (inbox.is_out, ("outbox.settle", 5, ("is_out", True))),
        (inbox.is_not_out, ("outbox.settle", 5, ("is_out", False))),
        (inbox.look_there, ("open_url", "https://x.example/5")),
        (inbox.copy_reply, ("copy", "Hola")),
    ],
)
async def test_a_decision_is_about_the_owed_reply(desk: Desk, command: Command, call: tuple[Any, ...]) -> None:
    assert call not in await desk.run(command)
    desk.answers["owed"] = Owed(5, "Hola", "https://x.example/5")
    assert call in await desk.run(command)


async def test_opening_without_an_address_says_so(desk: Desk) -> None:
    assert await desk.run(inbox.open_there) == [("message_url",), ("say", "inbox.said.no_address", False)]
    desk.answers["message_url"] = "https://x.example/1"
    assert ("open_url", "https://x.example/1") in await desk.run(inbox.open_there)


@pytest.mark.parametrize(
    ("command", "call"),
    [
        (inbox.go_next, ("step", 1)), (inbox.go_previous, ("step", -1)), (inbox.scroll_down, ("scroll", 0.8)),
        (inbox.scroll_up, ("scroll", -0.8)), (inbox.tick, ("tick",)), (inbox.tick_down, ("tick_step", 1)),
        (inbox.tick_up, ("tick_step", -1)), (inbox.tick_all, ("tick_all",)), (inbox.card, ("card",)), (inbox.reply, ("edit_reply",)),
        (inbox.note, ("write_note",)), (inbox.snooze, ("choose_snooze",)), (inbox.category, ("choose_category",)),
    ],
)  # fmt: skip
async def test_what_the_page_does_is_asked_by_verb(desk: Desk, command: Command, call: tuple[Any, ...]) -> None:
    assert await desk.run(command) == [call]
    assert command.at_once


def test_snoozing_offers_times_of_the_shop() -> None:
    wednesday = datetime(2026, 11, 18, 15, 41, tzinfo=UTC)
    local = [until.astimezone(MEXICO).strftime("%a %H:%M") for _, until in snooze_choices(wednesday, MEXICO)]
    assert local == ["Wed 10:41", "Wed 12:41", "Wed 18:00", "Thu 09:00", "Mon 09:00"]
    evening = datetime(2026, 11, 19, 0, 30, tzinfo=UTC)
    assert snooze_choices(evening, MEXICO)[2][1].astimezone(MEXICO).strftime("%a %H:%M") == "Thu 18:00"
    monday = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    assert snooze_choices(monday, MEXICO)[4][1].astimezone(MEXICO).strftime("%d %H:%M") == "30 09:00"


def test_what_may_not_be_changed_may_still_be_read() -> None:
    state = State(page="inbox", context="inbox", conversation=7, conversations=(7,), read_only=True, facts=frozenset({"failed", "like"}))
    assert not any(command.when(state) for command in (inbox.done, inbox.send, inbox.retry, inbox.note, inbox.snooze))
    assert inbox.open_there.when(state)
    assert inbox.tick.when(state)


def test_acts_of_a_network_need_its_leave() -> None:
    state = State(page="inbox", context="inbox", conversation=7, conversations=(7,))
    assert not inbox.retry.when(state)


def test_the_commands_fit_together() -> None:
    registry = collect(inbox.COMMANDS)
    assert len(registry) == len(inbox.COMMANDS)
    assert {command.context for command in registry} == {"inbox"}
