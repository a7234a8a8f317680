"""Commands of the Playbook: go from language to language, keep what was written, copy and remove answers, look after facts."""

from __future__ import annotations

from app.commands.command import Command, Context, State, command

CONTEXT = "playbook"


def _has_answer(state: State) -> bool:
    return "answer" in state.facts


def _may_write(state: State) -> bool:
    return "answer" in state.facts and not state.read_only


def _may_remove(state: State) -> bool:
    return "stored" in state.facts and not state.read_only


def _may_change(state: State) -> bool:
    return not state.read_only


@command("playbook.save", menu="edit", shortcut="Ctrl+S", icon="check", context=CONTEXT, when=_may_write, at_once=True)
async def save(ctx: Context) -> None:
    """Keep the answer as it stands; how it was before stays among its versions."""
    ctx.window.in_page("save")


@command("playbook.next_language", menu="edit", shortcut="Ctrl+Tab", context=CONTEXT, when=_has_answer, at_once=True)
async def next_language(ctx: Context) -> None:
    """Go to the answer's next language."""
    ctx.window.in_page("language", step=1)


@command(
    "playbook.previous_language",
    menu="edit",
    shortcut="Ctrl+Shift+Tab",
    context=CONTEXT,
    when=_has_answer,
    at_once=True,
)
async def previous_language(ctx: Context) -> None:
    """Go to the answer's language before."""
    ctx.window.in_page("language", step=-1)


@command("playbook.duplicate", menu="edit", shortcut="D", icon="copy", context=CONTEXT, when=_may_remove, at_once=True)
async def duplicate(ctx: Context) -> None:
    """Begin another answer with the words of this one."""
    ctx.window.in_page("duplicate")


@command(
    "playbook.remove", menu="edit", shortcut="Delete", icon="trash", context=CONTEXT, when=_may_remove, at_once=True
)
async def remove(ctx: Context) -> None:
    """Take the answer out of the playbook."""
    ctx.window.in_page("remove")


@command(
    "playbook.picture", menu="edit", shortcut="Ctrl+I", icon="image", context=CONTEXT, when=_may_write, at_once=True
)
async def picture(ctx: Context) -> None:
    """Add pictures that go along with the answer."""
    ctx.window.in_page("picture")


@command("playbook.versions", menu="edit", shortcut="V", icon="clock", context=CONTEXT, when=_may_remove, at_once=True)
async def versions(ctx: Context) -> None:
    """See how the answer was before, and go back to that."""
    ctx.window.in_page("versions")


@command("playbook.facts", menu="edit", shortcut="F", icon="calendar", context=CONTEXT, at_once=True)
async def facts(ctx: Context) -> None:
    """Look after what answers say and what changes: times, prices, dates."""
    ctx.window.in_page("facts")


@command("playbook.starter", menu="edit", icon="book-open", context=CONTEXT, when=_may_change, at_once=True)
async def starter(ctx: Context) -> None:
    """Take the twelve answers that come with the program, in five languages."""
    ctx.window.in_page("starter")


@command("playbook.import_file", menu="file", icon="folder-open", context=CONTEXT, when=_may_change, at_once=True)
async def import_file(ctx: Context) -> None:
    """Bring answers in from a spreadsheet or another playbook (CSV or JSON)."""
    ctx.window.in_page("import")


@command("playbook.export_file", menu="file", icon="export", context=CONTEXT, when=_has_answer, at_once=True)
async def export_file(ctx: Context) -> None:
    """Write all answers into a file (CSV or JSON)."""
    ctx.window.in_page("export")


COMMANDS: tuple[Command, ...] = (
    import_file,
    export_file,
    save,
    next_language,
    previous_language,
    duplicate,
    remove,
    picture,
    versions,
    facts,
    starter,
)
