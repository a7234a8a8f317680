"""What the command line prints: lines for people, objects for programs, and nothing that acts in a terminal."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

from app.cli.output import Output
from app.models.outbox import DeliveryState
from app.runtime.errors import UserMistake
from app.runtime.words import Words, message


def output(words: Words, *, as_json: bool) -> tuple[Output, io.StringIO, io.StringIO]:
    out, err = io.StringIO(), io.StringIO()
    return Output(words, as_json=as_json, out=out, err=err), out, err


VALUES = {"id": 7, "state": DeliveryState.OUT, "at": datetime(2026, 11, 18, 16, 0, tzinfo=UTC), "file": Path("a/b"), "why": None, "more": [1, {"a": "ñ"}]}


def test_programs_get_one_object_a_line(words: Words) -> None:
    to, out, _ = output(words, as_json=True)
    to.item(VALUES, message("cli.synced", n=2))
    to.say(message("cli.synced", n=2))
    (line,) = out.getvalue().splitlines()
    assert json.loads(line) == {
        "id": 7, "state": "out", "at": "2026-11-18T16:00:00+00:00", "file": str(Path("a/b")), "why": None, "more": [1, {"a": "ñ"}],
    }  # fmt: skip
    assert "ñ" in line


def test_people_get_a_sentence_or_the_values_in_their_order(words: Words) -> None:
    to, out, _ = output(words, as_json=False)
    to.item(VALUES, message("cli.synced", n=2))
    to.item({"id": 7, "state": DeliveryState.OUT, "text": "dos\nlíneas"})
    to.say(message("cli.synced", n=1))
    assert out.getvalue().splitlines() == ["2 new messages", "7  out  dos líneas", "1 new message"]


def test_what_strangers_wrote_does_nothing_in_a_terminal(words: Words) -> None:
    to, out, err = output(words, as_json=False)
    evil = "\x1b[2Jhola\u202e\u2066 \x07mundo\r\n"
    to.item({"text": evil})
    to.item({}, message("cli.account_trouble", handle=evil, reason="x"))
    to.complain(message("cli.account_trouble", handle=evil, reason="x"))
    for said in (out.getvalue(), err.getvalue()):
        assert not set(said) & set("\x1b\u202e\u2066\x07\r")
        assert "hola" in said
    assert len(out.getvalue().splitlines()) == 2


def test_errors_are_one_sentence_on_standard_error(words: Words) -> None:
    to, out, err = output(words, as_json=True)
    to.trouble(UserMistake(message("inbox.reply_empty")))
    assert (out.getvalue(), err.getvalue()) == ("", "There is nothing to send yet.\n")


def test_a_reason_of_a_row_becomes_a_sentence(words: Words) -> None:
    to, _, _ = output(words, as_json=True)
    assert to.sentence("") == ""
    assert to.sentence(message("inbox.reply_empty").to_json()) == "There is nothing to send yet."
