"""Settings, Notifications and desktop: what is told, when not, and how the program stands among others; with a trial."""

from __future__ import annotations

from datetime import datetime

from app.runtime.settings import Setting
from app.ui.page import PageFace
from app.ui.settings.editors import Chosen, Editor, SelectEditor
from app.ui.settings.form import Form
from app.ui.settings.sections import Section
from app.ui.widgets.button import Button

TIMES = ("notifications.quiet_from", "notifications.quiet_until")


class NotificationsPane(Form):
    """The form of both groups; times of day are chosen as times."""

    def __init__(self, face: PageFace, section: Section) -> None:
        super().__init__(face.look, face.services.settings, section, read_only=face.services.data.read_only)
        self.trial = Button(
            face.look,
            face.text("notifications.try"),
            size="small",
            clicked=lambda: face.actions.run("notifications.try"),
        )
        self.header.row.addWidget(self.trial)

    def _editor(self, setting: Setting, value: object, chosen: Chosen) -> Editor:
        if setting.key not in TIMES:
            return super()._editor(setting, value, chosen)
        look = self._look
        day = datetime(2024, 1, 1, tzinfo=look.words.zone)
        steps = range(setting.low, setting.high + 1, setting.step)
        times: list[tuple[str, object]] = [
            (look.words.time(day.replace(hour=each // 60, minute=each % 60)), each) for each in steps
        ]
        return SelectEditor(look, look.text(setting.title_id), times, value, chosen)
