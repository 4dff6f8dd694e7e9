"""Files are decoded as `open().read()` would, and what is no document is told by name."""

import re

import pytest

from index.errors import DocumentError, NoDocumentsError
from index.loaders.files import list_documents, read_file, read_folder
from index.loaders.formats import FORMATS
from index.loaders.plain import MAX_LINE, decode

TEXT = "一、总则\n招生20%，〇。\n"


def error_of(path):
    (error,) = read_file(path)
    assert isinstance(error, DocumentError)
    return str(error)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_known_encodings_and_line_ends_read_as_open_reads_them(tmp_path, encoding, newline):
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding=encoding, newline=newline)
    assert next(read_file(path)).text == path.read_text(encoding=encoding) == TEXT


def test_big_endian_utf_16_is_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xfe\xff" + TEXT.encode("utf-16-be"))
    assert next(read_file(path)).text == TEXT


def test_characters_outside_the_basic_plane_count_once(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("𠮷字".encode("gb18030"))
    assert next(read_file(path)).text.index("字") == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "空"),
        (b" \r\n\t\n", "空"),
        (b"\xef\xbb\xbf", "空"),
        ("\u3000\n".encode(), "空"),
        (b"\x7fELF\x02\x01\x01" + bytes(64), "二进制"),
        (b"MZ" + bytes(200), "二进制"),
        ("总则".encode()[:-1] + b"\xff\xff", "编码"),
        (("字" * (MAX_LINE + 1)).encode(), "一行"),
    ],
    ids=["none", "blank", "bom", "ideographic-space", "elf", "exe", "cut", "huge-line"],
)
def test_what_is_no_document_is_refused_with_its_name(tmp_path, content, reason):
    path = tmp_path / "坏.txt"
    path.write_bytes(content)
    assert re.match(f"坏.txt：.*(?:{reason})", error_of(path))


def test_too_large_a_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(FORMATS[".txt"].max_bytes * 1000)  # sparse: nothing is written
    assert "太大" in error_of(path)


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.symlink_to("/proc/self/mem")  # its first page is unmapped, for root too
    assert "读不出来" in error_of(path)


def test_utf_8_with_a_broken_end_is_not_read_as_another_encoding(docs):
    data = (docs / "gaoping_2021_37.md").read_bytes()
    broken = [data[:end] for end in range(3000, 3100) if data[end] & 0xC0 == 0x80]
    assert len(broken) > 50
    for part in broken:
        with pytest.raises(DocumentError, match="编码"):
            decode(part, "a.txt")


def test_only_documents_are_listed_in_name_order(tmp_path):
    for name in [
        "b.md",
        "a.TXT",
        "README.md",
        "readme.txt",
        ".hidden.txt",
        "c.ico",
        "~$d.docx",
        "sub/d.txt",
    ]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("文", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "e.txt").write_text("文", encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    names = [path.relative_to(tmp_path).as_posix() for path in list_documents(tmp_path)]
    assert names == ["a.TXT", "b.md", "sub/d.txt"]


def test_a_bad_file_does_not_stop_the_folder(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text("文", encoding="utf-8")
    bad, good = read_folder(tmp_path)
    assert isinstance(bad, DocumentError)
    assert good.text == "文"


@pytest.mark.parametrize("name", ["missing", "."])
def test_a_folder_without_documents_is_an_error(tmp_path, name):
    with pytest.raises(NoDocumentsError, match="文件夹"):
        list(read_folder(tmp_path / name))


def test_a_document_is_called_by_its_relative_path_without_white_space(tmp_path):
    (tmp_path / "县 区").mkdir()
    (tmp_path / "县 区" / "办法 #1.v2.txt").write_text("文", encoding="utf-8")
    (item,) = read_folder(tmp_path)
    assert item.source == "县 区/办法 #1.v2.txt"
    assert item.stem == "县_区/办法_1.v2"
