"""The tables of originals to Excel files, a sheet a table."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from eval.fidelity.blocks import Grid, Line, Role
from eval.fidelity.built import Built
from eval.fidelity.originals import Original

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def build_xlsx(original: Original) -> Built | None:
    """Write the tables of an original under their titles; None when it has no table."""
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    book.remove(book.active)
    title = original.title
    for block in original.blocks:
        if isinstance(block, Line):
            title = block.text if block.role is Role.TITLE else title
        else:
            _fill(book.create_sheet(f"表{len(book.sheetnames) + 1}"), title, block)
    if not book.sheetnames:
        return None
    buffer = BytesIO()
    book.save(buffer)
    return Built(buffer.getvalue())


def _fill(sheet: Worksheet, title: str, grid: Grid) -> None:
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(grid.rows[0]))
    for top, row in enumerate(grid.rows, 2):
        for left, cell in enumerate(row, 1):
            if cell is None:
                continue
            text = cell.text
            # An office types numbers as numbers.
            sheet.cell(top, left).value = int(text) if text.isdecimal() else text
            if cell.rows > 1 or cell.columns > 1:
                sheet.merge_cells(
                    start_row=top,
                    start_column=left,
                    end_row=top + cell.rows - 1,
                    end_column=left + cell.columns - 1,
                )
