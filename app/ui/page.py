"""What a page is to the window: an entry in the rail, a widget made when first shown, and the few things both ask of each other."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Literal, NamedTuple, Protocol, runtime_checkable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.commands.command import EVERYWHERE, NoticesFace, WindowFace
from app.commands.services import Changes, Queries, Services
from app.runtime.clock import Clock
from app.runtime.words import Message, Words
from app.ui.dialogs import Sheet
from app.ui.hour import ActiveMinutes
from app.ui.icons import Icons
from app.ui.look import Look
from app.ui.theme import Theme


class FooterKey(NamedTuple):
    """One hint of the footer: the keys as written in commands ("J", "Ctrl+Return") and a message id of one or two words."""

    keys: tuple[str, ...]
    text_id: str


class Found(NamedTuple):
    """One thing a page offers in the palette."""

    section_id: str
    """Message id of the section's title."""
    title: str
    icon: str
    choose: Callable[[], None]
    detail: str = ""
    keys: tuple[str, ...] = ()


class Finder(Protocol):
    """Offers things for the palette. `prefix` is "" or one of > @ # /; `deliver` may be called at once or later, or never."""

    def __call__(self, text: str, prefix: str, deliver: Callable[[Sequence[Found]], None]) -> None: ...


class Started(Protocol):
    """Work under way."""

    def cancel(self) -> object:
        """End it; what it has not done yet stays undone."""


class ActionsFace(Protocol):
    """How pages use commands: by id, without knowing them."""

    def run(self, command_id: str) -> None:
        """Run a command as if its key had been pressed; does nothing where it does not apply."""

    def action(self, command_id: str) -> QAction:
        """The command as a QAction for menus, with title, icon, key and whether it applies."""

    def title(self, command_id: str) -> str: ...

    def applies(self, command_id: str) -> bool:
        """Whether the command may run now."""

    def keys(self, command_id: str) -> tuple[str, ...]:
        """Its keys, as written in commands; empty when it has none in force."""

    def refresh(self) -> None:
        """To be called by a page after its state changed (selection, ticks, focus inside)."""

    def start(self, name: str, work: Any) -> Started:
        """Run an awaitable of a widget in use (typing, dragging) with the same care for errors as a command."""


class PageWindow(WindowFace, Protocol):
    """What pages may ask of the window beyond what commands may."""

    def open_sheet(self, sheet: Sheet) -> None:
        """Open a sheet of the page's own over the window; the page's keys rest meanwhile."""


class PageFace(NamedTuple):
    """All a page gets."""

    look: Look
    services: Services
    actions: ActionsFace
    window: PageWindow
    notices: NoticesFace
    clock: Clock
    used_minutes: Callable[[], int] = lambda: 0
    """Active minutes of today."""
    hour: Callable[[], ActiveMinutes | None] = lambda: None
    """Whoever counts them."""

    @property
    def theme(self) -> Theme:
        return self.look.theme

    @property
    def icons(self) -> Icons:
        return self.look.icons

    @property
    def words(self) -> Words:
        return self.look.words

    def text(self, message: Message | str, /, **values: object) -> str:
        return self.look.text(message, **values)


@runtime_checkable
class GivesRoom(Protocol):
    """A pane that ends higher while passing words stand at its bottom (`Page.toast_room`), so that nothing lies under them."""

    def leave_room(self, height: int) -> None:
        """They stand so high; 0 when they are gone."""


class Unkept(NamedTuple):
    """Texts that are kept nowhere but in the window, and how to store them after all: each raises what stands in the way."""

    texts: Sequence[str] = ()
    again: Sequence[Callable[[], Coroutine[Any, Any, object]]] = ()


class Page(QWidget):
    """A screen. Everything has a default; a page overrides what it has to say."""

    context = EVERYWHERE
    """The context of its commands; a property where it depends on the focus ("inbox.reply")."""

    def shown(self) -> None:
        """The page came to the front. Focus is given right afterwards through `first_focus`."""

    def hidden(self) -> None:
        """Another page came to the front: keep what was typed."""

    def opened(self, **target: object) -> None:
        """Show something particular: what `WindowFace.show_page` was given."""

    def first_focus(self) -> QWidget | None:
        """Which widget has the focus when the page comes to the front."""
        return None

    def toast_room(self) -> QWidget | None:
        """The pane at whose bottom passing words stand; never the one with the reply box."""
        return None

    def finders(self) -> Sequence[Finder]:
        """What the page offers in the palette."""
        return ()

    def panes(self) -> Sequence[QWidget]:
        """The panes F6 goes through, from left to right."""
        return ()

    def footer_keys(self) -> Sequence[FooterKey]:
        """Four to seven hints for the focused pane."""
        return ()

    def state(self) -> dict[str, Any]:
        """The page's part of `State`: any of its fields but `page` and `context`."""
        return {}

    def perform(self, verb: str, **values: object) -> Any:  # noqa: ARG002  (for pages to override)
        """A verb of the page, asked by a command through `WindowFace.in_page`; None for an unknown one."""
        return None

    def on_changes(self, changes: Changes) -> None:
        """A commit touched rows; called for the page shown, and once for all that happened meanwhile before it is shown again."""

    def escape(self) -> bool:
        """Leave a field, clear ticks, go back: whether there was something to do."""
        return False

    def toggle_side_pane(self) -> None:
        """Ctrl+B."""

    def resumable(self) -> dict[str, Any]:
        """What to remember for the next start (sizes, view): plain values for the profile's INI file."""
        return {}

    def resume(self, remembered: dict[str, Any]) -> None:
        """What `resumable` gave at the end of the last run; called before the page is first shown."""

    def unkept(self) -> Unkept:
        """Texts that could not be stored and would be lost with the window: it tries again and asks before it closes."""
        return Unkept()

    def retranslate(self) -> None:
        """The language changed: ask all words again."""


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page in the list that bootstrap gives the window; the widget is made when the page is first shown."""

    id: str
    icon: str
    """The fill variant "<icon>-fill" is used while the page is shown, where it exists."""
    title_id: str
    factory: Callable[[PageFace], Page]
    badge: Literal["none", "accent", "warn"] = "none"
    count: Callable[[Queries], int] | None = None
    """What the badge shows, read on a worker thread; asked again after each commit that touched `count_tables`."""
    count_tables: tuple[str, ...] = ()
    at_bottom: bool = False
    """Below the hour (Settings)."""
    in_rail: bool = True
    """The composer, the first run are pages without a place in the rail."""
    framed: bool = True
    """With rail and footer; the first run fills the window."""
    rail_id: str = ""
    """Which rail entry is lit while this page is shown, where it has none of its own."""


def made_later(folder: str, name: str) -> Callable[[PageFace], Page]:
    """Makes the page `name` of `app/ui/<folder>/page.py`, imported when the page is first shown: together the pages take longer to
    import than everything that is shown first.
    """

    def make(face: PageFace) -> Page:
        page: Page = getattr(import_module(f"app.ui.{folder}.page"), name)(face)
        return page

    return make
