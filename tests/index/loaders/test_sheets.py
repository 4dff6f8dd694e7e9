"""Spreadsheets give what their cells show, a row a line, with the row it came from."""

from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from index.errors import DocumentError
from index.loaders.numberformat import shown_date, shown_number
from index.loaders.sheets import extract_csv, extract_xlsx
from index.loaders.source import SourceText
from index.parsing.documents import parse_documents


def saved(book):
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def book_of(**sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


ROWS = [["序号", "学校", "计划"], [1, "甲校", 120], [2, "乙校", 80.5]]


def test_each_row_is_a_line_under_the_mark_of_its_row():
    found = extract_xlsx(saved(book_of(收费标准=ROWS)), "a.xlsx")
    assert found.text == "序号\t学校\t计划\n1\t甲校\t120\n2\t乙校\t80.5\n"
    assert [mark.place for mark in found.marks] == [f"工作表“收费标准”第{n}行" for n in (1, 2, 3)]
    assert [found.text[mark.start] for mark in found.marks] == ["序", "1", "2"]


def test_rows_of_one_cell_above_the_table_are_its_title_lines():
    book = book_of(表=[["2022年招生计划表"], [None, None, "单位：人"], *ROWS, ["备注：含民办"]])
    book.active.merge_cells("A1:C1")
    assert extract_xlsx(saved(book), "a.xlsx").text.splitlines() == [
        "2022年招生计划表", "单位：人", "序号\t学校\t计划", "1\t甲校\t120", "2\t乙校\t80.5", "备注：含民办",
    ]  # fmt: skip


def test_a_blank_row_parts_two_tables_each_with_its_title():
    book = book_of(
        表=[["甲表"], *ROWS, [], [None, None, "乙表"], [None, "区", "数"], [None, "东", 3]]
    )
    assert extract_xlsx(saved(book), "a.xlsx").text.splitlines()[4:] == ["乙表", "区\t数", "东\t3"]


def test_sheets_without_a_title_line_are_called_by_their_name():
    book = book_of(小学=ROWS, 空=[], 初中=[["初中计划"], *ROWS], 高中=ROWS)
    found = extract_xlsx(saved(book), "a.xlsx")
    titles = [line for line in found.text.splitlines() if "\t" not in line]
    assert titles == ["小学", "初中计划", "高中"]
    assert found.marks[0].place == "工作表“小学”"


def test_merged_cells_stand_once():
    book = book_of(表=[["区", "学校", "计划", None], ["东", "甲", 1, 2], [None, "乙", 3, 4]])
    book.active.merge_cells("C1:D1")
    book.active.merge_cells("A2:A3")
    assert extract_xlsx(saved(book), "a.xlsx").text == "区\t学校\t计划\n东\t甲\t1\t2\n\t乙\t3\t4\n"


def test_empty_columns_in_front_of_a_table_are_dropped():
    book = book_of(表=[[None, None, *row] for row in ROWS])
    assert extract_xlsx(saved(book), "a.xlsx").text.startswith("序号\t学校\t计划\n1\t")


def test_values_are_shown_as_the_cells_show_them():
    book = book_of(表=[["比例", "日期", "金额", "数"], [0.2, datetime(2021, 9, 10), 12000, 3.0]])
    for cell, code in zip(
        book.active[2], ["0%", 'yyyy"年"m"月"d"日"', '#,##0"元"', "General"], strict=True
    ):
        cell.number_format = code
    assert extract_xlsx(saved(book), "a.xlsx").text.endswith("20%\t2021年9月10日\t12,000元\t3\n")


def test_a_date_in_a_built_in_chinese_format_is_a_date():
    book = book_of(表=[["日期", "数"], [44449, 1]])
    book.active["A2"].number_format = "0.0000"
    data = saved(book)
    own = b'<numFmt numFmtId="164" formatCode="0.0000"/>'
    patched = rewritten(
        data, "xl/styles.xml", lambda text: text.replace(own, b"").replace(b'="164"', b'="31"')
    )
    assert extract_xlsx(patched, "a.xlsx").text.endswith("2021年9月10日\t1\n")


def rewritten(data, member, change):
    buffer = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == member else content)
    return buffer.getvalue()


def test_breaks_and_tabs_within_a_cell_do_not_break_the_row():
    book = book_of(表=[["学\n校", "a\tb"], ["12\n15", "甲"]])
    assert extract_xlsx(saved(book), "a.xlsx").text == "学校\ta b\n12 15\t甲\n"


def test_hidden_sheets_are_not_read_and_told():
    book = book_of(表=ROWS, 草稿=[["密"]])
    book["草稿"].sheet_state = "hidden"
    found = extract_xlsx(saved(book), "a.xlsx")
    assert "密" not in found.text
    assert found.warnings == ("隐藏的工作表“草稿”没有读。",)


