"""Settings, Web analytics: the shop's own server, the site's name there, its key, and a trial that says what was counted."""

from __future__ import annotations

from app.models.visit import SiteTrial
from app.runtime.errors import AppError, UserMistake
from app.runtime.settings import Analytics
from app.ui.page import PageFace
from app.ui.safe_text import isolated
from app.ui.settings.form import Form
from app.ui.settings.links import TokenRow
from app.ui.settings.sections import ANALYTICS, SECTIONS

SITE = "analytics.site"
MOST_GOALS = 6


class AnalyticsPane(Form):
    """The key goes to the keyring and is never shown again."""

    def __init__(self, face: PageFace) -> None:
        self._face = face
        self._trying = False
        section = next(each for each in SECTIONS if each.id == ANALYTICS)
        super().__init__(face.look, face.services.settings, section, read_only=face.services.data.read_only)
        self.key = TokenRow(face, self._save_key, self.try_it, ANALYTICS)
        self.rows.insertWidget(self.rows.indexOf(self.row(SITE)) + 1, self.key)

    def read(self) -> None:
        """Ask whether there is a key, and tell why the last reading brought nothing."""
        self._face.actions.start("settings: analytics", self._read())

    async def _read(self) -> None:
        analytics = self._face.services.analytics
        try:
            self.key.show_kept(await analytics.has_key())
        except AppError as error:
            self.key.tell("warn", self._look.text(error.message))
            return
        chosen = self._face.services.settings.get(Analytics)
        if analytics.trouble is not None and chosen.server and chosen.site:
            self.key.tell("warn", self._look.text(analytics.trouble))

    def show_changed(self, keys: frozenset[str]) -> None:
        super().show_changed(keys)
        if any(key.startswith("analytics.") for key in keys):
            self.key.begin()
            self.read()

    def try_it(self) -> None:
        """Ask the server; what it said stands below the button."""
        if not self._trying:
            self._trying = True
            self.key.wait(True)
            self._face.actions.start("settings: try the analytics server", self._try())

    async def _try(self) -> None:
        try:
            trial = await self._face.services.analytics.try_it()
        except AppError as error:
            trial = SiteTrial(error.message)
        finally:
            self._trying = False
            self.key.wait(False)
        if trial.trouble is not None:
            self.key.tell("warn", self._look.text(trial.trouble))
            return
        text = self._look.text
        said = [text("settings.analytics.works", visits=trial.visits, tagged=trial.tagged)]
        goals = self._look.words.enumeration(isolated(name) for name in trial.goals[:MOST_GOALS])
        said.append(text("settings.analytics.goals", names=goals) if goals else text("settings.analytics.no_goals"))
        self.key.tell("success", " ".join(said))
        self._face.actions.start("read the analytics server", self._face.services.analytics.read_now())

    def _save_key(self, key: str) -> None:
        self._face.actions.start("settings: key of the analytics server", self._keep_key(key))

    async def _keep_key(self, key: str) -> None:
        try:
            await self._face.services.analytics.set_key(key)
        except UserMistake as mistake:
            self.key.tell("danger", self._look.text(mistake.message))
            return
        except AppError as error:
            self.key.tell("warn", self._look.text(error.message))
            return
        self.key.show_kept(bool(key.strip()))
        if key.strip():
            self.try_it()
