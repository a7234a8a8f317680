"""What a command is: a card (name, menu, keys, when it applies) and one function. Knows the window only as Protocols.

A command's title is the message `command.<id>`, its help sentence `command.<id>.help`. The decorator makes a value and registers
nothing; `registry.collect` gathers the values.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from app.commands.level import Level
from app.commands.services import Services
from app.models.kept_text import KeptText
from app.runtime.errors import AppError
from app.runtime.words import Message, Words

EVERYWHERE = "everywhere"
"""The context of commands that work on every page."""

HelpSheet = Literal["keys", "history", "news"]
Menu = Literal["file", "edit", "go", "message", "post", "view", "help", "none"]


class State(NamedTuple):
    """What is true in the window at this moment; pages contribute their part, `when` functions read it."""

    page: str = ""
    """The id of the page shown: "inbox", "composer"..."""
    context: str = ""
    """The page's context, finer than the page: "inbox", "inbox.reply" (a command of "inbox" applies in both)."""
    conversation: int | None = None
    conversations: Sequence[int] = ()
    """The ticked conversations, or the selected one; what a command on "these" acts on."""
    post: int | None = None
    account: int | None = None
    accounts: int = 0
    """How many accounts there are."""
    has_text_focus: bool = False
    can_undo: bool = False
    """There is an act to take back, or something is being done that may become one."""
    can_redo: bool = False
    read_only: bool = False
    """The profile may be looked at, not changed."""
    sample: bool = False
    """The sample shop is shown."""
    facts: frozenset[str] = frozenset()
    """Anything else a page wants its commands to know: "praise", "private", "has_draft"."""

    @property
    def has_conversation(self) -> bool:
        return self.conversation is not None or bool(self.conversations)

    @property
    def has_post(self) -> bool:
        return self.post is not None

    @property
    def has_account(self) -> bool:
        return self.account is not None


class WindowFace(Protocol):
    """What commands may ask of the window. Every method answers at once."""

    def show_page(self, page: str, **target: object) -> None:
        """Bring a page to the front; `target` goes to its `opened` ("conversation=12", "view='due_soon'")."""

    def in_page(self, verb: str, **values: object) -> Any:
        """Ask the current page to do something of its own ("next", "edit_reply"); its answer, or None where it does not know the verb."""

    def guide(self, verb: str) -> None:
        """The guided hour: begin, next, show, pause, leave."""

    def show_palette(self, text: str = "") -> None: ...

    def show_help(self, what: HelpSheet) -> None:
        """A sheet: the keys of this screen, what was said in notices since the start, or what each version brought."""

    def show_guide(self, place: str = "") -> None:
        """The user's guide at a page ("sign-in#x"); without one, at the page that fits what is shown."""

    def show_kept_texts(self, texts: Sequence[KeptText]) -> None:
        """A sheet of texts that were typed and not sent yet; the one chosen is opened where it was written."""

    def show_menu_bar(self) -> None: ...

    def show_about(self, folder: Path) -> None:
        """What this program is; `folder` is where its data is."""

    def toggle_side_pane(self) -> None: ...

    def focus_next_pane(self, step: int) -> None: ...

    def zoom(self, step: int) -> None:
        """+1 larger, -1 smaller, 0 as drawn."""

    def choose_theme(self, mode: Literal["system", "light", "dark"]) -> None: ...

    def choose_density(self, density: Literal["comfortable", "compact"]) -> None: ...

    def full_screen(self) -> None:
        """Switch full screen on or off."""

    def escape(self) -> None:
        """Close what lies on top, else leave the field, else let the page clear its ticks or go back."""

    def ask(self, question: Message, choices: Sequence[Message], then: Callable[[int], None], detail: Message | None = None) -> None:
        """A sheet with a question; `then` hears the number of the choice, -1 when it was closed. Does not block."""

    def copy(self, text: str) -> None:
        """Put text on the clipboard."""

    def open_url(self, url: str) -> None:
        """Show an address in the user's browser."""

    def show_folder(self, folder: Path) -> None:
        """Show a folder of this computer in the system's file manager."""

    def try_notification(self) -> None:
        """Show one, or say that this desktop shows none."""

    def go_on(self) -> None:
        """End the pause of all that is sent and read; where posts' times passed meanwhile, ask about them first."""

    def lock(self) -> None:
        """Show nothing of the data until the passphrase was typed."""

    def mend(self) -> None:
        """Close the data, which is damaged, and show what can be done about it."""

    def close(self) -> None:
        """End the program."""


