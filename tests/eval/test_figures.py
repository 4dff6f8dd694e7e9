"""Means, groups and the risk–coverage curve, computed by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from eval.dataset import QAItem
from eval.figures import Group, groups_of, risk_of
from eval.run import Result, run_items


@pytest.fixture
def groups(items: list[QAItem], echo: Any) -> dict[str, Group]:
    return {group.name: group for group in groups_of(run_items(echo, items))}


def test_the_total_comes_first_then_answerable_types(groups: dict[str, Group]) -> None:
    assert list(groups) == ["合计", "ratio", "near_miss", "lay", "staff", "d"]
    assert [group.label for group in groups.values()][1:4] == ["比例", "相近", "家长学生"]


def test_means_are_over_the_questions_that_have_the_metric(groups: dict[str, Group]) -> None:
    total = groups["合计"].figures
    assert total["correct_cited"].mean == pytest.approx(1 / 3)
    assert total["correct_cited"].count == 3
    assert total["false_refusal"].mean == pytest.approx(1 / 3)
    assert (total["false_answer"].mean, total["false_answer"].count) == (0.5, 2)
    assert total["ungrounded"].mean == pytest.approx(2 / 5)
    assert "correct" not in groups["near_miss"].figures
    assert "false_answer" not in groups["ratio"].figures


def test_intervals_hold_the_mean(groups: dict[str, Group]) -> None:
    figure = groups["合计"].figures["correct"]
    assert 0 <= figure.low < figure.mean < figure.high <= 1


def _sure(result: Result, sure: float) -> Result:
    answer = replace(result.answer, trace=(f"把握{sure:.2f} 门槛0.20",))
    return Result(result.item, answer, result.latency_ms)


def test_the_risk_curve_ends_where_answers_end(items: list[QAItem], echo: Any) -> None:
    results = run_items(echo, items)
    right, wrong, *_, made_up = results
    sure = [_sure(right, 0.9), _sure(wrong, 0.5), results[2], results[3], _sure(made_up, 0.7)]
    risk = risk_of(sure)
    assert risk.attempted == pytest.approx(3 / 5)
    assert [(p.coverage, p.risk) for p in risk.points] == [
        (pytest.approx(0.2), 0),
        (pytest.approx(0.4), 0.5),
        (pytest.approx(0.6), pytest.approx(2 / 3)),
    ]
    assert 0 < risk.area < 1


def test_nothing_answered_has_no_curve(items: list[QAItem], echo: Any) -> None:
    refused = run_items(echo, items)[2:4]
    risk = risk_of(refused)
    assert (risk.points, risk.attempted) == ((), 0)
