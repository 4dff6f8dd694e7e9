"""Pure: the row, or the column, of a table with the most or the least of something."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answering import phrases, values
from assistant.answering.cells import is_value, named_places
from assistant.answering.draft import Draft, Piece
from assistant.answering.figures import Figure, figure
from assistant.answering.finding import Finding
from assistant.answering.parts import shared_run
from assistant.answering.spans import Span, search_form, spans_of, with_unit
from assistant.types import Status
from assistant.understanding.question import Question
from assistant.understanding.scope import extreme_asked
from index.parsing.tables import NUMBER_HEADS
from index.types import Clause

MEASURED = 0.7  # log-odds that it adds to a column to have what the word for an extreme measures
LIKELY = 0.06
NAMED = 1.5  # the same, to be named as a whole
MOST_NAMED = 3  # as many rows may share the extreme
_LEAST = frozenset(
    ["低", "少", "小", "短", "早", "轻", "快", "先", "近", "便宜", "划算", "省钱", "靠前"]
)
_TIMES = frozenset("早晚迟先后")
# What the word for an extreme says of the column that is compared.
_MEANS = (
    ("贵便宜划算省钱烧钱费钱花钱值钱狠", re.compile("价|费|元|金|租|额|款")),
    ("早晚迟先后", re.compile("时|日|年|月|期|点")),
    ("长短久快慢", re.compile("长|时|期|天|日|年限|月数|周|里程|公里|米|分钟|学制")),
    ("远近", re.compile("里程|公里|距离|米")),
    ("大小", re.compile("面积|规模|容|量|数|平方|亩|额|大小")),
    ("多少", re.compile("数|人|额|量|元|资|费|规模|个|所|分")),
    ("重轻严", re.compile("分|重|罚|扣|权|吨|公斤")),
    ("高低", re.compile("率|比|%|标准|分|价|额|元|费|数|度|温")),
)
_WHICH_YEAR = re.compile(r"哪(?:一|几)?个?(?:年|学年|学期|季度|月)|的(?:年份|年度|月份)\??$")
_TOTAL = re.compile(r"合计|总计|小计|共计|平均|总数|全[省市县区校]")
_NOTE = re.compile(r"[（(][^（()）]*[）)]")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:：](\d{2})")
_DAY = re.compile(r"(?<!\d)(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?")
_WORDS = {
    "date": (phrases.LATEST, phrases.EARLIEST),
    "share": (phrases.HIGHEST, phrases.LOWEST),
    "amount": (phrases.LARGEST, phrases.SMALLEST),
}


@dataclass(frozen=True, slots=True)
class _Compared:
    """Cells that can be compared, each with the name it is told by."""

    cells: tuple[tuple[str, Span, Figure], ...]
    kind: str
    sure: float = 0.0


def extreme_in(
    question: Question, rows: Sequence[Clause], odds: Callable[[Sequence[Span]], Sequence[float]]
) -> Finding | None:
    """Name the holder of the extreme that a question asks for among the rows of a table.

    None when no column of theirs is likely meant and has figures to compare. `odds` tells how likely
    cells answer, as log-odds.
    """
    word = extreme_asked(question.text)
    compared = _compared(question.text, word, rows, odds) if word and len(rows) > 1 else None
    return _told(word, compared) if compared else None


def _compared(
    text: str,
    word: str,
    rows: Sequence[Clause],
    odds: Callable[[Sequence[Span]], Sequence[float]],
) -> _Compared | None:
    """Choose what is compared: the cells of the row that is named, else those of the likeliest column."""
    sums = [row for row in rows if any(_TOTAL.match(cell.text.strip()) for cell in row.cells)]
    rows = [row for row in rows if row not in sums]
    named = _asked_rows(text, rows)
    years = [values.years(search_form(cell.head)) for row in rows[:1] for cell in row.cells]
    if len(named) == 1 or (_WHICH_YEAR.search(text) and sum(map(bool, years)) > 1):
        row = next(iter([*named, *sums]), None) or max(
            rows, key=lambda r: shared_run(text, _name(text, r))
        )
        dated = _WHICH_YEAR.search(text)
        cells = _of_one_kind(
            [
                (s.head, s, _figure(s, word))
                for s in _cells(row)
                if not dated or values.years(search_form(s.head))
            ]
        )
        if cells is not None:
            return replace(cells, sure=_likelihood(odds([span for _, span, _ in cells.cells])))
    rows = named if len(named) > 1 else rows
    columns: dict[str, list[tuple[str, Span, Figure | None]]] = {}
    for row in rows:
        for cell in _cells(row):
            columns.setdefault(cell.head, []).append((_name(text, row), cell, _figure(cell, word)))
    found = [one for cells in columns.values() if (one := _of_one_kind(cells)) is not None]
    found = [one for one in found if (one.kind == "date") is (word in _TIMES)]
    ends = [span for one in found for _, span, _ in (one.cells[0], one.cells[-1])]
    likely = odds(ends) if ends else []
    scored = [
        replace(one, sure=_likelihood([(first + last) / 2 + _fit(text, word, one)]))
        for one, first, last in zip(found, likely[::2], likely[1::2], strict=True)
    ]
    best = max(scored, key=lambda one: one.sure, default=None)
    return best if best is not None and best.sure >= LIKELY else None


def _likelihood(odds: Sequence[float]) -> float:
    return 1 / (1 + math.exp(-max(odds)))


def _fit(text: str, word: str, compared: _Compared) -> float:
    """Return what a column gains: its head is named, or has what the word for an extreme measures (贵 a price)."""
    head = search_form(compared.cells[0][1].head)
    named = shared_run(text, head) / max(len(_NOTE.sub("", head)), 1)
    measured = next((bool(p.search(head)) for words, p in _MEANS if word in words), False)
    sums = bool(_TOTAL.search(head)) and not _WHICH_YEAR.search(text)
    return MEASURED * measured + NAMED * named + sums


def _asked_rows(text: str, rows: Sequence[Clause]) -> list[Clause]:
    names = [search_form(_name(text, row)) for row in rows]
    return [rows[place] for place in named_places(text, names)]


def _cells(row: Clause) -> list[Span]:
    return [span for span in spans_of(row) if span.head and (is_value(span) or _is_time(span))]


def _is_time(span: Span) -> bool:
    return bool(_CLOCK.search(span.text) or _DAY.search(span.text))


def _name(text: str, row: Clause) -> str:
    """Return the cell that names a row: that of the column which is asked for (哪条线路), else the first in words."""
    filled = [cell for cell in row.cells if cell.text and cell.head not in NUMBER_HEADS]
    said = [cell for cell in filled if not figure_only(cell.text)] or filled[:1]
    asked = max(said, key=lambda cell: shared_run(text, search_form(cell.head)), default=None)
    if asked is None:
        return ""
    is_asked = shared_run(text, search_form(asked.head)) > 1
    return (asked if is_asked else said[0]).text


def figure_only(text: str) -> bool:
    """Tell a cell that has a figure and no word of its own."""
    return not re.search(r"[\u4e00-\u9fff]{2}", text) and figure(search_form(text)) is not None


def _figure(cell: Span, word: str) -> Figure | None:
    text = search_form(with_unit(cell))
    if word in _TIMES:
        return _time(text) or figure(text)
    if values.IN_WORDS.search(text):
        return Figure(0.0, "amount")
    return figure(text)


def _time(text: str) -> Figure | None:
    if clock := _CLOCK.search(text):
        return Figure(60 * int(clock[1]) + int(clock[2]), "date")
    if not values.years(text) and (day := _DAY.search(text)):
        return Figure(31 * int(day[1]) + int(day[2] or 0), "date")
    return None


def _of_one_kind(cells: Sequence[tuple[str, Span, Figure | None]]) -> _Compared | None:
    """Return the cells when at least two have figures, and all figures are of one kind."""
    read = tuple((name, span, value) for name, span, value in cells if value is not None and name)
    kinds = {value.kind for _, _, value in read if value.value}
    return _Compared(read, kinds.pop()) if len(read) > 1 and len(kinds) == 1 else None


def _told(word: str, compared: _Compared) -> Finding:
    choose = min if word in _LEAST else max
    best = choose(value.value for _, _, value in compared.cells)
    held = [(name, span) for name, span, value in compared.cells if value.value == best]
    told = "、".join(f"{name}（{span.text}）" for name, span in held[:MOST_NAMED])
    most, least = _WORDS[compared.kind.partition(" ")[0]]
    words = (least if word in _LEAST else most).format(places=told)
    pieces = tuple(
        Piece(span, f"{_row_name(span)}，{span.head}：") for _, span in held[:MOST_NAMED]
    )
    return Finding(Status.ANSWERED, Draft(pieces), words, confidence=compared.sure)


def _row_name(cell: Span) -> str:
    """Return the first cell in words of the row that a cell stands in."""
    said = (c.text for c in cell.clause.cells if c.head not in NUMBER_HEADS and c.text != cell.text)
    return next(said, "")
