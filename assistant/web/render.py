"""Pure: an answer as what the browser shows.

Documents and questions may be hostile. Every character of theirs passes `_html` or `_plain`,
so that nothing in them can become markup, a link or a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from assistant.shown import KIND_NAMES, shown_date, shown_place, shown_recognition, shown_title
from assistant.types import Answer, Citation
from assistant.versions import STANDING_NAMES, Notes, Standing, sentences, standing
from index.types import Cell, ClauseKind, Document, DocumentKind

NO_CITATIONS = "提问之后，回答所依据的条款会列在这里。点回答里的〔1〕，就能看到对应的原句。"
NOTHING_CITED = "这次的回答没有引用条款。"
NO_DOCUMENTS = "还没有可以查的文件。"

_MARKER = re.compile(r"〔([1-9][0-9]{0,2})〕")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_TEMPLATE = str.maketrans({sign: f"&#{ord(sign)};" for sign in "{}$`\\\n"})
_LONGEST_QUESTION = 300
_LONGEST_HEADING = 40


def question_markdown(question: str) -> str:
    """Return the user's words as Markdown that shows them literally; a long story is cut."""
    if len(question) <= _LONGEST_QUESTION:
        return _plain(question)
    return f"{_plain(question[:_LONGEST_QUESTION])}……（共{len(question)}字）"


def answer_markdown(answer: Answer, turn: int = 0) -> str:
    """Return an answer as Markdown: the headline bold, each cited 〔n〕 a link to its card.

    `turn` tells the cards of one answer from those of another on the same page. A 〔n〕 without
    a citation (〔2021〕 of a document number, or an answer still growing) stays text.
    """
    headline = answer.headline if answer.text.startswith(answer.headline) else ""
    cited = frozenset(citation.marker for citation in answer.citations)
    rest = _linked(answer.text[len(headline) :], cited, turn)
    return f"<strong>{_linked(headline, cited, turn)}</strong>{rest}" if headline else rest


def panel_html(answers: Sequence[Answer]) -> str:
    """Return the cards of all answers of a conversation, all but the latest one's hidden."""
    if not answers:
        return _empty(NO_CITATIONS)
    last = len(answers) - 1
    return "".join(
        f'<section class="tw-turn"{"" if turn == last else " hidden"}>'
        f'<p class="tw-asked">{_html(_understood(answer))}</p>'
        f"{citations_html(answer, turn)}</section>"
        for turn, answer in enumerate(answers)
    )


def citations_html(answer: Answer, turn: int = 0) -> str:
    """Return a card for each citation of an answer, in the order of the markers."""
    if not answer.citations:
        return _empty(NOTHING_CITED)
    cards = "".join(_card(citation, turn) for citation in _ordered(answer))
    copy = _copy_button("复制回答和出处", _answer_to_copy(answer))
    return f'{cards}<p class="tw-copy-all">{copy}</p>'


def documents_html(documents: Iterable[Document], notes: Notes, today: date) -> str:
    """Return the list of the documents that are answered from, with what has become of them."""
    items = [_item(document, notes, today) for document in documents]
    if not items:
        return _empty(NO_DOCUMENTS)
    count = f'<p class="tw-count">共{len(items)}份</p>'
    return f'{count}<ul class="tw-documents">{"".join(items)}</ul>'


def _item(document: Document, notes: Notes, today: date) -> str:
    own = notes.get(document.doc_id, ())
    badges = _badge(document)
    if (ended := standing(own, today)) is not Standing.CURRENT:
        badges += f'<span class="tw-badge tw-ended">{STANDING_NAMES[ended]}</span>'
    confidence = document.confidence_of(0, len(document.text)) if document.text else 1.0
    recognised = f" · <span>{shown_recognition(confidence)}</span>" if confidence < 1 else ""
    return (
        f'<li><span class="tw-title">{_html(document.title)}</span>{badges}'
        f'<span class="tw-meta">{_meta(document)}{recognised}</span>'
        f"{_notes(sentences(own, today))}</li>"
    )


def _ordered(answer: Answer) -> list[Citation]:
    return sorted(answer.citations, key=lambda citation: citation.marker)


def _linked(text: str, cited: frozenset[int], turn: int) -> str:
    parts: list[str] = []
    done = 0
    for match in _MARKER.finditer(text):
        if int(match[1]) in cited:
            link = f"[{match[0]}](#cite-{turn}-{match[1]})"
            parts += (_plain(text[done : match.start()]), link)
            done = match.end()
    return "".join((*parts, _plain(text[done:])))


def _plain(text: str) -> str:
    """Return text as Markdown without any markup: all ASCII punctuation as entities."""
    lines = _INDENT.sub("", _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))
    return _PUNCTUATION.sub(lambda sign: f"&#{ord(sign[0])};", lines)


