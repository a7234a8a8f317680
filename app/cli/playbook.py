"""The playbook without a window: bring answers in, write them out, and ask which fits a message."""

from __future__ import annotations

import sys
from argparse import Namespace

from app.cli.output import Output
from app.models.suggestion import Suggestion
from app.runtime.words import Message, message
from app.services.playbook_files import PlaybookFiles
from app.services.suggesting import Suggesting


async def import_playbook(files: PlaybookFiles, args: Namespace, out: Output) -> int:
    """Exit code 1 where rows were left out; each is told with its line and the reason."""
    result = await files.import_file(args.file)
    for row in result.wrong:
        out.complain(message("playbook_file.wrong_row", line=str(row.line), reason=row.reason))
    counts = {"new": result.answers, "known": result.known, "examples": result.examples, "wrong": len(result.wrong)}
    out.item(
        counts,
        message(
            "cli.playbook_imported", n=result.answers, **{name: counts[name] for name in ("known", "examples", "wrong")}
        ),
    )
    return 1 if result.wrong else 0


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
            out.item({}, message("cli.suggested", title=each.title, text=each.text, reason=why(each)))
    return 0


def why(suggestion: Suggestion) -> Message:
    """Why it is suggested."""
    if suggestion.words:
        return message("suggestion.reason", words=", ".join(suggestion.words), n=suggestion.uses)
    return message("suggestion.reason_meaning", n=suggestion.uses)


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
