"""Older formats go through LibreOffice where it is installed, and say what to do where not."""

import os
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from index.errors import DocumentError
from index.loaders import office
from index.loaders.formats import extract

RTF = rb"{\rtf1\ansi\ansicpg936 \'d7\'dc\'d4\'f2\par \u25307?\u29983?20%\par}"
needs_libreoffice = pytest.mark.skipif(
    not office.find_libreoffice(), reason="LibreOffice is not installed"
)


WORD_2003 = """<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>
<w:p><w:r><w:t>一、总则</w:t></w:r></w:p><w:p><w:r><w:t>招生20%。</w:t></w:r></w:p>
</w:body></w:wordDocument>"""
EXCEL_2003 = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="s1">
<NumberFormat ss:Format="0%"/></Style></Styles><Worksheet ss:Name="收费标准"><Table>
<Row><Cell><Data ss:Type="String">项目</Data></Cell><Cell><Data ss:Type="String">比例</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">学费</Data></Cell>
<Cell ss:StyleID="s1"><Data ss:Type="Number">0.2</Data></Cell></Row></Table></Worksheet></Workbook>"""


@needs_libreoffice
def test_a_word_file_of_old_is_read():
    assert extract(WORD_2003.encode(), "a.wps").text == "一、总则\n招生20%。\n"


@needs_libreoffice
def test_a_workbook_of_old_is_read_with_its_rows():
    found = extract(EXCEL_2003.encode(), "a.et")
    assert found.text == "项目\t比例\n学费\t20%\n"
    assert found.marks[1].place == "工作表“收费标准”第2行"


_NS = "urn:oasis:names:tc:opendocument:xmlns"
LINKED = f"""<office:document-content xmlns:office="{_NS}:office:1.0" xmlns:text="{_NS}:text:1.0"
 xmlns:draw="{_NS}:drawing:1.0" xmlns:svg="{_NS}:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>
<text:p>总则<draw:frame svg:width="1cm" svg:height="1cm" text:anchor-type="as-char">
<draw:image xlink:href="http://127.0.0.1:PORT/a.png" xlink:type="simple"/></draw:frame></text:p>
</office:text></office:body></office:document-content>"""
MANIFEST = f"""<manifest:manifest xmlns:manifest="{_NS}:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""


class Server(BaseHTTPRequestHandler):
    """Remembers what it was asked for."""

    asked = ()

    def do_GET(self):
        Server.asked = (*Server.asked, self.path)
        self.send_error(404)

    def log_message(self, *arguments):
        pass


@needs_libreoffice
def test_no_link_in_a_document_is_followed_and_nothing_stays_behind(tmp_path, monkeypatch, zipped):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    with HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        content = LINKED.replace("PORT", str(server.server_port))
        kind = "application/vnd.oasis.opendocument.text"
        members = {"mimetype": kind, "META-INF/manifest.xml": MANIFEST, "content.xml": content}
        assert extract(zipped(members), "a.odt").text == "总则\n"
        server.shutdown()
    assert Server.asked == ()
    assert list(tmp_path.iterdir()) == []


def is_gone(process: int) -> bool:
    """Tell whether a killed process has ended; the system may take a moment to see to it."""
    try:
        return ") Z " in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return True


@needs_libreoffice
def test_a_conversion_that_hangs_is_ended(tmp_path, monkeypatch):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 600 &\necho $! > pid\nwait\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(office, "TIMEOUT", 0.5)
    office._run([str(program)], tmp_path)
    child = int((tmp_path / "pid").read_text())
    assert any(is_gone(child) or time.sleep(0.1) for _ in range(50))


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setitem(os.environ, "PATH", str(tmp_path))
    with pytest.raises(DocumentError, match=r"a\.doc：.*另存为 \.docx.*安装 LibreOffice"):
        extract(RTF, "a.doc")


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"PK\x03\x04 cut"], ids=["noise", "cut"])
def test_what_is_no_office_file_is_never_converted(data):
    with pytest.raises(DocumentError, match="不是能读的 Office 文件"):
        extract(data, "a.doc")
