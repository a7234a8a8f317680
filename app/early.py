"""What is there before the window is put together: the profile and, where the Inbox comes first, its list to go through.

Imports nothing but what the list needs: the window, its commands and the other pages take longer to import than the list takes to be
shown, and are imported behind it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from app.models.sorting import vocabulary
from app.profile import Profile, open_profile, screen_reads
from app.runtime.desktop_settings import MODIFIERS
from app.runtime.errors import DiskTrouble
from app.runtime.paths import resources
from app.runtime.settings import Appearance, Keyboard, Lock, Settings, Shop
from app.runtime.start import Options, reached
from app.runtime.words import Words
from app.services.reads import ScreenReads
from app.store.schema import FileState
from app.ui.application import dress
from app.ui.first_frame import PAGE, Start
from app.ui.hand_over import HandOver
from app.ui.icons import Icons
from app.ui.inbox.beginning import Begun, begin, stand_in
from app.ui.list_keys import moves_of
from app.ui.look import Look
from app.ui.theme import Theme, density_for, read_tokens, sort_by

INBOX = "inbox"


class Early(NamedTuple):
    """What the window is put together around."""

    profile: Profile
    look: Look
    post: HandOver
    reads: ScreenReads
    inbox: Begun | None
    """The list that is shown already; None where another page comes first, or where there is nothing to show."""


def open_early(options: Options, start: Start) -> Early | DiskTrouble:
    """Opens the profile and shows the list, if it is the list's turn; answers what is wrong where the profile cannot be opened."""
    try:
        profile = open_profile(options, "window")
    except DiskTrouble as trouble:
        return trouble
    try:
        look = make_look(profile.words, profile.settings, start.frame.height(), start.frame.tokens)
        dress(start.application, look.theme)
        post = HandOver()
        early = Early(profile, look, post, screen_reads(profile, post), None)
        return early._replace(inbox=_show_list(early, options, start))
    except DiskTrouble as trouble:
        profile.reader.close()  # what mends it gives the file another name
        profile.log.close()
        return trouble


def make_look(words: Words, settings: Settings | None = None, height: int = 0, tokens: dict[str, Any] | None = None) -> Look:
    """Theme and icons from the resources, as chosen in the settings for a window of some height; `tokens` if they are read already."""
    tokens = tokens or read_tokens(resources())
    choices: dict[str, Any] = {}
    if settings is not None:
        chosen = settings.get(Appearance)
        choices = {"mode": chosen.theme, "zoom": chosen.zoom, "density": density_for(chosen.density, height), "contrast": chosen.contrast}
    theme = Theme(tokens, **choices)
    if settings is not None:
        sort_by(theme, vocabulary(settings))
    return Look(theme, Icons(theme, resources()), words)


def _show_list(early: Early, options: Options, start: Start) -> Begun | None:
    profile, look = early.profile, early.look
    page = options.page or str(start.remembered.value(PAGE, ""))
    if page != INBOX or profile.state is not FileState.CURRENT or not profile.settings.get(Shop).zone:
        return None
    if profile.settings.get(Lock).on:  # the passphrase comes first
        return None
    remembered = {name: start.remembered.value(f"page.{INBOX}/{name}") for name in ("view", "widths")}
    begun = begin(look, early.reads, profile.clock.now, remembered)
    if begun is not None:
        keys = profile.settings.get(Keyboard)
        begun.pane.rows.moves = moves_of(keys.single_keys and keys.preset != MODIFIERS, dict(keys.own))
        footer = profile.settings.get(Appearance).footer_keys
        start.frame.show_list(
            begun.pane, begun.pane.rows, lambda size: stand_in(size, begun, look, remembered, footer=footer)
        )
        reached("page")
    return begun
