"""What `run.py test --system` needs from a Debian or Ubuntu system, and installing it where we may. Standard library only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from installer import server_programs, system_libraries

PACKAGES = (
    # a desktop without a screen
    "xvfb",
    "openbox",
    "xdotool",
    "x11-xkb-utils",
    "x11-utils",
    "xkb-data",
    "dbus",
    # accessibility bus and a Python that reads it
    "at-spi2-core",
    "gir1.2-atspi-2.0",
    "python3-gi",
    # secrets, input methods
    "gnome-keyring",
    "ibus",
    "ibus-libpinyin",
    # a mail server
    "postfix",
    "dovecot-imapd",
    "dovecot-lmtpd",
    "openssl",
    # the user's browser
    "chromium",
    "chromium-driver",
    # videos, the publishing service, what a program asks of the system
    "ffmpeg",
    "systemd",
    "dbus-user-session",
    "strace",
    # what Bluesky's servers stand on, and what compiles a part of them
    "postgresql",
    "redis-server",
    "g++",
    "make",
    "python3-venv",
    # disks that fail
    "e2fsprogs",
    "mount",
    # a computer with nothing on it but Python
    "debootstrap",
    # what judges the files of our packages
    "binutils",
    "desktop-file-utils",
    "appstream",
    "shared-mime-info",
    "nsis",
)
POLICY = Path("/usr/sbin/policy-rc.d")


def install_what_may_be_installed() -> None:
    """Where it may not, the tests say themselves which part is missing and fail."""
    _install_packages()
    if why := server_programs.ensure():
        print(f"Bluesky's servers could not be installed:\n{why}", file=sys.stderr)


def _install_packages() -> None:
    missing = missing_packages()
    if not missing:
        return
    if not system_libraries.can_install():
        print(f"Not installed here, and this user may not install: {' '.join(missing)}", file=sys.stderr)
        return
    # Installed services are not to start: the tests start their own, on ports of their own.
    ours = not POLICY.exists()
    if ours:
        POLICY.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
        POLICY.chmod(0o755)
    try:
        preselect = "postfix postfix/main_mailer_type select No configuration\n"
        subprocess.run(["debconf-set-selections"], input=preselect, text=True, check=False)
        system_libraries.install(missing)
    finally:
        if ours:
            POLICY.unlink()


def missing_packages() -> list[str]:
    """Empty on systems without dpkg: there the tests look for the programs themselves."""
    command = ["dpkg-query", "-W", "-f", "${db:Status-Abbrev} ${Package}\n", *PACKAGES]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except FileNotFoundError:
        return []
    there = {line.split()[1] for line in answer.splitlines() if line.startswith("ii")}
    return [package for package in PACKAGES if package not in there]
