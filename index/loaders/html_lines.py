"""Pure: elements of a web page to lines of text, as they would be read on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.parsing.labels import parse_label

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Elements that stand in a line; every other one, known or not (<ucapcontent>), is a block.
_NAMES = (
    "a abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd label mark q s samp small"
    " span strike strong sub sup time tt u var wbr o:p st1:chsdate"
)
INLINE = frozenset(_NAMES.split())
_MAX_COLUMNS = 256
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…]")
_LARGE_CELL = 300


def lines_of(root: HtmlElement) -> list[str]:
    """Return the lines under an element: a block a line, a table row a line with tabs."""
    writer = _Writer()
    _write(root, writer)
    writer.end()
    return [line for line in writer.lines if line.strip()]


def text_of(element: HtmlElement) -> str:
    """Return all text under an element on one line, line breaks removed."""
    writer = _Writer()
    _write(element, writer, tables=False)
    writer.end()
    return "".join(writer.lines)


@dataclass(slots=True)
class _List:
    """An open list: the marker of its next item, "" where none is shown."""

    is_ordered: bool
    number: int = 1
    kind: str = "1"

    def marker(self, value: str) -> str:
        if not self.is_ordered:
            return "• "
        if value.isdecimal() and len(value) < 7:
            self.number = int(value)
        shown = str(self.number)
        if self.kind in "aA" and 1 <= self.number <= 26:
            shown = chr(ord(self.kind) + self.number - 1)
        self.number += 1
        return f"{shown}. "


@dataclass(slots=True)
class _Writer:
    lines: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    marker: str = ""

    def put(self, text: str | None, tag: str) -> None:
        """Go on with a text that stands directly in a `tag`; in <pre> line ends count."""
        for order, piece in enumerate((text or "").split("\n" if tag == "pre" else "\0")):
            if order:
                self.end()
            self.pieces.append(piece)

    def end(self) -> None:
        """End the line."""
        text = squeeze("".join(self.pieces))
        self.pieces.clear()
        if text:
            labelled = self.marker[:1] == "•" or parse_label(text) is None
            self.lines.append(self.marker + text if labelled else text)
            self.marker = ""


def squeeze(text: str) -> str:
    """Collapse white space as a browser does; a line end at Chinese is none."""
    return _SPACE.sub(lambda match: _gap(match, text), text).strip()


def _gap(match: re.Match[str], text: str) -> str:
    space = match[0].strip("\u200b\ufeff")
    if "\u3000" in space:
        return "\u3000"
    around = text[match.start() - 1 : match.start()] + text[match.end() : match.end() + 1]
    wrapped = "\n" in space and _HAN.search(around)
    return "" if wrapped or not space else " "


def _write(root: HtmlElement, writer: _Writer, *, tables: bool = True) -> None:
    """Walk over a subtree without recursion: pages can be nested thousands deep."""
    from lxml import etree  # noqa: PLC0415

    lists: list[_List] = []
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "start":
            if tables and tag == "table" and not is_layout(element):
                writer.end()
                writer.lines.extend(table_lines(element))
                walker.skip_subtree()
                continue
            _open(element, tag, lists, writer)
            writer.put(element.text, tag)
        else:
            if tag in ("ol", "ul") and lists:
                lists.pop()
            if tag not in INLINE:
                writer.end()
            if element is not root:
                parent = element.getparent()
                writer.put(element.tail, parent.tag if parent is not None else "")


def _open(element: HtmlElement, tag: str, lists: list[_List], writer: _Writer) -> None:
    if tag not in INLINE:
        writer.end()
    if tag in ("ol", "ul"):
        start = element.get("start") or ""
        number = int(start) if start.isdecimal() and len(start) < 7 else 1
        lists.append(_List(tag == "ol", number, (element.get("type") or "1")[:1]))
    elif tag == "li" and lists and "none" not in (element.get("style") or ""):
        writer.marker = lists[-1].marker(element.get("value") or "")


def is_layout(table: HtmlElement) -> bool:
    """Tell a table that only places things: one column, a table inside, or one large cell."""
    rows = _rows(table)
    if max((len(cells) for cells in rows), default=0) <= 1:
        return True
    if next(table.iterdescendants("table"), None) is not None:
        return True
    sizes = [len("".join(cell.itertext()).strip()) for cells in rows for cell in cells]
    largest = max(sizes)
    return largest > _LARGE_CELL and largest > 0.8 * sum(sizes)


def _rows(table: HtmlElement) -> list[list[HtmlElement]]:
    """Return the cells of each row; rows of tables inside are not among them."""
    rows: list[list[HtmlElement]] = []
    for part in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        for row in [part] if part.tag == "tr" else part.iterchildren("tr"):
            rows.append(list(row.iterchildren("td", "th")))
    return rows


def table_lines(table: HtmlElement) -> Iterator[str]:
    """Yield the caption and each row that is not empty; what a merged cell covers is empty."""
    for caption in table.iterchildren("caption"):
        yield text_of(caption)
    for row in grid_of(_rows(table)):
        line = "\t".join(row).rstrip()
        if line:
            yield line


def grid_of(rows: Sequence[Sequence[HtmlElement]]) -> list[list[str]]:
    """Lay cells out on a grid (HTML Standard, 4.9.12.1): the text of each in its first place.

    Behind column `_MAX_COLUMNS` cells are not merged, so that no page can grow without bounds.
    """
    grid: list[list[str]] = []
    covered: dict[int, int] = {}
    for number, cells in enumerate(rows):
        row: list[str] = []
        below = {column: left - 1 for column, left in covered.items() if left > 1}
        for cell in cells:
            while len(row) in covered:
                row.append("")
            start = len(row)
            width = max(1, min(_span(cell, "colspan"), _MAX_COLUMNS - start))
            height = min(_span(cell, "rowspan") or len(rows), len(rows) - number)
            row.extend([text_of(cell), *[""] * (width - 1)])
            if height > 1 and start < _MAX_COLUMNS:
                below |= dict.fromkeys(range(start, start + width), height - 1)
        last = max(covered, default=-1)
        row.extend([""] * (last + 1 - len(row)))
        grid.append(row)
        covered = below
    return grid


def _span(cell: HtmlElement, name: str) -> int:
    """Read a rowspan or colspan; 1 where it is no number."""
    value = (cell.get(name) or "1").strip()
    return int(value) if value.isdecimal() and value.isascii() and len(value) < 6 else 1
