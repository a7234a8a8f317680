"""The playbook without a window: bring answers in, write them out, and ask which fits a message."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from app.cli.output import Output
from app.models.playbook_file import WrongRow
from app.models.suggestion import Suggestion
from app.runtime.words import message
from app.services.playbook_files import PlaybookFiles
from app.services.suggesting import Suggesting


async def import_playbook(files: PlaybookFiles, args: Namespace, out: Output) -> int:
    """Exit code 1 where rows were left out; each is told with its line and the reason."""
    if args.preview:
        return await _preview(files, args, out)
    result = await files.import_file(args.file, leave=args.leave)
    _complain(result.wrong, out)
    counts = {
        "new": result.answers,
        "known": result.known,
        "changed": result.changed,
        "facts": result.facts,
        "examples": result.examples,
        "wrong": len(result.wrong),
    }
    values = {name: counts[name] for name in counts if name != "new"}
    out.item(counts, message("cli.playbook_imported", n=result.answers, **values))
    return 1 if result.wrong else 0


async def _preview(files: PlaybookFiles, args: Namespace, out: Output) -> int:
    """What it would do, and nothing is done."""
    plan = await files.preview(args.file)
    _complain(plan.wrong, out)
    values = {"changed": len(plan.changed), "same": plan.same, "facts": len(plan.facts), "examples": plan.examples}
    wrong = len(plan.wrong)
    said = message("cli.playbook_preview", n=len(plan.new), wrong=wrong, **values)
    out.item({"new": list(plan.new), **values, "changed": list(plan.changed), "wrong": wrong}, said)
    return 1 if wrong else 0


def _complain(wrong: Sequence[WrongRow], out: Output) -> None:
    for row in wrong:
        out.complain(message("playbook_file.wrong_row", line=str(row.line), reason=row.reason))


async def export_playbook(files: PlaybookFiles, args: Namespace, out: Output) -> int:
    count = await files.export_file(args.file)
    out.item({"answers": count, "file": str(args.file)}, message("cli.playbook_exported", n=count, file=args.file.name))
    return 0


async def suggest(suggesting: Suggesting, args: Namespace, out: Output) -> int:
    """One line a suggestion; with `--json` one object a message, empty `suggestions` where none fits. Messages: those named, else one a line."""
    texts = args.text or [line.strip() for line in sys.stdin if line.strip()]
    if not args.quick and not await suggesting.understand():
        out.complain(message("cli.suggest_by_letters", reason=message("suggestion.no_encoder")))
    for text, found in zip(
        texts, await suggesting.suggest_all(texts, args.reply_language, quick=args.quick), strict=True
    ):
        if out.as_json:
            out.record({"text": text, "suggestions": [_values(each) for each in found]})
            continue
        if not found:
            out.item({}, message("cli.suggest_none", text=text))
        for each in found:
            out.item({}, message("cli.suggested", title=each.title, text=each.text, reason=each.reason))
    return 0


def _values(each: Suggestion) -> dict[str, object]:
    return {
        "answer": each.answer,
        "title": each.title,
        "language": each.language,
        "text": each.text,
        "category": each.category,
        "score": each.score,
        "words": list(each.words),
        "uses": each.uses,
    }
