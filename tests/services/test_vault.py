"""Secrets where they are to be found; a machine without a keyring is told so only when secrets are asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.runtime.errors import NoKeyring, UserMistake, VaultLocked, WrongPassphrase
from app.runtime.log import Held
from app.services.vault import Secrets

PHRASE = "una frase bastante larga"


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that cost nothing, so that the tests do not either."""
    from app.runtime import credentials

    monkeypatch.setattr(credentials.VaultCredentials.__init__, "__defaults__", (2**10,))


def secrets_in(folder: Path, passphrase: str | None = None, heard: list[Held] | None = None) -> Secrets:
    return Secrets(folder / "secrets.vault", (heard if heard is not None else []).append, passphrase)


def test_without_a_keyring_it_is_said_when_secrets_are_wanted_and_not_before(tmp_path: Path) -> None:
    secrets = secrets_in(tmp_path)
    assert not secrets.has_vault
    with pytest.raises(NoKeyring):
        secrets.get("p.1")


@pytest.mark.usefixtures("cheap")
def test_a_vault_keeps_secrets_for_the_next_run_and_nothing_in_plain_text(tmp_path: Path) -> None:
    heard: list[Held] = []
    secrets = secrets_in(tmp_path, heard=heard)
    secrets.make_vault(PHRASE)
    assert secrets.has_vault
    secrets.set("p.1", {"access_token": "canary-1234"})
    assert Held("p.1", ("canary-1234",)) in heard  # the log knows what to leave out
    assert b"canary" not in (tmp_path / "secrets.vault").read_bytes()
    later = secrets_in(tmp_path, PHRASE)
    assert later.get("p.1") == {"access_token": "canary-1234"}
    later.delete("p.1")
    assert secrets.get("p.1") is None


@pytest.mark.usefixtures("cheap")
def test_a_vault_is_locked_until_its_passphrase_is_given(tmp_path: Path) -> None:
    secrets_in(tmp_path).make_vault(PHRASE)
    later = secrets_in(tmp_path)
    with pytest.raises(VaultLocked):
        later.get("p.1")
    with pytest.raises(WrongPassphrase):
        later.unlock("otra frase, no esa")
    later.unlock(PHRASE)
    assert later.get("p.1") is None


@pytest.mark.usefixtures("cheap")
def test_a_vault_that_is_there_is_not_replaced(tmp_path: Path) -> None:
    secrets_in(tmp_path).make_vault(PHRASE)
    before = (tmp_path / "secrets.vault").read_bytes()
    with pytest.raises(WrongPassphrase):
        secrets_in(tmp_path).make_vault("otra frase, no esa")
    assert (tmp_path / "secrets.vault").read_bytes() == before


def test_a_short_passphrase_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(UserMistake) as trouble:
        secrets_in(tmp_path).make_vault("corta")
    assert trouble.value.field == "passphrase"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept otherwise there")
@pytest.mark.usefixtures("cheap")
def test_only_its_owner_may_read_the_vault(tmp_path: Path) -> None:
    secrets_in(tmp_path).make_vault(PHRASE)
    assert (tmp_path / "secrets.vault").stat().st_mode & 0o077 == 0
