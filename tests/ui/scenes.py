"""Every sheet, question and menu of the program, each opened in the sample shop as a user would meet it."""

from __future__ import annotations

from tests.ui import page_scenes, settings_scenes

SCENES = {**page_scenes.SCENES, **settings_scenes.SCENES}
ASKED = page_scenes.ASKED
