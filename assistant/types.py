"""Pure: the values between a question and its answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from index.types import Clause, Document, Hit


class Status(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    REFUSED = "refused"
    CLARIFY = "clarify"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement of an answer stands.

    `marker` is the n of 〔n〕 in the answer text; `clause.text[start:end] == quote`, the part
    the answer rests on. `notes` are Chinese sentences on what has become of the document.
    """

    marker: int
    document: Document
    clause: Clause
    quote: str
    start: int
    end: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A verified answer, a refusal, a question back, or a kind word.

    Every marker in `text` has a citation, and every number, date and name in `text` stands in a
    cited clause or in the question. `headline` is the asked-for value when there is a short one:
    `text` then begins with it. `choices` are complete questions that the user may ask next (the
    buttons of a clarification, or near misses). `computed` are figures in `text` that were counted
    from the structure of a document and so stand in no clause. `timings` are milliseconds by stage.
    """

    question: str
    standalone_question: str
    status: Status
    text: str
    headline: str = ""
    citations: tuple[Citation, ...] = ()
    hits: tuple[Hit, ...] = ()
    choices: tuple[str, ...] = ()
    computed: tuple[str, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
    trace: tuple[str, ...] = ()
