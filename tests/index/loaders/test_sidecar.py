"""A file beside a document corrects what is read from it, and never stops it."""

import hashlib

import pytest

from index.loaders.files import fingerprint, list_documents, read_file


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("一、总则", encoding="utf-8")
    return path


def read(document, content, name="a.txt.meta.toml"):
    data = content if isinstance(content, bytes) else content.encode()
    (document.parent / name).write_bytes(data)
    (source,) = read_file(document)
    return source


@pytest.mark.parametrize("name", ["a.txt.meta.toml", "a.meta.toml"])
def test_fields_are_read_under_chinese_and_english_names(document, name):
    content = 'title = "办法"\n"发文字号" = "某政〔2021〕3号"\n施行日期 = 2021-09-10\n成文日期 = "2021年9月1日"\n'
    assert read(document, content, name).fields == {
        "标题": "办法", "发文字号": "某政〔2021〕3号", "施行日期": "2021-09-10", "成文日期": "2021年9月1日",
    }  # fmt: skip


def test_the_sidecar_of_the_whole_name_goes_first(document):
    (document.parent / "a.meta.toml").write_text('title = "乙"', encoding="utf-8")
    assert read(document, 'title = "甲"').fields == {"标题": "甲"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_file_from_windows_is_read(document, encoding):
    assert read(document, '标题 = "办法"\r\n地区 = "某县"\r\n'.encode(encoding)).fields == {
        "标题": "办法",
        "地区": "某县",
    }


@pytest.mark.parametrize(
    "content",
    [
        "title = ",
        b"\xff\xfe\x00",
        'title = "甲"\ntitle = "乙"',
        "x" * 70_000,
        "a=" + "[" * 5000,
        "地区=0x" + "f" * 9000,
    ],
    ids=["cut", "binary", "twice", "huge", "deep", "number"],
)
def test_a_broken_sidecar_is_a_warning(document, content):
    source = read(document, content)
    assert source.text == "一、总则"
    assert source.fields == {}
    assert "a.txt.meta.toml" in source.warnings[0]


def test_names_and_values_that_mean_nothing_are_told(document):
    source = read(
        document,
        'titel = "甲"\n发文子号 = "乙"\n标题 = true\n地区 = "某县"\n["发文"]\n机关 = "某局"',
    )
    assert source.fields == {"地区": "某县"}
    told = [warning.split("“")[1].split("”")[0] for warning in source.warnings]
    assert told == ["titel", "发文子号", "标题", "发文"]


def test_a_sidecar_is_no_document_and_no_sidecar_no_fields(document):
    (source,) = read_file(document)
    assert (source.fields, source.warnings) == ({}, ())
    read(document, 'title = "甲"')
    assert list_documents(document.parent) == [document]


def test_the_fingerprint_follows_the_document_and_its_sidecar(document):
    alone = fingerprint(document)
    assert alone == hashlib.sha256(document.read_bytes()).hexdigest()
    source = read(document, 'title = "甲"')
    assert source.sha256 == alone
    with_sidecar = fingerprint(document)
    read(document, 'title = "乙"')
    assert len({alone, with_sidecar, fingerprint(document)}) == 3


def test_the_fingerprint_of_what_cannot_be_read_is_empty(tmp_path):
    with (tmp_path / "a.zip").open("wb") as file:
        file.truncate(2**40)  # sparse: reading it would take hours
    assert fingerprint(tmp_path / "a.zip") == fingerprint(tmp_path / "none.txt") == ""


def test_a_sidecar_of_an_archive_holds_for_its_documents(tmp_path, zipped):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"x.txt": "文", "y.txt": "字"}))
    (tmp_path / "a.zip.meta.toml").write_text('issuer = "某局"', encoding="utf-8")
    assert [source.fields for source in read_file(path)] == [{"发文机关": "某局"}] * 2
