"""Pure: where else in its document a statement is made: plans repeat in an annex what the text says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.answering import values
from assistant.answering.spans import Span, search_form
from index.types import ClauseKind

SAME = 0.65  # of the pairs of characters of the shorter one
SHORTEST = 8  # characters that tell a statement from a phrase
ALIKE = 0.7  # the same, for a statement that differs in a figure
STATED = 20  # characters that such a statement has at least
HALF = 0.5  # of its length that what says the same in fewer words has to have


def said_again(first: Span, others: Sequence[Span]) -> Iterator[Span]:
    """Yield the first span of another clause of the same document that says the same as `first`.

    The same is all of its figures and most of its pairs of characters; the order counts as in
    `others`.
    """
    for other in others:
        same = other.clause.doc_id == first.clause.doc_id
        if same and other.clause.clause_id != first.clause.clause_id and repeats(first, other):
            yield other
            return


def said_otherwise(first: Span, others: Sequence[Span]) -> Span | None:
    """Return what a table says otherwise than the text, or the text than a table, of the same matter.

    The words are the same and a figure or a year is not; None where they agree. Two rows, or two
    sentences, that differ in a figure speak of two matters.
    """
    for other in others:
        same = other.clause.doc_id == first.clause.doc_id
        sides = {span.clause.kind is ClauseKind.ROW for span in (first, other)}
        if same and len(sides) == 2 and _differs(search_form(first.text), search_form(other.text)):
            return other
    return None


def _differs(one: str, two: str) -> bool:
    shorter = min(len(one), len(two))
    if shorter < STATED or shorter < HALF * max(len(one), len(two)) or _overlap(one, two) < ALIKE:
        return False
    said, again = set(values.numbers(one)), set(values.numbers(two))
    return bool(said - again) and bool(again - said)


def repeats(first: Span, other: Span) -> bool:
    """Tell whether `other` has all figures and most of the words of `first`, or says half of it or more.

    A year may be named in one of them alone, but they may not name different ones.
    """
    one, two = search_form(first.text), search_form(other.text)
    if _overlap(one, two) < SAME:
        return False
    years, others = values.named_years(one), values.named_years(two)
    dated = not years or not others or bool(years & others)
    said, again = (set(values.numbers(text)) - set(map(str, years | others)) for text in (one, two))
    is_part = bool(again) and again <= said and len(two) >= HALF * len(one)
    return dated and (said <= again or is_part)


def _overlap(one: str, other: str) -> float:
    """Return the share of the pairs of characters of the shorter text that the longer one has."""
    if min(len(one), len(other)) < SHORTEST:
        return 0.0
    pairs = _pairs(one), _pairs(other)
    return len(pairs[0] & pairs[1]) / min(map(len, pairs))


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
