"""Signing in as a person does: the window or the command line opens the browser, a real Chromium shows the server's pages and comes back."""

from __future__ import annotations

import asyncio
import html
import http.client
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from app.runtime.tasks import system_clock
from tests.fakes.http_server import Reply, Request
from tests.networks.mastodon.imitation import imitation
from tests.networks.mastodon.server_of_tests import TOKEN, MastodonOfTests, recorded
from tests.system.browser import Opener, browser, opener
from tests.system.desktop import Desktop, Program, started

pytestmark = [pytest.mark.system, pytest.mark.timeout(300)]


@pytest.fixture
def door(tmp_path: Path) -> Opener:
    return opener(tmp_path / "opener")


def redirect_of(address: str) -> str:
    """Where a sign-in page is to send the browser."""
    asked = dict(parse_qsl(urlsplit(address).query))["redirect_uri"]
    assert asked.startswith("http://127.0.0.1:")
    return asked


# --- from the window, on mastodon_mock's pages


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with imitation(tmp_path_factory.mktemp("mastodon_mock"), "ana", "aurora") as address:
        yield address


@pytest.fixture
def newcomer(desktop: Desktop, door: Opener, tmp_path: Path) -> Iterator[Program]:
    """Before a window without a shop, in Spanish."""
    desktop.use_layout("us")
    with started(desktop, tmp_path, ["--language", "es"], door.environment) as program:
        yield program


def ask(server: str, path: str) -> Any:
    """What the server itself says, as Ana sees it."""
    parts = urlsplit(server)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        connection.request("GET", path, headers={"Authorization": "Bearer ana-token"})
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()


def test_a_newcomer_signs_in_from_the_window_and_publishes(newcomer: Program, door: Opener, server: str, tmp_path: Path) -> None:
    keys = newcomer.desktop
    newcomer.wait_for("how to begin", "check box", "^Conectar una cuenta", "focused")
    keys.press("return")
    newcomer.wait_for("the shop's name", "text", "^Nombre", "focused")
    keys.type("Discos Aurora")
    keys.press("return", "return", "return")  # country and zone are as the system has them
    newcomer.wait_for("the server's name", "text", "Mastodon", "focused")
    keys.type(server)
    keys.press("return")
    address = door.asked()
    assert address.startswith(f"{server}/oauth/authorize?")

    with browser(tmp_path / "browser", "es") as chromium:
        chromium.go(address)
        assert "Authorize this app" in chromium.text
        chromium.press("button[value=aurora]")

        ours = chromium.arrive(redirect_of(address))
        assert chromium.text.split("\n") == ["Tertulia", "Listo. Tertulia sigue desde aquí: puedes cerrar esta página."]
        assert chromium.run("return document.documentElement.lang") == "es"
        assert [said for said in chromium.complaints() if said.startswith(ours)] == []

    newcomer.wait_for("the account in the window", "table cell", "@aurora")
    (account,) = newcomer.tell("accounts", "list")
    assert (account["handle"], account["state"]) == ("@aurora", "ready")
    (sent,) = newcomer.tell("post", "--account", str(account["id"]), "--text", "Recién llegada.")
    assert sent["state"] == "out"
    assert "Recién llegada." in ask(server, f"/api/v1/statuses/{sent['remote_id']}")["content"]
    assert newcomer.complained() == []


# --- from the command line, on pages with a way to say no


class Pages:
    """A server that asks for a password and then for consent, and says no as Mastodon does."""

    def __init__(self, server: MastodonOfTests) -> None:
        self.server = server
        server.http.on("POST", "/api/v1/apps", Reply(200, recorded("app")))
        server.http.on("GET", "/oauth/authorize", self.sign_in)
        server.http.on("POST", "/sign_in", self.consent)
        server.http.on("POST", "/oauth/authorize", self.decide)
        server.http.on("POST", "/oauth/token", Reply(200, {**recorded("token"), "access_token": TOKEN}))

    def sign_in(self, request: Request) -> Reply:
        asks = '<input name="login"><input name="password" type="password"><button>Log in</button>'
        return self.page(f'<form method="post" action="/sign_in">{asks}{kept(dict(request.query))}</form>')

    def consent(self, request: Request) -> Reply:
        values = request.form
        assert values.pop("login"), values.pop("password") == ("aurora", "only for this test")
        choices = '<button name="choice" value="yes">Authorize</button><button name="choice" value="no">Deny</button>'
        return self.page(f'<form method="post" action="/oauth/authorize">{choices}{kept(values)}</form>')

    def decide(self, request: Request) -> Reply:
        values = request.form
        no = {"error": "access_denied", "error_description": "The resource owner or authorization server denied the request."}
        answer = {"code": "made-up-code"} if values["choice"] == "yes" else no
        return Reply(302, body=b"", headers={"Location": f"{values['redirect_uri']}?{urlencode({**answer, 'state': values['state']})}"})

    @staticmethod
    def page(content: str) -> Reply:
        return Reply(200, body=f"<!doctype html><title>Musica</title>{content}".encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def kept(values: dict[str, str]) -> str:
    return "".join(f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in values.items())


@pytest.mark.parametrize(
    ("choice", "page", "code", "out", "err", "handles"),
    [
        ("yes", "Done. Tertulia takes it from here: you can close this page.", 0, "Signed in as @aurora. It is account 1.", "", ["@aurora"]),
        (
            "no",
            "Nothing was allowed, and no account was added. You can close this page.",
            1,
            "",
            "Access was not allowed in the browser, so no account was added.",
            [],
        ),
    ],
    ids=["allowed", "denied"],
)
async def test_the_command_line_hears_what_the_user_decided(
    desktop: Desktop, door: Opener, tmp_path: Path, choice: str, page: str, code: int, out: str, err: str, handles: list[str]
) -> None:
    server = MastodonOfTests(system_clock())  # type: ignore[arg-type]  (its clock only tells the time here)
    await server.start()
    Pages(server)
    command = [sys.executable, "-P", "-m", "app", "--profile", str(tmp_path / "profile"), "--language", "en"]
    environment = {**desktop.environment, **door.environment}
    begun = await asyncio.create_subprocess_exec(
        *command, "accounts", "add", "mastodon", "--server", server.url, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        shown = await asyncio.to_thread(decide_in_browser, tmp_path / "browser", door, choice)
        said, complained = ((each.decode().splitlines()) for each in await asyncio.wait_for(begun.communicate(), 30))
    finally:
        if begun.returncode is None:
            begun.kill()
            await begun.wait()
        await server.stop()

    assert shown == ["Tertulia", page]
    assert (begun.returncode, said[1:], complained) == (code, [out] if out else [], [err] if err else [])
    listed = desktop.run(*command, "--json", "accounts", "list")
    assert [json.loads(line)["handle"] for line in listed.splitlines()] == handles


def decide_in_browser(folder: Path, door: Opener, choice: str) -> list[str]:
    """The lines of the page where it ended; on a dark desktop they are light on dark."""
    with browser(folder) as chromium:
        chromium.be_dark()
        address = door.asked()
        chromium.go(address)
        chromium.type("input[name=login]", "aurora")
        chromium.type("input[name=password]", "only for this test")
        chromium.press("button")
        chromium.press(f"button[value={choice}]")
        chromium.arrive(redirect_of(address))
        assert chromium.run("return document.documentElement.lang") == "en"
        assert chromium.run("return getComputedStyle(document.querySelector('p')).color") == "rgb(255, 255, 255)"
        return chromium.text.split("\n")
