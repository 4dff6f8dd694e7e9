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


def _library_of(build, tmp_path, fees):
    """Build the rules for bicycle parking of as many places as there are fees."""
    docs = tmp_path / "many"
    docs.mkdir()
    for place, (name, said) in enumerate(fees.items(), 1):
        text = (
            f"{name}人民政府办公室关于印发{name}停车管理办法的通知\n"
            f"第一条 市城管局负责停车场所的管理。\n第二条 {said}\n"
            f"{name}人民政府办公室\n2023年5月{place}日\n"
        )
        (docs / f"d{place:02d}.txt").write_text(text, encoding="utf-8")
    return build(docs)


NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"


def test_of_many_places_those_that_speak_of_the_matter_are_told(build, tmp_path):
    said = {f"{c}河市": "停车场所应当设置标志。" for c in NAMES}
    said |= {"卯河市": "汽车停放每小时收费6元。", "巳河市": "汽车停放每小时收费9元。"}
    answer = _library_of(build, tmp_path, said).ask("各地汽车停放一小时收费多少，哪里最贵")
    first, *lines = answer.text.split("\n")
    assert "最大" in first
    assert "巳河市（" in first
    assert sum("卯河市：" in line or "巳河市：" in line for line in lines) == 2
    assert lines[-1].startswith("另有4处")


def test_of_many_documents_the_first_and_the_last_have_a_line(build, tmp_path):
    said = {f"{c}河市": "停车场所应当设置标志。" for c in NAMES}
    answer = _library_of(build, tmp_path, said).ask("所有文件里最晚发的是哪家")
    first, *lines = answer.text.split("\n")
    assert "巳河市（2023年5月16日）" in first
    assert lines[0].startswith("巳河市：2023年5月16日")
    assert lines[-1].startswith("另有4处")
    assert len(lines) == 13


def test_figures_of_different_units_are_not_compared(build, tmp_path):
    said = {"甲河市": "汽车停放每小时收费6元。", "乙河市": "汽车停放收费由3家企业代收。"}
    answer = _library_of(build, tmp_path, said).ask("各地汽车停放收费多少，哪里最多")
    assert "最大的是" not in answer.text


def test_what_a_place_answers_stands_in_its_own_documents(build, tmp_path):
    said = {f"{c}河市": "汽车停放每小时收费6元，汽车停放按小时收费。" for c in NAMES[:-1]}
    said["巳河市"] = "汽车停放不收费。"
    answer = _library_of(build, tmp_path, said).ask("巳河市汽车停放一小时收费多少")
    assert {c.clause.doc_id for c in answer.citations} <= {"d16"}
