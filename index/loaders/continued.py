"""Pure: the tables of one page after another to rows, as if there were no pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.loaders.geometry import glue
from index.loaders.lines import Table, TableRow
from index.loaders.rows import row_line


def table_rows(tables: Sequence[Table]) -> Iterator[tuple[str, TableRow]]:
    """Yield the lines of tables that follow one another, each with the row that it comes from.

    A table that goes on over a page keeps its columns and prints its head once.
    """
    groups: list[list[Table]] = []
    for table in tables:
        if groups and _goes_on(groups[-1][-1], table):
            groups[-1].append(table)
        else:
            groups.append([table])
    for group in groups:
        yield from _merged(group)


def _merged(tables: Sequence[Table]) -> Iterator[tuple[str, TableRow]]:
    """Yield the rows of a table that runs over pages; a row cut by a page break is one row."""
    xs = _columns(tables)
    rows: list[tuple[dict[int, str], TableRow]] = []
    for number, table in enumerate(tables):
        fresh = number > 0
        for row in table.rows:
            cells = {_nearest(xs, table.xs[column]): text for column, text in row.cells}
            if fresh and cells == rows[0][0]:  # the head, once more
                continue
            cut = fresh and _is_cut(tables[number - 1], table, rows, cells)
            fresh = False
            if not cut:
                rows.append((cells, row))
                continue
            for column, text in cells.items():
                above = next((c for c, _ in reversed(rows) if column in c), rows[-1][0])
                above[column] = glue(above.get(column, ""), text)
    for cells, row in rows:
        yield row_line(cells.get(c, "") for c in range(len(xs))), row


def _is_cut(
    before: Table,
    table: Table,
    rows: Sequence[tuple[dict[int, str], TableRow]],
    cells: dict[int, str],
) -> bool:
    """Tell whether the first row behind a page break is the rest of the row before it.

    Either no line was drawn at the break, or the table is numbered and this row has no number. A
    row with a number of its own, or with nothing missing, is a row of its own.
    """
    last = rows[-1][0]
    if any(text.isdecimal() and last.get(column, "").isdecimal() for column, text in cells.items()):
        return False
    if before.open_below or table.open_above:
        return before.open_below or not all(cells.values())
    numbers = [above.get(0, "") for above, _ in rows[1:] if len(above) > 1]
    numbered = len(numbers) > 1 and all(number.isdecimal() for number in numbers)
    return numbered and len(cells) > 1 and not cells.get(0, "")


def _goes_on(first: Table, second: Table) -> bool:
    """Tell whether a table goes on behind a page break: its outer borders are the same."""
    near = 0.03 * (first.xs[-1] - first.xs[0])
    pages = (first.rows[-1].page, second.rows[0].page)
    same = abs(first.xs[0] - second.xs[0]) < near and abs(first.xs[-1] - second.xs[-1]) < near
    return pages[0] < pages[1] and same


def _columns(tables: Sequence[Table]) -> list[float]:
    """Return where the columns of several tables begin, each once."""
    xs: list[float] = []
    near = 0.015 * max(table.xs[-1] - table.xs[0] for table in tables)
    for x in sorted(x for table in tables for x in table.xs[:-1]):
        if not xs or x - xs[-1] > near:
            xs.append(x)
    return xs


def _nearest(xs: Sequence[float], x: float) -> int:
    return min(range(len(xs)), key=lambda i: abs(xs[i] - x))
