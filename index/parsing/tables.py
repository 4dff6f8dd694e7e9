"""Pure: tables as they arrive in text, to rows whose cells know their column heads.

Three shapes are read: tab-separated rows with merged cells left empty, Markdown pipe rows, and
tables flattened to one cell a line whose rows are opened by running numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

NUMBER_HEADS = frozenset({"序号", "编号", "项次", "序", "号", "NO", "No.", "No"})
_MAX_HEAD = 14
_MAX_ABOVE = 4
_TOTAL = re.compile(r"(?:总|合|小|共|累)\s*计|总\s*数|总\s*和")
_AMOUNT = re.compile(r"(?!(?:19|20)\d\d$)[\d.,，%]+")  # a year may be the name of a column
_NOTE = re.compile(r"(?:附?注|备注|说明)\s*\d*\s*[:：]")


@dataclass(frozen=True, slots=True)
class RowCell:
    """A cell as (row, start, end) of its first print; `row` indexes the rows given."""

    head: str
    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TableRow:
    """A body row, or a section row: one cell that spans the table.

    `total` is what a row of sums calls itself (合计, 小计); a note below the rows has no cells.
    """

    row: int
    number: str
    cells: tuple[RowCell, ...]
    is_section: bool = False
    total: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The first `above` rows name the table, the following ones up to `depth` are its head.

    `heads` are the names of the columns, those of heads one above the other joined by `/`;
    `repeats` are the rows that print the head again behind page breaks.
    """

    heads: tuple[str, ...]
    above: int
    depth: int
    repeats: tuple[int, ...]
    rows: tuple[TableRow, ...]


Row = tuple[str, tuple[tuple[int, int], ...]]


def parse_table(rows: Sequence[Row]) -> Table:
    """Read rows, each a text with the spans of its cells; the first rows are the head.

    A merged cell stands once and is empty below: it is carried down. A row that is shifted
    sideways is aligned on its running number, and what stands left of the number fills the
    innermost of the left columns, because a group cannot change without its subgroup.
    """
    above, depth = _head_rows([_texts(row) for row in rows])
    printed = [tuple(_texts(row)) for row in rows[above:depth]]
    heads = _joined_heads(printed)
    column = next((i for i, head in enumerate(heads) if head in NUMBER_HEADS), -1)
    body: list[TableRow] = []
    repeats: list[int] = []
    carried: dict[int, RowCell] = {}
    last_number = 0
    for index, row in enumerate(rows[depth:], depth):
        texts = _texts(row)
        if tuple(texts) in printed:
            repeats.append(index)
        elif any(map(_TOTAL.fullmatch, texts)):
            body.append(_total(index, row, heads, carried))
        elif _is_section(texts, heads, column):
            body.append(_spanning(index, row, texts))
        else:
            placed = _place(index, row, heads, column, last_number)
            number = _number_of(placed, column, rows)
            last_number = int(number) if number.isdecimal() else last_number
            body.append(TableRow(index, number, _carried(placed, carried, heads, column)))
    return Table(heads, above, depth, tuple(repeats), tuple(body))


