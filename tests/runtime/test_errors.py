"""The tree of errors: each leaf has its words and is drawn where one looks for it."""

from __future__ import annotations

import errno
from datetime import UTC, datetime

import pytest

from app.runtime import errors
from app.runtime.errors import (
    AppError,
    DiskFull,
    DiskTrouble,
    Misconfiguration,
    Misconfigured,
    NoKeyring,
    PaymentNeeded,
    RateLimited,
    ReadOnly,
    Refused,
    SignedOut,
    UserMistake,
    disk_trouble,
)
from app.runtime.words import Words, message
from tests.conftest import TRANSLATIONS

UNTIL = datetime(2026, 11, 18, 18, 0, tzinfo=UTC)


def classes(root: type[AppError] = AppError) -> list[type[AppError]]:
    return [
        root,
        *(found for child in root.__subclasses__() for found in classes(child) if child.__module__ == errors.__name__),
    ]


def one_of_each() -> list[AppError]:
    made: list[AppError] = [
        RateLimited(UNTIL),
        Refused(message("error.offline")),
        *(Misconfigured(cause, "m.example") for cause in Misconfiguration),
    ]
    return made + [kind() for kind in classes() if kind not in {type(error) for error in made}]


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_has_a_whole_sentence(language: str) -> None:
    words = Words(TRANSLATIONS, language)
    for error in one_of_each():
        text = words.text(error.message)
        assert text != error.message.id
        assert "{" not in text
        assert text.endswith(".")


def test_the_drawing_shows_them_all() -> None:
    assert errors.__doc__ is not None
    for kind in classes():
        assert kind.__name__ in errors.__doc__


def test_each_says_in_the_code_what_it_means() -> None:
    assert all(kind.__doc__ for kind in classes())


def test_words_and_next_step_can_be_given() -> None:
    error = SignedOut(message("account.signed_out", handle="@a"), "accounts.open", "HTTP 401")
    assert error.message == message("account.signed_out", handle="@a")
    assert error.next_step == "accounts.open"
    assert str(error) == "account.signed_out(handle=@a): HTTP 401"


def test_defaults() -> None:
    error = SignedOut()
    assert (error.message.id, error.next_step) == ("error.signed_out", "accounts.sign_in_again")
    assert UserMistake(field="handle").field == "handle"
    assert RateLimited(UNTIL).until == UNTIL
    assert PaymentNeeded().until is None
    assert PaymentNeeded(until=UNTIL).until == UNTIL
    assert not Refused(message("network.refused.gone")).by_hand
    assert NoKeyring(install="kwallet").message.values == {"install": "kwallet"}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, ReadOnly),
        (errno.EACCES, ReadOnly),
        (errno.EIO, DiskTrouble),
    ],
)
def test_errors_of_the_file_system_find_their_place(code: int, kind: type[DiskTrouble]) -> None:
    error = disk_trouble(OSError(code, "x", "/path"))
    assert type(error) is kind
    assert "/path" in error.technical
