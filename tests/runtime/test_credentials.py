"""Secrets: kept whole, kept apart, never readable on the disk; and what happens where there is no keyring."""

from __future__ import annotations

import json
import stat
import sys
import threading
from pathlib import Path

import keyring
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring.backend import KeyringBackend

from app.runtime.credentials import (
    Credentials,
    Keeping,
    KeyringCredentials,
    SessionCredentials,
    VaultCredentials,
    open_credentials,
)
from app.runtime.errors import CredentialTrouble, Damaged, KeyringLocked, NoKeyring, VaultLocked, WrongPassphrase
from app.runtime.log import Held
from tests.fakes import secret_service
from tests.fakes.keyring import MemoryKeyring

CHEAP = 2**10
"""Scrypt's cost in tests."""


def ignore(_held: Held) -> None:
    """A redactor that nobody needs."""


def vault(path: Path, passphrase: str = "correct horse") -> VaultCredentials:
    return VaultCredentials(path, passphrase, ignore, CHEAP)


@pytest.fixture(params=["keyring", "vault", "session"])
def credentials(request: pytest.FixtureRequest, tmp_path: Path) -> Credentials:
    if request.param == "keyring":
        return KeyringCredentials(ignore, MemoryKeyring())
    if request.param == "vault":
        return vault(tmp_path / "secrets.vault")
    return SessionCredentials(ignore)


def test_what_was_set_comes_back(credentials: Credentials) -> None:
    secrets = {"access_token": "ä" * 3001, "refresh_token": "r", "empty": ""}
    credentials.set("one", secrets)
    credentials.set("two", {"access_token": "other"})
    assert credentials.get("one") == secrets
    assert credentials.get("two") == {"access_token": "other"}
    assert credentials.get("three") is None


def test_setting_replaces_all(credentials: Credentials) -> None:
    credentials.set("one", {"access_token": "x" * 2500, "refresh_token": "r"})
    credentials.set("one", {"access_token": "short"})
    assert credentials.get("one") == {"access_token": "short"}


def test_deleting_forgets_and_may_be_repeated(credentials: Credentials) -> None:
    credentials.set("one", {"access_token": "x"})
    credentials.delete("one")
    credentials.delete("one")
    assert credentials.get("one") is None


def test_secrets_become_known_to_the_redactor(tmp_path: Path) -> None:
    heard: list[Held] = []
    VaultCredentials(tmp_path / "v", "p", heard.append, CHEAP).set("one", {"access_token": "abc"})
    VaultCredentials(tmp_path / "v", "p", heard.append, CHEAP).get("one")
    SessionCredentials(heard.append).set("one", {"access_token": "def"})
    KeyringCredentials(heard.append, MemoryKeyring()).set("one", {"access_token": "ghi"})
    assert heard == [Held("one", (value,)) for value in ("abc", "abc", "def", "ghi")]


# --- keyring


def test_the_keyring_is_left_empty() -> None:
    ring = MemoryKeyring()
    credentials = KeyringCredentials(ignore, ring)
    for size in (10, 5000, 20):
        credentials.set("one", {"access_token": "x" * size})
    assert len(ring.entries) == 2
    credentials.delete("one")
    assert ring.entries == {}


@pytest.mark.parametrize("written", range(4))
def test_a_failure_half_way_leaves_the_old_secrets(written: int) -> None:
    ring = MemoryKeyring()
    credentials = KeyringCredentials(ignore, ring)
    credentials.set("one", {"access_token": "old"})
    ring.fails_after = written
    with pytest.raises(CredentialTrouble):
        credentials.set("one", {"access_token": "n" * 2500, "refresh_token": "new"})
    assert credentials.get("one") == {"access_token": "old"}


def test_an_entry_removed_by_hand_counts_as_none() -> None:
    ring = MemoryKeyring()
    credentials = KeyringCredentials(ignore, ring)
    credentials.set("one", {"access_token": "x"})
    del ring.entries["Tertulia", "one/0/access_token/0"]
    assert credentials.get("one") is None


def test_a_locked_keyring_says_so() -> None:
    ring = MemoryKeyring()
    ring.is_locked = True
    with pytest.raises(KeyringLocked):
        KeyringCredentials(ignore, ring).get("one")


@pytest.mark.parametrize("backend", [keyring.backends.fail.Keyring, keyring.backends.null.Keyring])
def test_no_keyring_says_what_to_install(backend: type[KeyringBackend]) -> None:
    with pytest.raises(NoKeyring) as caught:
        KeyringCredentials(ignore, backend())
    assert caught.value.message.values["install"] == "gnome-keyring"


# --- vault


def test_another_process_reads_what_one_wrote(tmp_path: Path) -> None:
    first, second = vault(tmp_path / "v"), vault(tmp_path / "v")
    first.set("one", {"access_token": "1"})
    second.set("two", {"access_token": "2"})
    assert first.get("two") == {"access_token": "2"}
    assert second.get("one") == {"access_token": "1"}


