"""Bytes of a spreadsheet to text: each row a line, cells joined by tabs."""

from __future__ import annotations

import csv
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from typing import Any, Protocol

from index.errors import DocumentError
from index.loaders.numberformat import CHINESE_DATES, shown_date, shown_number
from index.loaders.package import Package
from index.loaders.plain import decode
from index.loaders.rows import one_line, row_line, without_empty_columns
from index.loaders.source import Extracted
from index.types import Mark

MAX_CELLS = 2_000_000
_REMARKS = ("注", "备注", "说明", "附注", "填表说明")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text and the place in the file it comes from."""

    text: str
    place: str


Row = tuple[int, Sequence[str]]


def extract_xlsx(data: bytes, name: str) -> Extracted:
    """Return the text of a .xlsx or .xlsm file; macros are never run.

    Every visible sheet is read, values as they are shown. Rows of one cell above a table are its
    title lines; where a sheet has none and is not alone, its name is one.

    Raises:
        DocumentError: if it is damaged, unsafe, too large, or empty.
    """
    from openpyxl import load_workbook  # noqa: PLC0415

    main = Package(data, name).related("", "officeDocument")
    if main.endswith(".bin"):
        raise DocumentError(f"{name}：二进制工作簿还不能读，请另存为 .xlsx 后再试。")
    if not main:
        raise DocumentError(f"{name}：里面没有工作表，可能不是 Excel 文件。")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on styles and extensions that hold no text
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [(sheet, sheet.sheet_state == "visible") for sheet in book.worksheets]
        tables = [
            (sheet.title, list(_sheet_rows(sheet, book.epoch, name)))
            for sheet, shown in sheets
            if shown
        ]
        book.close()
    tables = [(title, rows) for title, rows in tables if rows]
    lines = [line for title, rows in tables for line in _sheet_lines(title, rows, len(tables) > 1)]
    hidden = [f"隐藏的工作表“{sheet.title}”没有读。" for sheet, shown in sheets if not shown]
    return _extracted(lines, name, hidden)


def extract_csv(data: bytes, name: str) -> Extracted:
    """Return the text of a .csv file parted by commas, semicolons or tabs.

    Raises:
        DocumentError: if the bytes are empty, binary, undecodable, or hold an absurd line.
    """
    text = decode(data, name)
    reader = csv.reader(StringIO(text), delimiter=max(",;\t", key=text[:65536].count))
    try:
        rows = [(reader.line_num, row) for row in reader if any(map(str.strip, row))]
    except csv.Error as error:
        raise DocumentError(f"{name}：不像是正常的 CSV 表格，读不出来。") from error
    rows = [(number, [cell.strip() for cell in row]) for number, row in rows]
    return _extracted([_Line(text, f"第{row}行") for row, text in _table_lines(rows)], name, ())


class _Cell(Protocol):
    """What is read of a cell of openpyxl."""

    value: object
    data_type: str
    number_format: str
    style_array: Any


def _sheet_rows(sheet: Any, epoch: datetime, name: str) -> Iterator[Row]:  # noqa: ANN401  # openpyxl's
    """Yield (row number from 1, cells as shown) of the rows that are not blank."""
    sheet.reset_dimensions()  # what the file says of its size may be wrong, by far
    visited = 0
    for number, cells in enumerate(sheet.iter_rows(), 1):
        visited += len(cells) + 1
        if visited > MAX_CELLS:
            raise DocumentError(
                f"{name}：工作表“{sheet.title}”太大（超过 {MAX_CELLS // 10_000} 万格），"
                "请删去多余的空行空列后再试。"
            )
        shown = [_shown(cell, epoch) for cell in cells]
        if any(shown):
            yield number, shown


def _shown(cell: _Cell, epoch: datetime) -> str:
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date | time | timedelta):
        return shown_date(value, cell.number_format)
    if isinstance(value, int | float):
        code = CHINESE_DATES.get(cell.style_array.numFmtId)
        if code is None:
            return shown_number(value, cell.number_format)
        return shown_date(epoch + timedelta(days=value), code)
    return one_line(str(value))


def _sheet_lines(title: str, rows: Sequence[Row], named: bool) -> Iterator[_Line]:
    lines = [_Line(text, f"工作表“{title}”第{row}行") for row, text in _table_lines(rows)]
    if named and lines and "\t" in lines[0].text:
        yield _Line(one_line(title), f"工作表“{title}”")
    yield from lines


def _table_lines(rows: Iterable[Row]) -> Iterator[tuple[int, str]]:
    """Yield (row number, line): where numbers jump a new table begins, with its title lines."""
    block: list[Row] = []
    for row in rows:
        if block and row[0] != block[-1][0] + 1:
            yield from _block_lines(block)
            block = []
        block.append(row)
    yield from _block_lines(block)


def _block_lines(block: Sequence[Row]) -> Iterator[tuple[int, str]]:
    in_table = False
    for (number, _), cells in zip(block, without_empty_columns([c for _, c in block]), strict=True):
        filled = [cell for cell in cells if cell]
        in_table = in_table or len(filled) > 1
        alone = len(filled) == 1 and (not in_table or filled[0].startswith(_REMARKS))
        yield number, one_line(filled[0]) if alone else row_line(cells)


def _extracted(lines: Sequence[_Line], name: str, told: Iterable[str]) -> Extracted:
    if not lines:
        raise DocumentError(f"{name}：表格是空的。{''.join(told)}")
    marks, position = [], 0
    for line in lines:
        marks.append(Mark(position, line.place))
        position += len(line.text) + 1
    text = "".join(f"{line.text}\n" for line in lines)
    return Extracted(text, tuple(marks), tuple(told))
