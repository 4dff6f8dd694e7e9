"""Questions with the window of text their answer stands in, put together to passages again.

Such a window is the whole passage when that is short, else it begins `BEFORE` characters before the
answer, or with the passage. So where windows of one passage overlap, the answer of the later one is
known, and of one that opens a long passage it is known that it begins early.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.formats.collection import Passage
from eval.formats.reading import FormatError

BEFORE = 160
LONG = 400
_HEAD = 40
_RECENT = 6
_INSIDE = frozenset("，。、；）」』》！？")


@dataclass(frozen=True, slots=True)
class Located:
    """A question whose answer begins in `passage_id` at a character from `first` to `last`."""

    text: str
    passage_id: str
    first: int
    last: int


@dataclass(slots=True)
class _Growing:
    text: str
    offsets: dict[str, int] = field(default_factory=dict)

    def take(self, window: str) -> bool:
        """Add a window that overlaps; tell whether it does."""
        place = self.text.find(window[:_HEAD])
        if place >= 0 and window.startswith(self.text[place : place + len(window)]):
            self.offsets[window] = place
            self.text += window[len(self.text) - place :]
            return True
        place = window.find(self.text[:_HEAD])
        if place > 0 and self.text.startswith(window[place:]):
            self.offsets = {name: offset + place for name, offset in self.offsets.items()}
            self.offsets[window] = 0
            self.text = window[:place] + self.text
            return True
        return False


def read_windows(path: Path) -> tuple[list[Passage], list[Located]]:
    """Read lines of `{"q", "p"}`, those of one passage near each other.

    Questions about short passages are left out: nothing tells where their answers stand.

    Raises:
        FormatError: if a line is of another shape.
    """
    rows = list(_rows(path))
    grown = _grown([window for _, window in rows])
    passages = [Passage(f"{path.name}:{i}", "", g.text) for i, g in enumerate(grown)]
    home = {window: place for place, g in enumerate(grown) for window in g.offsets}
    questions = []
    for question, window in rows:
        place = home[window]
        offset, text = grown[place].offsets[window], grown[place].text
        name = passages[place].passage_id
        if offset or text[0] in _INSIDE:
            questions.append(Located(question, name, offset + BEFORE, offset + BEFORE))
        elif len(text) > len(window) or len(window) >= LONG:
            questions.append(Located(question, name, 0, BEFORE))
    return passages, questions


def _grown(windows: Sequence[str]) -> list[_Growing]:
    grown: list[_Growing] = []
    for window in dict.fromkeys(windows):
        if not any(passage.take(window) for passage in grown[-_RECENT:]):
            grown.append(_Growing(window, {window: 0}))
    return grown


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                data = json.loads(line)
                yield str(data["q"]), str(data["p"])
            except (ValueError, KeyError, TypeError) as error:
                raise FormatError(f"{path} 第 {number} 行：应当是 q 和 p 两个字段。") from error
