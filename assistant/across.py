"""One question asked of several places: a line each, and the most or the least of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.answering import phrases, values
from assistant.answering.cutting import VALUE_KINDS
from assistant.answering.draft import Draft, Piece
from assistant.answering.evidence import value_spans
from assistant.answering.figures import Figure, figure
from assistant.answering.finding import LONG_LINE, SHORT_LINE, Finding, labelled, refusal
from assistant.answering.spans import Span
from assistant.answering.wording import NOWHERE
from assistant.types import Status
from assistant.understanding.question import Ask, Question
from assistant.understanding.routing import Route
from assistant.understanding.scope import Extreme, Scope

Place = tuple[str, tuple[str, ...]]
SURE = 0.5
_EXTREMES = {
    ("share", Extreme.MOST): phrases.HIGHEST,
    ("share", Extreme.LEAST): phrases.LOWEST,
    ("amount", Extreme.MOST): phrases.LARGEST,
    ("amount", Extreme.LEAST): phrases.SMALLEST,
    ("date", Extreme.MOST): phrases.LATEST,
    ("date", Extreme.LEAST): phrases.EARLIEST,
}


def across(
    question: Question,
    places: Sequence[Place],
    words: Sequence[str],
    scope: Scope,
    answer: Callable[[Route], Finding],
) -> Finding:
    """Answer for each place on a line of its own; where nothing is found, that is said.

    `words` are the names of places in the question, which are no content.
    Asked of everywhere, an answer has to be about as sure as the surest one, and the places
    without one share the last line.
    """
    findings = {
        name: answer(Route(docs, (name, *words), is_certain=True, places=((name, docs),)))
        for name, docs in places
    }
    surest = max((f.confidence for f in findings.values() if f.is_answer), default=0.0)
    least = SURE * surest if scope.everywhere else 0.0
    found = {n: f for n, f in findings.items() if f.is_answer and f.confidence >= least}
    hits = tuple(hit for finding in findings.values() for hit in finding.hits)
    trace = tuple(line for finding in findings.values() for line in finding.trace)
    if not found:
        return refusal(phrases.SILENT, hits, trace)
    most = SHORT_LINE if scope.everywhere or question.ask in VALUE_KINDS else LONG_LINE
    pieces = [piece for name, f in found.items() for piece in labelled(f, name, most)]
    pieces += _silent(scope, findings, found)
    status = Status.ANSWERED if len(found) == len(findings) else Status.PARTIAL
    if scope.everywhere:
        status = Status.ANSWERED
    words = "\n".join(_extremes(question, found, scope))
    return Finding(status, Draft(tuple(pieces)), words, hits, trace=trace)


def _silent(
    scope: Scope, findings: Mapping[str, Finding], found: Mapping[str, Finding]
) -> list[Piece]:
    """Tell the places without an answer; a near miss of a place that was named is shown."""
    pieces: list[Piece] = []
    nowhere = Span(NOWHERE, 0, 0, "")
    silent = [name for name in findings if name not in found]
    if scope.everywhere:
        line = f"{'、'.join(silent)}：{phrases.NOT_STATED}"
        return [Piece(nowhere, line)] if silent else []
    for name in silent:
        near = labelled(findings[name], name) if findings[name].draft.pieces else ()
        pieces += near or [Piece(nowhere, f"{name}：{phrases.NOT_STATED}")]
    return pieces


def _extremes(question: Question, found: Mapping[str, Finding], scope: Scope) -> list[str]:
    """Name the places with the largest or smallest figure, where figures of one kind are found."""
    figures: dict[str, tuple[str, Figure]] = {}
    for name, finding in found.items():
        said = _value(question, finding)
        if said and (read := figure(said)) is not None:
            figures[name] = (said, read)
    if len(figures) < 2 or len({read.kind for _, read in figures.values()}) > 1:
        return []
    lines = []
    for extreme in scope.extremes:
        choose = max if extreme is Extreme.MOST else min
        best = choose(read.value for _, read in figures.values())
        names = [f"{n}（{said}）" for n, (said, read) in figures.items() if read.value == best]
        kind = next(iter(figures.values()))[1].kind
        lines.append(_EXTREMES[kind, extreme].format(places="、".join(names)))
    return lines


def _value(question: Question, finding: Finding) -> str:
    """Return the figure that a finding rests on, as printed."""
    if stated := finding.draft.headline or finding.draft.figure:
        return stated
    if not finding.draft.pieces:
        return ""
    text = finding.draft.pieces[0].span.text
    if question.ask is Ask.LETTERHEAD:
        return text
    spans = value_spans(question, text) or [m.span() for m in values.RATIO.finditer(text)]
    return text[slice(*spans[0])] if spans else ""
