"""Commands about accounts and about the data as a whole: connect, sign in again, pause, disconnect, keep secrets in a vault, look around.

Forms and questions are the Settings page's: commands bring it to the front and ask it by verb.
"""

from __future__ import annotations

from collections.abc import Callable

from app.commands.command import Command, Context, State, command
from app.models.account import AccountRow, AccountState
from app.runtime.words import message

CONTEXT = "settings"


def _may_connect(state: State) -> bool:
    """The sample shop's networks are simulated: nothing real is connected to it."""
    return not state.read_only and not state.sample


def _may_sign_in(state: State) -> bool:
    """In the sample shop too: its simulated networks sign out and let in again."""
    return not state.read_only


def _is_real(state: State) -> bool:
    return not state.sample


def _fact(name: str) -> Callable[[State], bool]:
    return lambda state: name in state.facts and not state.read_only


def _has_account(state: State) -> bool:
    return state.has_account and not state.read_only


@command("accounts.add", menu="file", icon="user-plus", when=_may_connect, at_once=True)
async def add(ctx: Context) -> None:
    """Connect an account of a network."""
    ctx.window.show_page("settings", section="accounts", add=True)


@command("accounts.sign_in_again", menu="file", icon="fingerprint", when=_may_sign_in, at_once=True)
async def sign_in_again(ctx: Context) -> None:
    """Sign the account in that its network signed out."""
    rows = ctx.services.reads.now(lambda queries: queries.accounts())
    account = _signed_out(rows, ctx.state.account)
    if account is None:
        ctx.window.show_page("settings", section="accounts")
    else:
        ctx.window.show_page("settings", section="accounts", account=account.id, sign_in=True)


def _signed_out(rows: list[AccountRow], wanted: int | None) -> AccountRow | None:
    """The chosen account if it is signed out, else the first that is."""
    out = [row for row in rows if row.state is AccountState.SIGNED_OUT]
    return next((row for row in out if row.id == wanted), out[0] if out else None)


@command("spending.open", menu="file", icon="coins", at_once=True)
async def spending(ctx: Context) -> None:
    """Show what calls to networks have cost this month, and the limit."""
    ctx.window.show_page("settings", section="spending")


@command("accounts.pause", menu="file", icon="pause-circle", context=CONTEXT, when=_fact("can_pause"))
async def pause(ctx: Context) -> None:
    """Pause the chosen account, or let it go on."""
    if ctx.state.account is not None:
        await ctx.services.accounts.pause(ctx.state.account, paused="paused" not in ctx.state.facts)


@command("accounts.remove", menu="file", icon="trash", context=CONTEXT, when=_has_account, at_once=True)
async def remove(ctx: Context) -> None:
    """Disconnect the chosen account; its messages and posts stay here."""
    ctx.window.in_page("disconnect")


@command("accounts.use_vault", menu="file", icon="lock-simple", when=_may_connect, at_once=True)
async def use_vault(ctx: Context) -> None:
    """Keep passwords in a locked file of this folder instead of the system's keyring."""
    ctx.window.show_page("settings", section="data", vault="make")


@command("accounts.unlock_vault", menu="file", icon="lock-simple", when=_may_connect, at_once=True)
async def unlock_vault(ctx: Context) -> None:
    """Open the locked file with the passwords for this session."""
    ctx.window.show_page("settings", section="data", vault="unlock")


@command("data.open_sample", menu="file", icon="storefront", when=_is_real)
async def open_sample(ctx: Context) -> None:
    """Open the sample shop in a window of its own."""
    await ctx.services.data.open_sample()
    ctx.notices.say(message("data.sample_opens"))


@command("data.open_folder", menu="file", icon="folder-open", at_once=True)
async def open_folder(ctx: Context) -> None:
    """Show the folder that holds everything of this shop."""
    ctx.window.show_folder(ctx.services.data.folder)


COMMANDS: tuple[Command, ...] = (add, sign_in_again, spending, pause, remove, use_vault, unlock_vault, open_sample, open_folder)
