"""An answer before verification."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answering.spans import Span

MAX_TEXT = 160
"""Characters of an answer that is not a list."""
MARKER = 4  # 〔1〕 and the end of the line


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of an answer: fixed words in front, a verbatim part of a clause, and its citation.

    `also` are the places that say the same again, in the annex or in the text; they are cited with it.
    `is_beside` tells that it only adds to the piece in front, and may go where room is short.
    """

    span: Span
    lead: str = ""
    also: tuple[Span, ...] = ()
    is_beside: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before verification.

    `headline` is a value that stands in the first piece; `figure` the value most likely meant,
    also where it is not clear enough to head the answer.
    """

    pieces: tuple[Piece, ...]
    headline: str = ""
    figure: str = ""
