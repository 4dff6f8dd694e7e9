"""Pure: recognised letters to text, where their places tell what their looks do not.

Recognition confuses ， and , and passes over 〇 as if it were white: the room they take does not lie.
A dash between figures looks like 一, one of two brackets around a year like [, and 〉 like >.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.loaders.geometry import HAN, is_wide

_WIDE = dict(zip(",;:?!()", "，；：？！（）", strict=True))
_NARROW = {wide: narrow for narrow, wide in _WIDE.items()}
_ANGLES = {"<": "〈", ">": "〉"}
_NUMERALS = frozenset("一二三四五六七八九")
_FIGURES = re.compile(r"[\d%％]\d")
_YEAR = re.compile(r"[\[【［](\d{4})〕|〔(\d{4})[\]】］]")
_ROOM, _HOLE = 1.75, 2.4


@dataclass(frozen=True, slots=True)
class Letter:
    """A recognised character and the middle of its place."""

    char: str
    x: float


def read_letters(letters: Sequence[Letter], size: float) -> str:
    """Return the text of a line: punctuation as wide as it is printed, 〇 where a numeral has a hole.

    Args:
        letters: the characters from the left.
        size: the width of Han, in the unit of `Letter.x`.
    """
    around = zip([None, *letters], letters, [*letters[1:], None], strict=False)
    text = "".join(_read(before, letter, after, size) for before, letter, after in around)
    return _YEAR.sub(lambda match: f"〔{match[1] or match[2]}〕", text)


def _read(before: Letter | None, letter: Letter, after: Letter | None, size: float) -> str:
    char = letter.char
    if before and before.char in _NUMERALS and char in _NUMERALS:
        return f"〇{char}" if _ROOM < (letter.x - before.x) / size < _HOLE else char
    if before and after and char == "一" and _FIGURES.match(before.char + after.char):
        return "—"
    if char in _ANGLES and before and after and is_wide(before.char) and is_wide(after.char):
        return _ANGLES[char]
    if char not in _WIDE and char not in _NARROW:
        return char
    if before and after and HAN.match(before.char) and HAN.match(after.char):
        is_full = after.x - before.x > _ROOM * size
        return (_WIDE if is_full else _NARROW).get(char, char)
    if before and is_wide(before.char) and (after is None or is_wide(after.char)):
        return _WIDE.get(char, char)
    return char
