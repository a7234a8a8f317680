"""Secrets on standard input: plain, or as JSON."""

from __future__ import annotations

import pytest

from app.cli.acts import secret_of
from app.runtime.errors import UserMistake

ONE = ("access_token",)


def test_secrets_come_plain_or_as_json() -> None:
    assert secret_of('{"key": "abc", "secret": "def", "more": 1}', ("key", "secret")) == {"key": "abc", "secret": "def"}
    assert secret_of('{"app_password": "abc"}', ("app_password",)) == "abc"
    assert secret_of(" abc\n", ONE) == "abc"
    assert secret_of('{"access_token": "abc", "scope": "read"}', ONE) == "abc"
    assert secret_of('{"password": "abc"}', ONE) == "abc"
    for wrong in ('{"scope": "read"}', '{"access_token": 7}', "{nothing"):
        with pytest.raises(UserMistake):
            secret_of(wrong, ONE)
