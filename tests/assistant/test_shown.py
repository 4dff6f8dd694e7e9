"""Days and titles as Chinese readers write them."""

from __future__ import annotations

from assistant.shown import shown_date, shown_recognition, shown_title


def test_dates_are_shown_as_readers_write_them() -> None:
    assert shown_date("2021-09-01") == "2021年9月1日"
    assert shown_date("") == ""
    assert shown_date("约2021") == "约2021"


def test_titles_are_shown_with_their_numbers() -> None:
    assert shown_title("某计划", "某发〔2021〕1号") == "《某计划》（某发〔2021〕1号）"
    assert shown_title("关于印发《某计划》的通知") == "关于印发《某计划》的通知"


def test_recognition_is_never_shown_as_certain() -> None:
    assert shown_recognition(0.999).startswith("图片识别，把握 0.99")
