import json

import pytest

from eval.formats.reading import FormatError
from eval.windows import BEFORE, LONG, read_windows

TEXT = "".join(f"第{n}号展厅里放着第{n}件展品。" for n in range(100))


def windows(tmp_path, rows):
    path = tmp_path / "pairs.jsonl"
    lines = (json.dumps({"q": q, "p": p}, ensure_ascii=False) for q, p in rows)
    path.write_text("\n".join(lines), encoding="utf-8")
    return read_windows(path)


def test_overlapping_windows_become_one_passage_and_tell_where_the_answer_begins(tmp_path):
    answer = TEXT.index("第20件")
    later = TEXT[answer - BEFORE : answer - BEFORE + LONG]
    passages, questions = windows(tmp_path, [("开头？", TEXT[:LONG]), ("第20号放着什么？", later)])
    assert len(passages) == 1
    assert TEXT.startswith(passages[0].text)
    assert (questions[1].first, questions[1].last) == (answer, answer)
    assert passages[0].text[answer:].startswith("第20件")


def test_an_answer_in_the_opening_window_is_known_to_stand_early(tmp_path):
    _, questions = windows(tmp_path, [("开头？", TEXT[:LONG])])
    assert (questions[0].first, questions[0].last) == (0, BEFORE)


def test_a_short_passage_tells_nothing(tmp_path):
    passages, questions = windows(tmp_path, [("哪一件？", TEXT[:90])])
    assert len(passages) == 1
    assert questions == []


def test_a_window_met_before_the_opening_one_moves_along(tmp_path):
    answer = TEXT.index("第20件")
    later = TEXT[answer - BEFORE : answer - BEFORE + LONG]
    _, questions = windows(tmp_path, [("第20号放着什么？", later), ("开头？", TEXT[:LONG])])
    assert questions[0].first == answer


def test_another_shape_is_told_by_line(tmp_path):
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"q": "一", "p": "二"}\n{"question": "三"}', encoding="utf-8")
    with pytest.raises(FormatError, match="第 2 行"):
        read_windows(path)
