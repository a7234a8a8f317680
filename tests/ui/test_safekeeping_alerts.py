"""Long work on the data has a banner with how far it is and Stop; what a restore found is told at the next start."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from app.models.safekeeping import Progress, Restored, Step
from app.runtime.words import message
from app.ui.look import Look
from app.ui.safekeeping_alerts import KEY, SafekeepingAlerts, to_text, told
from tests.ui.fake_safekeeping import SafekeepingFake


class Notices:
    def __init__(self) -> None:
        self.banners: dict[str, Any] = {}
        self.said: list[str] = []

    def banner(self, key: str, said: Any, **how: Any) -> None:
        self.banners[key] = (said.id, how)

    def clear(self, key: str) -> None:
        self.banners.pop(key, None)

    def say(self, said: Any, **_how: Any) -> None:
        self.said.append(said.id)


def test_only_what_takes_a_while_has_a_banner(look: Look, tmp_path: Path) -> None:
    service, notices, now = SafekeepingFake(tmp_path, []), Notices(), [0.0]
    SafekeepingAlerts(SimpleNamespace(safekeeping=service), notices, look, lambda: now[0])  # type: ignore[arg-type]
    service.progress.emit(Progress(Step.PACK, 1, 4))
    assert notices.banners == {}
    now[0] = 1.0
    service.progress.emit(Progress(Step.PACK, 1, 4))
    name, how = notices.banners[KEY]
    assert (name, how["command"], how["detail"].values) == ("data.progress.pack", "data.stop", {"percent": 25})
    service.progress.emit(None)
    assert notices.banners == {}
    service.said.emit(message("backup.damaged"))
    assert notices.said == ["backup.damaged"]


def test_every_step_has_its_words(look: Look) -> None:
    assert all(look.words.knows(f"data.progress.{step}") for step in Step)


def test_what_a_restore_found_is_told_in_sentences(look: Look) -> None:
    found = Restored(datetime(2026, 11, 18, tzinfo=UTC), known_out=1, to_check=2, to_sign_in=1)
    sentence, detail = told(to_text(found), look) or (None, None)
    assert sentence is not None
    assert detail is not None
    assert look.text(detail) == "1 item left since then and is not sent again. 2 items may be out: they are looked for first. 1 account asks for signing in."
    assert told(to_text(Restored(found.made_at)), look) == (sentence, None)
    assert told("", look) is None
    assert told("{}", look) is None
