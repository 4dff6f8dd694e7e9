"""Images of pages are recognised with the models in the package, upright, straight and in order."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from index.errors import DocumentError
from index.loaders.images import MAX_PIXELS, extract_image
from index.loaders.letters import Letter, read_letters
from index.loaders.pdf import extract_pdf

PARAGRAPH = ("    到2025年，全市职业学校在校生", "达到一万二千人，由市教育局负责。")
ROWS = (("序号", "任务"), ("1", "建设示范学校"))


@pytest.fixture(scope="session")
def page(chinese_font):
    """A page with a heading, a paragraph on two lines and a table."""
    font = ImageFont.truetype(chinese_font, 40)
    image = Image.new("L", (860, 520), 255)
    draw = ImageDraw.Draw(image)
    draw.text((140, 40), "一、总体目标", font=font, fill=0)
    draw.text((140, 110), PARAGRAPH[0].strip(), font=font, fill=0)
    draw.text((60, 180), PARAGRAPH[1], font=font, fill=0)
    for row, cells in enumerate(ROWS):
        for x, text in zip((80, 280), cells, strict=True):
            draw.text((x, 285 + 80 * row), text, font=font, fill=0)
    for x in (60, 260, 800):
        draw.line((x, 270, x, 430), fill=0, width=2)
    for y in (270, 350, 430):
        draw.line((60, y, 800, y), fill=0, width=2)
    return image


def png(image):
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


EXPECTED = ["一、总体目标", "".join(PARAGRAPH).strip(), "序号\t任务", "1\t建设示范学校"]


def test_a_page_becomes_paragraphs_and_rows_with_confidence(page):
    found = extract_image(png(page), "图.png")
    assert found.text.splitlines() == EXPECTED
    assert {mark.place for mark in found.marks} == {"第1页"}
    assert all(0.8 < mark.confidence < 1 for mark in found.marks)
    assert found.warnings[0].startswith("第1页由图片识别，把握 0.9")


@pytest.mark.parametrize(("turn", "height", "paragraphs"), [(91.5, 520, 4), (180, 240, 2)])
def test_a_page_that_lies_askew_is_read_upright(page, turn, height, paragraphs):
    top = page.crop((0, 0, 860, height))
    turned = top.rotate(turn, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    assert extract_image(png(turned), "图.png").text.splitlines() == EXPECTED[:paragraphs]


def test_only_the_pages_of_a_pdf_that_need_it_are_recognised(page):
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(430, 260))
    canvas.drawImage(ImageReader(page), 0, 0, 430, 260)
    canvas.showPage()
    canvas.setFont("STSong-Light", 16)
    canvas.drawString(60, 200, "二、有文字层的一页")
    canvas.save()
    found = extract_pdf(buffer.getvalue(), "文.pdf")
    assert found.text.splitlines() == [*EXPECTED, "二、有文字层的一页"]
    assert found.marks[-1].place == "第2页"
    assert found.marks[-1].confidence == 1
    assert len(found.warnings) == 1


def refusal(data):
    with pytest.raises(DocumentError) as caught:
        extract_image(data, "坏.png")
    assert str(caught.value).startswith("坏.png：")
    return str(caught.value)


def encoded(width, height, suffix="PNG"):
    buffer = BytesIO()
    Image.fromarray(np.full((height, width), 255, np.uint8)).save(buffer, suffix)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空"),
        (b"hello" * 99, "不是"),
        (encoded(99, 99)[:-30], "损坏|没有认出"),
        (encoded(5, 900), "太小"),
        (encoded(400, 300), "没有认出文字"),
    ],
    ids=["empty", "text", "cut", "thin", "blank"],
)
def test_what_shows_no_text_is_refused(data, reason):
    assert any(part in refusal(data) for part in reason.split("|"))


def test_an_image_of_absurd_size_is_refused_before_it_is_unpacked():
    side = int(MAX_PIXELS**0.5) + 99
    buffer = BytesIO()
    Image.new("1", (side, side)).save(buffer, "PNG")
    assert len(buffer.getvalue()) < 100_000
    assert "太大" in refusal(buffer.getvalue())


@pytest.mark.parametrize(
    ("text", "wide"), [("导，紧", True), ("导,紧", True), ("导，紧", False), ("导,紧", False)]
)
def test_a_comma_between_han_is_as_wide_as_the_room_it_takes(text, wide):
    step = 40 if wide else 28
    letters = [Letter(char, i * step) for i, char in enumerate(text)]
    assert read_letters(letters, 40) == ("导，紧" if wide else "导,紧")


def test_punctuation_among_latin_stays():
    letters = [Letter(char, i * 20) for i, char in enumerate("a,b(c)")]
    assert read_letters(letters, 40) == "a,b(c)"


@pytest.mark.parametrize(
    ("text", "places", "read"),
    [
        ("二二五年", [0, 80, 120, 160], "二〇二五年"),
        ("二二五年", [0, 40, 80, 120], "二二五年"),
        ("二的五年", [0, 80, 120, 160], "二的五年"),
        ("一 二", [0, 40, 200], "一 二"),
        ("1一2%", [0, 30, 60, 80], "1—2%"),
        ("第一2", [0, 40, 70], "第一2"),
        ("年>的", [0, 40, 80], "年〉的"),
        ("a>b", [0, 20, 40], "a>b"),
        ("发[2016〕7", [0, 40, 60, 80, 100, 120, 140, 160], "发〔2016〕7"),
        ("见[2016]", [0, 40, 60, 80, 100, 120, 140], "见[2016]"),
    ],
)
def test_letters_are_read_by_their_places_and_neighbours(text, places, read):
    letters = [Letter(char, x) for char, x in zip(text, places, strict=True)]
    assert read_letters(letters, 40) == read