def _head_rows(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Return how many rows name the table, and where its head ends."""
    above = next((i for i, row in enumerate(rows[:_MAX_ABOVE]) if not _names_table(row)), 0)
    above = above if above + 1 < len(rows) else 0
    depth = above + 1
    while depth + 1 < len(rows) and _is_lower_head(rows[depth - 1 : depth + 2]):
        depth += 1
    return above, depth


def _names_table(row: Sequence[str]) -> bool:
    """Tell a row of one cell, first in its table, that names it: 招生计划表, 单位：万元."""
    return sum(map(bool, row)) == 1 and bool(row[0]) and len(row) > 1


def _is_lower_head(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the second of two or three rows is a row of heads below the first.

    It fills the columns below merged cells and no others; where it leaves some of them out, the
    third has to fill them.
    """
    upper, row, *following = rows
    below, filled = _merged(upper, row), {i for i, text in enumerate(row) if text}
    if not filled or any(map(_AMOUNT.fullmatch, row)) or not filled <= below:
        return False
    return filled == below or (min(below) in filled and any(map(_fills, [row], following)))


def _merged(upper: Sequence[str], row: Sequence[str]) -> set[int]:
    """Return the columns of merged cells in a row of heads, empty cells at its end included."""
    over = [*upper, *[""] * len(row)][: max(len(upper), len(row))]
    empty = {i for i in range(1, len(over)) if not over[i]}
    return empty | {i - 1 for i in empty if over[i - 1]}


def _fills(upper: Sequence[str], row: Sequence[str]) -> bool:
    filled = {i for i, text in enumerate(row) if text}
    return bool(filled) and filled == _merged(upper, row) and not any(map(_AMOUNT.fullmatch, row))


def _joined_heads(printed: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Name each column by the heads above it, outermost first: 招生计划/2022."""
    width = max(map(len, printed))
    names = [""] * width
    for depth, row in enumerate(printed):
        padded = [*row, *[""] * width][:width]
        for column in range(width):
            spans = depth + 1 < len(printed) and column > 0 and not padded[column]
            if spans and any(len(r) > column and r[column] for r in printed[depth + 1 :]):
                padded[column] = padded[column - 1]
        names = ["/".join(filter(None, pair)) for pair in zip(names, padded, strict=True)]
    for column in range(1, width):  # one head over two columns
        names[column] = names[column] or names[column - 1]
    return tuple(name or f"第{column}列" for column, name in enumerate(names, 1))


def _texts(row: Row) -> list[str]:
    return [row[0][a:b] for a, b in row[1]]


def _is_section(texts: Sequence[str], heads: Sequence[str], column: int) -> bool:
    """Tell a row of one cell that spans the table from one whose other cells are merged."""
    if sum(map(bool, texts)) != 1 or len(heads) < 2:
        return False
    return not any(map(str.isdecimal, texts)) if column >= 0 else bool(texts[0])


def _spanning(index: int, row: Row, texts: Sequence[str]) -> TableRow:
    """Make a section row, or of a note the row without cells."""
    position = next(i for i, text in enumerate(texts) if text)
    if _NOTE.match(texts[position]):
        return TableRow(index, "", ())
    start, end = row[1][position]
    return TableRow(index, "", (RowCell("", index, start, end),), is_section=True)


def _total(index: int, row: Row, heads: tuple[str, ...], carried: dict[int, RowCell]) -> TableRow:
    """Make a row of sums: its cells stand where they are, groups left of its name are carried."""
    texts = _texts(row)
    at, name = next((i, text) for i, text in enumerate(texts) if _TOTAL.fullmatch(text))
    placed = {i: cell for i, cell in carried.items() if i < at}
    for i, (start, end) in enumerate(row[1][: len(heads)]):
        if start < end:
            placed[i] = RowCell(heads[i], index, start, end)
    cells = tuple(placed[i] for i in sorted(placed))
    return TableRow(index, "", cells, total=re.sub(r"\s+", "", name))


def _place(
    index: int, row: Row, heads: tuple[str, ...], column: int, last_number: int
) -> dict[int, RowCell]:
    """Give every non-empty cell of a row its column."""
    spans = row[1]
    texts = _texts(row)
    at = _find_number(texts, last_number + 1) if column >= 0 else -1
    placed: dict[int, tuple[int, int]] = {}
    if at < 0:
        placed = {i: span for i, span in enumerate(spans[: len(heads)]) if texts[i]}
    else:
        left = [spans[i] for i in range(at) if texts[i]]
        placed |= {column - len(left) + i: span for i, span in enumerate(left)}
        right = list(enumerate(spans[at:], column))
        placed |= {i: span for i, span in right if i < len(heads) and span[0] < span[1]}
    return {i: RowCell(heads[i], index, *span) for i, span in placed.items() if i >= 0}


def _find_number(texts: Sequence[str], expected: int) -> int:
    """Find the cell with the next running number, or the first that is a number alone."""
    for wanted in (lambda t: t == str(expected), str.isdecimal):
        for position, text in enumerate(texts):
            if wanted(text):
                return position
    return -1


def _number_of(placed: dict[int, RowCell], column: int, rows: Sequence[Row]) -> str:
    cell = placed.get(column)
    return rows[cell.row][0][cell.start : cell.end] if cell else ""


def _carried(
    placed: dict[int, RowCell],
    carried: dict[int, RowCell],
    heads: tuple[str, ...],
    column: int,
) -> tuple[RowCell, ...]:
    """Complete a row with merged cells from above; only leading columns are ever merged."""
    first = min(placed, default=0)
    for position in range(first):
        if position in carried:
            placed[position] = carried[position]
    leading = column if column >= 0 else len(heads) - 1
    carried.update({i: cell for i, cell in placed.items() if i < leading})
    return tuple(placed[i] for i in sorted(placed))


@dataclass(frozen=True, slots=True)
class FlatTable:
    """A table flattened to one cell a line: `rows` hold the line indices of each row."""

    heads: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...]


def find_flat_tables(lines: Sequence[str]) -> Iterator[FlatTable]:
    """Find runs of lines 序号, head, …, 1, cell, …, 2, cell, … in non-empty lines."""
    position = 0
    while position < len(lines):
        table = _flat_table_at(lines, position) if lines[position] in NUMBER_HEADS else None
        if table is None:
            position += 1
        else:
            yield table
            position = table.rows[-1][-1] + 1


def _flat_table_at(lines: Sequence[str], start: int) -> FlatTable | None:
    first = start + 1
    while first < len(lines) and first - start <= 8 and _is_head(lines[first]):
        first += 1
    heads = tuple(range(start, first))
    if len(heads) < 2 or first >= len(lines) or lines[first] != "1":
        return None
    rows: list[tuple[int, ...]] = []
    position, number = first, 1
    while position < len(lines) and lines[position] == str(number):
        end = _row_end(lines, position, number + 1, len(heads))
        rows.append(tuple(range(position, end)))
        position, number = end, number + 1
    return FlatTable(heads, tuple(rows)) if len(rows) > 1 else None


def _row_end(lines: Sequence[str], start: int, next_number: int, width: int) -> int:
    """Where a row ends: before the next number if it is near, else after one line a cell."""
    for position in range(start + 1, min(start + 3 * width, len(lines))):
        if lines[position] == str(next_number):
            return position
    return min(start + width, len(lines))


def group_cells(lines: Sequence[str], width: int) -> list[range]:
    """Group the lines of a flattened row into at most `width` cells, the number alone first.

    Where a cell is broken over two lines, the first of them is unfinished, or else it is the
    longest: it filled the width of its column.
    """
    groups = [range(i, i + 1) for i in range(len(lines))]
    while len(groups) > max(width, 2):
        breaks = range(1, len(groups) - 1)
        at = max(breaks, key=lambda i: _broken(lines[groups[i][-1]], lines[groups[i + 1][0]]))
        groups[at : at + 2] = [range(groups[at].start, groups[at + 1].stop)]
    return groups


def _broken(line: str, following: str) -> tuple[bool, bool, int]:
    """Rank how surely a cell goes on behind `line`."""
    goes_on = (
        line.endswith(("、", "，", ",", "（", "(", "《", "“")) or following[0] in "，,、。；）)》”"
    )
    return goes_on, not line.endswith(("。", "；", ";")), len(line)


def _is_head(line: str) -> bool:
    return len(line) <= _MAX_HEAD and not re.search(r"[。；，\d]", line)