def test_nothing_is_lost_when_several_write(tmp_path: Path) -> None:
    path = tmp_path / "v"
    vault(path)

    def write(name: str) -> None:
        credentials = vault(path)
        for number in range(5):
            credentials.set(f"{name}{number}", {"access_token": name})

    threads = [threading.Thread(target=write, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    final = vault(path)
    assert all(final.get(f"{name}{number}") == {"access_token": name} for name in "abc" for number in range(5))


def test_a_wrong_passphrase_opens_nothing_and_changes_nothing(tmp_path: Path) -> None:
    vault(tmp_path / "v").set("one", {"access_token": "1"})
    before = (tmp_path / "v").read_bytes()
    with pytest.raises(WrongPassphrase):
        vault(tmp_path / "v", "wrong")
    assert (tmp_path / "v").read_bytes() == before


def test_the_same_letters_composed_otherwise_open_it(tmp_path: Path) -> None:
    vault(tmp_path / "v", "contrase\u00f1a").set("one", {"access_token": "1"})
    assert vault(tmp_path / "v", "contrasen\u0303a").get("one") == {"access_token": "1"}


def test_nothing_is_readable_on_the_disk(tmp_path: Path) -> None:
    vault(tmp_path / "v").set("account-name", {"access_token": "very-secret-token"})
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"very-secret" not in content
    assert b"account-name" not in content
    assert b"correct horse" not in content


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes; the folder belongs to the user there")
def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    vault(tmp_path / "v").set("one", {"access_token": "1"})
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


def test_an_empty_passphrase_makes_no_vault(tmp_path: Path) -> None:
    with pytest.raises(VaultLocked):
        vault(tmp_path / "v", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content", ["", "{}", "[1]", '{"version": 9, "n": 1024, "salt": "", "nonce": "", "sealed": ""}']
)
def test_a_broken_file_is_damaged_not_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / "v").write_text(content)
    with pytest.raises(Damaged):
        vault(tmp_path / "v")
    assert (tmp_path / "v").read_text() == content


def test_a_weakened_header_is_noticed(tmp_path: Path) -> None:
    vault(tmp_path / "v").set("one", {"access_token": "1"})
    document = json.loads((tmp_path / "v").read_text())
    (tmp_path / "v").write_text(json.dumps({**document, "n": CHEAP * 2}))
    with pytest.raises(WrongPassphrase):
        vault(tmp_path / "v")


# --- choosing


def test_a_profile_with_a_vault_uses_it(tmp_path: Path) -> None:
    vault(tmp_path / "v", "p")
    assert isinstance(open_credentials(tmp_path / "v", ignore, passphrase="p"), VaultCredentials)
    with pytest.raises(VaultLocked):
        open_credentials(tmp_path / "v", ignore)


def test_without_a_vault_it_is_the_keyring(tmp_path: Path) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    try:
        assert isinstance(open_credentials(tmp_path / "v", ignore), KeyringCredentials)
    finally:
        keyring.set_keyring(before)


def test_a_session_keeps_nothing(tmp_path: Path) -> None:
    open_credentials(tmp_path / "v", ignore, Keeping.SESSION).set("one", {"access_token": "x"})
    assert list(tmp_path.iterdir()) == []
    assert open_credentials(tmp_path / "v", ignore, Keeping.SESSION).get("one") is None


# --- the system's own keyring

PROGRAM = """
import sys
from app.runtime.credentials import KeyringCredentials
from app.runtime.errors import CredentialTrouble
try:
    credentials = KeyringCredentials(lambda secret: None)
    if sys.argv[1] == "write":
        credentials.set("one", {"access_token": "ä" * 3000, "refresh_token": "old"})
        credentials.set("one", {"access_token": "ä" * 2000, "refresh_token": "kept"})
        credentials.set("two", {"access_token": "gone"})
        credentials.delete("two")
    print(len((credentials.get("one") or {}).get("access_token", "")), (credentials.get("one") or {}).get("refresh_token"), credentials.get("two"))
except CredentialTrouble as error:
    print(type(error).__name__)
"""


def in_session(folder: Path, state: str, step: str) -> str:
    done = secret_service.run(folder, state, [sys.executable, "-c", PROGRAM, step])
    return (done.stdout.strip() or done.stderr)[-500:]


@pytest.mark.system
@pytest.mark.skipif(sys.platform != "linux", reason="the Secret Service is Linux'")
def test_a_real_secret_service_keeps_locks_and_misses(tmp_path: Path) -> None:
    assert secret_service.missing() == [], "install these Debian packages"
    assert in_session(tmp_path, "open", "write") == "2000 kept None"
    assert in_session(tmp_path, "open", "read") == "2000 kept None"
    assert in_session(tmp_path, "locked", "read") == "KeyringLocked"
    assert in_session(tmp_path, "none", "read") == "NoKeyring"
    files = list((tmp_path / "data" / "keyrings").iterdir())
    assert files
    assert all(
        "kept".encode("utf-16-le") not in file.read_bytes() and b"kept" not in file.read_bytes() for file in files
    )
