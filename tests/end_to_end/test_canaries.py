"""No secret anywhere: canaries are planted, every path is walked with servers that say them back, and everything written is searched."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote

import pytest

from app.models.delivery import Owed
from app.models.outbox import OutboxKind
from app.runtime.clock import SystemClock, to_ms
from app.runtime.credentials import KeyringCredentials
from app.runtime.paths import Paths
from app.services.locking import LEAST_N, RECORD, LockKey
from app.services.server_facts import facts_text, limits_text
from app.store.database import Database
from app.store.writing import accounts, outbox, settings
from tests.fakes import file_keyring
from tests.fakes.file_keyring import FileKeyring
from tests.fakes.http_server import Cut, Reply, Request
from tests.faults import owing
from tests.faults.served import ServedX
from tests.networks.bluesky import pds
from tests.networks.mastodon import server_of_tests
from tests.networks.mastodon.server_of_tests import MastodonOfTests, recorded
from tests.networks.x import server as x_server

ROOT = Path(__file__).resolve().parents[2]
PIECE = 24
"""Long secrets are searched for in pieces: pages of the data file may part them."""
PATIENCE_SECONDS = 60.0
BROWSER = """#!{python}
import http.client, sys
from urllib.parse import parse_qs, urlencode, urlsplit
asked = {{name: values[0] for name, values in parse_qs(urlsplit(sys.argv[1]).query).items()}}
back = urlsplit(asked["redirect_uri"])
connection = http.client.HTTPConnection(back.hostname, back.port, timeout=20)
connection.request("GET", back.path + "?" + urlencode({{"code": "{code}", "state": asked["state"]}}))
connection.getresponse().read()
"""


class Cage:
    """All canaries, a folder with everything that programs may write, and what they said."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "everything"
        self.outside = folder / "outside"
        for each in (self.folder, self.folder / "temp", self.folder / "home", self.outside):
            each.mkdir(parents=True, exist_ok=True)
        self.canaries: set[str] = set()
        self.said: list[bytes] = []
        self.seen: list[bytes] = []
        """Command lines and environments of the running processes."""

    def canary(self, what: str = "canary") -> str:
        """A fresh secret of an unmistakable form."""
        made = f"{what}-{token_hex(10)}"
        self.canaries.add(made)
        return made

    def profile(self, name: str) -> Path:
        return self.folder / name

    @property
    def keyring(self) -> Path:
        return self.outside / "keyring.json"

    async def run(
        self, profile: str, *words: object, stdin: str = "", code: int | None = 0, kill_after: float = 0.0
    ) -> str:
        """A process of its own, watched while it runs; `code` None: however it ends. Answers what it said."""
        environment = {
            **{name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LD_LIBRARY_PATH")},
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "temp"),
            "PYTHON_KEYRING_BACKEND": file_keyring.BACKEND,
            file_keyring.FILE: str(self.keyring),
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "QT_QPA_PLATFORM": "offscreen",
            "BROWSER": f"{self.outside / 'browser'} %s",
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(ROOT / "tests" / "end_to_end" / "loud.py"), "--profile", str(self.profile(profile)), *map(str, words),
            env=environment, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        watching = asyncio.get_running_loop().create_task(self._watch(process.pid))
        if kill_after:
            asyncio.get_running_loop().call_later(kill_after, process.kill)
        try:
            out, err = await asyncio.wait_for(process.communicate(stdin.encode()), PATIENCE_SECONDS)
        finally:
            watching.cancel()
            if process.returncode is None:
                process.kill()
        self.said += [out, err]
        assert code is None or process.returncode == code, (
            f"{words}: {process.returncode}\n{out.decode()}{err.decode()}"
        )
        return (out + err).decode()

    def owe(self, profile: str, account_ids: Sequence[int], count: int) -> None:
        """Posts that are due now, so many for each account."""
        paths, clock = Paths.of(self.profile(profile)), SystemClock()
        database, now = Database.open(paths.database, backups=paths.backups, clock=clock), clock.now()
        owed = [
            Owed(account_id, OutboxKind.POST, f"{account_id} {number}", now, parts=(f"duda {number}",))
            for account_id in account_ids
            for number in range(count)
        ]
        database.write_now(lambda session: [outbox.add(session, each, to_ms(now)) for each in owed])
        database.close_now()

    async def _watch(self, pid: int) -> None:
        while True:
            for name in ("cmdline", "environ"):
                file = Path("/proc", str(pid), name)
                if file.exists():
                    self.seen.append(file.read_bytes())
            await asyncio.sleep(0.2)

    def found(self) -> list[str]:
        """Every place where a canary is, in any of the forms in which it may be written."""
        places = [(f"said: {said[:200]!r}", said) for said in self.said] + [
            ("process list", seen) for seen in self.seen
        ]
        places += [
            (str(file.relative_to(self.folder)), file.read_bytes()) for file in self.folder.rglob("*") if file.is_file()
        ]
        for file in [file for file in self.folder.rglob("*") if file.is_file() and zipfile.is_zipfile(file)]:
            with zipfile.ZipFile(file) as archive:  # what is packed is not seen from outside
                names = archive.namelist()
                places += [(f"{file.relative_to(self.folder)}: {name}", archive.read(name)) for name in names]
                places += [(f"{file.relative_to(self.folder)}: names", "\n".join(names).encode())]
        forms = {form: canary for canary in self.canaries for form in forms_of(canary)}
        return sorted(
            {f"{canary} in {place}" for place, data in places for form, canary in forms.items() if form in data}
        )


def forms_of(secret: str) -> Iterator[bytes]:
    """As it is, as an address holds it, in base64, and as Windows' texts lie in memory; long ones in pieces."""
    pieces = (
        [secret[at : at + PIECE] for at in range(0, max(1, len(secret) - PIECE + 1), PIECE)]
        if len(secret) > 2 * PIECE
        else [secret]
    )
    for piece in pieces:
        yield piece.encode()
        yield quote(piece, safe="").encode()
        yield base64.b64encode(piece.encode()).rstrip(b"=")[:-1]
        yield piece.encode("utf-16-le")


def echoes(secret: str) -> list[Reply]:
    """Answers of servers and proxies that say a secret back."""
    header = f"Bearer {secret}"
    return [
        Reply(
            500,
            {"error": f"cannot decode {secret}", "trace": {"headers": {"authorization": header}}},
            headers={"x-request": header},
        ),
        Reply(502, body=f"<html>upstream refused Authorization: {header}</html>".encode()),
        Reply(200, body=f"<pre>token={secret}</pre>".encode()),
        Reply(302, {}, headers={"location": f"/elsewhere?access_token={quote(secret)}"}),
        Reply(429, {"error": f"{secret} asks too often"}, headers={"retry-after": "0", "x-who": secret}),
        Reply(500, {"error_description": f"{secret}{secret}"}, cut=Cut.MIDDLE),
    ]


@pytest.fixture
def cage(tmp_path: Path) -> Cage:
    return Cage(tmp_path)


# --- Mastodon


async def walk_mastodon(cage: Cage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pasted token, then the browser: accepted, refused, published, doubted, refused for good, read, revoked; a bug in between."""
    token, wrong, code, client_secret = cage.canary(), cage.canary(), cage.canary("code"), cage.canary("client-secret")
    monkeypatch.setattr(server_of_tests, "TOKEN", token)
    server = MastodonOfTests(SystemClock())  # type: ignore[arg-type]
    await server.start()
    try:
        add = ("accounts", "add", "mastodon", "--server", server.url)
        server.http.on(
            "GET",
            "/api/v1/accounts/verify_credentials",
            Reply(401, {"error": f"The access token {wrong} is invalid", "seen": wrong}),
        )
        await cage.run("mastodon", *add, "--secret-stdin", stdin=wrong, code=1)
        server.http.on("GET", "/api/v1/accounts/verify_credentials", Reply(200, recorded(server_of_tests.OURS)))
        await cage.run("mastodon", *add, "--secret-stdin", stdin=json.dumps({"access_token": token}))
        post = ("post", "--account", 1, "--text")
        server.http.on("GET", "/api/v1/notifications", *echoes(token))
        said = await cage.run(
            "mastodon",
            *post,
            "hola",
            "--then",
            "sync",
            "--once",
            "--then",
            "search",
            "x",
            "--then",
            "doctor",
            code=None,
        )
        assert "ValueError: a bug with" in said
        server.faults = [(False, reply) for reply in echoes(token)]
        cage.owe("mastodon", [1], len(server.faults))
        await cage.run("mastodon", "publish", "--once", code=None)
        refused = Reply(422, {"error": f"Validation failed: {token} Bearer {token}"})
        server.faults = [(False, refused), (False, Reply(401, {"error": f"{token} was revoked"}))]
        said = await cage.run("mastodon", *post, "nunca", "--then", *post, "y fuera", "--then", "doctor", code=1)
        assert "<secret>" in said
        await walk_browser(cage, server, code, client_secret)
    finally:
        await server.stop()


async def walk_browser(cage: Cage, server: MastodonOfTests, code: str, client_secret: str) -> None:
    """The same account again, through the server's pages; then it is removed."""
    browser = cage.outside / "browser"
    browser.write_text(BROWSER.format(python=sys.executable, code=code), encoding="utf-8")
    browser.chmod(0o700)
    verifiers: list[str] = []

    def exchange(request: Request) -> Reply:
        verifiers.append(request.form.get("code_verifier", ""))
        cage.canaries.update(verifier for verifier in verifiers if verifier)
        if len(verifiers) == 1:
            return Reply(
                400, {"error": "invalid_grant", "error_description": f"{code} of {client_secret} with {verifiers[0]}"}
            )
        return Reply(200, {**recorded("token"), "access_token": server_of_tests.TOKEN})

    server.http.on("POST", "/api/v1/apps", Reply(200, {**recorded("app"), "client_secret": client_secret}))
    server.http.on("POST", "/oauth/token", exchange)
    await cage.run("mastodon", "accounts", "add", "mastodon", "--server", server.url, code=1)
    await cage.run("mastodon", "accounts", "add", "mastodon", "--server", server.url)
    assert len(verifiers) == 2
    server.http.on(
        "POST", "/oauth/revoke", Reply(403, {"error": f"unauthorized_client {client_secret} {server_of_tests.TOKEN}"})
    )
    await cage.run("mastodon", "backup", cage.folder / "copy.db", "--then", "accounts", "remove", 1, code=None)
    assert server.http.asked("POST", "/oauth/revoke")


# --- Bluesky


async def walk_bluesky(cage: Cage, monkeypatch: pytest.MonkeyPatch) -> None:
    """App password and the tokens made of it: accepted, refused, renewed, renewed by the password, refused altogether, ended."""
    password, wrong = (f"{made[0:4]}-{made[4:8]}-{made[8:12]}-{made[12:16]}" for made in (token_hex(8), token_hex(8)))
    cage.canaries |= {password, wrong}
    monkeypatch.setattr(pds, "APP_PASSWORD", password)
    server = pds.PdsOfTests(SystemClock())
    make = server._token

    def token(*scope_and_life: object) -> str:
        made = make(*scope_and_life)  # type: ignore[arg-type]
        cage.canaries.add(made.partition(".")[2])  # the head is the same for all tokens of the world
        return made

    monkeypatch.setattr(server, "_token", token)
    await server.start()
    try:
        sign_in, add = (
            server._create_session,
            ("accounts", "add", "bluesky", "--server", server.url, "--handle", "aurora.test", "--secret-stdin"),
        )

        def refused(secret: str) -> Reply:
            return Reply(401, {"error": "AuthenticationRequired", "message": f"Invalid password {secret}"})

        server.http.on("POST", "/xrpc/com.atproto.server.createSession", refused(wrong))
        await cage.run("bluesky", *add, stdin=wrong, code=1)
        server.http.on("POST", "/xrpc/com.atproto.server.createSession", sign_in)
        await cage.run("bluesky", *add, stdin=password)
        post = ("post", "--account", 1, "--text")
        await cage.run("bluesky", *post, "hola")
        server.expire()
        await cage.run("bluesky", *post, "con otro")
        assert server.refreshes
        server.refresh_ok = False
        server.expire()
        await cage.run("bluesky", *post, "con la contraseña")
        held = next(token for token, scope in server._valid.items() if scope != pds.REFRESH)
        server.faults = [
            (False, reply)
            for reply in [
                *echoes(held),
                Reply(400, {"error": "InvalidRequest", "message": f"Invalid {held} and {password}"}),
            ]
        ]
        cage.owe("bluesky", [1], len(server.faults))
        await cage.run("bluesky", "publish", "--once", code=None)
        server.expire()
        server.http.on("POST", "/xrpc/com.atproto.server.createSession", refused(password))
        await cage.run(
            "bluesky", *post, "nunca", "--then", "sync", "--once", "--then", "accounts", "remove", 1, code=None
        )
    finally:
        await server.stop()


# --- X


async def walk_x(cage: Cage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokens that are renewed, and the four keys: published, refused with all that was sent, renewal refused, revoked."""
    keys = {name: cage.canary("key") for name in x_server.KEYS}
    monkeypatch.setattr(x_server, "KEYS", keys)
    served = ServedX(SystemClock())
    await served.start()
    server = served.server
    try:
        tokens = {"client_id": x_server.CLIENT_ID, "access_token": cage.canary(), "refresh_token": cage.canary()}
        server.access, server.refresh = set(), {tokens["refresh_token"]}
        given = server._token

        def renewal(request: Request) -> Reply:
            reply = given(request)
            cage.canaries |= server.access | server.refresh
            return reply

        server.http.on("POST", "/2/oauth2/token", renewal)
        two_accounts(cage, served, tokens, keys)
        await cage.run("x", "post", "--account", 1, 2, "--text", "hola")
        assert server.refreshes
        # Each account is told its own secrets; another's a server cannot know.
        for account_id, secrets in (
            (1, (*server.access, *server.refresh)),
            (2, (keys["access_token_secret"], keys["api_key_secret"])),
        ):
            for secret in secrets:
                server.faults += [(False, reply) for reply in echoes(secret)[:3]] + [
                    (False, Reply(403, {"title": "Forbidden", "detail": f"no {secret}"}))
                ]
            cage.owe("x", [account_id], len(server.faults))
            await cage.run("x", "publish", "--once", code=None)
        server.faults = []
        server.http.on(
            "POST",
            "/2/oauth2/token",
            Reply(
                400,
                {"error": "invalid_request", "error_description": f"Value {next(iter(server.refresh))} was invalid"},
            ),
        )
        server.access = set()
        await cage.run("x", "post", "--account", 1, 2, "--text", "nunca", code=1)
        await cage.run("x", kill_after=4.0, code=None)  # the window
        server.http.on("POST", "/2/oauth2/revoke", *echoes(next(iter(server.refresh))))
        await cage.run("x", "accounts", "remove", 1, "--then", "accounts", "remove", 2, code=None)
    finally:
        await served.stop()


def two_accounts(cage: Cage, served: ServedX, tokens: dict[str, str], keys: dict[str, str]) -> None:
    """As two sign-ins leave them; X's own address cannot be one on this computer."""
    paths = Paths.of(cage.profile("x"))
    paths.create()
    database, now = (
        Database.open(paths.database, backups=paths.backups, clock=SystemClock()),
        to_ms(SystemClock().now()),
    )
    limits, facts = limits_text(served.limits), facts_text(served.facts)
    database.write_now(settings.save, "profile.id", owing.PROFILE_ID)
    for number, secrets in enumerate((tokens, keys), start=1):
        url = served.server.url.replace("127.0.0.1", "localhost") if number == 1 else served.server.url
        account_id = database.write_now(
            lambda session, url=url: accounts.add(
                session, "x", url, served.handle, served.remote_id, now, limits=limits, facts=facts
            )
        )
        owing.sign_in(cage.keyring, account_id, secrets)
    database.close_now()


# --- the vault


async def walk_vault(cage: Cage) -> None:
    """The passphrase comes by standard input and is nowhere; nor is a wrong one."""
    passphrase, wrong = cage.canary("passphrase"), cage.canary("passphrase")
    await cage.run("vault", "vault", stdin=f"{passphrase}\n")
    await cage.run("vault", "--passphrase-stdin", "doctor", stdin=f"{passphrase}\n", code=None)
    assert (cage.profile("vault") / "secrets.vault").exists()
    await cage.run("vault", "--passphrase-stdin", "doctor", stdin=f"{wrong}\n", code=1)
    await cage.run(
        "vault",
        "--passphrase-stdin",
        "accounts",
        "add",
        "mastodon",
        "--server",
        "localhost:9",
        "--secret-stdin",
        stdin=f"{wrong}\n{cage.canary()}",
        code=1,
    )


# --- what is carried away


async def walk_away(cage: Cage) -> None:
    """A profile with a secret of each kind in the keyring, and the window's lock: backed up, exported, moved, restored, asked after its health."""
    root, ring = cage.profile("away"), KeyringCredentials(lambda _secret: None, FileKeyring(cage.keyring))
    passphrase = cage.canary("passphrase")
    paths = Paths.of(root)
    paths.create()
    database, now = Database.open(paths.database, backups=paths.backups, clock=SystemClock()), to_ms(SystemClock().now())
    database.write_now(settings.save, "profile.id", owing.PROFILE_ID + "a")
    account_id = database.write_now(
        lambda session: accounts.add(session, "mastodon", "https://localhost:9", "@aurora", "r1", now)
    )
    database.write_now(settings.save, "lock", json.dumps({"version": 1, "values": {"on": True}}))
    database.close_now()
    lock = LockKey(lambda: ring, owing.PROFILE_ID + "a", cost=LEAST_N)
    lock.keep(passphrase)
    kept = json.loads((ring.get(f"{owing.PROFILE_ID}a.lock") or {})[RECORD])
    cage.canaries |= {kept["hash"], kept["salt"]}
    for name, secret in ((str(account_id), "access_token"), ("links.bitly", "key"), ("links.shlink", "key"), ("analytics", "key")):
        ring.set(f"{owing.PROFILE_ID}a.{name}", {secret: cage.canary()})
    folder = cage.folder / "carried"
    acts: list[tuple[object, ...]] = [
        ("search", "x"),  # a bug that holds the account's secrets, and its report
        ("backup", folder / "a.tertulia-backup"),
        ("backup", folder / "a.tertulia-backup", "--check"),
        ("backup", folder / "a.db"),
        ("export", "everything", folder / "all"),
        ("export", "everything", folder / "all.zip"),
        ("move", folder / "move.tertulia-backup"),
        ("inbox", "list"),
    ]
    words = [word for act in acts for word in ("--then", "--passphrase-stdin", *act)][1:]
    await cage.run("away", *words, stdin=f"{passphrase}\n" * len(acts))
    assert list(paths.logs.glob("crash-*.txt"))
    refused = ("--passphrase-stdin", "inbox", "list", "--then", "doctor", "--then", "lock", "status")
    said = await cage.run("away", *refused, stdin=cage.canary("wrong") + "\n")
    assert "not the passphrase" in said
    await cage.run("away", "restore", folder / "a.tertulia-backup")
    await cage.run("elsewhere", "restore", folder / "move.tertulia-backup", "--then", "doctor", code=None)
    assert {"a.tertulia-backup", "a.db", "all", "all.zip", "move.tertulia-backup"} <= {path.name for path in folder.iterdir()}


@pytest.mark.timeout(240)
async def test_nothing_that_is_carried_away_holds_a_secret(cage: Cage) -> None:
    await walk_away(cage)
    assert len(cage.canaries) >= 8
    assert "\n".join(cage.found()) == ""


@pytest.mark.timeout(240)
async def test_no_secret_is_written_anywhere_on_any_path(cage: Cage, monkeypatch: pytest.MonkeyPatch) -> None:
    async with asyncio.TaskGroup() as walks:
        walks.create_task(walk_mastodon(cage, monkeypatch))
        walks.create_task(walk_bluesky(cage, monkeypatch))
        walks.create_task(walk_x(cage, monkeypatch))
        walks.create_task(walk_vault(cage))
    assert len(cage.canaries) >= 20
    assert cage.seen
    assert [file for file in cage.folder.rglob("*.log") if b"DEBUG" in file.read_bytes()]
    assert "\n".join(cage.found()) == ""


def test_the_search_finds_what_it_is_for(cage: Cage) -> None:
    canary = cage.canary()
    for form in forms_of(canary):
        file = cage.folder / "written"
        file.write_bytes(b"before " + form + b" after")
        assert cage.found() == [f"{canary} in written"]
    (cage.folder / "written").unlink()
    with zipfile.ZipFile(cage.folder / "packed.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside", "a" * 500 + canary + "a" * 500)
    assert cage.found() == [f"{canary} in packed.zip: inside"]
