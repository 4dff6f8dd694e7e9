"""Documents of other fields are answered from too, and nothing is stated without a source."""

from __future__ import annotations

import json

import pytest

from eval.__main__ import main

FOLDER = "eval/other"


def run(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, dict[str, float]]:
    main(
        [
            "qa",
            f"{FOLDER}/questions.jsonl",
            "--docs",
            f"{FOLDER}/docs",
            "--no-out",
            "--json",
            *options,
        ]
    )
    group = json.loads(capsys.readouterr().out)["systems"]["条问"]["groups"][0]
    return group["figures"]


def test_questions_about_other_fields(capsys):
    figures = run(capsys)
    assert figures["correct_cited"]["mean"] > 0.6
    assert figures["false_answer"]["mean"] < 0.4
    assert figures["ungrounded"]["mean"] == 0


def test_the_questions_agree_with_the_documents(capsys):
    assert main(["check", f"{FOLDER}/questions.jsonl", "--docs", f"{FOLDER}/docs"]) == 0
    assert "0 个问题" in capsys.readouterr().out
