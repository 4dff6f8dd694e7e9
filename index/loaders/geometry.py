"""Pure: what stands where on a page. The values that PDF and image loaders share.

Lengths are points (1/72 inch) for PDF and any one unit for images; x grows to the right and y
downwards. Every rule downstream measures in em, the size of the letters at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

HAN = re.compile(r"[\u2e80-\u2fdf\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"[A-Za-z0-9]")
_SPACED_END = re.compile(rf"{HAN.pattern} [A-Za-z0-9.%]+$")
_SPACED_START = re.compile(rf"[A-Za-z0-9.%]+ {HAN.pattern}")
_DOUBLE = 0.6
_GAP = 0.17
_BLANK = 1.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A character of a text page, or a stretch of text that was recognised as one."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    confidence: float = 1.0

    @property
    def middle(self) -> float:
        """The height of its centre."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line, as the box of its ink."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces and rules of one page, upright; `number` counts from 1."""

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...]
    rules: tuple[Rule, ...]
    recognised: bool = False

    @property
    def em(self) -> float:
        """The usual size of its letters."""
        return median(p.size for p in self.pieces) if self.pieces else 12.0


def scaled(page: Page, factor: float) -> Page:
    """Return a page in another unit of length."""
    pieces = (
        replace(
            p,
            x0=p.x0 * factor,
            x1=p.x1 * factor,
            top=p.top * factor,
            bottom=p.bottom * factor,
            size=p.size * factor,
        )
        for p in page.pieces
    )
    rules = (Rule(*(v * factor for v in (r.x0, r.top, r.x1, r.bottom))) for r in page.rules)
    size = (page.width * factor, page.height * factor)
    return Page(page.number, *size, tuple(pieces), tuple(rules), page.recognised)


def is_wide(char: str) -> bool:
    """Tell whether a character is set on a full em: Han, and the punctuation of Chinese."""
    return char > "\u2e7f" or char in "—…“”‘’·"


def rows_of(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Group pieces into rows from the top, each from the left, every letter once."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.middle):
        last = rows[-1][-1] if rows else None
        if last and piece.middle - last.middle < 0.35 * max(piece.size, last.size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_without_doubles(sorted(row, key=lambda p: p.x0)) for row in rows]


def _without_doubles(row: Sequence[Piece]) -> list[Piece]:
    """Drop the second print of a letter that is made bold, or given a shadow, by printing twice."""
    kept: list[Piece] = []
    for piece in row:
        width = max(piece.x1 - piece.x0, 1e-6)
        twice = any(
            p.text == piece.text and p.x1 - piece.x0 > _DOUBLE * width and not p.text.isspace()
            for p in kept[-3:]
        )
        if not twice:
            kept.append(piece)
    return kept


def row_text(row: Sequence[Piece], autospaced: bool = False) -> str:
    """Join the pieces of a row and put a space where a gap stands for one.

    Justified text is stretched, so a gap counts by how far it exceeds the usual one of its row.

    Args:
        row: pieces from the left.
        autospaced: whether the typesetter put every gap between Han and Latin, so none means it.
    """
    gaps = [_gap(a, b) for a, b in pairwise(row)]
    usual = max(median(gaps), 0.0) if len(gaps) > 3 else 0.0
    parts = [row[0].text] if row else []
    for (left, right), gap in zip(pairwise(row), gaps, strict=True):
        if is_space(left.text[-1:], right.text[:1], gap - usual, autospaced):
            parts.append(" ")
        parts.append(right.text)
    return re.sub(r"(?<=[ \u3000]) +", "", "".join(parts)).strip(" \u3000")


def _gap(left: Piece, right: Piece) -> float:
    """Return the white between two pieces, in em."""
    return (right.x0 - left.x1) / max(min(left.size, right.size), 1e-6)


def is_space(left: str, right: str, gap: float, autospaced: bool) -> bool:
    """Tell whether the gap (in em) between two characters stands for a space."""
    if not left or not right or left.isspace() or right.isspace():
        return False
    if autospaced and is_border(left, right):
        return gap > 2 * _GAP + _GAP
    if is_wide(left) and is_wide(right) and not (HAN.match(left) and HAN.match(right)):
        return gap > _BLANK  # punctuation brings white of its own
    return gap > _GAP


def is_border(left: str, right: str) -> bool:
    """Tell whether Han and Latin meet, where typesetters put a gap on their own."""
    return bool(
        (HAN.match(left) and _WORD.match(right)) or (_WORD.match(left) and HAN.match(right))
    )


def is_autospaced(rows: Iterable[Sequence[Piece]]) -> bool:
    """Tell whether (nearly) all borders of Han and Latin have a gap: then the gaps mean nothing."""
    borders = [
        _gap(a, b) for row in rows for a, b in pairwise(row) if is_border(a.text[-1:], b.text[:1])
    ]
    return len(borders) >= 20 and sum(gap > 0.1 for gap in borders) > 0.98 * len(borders)


def glue(first: str, second: str) -> str:
    """Join two lines of one paragraph.

    Between Latin words a line end is a space. Beside a number it is one when the number has a
    space on its other side: 到 2020 / 年底.
    """
    space = re.search(r"[A-Za-z,;.]$", first) and re.match(r"[A-Za-z]", second)
    if not space and is_border(first[-1:], second[:1]):
        space = _SPACED_END.search(first) or _SPACED_START.match(second)
    return f"{first} {second}" if space else first + second