def _html(text: str) -> str:
    """Return text escaped for HTML bodies and attributes, template signs included."""
    return escape(_CONTROLS.sub("", text.replace("\r\n", "\n"))).translate(_TEMPLATE)


def _card(citation: Citation, turn: int) -> str:
    document = citation.document
    badge = "" if document.kind is DocumentKind.FULL else _badge(document)
    path = _html(_stands(citation))
    return (
        f'<article class="tw-card" id="cite-{turn}-{citation.marker}" tabindex="-1"'
        f' aria-label="出处{citation.marker}">'
        f'<header><span class="tw-marker">〔{citation.marker}〕</span>'
        f'<h3 class="tw-title">{_html(document.title)}</h3>{badge}</header>'
        f'<p class="tw-meta">{_meta(document)}</p>{_notes(citation.notes)}'
        + (f'<p class="tw-path">{path}</p>' if path else "")
        + _body(citation)
        + f'<footer><span class="tw-source">文件：{_html(document.source)}</span>'
        '<button type="button" class="tw-button tw-back">回到回答</button>'
        f"{_copy_button('复制引文', _quote_to_copy(citation))}</footer></article>"
    )


def _notes(sentences: Iterable[str]) -> str:
    return "".join(f'<span class="tw-note">{_html(sentence)}</span>' for sentence in sentences)


def _stands(citation: Citation) -> str:
    """Return the path of the cited clause and, where the file has pages or sheets, the place."""
    clause = citation.clause
    place = shown_place(citation.document, clause.start, clause.end)
    return " · ".join(filter(None, (clause.shown_path, place)))


def _meta(document: Document) -> str:
    parts = (document.number, document.issuer, shown_date(document.issued_on))
    return " · ".join(f"<span>{_html(part)}</span>" for part in parts if part)


def _badge(document: Document) -> str:
    kind = document.kind
    return f'<span class="tw-badge tw-{kind.value}">{KIND_NAMES[kind]}</span>'


def _body(citation: Citation) -> str:
    clause = citation.clause
    table = _table(citation) if clause.kind is ClauseKind.ROW and clause.cells else ""
    if "<mark>" in table:
        return table
    return f"{table}{_passage(citation)}"


def _passage(citation: Citation) -> str:
    marked = _marked(citation.clause.text, citation.start, citation.end)
    return f'<blockquote class="tw-text" tabindex="0">{marked}</blockquote>'


def _table(citation: Citation) -> str:
    rows = "".join(
        f'<tr><th scope="row">{_html(cell.head)}</th><td>{_cell(cell, citation)}</td></tr>'
        for cell in citation.clause.cells
    )
    return f'<div class="tw-row" tabindex="0"><table>{rows}</table></div>'


def _cell(cell: Cell, citation: Citation) -> str:
    """Return a cell with the part of it that is quoted highlighted."""
    clause = citation.clause
    start = max(clause.start + citation.start, cell.start) - cell.start
    end = min(clause.start + citation.end, cell.end) - cell.start
    if start >= end:
        return _html(cell.text)
    if cell.end - cell.start != len(cell.text):
        return _marked(cell.text, 0, len(cell.text))
    return _marked(cell.text, start, end)


def _marked(text: str, start: int, end: int) -> str:
    if start >= end:
        return _html(text)
    return f"{_html(text[:start])}<mark>{_html(text[start:end])}</mark>{_html(text[end:])}"


def _copy_button(label: str, text: str) -> str:
    copied = _html(text)
    return f'<button type="button" class="tw-button tw-copy" data-copy="{copied}">{label}</button>'


def _answer_to_copy(answer: Answer) -> str:
    sources = "\n".join(f"〔{c.marker}〕{_reference(c)}：{c.quote}" for c in _ordered(answer))
    return f"{answer.text}\n\n出处：\n{sources}"


def _quote_to_copy(citation: Citation) -> str:
    return f"“{citation.quote}”（{_reference(citation)}）"


def _reference(citation: Citation) -> str:
    document = citation.document
    badge = "" if document.kind is DocumentKind.FULL else f"【{KIND_NAMES[document.kind]}】"
    return f"{shown_title(document.title, document.number)}{badge}{citation.clause.shown_path}"


def _understood(answer: Answer) -> str:
    """Return the question, and how it was understood where earlier turns completed it."""
    asked = _shortened(answer.question)
    if answer.standalone_question == answer.question:
        return asked
    return f"{asked}（理解为：{_shortened(answer.standalone_question)}）"


def _shortened(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= _LONGEST_HEADING else f"{line[:_LONGEST_HEADING]}……"


def _empty(words: str) -> str:
    return f'<p class="tw-empty">{words}</p>'
