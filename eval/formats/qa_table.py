"""QA sets as an office writes them: a table with Chinese column heads, a question a row.

| column | holds | when empty |
|---|---|---|
| 编号 | the id | the file's name and the row |
| 上文 | the questions asked before, one a line | a single question |
| 问题 | the question | an error |
| 答案 | the reference answer | the question cannot be answered |
| 必含要点 | what an answer must hold, parted by ；, alternatives by ｜ | the whole answer |
| 不得出现 | what must not stand in it, parted by ； | nothing |
| 可回答 | 是 or 否 | 是 where there is an answer |
| 类型, 场景, 划分 | what kind of question, who asks, dev or test | 其他, 工作人员, 测试 |
| 文件 | 发文字号, title, or id of the document | an error if there is an answer |
| 条款 | the clauses that prove the answer, parted by ； | where 依据 stands, or the document |
| 依据 | verbatim passages that prove it, parted by ； | nothing |
| 说明 | why it cannot be answered | nothing |

Columns whose head begins with # are not read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.dataset import KINDS, QAItem, parse_item
from eval.formats.gold import Corpus
from eval.formats.reading import FormatError
from eval.formats.tables import Row, read_table, write_table

HEADS: Mapping[str, tuple[str, ...]] = {
    "id": ("编号", "题号", "序号"),
    "earlier": ("上文", "前文"),
    "question": ("问题", "提问"),
    "answer": ("答案", "参考答案", "标准答案"),
    "elements": ("必含要点", "要点"),
    "forbidden": ("不得出现",),
    "answerable": ("可回答", "是否可回答"),
    "type": ("类型", "题型"),
    "style": ("场景", "问法"),
    "split": ("划分", "用途"),
    "doc": ("文件", "文档"),
    "clauses": ("条款", "条款号"),
    "evidence": ("依据", "依据原文"),
    "why": ("说明", "备注"),
}
STYLES = {"工作人员": "staff", "群众": "lay"}
SPLITS = {"开发": "dev", "测试": "test"}
_YES = frozenset({"是", "可", "能", "可以", "true", "yes", "1"})
_NO = frozenset({"否", "不可", "不能", "不可以", "false", "no", "0"})
_PARTS = re.compile(r"[；;\n]+")
_ALTERNATIVES = re.compile(r"[|｜]")


def read_items(path: Path, corpus: Corpus | None = None) -> tuple[QAItem, ...]:
    """Read a .xlsx or .csv.

    Args:
        path: the table.
        corpus: finds documents and clauses as they are written; without it they must be ids.

    Raises:
        FormatError: if a cell cannot be understood; the message names it.
    """
    rows = read_table(path, frozenset(HEADS["question"]))
    return tuple(_Reader(row, corpus).item(f"{path.stem}-{n}") for n, row in enumerate(rows, 1))


class _Reader:
    """Reads one row."""

    def __init__(self, row: Row, corpus: Corpus | None) -> None:
        self._row = row
        self._corpus = corpus
        known = {head: name for name, heads in HEADS.items() for head in heads}
        if unknown := [head for head in row.values if head not in known]:
            raise FormatError(
                f"{row.place()}：不认识的列名“{'”、“'.join(unknown)}”"
                f"（可用：{'、'.join(heads[0] for heads in HEADS.values())}；不读的列名前加 #）。"
            )
        self._heads = {known[head]: head for head in row.values}

    def item(self, name: str) -> QAItem:
        """Return the item."""
        answer, answerable = self._text("answer"), self._answerable()
        if not self._text("question"):
            raise self._error("question", "没有问题")
        if answerable and not answer:
            raise self._error("answer", "可回答的题没有答案")
        doc = self._document(answerable)
        record = {
            "id": self._text("id") or name,
            "turns": [*self._parts("earlier"), self._text("question")],
            "answer": answer if answerable else "",
            "elements": self._elements() if answerable else [],
            "forbidden": self._parts("forbidden"),
            "answerable": answerable,
            "type": self._choice("type", KINDS, "other" if answerable else "near_miss"),
            "style": self._choice("style", STYLES, "staff"),
            "split": self._choice("split", SPLITS, "test"),
            "doc": doc,
            "clauses": self._clauses(doc) if answerable else [],
            "evidence": self._parts("evidence"),
            "why": self._text("why"),
        }
        try:
            return parse_item(record)
        except ValueError as error:
            raise FormatError(f"{self._row.place()}：{error}。") from error

    def _text(self, name: str) -> str:
        return self._row.values.get(self._heads.get(name, ""), "")

    def _parts(self, name: str) -> list[str]:
        pattern = re.compile(r"\n+") if name == "earlier" else _PARTS
        return [part.strip() for part in pattern.split(self._text(name)) if part.strip()]

    def _error(self, name: str, message: str) -> FormatError:
        head = self._heads.get(name, HEADS[name][0])
        return FormatError(f"{self._row.place(head)}：{message}。")

    def _elements(self) -> list[list[str]]:
        if not self._text("elements"):
            return [[self._text("answer")]]
        found = [[a.strip() for a in _ALTERNATIVES.split(part)] for part in self._parts("elements")]
        if not all(all(alternatives) for alternatives in found):
            raise self._error("elements", "竖线 | 的两边都要有文字")
        return found

    def _answerable(self) -> bool:
        said = self._text("answerable").lower()
        if said and said not in _YES | _NO:
            raise self._error("answerable", f"应当是 是 或 否，不是“{said}”")
        return said in _YES if said else bool(self._text("answer"))

    def _choice(self, name: str, known: Mapping[str, str], default: str) -> str:
        said = self._text(name)
        if said and said not in known and said not in known.values():
            raise self._error(name, f"不认识“{said}”（可用：{'、'.join(known)}）")
        return known.get(said, said) or default

    def _document(self, answerable: bool) -> str:
        said = self._text("doc")
        if not said:
            if answerable:
                raise self._error("doc", "可回答的题要写明文件")
            return ""
        found = self._corpus.document(said) if self._corpus else said
        if found is None:
            raise self._error("doc", f"找不到这份文件，或者不止一份：{said}")
        return found

    def _clauses(self, doc: str) -> list[str]:
        parts = self._parts("clauses")
        if parts:
            return [self._clause(doc, part) for part in parts]
        holding = [self._corpus.holding(doc, e) for e in self._parts("evidence") if self._corpus]
        found = [clause for clauses in holding for clause in clauses]
        return list(dict.fromkeys(found)) or [f"{doc}#"]

    def _clause(self, doc: str, said: str) -> str:
        if self._corpus is None:
            return said
        name, mark, path = said.rpartition("#")
        owner = (self._corpus.document(name) if mark else doc) or name
        found = self._corpus.clause(owner, path) if path else f"{owner}#"
        if found is None:
            raise self._error("clauses", f"文件里找不到这一条：{said}")
        return found


def write_items(items: Sequence[QAItem], path: Path) -> None:
    """Write a .xlsx or .csv that `read_items` reads back.

    Raises:
        FormatError: if a list holds a text with a sign that parts texts in a cell.
    """
    write_table(path, [heads[0] for heads in HEADS.values()], map(_cells, items))


def _cells(item: QAItem) -> Sequence[str]:
    kinds, styles, splits = (
        {value: name for name, value in known.items()} for known in (KINDS, STYLES, SPLITS)
    )
    prefix = f"{item.doc}#"
    return (
        item.item_id,
        "\n".join(item.turns[:-1]),
        item.question,
        item.answer,
        _joined(item, [_joined(item, each, "|", _ALTERNATIVES) for each in item.elements]),
        _joined(item, item.forbidden),
        "是" if item.answerable else "否",
        kinds.get(item.kind, item.kind),
        styles.get(item.style, item.style),
        splits[item.split],
        item.doc,
        _joined(item, [clause.removeprefix(prefix) or clause for clause in item.clauses]),
        _joined(item, item.evidence),
        item.why,
    )


def _joined(
    item: QAItem, parts: Sequence[str], sign: str = "；", signs: re.Pattern[str] = _PARTS
) -> str:
    for part in parts:
        if signs.search(part):
            raise FormatError(f"{item.item_id}：“{part}”里有分隔符 {sign}，不能写进表格。")
    return sign.join(parts)
