"""Pure: clauses of a file beside those of its plain text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.types import Clause, ClauseKind

_IGNORED = re.compile(r"[\s|]+")


@dataclass(frozen=True, slots=True)
class Difference:
    """A clause that is not the same: what was expected and what was found, either may be ""."""

    label: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Fidelity:
    """How much of one document survived.

    `same` of `clauses` clauses have the label path and the text of the plain text; `same_rows` of
    `rows` table rows have, beyond that, the same cells under the same column heads. `added` clauses
    stand in no place of the plain text. `errors` is the Levenshtein distance between the texts of
    all clauses in reading order, `characters` the length of the plain text's.
    """

    clauses: int
    same: int
    rows: int
    same_rows: int
    added: int
    errors: int
    characters: int
    differences: tuple[Difference, ...]

    def __add__(self, other: Fidelity) -> Fidelity:
        """Sum over documents."""
        return Fidelity(
            self.clauses + other.clauses,
            self.same + other.same,
            self.rows + other.rows,
            self.same_rows + other.same_rows,
            self.added + other.added,
            self.errors + other.errors,
            self.characters + other.characters,
            self.differences + other.differences,
        )


NOTHING = Fidelity(0, 0, 0, 0, 0, 0, 0, ())


def folded(text: str) -> str:
    """Return a text without white space and table rules, widths folded (NFKC)."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text))


def compare(expected: Sequence[Clause], found: Sequence[Clause]) -> Fidelity:
    """Compare the clauses of a file with those of the plain text, both in reading order."""
    wanted = Counter(map(_key, expected))
    got = Counter(map(_key, found))
    rows = [clause for clause in expected if clause.kind is ClauseKind.ROW]
    same_rows = Counter(map(_row_key, rows)) & Counter(map(_row_key, found))
    before, after = _reading(expected), _reading(found)
    return Fidelity(
        clauses=len(expected),
        same=(wanted & got).total(),
        rows=len(rows),
        same_rows=same_rows.total(),
        added=len(Counter(_label(c) for c in found) - Counter(_label(c) for c in expected)),
        errors=levenshtein(before, after),
        characters=len(before),
        differences=tuple(_differences(expected, found)),
    )


def _label(clause: Clause) -> str:
    return clause.clause_id


def _key(clause: Clause) -> tuple[str, str]:
    return clause.clause_id, folded(clause.text)


def _row_key(clause: Clause) -> tuple[object, ...]:
    cells = ((folded(cell.head), folded(cell.text)) for cell in clause.cells)
    return *_key(clause), *cells


def _reading(clauses: Sequence[Clause]) -> str:
    return "".join(folded(clause.text) for clause in clauses)


def _differences(expected: Sequence[Clause], found: Sequence[Clause]) -> Iterator[Difference]:
    """Yield what differs, by label path, in reading order; what was added comes last."""
    texts = {clause.clause_id: clause.text for clause in found}
    for clause in expected:
        text = texts.pop(clause.clause_id, "")
        if folded(text) != folded(clause.text):
            yield Difference(clause.clause_id, clause.text, text)
    yield from (Difference(label, "", text) for label, text in texts.items())


def levenshtein(first: str, second: str) -> int:
    """Return the least number of insertions, deletions and substitutions.

    The bit-parallel algorithm of Myers, A Fast Bit-Vector Algorithm for Approximate String Matching
    (1999), in the form of Hyyrö (2003) for whole strings; a Python integer is one long bit vector.
    """
    if not first or not second:
        return len(first) + len(second)
    places: dict[str, int] = {}
    for position, char in enumerate(first):
        places[char] = places.get(char, 0) | 1 << position
    mask, last = (1 << len(first)) - 1, 1 << (len(first) - 1)
    rises, falls, distance = mask, 0, len(first)
    for char in second:
        match = places.get(char, 0)
        diagonal = (((match & rises) + rises) ^ rises) | match | falls
        up = falls | ~(diagonal | rises) & mask
        down = rises & diagonal
        distance += bool(up & last) - bool(down & last)
        up = (up << 1 | 1) & mask
        rises = ((down << 1) & mask) | (~(diagonal | up) & mask)
        falls = up & diagonal
    return distance
