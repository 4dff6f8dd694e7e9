"""Pure: where the text of a page begins and ends, measured from its lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.loaders.lines import Line

_FILLED = 6


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the text of a page begins and ends, and how far its lines lie apart."""

    left: float
    right: float
    pitch: float

    def slack(self, line: Line) -> float:
        """Return the white behind a line, in em."""
        return (self.right - line.x1) / line.size

    def indent(self, line: Line) -> float:
        """Return the white in front of a line, in em."""
        return (line.x0 - self.left) / line.size

    def is_centred(self, line: Line) -> bool:
        """Tell whether a line stands in the middle."""
        return abs(line.x0 + line.x1 - self.left - self.right) < 1.4 * line.size


Frames = dict[tuple[int, int], Frame]
"""Frames by page and column."""


def measure_frames(lines: Sequence[Line], widths: Mapping[int, float]) -> Frames:
    """Measure each page; one with too few lines to tell takes over from the others."""
    groups: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        groups.setdefault((line.page, line.column), []).append(line)
    measured = {key: _edges(group, widths[key[0]]) for key, group in groups.items()}
    filled = {key: len(group) >= _FILLED for key, group in groups.items()}
    pitch = _pitch(lines, measured)
    # A page that is set sideways has margins of its own.
    shapes = {(page, column): (column, round(widths[page], -2)) for page, column in groups}
    usual = {
        shape: _usual([m for key, m in measured.items() if shapes[key] == shape and filled[key]])
        for shape in set(shapes.values())
    }
    return {
        key: Frame(*_sides(edges, usual[shapes[key]], median(li.size for li in groups[key])), pitch)
        for key, edges in measured.items()
    }


Edges = tuple[float, float]


def _usual(filled: Sequence[Edges]) -> Edges | None:
    """Return the left margin and the width of the text on the pages that are well filled."""
    if not filled:
        return None
    return median(m[0] for m in filled), median(m[1] - m[0] for m in filled)


def _sides(edges: Edges, usual: Edges | None, size: float) -> Edges:
    """Return the margins of a page; short lines alone do not tell, the other pages do."""
    left, right = edges
    if usual is None or right - left >= usual[1] - 1.5 * size:
        return edges
    first = min(left, usual[0]) if left - usual[0] < 4 * size else usual[0]
    return first, max(right, first + usual[1])


def _edges(lines: Sequence[Line], width: float) -> Edges:
    """Measure the margins of a page; where all lines are short, the right one is as the left."""
    left = _edge([line.x0 for line in lines], lines)
    right = -_edge([-line.x1 for line in lines], lines)
    if not lines[0].column and right - left < width / 2:
        right = max(right, width - left)
    return left, right


def _edge(values: Sequence[float], lines: Sequence[Line]) -> float:
    """Return the outermost position where several lines begin."""
    near = 0.6 * median(line.size for line in lines)
    ordered = sorted(values)
    least = min(len(ordered), max(2, round(0.06 * len(ordered))))
    for value in ordered:
        group = [v for v in ordered if value <= v <= value + near]
        if len(group) >= least:
            return median(group)
    return ordered[0]


def _pitch(lines: Sequence[Line], measured: dict[tuple[int, int], tuple[float, float]]) -> float:
    """Return how far the lines of a paragraph lie apart, in em: most sure behind a full line."""
    full: list[float] = []
    every: list[float] = []
    for a, b in pairwise(lines):
        if (a.page, a.column) != (b.page, b.column) or not 0.8 < a.size / b.size < 1.25:
            continue
        distance = (b.middle - a.middle) / a.size
        every.append(distance)
        if measured[a.page, a.column][1] - a.x1 < 1.5 * a.size:
            full.append(distance)
    return median(full or every) if every else 2.0
