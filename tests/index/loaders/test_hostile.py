"""Files that are damaged, hostile or absurd are refused by name, quickly, and never with a crash."""

import random
import struct
import tracemalloc
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from openpyxl import Workbook

from index.errors import DocumentError
from index.loaders.files import list_documents, read_file
from index.loaders.formats import KNOWN, extract
from index.loaders.package import MAX_TAGS, MAX_XML


def refusal(data, name):
    with pytest.raises(DocumentError) as caught:
        extract(data, name)
    assert str(caught.value).startswith(f"{name}：")
    return str(caught.value)


@pytest.mark.parametrize("suffix", sorted(KNOWN))
def test_a_file_of_two_gigabytes_is_refused_unread(tmp_path, suffix):
    path = tmp_path / f"大{suffix}"
    with path.open("wb") as file:
        file.truncate(2**31)  # sparse: nothing is written
    tracemalloc.start()
    (error,) = read_file(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert str(error).startswith(f"大{suffix}：")
    assert peak < 2**20


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY a{n + 1} "{f"&a{n or str()};" * 10}">' for n in range(9)
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(build_docx, zipped, encoding):
    document = f'<?xml version="1.0" encoding="{encoding}"?>{BOMB}]><w>&a9;</w>'.encode(encoding)
    relations = '<Relationships><Relationship Type="x/officeDocument" Target="word/document.xml"/></Relationships>'
    refusal(
        zipped(
            {"_rels/.rels": relations, "[Content_Types].xml": "", "word/document.xml": document}
        ),
        "a.docx",
    )


def test_an_entity_that_names_a_file_is_refused(zipped):
    sheet = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><x>&e;</x>'
    members = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": "<x/>",
        "xl/worksheets/sheet1.xml": sheet,
    }
    assert "实体" in refusal(zipped(members), "a.xlsx")


@pytest.mark.parametrize("depth", [100, 1_000, 100_000])
def test_nesting_without_end_is_refused(build_docx, depth):
    body = "<w:tbl><w:tr><w:tc>" * depth + "</w:tc></w:tr></w:tbl>" * depth
    assert "太深" in refusal(build_docx(body), "a.docx")


def test_nesting_as_deep_as_the_parser_allows_is_read(build_docx, p):
    body = "<w:tbl><w:tr><w:tc>" * 80 + p("文") + "</w:tc></w:tr></w:tbl>" * 80
    assert extract(build_docx(body), "a.docx").text == "文\n"


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_parts_that_unpack_to_too_much_are_refused(zipped, name):
    """The size is claimed, not written: the check comes before any reading."""
    part = {"a.docx": "word/document.xml", "a.xlsx": "xl/workbook.xml"}[name]
    data = bytearray(zipped({"[Content_Types].xml": "", part: "x"}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", MAX_XML + 1)
    assert "太大" in refusal(bytes(data), name)


def test_a_part_that_is_larger_than_it_claims_is_refused(build_docx, p):
    data = bytearray(build_docx(p("文" * 5000)))
    at = data.find(b"PK\x01\x02", data.find(b"PK\x01\x02", data.find(b"PK\x01\x02") + 4) + 4)
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    assert "损坏" in refusal(bytes(data), "a.docx")


def test_millions_of_empty_paragraphs_are_refused(build_docx):
    assert "太多" in refusal(build_docx("<w:p/>" * MAX_TAGS), "a.docx")


def test_a_file_with_a_password_is_told():
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(600)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(99)
    )
    for name in ("a.docx", "a.xlsx"):
        assert "请去掉密码" in refusal(data, name)


def test_an_image_named_a_word_file_is_no_crash():
    refusal(b"\x89PNG\r\n\x1a\n" + bytes(100), "a.docx")


def test_macros_are_not_run_and_the_text_is_read(build_docx, zipped, p):
    with ZipFile(BytesIO(build_docx(p("总则")))) as file:
        members = {name: file.read(name) for name in file.namelist()}
    assert (
        extract(zipped(members | {"word/vbaProject.bin": b"Sub AutoOpen"}), "a.docm").text
        == "总则\n"
    )


@pytest.fixture(scope="module")
def samples():
    word, book = docx.Document(), Workbook()
    word.add_paragraph("一、总则", style="List Number")
    word.add_table(2, 2).cell(0, 0).text = "学校"
    book.active.append(["甲", 1, 0.2])
    buffers = {"a.docx": BytesIO(), "a.xlsx": BytesIO()}
    word.save(buffers["a.docx"])
    book.save(buffers["a.xlsx"])
    return {name: buffer.getvalue() for name, buffer in buffers.items()}


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_a_file_cut_anywhere_is_refused(samples, name):
    data = samples[name]
    for part in range(1, 20):
        refusal(data[: len(data) * part // 20], name)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
@pytest.mark.parametrize("seed", range(4))
def test_noise_in_a_file_never_raises_another_error(samples, name, seed):
    chance = random.Random(seed)
    for _ in range(25):
        data = bytearray(samples[name])
        for _ in range(chance.randint(1, 40)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(DocumentError):
            extract(bytes(data), name)


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
@pytest.mark.parametrize("seed", range(4))
def test_noise_in_the_xml_never_raises_another_error(samples, zipped, name, seed):
    chance = random.Random(seed)
    with ZipFile(BytesIO(samples[name])) as file:
        parts = {part: file.read(part) for part in file.namelist()}
    for _ in range(15):
        changed = dict(parts)
        part = chance.choice([p for p in parts if p.endswith(("l", "s"))])
        words = changed[part].split(b'"')
        words[chance.randrange(len(words))] = chance.choice(
            [b"", b"-1", b"99999999999", b"x", b"\xff", b"1e400"]
        )
        changed[part] = b'"'.join(words)
        with suppress(DocumentError):
            extract(zipped(changed), name)


def test_names_of_another_encoding_and_folders_named_like_files_do_no_harm(tmp_path):
    (tmp_path / "a.docx").mkdir()
    (tmp_path / "b.txt").symlink_to(tmp_path / "none.txt")
    (tmp_path / "c.txt").write_text("文", encoding="utf-8")
    assert [path.name for path in list_documents(tmp_path)] == ["c.txt"]
