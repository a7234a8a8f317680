"""The process that suggests, with the encoder in it."""

from __future__ import annotations

import io
import json

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
