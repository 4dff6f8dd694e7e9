"""Pure: cells of a table, told with the names of their row and column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.answering import values
from assistant.answering.cutting import asks_for_several
from assistant.answering.draft import Piece
from assistant.answering.evidence import Evidence
from assistant.answering.parts import shared_run
from assistant.answering.spans import TASK_HEADS, Span, is_bare, search_form, spans_of
from assistant.understanding.question import Question
from index.types import ClauseKind

MAX_COMPARED = 6
MAX_ROW = 160
MAX_NAME = 40
_NAMED = 2  # characters of a cell that a question has to name it by
_HAN = re.compile(r"[\u4e00-\u9fff]")


def cell_lead(question: Question, span: Span) -> str:
    """Return what a bare number in a cell is, as in 评审费，金额（元）; a whole sentence names nothing."""
    subject = _row_name(question, span)
    named = 0 < len(subject) <= MAX_NAME
    return f"{subject}，{span.head}：" if named else f"{span.head}："


def is_value(span: Span) -> bool:
    """Tell a cell that holds a value and no more, with its unit or without."""
    kinds = (values.QUANTITY, values.RATIO, values.DATE, values.DURATION)
    text = search_form(span.text)
    return is_bare(span) or (bool(span.head) and any(kind.fullmatch(text) for kind in kinds))


def _told(cell: Span) -> str:
    """Return a row and the column of one of its cells in search form."""
    return search_form(f"{cell.head}\t{cell.clause.text}")


def asked_cells(question: Question, found: Span) -> list[Piece]:
    """Return the other cells of a row whose column, or year, a question names beside the one found."""
    if found.clause.kind is not ClauseKind.ROW or not asks_for_several(question, _told(found)):
        return []
    return [
        Piece(span, cell_lead(question, span))
        for span in spans_of(found.clause)
        if span.start != found.start and _names_column(question, span)
    ]


def _names_column(question: Question, cell: Span) -> bool:
    """Tell whether a question names the year of a column, or half of what its head says."""
    head = search_form(cell.head)
    if TASK_HEADS.search(head):
        return False
    if years := values.years(head):
        return bool(years & question.years)
    head = _GENERAL.sub("", head)
    return shared_run(question.text, head) >= max(2, len(head) / 2)


_GENERAL = re.compile(r"[（(][^（）()]*[）)]|责任|单位|部门")


def whole_row(question: Question, cell: Span) -> list[Piece]:
    """Return the whole row that a cell stands in, when that is short.

    A figure with the name of its row and column says enough when nothing else is asked.
    """
    clause = cell.clause
    if is_value(cell) and not asks_for_several(question, _told(cell)):
        return []
    is_short = 2 * len(cell.text) + len(clause.text) <= MAX_ROW - 2 * len(cell.head)
    if clause.kind is not ClauseKind.ROW or cell.text == clause.text or not is_short:
        return []
    return [Piece(Span(clause, 0, len(clause.text), clause.text), is_beside=True)]


def compared_cells(question: Question, ranked: Sequence[Evidence]) -> list[Piece]:
    """Return the cells of the rows, or of the years of a row, that a question names, if there are several."""
    best = ranked[0].span
    if not best.head:
        return []
    table = best.clause.clause_id.rpartition("/")[0]
    inside = [e.span for e in ranked if e.span.clause.clause_id.rpartition("/")[0] == table]
    column = [span for span in inside if span.head == best.head]
    named = named_places(question.text, [search_form(_row_name(question, span)) for span in column])
    cells = [column[place] for place in named]
    cells += [span for span in inside if _is_named_year(question, span, best)]
    pieces = {(s.clause.clause_id, s.start): Piece(s, cell_lead(question, s)) for s in cells}
    return list(pieces.values())[:MAX_COMPARED] if len(pieces) > 1 else []


def named_places(text: str, names: Sequence[str]) -> list[int]:
    """Return the places of the names that a question says, whole or by what no other name has."""
    names = [_MARKS.sub("", name) for name in names]
    pairs = [{name[i : i + 2] for i in range(len(name) - 1)} for name in names]
    counts = Counter(pair for own in pairs for pair in own)
    return [
        place
        for place, (name, own) in enumerate(zip(names, pairs, strict=True))
        if (name and name in text) or any(counts[pair] == 1 and pair in text for pair in own)
    ]


_MARKS = re.compile(r"[^\u4e00-\u9fffa-z0-9]")


def _is_named_year(question: Question, span: Span, best: Span) -> bool:
    return span.clause is best.clause and bool(
        values.years(search_form(span.head)) & question.years
    )


def _row_name(question: Question, span: Span) -> str:
    """Return the cell of a row that says in words what it is about, "" for none.

    It is the one that the question names, else the first.
    """
    others = [c.text for c in span.clause.cells if c.text and c.text != span.text]
    said = [text for text in others if _HAN.search(text)]
    said = [text for text in said if not _is_other_date(question, search_form(text))] or said
    named = max(said, key=lambda text: shared_run(question.text, search_form(text)), default="")
    is_named = shared_run(question.text, search_form(named)) >= _NAMED
    return named if is_named or not said else said[0]


def _is_other_date(question: Question, text: str) -> bool:
    """Tell a date that a question does not name: 2026年7月 for one of 2024."""
    return values.DATE.fullmatch(text) is not None and text not in question.text
