"""Pure: files and documents of a library as text for a terminal, and as plain records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from assistant.entries import Entry, Listed
from assistant.shown import (
    KIND_NAMES,
    shown_date,
    shown_place,
    shown_recognition,
    shown_title,
)
from assistant.versions import STANDING_NAMES, Standing, sentences, standing
from index.parsing.metadata import FIELD_NAMES
from index.storage.manifest import FileReport
from index.types import Document, ParsedDocument, Profile, Reference
from index.versions import Reason

_REASONS = {
    Reason.COPY: "与{by}重复，回答时用后者",
    Reason.DIGEST: "已有全文{by}，回答时用全文",
    Reason.INTERPRETATION: "与{by}里的解读重复，回答时用后者",
}
_PROFILE = {field.name: FIELD_NAMES[field.name] for field in fields(Profile)}
_CUT = 60

Items = Sequence[tuple[Entry, ParsedDocument]]
"""The documents of a file, as they are listed and as they were read."""


def taken_text(report: FileReport) -> str:
    """Return what became of a file that was taken, its warnings on lines below."""
    parts = [f"{report.clauses} 条"]
    if len(report.doc_ids) > 1:
        parts.insert(0, f"{len(report.doc_ids)} 份文件")
    if report.rows:
        parts.append(f"表格 {report.rows} 行")
    if report.ocr_pages:
        parts.append(f"图片识别 {report.ocr_pages} 页")
    if report.noise:
        parts.append(f"去掉 {report.noise} 行杂质")
    line = f"已收入 {report.source}：{'，'.join(parts)}"
    return "\n".join([line, *(f"    注意：{warning}" for warning in report.warnings)])


def listed_text(listed: Listed, today: date) -> str:
    """Return a catalogue, two lines a document, and the total."""
    lines = [line for entry in listed.entries for line in _entry_lines(entry, today)]
    clauses = sum(entry.clauses for entry in listed.entries)
    total = f"共 {len(listed.entries)} 份文件，{clauses} 条。"
    if listed.refused:
        total += f"另有 {len(listed.refused)} 个文件没能收入，docs check 会说明原因。"
    return "\n".join([*lines, total])


def _entry_lines(entry: Entry, today: date) -> Iterator[str]:
    document = entry.document
    yield f"{document.doc_id}  {shown_title(document.title, document.number)}"
    date_shown = shown_date(document.issued_on)
    kind, status = KIND_NAMES[document.kind], status_text(entry, today)
    parts = (document.issuer, date_shown, kind, status, f"{entry.clauses} 条", document.source)
    yield f"    {' · '.join(filter(None, parts))}"


def status_text(entry: Entry, today: date) -> str:
    """Return whether a document holds and is answered from: 现行, 已被《…》废止, 与《…》重复."""
    if entry.hidden and entry.by:
        by = shown_title(entry.by.title, entry.by.number)
        return _REASONS[entry.hidden.reason].format(by=f"{by}（{entry.by.doc_id}）")
    told = [_plainly(sentence) for sentence in sentences(entry.notes, today)]
    holds = standing(entry.notes, today) is Standing.CURRENT
    return "；".join([*([STANDING_NAMES[Standing.CURRENT]] if holds else ()), *told])


def _plainly(sentence: str) -> str:
    return sentence.removeprefix("该文件").removeprefix("的").removesuffix("。")


def entry_record(entry: Entry, today: date) -> dict[str, Any]:
    """Return an entry as a JSON object.

    `status` is a `Standing` (current, amended, expired, replaced, repealed), or why another
    document stands for this one (copy, digest, interpretation), whose id is in `hidden_by`.
    """
    document = entry.document
    return {
        "doc_id": document.doc_id,
        "title": document.title,
        "number": document.number,
        "issuer": document.issuer,
        "region": document.region,
        "issued_on": document.issued_on,
        "kind": document.kind.value,
        "status": (entry.hidden.reason if entry.hidden else standing(entry.notes, today)).value,
        "hidden_by": entry.hidden.by if entry.hidden else "",
        "notes": list(sentences(entry.notes, today)),
        "clauses": entry.clauses,
        "source": document.source,
        "confidence": _confidence(document),
    }


def shown_record(report: FileReport, items: Items, today: date) -> dict[str, Any]:
    """Return all that is known of a file and its documents as a JSON object."""
    return {
        "source": report.source,
        "warnings": list(report.warnings),
        "error": report.error,
        "documents": [
            entry_record(entry, today)
            | {
                "profile": asdict(item.document.profile),
                "outline": [
                    {"clause_id": c.clause_id, "kind": c.kind.value, "path": c.shown_path}
                    for c in item.clauses
                ],
                "noise": list(item.document.noise),
            }
            for entry, item in items
        ],
    }


def shown_text(report: FileReport, items: Items, today: date) -> str:
    """Return all that is known of a file and its documents, for a terminal."""
    lines = [f"文件：{report.source}", *(f"注意：{warning}" for warning in report.warnings)]
    if report.error:
        lines.append(f"没能收入：{report.error}")
    for entry, item in items:
        lines += ["", *_metadata(entry, today), "", "条款：", *_outline(item)]
        if item.document.noise:
            lines += ["", f"去掉的杂质（{len(item.document.noise)} 行）："]
            lines += [f"    {_cut(line)}" for line in item.document.noise]
    return "\n".join(lines)


def _metadata(entry: Entry, today: date) -> Iterator[str]:
    document = entry.document
    confidence = _confidence(document)
    fields = {
        "标题": document.title,
        "编号": document.doc_id,
        "发文字号": document.number,
        "发文机关": document.issuer,
        "地区": document.region,
        "成文日期": shown_date(document.issued_on),
        "类型": KIND_NAMES[document.kind],
        "状态": status_text(entry, today),
        "条数": str(entry.clauses),
        "识别": shown_recognition(confidence) if confidence < 1 else "",
        **_profile_fields(document.profile),
    }
    return (f"{name}：{value}" for name, value in fields.items() if value)


def _profile_fields(profile: Profile) -> dict[str, str]:
    return {shown: _value(getattr(profile, name)) for name, shown in _PROFILE.items()}


def _value(value: str | tuple[Reference, ...]) -> str:
    if isinstance(value, str):
        return shown_date(value)
    return "、".join(_reference(reference) for reference in value)


def _reference(reference: Reference) -> str:
    if not reference.title:
        return reference.number
    return shown_title(reference.title, reference.number)


def _outline(item: ParsedDocument) -> Iterator[str]:
    for clause in item.clauses:
        place = shown_place(item.document, clause.start, clause.end)
        shown = f"  〔{place}〕" if place else ""
        yield f"    {clause.labels}  {_cut(clause.text)}{shown}"


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _CUT else flat[:_CUT] + "……"


def _confidence(document: Document) -> float:
    return document.confidence_of(0, len(document.text)) if document.text else 1.0
