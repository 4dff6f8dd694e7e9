"""Which formats are built, in the order of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eval.fidelity.built import Built
from eval.fidelity.docx import build_docx, build_numbered_docx
from eval.fidelity.html import build_html
from eval.fidelity.originals import Original
from eval.fidelity.pdf import build_pdf
from eval.fidelity.scan import build_scan
from eval.fidelity.xlsx import build_xlsx


@dataclass(frozen=True, slots=True)
class FileFormat:
    """A format by its name on the command line; `build` gives None for what it cannot hold.

    Of a format with `tables_only` the rows alone are compared, by their number in the table.
    """

    name: str
    label: str
    suffix: str
    build: Callable[[Original], Built | None]
    tables_only: bool = False


FILE_FORMATS = (
    FileFormat("docx", "Word（编号手打）", ".docx", build_docx),
    FileFormat("docx-numbered", "Word（自动编号）", ".docx", build_numbered_docx),
    FileFormat("html", "网页", ".html", build_html),
    FileFormat("pdf", "PDF（有文字层）", ".pdf", build_pdf),
    FileFormat("scan", "扫描 PDF（200 dpi）", ".pdf", build_scan),
    FileFormat("xlsx", "Excel（只有表格）", ".xlsx", build_xlsx, tables_only=True),
)
BY_NAME = {found.name: found for found in FILE_FORMATS}
