"""Anger is noticed in five languages, each sign with its evidence; names of records, formats and what is quoted are calm."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.language.heat import MANY_REPLIES, Heat, Sign, heat

LINES = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "heat_lines.tsv").read_text(encoding="utf-8").splitlines()
]
HEATED = [(sign, text) for sign, _language, text in LINES if sign != "calm"]
CALM = [text for sign, _language, text in LINES if sign == "calm"]


def test_there_are_enough_of_both_in_each_language() -> None:
    assert (len(HEATED) >= 60, len(CALM) >= 120) == (True, True)
    assert {language for _sign, language, _text in LINES} == {"es", "en", "fr", "ru", "zh"}


@pytest.mark.parametrize(("sign", "text"), HEATED)
def test_anger_is_noticed_by_its_sign(sign: str, text: str) -> None:
    assert sign in [each.sign for each in heat(text)]


@pytest.mark.parametrize("text", CALM)
def test_a_calm_text_leaves_at_once(text: str) -> None:
    assert heat(text) == ()


def test_the_evidence_stands_in_the_text() -> None:
    text = "Lea el correo, idiota!!! YA LE DIJE QUE NO"
    found = heat(text)
    assert {each.sign for each in found} == {Sign.INSULT, Sign.CAPITALS, Sign.EXCLAIMING}
    assert all(each.evidence in text for each in found)


def test_what_the_customer_wrote_in_capitals_may_be_repeated_so() -> None:
    theirs = "URGENT!!! WHY DOES NOBODY ANSWER"
    assert heat("You wrote URGENT, WHY DOES NOBODY ANSWER: here is the answer.", theirs=theirs) == ()
    assert heat("You wrote URGENT. WE TOLD YOU ALREADY.", theirs=theirs) != ()


def test_the_fifth_reply_in_ten_minutes_is_a_quarrel() -> None:
    assert heat("Claro que sí.", replies=MANY_REPLIES - 1) == ()
    assert heat("Claro que sí.", replies=MANY_REPLIES) == (Heat(Sign.REPLIES, "5"),)


def test_links_and_handles_are_not_shouted() -> None:
    assert heat("https://example.org/YOU_ARE_NOT_READING!!! @YOU_NOT_READ #YANOPUEDOMAS") == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "!",
        "A" * 50_000,
        "YOU " * 20_000,
        "! " * 20_000,
        '"' * 20_000,
        "« " * 10_000,
        "no " * 20_000,
        "вы " * 20_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    start = time.process_time()
    heat(text)
    assert time.process_time() - start < 1
