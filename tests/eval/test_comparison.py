"""Two runs against each other, and marks for a CI."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.types import Answer, Status
from eval.comparison import Change, ComparisonError, compare, regressions
from eval.dataset import QAItem
from eval.marks import against, below, parse_mark
from eval.run import Result, run_items
from eval.runs import OURS, Run, RunError, metrics_record, write_run
from eval.tables import render_changed, render_differences

MakeItem = Callable[..., QAItem]
MakeAnswer = Callable[..., Answer]


@pytest.fixture
def before(items: list[QAItem], echo: Any) -> tuple[Result, ...]:
    return run_items(echo, items)


@pytest.fixture
def after(items: list[QAItem], echo: Any, make_answer: MakeAnswer) -> tuple[Result, ...]:
    """The first breaks, the second is mended, the fourth refuses in other words."""
    echo.answers |= {
        "对": make_answer("25%", Status.ANSWERED),
        "错": make_answer("20%以上〔1〕"),
        "无": make_answer("没有写", Status.REFUSED, ()),
    }
    return run_items(echo, items)


def test_changed_questions_broken_ones_first(
    before: tuple[Result, ...], after: tuple[Result, ...]
) -> None:
    found = compare(before, after)
    assert [(c.after.item.item_id, c.change) for c in found.changed] == [
        ("a", Change.BROKEN),
        ("b", Change.FIXED),
        ("d", Change.OTHER),
    ]
    assert found.shared == 5
    text = render_changed(found)
    assert "改坏：1 题" in text
    assert "现在  25%（条款对，句子不对；缺 20%；多出 25%）" in text


def test_differences_are_tested_in_pairs(
    before: tuple[Result, ...], after: tuple[Result, ...]
) -> None:
    found = {d.metric.name: d for d in compare(before, after).differences}
    correct = found["correct_cited"]
    assert correct.before == correct.after == pytest.approx(1 / 3)
    assert (correct.test.pairs, correct.test.unequal, correct.test.p_value) == (3, 2, 1)
    assert found["ungrounded"].worse_by < 0  # 21% is gone, and 2027 is left


def test_lower_is_better_for_errors(before: tuple[Result, ...], after: tuple[Result, ...]) -> None:
    forth = compare(before, after).differences
    back = compare(after, before).differences
    assert regressions(forth, 0) == ()
    assert [d.metric.name for d in regressions(back, 0.5)] == ["ungrounded"]
    rows = {row[0]: row for row in render_differences(compare(after, before))}
    assert rows["无据数字（每题）"][-1] == "变差"


def test_questions_of_one_run_only_are_named(
    before: tuple[Result, ...], after: tuple[Result, ...]
) -> None:
    found = compare(before[:3], after[1:])
    assert (found.only_before, found.only_after, found.shared) == (("a",), ("d", "e"), 2)
    assert "只有之前才有的题：a" in render_changed(found)


def test_runs_without_a_common_question_cannot_be_compared(before: tuple[Result, ...]) -> None:
    with pytest.raises(ComparisonError):
        compare(before[:1], before[1:])


@pytest.mark.parametrize(
    ("text", "metric", "percent"),
    [("80", "correct_cited", 80), ("clause_success@1=70.5", "clause_success@1", 70.5)],
)
def test_marks(text: str, metric: str, percent: float) -> None:
    mark = parse_mark(text)
    assert (mark.metric, mark.percent) == (metric, percent)


@pytest.mark.parametrize("text", ["much", "nothing=3", "false_answer=3", "ungrounded=0"])
def test_marks_that_make_no_sense(text: str) -> None:
    with pytest.raises(ValueError, match=r"lower bound|could not"):
        parse_mark(text)


def test_below_names_what_is_missed() -> None:
    marks = [parse_mark("80"), parse_mark("correct=50"), parse_mark("rouge_l=99")]
    assert below(marks, {"correct_cited": 0.7, "correct": 0.7}) == ["正确且引对 70.0%，低于 80%"]


def test_a_baseline_may_be_a_folder_or_its_figures_alone(
    before: tuple[Result, ...], tmp_path: Path
) -> None:
    run = Run("r", {OURS: before})
    write_run(run, tmp_path / "run")
    alone = tmp_path / "figures.json"
    alone.write_text(json.dumps(metrics_record(run)), "utf-8")
    same = {"correct_cited": 1 / 3, "false_answer": 0.5}
    worse = {"correct_cited": 0.2, "false_answer": 0.6}
    assert against(alone, before, same, 0).lines == ()
    assert against(alone, before, worse, 20).lines == ()
    assert len(against(alone, before, worse, 5).lines) == 2
    verdict = against(tmp_path / "run", before, same, 0)
    assert verdict.lines == ()
    assert verdict.comparison is not None


def test_figures_that_are_none_are_told(before: tuple[Result, ...], tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_text("{}", "utf-8")
    with pytest.raises(RunError, match=r"metrics\.json"):
        against(path, before, {}, 0)
