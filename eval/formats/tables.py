"""Tables with a row of column heads, from .xlsx and .csv, each cell with its place in the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from eval.formats.reading import FormatError

SEARCHED = 10  # rows in which the column heads are looked for, under a title
Line: TypeAlias = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """A row under its heads. `sheet` names file and sheet; `letters` is empty for a .csv."""

    sheet: str
    number: int
    values: Mapping[str, str]
    letters: Mapping[str, str]

    def place(self, head: str = "") -> str:
        """Say where a cell stands, or the row: 文件 单元格 C3, 文件 第 3 行“答案”列."""
        if head in self.letters:
            return f"{self.sheet} 单元格 {self.letters[head]}{self.number}"
        return f"{self.sheet} 第 {self.number} 行" + (f"“{head}”列" if head else "")


def read_table(path: Path, wanted: frozenset[str]) -> tuple[Row, ...]:
    """Read the rows below the first row that holds one of the `wanted` heads.

    Every sheet with such a row is read; rows without any text are left out. A .csv may be UTF-8
    or GB 18030, as Excel writes it in China.

    Raises:
        FormatError: if the file cannot be read, no sheet has such heads, or a head repeats.
    """
    rows = _workbook(path, wanted) if path.suffix.lower() == ".xlsx" else _text(path, wanted)
    if rows is None:
        raise FormatError(f"{path}：前 {SEARCHED} 行里没有列名“{'”或“'.join(sorted(wanted))}”。")
    return rows


def _workbook(path: Path, wanted: frozenset[str]) -> tuple[Row, ...] | None:
    try:
        with closing(load_workbook(path, read_only=True, data_only=True)) as book:
            sheets = [(sheet.title, list(_cells(sheet))) for sheet in book.worksheets]
    except (OSError, KeyError, ValueError, BadZipFile, InvalidFileException) as error:
        raise FormatError(f"{path}：不是可以读的 .xlsx 文件（{error}）。") from error
    read = [_rows(f"{path} 工作表“{title}”", lines, wanted, True) for title, lines in sheets]
    found = [rows for rows in read if rows is not None]
    return tuple(row for rows in found for row in rows) if found else None


def _cells(sheet: Iterable[Sequence[object]]) -> Iterator[Line]:
    for number, cells in enumerate(sheet, 1):
        yield number, [_shown(cell) for cell in cells]


def _shown(cell: object) -> str:
    """Return a cell as Excel shows it: whole numbers, percentages, dates, 是 and 否."""
    value = getattr(cell, "value", None)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        if str(getattr(cell, "number_format", "")).endswith("%"):
            return f"{value * 100:.10g}%"
        return f"{value:.15g}"
    if isinstance(value, datetime | date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "" if value is None else str(value).strip()


def _text(path: Path, wanted: frozenset[str]) -> tuple[Row, ...] | None:
    try:
        data = path.read_bytes()
        text = _decoded(data)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        return _rows(str(path), list(_lines(reader)), wanted, False)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FormatError(f"{path}：不是可以读的 .csv 文件（{error}）。") from error


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return "\t" if "\t" in first and "," not in first else ","


def _lines(reader: Iterator[list[str]]) -> Iterator[Line]:
    number = 1
    for cells in reader:
        yield number, [cell.strip() for cell in cells]
        number = getattr(reader, "line_num") + 1  # noqa: B009  the type is private to csv


def _rows(
    sheet: str, lines: Sequence[Line], wanted: frozenset[str], has_letters: bool
) -> tuple[Row, ...] | None:
    start = next((i for i, (_, c) in enumerate(lines[:SEARCHED]) if wanted & set(c)), None)
    if start is None:
        return None
    number, cells = lines[start]
    heads = {i: head for i, head in enumerate(cells) if head and not head.startswith("#")}
    names = list(heads.values())
    if repeated := sorted({head for head in names if names.count(head) > 1}):
        raise FormatError(f"{sheet} 第 {number} 行：列名“{'”、“'.join(repeated)}”重复。")
    letters = {head: get_column_letter(i + 1) for i, head in heads.items()} if has_letters else {}
    return tuple(
        Row(
            sheet,
            number,
            {h: cells[i] if i < len(cells) else "" for i, h in heads.items()},
            letters,
        )
        for number, cells in lines[start + 1 :]
        if any(cells)
    )


def write_table(path: Path, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a .xlsx, or a .csv that Excel opens as UTF-8; missing folders are made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() != ".xlsx":
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows([heads, *rows])
        return
    book = Workbook()
    sheet = book.active
    for row, values in enumerate([heads, *rows], 1):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row, column, value)
            cell.data_type = "s"  # a text that begins with = is no formula
    sheet.freeze_panes = "A2"
    book.save(path)
