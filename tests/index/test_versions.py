"""How the documents of a library stand to each other: hidden, repealed, replaced, amended."""

import pytest

from index.loaders.source import SourceText
from index.parsing.documents import parse_documents
from index.types import Reference
from index.versions import Hidden, Note, NoteKind, Reason, resolve

RULES = """青教发〔2019〕3号
青山市招生办法
第一条 为了招生，制定本办法。
第二条 六月一日报名。
青山市教育局
2019年3月1日
"""
REVISED = """青教发〔2022〕5号
青山市招生办法（2022年修订）
第一条 为了招生，制定本办法。
第二条 五月一日报名。
第三条 本办法自2022年7月1日起施行，《青山市招生办法》（青教发〔2019〕3号）同时废止。
青山市教育局
2022年6月1日
"""
READING = "《青山市招生办法》解读\n一、背景\n规范招生。\n青山市教育局\n2019年3月1日\n"


@pytest.fixture
def library():
    """Parse made-up files, given by name, to documents with those names as ids."""

    def read(**files):
        return [
            parsed.document
            for name, text in files.items()
            for parsed in parse_documents(SourceText(name, f"{name}.txt", text, "0" * 64))
        ]

    return read


def front(text, **fields):
    lines = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\n{lines}---\n{text}"


def test_documents_that_stand_for_themselves_are_in_neither(library):
    resolution = resolve(library(a=RULES, b="青山市校车办法\n第一条 校车优先。\n"))
    assert (dict(resolution.hidden), dict(resolution.notes)) == ({}, {})


def test_a_digest_and_a_copy_are_hidden_behind_the_full_text(library):
    digest = front(
        "青山市招生办法\n第一条 六月起报名。\n", 发文字号="青教发[2019]3号", 类型="要点整理"
    )
    resolution = resolve(library(digest=digest, a=RULES, copy=RULES.replace("\n", "\n\n")))
    assert dict(resolution.hidden) == {
        "digest": Hidden(Reason.DIGEST, "a"),
        "copy": Hidden(Reason.COPY, "a"),
    }


def test_a_digest_of_another_number_stays(library):
    digest = front(
        "青山市招生办法\n第一条 六月起报名。\n", 发文字号="青教发〔2020〕9号", 类型="要点整理"
    )
    assert not resolve(library(digest=digest, a=RULES)).hidden


def test_the_interpretation_behind_the_text_hides_one_of_the_same_title(library):
    own = front("《青山市招生办法》解读\n一、背景\n整理而成。\n", 类型="解读")
    resolution = resolve(library(own=own, a=RULES + READING))
    assert dict(resolution.hidden) == {"own": Hidden(Reason.INTERPRETATION, "a_解读")}


def test_a_text_that_another_ends_is_noted_with_that_one_and_its_day(library):
    resolution = resolve(library(old=RULES, new=REVISED))
    reference = Reference("青山市招生办法（2022年修订）", "青教发〔2022〕5号")
    assert dict(resolution.notes) == {
        "old": (Note(NoteKind.REPEALED, "new", reference, "2022-07-01"),)
    }


def test_a_repeal_notice_reaches_each_text_it_lists(library):
    notice = (
        "青山市教育局关于废止部分文件的通知\n各学校：\n决定废止下列文件：\n"
        "1.《青山市招生办法》（青教发〔2019〕3号）\n2.《青山市校车办法》\n青山市教育局\n2023年1月5日\n"
    )
    bus = "青山市校车办法\n第一条 校车优先。\n青山市教育局\n2018年1月1日\n"
    later = bus.replace("2018年", "2024年").replace("优先", "先行")
    notes = resolve(library(notice=notice, a=RULES, bus=bus)).notes
    assert {
        (doc_id, note.kind, note.by, note.on) for doc_id in notes for note in notes[doc_id]
    } == {
        ("a", NoteKind.REPEALED, "notice", "2023-01-05"),
        ("bus", NoteKind.REPEALED, "notice", "2023-01-05"),
    }
    assert "bus" not in resolve(library(notice=notice, bus=later)).notes


@pytest.mark.parametrize("named", ["市政府令第12号", "国务院令第12号", "教育部令第12号"])
def test_an_order_is_known_by_its_short_name_too(library, named):
    heads = {"市政府令第12号": "青山市人民政府令\n第12号", "国务院令第12号": "国令第12号"}
    head = heads.get(named, "中华人民共和国教育部令\n第12号")
    old = f"{head}\n青山市校车办法\n第一条 校车优先。\n2015年1月5日\n"
    new = f"青山市校车规定\n第一条 《青山市校车办法》（{named}）同时废止。\n青山市人民政府\n2022年1月5日\n"
    (note,) = resolve(library(old=old, new=new)).notes["old"]
    assert (note.kind, note.by) == (NoteKind.REPEALED, "new")
    assert not resolve(library(old=old, new=new.replace("第12号", "第21号"))).notes


