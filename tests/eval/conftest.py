"""A tiny document, items about it, and answers from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from assistant.types import Answer, Citation, Status
from eval.dataset import QAItem, parse_item
from index.types import Cell, Clause, ClauseKind, Document, DocumentKind, Hit

MakeItem = Callable[..., QAItem]
MakeAnswer = Callable[..., Answer]


def _clause(path: str, text: str, cells: tuple[Cell, ...] = ()) -> Clause:
    return Clause(f"d#{path}", "d", (), ClauseKind.PARAGRAPH, text, 0, len(text), cells)


@pytest.fixture
def clauses() -> tuple[Clause, ...]:
    """Three clauses: a goal with two years, a heading, and a row with a merged cell."""
    return (
        _clause("四/（二）/3", "3.扩大招生。2022年达到中考总人数的20%以上，2025年超过25%。"),
        _clause("五", "五、保障"),
        _clause("附件/1", "1\t招生\t市教育局", (Cell("期限", "2023年6月", 0, 7),)),
    )


@pytest.fixture
def make_item() -> MakeItem:
    """Make an item; fields are overridden by name."""

    def make(**fields: object) -> QAItem:
        record: dict[str, object] = {
            "id": "t-1",
            "question": "高平2022年招生目标",
            "answer": "20%以上",
            "elements": [["20%"]],
            "forbidden": ["25%"],
            "answerable": True,
            "type": "ratio",
            "style": "staff",
            "doc": "d",
            "clauses": ["四/（二）/3"],
            "evidence": ["总人数的20%以上"],
            "split": "dev",
        }
        record |= fields
        if "turns" in fields:
            del record["question"]
        if not record["answerable"]:
            record |= {"answer": "", "elements": [], "forbidden": [], "clauses": [], "evidence": []}
        return parse_item(record)

    return make


@pytest.fixture
def make_answer(clauses: tuple[Clause, ...]) -> MakeAnswer:
    """Make an answer that cites the given clauses, by default the first."""
    document = Document("d", "方案", "", "", "", "", DocumentKind.FULL, "d.txt", "", "", ())

    def make(text: str, status: Status = Status.ANSWERED, cited: tuple[int, ...] = (0,)) -> Answer:
        return Answer(
            question="问",
            standalone_question="问",
            status=status,
            text=text,
            citations=tuple(
                Citation(n, document, clauses[i], clauses[i].text, 0, len(clauses[i].text))
                for n, i in enumerate(cited, 1)
            ),
            hits=tuple(Hit(clauses[i], 1.0 / rank, rank) for rank, i in enumerate((1, 0, 2), 1)),
        )

    return make


@dataclass
class Echo:
    """Gives prepared answers by question, and keeps how long the history was."""

    answers: dict[str, Answer]
    name: str = "echo"
    histories: list[int] = field(default_factory=list)
    documents: tuple[Document, ...] = ()
    clauses: tuple[Clause, ...] = ()

    def ask(self, question: str, history: Sequence[Answer] = ()) -> Answer:
        self.histories.append(len(history))
        return self.answers[question]


@pytest.fixture
def items(make_item: MakeItem) -> list[QAItem]:
    """A right, a wrong, a falsely refused, a rightly refused and a wrongly answered question."""
    return [
        make_item(id="a", turns=["前", "对"]),
        make_item(id="b", question="错", style="lay"),
        make_item(id="c", question="拒"),
        make_item(id="d", question="无", answerable=False, type="near_miss"),
        make_item(id="e", question="编", answerable=False, type="near_miss", style="lay"),
    ]


@pytest.fixture
def echo(make_answer: MakeAnswer) -> Echo:
    """The assistant that answers so."""
    return Echo(
        {
            "前": make_answer("你好", Status.CHAT, ()),
            "对": make_answer("20%以上〔1〕"),
            "错": make_answer("21%以上〔1〕"),
            "拒": make_answer("文件没有规定", Status.REFUSED, ()),
            "无": make_answer("文件没有规定", Status.REFUSED, ()),
            "编": make_answer("2027年〔1〕"),
        }
    )
