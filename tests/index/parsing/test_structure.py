"""Paragraphs to labelled clauses: what each way of writing becomes."""

import pytest

from index.types import ClauseKind

NOTICE = "青山市教育局关于印发青山市招生办法的通知"


@pytest.fixture
def labels(parse):
    """Return the labels of a made-up text whose title is in its first line."""

    def read(*lines):
        (parsed,) = parse("\n".join(["青山市招生计划", *lines]))
        return [clause.labels for clause in parsed.clauses][1:]

    return read


def test_headings_nest_by_level(labels):
    lines = [
        "一、甲",
        "（一）乙",
        "1.丙",
        "（1）丁",
        "①戊",
        "②己",
        "（2）庚",
        "2.辛",
        "（二）壬",
        "二、癸",
    ]
    assert labels(*lines) == [
        "一",
        "一/（一）",
        "一/（一）/1",
        "一/（一）/1/（1）",
        "一/（一）/1/（1）/①",
        "一/（一）/1/（1）/②",
        "一/（一）/1/（2）",
        "一/（一）/2",
        "一/（二）",
        "二",
    ]


def test_arabic_numbers_may_go_on_across_headings(labels):
    lines = ["一、甲", "（一）乙", "1.丙。", "2.丁。", "（二）戊", "3.己。"]
    assert labels(*lines)[-1] == "一/（二）/3"


def test_a_number_that_does_not_go_on_is_no_heading(labels):
    assert labels("一、甲", "二、乙", "十、百、千的进位。", "三、丙") == [
        "一",
        "二",
        "二/段1",
        "三",
    ]


def test_chapters_articles_and_items_nest(labels):
    lines = [
        "第一章 甲",
        "第一条 乙。",
        "丙。",
        "第二条 丁：",
        "（一）戊；",
        "1.己；",
        "（二）庚。",
        "辛。",
    ]
    assert labels(*lines, "第二章 壬", "第三条 癸。") == [
        "第一章",
        "第一章/第一条",
        "第一章/第一条/款2",
        "第一章/第二条",
        "第一章/第二条/（一）",
        "第一章/第二条/（一）/1",
        "第一章/第二条/（二）",
        "第一章/第二条/款2",
        "第二章",
        "第二章/第三条",
    ]


def test_a_cross_reference_in_an_article_is_its_next_paragraph(labels):
    assert labels("第一条 甲。", "第二条 乙。", "第一条所列学校除外。")[-1] == "第二条/款2"


def test_dashed_lines_are_items_and_others_paragraphs(parse):
    (parsed,) = parse("青山市招生计划\n一、目标\n具体目标：\n——扩大规模。\n•提高质量。\n完了。")
    clauses = parsed.clauses[2:]
    assert [c.labels for c in clauses] == ["一/段1", "一/项1", "一/项2", "一/段2"]
    assert [c.kind for c in clauses] == [
        ClauseKind.PARAGRAPH,
        *[ClauseKind.ITEM] * 2,
        ClauseKind.PARAGRAPH,
    ]
    assert clauses[1].shown_path == "一、目标（第1项）"


def test_a_short_line_is_a_heading_and_a_first_sentence_a_title(parse):
    (parsed,) = parse("青山市招生计划\n一、目标\n（一）扩大规模。到2022年翻番。")
    heading, paragraph = parsed.clauses[1:]
    assert (heading.kind, heading.titles) == (ClauseKind.HEADING, ("目标",))
    assert (paragraph.kind, paragraph.titles) == (ClauseKind.PARAGRAPH, ("目标", "扩大规模"))


def test_a_title_may_be_broken_over_lines_with_its_organs_above(parse):
    (parsed,) = parse(
        "青教〔2021〕1号\n\n青山市教育局 青山市财政局\n关于做好青山市高中阶段学校\n招生工作的通知\n\n"
        "各学校：\n现通知如下。\n一、时间\n六月。\n"
    )
    assert parsed.document.title == (
        "青山市教育局青山市财政局关于做好青山市高中阶段学校招生工作的通知"
    )
    assert [c.labels for c in parsed.clauses] == [
        "版头/发文字号",
        "标题",
        "版头/主送",
        "段1",
        "一",
        "一/段1",
    ]


