"""QA sets: JSON Lines to `QAItem`s."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import TiaoWenError
from index.types import Clause

# What kinds of question there are, by the names they have in tables; the second half asks for
# what the documents do not say.
KINDS = {
    "数值": "number",
    "比例": "ratio",
    "时间": "date",
    "单位": "unit",
    "列举": "list",
    "表格": "table",
    "是否": "yesno",
    "依据": "basis",
    "措施": "how",
    "比较": "compare",
    "计数": "count",
    "结构": "outline",
    "文号": "letterhead",
    "追问": "followup",
    "未指明": "ambiguous",
    "其他": "other",
    "相近": "near_miss",
    "范围外": "out_of_scope",
    "闲聊": "chitchat",
    "建议": "advice",
    "诱导": "injection",
}
COMPUTED_TYPES = frozenset({"count", "yesno", "compare"})
STYLES = ("staff", "lay")
SPLITS = ("dev", "test")
_STRINGS = ("id", "answer", "type", "style", "doc", "split")
_LISTS = ("forbidden", "clauses", "evidence")
_FIELDS = frozenset({*_STRINGS, *_LISTS, "question", "turns", "elements", "answerable", "why"})


class DatasetError(TiaoWenError):
    """A QA file cannot be read. The message names the file and the line."""


@dataclass(frozen=True, slots=True)
class QAItem:
    """A question with its reference answer.

    `turns` are the questions in order, the last one is judged. Every inner tuple of `elements`
    lists alternatives, one of which an answer must hold; none of `forbidden` may stand in it.
    `clauses` are whole clause ids (`doc_id#path`); `doc_id#` stands for every clause of a document.
    """

    item_id: str
    turns: tuple[str, ...]
    answer: str
    elements: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]
    answerable: bool
    kind: str
    style: str
    doc: str
    clauses: tuple[str, ...]
    evidence: tuple[str, ...]
    split: str
    why: str = ""

    @property
    def question(self) -> str:
        """The question that is judged."""
        return self.turns[-1]


def load_items(paths: Iterable[Path]) -> tuple[QAItem, ...]:
    """Read QA files in order.

    Raises:
        DatasetError: if a file cannot be read or a line is no item; it names file and line.
    """
    return tuple(item for path in paths for item in _load(path))


def _load(path: Path) -> Iterator[QAItem]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}：读不出来（{error}）。") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield parse_item(json.loads(line))
            except ValueError as error:
                raise DatasetError(f"{path} 第 {number} 行：{error}") from error


def parse_item(record: object) -> QAItem:
    """Turn one decoded line into an item.

    Raises:
        ValueError: if a field is missing, unknown, or of the wrong type.
    """
    if not isinstance(record, dict):
        raise ValueError("这一行应当是一个 JSON 对象")
    if unknown := sorted(map(str, record.keys() - _FIELDS)):
        raise ValueError(f"不认识的字段 {'、'.join(unknown)}")
    strings = {name: _string(record, name) for name in _STRINGS}
    lists = {name: _strings(record.get(name), name) for name in _LISTS}
    answerable = record.get("answerable")
    if not isinstance(answerable, bool):
        raise ValueError("字段 answerable 应当是 true 或 false")
    if strings["split"] not in SPLITS:
        raise ValueError(f"字段 split 应当是 {' 或 '.join(SPLITS)}")
    item = QAItem(
        item_id=strings["id"],
        turns=_turns(record),
        answer=strings["answer"],
        elements=_elements(record.get("elements")),
        forbidden=lists["forbidden"],
        answerable=answerable,
        kind=strings["type"],
        style=strings["style"],
        doc=strings["doc"],
        clauses=tuple(c if "#" in c else f"{strings['doc']}#{c}" for c in lists["clauses"]),
        evidence=lists["evidence"],
        split=strings["split"],
        why=_string(record, "why") if "why" in record else "",
    )
    return _consistent(item)


def _consistent(item: QAItem) -> QAItem:
    if not item.item_id:
        raise ValueError("字段 id 是空的")
    given = (item.answer, item.elements, item.clauses)
    if item.answerable and not all(given):
        raise ValueError("可回答的题需要 answer、elements 和 clauses")
    if not item.answerable and any(given):
        raise ValueError("不可回答的题不能有 answer、elements 或 clauses")
    return item


def _string(record: dict[str, object], name: str) -> str:
    value = record.get(name)
    if not isinstance(value, str):
        raise ValueError(f"字段 {name} 缺失或不是字符串")
    return value


def _strings(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise ValueError(f"字段 {name} 应当是字符串的列表，且没有空串")
    return tuple(value)


def _turns(record: dict[str, object]) -> tuple[str, ...]:
    if ("question" in record) == ("turns" in record):
        raise ValueError("字段 question 和 turns 应当有且只有一个")
    single = "question" in record
    turns = _strings([record["question"]] if single else record["turns"], "question/turns")
    if not turns:
        raise ValueError("字段 turns 是空的")
    return turns


def _elements(value: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list):
        raise ValueError("字段 elements 应当是列表的列表")
    elements = tuple(_strings(alternatives, "elements") for alternatives in value)
    if not all(elements):
        raise ValueError("字段 elements 里有空的列表")
    return elements


def clause_text(clause: Clause) -> str:
    """Return the text of a clause and the merged cells that are carried into it."""
    return "\n".join([clause.text, *(c.text for c in clause.cells if c.text not in clause.text)])
