"""Pure: ruling lines to tables. Merged cells are where a line between two cells is missing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from index.loaders.geometry import Rule

_MOST_RULES = 2000
_COVERED = 0.6


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a table and what they enclose.

    `owner[row][column]` is the (row, column) where the cell begins that covers this place. A side
    without a line is open: there the page ends within a row.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owner: tuple[tuple[tuple[int, int], ...], ...]
    open_above: bool = False
    open_below: bool = False

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return where the cell under a point begins, or None outside the table."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        if 0 <= row < len(self.owner) and 0 <= column < len(self.owner[0]):
            return self.owner[row][column]
        return None


@dataclass(frozen=True, slots=True)
class _Bar:
    """A horizontal or vertical line: where it lies, and from where to where it goes."""

    at: float
    start: float
    end: float


def find_grids(rules: Iterable[Rule], em: float) -> list[Grid]:
    """Return the tables that ruling lines draw, from the top; a frame of one cell is none."""
    near = 0.3 * em
    rules = list(rules)
    level = _merged(
        [_Bar((r.top + r.bottom) / 2, r.x0, r.x1) for r in rules if _is_level(r, em)], near
    )
    upright = _merged(
        [_Bar((r.x0 + r.x1) / 2, r.top, r.bottom) for r in rules if _is_upright(r, em)], near
    )
    if len(level) + len(upright) > _MOST_RULES:  # a drawing
        return []
    grids = (_grid(h, v, em) for h, v in _connected(level, upright, near))
    return sorted((grid for grid in grids if grid), key=lambda grid: grid.ys[0])


def _is_level(rule: Rule, em: float) -> bool:
    return rule.bottom - rule.top < 0.4 * em < 0.8 * em < rule.x1 - rule.x0


def _is_upright(rule: Rule, em: float) -> bool:
    return rule.x1 - rule.x0 < 0.4 * em < 0.8 * em < rule.bottom - rule.top


def _merged(bars: Iterable[_Bar], near: float) -> list[_Bar]:
    """Make one bar of those that lie on one another or follow one another."""
    merged: list[_Bar] = []
    for bar in sorted(bars, key=lambda b: (b.at, b.start)):
        position = _beside(merged, bar, near)
        if position is None:
            merged.append(bar)
        else:
            other = merged[position]
            merged[position] = _Bar(other.at, min(bar.start, other.start), max(bar.end, other.end))
    return merged


def _beside(bars: Sequence[_Bar], bar: _Bar, near: float) -> int | None:
    """Return which of the bars, in order of `at`, the bar goes on with."""
    for position in range(len(bars) - 1, -1, -1):
        other = bars[position]
        if bar.at - other.at > near:
            return None
        if bar.start <= other.end + near and other.start <= bar.end + near:
            return position
    return None


def _connected(
    level: Sequence[_Bar], upright: Sequence[_Bar], near: float
) -> list[tuple[list[_Bar], list[_Bar]]]:
    """Group the bars that touch one another."""
    groups: list[tuple[list[_Bar], list[_Bar]]] = [([bar], []) for bar in level]
    for bar in upright:
        touched = [g for g in groups if any(_touch(other, bar, near) for other in g[0])]
        if touched:
            joined = ([b for g in touched for b in g[0]], [b for g in touched for b in g[1]])
            joined[1].append(bar)
            groups = [g for g in groups if not any(g is t for t in touched)] + [joined]
    return groups


def _touch(level: _Bar, upright: _Bar, near: float) -> bool:
    return (
        level.start - near <= upright.at <= level.end + near
        and upright.start - near <= level.at <= upright.end + near
    )


def _grid(level: Sequence[_Bar], upright: Sequence[_Bar], em: float) -> Grid | None:
    """Lay a grid through the bars; sides that are left open are closed."""
    near = 0.5 * em
    if not level or not upright:
        return None
    xs = _positions([bar.at for bar in upright], [(b.start, b.end) for b in level], near)
    ys = _positions([bar.at for bar in level], [(b.start, b.end) for b in upright], near)
    if len(xs) < 2 or len(ys) < 2:
        return None
    owner = _owners(xs, ys, _covers(upright, near), _covers(level, near))
    if len({cell for row in owner for cell in row}) < 2:
        return None
    heights = [bar.at for bar in level]
    return Grid(
        tuple(xs), tuple(ys), owner, ys[0] < min(heights) - near, ys[-1] > max(heights) + near
    )


def _positions(
    values: Iterable[float], ends: Sequence[tuple[float, float]], near: float
) -> list[float]:
    """Return the distinct positions of lines, with the ends of the lines across them."""
    distinct: list[float] = []
    for value in sorted(values):
        if not distinct or value - distinct[-1] > near:
            distinct.append(value)
    first, last = min(start for start, _ in ends), max(end for _, end in ends)
    if distinct[0] - first > 2 * near:
        distinct.insert(0, first)
    if last - distinct[-1] > 2 * near:
        distinct.append(last)
    return distinct


def _covers(bars: Sequence[_Bar], near: float) -> Callable[[float, float, float], bool]:
    def covered(at: float, start: float, end: float) -> bool:
        length = sum(
            max(0.0, min(bar.end, end) - max(bar.start, start))
            for bar in bars
            if abs(bar.at - at) <= near
        )
        return length >= _COVERED * (end - start)

    return covered


def _owners(
    xs: Sequence[float],
    ys: Sequence[float],
    upright: Callable[[float, float, float], bool],
    level: Callable[[float, float, float], bool],
) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Merge the places between which a line is missing; the first place owns the cell."""
    owner = {(r, c): (r, c) for r in range(len(ys) - 1) for c in range(len(xs) - 1)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while owner[place] != place:
            place = owner[place]
        return place

    def merge(first: tuple[int, int], second: tuple[int, int]) -> None:
        first, second = sorted((root(first), root(second)))
        owner[second] = first

    for row, column in list(owner):
        if column and not upright(xs[column], ys[row], ys[row + 1]):
            merge((row, column - 1), (row, column))
        if row and not level(ys[row], xs[column], xs[column + 1]):
            merge((row - 1, column), (row, column))
    return tuple(tuple(root((r, c)) for c in range(len(xs) - 1)) for r in range(len(ys) - 1))
