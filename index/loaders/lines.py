"""Pure: one page to lines and tables in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from index.loaders.geometry import Page, Piece, glue, row_text, rows_of
from index.loaders.grids import Grid, find_grids

_COLUMN_ROWS = 8
_STRETCH = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line of running text. `column` is 0 where the page has one, else 1 or 2."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int
    confidence: float = 1.0
    column: int = 0

    @property
    def middle(self) -> float:
        """The height of its centre."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of a row as (column of the grid, text), left to right, covered places left out."""

    cells: tuple[tuple[int, str], ...]
    page: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table of one page: where its columns are divided, and its rows.

    `open_above` and `open_below` say that its first or last row is cut by the end of the page.
    """

    xs: tuple[float, ...]
    top: float
    rows: tuple[TableRow, ...]
    open_above: bool = False
    open_below: bool = False


def read_page(page: Page, autospaced: bool = False) -> list[Line | Table]:
    """Return the lines and tables of a page in reading order.

    Args:
        page: an upright page.
        autospaced: see `row_text`.
    """
    grids = find_grids(page.rules, page.em)
    inside: list[list[Piece]] = [[] for _ in grids]
    outside: list[Piece] = []
    numbers = {id(piece) for piece in _page_numbers(page)} if grids else set()
    for piece in page.pieces:
        at = next((i for i, g in enumerate(grids) if _holds(g, piece)), None)
        (outside if at is None or id(piece) in numbers else inside[at]).append(piece)
    rows = rows_of(outside)
    tables = [_table(grid, pieces, page) for grid, pieces in zip(grids, inside, strict=True)]
    blocks: list[Line | Table] = []
    for table in [*tables, None]:
        until = table.top if table else float("inf")
        above = [row for row in rows if row[0].middle < until]
        rows = rows[len(above) :]
        blocks.extend(_lines(above, page, autospaced))
        if table and table.rows:
            blocks.append(table)
    return blocks


def _page_numbers(page: Page) -> Iterator[Piece]:
    """Yield the pieces of a dashed page number at the foot, which a cut table may run over."""
    foot = rows_of(p for p in page.pieces if p.middle > 0.85 * page.height)
    if foot and re.fullmatch(r"[-—–]+\s*\d+\s*[-—–]+", row_text(foot[-1])):
        yield from foot[-1]


def _holds(grid: Grid, piece: Piece) -> bool:
    return grid.cell_at((piece.x0 + piece.x1) / 2, piece.middle) is not None


def _table(grid: Grid, pieces: Sequence[Piece], page: Page) -> Table:
    cells: dict[tuple[int, int], list[Piece]] = {}
    for piece in pieces:
        place = grid.cell_at((piece.x0 + piece.x1) / 2, piece.middle)
        if place is not None:
            cells.setdefault(place, []).append(piece)
    rows: list[TableRow] = []
    for number, owners in enumerate(grid.owner):
        places = sorted({place for place in owners if place[0] == number})
        texts = tuple((column, _cell_text(cells.get((row, column), []))) for row, column in places)
        found = [p.confidence for place in places for p in cells.get(place, [])]
        if any(text for _, text in texts):
            rows.append(TableRow(texts, page.number, fmean(found)))
    return Table(grid.xs, grid.ys[0], tuple(rows), grid.open_above, grid.open_below)


def _cell_text(pieces: Sequence[Piece]) -> str:
    text = ""
    for row in rows_of(pieces):
        text = glue(text, row_text(row))
    return text


def _lines(rows: Sequence[list[Piece]], page: Page, autospaced: bool) -> Iterator[Line]:
    gutter = _gutter(rows, page)
    if gutter is None:
        yield from (_line(row, page, 0, autospaced) for row in rows)
        return
    columns: tuple[list[Line], list[Line]] = ([], [])
    for row in rows:
        if _crosses(row, gutter, page.em):
            yield from (line for column in columns for line in column)
            columns = ([], [])
            yield _line(row, page, 0, autospaced)
            continue
        for number in (0, 1):
            part = [p for p in row if (p.x0 > gutter) == bool(number)]
            if part:
                columns[number].append(_line(part, page, number + 1, autospaced))
    yield from (line for column in columns for line in column)


def _line(row: Sequence[Piece], page: Page, column: int, autospaced: bool) -> Line:
    return Line(
        row_text(row, autospaced),
        row[0].x0,
        max(p.x1 for p in row),
        median(p.top for p in row),
        median(p.bottom for p in row),
        median(p.size for p in row),
        page.number,
        fmean(p.confidence for p in row),
        column,
    )


def _gutter(rows: Sequence[list[Piece]], page: Page) -> float | None:
    """Return the middle of the white strip between two columns, or None when there is one column.

    Both sides must be filled on many rows, else it is a signature or a list with wide gaps.
    """
    em, best, middle = page.em, 0, None
    for step in range(35, 66):
        x = page.width * step / 100
        free = [row for row in rows if not _crosses(row, x, em)]
        if len(free) < max(_COLUMN_ROWS, 0.6 * len(rows)):
            continue
        left = sum(sum(p.x1 - p.x0 for p in row if p.x1 < x) > _STRETCH * em for row in free)
        right = sum(sum(p.x1 - p.x0 for p in row if p.x0 > x) > _STRETCH * em for row in free)
        if min(left, right) > best:
            best, middle = min(left, right), x
    return middle if best >= _COLUMN_ROWS else None


def _crosses(row: Sequence[Piece], x: float, em: float) -> bool:
    return any(p.x0 < x + 0.4 * em and p.x1 > x - 0.4 * em for p in row)
