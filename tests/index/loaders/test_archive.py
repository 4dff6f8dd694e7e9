"""A .zip file is a folder: each document in it is read, nothing in it can do harm."""

import random
import stat
import struct
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from index.errors import DocumentError
from index.loaders.archive import MAX_MEMBERS, unpack
from index.loaders.files import read_file


def read(tmp_path, data):
    path = tmp_path / "档案.zip"
    path.write_bytes(data)
    return list(read_file(path))


def names(data):
    return [name for name, content in unpack(data, "档案.zip") if isinstance(content, bytes)]


def errors(data):
    return "\n".join(
        str(content)
        for _, content in unpack(data, "档案.zip")
        if isinstance(content, DocumentError)
    )


def test_each_document_is_a_source_of_its_own(tmp_path, zipped, build_docx, p):
    members = {
        "通知/办法.docx": build_docx(p("总则")),
        "表.csv": "甲,乙\n1,2",
        "图标.ico": "x",
        "README.md": "说明",
    }
    sheet, word = sorted(read(tmp_path, zipped(members)), key=lambda source: len(source.source))
    assert (word.source, word.stem, word.text) == (
        "档案.zip/通知/办法.docx",
        "档案.zip/通知/办法",
        "总则\n",
    )
    assert (sheet.source, sheet.text) == ("档案.zip/表.csv", "甲\t乙\n1\t2\n")
    assert word.sha256 != sheet.sha256


def test_a_bad_member_does_not_stop_the_rest(tmp_path, zipped):
    bad, good = read(tmp_path, zipped({"a.docx": b"PK\x03\x04 broken", "b.txt": "文"}))
    assert str(bad).startswith("档案.zip/a.docx：")
    assert good.text == "文"


def encoded(name, encoding):
    """Return a zip file whose member is named in an encoding without a mark, as Windows does."""
    raw = name.encode(encoding)
    stand_in = "x" * len(raw)
    buffer = BytesIO()
    with ZipFile(buffer, "w") as file:
        file.writestr(stand_in, "文")
    return buffer.getvalue().replace(stand_in.encode(), raw)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_chinese_names_without_a_mark_are_read(encoding):
    assert names(encoded("县区\\招生办法.txt", encoding)) == ["档案.zip/县区/招生办法.txt"]


def test_a_name_with_the_utf_8_mark_is_read(zipped):
    assert names(zipped({"招生办法.txt": "文"})) == ["档案.zip/招生办法.txt"]


def test_hidden_files_and_those_of_macos_are_passed_over(zipped):
    assert names(
        zipped({".x.txt": "文", "__MACOSX/a.txt": "文", "~$a.docx": "文", "a.txt": "文"})
    ) == ["档案.zip/a.txt"]


@pytest.mark.parametrize(
    "path", ["../a.txt", "/etc/a.txt", "b/../../a.txt", "C:\\a.txt", "..\\a.txt"]
)
def test_paths_that_lead_out_are_refused(zipped, path):
    data = zipped({path: "文", "b.txt": "文"})
    assert names(data) == ["档案.zip/b.txt"]
    assert "外面" in errors(data)


def test_links_are_not_followed():
    buffer = BytesIO()
    with ZipFile(buffer, "w") as file:
        link = ZipInfo("a.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        file.writestr(link, "/etc/passwd")
    assert "链接" in errors(buffer.getvalue())


def test_members_with_a_password_are_told(zipped):
    data = bytearray(zipped({"a.txt": "文"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        data[at : at + 2] = struct.pack("<H", 1)
    assert "密码" in errors(bytes(data))


def test_an_archive_in_an_archive_is_read_and_a_third_is_not(zipped):
    third = zipped({"c.txt": "文"})
    second = zipped({"b.txt": "文", "third.zip": third})
    data = zipped({"a.txt": "文", "second.zip": second})
    assert names(data) == ["档案.zip/a.txt", "档案.zip/second.zip/b.txt"]
    assert "太多层" in errors(data)


def test_too_many_members_are_refused(zipped):
    assert "太多" in errors(zipped({f"{i}.txt": "" for i in range(MAX_MEMBERS + 1)}))


def test_members_of_inner_archives_count_too(zipped):
    inner = zipped({f"{i}.txt": "" for i in range(MAX_MEMBERS // 2)})
    assert "太多" in errors(zipped({"a.zip": inner, "b.zip": inner, "c.txt": "文"}))


def test_a_bomb_is_refused_before_it_is_unpacked():
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as file:
        file.writestr("a.pdf", bytes(60 * 2**20))
    assert "压缩比" in errors(buffer.getvalue())


def test_an_archive_of_too_many_bytes_is_refused(zipped):
    """The sizes are claimed, not written: the check comes before any reading."""
    data = bytearray(zipped({"a.pdf": "x", "b.pdf": "x", "c.pdf": "x"}))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 200 * 2**20)
        at = data.find(b"PK\x01\x02", at + 4)
    assert "解开后太大" in errors(bytes(data))


def test_a_member_over_the_limit_of_its_kind_is_refused(zipped):
    data = zipped({"a.txt": bytes(17 * 2**20), "b.txt": "文"})
    assert names(data) == ["档案.zip/b.txt"]
    assert "文件太大" in errors(data)


@pytest.mark.parametrize("cut", [10, 60, -20])
def test_a_truncated_archive_is_refused(zipped, cut):
    assert "打不开" in errors(zipped({"a.txt": "文" * 500})[:cut])


def test_a_damaged_member_is_told(zipped):
    data = bytearray(zipped({"a.txt": "招生办法" * 50}))
    data[40] ^= 0xFF
    assert "损坏" in errors(bytes(data))


def test_an_archive_without_documents_is_told(zipped):
    assert "没有可读的文档" in errors(zipped({"a.ico": "x"}))


@pytest.mark.parametrize("seed", range(6))
def test_noise_in_an_archive_never_raises(zipped, seed):
    chance = random.Random(seed)
    sound = zipped(
        {"a.txt": "招生办法" * 9, "目录/b.csv": "甲,乙", "c.zip": zipped({"d.txt": "文"})}
    )
    for _ in range(40):
        data = bytearray(sound)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        assert list(unpack(bytes(data), "a.zip"))
