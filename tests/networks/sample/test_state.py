"""The fold of the journal: the same entries give the same world."""

from __future__ import annotations

import json

from app.networks.sample.failures import Failure, FailureKind
from app.networks.sample.state import Said, Script, ServedAccount, ServedPost, Speaker, State, entry

PETRA = Speaker("x", "1", "@petra", "Petra", "es")


def through_json(state: State, *entries: object) -> None:
    for one in entries:
        state.apply(json.loads(json.dumps(one)))


def test_everything_survives_the_journal() -> None:
    account = ServedAccount("x", "9", "@aurora", "Aurora", 10, 0.5, 1)
    post = ServedPost("x:9", "1", "key", "Hola", 5, media=("m",), figures=(1, 2, 3, 0), measured_at=9)
    said = Said("x:9", "2", "mention", PETRA, "¿Abren?", 6, "2:1")
    failure = Failure("f", FailureKind.TIME_OUT, "x:9", "publish", True, 60)
    script = Script("s", 1, (PETRA,), {"mention": {"es": ("Hola",)}})
    state = State()
    through_json(
        state,
        entry("account", account),
        entry("post", post),
        entry("said", said),
        entry("failure", failure),
        entry("script", script),
    )
    assert state.accounts == {"x:9": account}
    assert state.posts == {("x:9", "1"): post}
    assert state.stream["x:9"] == [said]
    assert state.failures == {"f": failure}
    assert state.script == script
    assert state.visited == (0, 1)


def test_of_two_posts_with_one_key_the_first_counts() -> None:
    state = State()
    through_json(
        state,
        entry("post", ServedPost("a", "1", "key", "one", 5)),
        entry("post", ServedPost("a", "2", "key", "two", 6)),
    )
    assert [post.text for post in state.posts.values()] == ["one"]


def test_of_two_messages_with_one_id_the_first_counts() -> None:
    state = State()
    said = Said("a", "2", "mention", PETRA, "Hola", 6, "t")
    through_json(state, entry("said", said), entry("said", said))
    assert state.stream["a"] == [said]


def test_an_entry_of_a_newer_program_is_left_alone() -> None:
    state = State()
    state.apply({"op": "something_new", "x": 1})
    assert state.entries == 1


def test_the_latest_post_is_no_reply() -> None:
    state = State()
    through_json(
        state,
        entry("post", ServedPost("a", "1", "k1", "post", 5)),
        entry("post", ServedPost("a", "2", "k2", "reply", 6, reply_to="77")),
    )
    latest = state.latest_post("a")
    assert latest is not None
    assert latest.text == "post"
    assert state.latest_post("b") is None


def test_a_reply_stands_in_the_thread_of_what_it_answers_and_a_post_in_none() -> None:
    state = State()
    said = Said("a", "2", "mention", PETRA, "Hola", 6, "2:1")
    reply = ServedPost("a", "3", "k3", "reply", 7, reply_to="2")
    further = ServedPost("a", "4", "k4", "second part", 8, reply_to="3")
    post = ServedPost("a", "5", "k5", "post", 9)
    part = ServedPost("a", "6", "k6", "second part of the post", 9, reply_to="5")
    through_json(state, entry("said", said), *(entry("post", one) for one in (reply, further, post, part)))
    assert [state.thread_of("a", number) for number in ("2", "3", "4", "5", "6", "7")] == [
        "2:1",
        "2:1",
        "2:1",
        "",
        "",
        "",
    ]
    assert state.stream["a"] == [said, reply, further]
    assert state.answers_to("a", "3") == 0
