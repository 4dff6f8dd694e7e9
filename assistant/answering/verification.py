"""Pure: the last stage. Every number, title, 文号 and name in an answer stands in a cited clause."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.values import ORGAN, numbers, statements
from assistant.types import Citation
from index.analyzer import normalise

_MARKER = re.compile(r"〔(\d{1,2})〕")
_TITLE = re.compile(r"《([^》]+)》")


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked and what was found nowhere; empty `missing` means the text may stand."""

    checked: int
    missing: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether every statement is grounded."""
        return not self.missing


def verify(text: str, citations: Sequence[Citation], question: str = "", said: str = "") -> Report:
    """Check a text against the clauses it cites.

    Markers must have a citation, quotes must stand in their clause, and every number, quoted
    title and name of an organ must occur in a cited clause, in the letterhead of its document,
    in the question, or in `said`, the fixed words of the assistant itself.
    """
    missing = [f"〔{m}〕" for m in _MARKER.findall(text) if int(m) not in _markers(citations)]
    missing += [c.quote for c in citations if c.clause.text[c.start : c.end] != c.quote]
    ground = "\n".join([*map(_ground, citations), question, said])
    body = _MARKER.sub(" ", text)
    held = set(numbers(_folded(ground)))
    figures = numbers(_folded(body))
    names = [*_TITLE.findall(body), *_organs(body), *statements(body)]
    flat = "".join(normalise(line) + "\n" for line in ground.split("\n"))
    missing += [figure for figure in figures if figure not in held]
    missing += [name for name in names if normalise(name) not in flat]
    return Report(len(figures) + len(names) + len(citations), tuple(dict.fromkeys(missing)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _markers(citations: Sequence[Citation]) -> set[int]:
    return {citation.marker for citation in citations}


def _ground(citation: Citation) -> str:
    document, clause = citation.document, citation.clause
    cells = " ".join(f"{cell.head} {cell.text}" for cell in clause.cells)
    letterhead = f"{document.title} {document.number} {document.issuer} {document.region}"
    return f"{clause.text} {citation.quote} {cells} {clause.shown_path} {letterhead}"


def _organs(text: str) -> list[str]:
    """Return the names of organs; the last characters are enough to tell one from another."""
    return [match[0][-4:] for match in ORGAN.finditer(text)]
