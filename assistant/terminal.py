"""What the commands write: lines on standard output, trouble and progress on standard error."""

from __future__ import annotations

import json
import sys

from tqdm import tqdm

from assistant.listing import taken_text
from index.storage.library import Progress
from index.storage.manifest import FileReport


def say(text: str) -> None:
    """Write a line of what was asked for."""
    sys.stdout.write(text + "\n")


def warn(text: str) -> None:
    """Write a line of what a user should know besides."""
    sys.stderr.write(text + "\n")


def say_json(value: object) -> None:
    """Write a value as JSON."""
    say(json.dumps(value, ensure_ascii=False, indent=2))


def progress_bar() -> Progress:
    """Return what draws a bar while files are read, on a terminal only."""
    bar: tqdm | None = None

    def progress(done: int, total: int, _: FileReport) -> None:
        nonlocal bar
        if bar is None or done == 1:
            bar = tqdm(total=total, desc="读入文件", unit="份", leave=False, disable=None)
        bar.update()
        if done == total:
            bar.close()

    return progress


def report_lines() -> Progress:
    """Return what tells of each file that was taken as it becomes safe, above a bar."""
    draw = progress_bar()

    def progress(done: int, total: int, report: FileReport) -> None:
        if not report.error:
            with tqdm.external_write_mode():
                say(taken_text(report))
        draw(done, total, report)

    return progress
