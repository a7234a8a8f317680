"""Bluesky's own servers on loopback, with folders of their own: PLC directory, PDS and AppView, and what they stand on.

`bluesky_servers.mjs` puts them together; `installer/server_programs.py` has installed them.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from installer import server_programs
from tests.system.mail_server import free_port
from tests.system.parts import need, running, wait_until

SCRIPT = Path(__file__).with_suffix(".mjs")
READY_SECONDS = 120


@dataclass(frozen=True)
class Person:
    handle: str
    did: str
    password: str
    app_password: str


@dataclass(frozen=True)
class BlueskyServers:
    service: str
    """Address of the PDS, on which all accounts are."""
    appview: str
    people: Mapping[str, Person]
    """By the first part of their handles."""


@contextlib.contextmanager
def bluesky_servers(*names: str) -> Iterator[BlueskyServers]:
    if not server_programs.are_there():
        pytest.fail("missing part: Bluesky's servers; `python3 run.py test --system` installs them from npm", pytrace=False)
    # pytest's folders are closed to other users, and PostgreSQL runs as one.
    folder = Path(tempfile.mkdtemp(prefix="bluesky-"))
    folder.chmod(0o755)
    try:
        with postgres(folder) as database, redis(folder) as cache:
            asked = {
                "modules": str(server_programs.MODULES),
                "postgres": database,
                "redis": cache,
                "ports": {name: free_port() for name in ("plc", "pds", "appview")},
                "names": names,
            }
            with node(folder, asked) as told:
                people = {each["handle"].partition(".")[0]: Person(**each) for each in told["accounts"]}
                yield BlueskyServers(told["service"], told["appview"], people)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Its address. It refuses to run as root: then it runs as the user that Debian made for it."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda file: int(file.parts[4]))
    server = str(found[-1]) if found else need("postgres", "postgresql")
    place, port = folder / "postgres", free_port()
    place.mkdir()
    become: list[str] = []
    if os.geteuid() == 0:
        shutil.chown(place, "postgres")
        become = [need("setpriv", "util-linux"), "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    make = [*become, str(Path(server).with_name("initdb")), "-D", str(place), "-A", "trust", "-U", "test", "--no-sync", "-E", "UTF8", "--locale=C"]
    subprocess.run(make, check=True, capture_output=True, timeout=120, cwd="/")
    careless = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "unix_socket_directories=")
    options = [part for option in (f"listen_addresses=127.0.0.1 port={port}".split() + list(careless)) for part in ("-c", option)]
    with running([*become, server, "-D", str(place), *options], folder / "postgres.log", os.environ) as process:
        ready = [str(Path(server).with_name("pg_isready")), "-q", "-h", "127.0.0.1", "-p", str(port)]
        wait_until("PostgreSQL", lambda: process.poll() is None and subprocess.run(ready, check=False).returncode == 0)
        yield f"postgresql://test@127.0.0.1:{port}/postgres"


@contextlib.contextmanager
def redis(folder: Path) -> Iterator[str]:
    server, port = need("redis-server", "redis-server"), free_port()
    command = [server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    with running(command, folder / "redis.log", os.environ):
        yield f"127.0.0.1:{port}"


@contextlib.contextmanager
def node(folder: Path, asked: Mapping[str, Any]) -> Iterator[Any]:
    """What the servers tell when they are ready."""
    (folder / "tmp").mkdir()
    environment = {**os.environ, "TMPDIR": str(folder / "tmp")}  # a PDS keeps its data there
    complaints = folder / "node.log"
    with complaints.open("wb") as errors:
        process = subprocess.Popen(
            [str(server_programs.node()), str(SCRIPT)], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            os.set_blocking(process.stdout.fileno(), False)
            said = b""

            def line() -> bytes | None:
                nonlocal said
                if process.poll() is not None:
                    pytest.fail(f"Bluesky's servers did not start:\n{complaints.read_text('utf-8')[-2000:]}")
                said += process.stdout.read() or b""  # type: ignore[union-attr]
                return said if said.endswith(b"\n") else None

            yield json.loads(wait_until("Bluesky's servers", line, READY_SECONDS))
        finally:
            process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()
