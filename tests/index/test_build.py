"""A folder of documents to a library: nothing twice, nothing silently left out."""

import numpy as np
import pytest

from index.build import (
    build_store,
    context_texts,
    read_library,
    searchable_text,
)
from index.errors import NoDocumentsError
from index.types import DocumentKind

PLAN = "青教发〔2021〕8号\n青山市招生办法\n一、时间\n六月。\n"
DIGEST = (
    "---\n发文字号: 青教发[2021]8号\n类型: 要点整理\n---\n# 青山市招生办法\n一、时间\n在六月。\n"
)
READING = "《青山市招生办法》解读\n一、背景\n规范招生。\n青山市教育局\n2021年5月1日\n"


@pytest.fixture
def folder(tmp_path):
    """Write files, given by name, and return their folder."""

    def write(**files):
        for name, text in files.items():
            path = tmp_path / name.replace("_txt", ".txt").replace("_md", ".md")
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    return write


def ids(library):
    return [item.document.doc_id for item in library.parsed]


def test_a_file_of_the_same_content_is_reported_and_not_taken_twice(folder):
    library = read_library(folder(a_txt=PLAN, b_txt=PLAN))
    assert ids(library) == ["a"]
    assert library.problems == ("b.txt：与另一个文件内容相同，没有重复收入。",)


@pytest.mark.parametrize("names", [("a_md", "b_txt"), ("b_md", "a_txt"), ("a_md", "a_txt")])
def test_a_full_text_supersedes_the_digest_of_the_same_number(folder, names):
    digest, full = names
    library = read_library(folder(**{digest: DIGEST, full: PLAN}))
    assert ids(library) == [full[0]]
    assert library.parsed[0].document.kind is DocumentKind.FULL
    assert "在六月" not in library.parsed[0].document.text


def test_digests_without_a_number_or_of_another_one_stay(folder):
    other = DIGEST.replace("8号", "9号")
    nameless = DIGEST.replace("发文字号: 青教发[2021]8号\n", "").replace("六月", "七月份")
    assert ids(read_library(folder(a_txt=PLAN, b_md=other, c_md=nameless))) == ["a", "b", "c"]


def test_an_interpretation_behind_the_full_text_supersedes_one_of_the_same_title(folder):
    digest = "---\n类型: 解读\n---\n# 《青山市招生办法》解读\n一、背景\n为的是招生规范。\n"
    library = read_library(folder(a_txt=PLAN + READING, a_解读_md=digest, b_md=digest + "完。"))
    assert ids(library) == ["a", "a_解读"]
    assert "为的是" not in library.parsed[1].document.text


def test_documents_of_one_name_are_all_kept_under_ids_of_their_own(folder):
    library = read_library(folder(a_md="甲办法\n一、丙\n", a_txt="乙办法\n一、丁\n"))
    assert ids(library) == ["a", "a~2"]
    clauses = [clause for item in library.parsed for clause in item.clauses]
    assert len({clause.clause_id for clause in clauses}) == len(clauses)
    assert all(clause.clause_id.startswith(f"{clause.doc_id}#") for clause in clauses)


def test_unreadable_files_are_reported_and_the_rest_is_taken(folder):
    path = folder(a_txt=b"", b_txt=b"\x00" * 50, c_txt=PLAN, d_txt="- 1 -\n")
    (path / "e.txt").symlink_to("/proc/self/mem")
    library = read_library(path)
    assert ids(library) == ["c"]
    assert [problem[0] for problem in library.problems] == ["a", "b", "d", "e"]
    assert "没有正文" in library.problems[2]


def test_nothing_readable_is_an_error_that_names_the_files(folder):
    with pytest.raises(NoDocumentsError, match=r"a\.txt.*\n.*b\.txt"):
        read_library(folder(a_txt=b"", b_txt="12\n"))


def test_the_repositorys_documents_are_all_taken(docs):
    library = read_library(docs)
    assert len(library.parsed) == 6
    assert library.problems == ()


def test_the_originals_supersede_every_digest(docs, originals, tmp_path):
    for path in (*docs.glob("*.md"), *originals.glob("*.txt")):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    library = read_library(tmp_path)
    kinds = [item.document.kind for item in library.parsed]
    assert sorted(kinds) == ["full"] * 5 + ["interpretation"]
    assert all(item.document.source.endswith(".txt") for item in library.parsed)


def test_vectors_are_those_of_context_and_text(library, embedding):
    parsed = read_library(library).parsed
    store = build_store(parsed, embedding)
    clause = store.clauses[-1]
    text = f"{context_texts(parsed[-1])[-1]} {searchable_text(clause)}"
    positions, cosines = store.nearest(embedding.encode([text])[0], 1)
    assert positions[0] == len(store.clauses) - 1
    np.testing.assert_allclose(cosines[0], 1, atol=1e-5)


def test_progress_ends_with_all_clauses(library, embedding):
    calls = []
    store = build_store(read_library(library).parsed, embedding, lambda *call: calls.append(call))
    assert calls[-1] == (len(store.clauses), len(store.clauses))


def test_a_row_is_searched_with_its_merged_cells_and_the_heads_of_its_columns(parse):
    (parsed,) = parse("青山市计划\n学校\t专业\n一中\t机电\n\t护理\n")
    assert searchable_text(parsed.clauses[-1]).split() == ["一中", "学校", "专业", "护理"]
    assert searchable_text(parsed.clauses[-2]).split() == ["学校", "专业", "一中", "机电"]


def test_context_is_title_region_and_headings(parse):
    (parsed,) = parse("青山市教育局关于招生的通知\n一、时间\n（一）报名。六月一日。\n")
    assert context_texts(parsed)[-1] == ("青山市教育局关于招生的通知 青山市 时间 报名")


def test_a_clause_is_found_by_what_it_calls_itself_and_by_its_lead_in(parse):
    (parsed,) = parse(
        "青山市教育局文件\n青教发〔2024〕1号\n青山市教育局关于招生的通知\n"
        "一、下列情形不予补贴：\n（一）弄虚作假的；\n二、我市学校每年报告一次。\n青山市教育局\n2024年1月2日\n"
    )
    contexts = dict(zip((c.labels for c in parsed.clauses), context_texts(parsed), strict=True))
    assert "不予补贴" in contexts["一/（一）"]
    assert contexts["二"].split().count("青山市") > contexts["一"].split().count("青山市")
