"""Pure: blocks to pages of placed text and ruling lines, in the layout of GB/T 9704-2012.

A4, 版心 156 mm × 225 mm, 22 lines of 28 characters, page numbers below it. Lengths are points,
the origin is the upper left corner of the page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from eval.fidelity.blocks import Block, Grid, GridCell, Line, Role

MM = 72 / 25.4
PAGE = (210 * MM, 297 * MM)
LEFT, TOP, WIDTH, HEIGHT = 28 * MM, 37 * MM, 156 * MM, 225 * MM
SIZE, LEADING = WIDTH / 28, HEIGHT / 22
CELL_SIZE, CELL_LEADING, PAD = 12.0, 17.0, 4.0
_BOTTOM = TOP + HEIGHT
_CENTRED = {Role.ORGAN: 26.0, Role.NUMBER: SIZE, Role.TITLE: 22.0}
_INDENTED = frozenset({Role.HEADING, Role.BODY})
_ABOVE = {Role.NUMBER: 0.5, Role.TITLE: 1.0, Role.ADDRESSEE: 1.0, Role.SIGNATURE: 1.0}
_TOKEN = re.compile(r"[A-Za-z0-9.%]{1,20}|.", re.DOTALL)
_CLOSERS = frozenset("，。、；：？！,.;:?!）)〕】》”’」％%")
_OPENERS = frozenset("（(〔【《“‘「")

Measure = Callable[[str, float], float]


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text; `top` is the upper edge of its `size`, `gap` goes between two characters."""

    x: float
    top: float
    size: float
    text: str
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Page:
    """What is drawn on one page."""

    texts: tuple[Text, ...]
    rules: tuple[Rule, ...]


def lay_out(blocks: Sequence[Block], header: str, measure: Measure) -> tuple[Page, ...]:
    """Lay blocks out on pages.

    Args:
        blocks: lines and tables in reading order.
        header: the running header.
        measure: the width of a text at a size.
    """
    setter = _Setter(measure)
    for block in blocks:
        if isinstance(block, Grid):
            setter.grid(block)
        else:
            setter.line(block)
    return tuple(
        Page((*page.texts, *_margins(header, number, measure)), tuple(page.rules))
        for number, page in enumerate(setter.pages, 1)
    )


def _margins(header: str, number: int, measure: Measure) -> Iterator[Text]:
    for text, top, size in ((header, 20 * MM, 9.0), (f"— {number} —", _BOTTOM + 7 * MM, 14.0)):
        yield Text(LEFT + (WIDTH - measure(text, size)) / 2, top, size, text)


def break_lines(text: str, size: float, width: float, indent: float, measure: Measure) -> list[str]:
    """Break a paragraph: numbers stay whole, no line opens with a closing mark or ends on an opening one."""
    lines: list[str] = []
    line: list[str] = []
    room = width - indent
    for token in _TOKEN.findall(text):
        if line and measure("".join(line) + token, size) > room:
            cut, first = len(line), token
            while cut > 1 and (first in _CLOSERS or line[cut - 1] in _OPENERS):
                cut -= 1
                first = line[cut]
            lines.append("".join(line[:cut]))
            line, room = line[cut:], width
        line.append(token)
    return [*lines, "".join(line)] if line else lines


@dataclass(slots=True)
class _Sheet:
    texts: list[Text] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)


