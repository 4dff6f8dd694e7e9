"""A PDF is read as it is seen: paragraphs, tables and pages, and refused by name when it cannot be."""

import re
from contextlib import suppress
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image
from reportlab.lib import pdfencrypt
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from index.errors import DocumentError
from index.loaders.pdf import MAX_PAGES, MAX_RECOGNISED, extract_pdf

FONT, EM, LEADING, LEFT = "STSong-Light", 16, 28, 80
PER_LINE, BOTTOM = 27, 100


@pytest.fixture
def pdf():
    """A canvas whose `done()` gives the bytes of its pages."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)

    def done():
        canvas.save()
        return buffer.getvalue()

    canvas.done = done
    return canvas


def write(canvas, text, x=LEFT, y=740, size=EM):
    canvas.setFont(FONT, size)
    canvas.drawString(x, y, text)


def paragraphs(canvas, texts, y=740):
    """Set paragraphs with an indent of two characters and full lines; return where they end."""
    for text in texts:
        indented = "\u3000\u3000" + text
        for start in range(0, len(indented), PER_LINE):
            line = indented[start : start + PER_LINE]
            shift = 2 * EM if start == 0 else 0
            if y < BOTTOM:
                canvas.showPage()
                y = 740
            write(canvas, line.strip("\u3000"), LEFT + shift, y)
            y -= LEADING
    return y


def grid(canvas, xs, ys, gaps=()):
    """Draw a grid from the top; `gaps` are (line, column) whose horizontal piece is left out."""
    for x in xs:
        canvas.line(x, ys[0], x, ys[-1])
    for number, y in enumerate(ys):
        for column, (a, b) in enumerate(pairwise(xs)):
            if (number, column) not in gaps:
                canvas.line(a, y, b, y)


LONG = "全市中等职业学校在校生达到一万二千人，每所学校都要建立校企合作的长效机制，由市教育局负责。"
OTHER = "各县区要把职业教育纳入经济社会发展规划，统筹推进各项任务，确保按期完成目标。"


def lines(data):
    return extract_pdf(data, "文.pdf").text.splitlines()


def test_lines_become_paragraphs_by_indent_and_short_ends(pdf):
    write(pdf, "一、总体目标", LEFT + 2 * EM, 768)
    paragraphs(pdf, [LONG, OTHER])
    assert lines(pdf.done()) == ["一、总体目标", LONG, OTHER]


def test_a_paragraph_goes_on_over_the_page_and_its_marks_lead_to_both(pdf):
    paragraphs(pdf, [LONG, LONG + OTHER * 2], y=BOTTOM + 3 * LEADING)
    found = extract_pdf(pdf.done(), "文.pdf")
    assert found.text.splitlines() == [LONG, LONG + OTHER * 2]
    assert [mark.place for mark in found.marks] == ["第1页", "第2页"]
    assert found.text[found.marks[1].start :].startswith((LONG + OTHER * 2)[2 * PER_LINE - 2 :][:9])
    assert {mark.confidence for mark in found.marks} == {1.0}


def test_a_title_on_two_centred_lines_is_one(pdf):
    for y, text in ((780, "关于印发某市推进职业教育改革发展若干"), (748, "措施的通知")):
        pdf.setFont(FONT, 22)
        pdf.drawCentredString(A4[0] / 2, y, text)
    paragraphs(pdf, [LONG], y=700)
    assert lines(pdf.done()) == ["关于印发某市推进职业教育改革发展若干措施的通知", LONG]


@pytest.mark.parametrize("number", ["— {} —", "第{}页 共3页", "{}/3", "{}", "- {} -"])
def test_page_numbers_and_running_headers_are_left_out_and_told(pdf, number):
    for page in (1, 2, 3):
        write(pdf, "某市教育局文件汇编", y=810, size=9)
        paragraphs(pdf, [f"第{page}段。{LONG}"])
        write(pdf, number.format(page), x=280, y=50, size=12)
        pdf.showPage()
    found = extract_pdf(pdf.done(), "文.pdf")
    assert found.text.splitlines() == [f"第{page}段。{LONG}" for page in (1, 2, 3)]
    assert any("某市教育局文件汇编" in warning for warning in found.warnings)


def test_annexes_that_open_alike_on_every_page_stay(pdf):
    for page in (1, 2, 3):
        write(pdf, "附件", y=770)
        paragraphs(pdf, [f"第{page}段。{LONG}"], y=700)
        pdf.showPage()
    assert lines(pdf.done())[::2] == ["附件"] * 3


def test_a_number_within_the_page_stays(pdf):
    write(pdf, "123", y=500)
    write(pdf, LONG[:27], y=400)
    assert lines(pdf.done())[0] == "123"


def test_a_table_is_one_line_a_row_and_a_merged_cell_stands_once(pdf):
    write(pdf, "表前。", y=780)
    xs, ys = (80, 130, 330, 480), (740, 710, 660, 630)
    grid(pdf, xs, ys, gaps={(2, 2)})
    for x, y, text in (
        (85, 720, "序号"),
        (140, 720, "任务"),
        (340, 720, "单位"),
        (85, 690, "1"),
        (140, 690, "建设三所示范"),
        (140, 672, "学校"),
        (340, 655, "教育局"),
        (85, 640, "2"),
        (140, 640, "开展 Wi-Fi test"),
    ):
        write(pdf, text, x, y, 12)
    write(pdf, "表后。", y=590)
    assert lines(pdf.done()) == [
        "表前。",
        "序号\t任务\t单位",
        "1\t建设三所示范学校\t教育局",
        "2\t开展 Wi-Fi test",
        "表后。",
    ]


def test_a_table_goes_on_over_the_page_with_its_head_once_and_a_cut_row_whole(pdf):
    xs = (80, 130, 330)
    for page, rows in enumerate(
        (
            [("序号", "任务"), ("1", "第一项。"), ("2", "第二项。"), ("3", "第三项要在")],
            [("序号", "任务"), ("", "年内完成。"), ("4", "第四项。")],
        )
    ):
        grid(pdf, xs, [700 - 30 * i for i in range(len(rows) + 1)])
        for row, cells in enumerate(rows):
            for x, text in zip(xs, cells, strict=False):
                write(pdf, text, x + 5, 680 - 30 * row, 12)
        write(pdf, f"— {page + 1} —", 280, 50, 12)
        pdf.showPage()
    assert lines(pdf.done()) == [
        "序号\t任务",
        "1\t第一项。",
        "2\t第二项。",
        "3\t第三项要在年内完成。",
        "4\t第四项。",
    ]


def test_a_frame_around_text_is_no_table(pdf):
    pdf.rect(60, 400, 460, 380)
    paragraphs(pdf, [LONG, OTHER])
    assert lines(pdf.done()) == [LONG, OTHER]


def test_two_columns_are_read_one_after_the_other(pdf):
    for column, x in enumerate((60, 320)):
        for row in range(12):
            write(pdf, "左右"[column] + "栏的文字一共有十五个字组成。", x, 740 - 24 * row, 14)
    text = extract_pdf(pdf.done(), "文.pdf").text
    assert text.rindex("左") < text.index("右")


def test_bold_by_printing_twice_is_read_once_and_real_repetitions_stay(pdf):
    for shift in (0, 0.5):
        write(pdf, "一、个个学校天天向上", LEFT + shift)
    assert lines(pdf.done()) == ["一、个个学校天天向上"]


def test_justified_text_gets_no_spaces_but_words_keep_theirs(pdf):
    pdf.setFont(FONT, EM)
    pdf.drawString(LEFT, 740, "两端对齐的文字没有空格", charSpace=3)
    pdf.drawString(LEFT, 700, "the new school plan")
    pdf.drawString(LEFT, 660, "到 2023 年底")
    assert lines(pdf.done()) == [
        "两端对齐的文字没有空格",
        "the new school plan",
        "到 2023 年底",
    ]


def test_a_watermark_across_the_page_is_left_out(pdf):
    pdf.saveState()
    pdf.translate(200, 300)
    pdf.rotate(45)
    write(pdf, "内部资料", 0, 0, 60)
    pdf.restoreState()
    paragraphs(pdf, [LONG])
    assert lines(pdf.done()) == [LONG]


@pytest.mark.usefixtures("chinese_font")
@pytest.mark.parametrize("flag", [0, 90])
def test_a_page_set_sideways_is_read_upright(pdf, flag):
    if flag:
        pdf.setPageRotation(flag)
    pdf.translate(200, 100)
    pdf.rotate(90)
    write(pdf, "横着的页第一行。", 0, 0)
    write(pdf, "横着的页第二行。", 0, -LEADING)
    assert lines(pdf.done()) == ["横着的页第一行。", "横着的页第二行。"]


def refusal(data):
    with pytest.raises(DocumentError) as caught:
        extract_pdf(data, "坏.pdf")
    assert str(caught.value).startswith("坏.pdf：")
    return str(caught.value)


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "空"), (b" \n", "空"), (b"hello" * 99, "不是 PDF"), (b"%PDF-1.7 " + bytes(99), "损坏")],
)
def test_what_is_no_pdf_is_refused(data, reason):
    assert reason in refusal(data)


def test_a_pdf_without_text_is_refused(pdf):
    pdf.showPage()
    assert "没有读到文字" in refusal(pdf.done())


def test_a_locked_pdf_is_refused():
    buffer = BytesIO()
    canvas = Canvas(buffer, encrypt=pdfencrypt.StandardEncryption("secret"))
    canvas.drawString(99, 99, "x")
    canvas.save()
    assert "密码" in refusal(buffer.getvalue())


def test_too_many_pages_are_refused_with_the_limit(pdf):
    for _ in range(MAX_PAGES + 1):
        pdf.showPage()
    assert f"上限 {MAX_PAGES} 页" in refusal(pdf.done())


def test_too_many_scanned_pages_are_refused_before_any_is_recognised(pdf):
    image = ImageReader(Image.new("L", (40, 60), 200))
    for _ in range(MAX_RECOGNISED + 1):
        pdf.drawImage(image, 0, 0, *A4)
        pdf.showPage()
    assert f"上限 {MAX_RECOGNISED} 页" in refusal(pdf.done())


def test_a_large_picture_beside_text_is_told(pdf):
    pdf.drawImage(ImageReader(Image.new("L", (40, 40), 200)), 50, 50, 500, 450)
    paragraphs(pdf, [LONG * 2])
    found = extract_pdf(pdf.done(), "文.pdf")
    assert found.text.splitlines() == [LONG * 2]
    assert found.warnings == ("第1页有大幅图片，图里如有文字没有读取。",)


def test_a_broken_table_of_contents_is_mended_and_told(pdf):
    paragraphs(pdf, [LONG])
    found = extract_pdf(re.sub(rb"startxref\s+\d+", b"startxref\n7", pdf.done()), "文.pdf")
    assert found.text.splitlines() == [LONG]
    assert any("损坏" in warning for warning in found.warnings)


def test_a_sound_file_is_not_called_broken(pdf):
    paragraphs(pdf, [LONG])
    assert extract_pdf(pdf.done(), "文.pdf").warnings == ()


def test_every_cut_of_a_file_is_read_or_refused(pdf):
    paragraphs(pdf, [LONG])
    data = pdf.done()
    for end in range(0, len(data), max(1, len(data) // 40)):
        with suppress(DocumentError):
            assert "\ufffd" not in extract_pdf(data[:end], "文.pdf").text
