"""The process that suggests, with the encoder in it."""

from __future__ import annotations

import io
import json

import pytest

from app.language import serving
from app.language.serving import serve
from app.runtime.paths import resources

FILE = resources() / "language" / "chatter.json"
KNOWN = [["late", "¿Dónde está mi pedido?", 1.0, True], ["refund", "Quiero mi dinero de vuelta", 1.0, True]]


def test_the_process_speaks_lines_of_json() -> None:
    asked: list[dict[str, object]] = [
        {"load": KNOWN},
        {"ask": ["where is my order", "🎸"], "limit": 2},
        {"learn": ["late", "any news?", 1.0, True]},
    ]
    out = io.StringIO()
    assert serve(FILE, io.StringIO("".join(json.dumps(each) + "\n" for each in asked)), out) == 0
    ready, loaded, found, learned = [json.loads(line) for line in out.getvalue().splitlines()]
    assert (ready, loaded, learned) == ({"ready": True}, {"ok": True}, {"ok": True})
    assert [[answer for answer, _, _ in one] for one in found["found"]] == [["late"], []]


def test_texts_are_held_and_compared_with_each_other() -> None:
    asked: list[dict[str, object]] = [
        {"hold": ["where is my order", "¿Dónde está mi pedido?"], "anew": True},
        {"hold": ["Quiero mi dinero de vuelta"], "anew": False},
        {"pairs": [[0], [1], [2]], "least": 0.57},
    ]
    out = io.StringIO()
    assert serve(FILE, io.StringIO("".join(json.dumps(each) + "\n" for each in asked)), out) == 0
    _ready, first, second, near = [json.loads(line) for line in out.getvalue().splitlines()]
    assert (first, second) == ({"ok": True}, {"ok": True})
    assert [pair[:2] for pair in near["pairs"]] == [[0, 1]]


def test_many_pairs_come_in_several_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "PAIRS_A_LINE", 1)
    asked: list[dict[str, object]] = [
        {"hold": ["where is my order", "where is my order?", "where's my order"], "anew": True},
        {"pairs": [[0], [1], [2]], "least": 0.5},
        {"pairs": [], "least": 0.5},
    ]
    out = io.StringIO()
    assert serve(FILE, io.StringIO("".join(json.dumps(each) + "\n" for each in asked)), out) == 0
    _ready, _held, *near, nothing = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(each["pairs"][0][:2], each["more"]) for each in near] == [([0, 1], True), ([0, 2], True), ([1, 2], False)]
    assert nothing == {"pairs": [], "more": False}


def test_it_hears_how_texts_sound() -> None:
    out = io.StringIO()
    asked = [{"hear": ["I love it, thank you!", "two months of waiting and nobody answers me"]}, {"hear": []}]
    assert serve(FILE, io.StringIO("".join(json.dumps(each) + "\n" for each in asked)), out) == 0
    assert [json.loads(line) for line in out.getvalue().splitlines()[1:]] == [{"moods": [1, -1]}, {"moods": []}]