def test_a_covering_notice_stands_before_the_plan(labels, parse):
    text = f"{NOTICE}\n各学校：\n现印发给你们。\n青山市教育局\n2021年1月2日\n青山市招生办法\n一、甲\n乙。"
    (parsed,) = parse(text)
    assert [c.labels for c in parsed.clauses] == [
        "版头/标题",
        "版头/主送",
        "通知/段1",
        "落款/署名",
        "落款/成文日期",
        "标题",
        "一",
        "一/段1",
    ]
    assert parsed.document.title == "青山市招生办法"


def test_a_pointer_to_an_annex_is_told_from_the_annex(labels):
    lines = [
        "一、甲",
        "附件：1.青山市任务分工表",
        "2.青山市考核办法",
        "青山市教育局",
        "2021年1月2日",
    ]
    annexes = [
        "附件1",
        "青山市任务分工表",
        "序号\t任务",
        "1\t乙",
        "附件2",
        "青山市考核办法",
        "一、丙",
    ]
    assert labels(*lines, *annexes) == [
        "一",
        "附件说明",
        "附件说明~2",
        "落款/署名",
        "落款/成文日期",
        "附件1/标题",
        "附件1/表头",
        "附件1/1",
        "附件2/标题",
        "附件2/一",
    ]


@pytest.mark.parametrize(
    "end", [[], ["2.报名表"], ["青山市教育局", "2021年1月2日"], ["2021年1月2日"]]
)
def test_a_pointer_whose_annex_is_not_in_the_file_opens_none(labels, end):
    assert labels("一、甲", "附件：1.检查表", *end)[:2] == ["一", "附件说明"]


def test_an_annex_with_its_title_behind_the_mark_is_one(labels):
    found = labels("一、甲", "2021年1月2日", "附件2：学校名单", "一、公办学校", "青山一中。")
    assert found[2:] == ["附件2/标题", "附件2/一", "附件2/一/段1"]


def test_a_short_line_below_the_mark_of_an_annex_is_its_title(parse):
    (parsed,) = parse(
        "青山市招生计划\n一、甲\n2021年1月2日\n附件2\n时间安排\n6月1日报名。\n附件3\n6月2日"
    )
    annexes = [c for c in parsed.clauses if c.labels.startswith("附件")]
    assert [c.shown_path for c in annexes] == [
        "附件2《时间安排》",
        "附件2《时间安排》（第1段）",
        "附件3",
        "附件3（第1段）",
    ]


def test_a_chapter_without_a_number_is_one_all_the_same(labels):
    lines = [
        "第一章　总　则",
        "第一条　甲。",
        "第二章　学校",
        "附　则",
        "第二条　乙。",
        "第三章　丙",
    ]
    assert labels(*lines) == ["第一章", "第一章/第一条", "第二章", "附则", "附则/第二条", "第三章"]


def test_the_path_of_an_annex_shows_its_title(parse):
    (parsed,) = parse("青山市招生计划\n一、甲\n2021年1月2日\n附件\n任务分工表\n序号\t任务\n1\t乙")
    assert parsed.clauses[-1].shown_path == "附件《任务分工表》序号1"


def test_tables_in_the_text_are_numbered_below_their_heading(labels):
    lines = ["一、甲", "学校\t人数", "一中\t100", "以上为高中。", "学校\t人数", "二中\t50"]
    assert labels(*lines) == [
        "一",
        "一/表/表头",
        "一/表/行1",
        "一/段1",
        "一/表2/表头",
        "一/表2/行1",
    ]


def test_levels_may_be_skipped_and_marks_are_read_in_every_width(labels):
    lines = ["一、甲", "1、乙", "(1)丙", "1）丁", "① 戊", "A．己", "2．庚", "二、辛", "(一) 壬"]
    assert labels(*lines) == [
        "一",
        "一/1",
        "一/1/（1）",
        "一/1/（1）/1）",
        "一/1/（1）/1）/①",
        "一/1/（1）/1）/①/A",
        "一/2",
        "二",
        "二/（一）",
    ]


def test_articles_stand_below_headings_that_came_first(labels):
    lines = ["一、总则", "第一条 甲。", "（一）乙。", "二、附则", "第二条 丙。"]
    assert labels(*lines) == ["一", "一/第一条", "一/第一条/（一）", "二", "二/第二条"]