class NoticesFace(Protocol):
    """What commands may say to the user."""

    def say(
        self,
        message: Message,
        *,
        level: Level = "info",
        undo: bool = False,
        undone: bool = False,
        seconds: float = 6,
        command: str | None = None,
    ) -> None:
        """A passing word; `undo` offers to take it back for `seconds`, `command` is offered as a button. `undone` says that it tells
        of an act taken back: it goes when the next act is told.
        """

    def fail(self, error: AppError) -> None:
        """Say what went wrong and offer the error's next step."""

    def banner(
        self, key: str, message: Message, *, level: Level = "warn", command: str | None = None, detail: Message | None = None
    ) -> None:
        """A word that stays across the top until `clear(key)`; saying it again replaces it."""

    def clear(self, key: str) -> None: ...

    def dismiss_undo(self) -> None:
        """The last act was taken back or can no longer be: its offer goes."""


class Context(NamedTuple):
    """All a command gets."""

    state: State
    services: Services
    window: WindowFace
    notices: NoticesFace
    words: Words
    under_way: tuple[Any, ...] = ()
    """The tasks of commands that were begun before this one and have not ended."""


When = Callable[[State], bool]
Run = Callable[[Context], Awaitable[None]]


def always(_state: State) -> bool:
    """For commands that apply at any time."""
    return True


def has_conversation(state: State) -> bool:
    return state.has_conversation


def may_change(state: State) -> bool:
    """For commands that write: not where the profile is open to be read only."""
    return not state.read_only


def changes_conversation(state: State) -> bool:
    return state.has_conversation and not state.read_only


class Command(NamedTuple):
    """One thing a user can name. Keys are written "Ctrl+K" (modified), "E" (bare) or "G T" (a sequence)."""

    id: str
    run: Run
    menu: Menu
    shortcut: str | None = None
    keys: tuple[str, ...] = ()
    """Further keys for the same: "F1" beside "?"."""
    keys_twin: str | None = None
    """The modified key that replaces a bare one where single keys are switched off."""
    when: When = always
    icon: str | None = None
    context: str = EVERYWHERE
    at_once: bool = False
    """Its function never awaits, so it runs before the loop does and within the key press."""
    in_palette: bool = True
    instead_of: str = ""
    """The command that has the same key where this one does not apply: never both at once."""
    help: str = ""
    """The docstring, for those who read the code."""

    @property
    def title_id(self) -> str:
        return f"command.{self.id}"

    @property
    def help_id(self) -> str:
        return f"command.{self.id}.help"

    @property
    def all_keys(self) -> tuple[str, ...]:
        return ((self.shortcut,) if self.shortcut else ()) + self.keys

    def applies_in(self, context: str) -> bool:
        """Whether the command belongs to a context, or to one that contains it."""
        return self.context == EVERYWHERE or context == self.context or context.startswith(f"{self.context}.")


def command(
    id: str,  # noqa: A002  (a command is named by its id everywhere)
    *,
    menu: Menu,
    shortcut: str | None = None,
    keys: tuple[str, ...] = (),
    keys_twin: str | None = None,
    when: When = always,
    icon: str | None = None,
    context: str = EVERYWHERE,
    at_once: bool = False,
    in_palette: bool = True,
    instead_of: str = "",
) -> Callable[[Run], Command]:
    """Make a `Command` of an async function; it is registered nowhere until `registry.collect` is given it."""

    def mark(run: Run) -> Command:
        return Command(
            id=id,
            run=run,
            menu=menu,
            shortcut=shortcut,
            keys=keys,
            keys_twin=keys_twin,
            when=when,
            icon=icon,
            context=context,
            at_once=at_once,
            in_palette=in_palette,
            instead_of=instead_of,
            help=(run.__doc__ or "").strip(),
        )

    return mark


def is_bare(key: str) -> bool:
    """Whether a key acts without a modifier (or with Shift alone), so that it must not act while somebody types."""
    first = key.split(" ")[0]
    parts = first.split("+") if first != "+" else ["+"]
    if {"Ctrl", "Alt", "Meta"} & set(parts[:-1]):
        return False
    return not _is_function_key(parts[-1])


def _is_function_key(name: str) -> bool:
    return len(name) > 1 and name[0] == "F" and name[1:].isdigit()
