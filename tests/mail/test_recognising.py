"""Tokens are unguessable, survive what mail programs do to subjects and addresses, and subjects are bare when compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.mail.recognising import base_subject, plus_address, plus_token, token, tokens_in, with_token, without_tokens


def test_tokens_are_long_and_differ() -> None:
    made = {token() for _ in range(500)}
    assert len(made) == 500
    assert all(len(each) >= 10 and each.isascii() and each == each.lower() for each in made)


@given(st.text(max_size=200))
def test_a_token_is_found_again_behind_any_subject(subject: str) -> None:
    mark = token()
    told = with_token(subject, mark)
    assert mark in tokens_in(told)
    assert with_token(told, mark) == told


@pytest.mark.parametrize("subject", ["RE: Pregunta [#{}]", "Re[2]: x [# {} ]", "回复：x [#{}]", "x [#{}] (urgente)"])
def test_a_token_survives_what_programs_do_to_it(subject: str) -> None:
    mark = token()
    assert tokens_in(subject.format(mark.upper())) == (mark,)


def test_what_is_no_token_is_none() -> None:
    assert tokens_in("[#short] [#12345678901] #abcdefghijkl (abcdefghijkl)") == ()
    assert without_tokens("Pregunta  [#abcdefghijkl] más") == "Pregunta más"


def test_a_plus_address_carries_the_token_and_nothing_else() -> None:
    assert plus_address("lucia+shop@aurora.example", "abcdefghijkl") == "lucia+r.abcdefghijkl@aurora.example"
    assert plus_token("Lucía <LUCIA+R.ABCDEFGHIJKL@aurora.example>") == "abcdefghijkl"
    assert plus_token("lucia@aurora.example") == ""


@pytest.mark.parametrize(
    "subject",
    [
        "Re: Envío roto",
        "RE: RE: Fwd: envío roto",
        "RV: Envío  roto",
        "AW: Envío roto [#abcdefghijkl]",
        "Re[3]: Envío roto",
        "回复：Envío roto",
        "Отв: Envío roto",
    ],
)
def test_subjects_of_one_exchange_are_alike(subject: str) -> None:
    assert base_subject(subject) == "envío roto"


def test_words_that_only_look_like_a_reply_stay() -> None:
    assert base_subject("Regalo: disco") == "regalo: disco"
    assert base_subject("Reserva") == "reserva"
