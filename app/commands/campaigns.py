"""Commands of campaigns and launches: from one to the other, announce, change, move with all posts. Every drag of a phase has its twin here."""

from __future__ import annotations

from collections.abc import Callable

from app.commands.command import Command, Context, State, command, may_change

CONTEXT = "campaigns"
PHASES = "campaigns.phases"


def _may(name: str) -> Callable[[State], bool]:
    return lambda state: name in state.facts and not state.read_only


@command("go.campaigns", menu="go", shortcut="Ctrl+4", keys=("G M",), icon="megaphone-simple", at_once=True)
async def go_campaigns(ctx: Context) -> None:
    """See campaigns and launches, and plan them."""
    ctx.window.show_page("campaigns")


@command("campaigns.new", menu="post", icon="megaphone-simple", when=may_change, at_once=True)
async def new_campaign(ctx: Context) -> None:
    """Begin a campaign; on the calendar it begins on the chosen day."""
    if ctx.window.in_page("new_campaign") is None:
        ctx.window.show_page("campaigns", new="campaign")


@command("launches.new", menu="post", icon="rocket-launch", when=may_change, at_once=True)
async def new_launch(ctx: Context) -> None:
    """Set the day of a product and make the drafts around it; on the calendar it is the chosen day."""
    if ctx.window.in_page("new_launch") is None:
        ctx.window.show_page("campaigns", new="launch")


@command("deadlines.new", menu="post", icon="hourglass-medium", when=may_change, at_once=True)
async def new_deadline(ctx: Context) -> None:
    """Note what has to be done by a day; on the calendar it is the chosen one."""
    if ctx.window.in_page("new_deadline") is None:
        ctx.window.show_page("calendar")
        ctx.window.in_page("new_deadline")


@command("campaigns.patterns", menu="post", icon="stack", when=may_change, at_once=True)
async def patterns(ctx: Context) -> None:
    """Change the posts that a launch makes."""
    if ctx.window.in_page("patterns") is None:
        ctx.window.show_page("campaigns", new="patterns")


@command("campaigns.previous", menu="view", shortcut="[", context=CONTEXT, icon="caret-left", at_once=True)
async def previous(ctx: Context) -> None:
    """Show the campaign before."""
    ctx.window.in_page("step", step=-1)


@command("campaigns.next", menu="view", shortcut="]", context=CONTEXT, icon="caret-right", at_once=True)
async def following(ctx: Context) -> None:
    """Show the next campaign."""
    ctx.window.in_page("step", step=1)


@command(
    "campaigns.announce", menu="post", shortcut="N", context=CONTEXT, icon="plus", when=_may("campaign"), at_once=True
)
async def announce(ctx: Context) -> None:
    """Plan an announcement: a draft with its time."""
    ctx.window.in_page("announce")


@command(
    "campaigns.edit",
    menu="post",
    shortcut="E",
    context=CONTEXT,
    icon="pencil-simple",
    when=_may("campaign"),
    at_once=True,
)
async def edit(ctx: Context) -> None:
    """Change name, goal, colour, accounts and hashtags."""
    ctx.window.in_page("edit")


@command(
    "campaigns.move",
    menu="post",
    shortcut="Ctrl+T",
    context=CONTEXT,
    icon="calendar-blank",
    when=_may("movable"),
    at_once=True,
)
async def move(ctx: Context) -> None:
    """Move the campaign or launch with all its posts, after a look at what that does."""
    ctx.window.in_page("move")


@command(
    "campaigns.launch", menu="post", shortcut="L", context=CONTEXT, icon="rocket-launch", when=may_change, at_once=True
)
async def launch_here(ctx: Context) -> None:
    """Add a launch, with the drafts around it."""
    ctx.window.in_page("new_launch")


@command(
    "campaigns.phase", menu="post", shortcut="P", context=CONTEXT, icon="plus", when=_may("campaign"), at_once=True
)
async def add_phase(ctx: Context) -> None:
    """Add a phase to the campaign."""
    ctx.window.in_page("new_phase")


@command(
    "campaigns.remove",
    menu="post",
    shortcut="Delete",
    keys=("Backspace",),
    context=CONTEXT,
    icon="trash",
    when=_may("movable"),
    at_once=True,
)
async def remove(ctx: Context) -> None:
    """Remove what is chosen: a phase, a launch or a campaign. Posts stay."""
    ctx.window.in_page("remove")


@command("campaigns.phase_edit", menu="none", shortcut="Return", context=PHASES, when=_may("phase"), at_once=True)
async def edit_phase(ctx: Context) -> None:
    """Change the phase: kind, days, title, posts a day."""
    ctx.window.in_page("edit_phase")


@command("campaigns.phase_left", menu="none", shortcut="Left", context=PHASES, in_palette=False, at_once=True)
async def phase_left(ctx: Context) -> None:
    """Choose the phase before."""
    ctx.window.in_page("choose_phase", step=-1)


@command("campaigns.phase_right", menu="none", shortcut="Right", context=PHASES, in_palette=False, at_once=True)
async def phase_right(ctx: Context) -> None:
    """Choose the next phase."""
    ctx.window.in_page("choose_phase", step=1)


@command(
    "campaigns.phase_earlier", menu="post", shortcut="Shift+Left", context=PHASES, when=_may("phase"), at_once=True
)
async def phase_earlier(ctx: Context) -> None:
    """Move the phase a day earlier."""
    ctx.window.in_page("stretch", first=-1, last=-1)


@command("campaigns.phase_later", menu="post", shortcut="Shift+Right", context=PHASES, when=_may("phase"), at_once=True)
async def phase_later(ctx: Context) -> None:
    """Move the phase a day later."""
    ctx.window.in_page("stretch", first=1, last=1)


@command("campaigns.phase_shorter", menu="post", shortcut="Ctrl+Left", context=PHASES, when=_may("phase"), at_once=True)
async def phase_shorter(ctx: Context) -> None:
    """Let the phase end a day earlier."""
    ctx.window.in_page("stretch", first=0, last=-1)


@command("campaigns.phase_longer", menu="post", shortcut="Ctrl+Right", context=PHASES, when=_may("phase"), at_once=True)
async def phase_longer(ctx: Context) -> None:
    """Let the phase end a day later."""
    ctx.window.in_page("stretch", first=0, last=1)


@command(
    "campaigns.phase_sooner", menu="post", shortcut="Ctrl+Shift+Left", context=PHASES, when=_may("phase"), at_once=True
)
async def phase_sooner(ctx: Context) -> None:
    """Let the phase begin a day earlier."""
    ctx.window.in_page("stretch", first=-1, last=0)


@command(
    "campaigns.phase_begin_later",
    menu="post",
    shortcut="Ctrl+Shift+Right",
    context=PHASES,
    when=_may("phase"),
    at_once=True,
)
async def phase_begin_later(ctx: Context) -> None:
    """Let the phase begin a day later."""
    ctx.window.in_page("stretch", first=1, last=0)


COMMANDS: tuple[Command, ...] = (
    go_campaigns, new_campaign, new_launch, new_deadline, patterns, previous, following, announce, edit, move, launch_here, add_phase, remove,
    edit_phase, phase_left, phase_right, phase_earlier, phase_later, phase_shorter, phase_longer, phase_sooner, phase_begin_later,
)  # fmt: skip
