"""One question asked of several places: a line each, and the most or the least of them."""

from __future__ import annotations

from collections import Counter
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
MOST_PLACES = 12
"""As many places get a line of their own."""
_NOWHERE = Span(NOWHERE, 0, 0, "")
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
    others: int = 0,
) -> Finding:
    """Answer for each place on a line of its own; where nothing is found, that is said.

    `others` are so many places more that are not asked, which is said too.

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
    extremes = _extremes(question, found, scope)
    shown = _shown(found, [name for _, names in extremes for name in names])
    pieces = [piece for name in shown for piece in labelled(found[name], name, most)]
    pieces += _silent(scope, findings, found)
    unseen = others + len(found) - len(shown)
    if unseen:
        pieces.append(Piece(_NOWHERE, phrases.MORE_PLACES.format(count=unseen)))
    counted = (str(unseen), str(len(findings) - len(found)))
    status = Status.ANSWERED if len(found) == len(findings) else Status.PARTIAL
    if scope.everywhere:
        status = Status.ANSWERED
    words = "\n".join(line for line, _ in extremes)
    draft = Draft(tuple(pieces))
    return Finding(status, draft, words, hits, (), trace, surest, counted)


def _silent(
    scope: Scope, findings: Mapping[str, Finding], found: Mapping[str, Finding]
) -> list[Piece]:
    """Tell the places without an answer; a near miss of a place that was named is shown."""
    pieces: list[Piece] = []
    silent = [name for name in findings if name not in found]
    if scope.everywhere:
        more = f"等{len(silent)}处" if len(silent) > MOST_PLACES else ""
        line = f"{'、'.join(silent[:MOST_PLACES])}{more}：{phrases.NOT_STATED}"
        return [Piece(_NOWHERE, line)] if silent else []
    for name in silent:
        near = labelled(findings[name], name) if findings[name].draft.pieces else ()
        pieces += near or [Piece(_NOWHERE, f"{name}：{phrases.NOT_STATED}")]
    return pieces


def _shown(found: Mapping[str, Finding], first: Sequence[str]) -> list[str]:
    """Choose the places that get a line: all, or of too many those that words above speak of."""
    if len(found) <= MOST_PLACES:
        return list(found)
    return list(dict.fromkeys([*first, *found]))[:MOST_PLACES]


def _extremes(
    question: Question, found: Mapping[str, Finding], scope: Scope
) -> list[tuple[str, list[str]]]:
    """Name the places with the largest or smallest figure, where all figures are of one kind.

    Returns a line for each extreme that is asked for, with the places it names.
    """
    figures: dict[str, tuple[str, Figure]] = {}
    for name, finding in found.items():
        said = _value(question, finding)
        if said and (read := figure(said)) is not None:
            figures[name] = (said, read)
    kinds = Counter(read.kind for _, read in figures.values())  # letterheads may lack their day
    if len(figures) < 2 or (len(kinds) > 1 and question.ask is not Ask.LETTERHEAD):
        return []
    kind = kinds.most_common(1)[0][0]
    figures = {name: one for name, one in figures.items() if one[1].kind == kind}
    lines: list[tuple[str, list[str]]] = []
    for extreme in scope.extremes:
        choose = max if extreme is Extreme.MOST else min
        best = choose(read.value for _, read in figures.values())
        names = [name for name, (_, read) in figures.items() if read.value == best]
        names = names[:MOST_PLACES]
        told = "、".join(f"{name}（{figures[name][0]}）" for name in names)
        lines.append((_EXTREMES[kind.partition(" ")[0], extreme].format(places=told), names))
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
