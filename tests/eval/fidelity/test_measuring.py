"""Files are built, written, read by the real loaders and compared."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from eval.fidelity.docx import build_numbered_docx
from eval.fidelity.formats import BY_NAME, FileFormat
from eval.fidelity.html import build_html
from eval.fidelity.measuring import measure_format
from eval.fidelity.originals import Original
from eval.fidelity.pdf import build_pdf
from eval.fidelity.scan import NoFontError, find_font
from eval.fidelity.xlsx import build_xlsx
from index.loaders.pdf import extract_pdf


@pytest.mark.parametrize("name", ["docx", "docx-numbered", "html", "pdf"])
def test_the_clauses_survive(
    name: str, original: Original, tmp_path: Path, request: pytest.FixtureRequest
):
    if name == "pdf":
        request.getfixturevalue("chinese_font")
    measured = measure_format(BY_NAME[name], [original], tmp_path)
    figures = measured.fidelity
    assert figures.differences == ()
    assert figures.same == figures.clauses == len(original.documents[0].clauses)
    assert figures.same_rows == figures.rows == 3
    assert (measured.files, measured.problems) == (1, ())
    assert (measured.pages > 1) == (name == "pdf")


def test_what_cannot_be_read_without_a_font_is_told(original: Original):
    read = extract_pdf(build_pdf(original).data, "a.pdf")
    assert any("没有内嵌字体" in warning for warning in read.warnings) is not _has_font()


def _has_font() -> bool:
    try:
        find_font()
    except NoFontError:
        return False
    return True


def test_the_rows_survive_a_sheet(original: Original, plan: Original, tmp_path: Path):
    measured = measure_format(BY_NAME["xlsx"], [original, plan], tmp_path)
    assert measured.files == 1
    assert measured.fidelity.same_rows == measured.fidelity.clauses == 3
    assert build_xlsx(plan) is None


@pytest.mark.usefixtures("chinese_font")
def test_a_scan_is_read(plan: Original, tmp_path: Path):
    measured = measure_format(BY_NAME["scan"], [plan], tmp_path)
    assert measured.pages == 1
    assert measured.fidelity.same >= 0.9 * measured.fidelity.clauses
    assert measured.fidelity.errors <= 0.03 * measured.fidelity.characters


def test_what_a_format_loses_is_counted(original: Original, tmp_path: Path):
    def lossy(given: Original):
        built = build_html(given)
        text = built.data.decode("gb18030").replace("1200元", "1300元")
        return replace(built, data=re.sub("<p>[^/]*落实经费", "<p>落实", text).encode("gb18030"))

    chosen = FileFormat("x", "x", ".html", lossy)
    figures = measure_format(chosen, [original], tmp_path).fidelity
    assert figures.clauses - figures.same == 1
    assert figures.errors == 6
    assert figures.differences[0].label == "青山#二/（一）"


def test_a_file_that_cannot_be_read_is_told_and_counts_as_lost(original: Original, tmp_path: Path):
    def broken(given: Original):
        return replace(build_html(given), data=b"<script>1</script>")

    measured = measure_format(FileFormat("x", "x", ".html", broken), [original], tmp_path)
    assert measured.fidelity.same == 0
    assert len(measured.problems) == 1
    assert measured.problems[0].startswith("青山.html：")


def test_word_counts_the_numbers_itself(original: Original):
    with zipfile.ZipFile(BytesIO(build_numbered_docx(original).data)) as archive:
        text = re.sub("<[^>]*>", "", archive.read("word/document.xml").decode())
    for shown in ("一、总体目标", "（二）建设基地", "1. 加强统筹"):
        assert shown not in text
        assert shown.split("、")[-1][-4:] in text


def test_a_page_carries_the_chrome_of_a_site(original: Original):
    text = build_html(original).data.decode("gb18030")
    for chrome in ("您现在的位置", "打印本页", "ICP备", "display: none", "<script"):
        assert chrome in text
    assert 'rowspan="2"' in text
    assert 'colspan="4"' in text


def test_building_is_the_same_every_time(original: Original):
    assert build_pdf(original).data == build_pdf(original).data
