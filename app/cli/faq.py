"""The FAQ without a window: its published questions as a page."""

from __future__ import annotations

from argparse import Namespace

from app.cli.output import Output
from app.runtime.words import message
from app.services.faq_files import FaqFiles


async def export_faq(files: FaqFiles, args: Namespace, out: Output) -> int:
    """All that are published, in the order of the FAQ; HTML or Markdown by the ending of the file's name."""
    count = await files.export(args.file, args.page_language, await files.published())
    out.item({"questions": count, "file": str(args.file)}, message("cli.faq_exported", n=count, file=args.file.name))
    return 0
