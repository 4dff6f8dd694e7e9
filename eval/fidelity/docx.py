"""Originals to Word files, typed or with numbers that Word counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from eval.fidelity.blocks import Block, Grid, Line, Role
from eval.fidelity.built import Built
from eval.fidelity.originals import Original
from index.parsing.labels import Label, Level, parse_label

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_RUN = 24
_FORMATS = {
    Level.FIRST: ("chineseCounting", "%1、"),
    Level.SECOND: ("chineseCounting", "（%1）"),
    Level.THIRD: ("decimal", "%1."),
}


def build_docx(original: Original) -> Built:
    """Type an original into a Word file, numbers included."""
    return _built(original, [None] * len(original.blocks))


def build_numbered_docx(original: Original) -> Built:
    """Write an original as a Word file whose numbers 一、（一）1. stand in no text: Word counts them."""
    return _built(original, list(_labels(original.blocks)))


def _labels(blocks: Sequence[Block]) -> Iterator[Label | None]:
    """Yield the label of each line that Word can count, None elsewhere.

    Word shows its own number: a label goes on from the one before it or opens a list.
    """
    last: dict[Level, int] = {}
    for block in blocks:
        label = parse_label(block.text) if isinstance(block, Line) else None
        if label is None or label.level not in _FORMATS or not _is_shown(block, label):
            yield None
            continue
        for level in [level for level in last if level > label.level]:
            del last[level]
        goes_on = label.ordinal in (1, last.get(label.level, 0) + 1)
        if goes_on:
            last[label.level] = label.ordinal
        yield label if goes_on else None


def _is_shown(block: Block, label: Label) -> bool:
    """Tell whether Word's number looks like the printed one: 1. and not 1、."""
    assert isinstance(block, Line)
    shown = _FORMATS[label.level][1]
    printed = block.text[: label.width].strip()
    counted = shown.replace("%1", label.text.strip("（）"))
    return printed == counted and block.role in (Role.HEADING, Role.BODY)


def _built(original: Original, labels: Sequence[Label | None]) -> Built:
    import docx  # noqa: PLC0415

    document = docx.Document()
    document.core_properties.title = original.title
    section = document.sections[0]
    section.header.paragraphs[0].text = original.title
    section.footer.paragraphs[0].text = "— 1 —"
    lists = _Lists(document)
    for block, label in zip(original.blocks, labels, strict=True):
        if isinstance(block, Grid):
            _table(document, block)
        else:
            _paragraph(document, block, label, lists)
    buffer = BytesIO()
    document.save(buffer)
    return Built(buffer.getvalue())


def _paragraph(document: Document, line: Line, label: Label | None, lists: _Lists) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    paragraph = document.add_paragraph()
    if line.role is Role.ANNEX:
        paragraph.add_run().add_break(WD_BREAK.PAGE)
    text = line.text
    if label is not None:
        text = text[label.width :]
        lists.number(paragraph, label)
    elif line.role in (Role.HEADING, Role.BODY):
        paragraph.paragraph_format.first_line_indent = Pt(32)
    if line.role in (Role.ORGAN, Role.NUMBER, Role.TITLE):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif line.role is Role.SIGNATURE:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    # Word cuts a paragraph into runs wherever somebody edited it.
    for start in range(0, len(text), _RUN):
        paragraph.add_run(text[start : start + _RUN]).bold = line.role is Role.HEADING


def _table(document: Document, grid: Grid) -> None:
    table = document.add_table(len(grid.rows), len(grid.rows[0]), style="Table Grid")
    cells = [list(row.cells) for row in table.rows]
    for top, row in enumerate(grid.rows):
        for left, cell in enumerate(row):
            if cell is None:
                continue
            cells[top][left].text = cell.text
            if cell.rows > 1 or cell.columns > 1:
                cells[top][left].merge(cells[top + cell.rows - 1][left + cell.columns - 1])


class _Lists:
    """Gives paragraphs numbers of Word; every list that starts at 1 is a list of its own."""

    def __init__(self, document: Document) -> None:
        self._numbering = document.part.numbering_part.element
        self._open: dict[Level, str] = {}

    def number(self, paragraph: Paragraph, label: Label) -> None:
        """Make a paragraph the next of its list."""
        if label.ordinal == 1:
            self._open[label.level] = self._list(label.level)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = int(self._open[label.level])

    def _list(self, level: Level) -> str:
        """Add a definition and its list, and return the id."""
        from docx.oxml import parse_xml  # noqa: PLC0415
        from docx.oxml.ns import nsdecls  # noqa: PLC0415

        name, shown = _FORMATS[level]
        abstract = str(1000 + len(self._numbering))
        definition = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract}">'
            f'<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{name}"/><w:suff w:val="nothing"/><w:lvlText w:val="{shown}"/>'
            f"</w:lvl></w:abstractNum>"
        )
        # The schema wants the definitions in front of the lists.
        self._numbering.insert(0, definition)
        added = self._numbering.add_num(int(abstract))
        return str(added.numId)