@pytest.mark.parametrize(
    "line",
    [
        "第一，建立机制。",
        "一是建立，二是健全。",
        "一、二类学校参加。",
        "3.5万元用于补助。",
        "2022年起实行。",
    ],
)
def test_what_only_begins_like_a_number_is_a_paragraph(labels, line):
    assert labels("一、甲", "（一）乙。", line) == ["一", "一/（一）", "一/（一）/段1"]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("以上各项由市教育局牵头。", "一/段1"),
        ("本通知自印发之日起施行。", "段1"),
        ("特此通知。", "段1"),
        ("以上学历者优先。", "一/（二）/段1"),
        ("本地学生优先。", "一/（二）/段1"),
    ],
)
def test_what_closes_a_list_or_the_text_leaves_the_last_item(labels, line, label):
    assert labels("一、甲", "（一）乙。", "（二）丙。", line)[-1] == label


def test_a_title_and_its_text_may_share_a_line(parse):
    body = "坚持立德树人根本任务，全面提高教育教学质量，办好人民满意的教育。"
    (parsed,) = parse(f"青山市招生计划\n一、总体要求　{body}\n二、目 标\n三、甲 乙")
    assert [c.titles for c in parsed.clauses[1:]] == [("总体要求",), ("目标",), ("甲乙",)]


def test_joint_issuers_above_the_title_are_letterhead(parse):
    lines = [
        "青山市教育局",
        "青山市财政局文件",
        "青教〔2021〕1号",
        "关于做好招生工作的通知",
        "一、甲",
    ]
    (parsed,) = parse("\n".join(lines))
    assert [(c.labels, c.cells[0].text) for c in parsed.clauses[:2]] == [
        ("版头/发文机关", "青山市教育局"),
        ("版头/发文机关~2", "青山市财政局"),
    ]


def test_the_first_line_is_the_title_of_what_is_numbered_below_it(parse):
    (parsed,) = parse("青山市学生作息若干规程之释义\n一、甲\n乙。")
    assert parsed.document.title == "青山市学生作息若干规程之释义"


def test_a_list_that_an_article_opens_with_is_no_addressee(labels):
    assert labels("第一条　学校应当：", "（一）甲；") == ["第一条", "第一条/（一）"]


def test_numbering_begins_again_in_every_part_of_a_file(parse):
    notice = [NOTICE, "各学校：", "现印发给你们。", "青山市教育局", "2021年1月2日"]
    plan = ["青山市招生办法", "一、甲", "（一）乙。"]
    annexes = ["附件1", "青山市分工表", "序号\t任务", "1\t丙", "附件2 青山市考核办法", "一、丁"]
    reading = ["《青山市招生办法》解读", "一、戊"]
    first, second = parse("\n".join([*notice, *plan, *annexes, *reading]))
    assert [c.labels for c in first.clauses][5:] == [
        "标题",
        "一",
        "一/（一）",
        "附件1/标题",
        "附件1/表头",
        "附件1/1",
        "附件2/标题",
        "附件2/一",
    ]
    assert [c.labels for c in second.clauses] == ["标题", "一"]


def test_a_long_clause_is_cut_at_ends_of_sentences(parse):
    sentences = [f"第{i}所学校招生三百人，其中本地学生占多数。" for i in range(120)]
    (parsed,) = parse("青山市招生计划\n一、甲\n（一）" + "".join(sentences))
    clauses = parsed.clauses[2:]
    assert [c.labels for c in clauses] == [
        "一/（一）",
        "一/（一）/续2",
        "一/（一）/续3",
        "一/（一）/续4",
    ]
    assert clauses[1].shown_path == "一、甲（一）（续2）"
    assert "".join(c.text for c in clauses) == "（一）" + "".join(sentences)
    assert all(c.text.endswith("。") and len(c.text) <= 800 for c in clauses)
    assert parsed.document.noise == ()


