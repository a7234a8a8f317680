"""The process that compares by meaning, from this side: started when it is wanted, asked, and let go when nobody asks; keeps its pipe to itself."""

from __future__ import annotations

import json
import logging
import subprocess
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from app.language.nearby import Nearby
from app.language.suggestion import Found, Known

IDLE_SECONDS = 600.0
_log = logging.getLogger(__name__)


class Understanding:
    """All its work is done on one thread of its own; nobody waits for it who does not ask to."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str] | None = None, idle_seconds: float = IDLE_SECONDS
    ) -> None:
        """`command` starts `app.language.serving`."""
        self._command = list(command)
        self._environment = environment
        self._idle_seconds = idle_seconds
        self._thread = ThreadPoolExecutor(1, "understanding")
        self._process: subprocess.Popen[str] | None = None
        self._timer: threading.Timer | None = None
        self._loaded: tuple[Known, ...] | None = None
        self._waking: Future[None] | None = None
        self._closed = False
        self.trouble = False
        """It cannot be used on this computer; it is not tried again in this run."""

    @property
    def is_ready(self) -> bool:
        """Whether an answer can be had at once."""
        return self._loaded is not None and self._process is not None and self._waking is None

    def wake(self, known: Sequence[Known]) -> Future[None] | None:
        """Begin to load, in the background; nothing where that is under way, done, or of no use."""
        if self._closed or self.trouble:
            return None
        if self._waking is None and self._loaded != tuple(known):
            self._waking = self._thread.submit(self._wake, tuple(known))
        return self._waking

    def learn(self, known: Known) -> None:
        """Teach it one choice, in the background."""
        if self._loaded is not None and not self._closed:
            self._loaded = (*self._loaded, known)
            self._thread.submit(self._tell, {"learn": _values(known)})

    def ask(self, texts: Sequence[str], limit: int) -> Future[list[list[Found]] | None]:
        """What fits each text; None where it has no answer after all."""
        return self._thread.submit(self._ask, list(texts), limit)

    def hear(self, texts: Sequence[str]) -> Future[list[int] | None]:
        """How each text sounds: 1 happy, -1 unhappy, 0 neither; None where it cannot say."""
        return self._thread.submit(self._hear, list(texts))

    def hold(self, texts: Sequence[str], *, anew: bool) -> Future[bool]:
        """Texts to be compared with each other; few at once, for whoever asks meanwhile waits. False where it cannot."""
        return self._thread.submit(lambda: self._tell({"hold": list(texts), "anew": anew}) is not None)

    def pairs(self, groups: Sequence[Sequence[int]], least: float) -> Future[Nearby | None]:
        """Which groups of the texts it holds, by their numbers, are at least so near; None where it cannot say."""
        return self._thread.submit(self._pairs, [list(group) for group in groups], least)

    def near(self, texts: Sequence[str], least: float) -> Future[Nearby | None]:
        """Which of these few texts are at least so near, by their places; what it held before is let go. None where it cannot say."""
        return self._thread.submit(self._near, list(texts), least)

    def close(self) -> None:
        """End the process at once, whatever it is at."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._let_go()

    # ---- on its own thread

    def _wake(self, known: tuple[Known, ...]) -> None:
        try:
            if self._process is None:
                self._start()
            if self._process is not None and self._tell({"load": [_values(each) for each in known]}) is not None:
                self._loaded = known
        finally:
            self._waking = None

    def _start(self) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603  (this very program, with an argument of ours)
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                env=None if self._environment is None else dict(self._environment),
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            self._give_up(error)
            return
        if self._closed:  # meanwhile
            self._let_go()
        elif self._heard() is None and not self._closed:
            self._give_up(None)

    def _ask(self, texts: list[str], limit: int) -> list[list[Found]] | None:
        answer = self._tell({"ask": texts, "limit": limit})
        if answer is None:
            return None
        return [[Found(key, score, tuple(words)) for key, score, words in one] for one in answer["found"]]

    def _hear(self, texts: list[str]) -> list[int] | None:
        answer = self._tell({"hear": texts}, stays=False)
        return None if answer is None else [int(heard) for heard in answer["moods"]]

    def _near(self, texts: list[str], least: float) -> Nearby | None:
        if self._tell({"hold": texts, "anew": True}) is None:
            return None
        return self._pairs([[place] for place in range(len(texts))], least)

    def _pairs(self, groups: list[list[int]], least: float) -> Nearby | None:
        """Line by line: reading many at once would stop everything else in this process."""
        found = Nearby()
        answer = self._tell({"pairs": groups, "least": least})
        while answer is not None:
            found.add(answer["pairs"])
            if not answer.get("more"):
                return found
            answer = self._heard()
        return None

    def _tell(self, value: Mapping[str, Any], *, stays: bool = True) -> dict[str, Any] | None:
        """One exchange. A process that ended is forgotten: the next wish starts another. `stays` False: it is not kept any longer for it -
        whoever writes to the shop would keep it for ever.
        """
        process = self._process
        if process is None or process.stdin is None:
            return None
        if stays:
            self._put_off()
        try:
            process.stdin.write(json.dumps(value) + "\n")
            process.stdin.flush()
        except (OSError, ValueError):
            self._let_go()
            return None
        return self._heard()

    def _heard(self) -> dict[str, Any] | None:
        process = self._process
        line = process.stdout.readline() if process is not None and process.stdout is not None else ""
        if not line:
            self._let_go()
            return None
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _give_up(self, error: OSError | None) -> None:
        self.trouble = True
        self._let_go()
        _log.warning("suggestions go by letters and words alone, the encoder ended before it was ready: %s", error)

    def _put_off(self) -> None:
        """Another while before it is let go."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(self._idle_seconds, self._let_go)
        self._timer.daemon = True
        self._timer.start()

    def _let_go(self) -> None:
        process, self._process, self._loaded = self._process, None, None
        if process is not None:
            process.kill()  # it keeps nothing; in the middle of loading it would not hear for seconds that its input has ended
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except OSError:
                        _log.debug("the pipe was closed at the other end")


def _values(known: Known) -> list[Any]:
    return [known.answer, known.text, known.weight, known.fits]
