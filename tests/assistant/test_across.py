"""One question asked of several places, over the made-up library of three."""

from __future__ import annotations

import shutil

from assistant.types import Status


def test_each_place_that_says_something_has_a_line_and_the_others_share_one(made_up):
    answer = made_up.ask("各地建成一个老年食堂分别补助多少")
    assert answer.status is Status.ANSWERED
    assert "南溪县：" in answer.text
    assert "5万元" in answer.text
    assert answer.text.split("\n")[-1].endswith("未见规定")
    assert "青石市" in answer.text.split("\n")[-1]


def test_the_earliest_and_the_latest_document_are_named(made_up):
    answer = made_up.ask("这几个文件里最早发的是哪家，最晚发的又是哪家")
    earliest, latest, *lines = answer.text.split("\n")
    assert "最早" in earliest
    assert "南溪县" in earliest
    assert "最晚" in latest
    assert "白沙县" in latest
    assert len(lines) == 3


def test_the_place_that_is_left_out_has_no_line(made_up):
    answer = made_up.ask("除了青石市，还有谁的文件写了经费安排")
    assert "青石市：" not in answer.text


def test_what_nobody_says_is_refused(made_up):
    answer = made_up.ask("各地的航天发射场都选在哪个海岛")
    assert answer.status is Status.REFUSED
    assert answer.citations == ()


def test_a_document_without_a_place_is_told_by_its_title(library, build, tmp_path):
    docs = shutil.copytree(library, tmp_path / "docs")
    rules = "知行学院校园停车办法\n第一条　校内停车每小时收费2元。\n"
    answer = build(docs, rules).ask("各地建成一个老年食堂分别补助多少")
    assert answer.status is Status.ANSWERED
    assert "知行学院" in answer.text.split("\n")[-1]