def test_a_caption_and_a_unit_above_a_table_belong_to_its_head(parse):
    lines = [
        "一、招生",
        "表1　各校招生计划",
        "单位：人",
        "学校\t2022\t2023",
        "一中\t1\t2",
        "合计\t1\t2",
        "三月报名。",
    ]
    (parsed,) = parse("青山市招生办法\n" + "\n".join(lines))
    head, row, total, after = parsed.clauses[2:]
    assert (head.labels, head.text) == (
        "一/表/表头",
        "表1　各校招生计划\n单位：人\n学校\t2022\t2023",
    )
    assert row.titles == ("招生", "表1　各校招生计划 单位：人")
    assert [(c.head, c.text) for c in row.cells] == [("学校", "一中"), ("2022", "1"), ("2023", "2")]
    assert (total.labels, total.shown_path) == ("一/表/合计", "一、招生 表 合计")
    assert after.labels == "一/段1"


def test_the_two_rows_of_a_head_are_one_clause(parse):
    (parsed,) = parse(
        "青山市招生计划\n学校\t招生\t\n\t2022\t2023\n一中\t1\t2\n学校\t招生\t\n\t2022\t2023\n二中\t3\t4"
    )
    assert [c.labels for c in parsed.clauses[1:]] == ["表/表头", "表/行1", "表/行2"]
    assert parsed.clauses[1].text == "学校\t招生\n\t2022\t2023"
    assert parsed.document.noise == ("学校\t招生", "\t2022\t2023")


@pytest.mark.parametrize("caption", [[], ["分工表二"]])
def test_a_new_head_or_another_shape_begins_a_new_table(parse, caption):
    lines = [
        "青山市招生计划",
        "学校\t人数",
        "一中\t100",
        *caption,
        "序号\t任务",
        "1\t甲",
        "| 序号 | 单位 |",
        "| 1 | 科 |",
    ]
    (parsed,) = parse("\n".join(lines))
    rows = [c for c in parsed.clauses if c.kind is ClauseKind.ROW]
    assert [c.labels for c in rows] == ["表/行1", "表2/1", "表3/1"]
    assert [tuple(cell.head for cell in c.cells) for c in rows] == [
        ("学校", "人数"),
        ("序号", "任务"),
        ("序号", "单位"),
    ]


def test_a_section_row_stands_in_the_path_of_the_rows_below(parse):
    (parsed,) = parse("青山市招生计划\n序号\t任务\n一、建设\n1\t甲\n二、招生\n2\t乙")
    assert [(c.labels, c.shown_path) for c in parsed.clauses[2:]] == [
        ("表/一", "表 一、建设"),
        ("表/1", "表 一、建设 序号1"),
        ("表/二", "表 二、招生"),
        ("表/2", "表 二、招生 序号2"),
    ]


def test_a_repeated_head_is_declared_noise(parse):
    (parsed,) = parse("青山市招生计划\n序号\t任务\n1\t甲\n序号\t任务\n2\t乙")
    assert [c.labels for c in parsed.clauses] == ["标题", "表/表头", "表/1", "表/2"]
    assert parsed.document.noise == ("序号\t任务",)


def test_joint_signatures_are_signatures(labels):
    lines = ["一、甲", "乙。", "青山市教育局", "青山市财政局", "2021年1月2日"]
    assert labels(*lines)[2:] == ["落款/署名", "落款/署名~2", "落款/成文日期"]


def test_a_list_of_schools_is_neither_signature_nor_colophon(labels):
    assert labels("一、试点学校", "青山市实验学校", "青山市职业学院", "二、附则") == [
        "一",
        "一/段1",
        "一/段2",
        "二",
    ]


def test_the_colophon_is_read_to_its_end(labels):
    lines = ["一、甲", "抄送：市委办公室，", "市法院。", "青山市教育局办公室", "2021年1月2日印发"]
    assert labels(*lines)[1:] == ["版记/抄送", "版记/印发机关", "版记/印发日期"]


def test_clause_ids_are_unique_and_without_white_space(parse):
    text = (
        "青山市招生计划\n学校 名称\t数\n（一） 组\n一中\t1\n一、甲\n一、甲\n一、甲\n第 一 条 乙\n"
    )
    (parsed,) = parse(text)
    ids = [clause.clause_id for clause in parsed.clauses]
    assert len(set(ids)) == len(ids)
    assert not any(character.isspace() for clause_id in ids for character in clause_id)
    assert {"d#一", "d#一~2", "d#一~3"} < set(ids)