def test_errors_of_formulas_are_no_values():
    book = book_of(表=[["甲", "乙"], ["#REF!", 1]])
    book.active["A2"].data_type = "e"
    assert extract_xlsx(saved(book), "a.xlsx").text == "甲\t乙\n\t1\n"


def test_an_empty_workbook_is_refused():
    with pytest.raises(DocumentError, match="空"):
        extract_xlsx(saved(Workbook()), "a.xlsx")


@pytest.mark.parametrize("lie", ["A1:XFD1048576", "A1"])
def test_the_size_a_sheet_claims_is_not_believed(lie):
    data = rewritten(
        saved(book_of(表=ROWS)),
        "xl/worksheets/sheet1.xml",
        lambda text: text.replace(b'ref="A1:C3"', f'ref="{lie}"'.encode()),
    )
    assert extract_xlsx(data, "a.xlsx").text.count("\n") == 3


def test_blank_rows_to_the_end_of_the_sheet_give_nothing():
    book = book_of(表=ROWS)
    book.active.cell(1_048_576, 1).value = "尾"
    assert extract_xlsx(saved(book), "a.xlsx").marks[-1].place == "工作表“表”第1048576行"


def test_a_sheet_of_absurd_width_is_refused():
    book = book_of(表=[[1]])
    for row in range(1, 260):
        book.active.cell(row, 16_384).value = 1
    with pytest.raises(DocumentError, match="太大"):
        extract_xlsx(saved(book), "a.xlsx")


@pytest.mark.parametrize("parted", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_file_is_read_in_the_encodings_and_with_the_marks_met(parted, encoding):
    lines = [
        "招生计划表",
        parted.join(["序号", "学校", "计划"]),
        parted.join(["1", '"甲\n校"', "120"]),
    ]
    found = extract_csv("\r\n".join(lines).encode(encoding), "a.csv")
    assert found.text == "招生计划表\n序号\t学校\t计划\n1\t甲校\t120\n"
    assert found.marks[1].place == "第2行"


@pytest.mark.parametrize("content", [",,,\n,,", "1," * 1_000_000, '"' + "字," * 70_000 + '"'])
def test_a_csv_file_that_is_no_table_is_refused(content):
    with pytest.raises(DocumentError):
        extract_csv(content.encode(), "a.csv")


def test_a_sheet_gives_the_clauses_of_the_same_text():
    text = "招生计划表\n序号\t学校\t计划\n1\t甲校\t120\n2\t乙校\t80.5\n"
    found = extract_xlsx(saved(book_of(表=[["招生计划表"], *ROWS])), "a.xlsx")
    (sheet,) = parse_documents(SourceText("a", "a.xlsx", found.text, "", found.marks))
    (plain,) = parse_documents(SourceText("a", "a.txt", text, ""))
    assert sheet.clauses == plain.clauses
    row = next(clause for clause in sheet.clauses if "乙校" in clause.text)
    assert sheet.document.place_of(row.start, row.end) == "工作表“表”第4行"


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.2, "0%", "20%"),
        (0.1234, "0.00%", "12.34%"),
        (0.125, "0.#%", "12.5%"),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (12345678901234, "General", "12345678901234"),
        (1234.5, "#,##0.00", "1,234.50"),
        (1234.5, "0", "1235"),
        (1200, "¥#,##0", "¥1,200"),
        (1200, '[$¥-804]#,##0_);[Red]("-"#,##0)', "¥1,200"),
        (-5, "0;(0)", "(5)"),
        (-5, "0", "-5"),
        (12, '0"人"', "12人"),
        (7, "000", "007"),
        (25000000, '0.0,,"百万"', "25.0百万"),
        (1.5, "# ?/?", "1.5"),
        (15000, "0.00E+00", "15000"),
        (0, "#", "0"),
        (0, "General", "0"),
        (1e-7, "General", "0.0000001"),
        (7, "@", "7"),
        (12.5, 'General"人"', "12.5人"),
        (-0.4, "0", "0"),
        (0.5, "0." + "0" * 40, "0.5" + "0" * 39),
        (0.5, "0" * 300, "0.5"),
        (0.5, "0%%", "0.5"),
    ],
)
def test_numbers_are_shown_in_their_format(value, code, shown):
    assert shown_number(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (datetime(2021, 9, 10), "yyyy-mm-dd", "2021-09-10"),
        (datetime(2021, 9, 10), "mm-dd-yy", "2021-09-10"),
        (date(2021, 9, 10), "yyyy/m/d", "2021-09-10"),
        (datetime(2021, 9, 10), 'yyyy"年"m"月"', "2021年9月"),
        (datetime(2021, 9, 10), 'm"月"d"日"', "9月10日"),
        (datetime(2021, 9, 10), "yyyy.mm", "2021-09"),
        (datetime(2021, 9, 10, 8, 30), "yyyy-mm-dd hh:mm", "2021-09-10 08:30"),
        (time(8, 30), "h:mm", "08:30"),
    ],
)
def test_dates_show_what_their_format_shows(value, code, shown):
    assert shown_date(value, code) == shown
