"""The bytes of a file choose its loader; a suffix that says otherwise is told."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from index.errors import DocumentError
from index.loaders.formats import FORMATS, extract
from index.loaders.sniff import sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
HTML = "<!DOCTYPE html><html><body><p>总则</p></body></html>"


def workbook():
    buffer = BytesIO()
    book = Workbook()
    book.active.append(["甲", "乙"])
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (rb"{\rtf1 x}", ".rtf"),
        (b"%PDF-1.7\n", ".pdf"),
        (b"\n\n%PDF-1.4\n", ".pdf"),
        (b"\x89PNG\r\n\x1a\n", ".png"),
        (b"\xff\xd8\xff\xe0", ".jpg"),
        (b"RIFF\0\0\0\0WEBP", ".webp"),
        (b"BM\x10\0\0\0\0\0\0\0", ".bmp"),
        (OLE + "WordDocument".encode("utf-16-le") + bytes(9), ".doc"),
        (OLE + "Workbook".encode("utf-16-le") + bytes(9), ".xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(9), ".locked"),
        (HTML.encode(), ".html"),
        (HTML.encode("utf-16"), ".html"),
        (b"\xef\xbb\xbf <!-- saved from url=x -->\r\n<HTML><head>", ".html"),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">', ".html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x", ".mht"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', ".doc"),
        ("一、总则".encode(), ""),
        (b"BMI index", ""),
        ("MIME-Version 是邮件的一行".encode(), ""),
        (b"", ""),
    ],
)
def test_content_is_told_by_its_first_bytes(data, suffix):
    assert sniff(data) == suffix


def test_zip_files_are_told_by_their_parts(zipped, build_docx):
    text = "application/vnd.oasis.opendocument.text"
    assert sniff(build_docx("")) == ".docx"
    assert sniff(workbook()) == ".xlsx"
    assert sniff(zipped({"mimetype": text, "content.xml": ""})) == ".odt"
    assert sniff(zipped({"mimetype": text.replace("text", "spreadsheet")})) == ".ods"
    assert sniff(zipped({"OFD.xml": ""})) == ".ofd"
    assert sniff(zipped({"word/a.txt": ""})) == ".zip"


def test_a_word_file_named_otherwise_is_read_and_told(build_docx, p):
    found = extract(build_docx(p("总则")), "a.doc")
    assert found.text == "总则\n"
    assert found.warnings == ("后缀是 .doc，内容其实是Word文档，已按Word文档读取。",)


MAIL = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"; type="text/html"\r\n\r\n'
    f"--B\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{HTML}\r\n--B--\r\n"
)


@pytest.mark.parametrize("name", ["a.doc", "a.xls", "a.txt"])
@pytest.mark.parametrize("data", [HTML.encode(), HTML.encode("utf-16"), MAIL.encode()])
def test_a_web_page_named_otherwise_is_read_and_told(name, data):
    found = extract(data, name)
    assert found.text.strip() == "总则"
    assert "网页" in found.warnings[0]


def test_a_workbook_named_a_word_file_is_read_as_what_it_is():
    found = extract(workbook(), "a.docx")
    assert found.text == "甲\t乙\n"
    assert "Excel" in found.warnings[0]


@pytest.mark.parametrize("suffix", [".doc", ".docx", ".xls"])
def test_plain_text_named_an_office_file_is_read(suffix):
    found = extract("一、总则".encode("gb18030"), f"a{suffix}")
    assert found.text == "一、总则"
    assert "文本" in found.warnings[0]


@pytest.mark.parametrize("suffix", [".docx", ".DOCX", ".docm", ".dotx"])
def test_the_kinds_of_word_files_are_read_without_a_word(suffix, build_docx, p):
    assert extract(build_docx(p("总则")), f"a{suffix}").warnings == ()


@pytest.mark.parametrize("suffix", [".ofd", ".pptx", ".rar", ".7z"])
def test_kinds_that_cannot_be_read_say_what_to_do(suffix):
    with pytest.raises(DocumentError, match=f"^a\\{suffix}：.*请"):
        extract(b"x", f"a{suffix}")


def test_every_known_suffix_has_a_limit_and_a_name():
    assert all(chosen.shown and chosen.max_bytes <= 2**28 for chosen in FORMATS.values())
