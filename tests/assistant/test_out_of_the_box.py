"""The example of the README, over the documents that come with the project."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.engine import Assistant
from assistant.settings import Settings
from assistant.types import Status

Build = Callable[..., Assistant]

GOAL = "gaoping_2021_37#四/（二）/3"


@pytest.fixture(scope="module")
def assistant(build: Build) -> Assistant:
    return build(Settings().docs)


def test_the_first_question_and_the_next(assistant: Assistant) -> None:
    first = assistant.ask("高平中专2022年招生目标是多少")
    assert first.status is Status.ANSWERED
    assert "20%以上" in first.text
    assert "20%以上" in first.headline
    assert first.citations[0].clause.clause_id == GOAL
    assert first.citations[0].document.number == "高政办发〔2021〕37号"

    second = assistant.ask("那2025年呢？", [first])
    assert second.status is Status.ANSWERED
    assert "2025年" in second.standalone_question
    assert "25%" in second.headline
    assert second.citations[0].clause.clause_id == GOAL


def test_a_year_between_is_refused(assistant: Assistant) -> None:
    answer = assistant.ask("高平中专2023年招生目标是多少")
    assert answer.status is Status.REFUSED
    assert "2023年" in answer.text
    assert answer.headline == ""
