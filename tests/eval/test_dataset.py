"""Reading QA files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.dataset import DatasetError, load_items

RECORD: dict[str, object] = {
    "id": "a-1",
    "question": "问",
    "answer": "答",
    "elements": [["答"]],
    "forbidden": [],
    "answerable": True,
    "type": "number",
    "style": "lay",
    "doc": "d",
    "clauses": ["四/（二）", "e#五"],
    "evidence": [],
    "split": "test",
}


def _written(tmp_path: Path, *records: object) -> Path:
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), "utf-8")
    return path


def test_load_resolves_clauses_and_turns(tmp_path: Path) -> None:
    turns = {k: v for k, v in RECORD.items() if k != "question"} | {"turns": ["一", "二"]}
    first, second = load_items([_written(tmp_path, RECORD, turns)])
    assert first.clauses == ("d#四/（二）", "e#五")
    assert first.turns == ("问",)
    assert second.question == "二"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"split": "train"}, "split"),
        ({"answerable": "yes"}, "answerable"),
        ({"elements": []}, "elements"),
        ({"elements": [[]]}, "elements"),
        ({"elements": ["答"]}, "elements"),
        ({"turns": ["一"]}, "turns"),
        ({"question": ""}, "question"),
        ({"clauses": [""]}, "clauses"),
        ({"id": ""}, "id"),
        ({"answerable": False}, "不可回答"),
        ({"quesiton": "问"}, "quesiton"),
    ],
)
def test_errors_name_file_line_and_field(
    tmp_path: Path, change: dict[str, object], message: str
) -> None:
    path = _written(tmp_path, RECORD, RECORD | change)
    with pytest.raises(DatasetError, match=rf"set\.jsonl 第 2 行：.*{message}"):
        load_items([path])


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text("\n{", "utf-8")
    with pytest.raises(DatasetError, match="第 2 行"):
        load_items([path])


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="读不出来"):
        load_items([tmp_path / "none.jsonl"])
