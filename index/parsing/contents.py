"""Pure: where a table of contents (目录) stands, whose lines name the headings a second time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.parsing.labels import parse_label

_LONGEST = 60
_PAGE = re.compile(r"(?:[\s.…·•．_-]{2,}|\t|\s)[（(-]?\s*\d{1,4}\s*[）)-]?$")


def find_contents(lines: Sequence[str]) -> range:
    """Return the positions of the first table of contents in non-empty lines, empty when none.

    It opens with 目录 alone on a line and ends before the line that prints its first entry again.
    Without such a line it must be a run of entries that end in page numbers.
    """
    for position, line in enumerate(lines):
        if _plain(line) in ("目录", "目次"):
            end = _end(lines, position + 1)
            if end > position + 1:
                return range(position, end)
    return range(0)


def _end(lines: Sequence[str], start: int) -> int:
    first = _plain(lines[start]) if start < len(lines) else ""
    end = start
    while end < len(lines) and _is_entry(lines[end]):
        if end > start and _plain(lines[end]) == first:
            return end
        end += 1
    while end > start and not (_PAGE.search(lines[end - 1]) or parse_label(lines[end - 1])):
        end -= 1  # the title of the text, printed again below its contents
    paged = sum(_PAGE.search(line) is not None for line in lines[start:end])
    repeated = any(_plain(line) == first for line in lines[end:])
    return end if end - start > 1 and (paged > (end - start) / 2 or repeated) else start


def _is_entry(line: str) -> bool:
    return len(line) <= _LONGEST and not re.search(r"[。；;！？]", line)


def _plain(line: str) -> str:
    return re.sub(r"[\s.…·•．]+", "", _PAGE.sub("", line))
