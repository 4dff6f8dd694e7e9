"""The parts of an Office Open XML file (ISO/IEC 29500-2), read with limits and without DTDs."""

from __future__ import annotations

import posixpath
from io import BytesIO
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from index.errors import DocumentError

MAX_MEMBERS = 10_000
MAX_XML = 96 * 2**20
MAX_TAGS = 3_000_000
_HEAD = 4096
_XML = (".xml", ".rels")
# The strict form of the standard differs from the usual one in the names of its namespaces.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/officeDocument/2006/",
    ),
)


class Package:
    """An open package: XML parts by name, related parts by the last word of their relation."""

    def __init__(self, data: bytes, name: str) -> None:
        """Open `data` and check its size before anything is unpacked.

        Raises:
            DocumentError: if it is no sound package, too large once unpacked, or has a DTD.
        """
        self._name = name
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, OSError, ValueError) as error:
            raise DocumentError(f"{name}：打不开，文件可能已损坏或没有下载完整。") from error
        self._check()

    def _check(self) -> None:
        members = self._zip.infolist()
        parts = [info for info in members if info.filename.lower().endswith(_XML)]
        size = sum(info.file_size for info in parts)
        if len(members) > MAX_MEMBERS or size > MAX_XML:
            raise DocumentError(
                f"{self._name}：解开后太大（{size >> 20} MB、{len(members)} 个部分，"
                f"上限 {MAX_XML >> 20} MB、{MAX_MEMBERS} 个），没有读。"
            )
        for info in parts:
            if b"<!DOCTYPE" in self._read(info.filename, _HEAD):
                raise DocumentError(
                    f"{self._name}：里面有不该有的 XML 实体定义，为安全起见没有读。"
                )

    @property
    def names(self) -> list[str]:
        """The names of the parts."""
        return self._zip.namelist()

    def xml(self, part: str) -> Element:
        """Return the root of a part: an element of lxml, which reads like the standard library's.

        Raises:
            DocumentError: if the part is missing or is no sound XML.
        """
        from lxml import etree  # noqa: PLC0415

        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        text = self._read(part)
        if text.count(b"<") > MAX_TAGS:
            raise DocumentError(f"{self._name}：内容太多，不像是正常的文档，没有读。")
        for strict, usual in _STRICT:
            text = text.replace(strict, usual)
        try:
            root: Element = etree.fromstring(text, parser)
        except etree.XMLSyntaxError as error:
            raise DocumentError(f"{self._name}：内容已损坏或嵌套太深，读不出来。") from error
        return root

    def related(self, part: str, relation: str) -> str:
        """Return the name of the part that `part` ("" for the package) points to, or "".

        A relation to a part that is not there, as some programs write it, counts as none.
        """
        folder, base = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if relations not in self._zip.NameToInfo:
            return ""
        for element in self.xml(relations):
            if (element.get("Type") or "").rpartition("/")[2] == relation:
                target = posixpath.normpath(
                    posixpath.join("/", folder, element.get("Target") or "")
                )
                if target[1:] in self._zip.NameToInfo:
                    return target[1:]
        return ""

    def _read(self, part: str, size: int = MAX_XML + 1) -> bytes:
        try:
            with self._zip.open(part) as file:
                return file.read(size)
        except (BadZipFile, KeyError, OSError, ValueError, NotImplementedError) as error:
            raise DocumentError(f"{self._name}：里面的 {part} 已损坏，读不出来。") from error
        except RuntimeError as error:  # zipfile's word for a missing password
            raise DocumentError(f"{self._name}：有密码，读不出来。请去掉密码后再试。") from error
