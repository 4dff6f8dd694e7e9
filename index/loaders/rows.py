"""Pure: cells to the lines of a table, the same for every format that has tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_CONTROL = re.compile(r"[\t\n\r\x0b\x0c\u2028\u2029]")
_BREAKS = re.compile(r"\s*[\n\r\x0b\x0c\u2028\u2029]\s*")


def one_line(text: str) -> str:
    """Return the text of a cell as one line: breaks go, or part two words or figures."""
    text = text.strip()
    if not _CONTROL.search(text):
        return text
    parts = _BREAKS.split(text.replace("\t", " "))
    joined = parts[0]
    for part in parts[1:]:
        apart = _is_ascii_word(joined[-1:]) and _is_ascii_word(part[:1])
        joined += f" {part}" if apart else part
    return joined


def _is_ascii_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def row_line(cells: Iterable[str]) -> str:
    """Join the cells of a row by tabs; "" when all are empty."""
    return "\t".join(map(one_line, cells)).rstrip()


def without_empty_columns(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Drop the columns that are empty in every row."""
    width = max(map(len, rows), default=0)
    kept = [i for i in range(width) if any(i < len(row) and row[i].strip() for row in rows)]
    return [[row[i] if i < len(row) else "" for i in kept] for row in rows]
