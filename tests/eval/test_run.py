"""Runs and reports, with a stand-in for the assistant."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.types import Answer, Status
from eval import __main__ as command_line
from eval.dataset import QAItem
from eval.report import render_failures, render_table, summaries
from eval.run import run_items, write_run
from index.types import Clause, Document

MakeItem = Callable[..., QAItem]
MakeAnswer = Callable[..., Answer]


@dataclass
class Echo:
    """Gives prepared answers by question, and keeps how long the history was."""

    answers: dict[str, Answer]
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


def test_turns_are_asked_in_order_with_history(items: list[QAItem], echo: Echo) -> None:
    results = run_items(echo, items)
    assert echo.histories == [0, 1, 0, 0, 0, 0]
    assert results[0].answer.text == "20%以上〔1〕"


def test_figures(items: list[QAItem], echo: Echo) -> None:
    groups = {figures.group: figures for figures in summaries(run_items(echo, items))}
    assert list(groups) == ["ratio", "near_miss", "style:staff", "style:lay", "合计 total"]
    total = groups["合计 total"]
    assert (total.count, total.ungrounded) == (5, 2)
    assert total.correct == total.cited == total.concise == pytest.approx(100 / 3)
    assert total.false_refusals == pytest.approx(100 / 3)
    assert total.refused == 50
    assert groups["near_miss"].correct is None
    assert groups["ratio"].refused is None


def test_failures_are_named(items: list[QAItem], echo: Echo) -> None:
    results = run_items(echo, items)
    assert [result.failures for result in results] == [
        (),
        ("答错", "数字无据"),
        ("误拒",),
        (),
        ("该拒未拒", "数字无据"),
    ]
    text = render_failures(results)
    assert text.startswith("未通过 3 题")
    assert "依据条款的检索名次  2" in text


def test_table_columns_are_aligned(items: list[QAItem], echo: Echo) -> None:
    lines = render_table(summaries(run_items(echo, items))).split("\n")
    wide = [sum(2 if char > "\u2e80" else 1 for char in line) for line in lines]
    assert len(set(wide)) == 1


def test_run_file_has_a_line_an_item(items: list[QAItem], echo: Echo, tmp_path: Path) -> None:
    path = tmp_path / "new" / "run.jsonl"
    write_run(run_items(echo, items), path)
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "c", "d", "e"]
    assert lines[1]["ungrounded"] == ["21%"]


def test_an_error_names_the_item(items: list[QAItem]) -> None:
    with pytest.raises(KeyError) as caught:
        run_items(Echo({}), items[1:])
    assert caught.value.__notes__ == ["题目 b：错"]


@pytest.mark.parametrize(("mark", "status"), [("33", 0), ("34", 1)])
def test_fail_under(
    mark: str,
    status: int,
    items: list[QAItem],
    echo: Echo,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(command_line, "load_items", lambda paths: items)
    monkeypatch.setattr(command_line, "make_assistant", lambda docs: echo)
    assert command_line.main(["qa", "--json", "--failures", "--fail-under", mark]) == status
    report = json.loads(capsys.readouterr().out)
    assert report["groups"][-1]["count"] == 5
    assert [failure["id"] for failure in report["failures"]] == ["b", "c", "e"]


def test_a_bad_file_is_told_and_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text("{", "utf-8")
    assert command_line.main(["qa", str(path)]) == 2
    assert "第 1 行" in capsys.readouterr().err