def test_a_title_alone_means_a_text_of_the_same_body(library):
    rule = "学生管理办法\n第一条 按时到校。\n{}\n{}年1月5日\n"
    ending = rule.format("青山市第一中学", 2022).replace(
        "到校。", "到校。《学生管理办法》同时废止。"
    )
    own, others = rule.format("青山市第一中学", 2019), rule.format("青山市第二中学", 2019)
    notes = resolve(library(new=ending, own=own, others=others.replace("按时", "准时"))).notes
    assert list(notes) == ["own"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("青山市招生办法", "青山市招生办法"),
        ("青山市招生办法（试行）", "青山市招生办法"),
        ("青山市招生办法（征求意见稿）", "青山市招生办法"),
        ("青山市招生指南（2020年版）", "青山市招生指南2021年版"),
        ("青山市资助方案（试行）", "青山市资助方案"),
    ],
)
def test_a_later_edition_of_the_same_body_replaces_the_earlier(library, first, second):
    text = "{}\n第一条 {}报名。\n青山市教育局\n{}年3月1日\n"
    old, new = text.format(first, "六月", 2020), text.format(second, "五月", 2021)
    (note,) = resolve(library(old=old, new=new)).notes["old"]
    assert (note.kind, note.by, note.reference.title) == (NoteKind.REPLACED, "new", second)
    assert note.on == "2021-03-01"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("青山市2020年招生办法", "青山市2021年招生办法"),
        ("青山市行动计划（2016—2020年）", "青山市行动计划（2021—2025年）"),
        ("青山市教育局关于招生工作的通知", "青山市教育局关于招生工作的通知"),
        ("青山市招生办法", "青山市招生办法（征求意见稿）"),
        ("青山市招生办法", "白河市招生办法"),
    ],
)
def test_texts_of_other_years_places_and_drafts_replace_nothing(library, first, second):
    text = "{}\n第一条 {}报名。\n青山市教育局\n{}年3月1日\n"
    old, new = text.format(first, "六月", 2020), text.format(second, "五月", 2021)
    assert not resolve(library(old=old, new=new)).notes


def test_of_several_editions_the_latest_is_told(library):
    text = "青山市招生办法\n第一条 {}月报名。\n青山市教育局\n{}年3月1日\n"
    files = {f"y{year}": text.format(year % 10, year) for year in (2018, 2019, 2021)}
    notes = resolve(library(**files)).notes
    assert {doc_id: [note.by for note in found] for doc_id, found in notes.items()} == {
        "y2018": ["y2021"],
        "y2019": ["y2021"],
    }


def test_an_amendment_is_noted_on_what_it_changes_but_not_on_a_later_text(library):
    change = "青山市教育局关于修改《青山市招生办法》的决定\n一、删去第二条。\n青山市教育局\n2020年4月1日\n"
    (note,) = resolve(library(change=change, a=RULES)).notes["a"]
    assert (note.kind, note.by, note.on) == (NoteKind.AMENDED, "change", "2020-04-01")
    assert not resolve(library(change=change, a=RULES.replace("2019年3月", "2020年5月"))).notes


def test_what_a_text_says_of_its_own_end_has_no_other_document(library):
    own = front(
        RULES.replace("六月一日报名。", "本办法自2019年4月1日起施行，有效期5年。"),
        废止日期="2023年2月1日",
    )
    ends = Note(NoteKind.REPEALED, on="2023-02-01")
    assert resolve(library(a=own)).notes["a"] == (ends,)
    lasting = own.replace("废止日期: 2023年2月1日\n", "")
    assert resolve(library(a=lasting)).notes["a"] == (Note(NoteKind.EXPIRES, on="2024-03-31"),)


def test_an_interpretation_ends_nothing(library):
    reading = READING.replace("规范招生。", "《青山市校车办法》（青教发〔2018〕1号）同时废止。")
    bus = "青教发〔2018〕1号\n青山市校车办法\n第一条 校车优先。\n"
    assert not resolve(library(reading=reading, bus=bus)).notes


def test_hidden_documents_are_neither_noted_nor_told_of(library):
    copy = REVISED.replace("\n", "\n\n")
    resolution = resolve(
        library(copy=RULES.replace("\n", "\n\n"), old=RULES, new=REVISED, again=copy)
    )
    assert set(resolution.hidden) == {"old", "again"}
    assert [note.by for note in resolution.notes["copy"]] == ["new"]
