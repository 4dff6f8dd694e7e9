"""The commands that keep a library: docs add, list, show, remove, check."""

from __future__ import annotations

import argparse
from contextlib import suppress
from datetime import date
from pathlib import Path

from assistant.entries import read_entries
from assistant.listing import entry_record, listed_text, shown_record, shown_text
from assistant.settings import ROOT, Settings
from assistant.terminal import report_lines, say, say_json, warn
from index.embedding import load_embedding
from index.errors import NoDocumentsError
from index.storage.library import Library
from index.storage.manifest import read_manifest
from index.storage.plan import plan_for

OK, REFUSED = 0, 1


def library_of(settings: Settings) -> Library:
    """Return the library that is kept in the folders of the settings.

    Raises:
        ModelError: if the embedding model cannot be loaded.
    """
    return Library(settings.docs, _index(settings), load_embedding(settings.embedding))


def _index(settings: Settings) -> Path:
    return settings.index or ROOT / ".index"


def add(options: argparse.Namespace, settings: Settings) -> int:
    """Copy files, folders and archives into the library; 1 when one of them was not taken."""
    library = library_of(settings)
    changes = library.add(options.paths, report_lines())
    for refusal in (*changes.notes, *(report.error for report in changes.failed)):
        warn(f"没能收入 {refusal}")
    taken = len(changes.added) + len(changes.updated)
    say(f"新收入 {taken} 个文件，放在 {library.docs}")
    return REFUSED if changes.failed or changes.notes else OK


def list_all(options: argparse.Namespace, settings: Settings) -> int:
    """List what the index holds, also what is not answered from."""
    listed, today = read_entries(_index(settings)), date.today()
    if options.json:
        say_json([entry_record(entry, today) for entry in listed.entries])
    else:
        say(listed_text(listed, today))
    if count := _not_followed(settings):
        warn(f"另外，文件夹里有 {count} 个文件是新的或有变动，运行 index 命令后才会列出来。")
    return OK


def _not_followed(settings: Settings) -> int:
    """Count the files that the index has yet to follow, 0 where their folder is elsewhere."""
    with suppress(NoDocumentsError):
        plan = plan_for(settings.docs, read_manifest(_index(settings)))
        return len(plan.todo) + len(plan.gone)
    return 0


def show(options: argparse.Namespace, settings: Settings) -> int:
    """Tell all that is known of a file and the documents in it."""
    library = library_of(settings)
    report, parsed = library.show(options.name)
    entries = {entry.document.doc_id: entry for entry in read_entries(library.index).entries}
    pairs = [(entries[item.document.doc_id], item) for item in parsed]
    if options.json:
        say_json(shown_record(report, pairs, date.today()))
    else:
        say(shown_text(report, pairs, date.today()))
    return OK


def remove(options: argparse.Namespace, settings: Settings) -> int:
    """Take documents out of the library; their files are kept aside."""
    library = library_of(settings)
    for source in library.remove(options.names, report_lines()).removed:
        say(f"已移走 {source}（没有删除，放在 {Path(library.docs, '.removed')} 里）")
    return OK


def check(options: argparse.Namespace, settings: Settings) -> int:
    """Tell what is amiss between files and index; 1 when something is."""
    problems = library_of(settings).check()
    if options.json:
        say_json({"ok": not problems, "problems": list(problems)})
    else:
        say("\n".join(problems) or "没有发现问题。")
    return REFUSED if problems else OK
