"""A mail server on loopback: SMTP and IMAP under TLS with a certificate of its own. It can refuse, hang, and cut at every step.

Whatever it accepted for an address of its own lies in that address's INBOX: so the evidence of a blind copy can be looked for.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import ipaddress
import re
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER = "lucia@aurora.example"
PASSWORD = "only for this test"
TOKEN_ERROR = base64.b64encode(b'{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}')
"""What servers say before they refuse a token; an empty line is the answer that they wait for."""


@cache
def certificate() -> tuple[bytes, bytes]:
    """(private key, certificate), PEM: for localhost, vouched for by itself alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=36_500))
        .add_extension(
            x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private, made.public_bytes(serialization.Encoding.PEM)


def pem() -> str:
    """What a mailbox that trusts this server is given."""
    return certificate()[1].decode()


@dataclass
class Kept:
    """A letter in a folder."""

    uid: int
    content: bytes
    at: datetime = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    seen: bool = False


@dataclass
class Folder:
    """Letters under one numbering."""

    uid_validity: int = 1
    uid_next: int = 1
    letters: list[Kept] = field(default_factory=list)
    use: str = ""

    def put(self, content: bytes, at: datetime | None = None, *, seen: bool = False) -> int:
        self.letters.append(Kept(self.uid_next, content, at or Kept(0, b"").at, seen))
        self.uid_next += 1
        return self.uid_next - 1

    def number_anew(self) -> None:
        """As some servers do after a move: every letter has another number."""
        self.uid_validity += 1
        self.uid_next += 1000
        for place, letter in enumerate(self.letters):
            letter.uid = self.uid_next + place
        self.uid_next += len(self.letters)


@dataclass
class Accepted:
    """What the SMTP server took."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


Say = Callable[[bytes], Awaitable[None]]


class Cut(Exception):
    """The line is to be cut now."""


class MailServers:
    """Both servers; ask for their ports after `start`."""

    def __init__(self, folder: Path) -> None:
        private, public = certificate()
        file = folder / "server.pem"
        file.write_bytes(private + public)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(file)
        self.passwords = {USER: PASSWORD}
        self.tokens: dict[str, str] = {}
        """Bearer tokens that are good now, by user."""
        self.shown_tokens: list[str] = []
        self.accepted: list[Accepted] = []
        self.folders = {"INBOX": Folder(), "Enviados": Folder(use="\\Sent"), "Papelera": Folder(use="\\Trash")}
        self.cut_at = ""
        """A step of SMTP: banner, ehlo, starttls, tls, auth, mail, rcpt, data, body, dot (kept, but not told)."""
        self.keeps_cut_letter = True
        """Whether a letter whose line was cut at the dot is kept all the same."""
        self.hang_at = ""
        self.replies: dict[str, bytes] = {}
        """Step -> what is answered instead of the usual."""
        self.offers_starttls = True
        self.offers = [b"SIZE 26214400", b"8BITMIME", b"ENHANCEDSTATUSCODES"]
        self.ehlo_names: list[str] = []
        self.smtp_lines: list[str] = []
        self.imap_commands: list[str] = []
        self.imap_cut_at = ""
        """An IMAP command's name (SEARCH, FETCH, IDLE, ...) at which the line is cut."""
        self.imap_refuses = ""
        self.idles = True
        self.imap_lines = 0
        self._idling: set[asyncio.StreamWriter] = set()
        self._servers: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self.smtp_port = self.smtp_starttls_port = self.imap_port = self.imap_starttls_port = 0

    async def start(self) -> None:
        self.smtp_port = await self._listen(self._smtp, secure=True)
        self.smtp_starttls_port = await self._listen(self._smtp, secure=False)
        self.imap_port = await self._listen(self._imap, secure=True)
        self.imap_starttls_port = await self._listen(self._imap, secure=False)

    async def _listen(self, talk, *, secure: bool) -> int:
        async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._tasks.add(task)
            try:
                await talk(reader, writer, secure)
            except (Cut, asyncio.CancelledError, asyncio.IncompleteReadError, OSError):
                pass
            finally:
                self._tasks.discard(task)
                self._idling.discard(writer)
                writer.transport.abort()

        server = await asyncio.start_server(
            connected, "127.0.0.1", 0, ssl=self._tls if secure else None, limit=64 * 1024 * 1024
        )
        self._servers.append(server)
        return int(server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        for server in self._servers:
            server.close()
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2)

    async def deliver(self, content: bytes, folder: str = "INBOX", at: datetime | None = None) -> int:
        """A letter comes in; whoever idles hears of it."""
        uid = self.folders[folder].put(content, at)
        for writer in list(self._idling):
            writer.write(f"* {len(self.folders[folder].letters)} EXISTS\r\n".encode())
            await writer.drain()
        return uid

    async def _step(self, name: str, writer: asyncio.StreamWriter) -> bytes | None:
        """What is to be said at a step instead of the usual."""
        if self.cut_at == name:
            raise Cut
        if self.hang_at == name:
            await asyncio.sleep(3600)
        return self.replies.get(name)

    # ---- SMTP

    async def _smtp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, secure: bool) -> None:
        async def say(line: bytes) -> None:
            writer.write(line + b"\r\n")
            await writer.drain()

        sender, recipients, signed_in = "", list[str](), False
        await say(await self._step("banner", writer) or b"220 mail.aurora.example ESMTP")
        while line := await reader.readline():
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            self.smtp_lines.append(text)
            verb = text.split(" ")[0].upper()
            if verb in ("EHLO", "HELO"):
                self.ehlo_names.append(text.partition(" ")[2])
                told = await self._step("ehlo", writer)
                if told:
                    await say(told)
                    continue
                offers = [*self.offers, *([b"AUTH PLAIN LOGIN XOAUTH2"] if secure else [])]
                if not secure and self.offers_starttls:
                    offers.append(b"STARTTLS")
                await say(b"\r\n".join([b"250-mail.aurora.example", *(b"250-" + each for each in offers), b"250 HELP"]))
            elif verb == "STARTTLS":
                await say(await self._step("starttls", writer) or b"220 go ahead")
                await self._step("tls", writer)
                await writer.start_tls(self._tls)
                secure = True
            elif verb == "AUTH":
                told = await self._step("auth", writer)
                signed_in = not told and secure and self._knows(text.split(" ")[-1])
                if text.upper().startswith("AUTH XOAUTH2") and secure and not told and not signed_in:
                    await say(b"334 " + TOKEN_ERROR)
                    await reader.readline()
                await say(told or (b"235 2.7.0 welcome" if signed_in else b"535 5.7.8 Error: authentication failed"))
            elif verb == "MAIL":
                sender, recipients = _address(text), []
                await say(
                    await self._step("mail", writer)
                    or (b"250 2.1.0 ok" if signed_in else b"530 5.7.0 Authentication required")
                )
            elif verb == "RCPT":
                told = await self._step("rcpt", writer) if not recipients else self.replies.get("copy")
                if not told:
                    recipients.append(_address(text))
                await say(told or b"250 2.1.5 ok")
            elif verb == "DATA":
                await say(await self._step("data", writer) or b"354 go on")
                if "data" in self.replies:
                    continue
                content = await self._content(reader, writer)
                told = self.replies.get("dot")
                kept = (
                    not told
                    and (self.cut_at != "dot" or self.keeps_cut_letter)
                    and (self.hang_at != "dot" or self.keeps_cut_letter)
                )
                if kept:
                    await self._keep(Accepted(sender, tuple(recipients), content))
                await self._step("dot", writer)
                await say(told or b"250 2.0.0 queued as 4XYZ")
            elif verb == "QUIT":
                await say(b"221 bye")
                return
            else:
                await say(b"250 ok")

    async def _content(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
        if self.cut_at == "body":
            await reader.read(100)
            raise Cut
        if self.hang_at == "body":
            await asyncio.sleep(3600)
        lines = []
        while (line := await reader.readline()) != b".\r\n":
            if not line:
                raise Cut
            lines.append(line[1:] if line.startswith(b".") else line)
        return b"".join(lines)

    async def _keep(self, accepted: Accepted) -> None:
        self.accepted.append(accepted)
        for each in accepted.recipients:
            if each.lower() in self.passwords:
                await self.deliver(b"Return-Path: <" + accepted.sender.encode() + b">\r\n" + accepted.content)

    def _knows(self, shown: str) -> bool:
        with contextlib.suppress(ValueError):
            plain = base64.b64decode(shown).decode()
            if found := re.fullmatch(r"user=(.+)\x01auth=Bearer (.*)\x01\x01", plain):
                self.shown_tokens.append(found[2])
                return self.tokens.get(found[1]) == found[2]
            _, user, password = plain.split("\0")
            return self.passwords.get(user) == password
        return False

    # ---- IMAP

    async def _imap(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, secure: bool) -> None:
        self.imap_lines += 1

        async def say(line: bytes) -> None:
            writer.write(line + b"\r\n")
            await writer.drain()

        if self.imap_cut_at == "BANNER":
            raise Cut
        await say(b"* OK ready")
        folder: Folder | None = None
        while line := await reader.readline():
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            tag, _, rest = text.partition(" ")
            words = rest.split(" ")
            name = (words[1] if words[0].upper() == "UID" and len(words) > 1 else words[0]).upper()
            self.imap_commands.append(rest if name != "LOGIN" else "LOGIN")
            if name == self.imap_cut_at:
                raise Cut
            done = f"{tag} OK done".encode()
            if name == self.imap_refuses:
                done = f"{tag} NO [ALERT] not today".encode()
            elif name == "STARTTLS":
                await say(done)
                await writer.start_tls(self._tls)
                secure = True
                continue
            elif name in ("EXAMINE", "SELECT"):
                folder = self.folders.get(rest.partition(" ")[2].strip('"'))
                done = f"{tag} {await self._open(folder, say)}".encode()
            elif name == "AUTHENTICATE":
                await say(b"+ ")
                if not self._knows((await reader.readline()).decode().strip()):
                    if "XOAUTH2" in rest:
                        await say(b"+ " + TOKEN_ERROR)
                        await reader.readline()
                    done = f"{tag} NO [AUTHENTICATIONFAILED] Authentication failed.".encode()
            elif name in ("CAPABILITY", "LIST", "SEARCH"):
                await say(self._told(name, rest, folder, secure=secure))
            elif name == "FETCH" and folder is not None:
                await self._fetch(folder, words[2], rest, writer)
            elif name == "APPEND":
                await self._append(rest, reader, say)
            elif name == "IDLE":
                await self._idle(reader, writer, say)
            elif name == "LOGOUT":
                await say(b"* BYE\r\n" + done)
                return
            await say(done)

    async def _open(self, folder: Folder | None, say: Say) -> str:
        if folder is None:
            return "NO no such folder"
        await say(f"* {len(folder.letters)} EXISTS".encode())
        await say(f"* OK [UIDVALIDITY {folder.uid_validity}] ok".encode())
        await say(f"* OK [UIDNEXT {folder.uid_next}] ok".encode())
        return "OK [READ-ONLY] done"

    def _told(self, name: str, rest: str, folder: Folder | None, *, secure: bool) -> bytes:
        if name == "CAPABILITY":
            ways = b"AUTH=PLAIN AUTH=XOAUTH2" if secure else b"STARTTLS LOGINDISABLED"
            return b"* CAPABILITY IMAP4rev1 " + ways + (b" IDLE" if self.idles else b"")
        if name == "LIST":
            lines = [f'* LIST (\\HasNoChildren {known.use}) "/" "{each}"' for each, known in self.folders.items()]
            return "\r\n".join(lines).replace(" )", ")").encode()
        letters = folder.letters if folder is not None else []
        found = [str(each.uid).encode() for each in letters if folder is not None and _matches(each, rest, folder)]
        return b" ".join([b"* SEARCH", *found])

    async def _append(self, rest: str, reader: asyncio.StreamReader, say: Say) -> None:
        size = int(re.findall(r"\{(\d+)\}", rest)[0])
        await say(b"+ go on")
        folder = rest.split('"')[1] if '"' in rest else rest.split(" ")[1]
        self.folders[folder].put(await reader.readexactly(size), seen="\\Seen" in rest)
        await reader.readline()

    async def _idle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, say: Say) -> None:
        self._idling.add(writer)
        await say(b"+ idling")
        while (heard := await reader.readline()) and heard.strip().upper() != b"DONE":
            pass
        self._idling.discard(writer)

    async def _fetch(self, folder: Folder, wanted: str, asked: str, writer: asyncio.StreamWriter) -> None:
        uids = {int(each) for each in wanted.split(",")}
        for number, each in enumerate(folder.letters, 1):
            if each.uid not in uids:
                continue
            if "BODY" not in asked:
                when = f"{each.at:%d}-Nov-{each.at:%Y %H:%M:%S} +0000"
                writer.write(
                    f'* {number} FETCH (UID {each.uid} RFC822.SIZE {len(each.content)} INTERNALDATE "{when}")\r\n'.encode()
                )
                continue
            if "BODY.PEEK" not in asked:
                each.seen = True
            content = each.content
            if "HEADER" in asked:
                content = (
                    b"".join(
                        line + b"\r\n"
                        for line in content.split(b"\r\n\r\n")[0].split(b"\r\n")
                        if line.lower().startswith(b"date:")
                    )
                    + b"\r\n"
                )
            elif part := re.search(r"<0\.(\d+)>", asked):
                content = content[: int(part[1])]
            writer.write(
                f"* {number} FETCH (UID {each.uid} BODY[] {{{len(content)}}}\r\n".encode() + content + b")\r\n"
            )
        await writer.drain()


def _matches(letter: Kept, criteria: str, folder: Folder) -> bool:
    if found := re.search(r"SEARCH UID (\d+):\*", criteria):
        last = max((each.uid for each in folder.letters), default=0)
        return letter.uid >= int(found[1]) or letter.uid == last  # n:* names the last one always
    if found := re.search(r'HEADER Message-ID "([^"]+)"', criteria):
        return found[1].encode() in letter.content.split(b"\r\n\r\n")[0]
    if found := re.search(r'SUBJECT "([^"]+)"', criteria):
        return found[1].encode() in letter.content.split(b"\r\n\r\n")[0]
    return "SINCE" in criteria


def _address(line: str) -> str:
    found = re.search(r"<([^>]*)>", line)
    return found[1] if found else ""
