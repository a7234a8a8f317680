"""A real Chromium, driven by WebDriver over plain HTTP; and the `xdg-open` of a desktop, which notes the address that a program wants shown."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.system.parts import need, running, wait_until

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
"""The key under which WebDriver names an element (W3C WebDriver, section 12)."""
ONLY_THIS_COMPUTER = "MAP * ~NOTFOUND , EXCLUDE localhost, EXCLUDE 127.0.0.1"
SIZE = (1000, 700)
PATIENCE_MS = 10_000


@dataclass(frozen=True)
class Browser:
    """One window with one tab."""

    port: int
    session: str

    def go(self, address: str) -> None:
        """Returns when the page there is loaded."""
        self._ask("POST", "url", {"url": address})

    def arrive(self, address: str) -> str:
        """Wait until a page whose address begins so is loaded; answers its whole address."""

        def there() -> str | None:
            now = str(self._ask("GET", "url"))
            return now if now.startswith(address) and self.run("return document.readyState") == "complete" else None

        return wait_until(f"the browser at {address}", there)

    @property
    def text(self) -> str:
        """What can be read on the page."""
        return str(self._ask("GET", f"element/{self._find('body')}/text"))

    def type(self, where: str, text: str) -> None:
        """`where` is a CSS selector, here and below."""
        self._ask("POST", f"element/{self._find(where)}/value", {"text": text})

    def press(self, where: str) -> None:
        self._ask("POST", f"element/{self._find(where)}/click", {})

    def run(self, script: str) -> Any:
        """What a script on the page returns."""
        return self._ask("POST", "execute/sync", {"script": script, "args": []})

    def be_dark(self) -> None:
        """As on a system with a dark theme."""
        dark = [{"name": "prefers-color-scheme", "value": "dark"}]
        self._ask("POST", "goog/cdp/execute", {"cmd": "Emulation.setEmulatedMedia", "params": {"features": dark}})

    def complaints(self) -> list[str]:
        """What the browser wrote to its console since it was last asked: errors of scripts, refused resources."""
        return [entry["message"] for entry in self._ask("POST", "se/log", {"type": "browser"})]

    def picture(self) -> bytes:
        """The page as a PNG."""
        return base64.b64decode(self._ask("GET", "screenshot"))

    def _find(self, where: str) -> str:
        return str(self._ask("POST", "element", {"using": "css selector", "value": where})[ELEMENT])

    def _ask(self, method: str, path: str, values: Mapping[str, Any] | None = None) -> Any:
        return ask(self.port, method, f"/session/{self.session}/{path}", values)


def ask(port: int, method: str, path: str, values: Mapping[str, Any] | None = None) -> Any:
    """One question to the driver; its refusals fail the test in its own words."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, None if values is None else json.dumps(values), {"Content-Type": "application/json"})
        answer = connection.getresponse()
        said = json.loads(answer.read())["value"]
    finally:
        connection.close()
    assert answer.status == 200, f"{method} {path}: {said.get('error')}: {said.get('message')}"
    return said


@contextlib.contextmanager
def browser(folder: Path, language: str = "en") -> Iterator[Browser]:
    """Chromium without a screen, with a profile of its own; it reaches nothing but this computer."""
    chromium, driver = need("chromium", "chromium"), need("chromedriver", "chromium-driver")
    folder.mkdir()
    words = ["--headless=new", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    words += [f"--user-data-dir={folder / 'profile'}", f"--host-resolver-rules={ONLY_THIS_COMPUTER}", f"--window-size={SIZE[0]},{SIZE[1]}"]
    words += [f"--lang={language}", f"--accept-lang={language}", "--disable-dev-shm-usage"]
    words += ["--no-sandbox"] if os.geteuid() == 0 else []  # as root Chromium does not start otherwise
    log = folder / "driver.log"
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    with running([driver, "--port=0"], log, {**environment, "HOME": str(folder)}):

        def ready() -> int | None:
            found = re.search(r"started successfully on port (\d+)", log.read_text("utf-8"))
            return int(found[1]) if found else None

        port = wait_until("the browser's driver", ready)
        patience = {"implicit": PATIENCE_MS}  # a page that is on its way has no elements yet
        wanted = {"browserName": "chrome", "timeouts": patience, "goog:chromeOptions": {"binary": chromium, "args": words}, "goog:loggingPrefs": {"browser": "ALL"}}
        session = str(ask(port, "POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"])
        try:
            yield Browser(port, session)
        finally:
            ask(port, "DELETE", f"/session/{session}")
    shutil.rmtree(folder / "profile", ignore_errors=True)


@dataclass(frozen=True)
class Opener:
    """What programs find as `xdg-open`. It opens nothing: the test takes the address to the browser, as the desktop does."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """For the program that is to find it."""
        path = os.pathsep.join([str(self.folder), os.environ.get("PATH", os.defpath)])
        return {"PATH": path, "BROWSER": str(self.folder / "xdg-open")}

    def asked(self) -> str:
        """The address that the program wanted to be shown."""
        noted = self.folder / "address"
        address = wait_until("the program to open the browser", lambda: noted.read_text("utf-8").strip() if noted.exists() else None)
        noted.unlink()
        return address


def opener(folder: Path) -> Opener:
    folder.mkdir()
    script = folder / "xdg-open"
    # Renamed when complete, so that nobody reads half an address.
    script.write_text(f'#!/bin/sh\nprintf "%s" "$1" > "{folder}/address.part" && mv "{folder}/address.part" "{folder}/address"\n', encoding="utf-8")
    script.chmod(0o755)
    return Opener(folder)
