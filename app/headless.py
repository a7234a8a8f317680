"""The command line's side of the composition root: opens a profile without a window, runs one act, closes everything in order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import tempfile
import traceback
import webbrowser
from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from app.bootstrap import build_services, keep_settings_in, open_database
from app.cli import acts, locking, safekeeping
from app.cli.output import Output
from app.cli.parser import parser
from app.networks import registry
from app.profile import Profile, adopt_settings, language_of, open_profile
from app.runtime.clock import SystemClock
from app.runtime.errors import AppError, Damaged
from app.runtime.log import Redactor
from app.runtime.paths import Paths, choose, resources
from app.runtime.settings import Lock, Shop
from app.runtime.start import Options
from app.runtime.tasks import Tasks
from app.runtime.words import Words, message
from app.services.erasing import erase_folder
from app.services.undo import Undo
from app.store.reading import settings as settings_reading
from app.store.schema import FileState
from app.version import VERSION

_log = logging.getLogger(__name__)

SAMPLE_ONLY = ("tour",)
CHANGES_NOTHING = ("doctor",)
BESIDE_THE_DATA = ("restore", "salvage")
SERVICES = ("publish", "sync")
"""Run until they are stopped."""
GLOBAL_WITH_VALUE = ("--profile", "--language")
INTERRUPTED = 130


def run(arguments: list[str]) -> int:
    """One act; answers the exit code."""
    words = Words(resources() / "translations", _language(arguments))
    grammar = parser(words, VERSION)
    args = grammar.parse_args(arguments)
    if args.command is None:
        grammar.error(words.text("cli.no_command"))
    if args.command in SAMPLE_ONLY and not args.sample:
        grammar.error(words.text("cli.sample_only", command=args.command))
    out = Output(words, as_json=args.json)
    try:
        with contextlib.ExitStack() as stack:
            return _run(args, out, _options(args, stack, grammar, words))
    except AppError as error:
        out.trouble(error)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has enough (`| head`); what we were asked to do was done before it was printed.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  (for the interpreter's last flush)
        return 0


def _language(arguments: list[str]) -> str:
    """The one chosen before the subcommand, needed before the grammar can say anything; `post` has an option of the same name."""
    rest = iter(arguments)
    for word in rest:
        name, equals, value = word.partition("=")
        if not name.startswith("--"):
            break
        if name in GLOBAL_WITH_VALUE and not equals:
            value = next(rest, "")
        if name == "--language" and value:
            return value
    return language_of(Shop())


def _options(args: Namespace, stack: contextlib.ExitStack, grammar: ArgumentParser, words: Words) -> Options:
    """The profile to work on; the tour gets a throw-away one of its own."""
    if args.command in SAMPLE_ONLY:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tertulia-tour-", ignore_cleanup_errors=True))
        return Options(Path(folder) / "profile", sample=True, language=args.language or "")
    if args.profile is not None and _is_no_folder(args.profile):
        grammar.error(words.text("cli.profile_not_folder", folder=str(args.profile)))
    return Options(args.profile, args.sample, args.language or "")


def _is_no_folder(path: Path) -> bool:
    """Whether something else is there. What may not even be looked at is told with its reason when the profile is opened."""
    try:
        return path.exists() and not path.is_dir()
    except OSError:
        return False


def _run(args: Namespace, out: Output, options: Options) -> int:
    if args.command in BESIDE_THE_DATA:
        return _beside_the_data(args, out, choose(options.profile, options.sample))
    if args.command == "erase":
        safekeeping.refuse_beside_a_window(choose(options.profile, options.sample))
    try:
        profile = open_profile(options, f"command-line-{args.command}")
    except Damaged as trouble:
        if args.command != "doctor":
            raise
        return safekeeping.explain(trouble, choose(options.profile, options.sample), SystemClock(), out)
    out.use(profile.words)
    if args.command in CHANGES_NOTHING and profile.state is FileState.CURRENT:
        profile.read_only = True
    bugs: list[Exception] = []
    try:
        code = asyncio.run(_main(args, out, profile, bugs))
        if bugs:
            raise bugs[0]
    except AppError as error:
        _log.info("%s ended: %s", args.command, error)
        raise
    except Exception:
        sys.excepthook = partial(_tell_bug, profile.log.redactor)
        raise
    finally:
        profile.reader.close()
        profile.log.close()
    if args.command == "erase" and args.yes is not None:
        safekeeping.tell_erased(erase_folder(profile.paths), profile.paths.root, out)
    return code


def _beside_the_data(args: Namespace, out: Output, paths: Paths) -> int:
    """Acts that put another data file in the place of the one that is there, which may be damaged."""
    if args.command == "salvage":
        return safekeeping.save_readable(paths, SystemClock(), out)
    return safekeeping.put_back(args, paths, SystemClock(), out)


def _tell_bug(
    redactor: Redactor, kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """As Python itself tells what nobody caught, but for secrets: what is printed here is pasted into reports."""
    sys.stderr.write(redactor.redact("".join(traceback.format_exception(kind, error, trace))))


def _follow_settings(profile: Profile, database: Any, changes: Any) -> None:
    """A service runs for days: what is set in the window meanwhile, a pause above all, holds for it too."""
    if changes.touches("setting"):
        profile.stored.update(database.reader.now(settings_reading.values))
        profile.settings.reload()


async def _main(args: Namespace, out: Output, profile: Profile, bugs: list[Exception]) -> int:
    profile.clock.sleeper = asyncio.sleep
    tasks = Tasks(out.trouble, bugs.append)
    database = await asyncio.to_thread(open_database, profile)
    try:
        adopt_settings(profile)
        asks = locking.asks(args, is_set=profile.settings.get(Lock).on)
        opens_with = locking.ask_for(args, profile.words) if asks else ""
        passphrase = locking.next_line() if args.passphrase_stdin and (not asks or profile.paths.vault.exists()) else None
        services = build_services(profile, database, tasks, Undo(), _browser(out), passphrase)
    except BaseException:
        await database.close()
        raise
    keep_settings_in(profile, services)
    if asks:
        await _open_lock(services, profile, opens_with)
    if args.command in SERVICES:
        database.changed.connect(partial(_follow_settings, profile, database))
    services.reports.paint_with(partial(_paint_report, profile, services))
    desk = acts.Desk(
        args=args,
        out=out,
        services=services,
        words=profile.words,
        settings=profile.settings,
        paths=profile.paths,
        clock=profile.clock,
        cards=registry.by_id(),
        painter=lambda: _painter(profile, services),
        sample=profile.sample,
    )
    stopped = _end_when_asked(args)
    try:
        return await acts.act_of(args)(desk)
    except asyncio.CancelledError:
        if stopped:
            return 0
        raise
    finally:
        profile.reader.close()  # before the writer, which leaves one complete file if it is the last
        await services.close()


async def _open_lock(services: Any, profile: Profile, passphrase: str) -> None:
    """Raises what keeps it shut; a wrong passphrase counts here as in the window."""
    try:
        await services.locking.unlock(passphrase)
    except BaseException:
        profile.reader.close()
        await services.close()
        raise


def _end_when_asked(args: Namespace) -> list[int]:
    """A service that is asked to end (SIGTERM) closes its file and its connections. Answers a list that holds the signal once it came."""
    stopped: list[int] = []
    task = asyncio.current_task()
    if os.name == "posix" and args.command in SERVICES and task is not None:

        def stop() -> None:
            stopped.append(signal.SIGTERM)
            task.cancel()

        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop)
    return stopped


def _painter(profile: Profile, services: Any) -> Any:
    from app.window import painter_for  # noqa: PLC0415  (only the acts that paint load Qt)

    return painter_for(profile, services)


async def _paint_report(profile: Profile, services: Any, *asked: Any) -> Any:
    painter = _painter(profile, services)
    try:
        return await painter.report(*asked)
    finally:
        painter.close()


def _browser(out: Output) -> Any:
    """Shows an address in the system's browser and prints it, for a machine whose browser is elsewhere."""

    async def show(url: str) -> None:
        out.item({"open": url}, message("cli.open_in_browser", url=url))
        await asyncio.to_thread(webbrowser.open, url)

    return show
