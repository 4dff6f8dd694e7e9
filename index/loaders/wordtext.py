"""The body of a Word document to lines (WordprocessingML, ISO/IEC 29500-1 §17)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, pairwise
from xml.etree.ElementTree import Element

from index.loaders.numbering import Numbering, W, joined
from index.loaders.numerals import circled
from index.loaders.rows import one_line, row_line, without_empty_columns

# Properties, text that was deleted, moved away or is a reading aid, and marks without text.
_PROPERTIES = ("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "rubyPr")
_DROPPED = ("del", "moveFrom", "delText", "rt", "footnoteRef", "endnoteRef", "annotationRef")
_SILENT = frozenset((*_PROPERTIES, *_DROPPED))
_SIGNS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "-"}
# Codes of the symbol fonts for what stands in forms: boxes, ticks.
_SYMBOLS = {"F0A8": "□", "F06F": "□", "F0FE": "☑", "F052": "☑", "F0FC": "√", "F0E0": "→"}
_CIRCLED = re.compile(r"EQ\s*\\o\\ac\s*[(（]\s*○\s*[,，]\s*(\d+)\s*[)）]", re.IGNORECASE)
_GENERATED = re.compile(r"(?:TOC|INDEX|PAGE|NUMPAGES)\b", re.IGNORECASE)
_OFF = ("0", "false", "off")


@dataclass(slots=True)
class _Field:
    """An open field: its code, then its result."""

    code: str = ""
    in_result: bool = False

    @property
    def is_generated(self) -> bool:
        """Whether its result is no text of the author: a table of contents, a page number."""
        return _GENERATED.match(self.code.strip()) is not None


@dataclass(slots=True)
class _Flow:
    """What one paragraph gives: its text, and the lines of text boxes that hang on it."""

    parts: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


class Reader:
    """Reads a document once, in order: lists are counted and fields stay open on the way."""

    def __init__(self, numbering: Numbering, styles: Element | None) -> None:
        """Start at the top of a document; `styles` is the root of its styles part."""
        self.images = 0
        self._numbering = numbering
        self._fields: list[_Field] = []
        self._held = ""
        self._hidden_styles = {
            style.get(W + "styleId")
            for style in (styles if styles is not None else ())
            if _is_on(style.find(f"{W}rPr/{W}vanish"))
        }

    def blocks(self, parent: Iterable[Element], empty_labels: bool = False) -> Iterator[str]:
        """Yield the lines of the paragraphs and tables in `parent`, blank ones left out.

        `empty_labels` keeps the number of a paragraph that has nothing else, as cells do that
        hold running numbers.
        """
        for element in parent:
            name = _name(element)
            if name == "p":
                yield from self._paragraph(element, empty_labels)
            elif name == "tbl":
                yield from self._table(element)
            elif name == "AlternateContent":
                yield from self.blocks(_alternative(element), empty_labels)
            elif name not in _SILENT and not _is_placeholder(element):
                yield from self.blocks(element, empty_labels)
        if held := self._held.strip():
            self._held = ""
            yield held

    @property
    def is_cut_off(self) -> bool:
        """Whether a generated list was opened and never closed, so that all behind it was lost."""
        return not self._is_shown()

    def _paragraph(self, element: Element, empty_labels: bool) -> Iterator[str]:
        flow, opened = _Flow(), len(self._fields)
        self._inline(element, flow)
        # Only a generated list runs over many paragraphs; other fields may have lost their end.
        unclosed = self._fields[opened:]
        self._fields[opened:] = [f for f in unclosed if f.in_result and f.is_generated]
        text = self._held + "".join(flow.parts)
        self._held = ""
        properties = element.find(W + "pPr")
        mark = properties.find(W + "rPr") if properties is not None else None
        if mark is not None and mark.find(W + "del") is not None:
            self._held = text  # its end was deleted: the text runs on into the next paragraph
        elif text.strip() or not _is_hidden(mark):
            label = self._numbering.label(properties)
            lines = [line for line in map(str.strip, text.split("\n")) if line]
            if lines:
                lines[0] = joined(label, lines[0])
            elif empty_labels and label:
                lines = [label]
            yield from lines
        yield from flow.boxes

    def _inline(self, parent: Iterable[Element], flow: _Flow, hidden: bool = False) -> None:
        for element in parent:
            name = _name(element)
            if name in _SILENT or _is_placeholder(element):
                continue
            if name == "r":
                self._inline(element, flow, hidden or self._is_hidden_run(element))
            elif name == "fldSimple":
                self._fields.append(_Field(element.get(W + "instr") or "", in_result=True))
                self._inline(element, flow, hidden)
                self._fields.pop()
            elif name == "fldChar":
                self._turn(element.get(W + "fldCharType") or "", flow)
            elif name == "instrText":
                if self._fields and not self._fields[-1].in_result:
                    self._fields[-1].code += element.text or ""
            elif name == "txbxContent":
                flow.boxes.extend(self.blocks(element))
            elif name == "AlternateContent":
                self._inline(_alternative(element), flow, hidden)
            elif name in ("blip", "imagedata"):
                self.images += 1
            elif not hidden and self._is_shown() and (text := _text(element, name)):
                flow.parts.append(text)
            else:
                self._inline(element, flow, hidden)

    def _turn(self, kind: str, flow: _Flow) -> None:
        """Go on where a field begins, turns from its code to its result, or ends."""
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            code = self._fields.pop().code
            if (match := _CIRCLED.search(code)) and self._is_shown():
                flow.parts.append(circled(int(match[1][:4])) or match[1])

    def _is_shown(self) -> bool:
        return all(f.in_result and not f.is_generated for f in self._fields)

    def _is_hidden_run(self, run: Element) -> bool:
        properties = run.find(W + "rPr")
        if _is_hidden(properties):
            return True
        style = properties.find(W + "rStyle") if properties is not None else None
        return style is not None and style.get(W + "val") in self._hidden_styles

    def _table(self, table: Element) -> Iterator[str]:
        rows = [row for row in map(self._row, _below(table, "tr")) if row]
        if max((sum(cell.is_own for cell in row) for row in rows), default=0) <= 1:
            # One cell a row is a frame around text, not a table.
            yield from chain.from_iterable(cell.lines for row in rows for cell in row)
            return
        yield from filter(None, map(row_line, without_empty_columns(_grid(rows))))

    def _row(self, row: Element) -> list[_Cell]:
        properties = row.find(W + "trPr")
        if properties is not None:
            if properties.find(W + "del") is not None or _is_on(properties.find(W + "hidden")):
                return []
            before = properties.find(W + "gridBefore")
        else:
            before = None
        cells = [_Cell((), _span(before), is_own=False)] if before is not None else []
        return [*cells, *map(self._cell, _below(row, "tc"))]

    def _cell(self, cell: Element) -> _Cell:
        properties = cell.find(W + "tcPr")
        lines = tuple(self.blocks(cell, empty_labels=True))
        if properties is None:
            return _Cell(lines)
        span = _span(properties.find(W + "gridSpan"))
        for merge in ("vMerge", "hMerge"):
            found = properties.find(W + merge)
            if found is not None and found.get(W + "val") != "restart":
                return _Cell((), span)
        return _Cell(lines, span)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a row: its lines and the number of grid columns it takes."""

    lines: tuple[str, ...]
    span: int = 1
    is_own: bool = True

    @property
    def text(self) -> str:
        """The cell as one line; the rows of a table within it are parted by spaces."""
        text = "".join(self.lines[:1])
        for above, line in pairwise(self.lines):
            text += f" {line}" if "\t" in above + line else f"\n{line}"
        return one_line(text)


