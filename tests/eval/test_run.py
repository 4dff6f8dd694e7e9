"""Asking and judging, with a stand-in for the assistant."""

from __future__ import annotations

from typing import Any

import pytest

from eval.dataset import QAItem
from eval.run import run_items


def test_turns_are_asked_in_order_with_history(items: list[QAItem], echo: Any) -> None:
    results = run_items(echo, items)
    assert echo.histories == [0, 1, 0, 0, 0, 0]
    assert results[0].answer.text == "20%以上〔1〕"


def test_failures_are_named(items: list[QAItem], echo: Any) -> None:
    results = run_items(echo, items)
    assert [result.failures for result in results] == [
        (),
        ("答错", "数字无据"),
        ("误拒",),
        (),
        ("该拒未拒", "数字无据"),
    ]
    assert [result.is_right for result in results] == [True, False, False, True, False]


def test_progress_is_told(items: list[QAItem], echo: Any) -> None:
    told: list[tuple[int, int]] = []
    run_items(echo, items, lambda done, total: told.append((done, total)))
    assert told == [(1, 5), (2, 5), (3, 5), (4, 5), (5, 5)]


def test_an_error_names_the_item(items: list[QAItem], echo: Any) -> None:
    echo.answers = {}
    with pytest.raises(KeyError) as caught:
        run_items(echo, items[1:])
    assert caught.value.__notes__ == ["题目 b：错"]
