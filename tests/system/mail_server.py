"""A real mail system on loopback with folders of its own: Postfix takes mail in, Dovecot hands it out, both under TLS.

Nothing leaves the machine: mail for shop.test is delivered, mail for bounce.test is taken and comes back, any other domain is refused
without asking any name server.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.system.parts import need, need_file, need_root, running, wait_until

DOMAIN = "shop.test"
USER = f"hola@{DOMAIN}"
MANAGER = f"marta@{DOMAIN}"
USERS = (USER, MANAGER)
PASSWORD = "only for this test"


@dataclass(frozen=True)
class MailServer:
    submission_port: int
    imap_port: int
    trusted: ssl.SSLContext
    """Trusts the server's own certificate and nothing else."""
    certificate: str
    """The same certificate, as PEM."""


@contextlib.contextmanager
def mail_server() -> Iterator[MailServer]:
    need_root()
    postfix, dovecot = need("postfix", "postfix"), need("dovecot", "dovecot-imapd")
    need_file("/usr/lib/dovecot/imap", "dovecot-imapd")
    need_file("/usr/lib/dovecot/lmtp", "dovecot-lmtpd")
    # pytest's folders are closed to other users, and both servers drop their privileges.
    folder = Path(tempfile.mkdtemp(prefix="mail-"))
    folder.chmod(0o755)
    submission, imap = free_port(), free_port()
    try:
        make_certificate(folder)
        write_dovecot(folder, imap)
        write_postfix(folder, submission)
        with running([dovecot, "-F", "-c", str(folder / "dovecot.conf")], folder / "dovecot.out", os.environ):
            subprocess.run(
                [postfix, "-c", str(folder / "postfix"), "start"], check=True, capture_output=True, timeout=60
            )
            try:
                for port in (submission, imap):
                    wait_until(f"the mail server on port {port}", lambda port=port: answers(port))
                yield MailServer(
                    submission,
                    imap,
                    ssl.create_default_context(cafile=str(folder / "server.pem")),
                    (folder / "server.pem").read_text(),
                )
            finally:
                subprocess.run(
                    [postfix, "-c", str(folder / "postfix"), "stop"], check=True, capture_output=True, timeout=60
                )
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def make_certificate(folder: Path) -> None:
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    command = [
        need("openssl", "openssl"),
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    command += [
        "-subj",
        "/CN=localhost",
        "-addext",
        names,
        "-keyout",
        str(folder / "server.key"),
        "-out",
        str(folder / "server.pem"),
    ]
    subprocess.run(command, check=True, capture_output=True)


def write_dovecot(folder: Path, imap_port: int) -> None:
    (folder / "passwd").write_text("".join(f"{user}:{{PLAIN}}{PASSWORD}\n" for user in USERS), encoding="utf-8")
    (folder / "passwd").chmod(0o644)
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "mail", "mail")
    (folder / "dovecot.conf").write_text(
        f"""
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = yes
auth_mechanisms = plain login
mail_location = maildir:~/Maildir
first_valid_uid = 1
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/passwd
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Enviados {{
    special_use = \\Sent
    auto = subscribe
  }}
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  unix_listener {folder}/lmtp {{
    mode = 0666
  }}
}}
service auth {{
  unix_listener {folder}/auth {{
    mode = 0666
  }}
}}
protocol lmtp {{
  postmaster_address = postmaster@{DOMAIN}
}}
""",
        encoding="utf-8",
    )


def write_postfix(folder: Path, submission_port: int) -> None:
    own = folder / "postfix"
    for place in ("queue", "data"):
        (own / place).mkdir(parents=True)
    shutil.chown(own / "data", "postfix")
    (own / "mailboxes").write_text("".join(f"{user} there\n" for user in USERS), encoding="utf-8")
    (own / "transport").write_text(f"bounce.test lmtp:unix:{folder}/lmtp\n", encoding="utf-8")
    (own / "main.cf").write_text(
        f"""
compatibility_level = 3.6
queue_directory = {own}/queue
data_directory = {own}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
myhostname = mail.{DOMAIN}
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
alias_maps =
alias_database =
local_recipient_maps =
local_transport = error:nobody lives here
virtual_mailbox_domains = {DOMAIN}
virtual_mailbox_maps = texthash:{own}/mailboxes
virtual_transport = lmtp:unix:{folder}/lmtp
transport_maps = texthash:{own}/transport
default_transport = error:5.4.4 this server delivers to {DOMAIN} only
relay_transport = error:5.4.4 this server delivers to {DOMAIN} only
disable_dns_lookups = yes
smtp_host_lookup = native
biff = no
append_dot_mydomain = no
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_tls_cert_file = {folder}/server.pem
smtpd_tls_key_file = {folder}/server.key
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {folder}/auth
smtpd_sasl_auth_enable = yes
""",
        encoding="utf-8",
    )
    (own / "master.cf").write_text(
        f"""
127.0.0.1:{submission_port} inet n - n - 10 smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
""",
        encoding="utf-8",
    )
