"""Pure: clauses to what an office lays out: lines with a role, and tables with merged cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from index.types import Clause, ClauseKind, ParsedDocument


class Role(Enum):
    """How a line is set (GB/T 9704-2012, 7.2-7.4)."""

    ORGAN = auto()
    NUMBER = auto()
    TITLE = auto()
    ANNEX = auto()
    ADDRESSEE = auto()
    HEADING = auto()
    BODY = auto()
    SIGNATURE = auto()
    COLOPHON = auto()


_ROLES = {
    "版头/发文机关": Role.ORGAN,
    "版头/发文字号": Role.NUMBER,
    "版头/主送": Role.ADDRESSEE,
    "落款/署名": Role.SIGNATURE,
    "落款/成文日期": Role.SIGNATURE,
}
_KINDS = {
    ClauseKind.TITLE: Role.TITLE,
    ClauseKind.HEADING: Role.HEADING,
    ClauseKind.COLOPHON: Role.COLOPHON,
}
_ANNEX = re.compile(r"附\s*件\s*\d*\s*[:：]?$")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph."""

    text: str
    role: Role


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell and how many rows and columns it takes."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. The first row is its head; None stands where a merged cell covers."""

    rows: tuple[tuple[GridCell | None, ...], ...]


Block = Line | Grid


def blocks_of(documents: Sequence[ParsedDocument]) -> tuple[Block, ...]:
    """Lay out the clauses of one file in reading order."""
    return tuple(block for parsed in documents for block in _blocks(parsed.clauses))


def _blocks(clauses: Sequence[Clause]) -> Iterator[Block]:
    position = 0
    while position < len(clauses):
        clause = clauses[position]
        end = position + 1
        if clause.kind is ClauseKind.TABLE_HEAD:
            end = _table_end(clauses, position)
            yield _grid(clause, clauses[position + 1 : end])
        else:
            yield from (Line(text, _role(clause, text)) for text in clause.text.split("\n"))
        position = end


def _role(clause: Clause, text: str) -> Role:
    if _ANNEX.match(text):
        return Role.ANNEX
    return _ROLES.get(clause.labels.partition("~")[0]) or _KINDS.get(clause.kind, Role.BODY)


def _table_end(clauses: Sequence[Clause], head: int) -> int:
    """Return where a table ends: behind its last row; headings between rows span the table."""
    path = clauses[head].path
    end = head + 1
    for position in range(head + 1, len(clauses)):
        clause = clauses[position]
        if (
            clause.kind not in (ClauseKind.ROW, ClauseKind.HEADING)
            or clause.path[: len(path)] != path
        ):
            break
        if clause.kind is ClauseKind.ROW:
            end = position + 1
    return end


def _grid(head: Clause, body: Sequence[Clause]) -> Grid:
    heads = [text.strip() for text in re.split(r"[\t\n|]", head.text.strip("|"))]
    texts: list[list[str]] = [heads]
    rows: list[list[int]] = [[1] * len(heads)]
    sections: set[int] = set()
    first: dict[int, tuple[int, int]] = {}
    for clause in body:
        if clause.kind is ClauseKind.HEADING:
            sections.add(len(texts))
            texts.append([clause.text.strip(" |\t"), *[""] * (len(heads) - 1)])
            rows.append([1] + [0] * (len(heads) - 1))
            continue
        cells = {heads.index(cell.head): cell for cell in clause.cells}
        texts.append([cells[i].text if i in cells else "" for i in range(len(heads))])
        rows.append([1] * len(heads))
        for column, cell in cells.items():
            if cell.start >= clause.start:
                first[cell.start] = (len(texts) - 1, column)
                continue
            top, at = first[cell.start]
            if at == column and rows[top][at] == len(texts) - 1 - top:
                rows[top][at] += 1
                rows[-1][column] = 0
    return Grid(
        tuple(
            tuple(
                GridCell(text, count, len(heads) if number in sections else 1) if count else None
                for text, count in zip(line, counts, strict=True)
            )
            for number, (line, counts) in enumerate(zip(texts, rows, strict=True))
        )
    )
