"""Pure: what a question found, before it is put into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.draft import MARKER, MAX_TEXT, Draft, Piece
from assistant.types import Status
from index.types import Hit

_EMPTY = Draft(())
SHORT_LINE, LONG_LINE = 80, 400


@dataclass(frozen=True, slots=True)
class Finding:
    """A draft with its status. `words` are the assistant's own and stand above the draft.

    `confidence` is the gate's, 0-1; 1 for what is read from letterhead or structure.
    `computed` are the figures in `words` that were counted.
    """

    status: Status
    draft: Draft = _EMPTY
    words: str = ""
    hits: tuple[Hit, ...] = ()
    choices: tuple[str, ...] = ()
    trace: tuple[str, ...] = ()
    confidence: float = 1.0
    computed: tuple[str, ...] = ()

    @property
    def is_answer(self) -> bool:
        """Whether there is something to cite that answers."""
        return self.status in (Status.ANSWERED, Status.PARTIAL)


def refusal(words: str, hits: Sequence[Hit] = (), trace: Sequence[str] = ()) -> Finding:
    """Return a refusal in the given words."""
    return Finding(Status.REFUSED, words=words, hits=tuple(hits), trace=tuple(trace))


def joined(findings: Sequence[Finding]) -> Finding:
    """Put the answers to the parts of a question together.

    Without an answer to any part the first refusal stands; with some, the answer is partial.
    """
    answered = [finding for finding in findings if finding.is_answer]
    if len(findings) == 1 or not answered:
        return findings[0]
    pieces: dict[tuple[str, int], Piece] = {}
    for finding in answered:
        for piece in map(_headed, finding.draft.pieces):
            place = (piece.span.clause.clause_id, piece.span.start)
            if place not in pieces or pieces[place].span.end < piece.span.end:
                pieces[place] = piece
    whole = len(answered) == len(findings)
    return Finding(
        Status.ANSWERED if whole else Status.PARTIAL,
        Draft(tuple(_within(_without_repeats(list(pieces.values()))))),
        "\n".join(finding.words for finding in answered if finding.words),
        tuple(hit for finding in findings for hit in finding.hits),
        trace=tuple(line for finding in findings for line in finding.trace),
        computed=tuple(figure for finding in answered for figure in finding.computed),
    )


def _headed(piece: Piece) -> Piece:
    """Put the name of its column in front of a cell: beside others it is not clear what it tells."""
    return replace(piece, lead=f"{piece.span.head}：") if _is_cell(piece) else piece


def _is_cell(piece: Piece) -> bool:
    span = piece.span
    return bool(span.head) and not piece.lead and span.text != span.clause.text


def _within(pieces: Sequence[Piece]) -> list[Piece]:
    """Leave out, from the end, what only adds to another piece, while it is all too long."""
    kept = list(pieces)
    for piece in reversed(pieces):
        if sum(len(one.lead) + len(one.span.text) + MARKER for one in kept) <= MAX_TEXT:
            break
        if piece.is_beside:
            kept.remove(piece)
    return kept


def _without_repeats(pieces: Sequence[Piece]) -> list[Piece]:
    """Drop a piece that stands inside another one of the same clause, and a row beside two of its cells."""
    pieces = [p for p in pieces if not (p.is_beside and _inside(p, pieces) > 1)]
    return [
        piece
        for place, piece in enumerate(pieces)
        if not any(
            other is not piece
            and other.span.clause is piece.span.clause
            and other.span.start <= piece.span.start
            and piece.span.end <= other.span.end
            and other.span.text != piece.span.text
            for other in pieces
        )
        and not any(piece.span.text in other.span.text for other in pieces[:place])
    ]


def _inside(row: Piece, pieces: Sequence[Piece]) -> int:
    """Count the pieces that only repeat a part of another one."""
    same = (p.span for p in pieces if p is not row and p.span.clause is row.span.clause)
    return sum(row.span.start <= span.start and span.end <= row.span.end for span in same)


def labelled(finding: Finding, label: str, most: int = LONG_LINE) -> tuple[Piece, ...]:
    """Return the first pieces of a finding with a label in front, as in 衡水：…, none that only adds.

    All but the first have to fit with it in `most` characters.
    """
    first, *rest = finding.draft.pieces
    kept = [replace(first, lead=f"{label}：{first.lead}")]
    for piece in [piece for piece in rest if not piece.is_beside][:3]:
        if sum(len(one.span.text) for one in (*kept, piece)) > most:
            break
        kept.append(piece)
    return tuple(kept)