def _grid(rows: list[list[_Cell]]) -> list[list[str]]:
    """Lay rows out in columns.

    Where all rows but those of one cell have equally many cells, these are the columns: borders
    that were moved by hand split the grid without meaning.
    """
    counts = {len(row) for row in rows if len(row) > 1}
    if len(counts) == 1:
        return [[cell.text for cell in row] for row in rows]
    return [[text for c in row for text in (c.text, *[""] * (c.span - 1))] for row in rows]


def _below(parent: Element, wanted: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, through content controls and revisions."""
    for element in parent:
        name = _name(element)
        if name == wanted:
            yield element
        elif name not in _SILENT and name not in ("tr", "tc", "p", "tbl"):
            yield from _below(element, wanted)


def _name(element: Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else "del"  # an entity is silent


def _text(element: Element, name: str) -> str:
    if name == "t":
        return re.sub(r"\s*\n\s*", "", element.text or "").replace("\t", " ")
    if name == "br":
        return "" if element.get(W + "type") in ("page", "column") else "\n"
    if name == "sym":
        return _SYMBOLS.get((element.get(W + "char") or "").upper(), "")
    return _SIGNS.get(name, "")


def _alternative(element: Element) -> Iterable[Element]:
    """Choose the first form of a content that is given in several: they say the same."""
    return next((form for form in element if any(True for _ in form.iter(W + "t"))), ())


def _is_placeholder(element: Element) -> bool:
    """Tell a content control that still shows its prompt: 单击此处输入文字."""
    return _name(element) == "sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _is_hidden(properties: Element | None) -> bool:
    return properties is not None and _is_on(properties.find(W + "vanish"))


def _is_on(switch: Element | None) -> bool:
    return switch is not None and switch.get(W + "val") not in _OFF


def _span(element: Element | None) -> int:
    """Return how many columns a cell takes; Word has 63 at most."""
    value = (element.get(W + "val") or "") if element is not None else ""
    return min(max(int(value), 1), 64) if value.isdecimal() and len(value) < 6 else 1