@dataclass(slots=True)
class _Setter:
    """Sets block after block; `y` is where the next one starts on the last page."""

    measure: Measure
    pages: list[_Sheet] = field(default_factory=lambda: [_Sheet()])
    y: float = TOP
    last: Role | None = None

    def line(self, line: Line) -> None:
        """Set a paragraph; an annex starts a page."""
        if line.role is Role.ANNEX and self.y > TOP:
            self._turn()
        elif self.y > TOP and line.role is not self.last:
            self.y += _ABOVE.get(line.role, 0.0) * LEADING
        self.last = line.role
        size = _CENTRED.get(line.role, SIZE)
        indent = 2 * SIZE if line.role in _INDENTED else 0.0
        lines = break_lines(line.text, size, WIDTH, indent, self.measure)
        for order, text in enumerate(lines):
            shift = indent if order == 0 else 0.0
            is_last = order == len(lines) - 1
            self._room(LEADING)
            self._put(line.role, text, size, shift, is_last)
            self.y += LEADING
        if line.role is Role.COLOPHON:
            self.pages[-1].rules.append(Rule(LEFT, self.y - 4, LEFT + WIDTH, self.y - 4))

    def _put(self, role: Role, text: str, size: float, shift: float, is_last: bool) -> None:
        width = self.measure(text, size)
        gap = 0.0
        if role in _CENTRED:
            shift = (WIDTH - width) / 2
        elif role is Role.SIGNATURE:
            shift = WIDTH - width - 4 * SIZE
        elif not is_last and len(text) > 1:
            gap = (WIDTH - shift - width) / (len(text) - 1)
        self.pages[-1].texts.append(Text(LEFT + shift, self.y, size, text, gap))

    def _turn(self) -> None:
        self.pages.append(_Sheet())
        self.y = TOP

    def _room(self, height: float) -> None:
        if self.y > TOP and self.y + height > _BOTTOM + 1:
            self._turn()

    def grid(self, grid: Grid) -> None:
        """Set a table; its head is repeated on every page, a merged cell is cut by the page end."""
        edges = _edges(grid)
        owners = _owners(grid)
        heights = [self._height(row, edges) for row in grid.rows]
        opens = True
        for number, row in enumerate(grid.rows):
            if self.y + heights[number] > _BOTTOM and self.y > TOP:
                self._close(edges)
                self._turn()
                opens = True
                if number:
                    self._row(grid.rows[0], heights[0], edges, owners[0], opens)
            self._row(row, heights[number], edges, owners[number], opens)
            opens = False
        self._close(edges)
        self.y += LEADING / 2

    def _height(self, row: Sequence[GridCell | None], edges: Sequence[float]) -> float:
        counts = [len(lines) for _, _, lines in self._cells(row, edges)]
        return max(counts, default=1) * CELL_LEADING + 2 * PAD

    def _cells(
        self, row: Sequence[GridCell | None], edges: Sequence[float]
    ) -> Iterator[tuple[GridCell, float, list[str]]]:
        """Yield each cell of a row with its left edge and its broken lines."""
        for column, cell in enumerate(row):
            if cell is not None:
                left, right = edges[column], edges[column + cell.columns]
                width = right - left - 2 * PAD
                yield cell, left, break_lines(cell.text, CELL_SIZE, width, 0.0, self.measure)

    def _row(
        self,
        row: Sequence[GridCell | None],
        height: float,
        edges: Sequence[float],
        owners: Sequence[tuple[bool, bool]],
        opens: bool,
    ) -> None:
        sheet = self.pages[-1]
        for _, left, lines in self._cells(row, edges):
            top = self.y + (height - len(lines) * CELL_LEADING) / 2
            sheet.texts.extend(
                Text(left + PAD, top + order * CELL_LEADING + 2, CELL_SIZE, text)
                for order, text in enumerate(lines)
            )
        for column, (starts_row, starts_column) in enumerate(owners):
            if starts_row or opens:
                sheet.rules.append(Rule(edges[column], self.y, edges[column + 1], self.y))
            if starts_column:
                sheet.rules.append(Rule(edges[column], self.y, edges[column], self.y + height))
        sheet.rules.append(Rule(edges[-1], self.y, edges[-1], self.y + height))
        self.y += height

    def _close(self, edges: Sequence[float]) -> None:
        self.pages[-1].rules.append(Rule(edges[0], self.y, edges[-1], self.y))


def _edges(grid: Grid) -> list[float]:
    """Return the column edges: width by the root of the longest text, so that short columns stay."""
    longest = [0] * len(grid.rows[0])
    for row in grid.rows:
        for column, cell in enumerate(row):
            if cell is not None and cell.columns == 1:
                longest[column] = max(longest[column], len(cell.text))
    weights = [2.0 + length**0.5 for length in longest]
    edges = [LEFT]
    for weight in weights:
        edges.append(edges[-1] + WIDTH * weight / sum(weights))
    return edges


def _owners(grid: Grid) -> list[list[tuple[bool, bool]]]:
    """Tell for every place whether a cell starts at its top, and whether one starts at its left."""
    owners = [[(False, False)] * len(grid.rows[0]) for _ in grid.rows]
    for top, row in enumerate(grid.rows):
        for left, cell in enumerate(row):
            if cell is None:
                continue
            for down in range(cell.rows):
                for right in range(cell.columns):
                    owners[top + down][left + right] = (down == 0, right == 0)
    return owners
