"""Pure: text whose lines were broken at a fixed width, as mail and terminals do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_NARROWEST, _WIDEST = 15, 120  # characters
_SLACK = 4  # a figure or word that is not broken, a mark that may not open a line
_FEWEST = 8
_OPEN_END = re.compile(r"[^。！？；：!?;:…〕\]】”’」』）)》]$")
_PUNCTUATION = re.compile(r"[，。、；,;]")


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How lines were broken: at what width, how it is measured, whether paragraphs are indented."""

    width: int
    slack: int
    measure: Callable[[str], int]
    indented: bool

    def is_full(self, line: str) -> bool:
        """Tell whether a line reaches the width, so that it may go on in the next."""
        return self.width - self.slack <= self.measure(line) <= self.width


def find_wrapping(lines: Sequence[str]) -> Wrapping | None:
    """Find the width at which lines were broken, or None when they are whole paragraphs.

    Args:
        lines: the lines as in the file, table rows and empty lines left out.
    """
    # What sticks out here and there is a title or an address that could not be broken.
    longest = len(lines) - 1 - len(lines) // 50
    if len(lines) < _FEWEST or not _NARROWEST <= sorted(map(len, lines))[longest] <= _WIDEST:
        return None
    indented = sum(line[:1] in " \u3000" for line in lines) > 2
    candidates = [
        Wrapping(sorted(map(measure, lines))[longest], slack, measure, indented)
        for measure, slack in ((columns, _SLACK), (characters, _SLACK // 2))
    ]
    found, full = max(
        ((found, list(filter(found.is_full, lines))) for found in candidates),
        key=lambda pair: len(pair[1]),
    )
    unfinished = sum(_OPEN_END.search(line.rstrip()) is not None for line in full)
    sentences = sum(_PUNCTUATION.search(line) is not None for line in full)
    is_list = sentences < 0.3 * len(full)  # of names, as long as one another
    is_wrapped = len(full) >= 0.4 * len(lines) and unfinished >= 0.5 * len(full) and not is_list
    return found if is_wrapped else None


def characters(line: str) -> int:
    """Return how many characters a line has, white space at its end left out."""
    return len(line.rstrip())


def columns(line: str) -> int:
    """Return how wide a line is set: 2 for a full-width character, 1 for a half-width one."""
    line = line.rstrip()
    return len(line) + sum(unicodedata.east_asian_width(character) in "WFA" for character in line)
