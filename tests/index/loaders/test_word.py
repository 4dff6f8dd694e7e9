"""A .docx gives what its reader sees on the page, in order."""

from io import BytesIO
from itertools import chain, groupby

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from index.errors import DocumentError
from index.loaders.files import read_file
from index.loaders.source import SourceText
from index.loaders.word import extract_docx
from index.parsing.documents import parse_documents


def saved(document):
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.fixture
def text(build_docx):
    return lambda body, **parts: extract_docx(build_docx(body, **parts), "a.docx").text


def r(content, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr>{content}</w:r>"


def t(words):
    return f"<w:t>{words}</w:t>"


def field_char(kind):
    return r(f'<w:fldChar w:fldCharType="{kind}"/>')


def table(*rows):
    cells = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl>{cells}</w:tbl>"


def tc(content, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def test_paragraphs_headings_and_tables_stand_in_order():
    document = docx.Document()
    document.add_heading("某县招生方案", 0)
    document.add_paragraph("一、总则")
    rows = document.add_table(2, 2)
    for cell, words in zip(rows._cells, ["学校", "计划", "甲校", "12"], strict=True):
        cell.text = words
    document.add_paragraph("二、附则")
    document.sections[0].header.paragraphs[0].text = "页眉"
    assert (
        extract_docx(saved(document), "a.docx").text
        == "某县招生方案\n一、总则\n学校\t计划\n甲校\t12\n二、附则\n"
    )


def test_a_line_break_is_a_line_and_a_page_break_is_nothing(text, p):
    assert (
        text(p(r(t("甲") + "<w:br/>" + t("乙") + '<w:br w:type="page"/>' + t("丙"))))
        == "甲\n乙丙\n"
    )


def test_a_tab_in_a_paragraph_does_not_make_it_a_table_row(text, p):
    assert text(p(r(t("附件：") + "<w:tab/>" + t("1.名单")))) == "附件： 1.名单\n"


def test_insertions_are_kept_and_deletions_dropped(text, p):
    runs = (
        r(t("招生")) + f"<w:ins>{r(t('二十'))}</w:ins>"
        f"<w:del>{r('<w:delText>三十</w:delText>')}</w:del>"
        f"<w:moveFrom>{r(t('旧'))}</w:moveFrom><w:moveTo>{r(t('名'))}</w:moveTo>"
    )
    assert text(p(runs)) == "招生二十名\n"


def test_a_deleted_paragraph_mark_joins_two_paragraphs(text, p):
    assert (
        text(p("招生计划", "<w:rPr><w:del/></w:rPr>") + p("另行公布。") + p("完"))
        == "招生计划另行公布。\n完\n"
    )


def test_a_deleted_mark_at_the_very_end_loses_nothing(text, p):
    assert text(p("甲") + p("乙", "<w:rPr><w:del/></w:rPr>")) == "甲\n乙\n"


def test_hidden_text_is_left_out(text, p):
    styles = '<w:style w:type="character" w:styleId="隐"><w:rPr><w:vanish/></w:rPr></w:style>'
    runs = (
        r(t("甲"), "<w:vanish/>")
        + r(t("乙"), '<w:rStyle w:val="隐"/>')
        + r(t("丙"), '<w:vanish w:val="0"/>')
    )
    assert text(p(runs), styles=styles) == "丙\n"


def test_fields_show_their_result_and_not_their_code(text, p):
    runs = (
        field_char("begin") + r("<w:instrText>REF _1</w:instrText>")
        + field_char("begin") + r("<w:instrText>PAGE</w:instrText>")
        + field_char("separate") + r(t("9")) + field_char("end")
        + field_char("separate") + r(t("第三条")) + field_char("end") + r(t("规定"))
        + f'<w:fldSimple w:instr="DATE">{r(t("2021年"))}</w:fldSimple>'
    )  # fmt: skip
    assert text(p(runs)) == "第三条规定2021年\n"


def test_a_circled_number_made_by_a_field_is_a_character(text, p):
    runs = field_char("begin") + r(r"<w:instrText>eq \o\ac(○,3)</w:instrText>") + field_char("end")
    assert text(p(runs + r(t("报名")))) == "③报名\n"


def contents(p, closing):
    opening = (
        field_char("begin") + r('<w:instrText>TOC \\o "1-3"</w:instrText>') + field_char("separate")
    )
    return p(opening + r(t("一、总则 1"))) + p("二、附则 2") + p(closing or r(t("")))


def test_a_table_of_contents_is_no_text(text, p):
    assert text(contents(p, field_char("end")) + p("一、总则")) == "一、总则\n"


def test_a_table_of_contents_without_end_is_told(build_docx, p):
    found = extract_docx(build_docx(p("甲") + contents(p, "") + p("乙")), "a.docx")
    assert found.text == "甲\n"
    assert "目录" in found.warnings[0]


def test_a_field_that_is_never_closed_hides_no_more_than_its_paragraph(text, p):
    assert text(p(field_char("begin") + r(t("甲"))) + p("乙")) == "乙\n"


def test_content_controls_are_read_and_their_prompts_are_not(text, p):
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    prompt = control.format("<w:showingPlcHdr/>", r(t("单击此处")))
    body = control.format("", p("甲") + table([tc(p("乙")), tc(p("丙"))])) + p(
        prompt + control.format("", r(t("丁")))
    )
    assert text(body) == "甲\n乙\t丙\n丁\n"


@pytest.mark.parametrize("with_fallback", [True, False])
def test_a_text_box_is_read_once_behind_its_paragraph(text, p, with_fallback):
    box = f"<w:txbxContent>{p('某县人民政府文件')}</w:txbxContent>"
    old = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    new = f"<mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    both = f"<mc:AlternateContent>{new}<mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>"
    runs = r(both if with_fallback else old) + r(t("正文"))
    assert text(p(runs)) == "正文\n某县人民政府文件\n"


def test_a_text_box_within_a_field_is_read(text, p):
    box = f"<w:pict><w:txbxContent>{p('框')}</w:txbxContent></w:pict>"
    assert text(p(f'<w:fldSimple w:instr="REF a">{r(box)}{r(t("甲"))}</w:fldSimple>')) == "甲\n框\n"


def test_a_reading_aid_over_characters_is_left_out(text, p):
    ruby = f"<w:ruby><w:rt>{r(t('pinyin'))}</w:rt><w:rubyBase>{r(t('邛'))}</w:rubyBase></w:ruby>"
    assert text(p(r(ruby) + r(t("崃")))) == "邛崃\n"


def test_boxes_of_a_form_are_characters(text, p):
    assert text(p(r('<w:sym w:font="Wingdings" w:char="F0A8"/>') + r(t("同意")))) == "□同意\n"


def test_notes_stand_at_the_end(text, p):
    notes = (
        f'<w:footnote w:id="-1" w:type="separator">{p(r("<w:separator/>"))}</w:footnote>'
        f'<w:footnote w:id="2">{p(r("<w:footnoteRef/>") + r(t("含民办学校。")))}</w:footnote>'
    )
    body = p(r(t("全市学校")) + r('<w:footnoteReference w:id="2"/>') + r(t("均可。"))) + p("完")
    assert text(body, footnotes=notes) == "全市学校均可。\n完\n注：含民办学校。\n"


def test_merged_cells_stand_once():
    document = docx.Document()
    grid = document.add_table(3, 4)
    for cell, words in zip(grid._cells, "校计AB校新旧注甲12无", strict=True):
        cell.text = words
    grid.cell(0, 0).merge(grid.cell(1, 0)).text = "学校"
    grid.cell(0, 1).merge(grid.cell(0, 2)).text = "计划"
    grid.cell(0, 3).merge(grid.cell(1, 3)).text = "备注"
    assert (
        extract_docx(saved(document), "a.docx").text
        == "学校\t计划\t\t备注\n\t新\t旧\n甲\t1\t2\t无\n"
    )


def test_a_row_that_starts_further_right_keeps_its_columns(text, p):
    rows = [tc(p("甲")), tc(p("乙")), tc(p("丙"))], [tc(p("丁"), '<w:gridSpan w:val="2"/>')]
    shifted = '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + rows[1][0] + "</w:tr>"
    assert text(table(rows[0]).replace("</w:tbl>", shifted + "</w:tbl>")) == "甲\t乙\t丙\n\t丁\n"


def test_borders_moved_by_hand_make_no_columns(text, p):
    wide = '<w:gridSpan w:val="2"/>'
    body = table(
        [tc(p("校"), wide), tc(p("数"))], [tc(p("甲")), tc(p("1"), wide)], [tc(p("合计2"), wide)]
    )
    assert text(body) == "校\t数\n甲\t1\n合计2\n"


def test_breaks_in_a_cell_go_and_figures_stay_apart(text, p):
    cell = p("报名") + p(r(t("时间") + "<w:br/>" + t("12"))) + p("15")
    assert text(table([tc(cell), tc(p("乙"))])) == "报名时间12 15\t乙\n"


def test_deleted_rows_and_empty_rows_are_dropped(text, p):
    body = table([tc(p("甲")), tc(p("乙"))], [tc(p()), tc(p())])
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{tc(p('旧'))}{tc(p('旧'))}</w:tr>"
    assert text(body.replace("</w:tbl>", gone + "</w:tbl>")) == "甲\t乙\n"


def test_a_frame_of_one_cell_is_text_and_a_table_in_it_a_table(text, p):
    inner = table([tc(p("甲")), tc(p("乙"))], [tc(p("1")), tc(p("2"))])
    assert (
        text(table([tc(p("一、总则") + p("正文。") + inner)])) == "一、总则\n正文。\n甲\t乙\n1\t2\n"
    )


def test_a_table_in_a_cell_is_part_of_its_row(text, p):
    inner = table([tc(p("语文")), tc(p("150"))], [tc(p("数学")), tc(p("120"))])
    assert text(table([tc(p("科目")), tc(inner + p())])) == "科目\t语文 150 数学 120\n"


def test_pictures_are_told_and_a_file_of_pictures_is_refused(build_docx, p):
    picture = r("<w:drawing><a:blip/></w:drawing>")
    assert "1 张图片" in extract_docx(build_docx(p("文") + p(picture)), "a.docx").warnings[0]
    with pytest.raises(DocumentError, match="只有图片"):
        extract_docx(build_docx(p(picture)), "a.docx")


def test_the_strict_form_of_the_format_is_read(build_docx, zipped, p):
    members = {
        "_rels/.rels": '<Relationships><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/'
        'relationships/officeDocument" Target="/word/document.xml"/></Relationships>',
        "word/document.xml": '<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">'
        f"<w:body>{p(r(t('隐'), '<w:vanish/>') + r(t('总则')))}</w:body></w:document>",
    }
    assert extract_docx(zipped(members), "a.docx").text == "总则\n"


def test_a_relation_to_a_part_that_is_not_there_does_no_harm(zipped, p):
    data = saved(docx.Document())
    document = docx.Document(BytesIO(data))
    document.add_paragraph("总则")
    relation = document.part.rels
    relation.get_or_add_ext_rel("http://x/numbering", "NULL")
    assert extract_docx(saved(document), "a.docx").text == "总则\n"


PLAIN = """某县人民政府办公室关于招生工作的通知
某政办发〔2021〕3号
各乡镇人民政府：
现将有关事项通知如下。
一、总体目标
到2022年招生达到20%以上。
（一）统筹招生
1.报名时间为6月1日至5日。
2.录取分两批进行。
（二）加强监督
二、保障措施
学校\t计划
甲校\t120
乙校\t80
某县人民政府办公室
2021年9月10日
"""
NUMBERS = {"一、": 0, "二、": 0, "（一）": 1, "（二）": 1, "1.": 2, "2.": 2}


def official():
    """The same text as a Word file whose numbers Word generates."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    for old in list(numbering):
        numbering.remove(old)
    abstract = OxmlElement("w:abstractNum", {qn("w:abstractNumId"): "0"})
    for position, (style, shown) in enumerate(
        [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
    ):
        lvl = OxmlElement("w:lvl", {qn("w:ilvl"): str(position)})
        for tag, value in (("start", "1"), ("numFmt", style), ("lvlText", shown)):
            lvl.append(OxmlElement(f"w:{tag}", {qn("w:val"): value}))
        abstract.append(lvl)
    numbering.append(abstract)
    numbering.add_num(0)
    rows = []
    for line in PLAIN.splitlines():
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            cells = document.add_table(len(rows), 2)._cells
            for cell, words in zip(cells, [w for row in rows for w in row], strict=True):
                cell.text = words
            rows = []
        label = next((label for label in NUMBERS if line.startswith(label)), "")
        paragraph = document.add_paragraph(line.removeprefix(label))
        if label:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            properties.get_or_add_ilvl().val = NUMBERS[label]
            properties.get_or_add_numId().val = 1
    return saved(document)


def test_a_word_file_gives_the_clauses_of_the_same_text(build_docx):
    text = extract_docx(official(), "a.docx").text
    assert text == PLAIN
    (word,) = parse_documents(SourceText("a", "a.docx", text, ""))
    (plain,) = parse_documents(SourceText("a", "a.txt", PLAIN, ""))
    assert word.clauses == plain.clauses
    assert "a#一/（一）/2" in {clause.clause_id for clause in word.clauses}


def as_word(text):
    """Return a text as a Word file: a paragraph a line, rows of tabs as one table."""
    document = docx.Document()
    for tabbed, lines in groupby(text.split("\n"), key=lambda line: "\t" in line):
        rows = [line.split("\t") for line in lines]
        if not tabbed:
            for (line,) in rows:
                document.add_paragraph(line)
            continue
        width = max(map(len, rows))
        cells = document.add_table(len(rows), width)._cells
        padded = [row + [""] * (width - len(row)) for row in rows]
        for cell, words in zip(cells, chain.from_iterable(padded), strict=True):
            cell.text = words
    return saved(document)


def told(parsed):
    """Return ids and words of all clauses; columns that are empty throughout do not count."""
    return [(clause.clause_id, clause.text.split()) for item in parsed for clause in item.clauses]


def test_the_originals_give_the_same_clauses_as_word_files(originals):
    for path in sorted(originals.glob("*.txt")):
        (source,) = read_file(path)
        found = extract_docx(as_word(source.text), "a.docx")
        word = parse_documents(SourceText(source.stem, "a.docx", found.text, ""))
        plain = parse_documents(source)
        assert told(word) == told(plain)
