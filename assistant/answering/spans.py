"""Pure: a clause to the pieces an answer can quote: sentences, cells, lists of units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.analyzer import normalise
from index.parsing.labels import parse_label
from index.parsing.tables import NUMBER_HEADS
from index.types import Cell, Clause, ClauseKind

_SENTENCE = re.compile(r"[^。；！？!?;\n]+(?:[。；！？!?;]+[”’」』）)]*|$)")
_UNITS = re.compile(
    r"[〔［\[（(【]?\s*(?:责任|负责|牵头|配合|承办|实施|主管)(?:单位|部门|科室|机构)\s*[:：]\s*([^〕］\]）)】]+)[〕］\]）)】]?"
)
_BRACKET = re.compile(r"[〔［\[（(]([\u4e00-\u9fff、，,;；]{2,300})[〕］\]）)](?=[。；;]?\s*$)")
_ORGAN = re.compile(
    r"[\u4e00-\u9fff]{1,14}(?:局|委|办|部|厅|处|科|院|中心|政府|委员会|办公室|管委会|公司)(?:牵头|负责|配合|主办|承办)?"
)
UNIT_HEADS = re.compile(r"责任|负责|牵头|部门|单位|科室|主体|处室|机构|学校")
TASK_HEADS = re.compile(r"任务|内容|事项|工作|措施|项目|政策")
DATE_HEADS = re.compile(r"时间|进度|时限|期限|日期|节点")
_REPLY = re.compile(r"\s*(?:答|回答|答复)[：:]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a clause: `clause.text[start:end] == text`. `head` is the column of a cell."""

    clause: Clause
    start: int
    end: int
    text: str
    head: str = ""
    is_units: bool = False


@lru_cache(maxsize=65536)
def spans_of(clause: Clause) -> tuple[Span, ...]:
    """Cut a clause into sentences, cells and lists of responsible units."""
    if clause.kind in (ClauseKind.TITLE, ClauseKind.TABLE_HEAD):
        return ()
    if clause.kind is ClauseKind.ROW:
        return tuple(_row_spans(clause))
    return tuple(_sentence_spans(clause, _body_start(clause), len(clause.text)))


def _body_start(clause: Clause) -> int:
    label = parse_label(clause.text)
    return label.width if label else 0


def _sentence_spans(clause: Clause, start: int, end: int, head: str = "") -> Iterator[Span]:
    text = clause.text
    units = list(_UNITS.finditer(text, start, end)) or _organs(text, start, end)
    for match in _SENTENCE.finditer(text, start, end):
        first, last = match.span()
        for unit in units:
            if unit.start() <= first < unit.end() or first <= unit.start() < last:
                last = min(last, unit.start()) if first <= unit.start() else first
        if reply := _REPLY.match(text, first, last):
            first = reply.end()
        while first < last and text[first] in " \t\u3000〔":
            first += 1
        if last - first >= (1 if head else 2):
            yield Span(clause, first, last, text[first:last], head)
    for unit in units:
        yield Span(clause, unit.start(1), unit.end(1), unit[1], "责任单位", is_units=True)


def _organs(text: str, start: int, end: int) -> list[re.Match[str]]:
    """Find a list of organs alone in brackets at the end: （市商务局、市财政局）."""
    found = _BRACKET.search(text, start, end)
    names = re.split(r"[、，,;；]", found[1]) if found else []
    return [found] if found and all(map(_ORGAN.fullmatch, names)) else []


def _row_spans(clause: Clause) -> Iterator[Span]:
    for cell in clause.cells:
        start, end = cell.start - clause.start, cell.end - clause.start
        is_label = cell.head in NUMBER_HEADS or (not cell.head and cell.text.isdecimal())
        if start < 0 or end > len(clause.text) or not cell.text or is_label:
            continue
        if UNIT_HEADS.search(cell.head) and _HAN.search(cell.text):
            yield Span(clause, start, end, cell.text, cell.head, is_units=True)
        else:
            yield from _sentence_spans(clause, start, end, cell.head)


@lru_cache(maxsize=65536)
def search_form(text: str) -> str:
    """Cache `normalise`: the same sentences are scored for question after question."""
    return normalise(text)


def is_title(span: Span) -> bool:
    """Tell the title that a clause carries in its first line from what the clause says."""
    titles = span.clause.titles
    return not span.head and bool(titles) and span.text.rstrip("。：:") == titles[-1]


def is_bare(span: Span) -> bool:
    """Tell a cell that holds a number alone, so that only its row and head say what it is."""
    return bool(span.head) and any(map(str.isdigit, span.text)) and not _HAN.search(span.text)


def with_unit(span: Span) -> str:
    """Return a cell's number with the unit that its column head gives: 200 under 金额（元）."""
    return _counted(span.text, span.head)


def row_told(clause: Clause) -> str:
    """Return the cells of a row, each number with the unit that its column head gives."""
    return "\t".join(_counted(cell.text, cell.head) for cell in clause.cells)


def told_beside(cell: Cell) -> str:
    """Return what a cell says of its row, in words or as a range (4—6 under 年龄), "" for a mere number."""
    if _HAN.search(cell.text):
        return cell.text
    return _counted(cell.text, cell.head) if _RANGE.fullmatch(cell.text.strip()) else ""


_RANGE = re.compile(r"\d[\d,.]*\s*[-—–~至]\s*\d[\d,.]*")


def _counted(text: str, head: str) -> str:
    unit = re.search(r"[（(]([^（()）]{1,5})[）)]", head)
    named = unit[1] if unit else "岁" if "年龄" in head else ""
    return f"{text}{named}" if text[-1:].isdigit() else text


def row_text(clause: Clause) -> str:
    """Return the cells of a row in search form, without the one that numbers it."""
    cells = (cell.text for cell in clause.cells if cell.head not in NUMBER_HEADS)
    return search_form("\n".join(cells))


def has_bare_cell(clause: Clause) -> bool:
    """Tell a row with a cell that holds a number alone, which does not number the row."""
    cells = (cell for cell in clause.cells if cell.head and cell.head not in NUMBER_HEADS)
    return any(re.search(r"\d", cell.text) and not _HAN.search(cell.text) for cell in cells)


def announces(text: str) -> bool:
    """Tell what announces a list: it ends with a colon."""
    return text.rstrip().endswith(("：", ":"))
