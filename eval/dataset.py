"""QA sets: JSON Lines to `QAItem`s, and what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from eval.matching import contains, normalise, supports
from index.errors import TiaoWenError
from index.types import Clause

COMPUTED_TYPES = frozenset({"count", "yesno", "compare"})
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
    `clauses` are whole clause ids (`doc_id#path`).
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


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with an item; the message is Chinese and shown as it is."""

    item_id: str
    message: str


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


def check_items(
    items: Sequence[QAItem], clauses: Sequence[Clause], reworded: AbstractSet[str] = frozenset()
) -> tuple[Problem, ...]:
    """Compare items with the documents they speak about.

    Args:
        items: the items of all files together, so that ids are unique across them.
        clauses: the clauses of the documents.
        reworded: ids of documents that are digests, whose wording proves nothing about evidence.

    Returns:
        Repeated ids, unknown documents and clauses, elements that stand in no gold clause
        (an answer that is counted or compared need not), evidence that stands in no document.
    """
    known = {clause.doc_id for clause in clauses}
    problems: list[Problem] = []
    seen: set[str] = set()
    for item in items:
        found = list(_references(item, clauses, known))
        if item.item_id in seen:
            found.append("题号重复")
        if not found:
            gold = [c for c in clauses if any(supports(g, c.clause_id) for g in item.clauses)]
            found.extend(_unsupported(item, gold))
            found.extend(_unproved(item, clauses, reworded))
        seen.add(item.item_id)
        problems.extend(Problem(item.item_id, message) for message in found)
    return tuple(problems)


def _references(item: QAItem, clauses: Sequence[Clause], known: AbstractSet[str]) -> Iterator[str]:
    if item.doc and item.doc not in known:
        yield f"没有这份文档：{item.doc}"
        return
    for gold in item.clauses:
        if gold.partition("#")[0] not in known:
            yield f"没有这份文档：{gold.partition('#')[0]}"
        elif not any(supports(gold, clause.clause_id) for clause in clauses):
            yield f"没有这个条款：{gold}"


def _unsupported(item: QAItem, gold: Sequence[Clause]) -> Iterator[str]:
    if item.kind in COMPUTED_TYPES:
        return
    for alternatives in item.elements:
        if not any(contains(clause_text(c), part) for c in gold for part in alternatives):
            yield f"依据条款里没有答案要素：{' / '.join(alternatives)}"


def clause_text(clause: Clause) -> str:
    """Return the text of a clause and the merged cells that are carried into it."""
    return "\n".join([clause.text, *(c.text for c in clause.cells if c.text not in clause.text)])


def _unproved(item: QAItem, clauses: Sequence[Clause], reworded: AbstractSet[str]) -> Iterator[str]:
    docs = {gold.partition("#")[0] for gold in item.clauses}
    if docs & reworded:
        return
    texts = {doc: "".join(c.text for c in clauses if c.doc_id == doc) for doc in docs}
    for fragment in item.evidence:
        if not any(_stands_in(text, fragment) for text in texts.values()):
            yield f"文档里没有依据原文：{fragment}"


def _stands_in(text: str, fragment: str) -> bool:
    """Compare verbatim: a fragment may begin in the middle of a number."""
    return normalise(fragment) in normalise(text)
