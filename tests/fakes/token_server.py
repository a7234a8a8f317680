"""An authority on loopback that lets mailboxes in: its token endpoint, and the browser that a user allows it in."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from urllib.parse import parse_qs, urlencode, urlsplit

from app.networks.email.authorities import Authority
from tests.fakes.http_server import Reply, Request
from tests.fakes.network_server import Server

CLIENT_ID = "made-up-client.apps.example"
CLIENT_SECRET = "made-up-client-secret"
REFRESH = "made-up-refresh-0"
CODE = "made-up-code"


class TokenServer(Server):
    """`async with TokenServer() as there`; each exchange gives `made-up-access-N`, and another refresh token where it `rotates`."""

    def __init__(self, *, wants_secret: bool = True) -> None:
        super().__init__()
        self.wants_secret = wants_secret
        self.rotates = True
        self.refusal: Reply | None = None
        self.gives_refresh = True
        self.refresh = REFRESH
        self.given = 0
        self.seconds = 3600
        self.issued: list[str] = []
        self.revoked: list[str] = []
        self.challenge = ""

    def listen(self) -> None:
        self.http.on("POST", "/token", self._token)
        self.http.on("POST", "/revoke", self._revoke)

    def authority(self, *, name: str = "127.0.0.1", identity: str = "google") -> Authority:
        return Authority(
            identity,
            "Google" if identity == "google" else "Microsoft",
            f"{self.http.url}/authorize",
            self.http.url,
            "/token",
            "https://mail.google.com/",
            ("127.0.0.1",),
            "https://console.example",
            name_of_this_computer=name,
            further=(("access_type", "offline"), ("prompt", "consent")),
            wants_secret=self.wants_secret,
            revoke_path="/revoke",
            takes_passwords=True,
        )

    def _token(self, request: Request) -> Reply:
        form = request.form
        if self.refusal is not None:
            return self.refusal
        if form["client_id"] != CLIENT_ID or (self.wants_secret and form.get("client_secret") != CLIENT_SECRET):
            return Reply(401, {"error": "invalid_client", "error_description": "The OAuth client was not found."})
        if form["grant_type"] == "refresh_token":
            if form["refresh_token"] != self.refresh:
                words = f"Bad Request {form['refresh_token']}"  # some servers repeat what they were shown
                return Reply(400, {"error": "invalid_grant", "error_description": words})
        else:
            digest = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode()
            if form["code"] != CODE or digest.rstrip("=") != self.challenge:
                return Reply(400, {"error": "invalid_grant", "error_description": "Malformed auth code."})
        self.given += 1
        token = f"made-up-access-{self.given}"
        self.issued.append(token)
        answer: dict[str, object] = {"access_token": token, "expires_in": self.seconds, "token_type": "Bearer"}
        if form["grant_type"] != "refresh_token" or self.rotates:
            self.refresh = f"made-up-refresh-{self.given}"
            if self.gives_refresh:
                answer["refresh_token"] = self.refresh
        return Reply(data=answer)

    def _revoke(self, request: Request) -> Reply:
        self.revoked.append(request.form["token"])
        return Reply(data={})


class Browser:
    """Is shown the authority's page, and goes where that sends it; `answer` is what it brings along."""

    def __init__(self, server: TokenServer, **answer: str) -> None:
        self._server = server
        self.answer = answer or {"code": CODE}
        self.shown: dict[str, str] = {}
        self.pages: list[str] = []
        self.wrong_first = False
        """Somebody else knocks before, with another state."""

    async def show(self, address: str) -> None:
        self.shown = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self._server.challenge = self.shown["code_challenge"]
        if self.wrong_first:
            self.pages.append(await self._go({"code": "of-somebody-else", "state": "guessed"}))
        self.pages.append(await self._go({**self.answer, "state": self.shown["state"]}))

    async def _go(self, query: dict[str, str]) -> str:
        back = urlsplit(self.shown["redirect_uri"])
        reader, writer = await asyncio.open_connection("127.0.0.1", back.port)
        writer.write(f"GET {back.path or '/'}?{urlencode(query)} HTTP/1.1\r\nHost: {back.netloc}\r\n\r\n".encode())
        page = (await reader.read()).decode()
        writer.close()
        return page
