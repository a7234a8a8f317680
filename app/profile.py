"""A profile before its data file is opened for writing: where it lies, its settings, words and log, and plain reading.

Standard library alone: a window with a list in it is shown before anything slow is imported.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from app.models.sorting import speak
from app.runtime.clock import SystemClock
from app.runtime.errors import DiskTrouble, ReadOnly
from app.runtime.log import Log, Redactor
from app.runtime.paths import Paths, choose, resources
from app.runtime.settings import Settings, Shop
from app.runtime.start import Options
from app.runtime.words import Words
from app.services.reads import ScreenReads
from app.store.reader import Reader
from app.store.reading import settings as settings_reading
from app.store.reading.list_queries import StoreListQueries
from app.store.schema import FileState, check_file, connect_read_only
from app.store.troubles import troubles

Post = Callable[[Callable[[], None]], None]
"""Runs a function on the screen's thread, soon."""


class Profile:
    """A profile before its data file is opened for writing: standard library only."""

    def __init__(
        self,
        *,
        paths: Paths,
        sample: bool,
        clock: SystemClock,
        log: Log,
        reader: Reader,
        settings: Settings,
        words: Words,
        state: FileState,
        read_only: bool,
        stored: dict[str, str],
    ) -> None:
        """`stored` are the settings as the data file has them."""
        self.paths = paths
        self.sample = sample
        self.clock = clock
        self.log = log
        self.reader = reader
        self.settings = settings
        self.words = words
        self.state = state
        self.read_only = read_only
        self.stored = stored
        self.unkept: set[str] = set()
        """Groups of settings that were changed before they could be written down."""
        self.keep_setting: Callable[[str, str], object] = lambda name, _value: self.unkept.add(name)
        """Where a changed setting goes; replaced once the data file is open and the loop runs."""

    def adopt(self, values: Mapping[str, str]) -> None:
        """What the data file holds, but for what was changed meanwhile."""
        self.stored.update({name: value for name, value in values.items() if name not in self.unkept})

    def process_id(self) -> str:
        """Names this process in claims and in the journal: `host:pid:random` (services/publishing.py looks whether it still lives)."""
        import socket  # noqa: PLC0415  (the first page does without)

        return f"{socket.gethostname()}:{os.getpid()}:{os.urandom(4).hex()}"


def open_profile(options: Options, log_name: str) -> Profile:
    """Find the profile, look at its file without changing it, and read its settings. Raises `DiskTrouble`."""
    paths = choose(options.profile, options.sample)
    clock = SystemClock()
    read_only = False
    try:
        paths.create()
    except ReadOnly:
        read_only = True
    try:
        state = check_file(paths.database, read_only=read_only)
    except ReadOnly:
        read_only = True
        state = check_file(paths.database, read_only=True)
    if options.sample and state is FileState.CURRENT and not read_only and renew_sample(paths, clock):
        state = FileState.MISSING
    reader = Reader(paths.database)
    try:
        stored = reader.now(settings_reading.values) if state is FileState.CURRENT else {}
    except DiskTrouble:
        reader.close()  # what mends it gives the file another name
        raise
    profile: Profile

    def keep(name: str, value: str) -> None:
        stored[name] = value
        profile.keep_setting(name, value)

    settings = Settings(lambda: stored, keep)
    shop = settings.get(Shop)
    words = Words(resources() / "translations", options.language or language_of(shop), shop.zone or _system_zone())
    words.clock = clock
    words.region = shop.country
    speak(words, settings)
    log = Log(paths.logs, Redactor(), log_name)
    profile = Profile(
        paths=paths,
        sample=options.sample,
        clock=clock,
        log=log,
        reader=reader,
        settings=settings,
        words=words,
        state=state,
        read_only=read_only,
        stored=stored,
    )
    return profile


def screen_reads(profile: Profile, post: Post) -> ScreenReads:
    """How screens read; a question that fails is a bug. `post` runs a function on the screen's thread."""

    def report(error: BaseException) -> None:
        sys.excepthook(type(error), error, error.__traceback__)

    return ScreenReads(profile.reader, profile.clock, post, report, StoreListQueries)


def language_of(shop: Shop) -> str:
    """The language chosen, else that of the system."""
    if shop.language != "system":
        return shop.language
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value and not value.startswith(("C", "POSIX")):
            return value.partition(".")[0]
    return "en"


def _system_zone() -> str:
    """The zone of the computer until the first run has asked; a proper look-up (tzlocal) happens there."""
    zone = os.environ.get("TZ", "")
    if zone:
        return zone.lstrip(":")
    link = Path("/etc/localtime")
    target = os.fspath(link.readlink()) if link.is_symlink() else ""
    return target.partition("zoneinfo/")[2] or "UTC"


def renew_sample(paths: Paths, clock: SystemClock) -> bool:
    """The sample shop is made anew on each day, unless a window has it open: whether it was emptied."""
    from app.services import sample_profile  # noqa: PLC0415  (the first page of a real shop does without)

    with troubles(), closing(connect_read_only(paths.database)) as connection:
        document = settings_reading.value(connection, sample_profile.SETTING)
    if not sample_profile.stale(document, clock.now()) or sample_profile.has_window(paths):
        return False
    sample_profile.make_room(paths)
    return True


def adopt_settings(profile: Profile) -> None:
    """The data file was just made, perhaps with settings in it (sample shop): speak and show times as they say."""
    profile.settings.reload()
    shop = profile.settings.get(Shop)
    if shop.zone:
        profile.words.zone = shop.zone
        profile.words.region = shop.country
